//! Whether a season looks like the one before: schools whose figures jump, because the failures
//! known from practice are uploads that are not whole.

mod figures;
mod jumps;

use antagning_formats::Diagnostics;

use crate::error::Error;
use crate::run::Run;
use crate::season::Season;

use figures::Figures;
use jumps::Thresholds;

/// Warns of jumps since a run.
///
/// # Errors
/// [`Error::Violated`] or [`Error::Rejected`] when the run is not what was written.
pub(crate) fn warn_since_run(
    season: &Season,
    run: &Run,
    report: &mut Diagnostics,
) -> Result<(), Error> {
    let files = run.files()?;
    let (then, now) = (Figures::of_run(&files, season), Figures::of_season(season));
    Thresholds::of(season).warn(&then, &now, report);
    Ok(())
}

/// Warns of jumps since another season.
pub(crate) fn warn_since_season(season: &Season, earlier: &Season, report: &mut Diagnostics) {
    let (then, now) = (Figures::of_season(earlier), Figures::of_season(season));
    Thresholds::of(season).warn(&then, &now, report);
}
