//! What can be wrong with an admission, each with its counter-example.

use crate::published::{CutoffKind, Status};

/// A counter-example: something that must not be so in a right and rightly published admission.
///
/// Applicants and programmes are the indices of the [`Case`](crate::Case); a `choice` is an index
/// into its columns of choices.
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
    /// Somebody prefers a programme that has a vacant seat to what they have.
    WastedSeat {
        /// The applicant who would rather be there.
        applicant: usize,
        /// The programme.
        programme: usize,
        /// Its vacant seats.
        vacant: u32,
    },
    /// Somebody prefers a programme where a person with a lower priority holds a seat.
    JustifiedEnvy {
        /// The applicant who would rather be there.
        applicant: usize,
        /// The programme.
        programme: usize,
        /// Of those admitted there, the one with the lowest priority.
        holder: usize,
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
    /// A published figure of a programme differs from the recount.
    WrongFigure {
        /// The programme.
        programme: usize,
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
            Self::WastedSeat { .. } => "wasted_seat",
            Self::JustifiedEnvy { .. } => "justified_envy",
            Self::EqualKeys { .. } => "equal_keys",
            Self::ImprovementCycle { .. } => "improvement_cycle",
            Self::WrongFigure { .. } => "wrong_figure",
            Self::WrongStatus { .. } => "wrong_status",
            Self::WrongReservePosition { .. } => "wrong_reserve_position",
            Self::WrongDigest { .. } => "wrong_digest",
            Self::MissingFile { .. } => "missing_file",
        }
    }
}
