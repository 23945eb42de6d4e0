//! What is to be planned, and what a plan is.

use crate::{Market, ProgrammeIx, Worth};

/// Whether seats are added or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SeatChange {
    /// Seats more: at most as many as asked for, and none that gains nothing.
    Add,
    /// Seats less: as many as asked for, as far as the limits allow, whatever they cost.
    Take,
}

/// A programme, or a quota group of one, where seats may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatOption {
    /// The programme.
    pub programme: ProgrammeIx,
    /// The quota group (counted from 0); `None` at a programme without groups.
    pub group: Option<usize>,
    /// So many seats change at once: a class, or a single seat; at least 1.
    pub step: u32,
    /// At least so many steps.
    pub least: u32,
    /// At most so many steps.
    pub most: u32,
    /// What each seat costs, in any unit.
    pub cost: u64,
    /// The areas that the seats count in, by their numbers in [`SeatProblem::areas`].
    pub areas: Vec<usize>,
}

/// Where to add or take seats, so that the matching is worth the most: see
/// [`plan_seats`](crate::plan_seats).
#[derive(Clone, Debug)]
pub struct SeatProblem {
    /// The market with the seats of today.
    pub market: Market,
    /// What a matching is worth.
    pub worth: Worth,
    /// Whether seats are added or taken.
    pub change: SeatChange,
    /// How many, at most.
    pub seats: u32,
    /// Where; each programme or group at most once.
    pub options: Vec<SeatOption>,
    /// The most seats that may change in each area: a school, say, or a municipality.
    pub areas: Vec<u32>,
    /// The most that all changed seats may cost together.
    pub budget: Option<u64>,
}

/// Seats to add or take.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeatPlan {
    /// The option of each step, in the order in which each next one gains the most, or loses the
    /// least, of those that the plan has.
    pub order: Vec<usize>,
    /// What the matching is worth more than without the plan.
    pub gain: i64,
}

impl SeatPlan {
    /// How many seats change.
    #[must_use]
    pub fn seats(&self, problem: &SeatProblem) -> u32 {
        self.order.iter().map(|&option| problem.options[option].step).sum()
    }
}
