//! What became of one applicant between two runs.

use serde::Serialize;

use crate::diff::tables::{Held, Index, Person};

/// What became of an applicant between two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Movement {
    /// Without a seat in the earlier run, with one in the later.
    NewlyPlaced,
    /// To a seat that stands above the earlier one in the applicant's list.
    MovedUp,
    /// To a seat that stands below it.
    MovedDown,
    /// To another seat by a list that puts the two in another order, or that has not got both.
    Changed,
    /// Without a seat, and not by an act of their own.
    LostSeat,
    /// Without a seat by an act of their own: withdrawn, declined, not shown up, or no longer an
    /// applicant.
    Left,
    /// The same programme, by another of its quota groups.
    OtherGroup,
    /// The same seat, or none in both.
    Unchanged,
}

/// A seat as a run gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seat {
    /// The programme.
    pub programme_id: String,
    /// The quota group that took the applicant; empty at a plain programme.
    pub quota_group: String,
    /// The rank that the applicant gave the programme in that run.
    pub choice_rank: u32,
}

impl Movement {
    /// All of them, in the order in which they are told.
    pub(super) const ALL: [Self; 8] = [
        Self::NewlyPlaced,
        Self::MovedUp,
        Self::MovedDown,
        Self::Changed,
        Self::LostSeat,
        Self::Left,
        Self::OtherGroup,
        Self::Unchanged,
    ];

    /// Whether the applicant has a seat at another programme than before, or none any more.
    #[must_use]
    pub fn moves(self) -> bool {
        !matches!(self, Self::OtherGroup | Self::Unchanged)
    }

    /// Whether the applicant got a seat that they want more than what they had.
    pub(super) fn gains(self) -> bool {
        matches!(self, Self::NewlyPlaced | Self::MovedUp)
    }

    /// The name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NewlyPlaced => "newly_placed",
            Self::MovedUp => "moved_up",
            Self::MovedDown => "moved_down",
            Self::Changed => "changed",
            Self::LostSeat => "lost_seat",
            Self::Left => "left",
            Self::OtherGroup => "other_group",
            Self::Unchanged => "unchanged",
        }
    }

    /// What became of an applicant whom either run may lack.
    pub(super) fn of(
        before: &Index<'_>,
        after: &Index<'_>,
        was: Option<&Person<'_>>,
        is: Option<&Person<'_>>,
    ) -> Self {
        let had = was.and_then(|person| person.seat);
        let has = is.and_then(|person| person.seat);
        match (had, has) {
            (None, None) => Self::Unchanged,
            (None, Some(_)) => Self::NewlyPlaced,
            (Some(had), None) => {
                if is.is_none_or(|person| gave_up(after, person, had)) {
                    Self::Left
                } else {
                    Self::LostSeat
                }
            }
            (Some(had), Some(has)) if had.programme == has.programme => {
                if had.group == has.group {
                    Self::Unchanged
                } else {
                    Self::OtherGroup
                }
            }
            (Some(had), Some(has)) => {
                let order = |index: &Index<'_>, person: Option<&Person<'_>>| {
                    let person = person?;
                    let rows = [has, had].map(|seat| index.row(person, seat.programme));
                    Some(rows[0]? < rows[1]?)
                };
                match (order(before, was), order(after, is)) {
                    (Some(true), Some(true)) => Self::MovedUp,
                    (Some(false), Some(false)) => Self::MovedDown,
                    _ => Self::Changed,
                }
            }
        }
    }
}

/// Whether an applicant without a seat has given up the one that they had.
fn gave_up(after: &Index<'_>, person: &Person<'_>, had: Held<'_>) -> bool {
    let row = after.row(person, had.programme);
    row.is_none_or(|row| after.outcomes.status.get(row) == "withdrawn")
}
