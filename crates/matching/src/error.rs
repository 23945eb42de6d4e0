//! Why a market cannot be built.

use thiserror::Error;

use crate::{ApplicantIx, ProgrammeIx};

/// Why [`MarketBuilder::build`](crate::MarketBuilder::build) refuses its input.
///
/// Which error is reported never depends on chance: a market that is too large comes first, then
/// the first faulty choice in the order of adding, then ties, which are reported all at once.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MarketError {
    /// More choices and applicants, taken together, than the index can number.
    #[error("the market holds {entries} choices and applicants, at most {limit} can be numbered")]
    TooLarge {
        /// Choices and applicants, taken together.
        entries: u64,
        /// The largest number that is accepted.
        limit: u64,
    },

    /// A choice names a programme that was never added.
    #[error("applicant {} names unknown programme {} as choice {}",
        applicant.index(), programme.index(), position + 1)]
    UnknownProgramme {
        /// Whose choice it is.
        applicant: ApplicantIx,
        /// The programme that does not exist.
        programme: ProgrammeIx,
        /// Where in the list it stands, counted from 0.
        position: usize,
    },

    /// A list names the same programme twice.
    #[error("applicant {} names programme {} again as choice {}",
        applicant.index(), programme.index(), position + 1)]
    RepeatedProgramme {
        /// Whose list it is.
        applicant: ApplicantIx,
        /// The programme that is named twice.
        programme: ProgrammeIx,
        /// Where in the list the repetition stands, counted from 0.
        position: usize,
    },

    /// Applicants share a priority at a programme, so that only the order of rows could part
    /// them. Any tie counts, whether or not it would decide who is placed.
    #[error(
        "unresolved ties: {applicants} applicants share their priority with another \
        at {programmes} programmes"
    )]
    UnresolvedTies {
        /// How many applicants are in at least one tied group, each counted once.
        applicants: usize,
        /// How many programmes have at least one tied group.
        programmes: usize,
        /// Every tied group, by programme and then from the best priority to the worst; the
        /// applicants of a group (at least two) in ascending order.
        groups: Vec<(ProgrammeIx, Vec<ApplicantIx>)>,
    },
}
