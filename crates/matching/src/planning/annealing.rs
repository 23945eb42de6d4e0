//! Local search: steps are removed and added anew, by chance and ever more carefully.
//!
//! A round removes a step or two by lot, and adds steps while there is room. Where each goes is drawn
//! with the weight e^(gain / temperature): one draw chooses among all places for the step that was
//! removed, which is Gibbs sampling (Geman and Geman 1984) over all exchanges of a seat at once. The
//! gains of single seats are exact, from one pass for all options; other steps are drawn by the gain
//! seen last, and tried before they are taken. A cycle cools from where it forgets much of the plan
//! it began with to where hardly an exchange is taken that loses; after it come only exchanges that
//! gain. Each cycle is twice as long as the one before: a slow one finds more than several quick ones,
//! and however long the search may last, about half of it is one cycle that was run to its end.
//!
//! Whole numbers only: the same seed and as many rounds give the same plan everywhere.

use std::iter::successors;

use super::SearchProgress;
use super::allocation::Allocation;
use super::greedy;
use super::random::{Boltzmann, Random};

/// Temperatures where a cycle begins and ends, in 64ths of what a step gains in the mean. Found by
/// trying on markets of 20 to 60 programmes.
const HOT: i64 = 26;
const COLD: i64 = 8;
/// Rounds of the shortest cycle.
const SHORTEST: u64 = 3_000;
/// One round in so many removes two steps: then two places can be given up for one that completes
/// another.
const TWO_STEPS: u64 = 8;
/// Draws of an option before all are looked through.
const FEW_DRAWS: u32 = 8;
/// Where steps are of different sizes, one round in so many makes room for a certain one.
const MAKE_ROOM: u64 = 4;
/// Removals to make room for one step.
const MOST_REMOVED: u32 = 8;

pub(super) struct Annealing<'a, 'p> {
    allocation: &'a mut Allocation<'p>,
    random: Random,
    boltzmann: Boltzmann,
    /// Options that may get a step: what it gains, and later its weight.
    weights: Vec<(usize, i64)>,
    /// The best plan so far, in steps by option.
    best: Vec<u32>,
    best_score: (u32, i64),
    /// What a step gains in the mean, above 0.
    mean_gain: i64,
    /// What a step costs in the mean, where costs are limited.
    mean_cost: Option<u64>,
    rounds: u64,
}

/// The best plan that a search met.
pub(super) struct Found {
    /// Its steps, by option.
    pub(super) steps: Vec<u32>,
    /// What it is worth, as the allocation tells.
    pub(super) score: (u32, i64),
    /// Rounds of the search.
    pub(super) rounds: u64,
}

impl<'a, 'p> Annealing<'a, 'p> {
    /// From a plan.
    pub(super) fn new(
        allocation: &'a mut Allocation<'p>,
        seed: u64,
        mean_gain: i64,
        mean_cost: Option<u64>,
    ) -> Self {
        Self {
            best_score: allocation.score(),
            best: allocation.all_steps(),
            allocation,
            random: Random::new(seed),
            boltzmann: Boltzmann::new(),
            weights: Vec::new(),
            mean_gain,
            mean_cost,
            rounds: 0,
        }
    }

    /// Searches as long as `go_on` says, or until there is nothing to exchange.
    pub(super) fn run(mut self, mut go_on: impl FnMut(SearchProgress) -> bool) -> Found {
        let lengths = successors(Some(SHORTEST), |length| length.checked_mul(2));
        for (cycle, length) in lengths.enumerate() {
            // Where costs are limited, every other cycle looks at gains for each unit of cost.
            let mean_cost = self.mean_cost.filter(|_| cycle % 2 == 1);
            for round in 0..length {
                let (_, gain) = self.best_score;
                if !go_on(SearchProgress { rounds: self.rounds, gain }) {
                    return self.found();
                }
                self.rounds += 1;
                let mut changed = self.remove_some();
                self.boltzmann.set_temperature(temperature(self.mean_gain, round, length));
                while let Some(option) = self.draw(mean_cost) {
                    self.allocation.add_as_estimated(option);
                    changed = true;
                }
                if !changed {
                    return self.found();
                }
                self.note();
            }
            self.descend();
        }
        self.found()
    }

    fn found(self) -> Found {
        Found { steps: self.best, score: self.best_score, rounds: self.rounds }
    }

    /// Removes a step or two, or as many as another one needs to have room; `false` when there is
    /// none to remove.
    fn remove_some(&mut self) -> bool {
        if self.allocation.has_steps_of_different_sizes() && self.random.below(MAKE_ROOM) == 0 {
            return self.make_room();
        }
        let steps = if self.random.below(TWO_STEPS) == 0 { 2 } else { 1 };
        (0..steps).fold(false, |removed, _| self.remove_one() || removed)
    }

    /// Removes steps by lot until one of an option drawn by lot has room, and adds that: a large step
    /// never comes in the place of a single small one.
    fn make_room(&mut self) -> bool {
        let option = self.random.below(self.allocation.options() as u64) as usize;
        let mut removed = 0;
        while !self.allocation.has_room(option) && removed < MOST_REMOVED && self.remove_one() {
            removed += 1;
        }
        if removed > 0 && self.allocation.has_room(option) {
            self.allocation.add(option);
        }
        removed > 0
    }

    /// Removes a step at an option by lot.
    fn remove_one(&mut self) -> bool {
        let options = self.allocation.options();
        // Where many options have steps, a few draws find one.
        let mut drawn = (0..FEW_DRAWS).map(|_| self.random.below(options.max(1) as u64) as usize);
        let found = drawn.find(|&option| option < options && self.allocation.may_lose(option));
        let option = found.or_else(|| {
            let able = || (0..options).filter(|&option| self.allocation.may_lose(option));
            match able().count() as u64 {
                0 => None,
                count => able().nth(self.random.below(count) as usize),
            }
        });
        option.map(|option| self.allocation.remove(option)).is_some()
    }

    /// Draws an option for one step more; none when there is no room or every step would lose. One
    /// that gains nothing may be what another waits for: a seat in an earlier quota group can move
    /// somebody there whom another seat does not reach. The best plan is rid of those in vain.
    fn draw(&mut self, mean_cost: Option<u64>) -> Option<usize> {
        self.allocation.update_single_seats();
        // A gain that was small when it was seen last may have grown.
        let any = self.random.below(self.allocation.options() as u64) as usize;
        if any < self.allocation.options()
            && !self.allocation.is_exact(any)
            && self.allocation.has_room(any)
        {
            self.allocation.try_step(any);
        }
        loop {
            let option = self.draw_by_estimate(mean_cost)?;
            if self.allocation.is_exact(option) {
                return Some(option);
            }
            self.allocation.try_step(option);
        }
    }

    fn draw_by_estimate(&mut self, mean_cost: Option<u64>) -> Option<usize> {
        let Self { allocation, weights, boltzmann, random, .. } = self;
        weights.clear();
        for option in (0..allocation.options()).filter(|&option| allocation.has_room(option)) {
            let gain = allocation.estimate(option);
            let gain = mean_cost.map_or(gain, |mean_cost| {
                let cost = i128::from(allocation.cost_of(option).max(1));
                let gain = i128::from(gain) * i128::from(mean_cost) / cost;
                i64::try_from(gain).unwrap_or(i64::MAX)
            });
            weights.push((option, gain));
        }
        let most = weights.iter().map(|&(_, gain)| gain).max()?;
        if allocation.must_gain() && most < 0 {
            return None;
        }
        let mut sum = 0;
        for (_, gain) in weights.iter_mut() {
            *gain = boltzmann.weight(most.saturating_sub(*gain));
            sum += *gain;
        }
        let mut drawn = random.below(sum as u64) as i64;
        let chosen = weights.iter().find(|&&(_, weight)| {
            drawn -= weight;
            drawn < 0
        });
        chosen.map(|&(option, _)| option)
    }

    /// Remembers the plan when it is the best so far.
    fn note(&mut self) {
        if self.allocation.score() > self.best_score {
            self.best_score = self.allocation.score();
            self.best = self.allocation.all_steps();
        }
    }

    /// Exchanges steps as long as that gains something.
    fn descend(&mut self) {
        let (mut option, mut in_vain) = (0, 0);
        while in_vain < self.allocation.options() {
            if self.allocation.may_lose(option) {
                let before = self.allocation.score();
                self.allocation.remove(option);
                let added = greedy::fill(self.allocation, false);
                if self.allocation.score() > before {
                    self.note();
                    in_vain = 0;
                    continue;
                }
                added.into_iter().for_each(|option| self.allocation.remove(option));
                self.allocation.add(option);
            }
            in_vain += 1;
            option = (option + 1) % self.allocation.options();
        }
    }
}

/// The temperature of a round, on a straight line from hot to cold.
fn temperature(mean_gain: i64, round: u64, length: u64) -> i64 {
    let (round, length) = (i128::from(round), i128::from(length));
    let at = i128::from(HOT) * (length - round) + i128::from(COLD) * round;
    let temperature = i128::from(mean_gain) * i128::from(Boltzmann::PARTS) * at / (64 * length);
    i64::try_from(temperature).unwrap_or(i64::MAX).max(1)
}
