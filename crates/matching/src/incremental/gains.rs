//! What a seat more would be worth to a planner, everywhere at once, kept up while seats change.

use crate::Worth;

use super::Incremental;
use super::forest::Forest;
use super::journal::Step;

/// The gains of a seat more in every unit. See [`update`](Self::update).
#[derive(Clone, Debug)]
pub(crate) struct Gains(Forest<i64>);

impl Gains {
    /// For a matching, nothing being known yet.
    pub(crate) fn new(matching: &Incremental) -> Self {
        Self(Forest::new(matching.market.index.seats.len()))
    }

    /// Notes what the last change of the matching has moved: to be called after every change that
    /// stays, and before or after one that is undone not at all.
    pub(crate) fn note(&mut self, matching: &Incremental) {
        self.0.note(&matching.market.index, matching.journal.last());
    }

    /// Finds what a seat more would be worth in every unit. O(units that lead to those whose
    /// claimants have moved), a look at every unit, and a seat added and undone for those few from
    /// which a stable improvement cycle could follow.
    pub(crate) fn update(&mut self, matching: &mut Incremental, worth: &Worth) {
        let (index, state) = (&*matching.market.index, &matching.state);
        self.0.update(index, state, |_, from, to| worth.gain(from, to));
        for unit in self.0.open() {
            let gain = matching.change_unit(unit, true, worth);
            matching.undo();
            self.0.tell(unit, gain);
        }
    }

    /// What a seat more is worth by unit, by the last update.
    pub(crate) fn by_unit(&self) -> &[i64] {
        self.0.values()
    }
}

impl Incremental {
    /// One seat of a unit more, or one less of a unit that has one; and what it is worth.
    pub(crate) fn change_unit(&mut self, unit: usize, more: bool, worth: &Worth) -> i64 {
        self.journal.begin();
        match more {
            true => self.change().add_seat(unit),
            false => self.change().remove_seat(unit),
        }
        let moved = self.journal.last().iter().filter_map(|step| match *step {
            Step::Move { from, to, .. } => Some(worth.gain(from as usize, to as usize)),
            Step::Seats { .. } | Step::List { .. } => None,
        });
        moved.sum()
    }

    /// The unit of a programme without groups, or of a quota group.
    pub(crate) fn unit(&self, programme: crate::ProgrammeIx, group: Option<usize>) -> usize {
        match group {
            None => self.plain_unit(programme),
            Some(group) => self.market.index.group(programme, group),
        }
    }

    /// A unit's own seats.
    pub(crate) fn unit_seats(&self, unit: usize) -> u32 {
        self.state.seats(unit)
    }
}
