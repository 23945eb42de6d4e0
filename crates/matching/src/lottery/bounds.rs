//! What no lottery exceeds and what none falls short of.

use crate::deferred_acceptance::worst_below;
use crate::market::Index;
use crate::tie_classes::{TieClasses, words_of};

/// Which bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// A class is rejected only when those above it fill all seats that there can be.
    Best,
    /// A class is rejected when it does not fit, with those above it, on the seats that there are
    /// in any case.
    Worst,
}

/// Deferred acceptance in which a class is accepted or rejected whole.
///
/// In a plain market these are the two rules of [`TieRule`](crate::TieRule). With quota groups the
/// seats of a group change while the run goes on: unfilled seats count as passed on to it until
/// somebody turns up where they came from, and then are gone for good. For the best bound only those
/// turn up who do so under every lottery, so that a group has at least the seats that it has under
/// any; for the worst bound all turn up who do so under some lottery, so that it has at most those.
/// By induction over the rejections of a run with any lottery, all that the best bound rejects are
/// rejected there, and none but those that the worst bound rejects. (The worst bound admits too few
/// to be an admission, and is none: what a class that does not fit leaves free is not passed on.)
#[derive(Clone, Debug)]
pub(super) struct Bound {
    /// The choice that each place holds.
    pub(super) held: Vec<u32>,
    /// The first rank of each unit that is rejected.
    pub(super) limits: Vec<u32>,
}

struct Run<'a> {
    index: &'a Index,
    classes: &'a TieClasses,
    side: Side,
    bound: Bound,
    /// Seats by unit, those included that were passed on and not yet taken.
    seats: Vec<u32>,
    /// Seats that nobody has turned up for.
    vacant: Vec<u32>,
    /// How many are accepted below the limit.
    admitted: Vec<u32>,
    accepted: Vec<u64>,
    displaced: Vec<u32>,
}

impl Bound {
    pub(super) fn new(index: &Index, classes: &TieClasses, side: Side) -> Self {
        let lengths = index.rankings.windows(2).map(|bounds| bounds[1] - bounds[0]);
        let mut run = Run {
            index,
            classes,
            side,
            bound: Self { held: vec![0; index.place_of.len()], limits: lengths.collect() },
            seats: index.seats.clone(),
            vacant: index.seats.clone(),
            admitted: vec![0; index.seats.len()],
            accepted: vec![0; index.words[index.seats.len()] as usize],
            displaced: Vec::new(),
        };
        for place in 0..index.place_of.len() {
            run.ask(place, index.starts[place] as usize);
            while let Some(place) = run.displaced.pop() {
                let next = run.bound.held[place as usize] as usize + 1;
                run.ask(place as usize, next);
            }
        }
        run.bound
    }
}

impl Run<'_> {
    /// Goes down the list from a choice on.
    fn ask(&mut self, place: usize, mut choice: usize) {
        let index = self.index;
        let (unit, rank) = loop {
            let (unit, rank) = index.choices.unit_and_rank(choice);
            if unit == index.seats.len() || rank < self.bound.limits[unit] {
                break (unit, rank);
            }
            choice += 1;
        };
        self.bound.held[place] = choice as u32;
        if unit == index.seats.len() {
            return;
        }
        self.accepted[index.words[unit] as usize + (rank / 64) as usize] |= 1 << (rank % 64);
        self.admitted[unit] += 1;
        self.take_seat(unit);
    }

    /// Somebody has turned up: a seat fewer stays vacant, and is passed on no more.
    fn take_seat(&mut self, mut unit: usize) {
        while self.vacant[unit] > 0 {
            self.vacant[unit] -= 1;
            let Some(to) = self.index.grouping.as_ref().and_then(|groups| groups.passes_to(unit))
            else {
                return;
            };
            unit = to;
            self.seats[unit] -= 1;
        }
        self.reject(unit);
    }

    /// Rejects the lowest classes until the bound holds.
    fn reject(&mut self, unit: usize) {
        let index = self.index;
        let words = index.words[unit];
        let accepted = &self.accepted[words as usize..];
        while let Some(worst) = worst_below(accepted, self.bound.limits[unit]) {
            let class = self.classes.class_of(words, worst);
            let ranks = class.start..self.bound.limits[unit];
            let bits = words_of(accepted, ranks.clone());
            let count: u32 = bits.map(|(_, word)| word.count_ones()).sum();
            let rejected = match self.side {
                Side::Best => self.admitted[unit] - count >= self.seats[unit],
                Side::Worst => self.admitted[unit] > self.seats[unit],
            };
            if !rejected {
                if self.admitted[unit] >= self.seats[unit] {
                    // The next in a lower class would be rejected at once.
                    self.bound.limits[unit] = class.end;
                }
                return;
            }
            for (first, mut word) in words_of(accepted, ranks) {
                while word != 0 {
                    let rank = (first + word.trailing_zeros()) as usize;
                    self.displaced.push(index.holder[index.rankings[unit] as usize + rank]);
                    word &= word - 1;
                }
            }
            self.bound.limits[unit] = class.start;
            self.admitted[unit] -= count;
        }
    }
}
