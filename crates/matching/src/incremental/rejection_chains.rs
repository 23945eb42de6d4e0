//! The rejection chains of a seat less in every unit, each going on from a unit in one way only.
//!
//! The chain goes from a full unit to the one that takes its worst holder, and so on: nobody else's
//! arrival or departure matters until the chain comes to a unit for the second time. Those that come
//! round are left open, and so are those that come to a group whose seats pass on: a seat taken
//! there may displace somebody from another group.

use crate::market::Index;

use super::seat_effects::Sum;
use super::state::State;

/// So many units are looked at side by side, so that they wait for memory together.
const BLOCK: usize = 64;

/// Scratch memory for the chains, and what they come to.
#[derive(Clone, Debug, Default)]
pub(super) struct RejectionChains {
    /// By unit, what becomes of its worst holder.
    links: Vec<Link>,
    /// By unit, and at the end for no unit.
    sums: Vec<Sum>,
    known: Vec<Known>,
    path: Vec<u32>,
}

/// What somebody loses who loses a seat, and the unit where the chain goes on, if it does.
#[derive(Clone, Copy, Debug)]
struct Link {
    sum: Sum,
    next: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    No,
    Yes,
    /// It comes round, or may do so, and has to be tried.
    Open,
}

impl RejectionChains {
    /// Finds all chains anew. O(choices of those who would be displaced + units).
    pub(super) fn find(&mut self, index: &Index, state: &State) {
        self.link(index, state);
        self.follow(index, state);
        for unit in (0..self.links.len()).filter(|&unit| state.seats(unit) == 0) {
            (self.sums[unit], self.known[unit]) = (Sum::default(), Known::Yes);
        }
    }

    /// What the chains come to, by unit.
    pub(super) fn sums(&self) -> &[Sum] {
        &self.sums
    }

    /// The units of which the chain has to be tried.
    pub(super) fn open(&self) -> impl Iterator<Item = usize> + use<> {
        let open = |&unit: &usize| self.known[unit] == Known::Open;
        let open: Vec<_> = (0..self.links.len()).filter(open).collect();
        open.into_iter()
    }

    /// Tells what an [open](Self::open) chain was found to come to.
    pub(super) fn tell(&mut self, unit: usize, sum: Sum) {
        self.sums[unit] = sum;
    }

    fn link(&mut self, index: &Index, state: &State) {
        let units = index.seats.len();
        let nobody = Link { sum: Sum::default(), next: units as u32 };
        self.links.clear();
        self.links.resize(units, nobody);
        let mut held = [(0, 0, 0); BLOCK];
        for first in (0..units).step_by(BLOCK) {
            let mut holders = 0;
            for unit in first..units.min(first + BLOCK) {
                if let Some(entry) = state.worst_holder(unit) {
                    held[holders] = (unit, index.holder[entry], index.choice_at[entry]);
                    holders += 1;
                }
            }
            for &(unit, place, held) in &held[..holders] {
                let (place, held) = (place as usize, held as usize);
                let choice = state.first_accepting(index, place, held + 1);
                let next = index.choices.unit(choice);
                self.links[unit] = Link {
                    sum: Sum {
                        moved: 1,
                        ranks: state.ranks_between(index, place, held, choice) as u32,
                        unplaced: if next == units { place as u32 } else { Sum::NOBODY },
                    },
                    next: if state.ends_chain(next) { units as u32 } else { next as u32 },
                };
            }
        }
    }

    /// Adds the links up, from the ends of the chains.
    fn follow(&mut self, index: &Index, state: &State) {
        let units = self.links.len();
        self.sums.clear();
        self.sums.resize(units + 1, Sum::default());
        self.known.clear();
        self.known.resize(units, Known::No);
        self.known.push(Known::Yes);
        if index.grouping.is_some() {
            for unit in 0..units {
                if let Some(to) = state.passes_to(unit) {
                    (self.known[unit], self.known[to]) = (Known::Open, Known::Open);
                }
            }
        }
        for unit in 0..units {
            let mut unit = unit;
            while self.known[unit] == Known::No {
                // Until it is known: then this is where it comes round.
                self.known[unit] = Known::Open;
                self.path.push(unit as u32);
                unit = self.links[unit].next as usize;
            }
            let (known, mut sum) = (self.known[unit], self.sums[unit]);
            while let Some(unit) = self.path.pop() {
                let unit = unit as usize;
                sum = self.links[unit].sum + sum;
                (self.known[unit], self.sums[unit]) = (known, sum);
            }
        }
    }
}
