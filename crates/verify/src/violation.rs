//! What can be wrong with an admission, each with its counter-example.

use crate::published::{CutoffKind, Status};

/// A counter-example: something that must not be so in a right and rightly published admission.
///
/// Applicants and programmes are the indices of the [`Case`](crate::Case); a `choice` is an index
/// into its columns of choices; a `group` is counted from 0 within its programme.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Violation {
    /// More are admitted than there are seats.
    OverCapacity {
        /// The programme.
        programme: usize,
        /// Its seats.
        seats: u32,
        /// How many are placed there.
        admitted: u32,
    },
    /// Placed where they did not apply, or were not eligible.
    OffList {
        /// The applicant.
        applicant: usize,
        /// Where they are placed.
        programme: usize,
    },
    /// More are admitted than equal priorities excuse: those with the lowest priority admitted
    /// find no seat left by the others.
    BeyondTheTie {
        /// The programme.
        programme: usize,
        /// Its seats.
        seats: u32,
        /// How many are placed there.
        admitted: u32,
        /// How many of these do not have the lowest priority among them.
        ahead: u32,
    },
    /// Stated to be in a group that is not there, that is not open to them, or in none at a
    /// programme with groups.
    UnfoundedGroup {
        /// The applicant.
        applicant: usize,
        /// Where they are placed.
        programme: Option<usize>,
        /// The group that is stated.
        group: Option<u32>,
    },
    /// Somebody prefers a programme that has a vacant seat to what they have; at a programme with
    /// groups, a seat that its groups would give them.
    WastedSeat {
        /// The applicant who would rather be there.
        applicant: usize,
        /// The programme.
        programme: usize,
        /// Its vacant seats.
        vacant: u32,
    },
    /// Somebody prefers a programme where a person with a lower priority holds a seat; at a
    /// programme with groups, one whom the groups take before a person who holds a seat.
    JustifiedEnvy {
        /// The applicant who would rather be there.
        applicant: usize,
        /// The programme.
        programme: usize,
        /// Of those admitted there, the one with the lowest priority; at a programme with groups
        /// one whom the groups would not take, if possible from the group that would take the
        /// applicant.
        holder: usize,
    },
    /// Somebody waits for a programme that admits a person with the same priority, although equal
    /// priorities are to be admitted or rejected together.
    UnequalTreatment {
        /// The applicant who waits.
        applicant: usize,
        /// The programme.
        programme: usize,
        /// Of those admitted there, one with the same priority.
        holder: usize,
    },
    /// Admitted to a programme through another group than the one that takes them, or although
    /// none does.
    WrongGroup {
        /// The applicant.
        applicant: usize,
        /// The programme.
        programme: usize,
        /// The group that is stated.
        stated: Option<u32>,
        /// The group that takes them, given all who hold or claim a place at the programme.
        found: Option<u32>,
    },
    /// Equal priorities decide who holds a seat or who stands first in reserve.
    EqualKeys {
        /// The programme.
        programme: usize,
        /// Those with the same priority, in ascending order.
        applicants: Vec<usize>,
    },
    /// Applicants who could trade places, all for the better, with nobody's priority passed over.
    ImprovementCycle {
        /// Who would move from where to where; each takes the seat that the next one leaves.
        steps: Vec<Step>,
    },
    /// A stable admission exists that is better for some applicants and worse for none.
    BetterAdmission {
        /// The first of those who are better off in it.
        applicant: usize,
        /// Where they are in it.
        programme: usize,
        /// How many are better off in it.
        better_off: usize,
    },
    /// A published figure of a programme or group differs from the recount.
    WrongFigure {
        /// The programme.
        programme: usize,
        /// The group, when the row is that of a group.
        group: Option<u32>,
        /// The column of the figure.
        figure: &'static str,
        /// What is published.
        published: FigureValue,
        /// What the placements give.
        found: FigureValue,
    },
    /// The published status of a choice differs from what the placement makes it.
    WrongStatus {
        /// The applicant.
        applicant: usize,
        /// The choice.
        choice: usize,
        /// Its programme.
        programme: usize,
        /// What is published.
        published: Status,
        /// What the placement gives.
        found: Status,
    },
    /// The published position in the reserve order differs from the recount.
    WrongReservePosition {
        /// The applicant.
        applicant: usize,
        /// The choice.
        choice: usize,
        /// Its programme.
        programme: usize,
        /// What is published, counted from 1.
        published: Option<u32>,
        /// What the priorities give, counted from 1.
        found: Option<u32>,
    },
    /// The published group of a choice differs from the recount.
    WrongStatedGroup {
        /// The applicant.
        applicant: usize,
        /// The choice.
        choice: usize,
        /// Its programme.
        programme: usize,
        /// What is published.
        published: Option<u32>,
        /// The group that took the applicant or, in reserve, the last that is open to them.
        found: Option<u32>,
    },
    /// A file is not the one whose digest is listed.
    WrongDigest {
        /// The name of the file.
        file: String,
        /// The SHA-256 that is listed, in hexadecimal.
        expected: String,
        /// The SHA-256 of the file that is there, in hexadecimal.
        found: String,
    },
    /// A file whose digest is listed is not there.
    MissingFile {
        /// The name of the file.
        file: String,
    },
}

/// One applicant's move in a [`Violation::ImprovementCycle`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who moves.
    pub applicant: usize,
    /// The programme they leave.
    pub from: usize,
    /// The programme they take up, which they prefer.
    pub to: usize,
}

/// The value of a figure in a [`Violation::WrongFigure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FigureValue {
    /// Nothing is stated.
    Absent,
    /// A number of seats, people or rows.
    Count(u64),
    /// A score, in ten-thousandths of a point.
    Score(u64),
    /// The kind of a cutoff.
    Kind(CutoffKind),
}

impl Violation {
    /// A stable name of the kind, for programs: `justified_envy`, `wrong_figure` and so on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OverCapacity { .. } => "over_capacity",
            Self::OffList { .. } => "off_list",
            Self::BeyondTheTie { .. } => "beyond_the_tie",
            Self::UnfoundedGroup { .. } => "unfounded_group",
            Self::WastedSeat { .. } => "wasted_seat",
            Self::JustifiedEnvy { .. } => "justified_envy",
            Self::UnequalTreatment { .. } => "unequal_treatment",
            Self::WrongGroup { .. } => "wrong_group",
            Self::EqualKeys { .. } => "equal_keys",
            Self::ImprovementCycle { .. } => "improvement_cycle",
            Self::BetterAdmission { .. } => "better_admission",
            Self::WrongFigure { .. } => "wrong_figure",
            Self::WrongStatus { .. } => "wrong_status",
            Self::WrongReservePosition { .. } => "wrong_reserve_position",
            Self::WrongStatedGroup { .. } => "wrong_stated_group",
            Self::WrongDigest { .. } => "wrong_digest",
            Self::MissingFile { .. } => "missing_file",
        }
    }
}
