//! Why a market cannot be built.

use thiserror::Error;

use crate::{ApplicantIx, ProgrammeIx};

/// Why [`MarketBuilder::build`](crate::MarketBuilder::build),
/// [`build_with_ties`](crate::MarketBuilder::build_with_ties) and
/// [`build_for_lotteries`](crate::MarketBuilder::build_for_lotteries) refuse their input.
///
/// Which error is reported never depends on chance: a market that is too large comes first, then
/// the first programme with faulty groups and the first faulty choice, each in the order of adding,
/// then groups where there may be ties, or ties, which are reported all at once.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MarketError {
    /// More choices, claims on groups and applicants, taken together, than the index can number.
    #[error("the market holds {entries} choices and applicants, at most {limit} can be numbered")]
    TooLarge {
        /// Choices, claims on groups and applicants, taken together.
        entries: u64,
        /// The largest number that is accepted.
        limit: u64,
    },

    /// A grouped programme has no group.
    #[error("programme {} is grouped, and has no group", programme.index())]
    NoGroups {
        /// The programme without groups.
        programme: ProgrammeIx,
    },

    /// The unfilled seats of a group pass on to itself, to an earlier group, or to none that
    /// exists. They go one way, to later groups.
    #[error("group {group} of programme {} passes seats on to no later group", programme.index())]
    UnfilledToNoLaterGroup {
        /// The programme of the group.
        programme: ProgrammeIx,
        /// The group, counted from 0.
        group: usize,
    },

    /// The groups of a programme have more seats together than can be counted.
    #[error("programme {} has {seats} seats, at most {} can be counted",
        programme.index(), u32::MAX)]
    TooManySeats {
        /// The programme with too many seats.
        programme: ProgrammeIx,
        /// The seats of all its groups.
        seats: u64,
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

    /// A choice of a grouped programme has one priority only, and names no groups.
    #[error("applicant {} names no groups of programme {} at choice {}",
        applicant.index(), programme.index(), position + 1)]
    PlainClaimOnGroups {
        /// Whose choice it is.
        applicant: ApplicantIx,
        /// The grouped programme.
        programme: ProgrammeIx,
        /// Where in the list it stands, counted from 0.
        position: usize,
    },

    /// A choice names groups of a programme that has none.
    #[error("applicant {} names groups of programme {}, which has none, at choice {}",
        applicant.index(), programme.index(), position + 1)]
    GroupClaimOnPlain {
        /// Whose choice it is.
        applicant: ApplicantIx,
        /// The programme without groups.
        programme: ProgrammeIx,
        /// Where in the list it stands, counted from 0.
        position: usize,
    },

    /// A choice of a grouped programme where no group is open to the applicant: such a choice is to
    /// be left out.
    #[error("no group of programme {} is open to applicant {} at choice {}",
        programme.index(), applicant.index(), position + 1)]
    OpenToNoGroup {
        /// Whose choice it is.
        applicant: ApplicantIx,
        /// The grouped programme.
        programme: ProgrammeIx,
        /// Where in the list it stands, counted from 0.
        position: usize,
    },

    /// A choice names a group that its programme does not have.
    #[error("applicant {} names unknown group {group} of programme {} at choice {}",
        applicant.index(), programme.index(), position + 1)]
    UnknownGroup {
        /// Whose choice it is.
        applicant: ApplicantIx,
        /// The grouped programme.
        programme: ProgrammeIx,
        /// Where in the list it stands, counted from 0.
        position: usize,
        /// The group that does not exist, counted from 0.
        group: usize,
    },

    /// A choice names the same group twice.
    #[error("applicant {} names group {group} of programme {} twice at choice {}",
        applicant.index(), programme.index(), position + 1)]
    RepeatedGroup {
        /// Whose choice it is.
        applicant: ApplicantIx,
        /// The grouped programme.
        programme: ProgrammeIx,
        /// Where in the list it stands, counted from 0.
        position: usize,
        /// The group that is named twice, counted from 0.
        group: usize,
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

    /// As [`UnresolvedTies`](Self::UnresolvedTies), with at least one of the ties in a quota group.
    #[error(
        "unresolved ties: {applicants} applicants share their priority with another \
        at {programmes} programmes, some of them in a quota group"
    )]
    UnresolvedTiesInGroups {
        /// How many applicants are tied anywhere, each counted once.
        applicants: usize,
        /// How many programmes have at least one tie.
        programmes: usize,
        /// Every set of tied applicants with its programme and its quota group (counted from 0;
        /// none at a plain programme): by programme, by quota group, and then from the best
        /// priority to the worst; the tied (at least two) in ascending order.
        ties: Vec<(ProgrammeIx, Option<usize>, Vec<ApplicantIx>)>,
    },

    /// A programme of a market whose priorities may tie has quota groups.
    #[error("programme {} has quota groups, which a market with ties cannot have",
        programme.index())]
    GroupsWithTies {
        /// The first programme with quota groups.
        programme: ProgrammeIx,
    },
}
