//! The offers along a chain of moves.

use antagning_matching::{Placement, ProgrammeIx};

use crate::season::Season;

/// A path is told no further than this.
const LONGEST: usize = 50;

/// The ids of the offers along a chain, from the offer whose seats change on.
pub(crate) fn chain_path(
    season: &Season,
    first: ProgrammeIx,
    next: impl Iterator<Item = Option<Placement>>,
) -> Vec<String> {
    let id = |programme: ProgrammeIx| season.data.programmes.ids.get(programme.index()).to_owned();
    let rest = next.flatten().map(|placement| id(placement.programme));
    std::iter::once(id(first)).chain(rest).take(LONGEST).collect()
}
