//! What was changed, step by step, so that it can be told and taken back.

use crate::market::Index;

use super::state::State;

/// One thing changed. Every step can be taken back by itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A unit got a seat more, or a seat less.
    Seats { unit: u32, more: bool },
    /// A choice of a place began to take part, or ceased to.
    List { place: u32, choice: u32 },
    /// A place gave up one choice for another; the sentinel stands for no seat.
    Move { place: u32, from: u32, to: u32 },
}

/// The steps of all changes that can still be undone.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    steps: Vec<Step>,
    /// Where the steps of each change begin.
    changes: Vec<usize>,
}

impl Journal {
    pub(super) fn begin(&mut self) {
        self.changes.push(self.steps.len());
    }

    pub(super) fn note(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Number of changes.
    pub(super) fn changes(&self) -> usize {
        self.changes.len()
    }

    /// All steps that can still be undone.
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The steps of the last change.
    pub(super) fn last(&self) -> &[Step] {
        &self.steps[self.before_last()..]
    }

    /// How many steps there were before the last change.
    pub(super) fn before_last(&self) -> usize {
        self.changes.last().map_or(0, |&start| start)
    }

    pub(super) fn clear(&mut self) {
        self.steps.clear();
        self.changes.clear();
    }

    /// Takes the last change back, step by step from the end, and says whether there was one.
    pub(super) fn undo(&mut self, index: &Index, state: &mut State) -> bool {
        let Some(start) = self.changes.pop() else {
            return false;
        };
        for step in self.steps.drain(start..).rev() {
            match step {
                Step::Seats { unit, more } => state.change_seats(index, unit as usize, !more),
                Step::List { place, choice } => {
                    state.toggle(index, place as usize, choice as usize);
                }
                Step::Move { place, from, .. } => {
                    state.unseat(index, place as usize);
                    state.settle(index, place as usize, from as usize);
                }
            }
        }
        true
    }
}
