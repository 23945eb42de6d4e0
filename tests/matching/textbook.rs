//! Deferred acceptance as the textbook has it: a queue of applicants, a heap per programme.
//!
//! The oracle of the tests and the baseline of the benches. It shares nothing with the library,
//! not even the type of its input.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use antagning_matching::{Market, MarketBuilder, MarketError, ProgrammeIx};

/// A market in plain vectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Instance {
    /// Seats by programme.
    pub(crate) seats: Vec<u32>,
    /// By applicant, in order of preference: programme, and priority there (the greater first).
    pub(crate) lists: Vec<Vec<(usize, u64)>>,
}

impl Instance {
    /// The same market for the library.
    pub(crate) fn market(&self) -> Result<Market, MarketError> {
        self.builder().build()
    }

    /// The same market, added and not yet built.
    pub(crate) fn builder(&self) -> MarketBuilder<u64> {
        let choices = self.lists.iter().map(Vec::len).sum();
        let mut builder = MarketBuilder::with_capacity(self.lists.len(), self.seats.len(), choices);
        for &seats in &self.seats {
            builder.add_programme(seats);
        }
        for list in &self.lists {
            builder.add_applicant(
                list.iter().map(|&(programme, key)| (ProgrammeIx::new(programme as u32), key)),
            );
        }
        builder
    }

    /// The position in each applicant's list where they are placed.
    pub(crate) fn deferred_acceptance(&self) -> Vec<Option<usize>> {
        let mut next = vec![0; self.lists.len()];
        let mut placed = vec![None; self.lists.len()];
        let mut holders: Vec<BinaryHeap<Reverse<(u64, usize)>>> =
            vec![BinaryHeap::new(); self.seats.len()];
        let mut queue: VecDeque<usize> = (0..self.lists.len()).collect();
        while let Some(applicant) = queue.pop_front() {
            let Some(&(programme, priority)) = self.lists[applicant].get(next[applicant]) else {
                continue;
            };
            placed[applicant] = Some(next[applicant]);
            next[applicant] += 1;
            holders[programme].push(Reverse((priority, applicant)));
            if holders[programme].len() > self.seats[programme] as usize {
                let Reverse((_, displaced)) = holders[programme].pop().expect("just pushed");
                placed[displaced] = None;
                queue.push_back(displaced);
            }
        }
        placed
    }
}
