//! Opens the season that the arguments speak of.

use std::path::Path;

use antagning::{Continuation, Error, Run, Season};

use crate::arguments::ContinuationArguments;

/// Opens a season, after the run that it continues if one is named.
pub(crate) fn open(folder: &Path, arguments: &ContinuationArguments) -> Result<Season, Error> {
    let after = arguments.after.as_ref().map(Run::open).transpose()?;
    let date = arguments.date.as_deref();
    Season::open_in_chain(folder, Continuation { after: after.as_ref(), date })
}
