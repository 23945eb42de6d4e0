//! What is done with applicants who share a priority, while a market is built.

use crate::{ApplicantIx, MarketError, ProgrammeIx};

/// Is told of every tie, and says at the end whether there may be any.
pub(crate) trait Ties {
    /// Takes note of those (at least two, in the order of adding) who share a priority at a
    /// programme and hold its ranks from `rank` on.
    fn tied(
        &mut self,
        programme: ProgrammeIx,
        rank: u32,
        applicants: impl ExactSizeIterator<Item = ApplicantIx>,
    );

    /// Whether a market with these ties may be built.
    fn permitted(&mut self) -> Result<(), MarketError>;
}

/// Refuses them, all at once.
#[derive(Default)]
pub(crate) struct RefusedTies {
    groups: Vec<(ProgrammeIx, Vec<ApplicantIx>)>,
}

impl Ties for RefusedTies {
    fn tied(
        &mut self,
        programme: ProgrammeIx,
        _: u32,
        applicants: impl ExactSizeIterator<Item = ApplicantIx>,
    ) {
        self.groups.push((programme, applicants.collect()));
    }

    fn permitted(&mut self) -> Result<(), MarketError> {
        if self.groups.is_empty() {
            return Ok(());
        }
        let groups = std::mem::take(&mut self.groups);
        let mut touched: Vec<_> = groups.iter().flat_map(|(_, group)| group).collect();
        touched.sort_unstable();
        touched.dedup();
        let applicants = touched.len();
        let programmes = groups.chunk_by(|a, b| a.0 == b.0).count();
        Err(MarketError::UnresolvedTies { applicants, programmes, groups })
    }
}
