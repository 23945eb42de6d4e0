//! Where a chain of moves began.

use serde::Serialize;

/// What a chain began with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Root {
    /// The kind of event or decision (`withdrawal`, `answer`, `new_grade`, …), a change that names
    /// none (`score_raised`, `eligibility_changed`, `changed_choices`, `applicant_added`, …), a
    /// change of the offer (`seats_added`, `seats_removed`, `offer_closed`, `offer_added`,
    /// `offer_removed`, `vacant_seat`), `trade` for a cycle that nothing else began, `settings`
    /// where the runs rank in different ways, or `unexplained`.
    pub cause: &'static str,
    /// Whose act it was.
    pub applicant_id: Option<String>,
    /// The programme that it is about.
    pub programme_id: Option<String>,
}

/// How a move follows from another or from the cause of its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Link {
    /// The applicant's own act explains the move.
    OwnAct,
    /// The seat was left by another.
    TookSeatOf,
    /// The seat was taken by another.
    DisplacedBy,
    /// The seat was added, or stood vacant.
    TookSeat,
    /// The seat was taken away.
    SeatRemoved,
    /// Nothing in the two runs tells.
    Unexplained,
}

impl Link {
    /// The name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OwnAct => "own_act",
            Self::TookSeatOf => "took_seat_of",
            Self::DisplacedBy => "displaced_by",
            Self::TookSeat => "took_seat",
            Self::SeatRemoved => "seat_removed",
            Self::Unexplained => "unexplained",
        }
    }
}
