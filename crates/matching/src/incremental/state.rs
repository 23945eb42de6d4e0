//! What changes: seats, lists and who holds what, and what follows from these three.

use std::iter::successors;
use std::num::NonZeroU32;
use std::ops::Range;

use crate::deferred_acceptance::{Seating, worst_below};
use crate::market::Index;

/// Which seats exist, which choices take part and who holds which, kept so that the best claimant
/// and the worst holder of each unit are found at once.
///
/// The *claimants* of a unit are those with a live choice of it that they want more than what they
/// hold. As long as nobody envies anybody, they all rank after those who hold its seats.
///
/// Everything here follows from `seats`, `live` and `held`, so two states that agree in these are
/// equal byte for byte, however they came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    units: Vec<Unit>,
    /// One bit a rank: who holds a seat of the unit.
    holding: Vec<u64>,
    /// One bit a rank: the claimants.
    claiming: Vec<u64>,
    /// What each place holds.
    held: Vec<Held>,
    /// One bit a choice: those that take part.
    live: Vec<u64>,
    /// Seats by programme; after these, each group's own.
    seats: Vec<u32>,
}

/// A choice and its unit, side by side for the cache; the sentinel and the pseudo unit of the index
/// when unplaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    choice: u32,
    unit: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    /// The first rank after the worst holder; 0 when nobody holds a seat.
    limit: u32,
    /// Seats that nobody holds, with those passed on from other groups. Between two steps of a
    /// chain it may be one below zero, and wraps.
    vacant: u32,
    /// How many claimants there are.
    claimants: u32,
    /// Where the bitmaps begin.
    words: u32,
    /// Where the ranking begins in the index.
    ranking: u32,
    /// The group that unfilled seats pass on to; a group is never the first unit.
    passes_to: Option<NonZeroU32>,
}

impl State {
    /// All the seats of a market, and no choice that takes part.
    pub(super) fn new(index: &Index) -> Self {
        let nobody = index.seats.len() as u32;
        let held = (0..index.place_of.len())
            .map(|place| Held { choice: index.sentinel(place), unit: nobody });
        Self::with_held(index, held.collect())
    }

    /// All the seats of a market, and all choices, those who take part being seated.
    pub(super) fn with_everybody(index: &Index, seating: Seating) -> Self {
        let held = seating.held.iter().map(|&choice| {
            let unit = index.choices.unit(choice as usize) as u32;
            Held { choice, unit }
        });
        let mut state = Self::with_held(index, held.collect());
        state.holding = seating.holding;
        for (unit, seated) in state.units.iter_mut().zip(seating.units) {
            (unit.limit, unit.vacant) = (seated.limit, seated.vacant);
        }
        state.live.fill(u64::MAX);
        let choices = index.starts.last().map_or(0, |&end| end as usize);
        if let (Some(last), 1..) = (state.live.last_mut(), choices % 64) {
            *last = (1 << (choices % 64)) - 1;
        }
        for (place, &held) in seating.held.iter().enumerate() {
            let Range { start, end } = index.expanded(place);
            (start..held as usize).for_each(|choice| state.set_claim(index, choice, true));
            state.live[end / 64] &= !(1 << (end % 64));
        }
        state
    }

    /// All the seats of a market, nobody being seated yet.
    fn with_held(index: &Index, held: Vec<Held>) -> Self {
        let grouping = index.grouping.as_ref();
        let unit = |unit: usize| Unit {
            limit: 0,
            vacant: index.seats[unit],
            claimants: 0,
            words: index.words[unit],
            ranking: index.rankings[unit],
            passes_to: grouping
                .and_then(|grouping| grouping.passes_to(unit))
                .and_then(|to| NonZeroU32::new(to as u32)),
        };
        let words = index.words[index.seats.len()] as usize;
        let mut seats = index.seats.clone();
        if let Some(grouping) = grouping {
            grouping.own_seats(&mut seats);
        }
        let choices = index.starts.last().map_or(0, |&end| end as usize);
        Self {
            units: (0..seats.len()).map(unit).collect(),
            holding: vec![0; words],
            claiming: vec![0; words],
            held,
            live: vec![0; choices.div_ceil(64)],
            seats,
        }
    }

    /// The choice that a place holds; the sentinel of its list when unplaced.
    pub(super) fn held(&self, place: usize) -> usize {
        self.held[place].choice as usize
    }

    /// The choice that a place holds, and its unit, which in the index is that of nobody's seat when
    /// unplaced.
    pub(super) fn held_with_unit(&self, place: usize) -> (u32, u32) {
        let Held { choice, unit } = self.held[place];
        (choice, unit)
    }

    /// Whether a choice takes part.
    pub(super) fn is_live(&self, choice: usize) -> bool {
        self.live[choice / 64] >> (choice % 64) & 1 == 1
    }

    /// Seats of a programme, or a group's own.
    pub(super) fn seats(&self, unit: usize) -> u32 {
        self.seats[unit]
    }

    /// Seats of a unit that nobody holds, with those passed on to it.
    pub(super) fn vacant(&self, unit: usize) -> u32 {
        self.units[unit].vacant
    }

    /// The unit that unfilled seats of a unit pass on to.
    pub(super) fn passes_to(&self, unit: usize) -> Option<usize> {
        self.units[unit].passes_to.map(|to| to.get() as usize)
    }

    /// The unit and those that its unfilled seats pass on to, in turn.
    fn path(&self, unit: usize) -> impl Iterator<Item = usize> {
        successors(Some(unit), |&unit| self.passes_to(unit))
    }

    /// Whether a unit would take whoever stands behind a choice.
    pub(super) fn accepts(&self, index: &Index, choice: usize) -> bool {
        let (unit, rank) = index.choices.unit_and_rank(choice);
        let unit = &self.units[unit];
        unit.vacant > 0 || rank < unit.limit
    }

    /// The first choice of a place, from `choice` on, that takes part and whose unit accepts; the
    /// sentinel when there is none.
    pub(super) fn first_accepting(&self, index: &Index, place: usize, choice: usize) -> usize {
        let sentinel = index.sentinel(place) as usize;
        let accepts = |&choice: &usize| self.is_live(choice) && self.accepts(index, choice);
        (choice..sentinel).find(accepts).unwrap_or(sentinel)
    }

    /// The unit where a place is seated.
    pub(super) fn unit_held(&self, place: usize) -> Option<usize> {
        let unit = self.held[place].unit as usize;
        (unit < self.units.len()).then_some(unit)
    }

    /// The place that has to give up its seat when one more seat of a unit is taken: the worst
    /// holder of the first group without a vacancy that the seat might have passed to, if there is
    /// any.
    ///
    /// Such a group has a holder: it was passed the vacancy of the one before, and has none left.
    pub(super) fn displaced_from(&self, index: &Index, unit: usize) -> Option<usize> {
        let full = self.path(unit).find(|&unit| self.units[unit].vacant == 0)?;
        let unit = &self.units[full];
        Some(index.holder[(unit.ranking + unit.limit - 1) as usize] as usize)
    }

    /// The first unit with claimants that a vacancy of a unit passes to.
    pub(super) fn claimed(&self, unit: usize) -> Option<usize> {
        let mut unit = unit;
        while self.units[unit].claimants == 0 {
            unit = self.passes_to(unit)?;
        }
        Some(unit)
    }

    /// The best claimant of a unit that has any: the place, and the choice by which it claims.
    pub(super) fn best_claimant(&self, index: &Index, unit: usize) -> (usize, usize) {
        let entry = (self.units[unit].ranking + self.best_rank(unit)) as usize;
        (index.holder[entry] as usize, index.choice_at[entry] as usize)
    }

    /// How many claim a unit.
    pub(super) fn claimants_of(&self, unit: usize) -> u32 {
        self.units[unit].claimants
    }

    /// Where in the rankings of the index the best claimant of a unit that has any stands, and the
    /// second best; the greatest number when there is none.
    pub(super) fn two_best(&self, number: usize) -> (u32, u32) {
        let unit = &self.units[number];
        let best = self.best_rank(number);
        let second = match unit.claimants {
            1 => u32::MAX,
            _ => unit.ranking + self.claimant_from(number, best + 1),
        };
        (unit.ranking + best, second)
    }

    /// Where in the rankings of the index the worst holder of a unit without vacancies stands, if it
    /// has any seats.
    pub(super) fn worst_holder(&self, unit: usize) -> Option<usize> {
        let unit = &self.units[unit];
        let last = unit.limit.checked_sub(1).filter(|_| unit.vacant == 0)?;
        Some((unit.ranking + last) as usize)
    }

    /// Whether nobody has to give up a seat when somebody is accepted by a unit, or by none: there is a
    /// vacancy, and no other group has it too.
    pub(super) fn ends_chain(&self, unit: usize) -> bool {
        self.units.get(unit).is_none_or(|unit| unit.vacant > 0 && unit.passes_to.is_none())
    }

    /// How many of the live choices of a place an applicant gains by a better one.
    pub(super) fn ranks_between(
        &self,
        index: &Index,
        place: usize,
        better: usize,
        worse: usize,
    ) -> usize {
        let Some(grouping) = &index.grouping else {
            return self.live_between(better, worse);
        };
        // One choice of each programme counts; those of the programme given up do not.
        let position = |choice| match choice == index.sentinel(place) as usize {
            true => index.list_length(place),
            false => index.position(place, choice),
        };
        let between = &grouping.list(place)[position(better)..position(worse)];
        between.iter().filter(|&&choice| self.is_live(choice as usize)).count()
    }

    /// How many choices from one on and before another take part.
    fn live_between(&self, from: usize, to: usize) -> usize {
        (from / 64..to.div_ceil(64))
            .map(|word| {
                let before = from.saturating_sub(word * 64) as u32;
                let after = ((word + 1) * 64).saturating_sub(to) as u32;
                let bits = self.live[word] & (u64::MAX << before) & (u64::MAX >> after);
                bits.count_ones() as usize
            })
            .sum()
    }

    /// Whether a choice that claims its unit belongs to the best claimant.
    pub(super) fn is_best(&self, index: &Index, choice: usize) -> bool {
        let (unit, rank) = index.choices.unit_and_rank(choice);
        self.best_rank(unit) == rank
    }

    /// Whether a place is the best claimant of any unit.
    pub(super) fn is_best_somewhere(&self, index: &Index, place: usize) -> bool {
        (index.expanded(place).start..self.held(place))
            .any(|choice| self.is_live(choice) && self.is_best(index, choice))
    }

    /// The rank of the best claimant of a unit that has any. All claimants rank after the worst
    /// holder, so the search begins there.
    fn best_rank(&self, unit: usize) -> u32 {
        self.claimant_from(unit, self.units[unit].limit)
    }

    /// The first rank of a claimant from a rank on, when there is one.
    fn claimant_from(&self, unit: usize, rank: u32) -> u32 {
        let words = self.units[unit].words;
        let mut word = rank / 64;
        let mut claiming = self.claiming[(words + word) as usize] & (u64::MAX << (rank % 64));
        while claiming == 0 {
            word += 1;
            claiming = self.claiming[(words + word) as usize];
        }
        word * 64 + claiming.trailing_zeros()
    }

    /// The ranks of a unit's claimants, the best first.
    pub(super) fn claimants(&self, index: &Index, unit: usize) -> impl Iterator<Item = usize> {
        let words = index.words[unit] as usize..index.words[unit + 1] as usize;
        self.claiming[words].iter().enumerate().flat_map(|(word, &claiming)| {
            successors(Some(claiming), |rest| Some(rest & (rest - 1)))
                .take(claiming.count_ones() as usize)
                .map(move |rest| word * 64 + rest.trailing_zeros() as usize)
        })
    }

    /// One seat of a unit more, or one less.
    pub(super) fn change_seats(&mut self, index: &Index, unit: usize, more: bool) {
        let step = if more { 1 } else { u32::MAX };
        self.seats[unit] = self.seats[unit].wrapping_add(step);
        let programme = index.programme_of_unit(unit);
        if programme != unit {
            self.seats[programme] = self.seats[programme].wrapping_add(step);
        }
        self.change_vacant(unit, step);
    }

    /// Lets a choice take part, or no longer. It is not the one held.
    pub(super) fn toggle(&mut self, index: &Index, place: usize, choice: usize) {
        self.live[choice / 64] ^= 1 << (choice % 64);
        if choice < self.held(place) {
            self.set_claim(index, choice, self.is_live(choice));
        }
    }

    /// Takes the seat from whoever holds one. What they hold is still noted, for
    /// [`settle`](Self::settle).
    pub(super) fn unseat(&mut self, index: &Index, place: usize) {
        let Some(number) = self.unit_held(place) else {
            return;
        };
        let rank = index.choices.rank(self.held(place));
        let unit = &mut self.units[number];
        let words = unit.words as usize;
        self.holding[words + (rank / 64) as usize] &= !(1 << (rank % 64));
        if unit.limit == rank + 1 {
            unit.limit = worst_below(&self.holding[words..], rank).map_or(0, |worst| worst + 1);
        }
        self.change_vacant(number, 1);
    }

    /// Seats somebody without a seat at a choice (not at all, when it is the sentinel), and puts
    /// their claims right.
    pub(super) fn settle(&mut self, index: &Index, place: usize, choice: usize) {
        let before = self.held(place);
        let (number, rank) = index.choices.unit_and_rank(choice);
        self.held[place] = Held { choice: choice as u32, unit: number as u32 };
        // Whoever got something better gives up claims; whoever got something worse now claims
        // what they had and all in between.
        for between in choice.min(before)..choice.max(before) {
            if self.is_live(between) {
                self.set_claim(index, between, before < choice);
            }
        }
        let Some(unit) = self.units.get_mut(number) else {
            return;
        };
        self.holding[(unit.words + rank / 64) as usize] |= 1 << (rank % 64);
        unit.limit = unit.limit.max(rank + 1);
        self.change_vacant(number, u32::MAX);
    }

    fn set_claim(&mut self, index: &Index, choice: usize, claims: bool) {
        let (unit, rank) = index.choices.unit_and_rank(choice);
        let unit = &mut self.units[unit];
        let word = &mut self.claiming[(unit.words + rank / 64) as usize];
        let bit = 1 << (rank % 64);
        if claims {
            *word |= bit;
            unit.claimants += 1;
        } else {
            *word &= !bit;
            unit.claimants -= 1;
        }
    }

    /// Adds to the vacancies of a unit and of all that it passes them on to.
    fn change_vacant(&mut self, unit: usize, step: u32) {
        let mut next = Some(unit);
        while let Some(unit) = next {
            self.units[unit].vacant = self.units[unit].vacant.wrapping_add(step);
            next = self.passes_to(unit);
        }
    }
}
