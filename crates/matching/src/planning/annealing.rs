//! Local search: steps are removed and added anew, by chance and ever more carefully.
//!
//! A round removes a step or two by lot, and adds steps again while there is room. Where each goes is
//! drawn by the weight e^(gain / temperature): one draw chooses among all places of the step removed,
//! which is Gibbs sampling (Geman and Geman 1984) over the exchanges of one seat. The gains of
//! single seats are exact, in one pass for all options; other steps are drawn by the gains seen
//! last, and tried before they are taken. A cycle cools from where most exchanges are taken to where
//! few are; after it come only exchanges that gain. The next one is longer.
//!
//! Whole numbers only, so that the same seed and as many rounds give the same plan everywhere.

use super::SearchProgress;
use super::allocation::Allocation;
use super::greedy;
use super::random::{Boltzmann, Random};

/// Temperatures in 64ths of what a step gains in the mean: where a cycle begins and ends.
fn envn(n: &str, d: i64) -> i64 { std::env::var(n).ok().and_then(|v| v.parse().ok()).unwrap_or(d) }
/// Rounds of the first cycle; each next one has half as many again.
const FIRST_CYCLE: u64 = 4_000;
/// One round in so many removes two steps.
const TWO_STEPS: u64 = 8;
/// Draws of an option before all are looked through.
const FEW_DRAWS: u32 = 8;
/// Rounds between two looks at whether to go on.
const ROUNDS_A_LOOK: u64 = 16;

pub(super) struct Annealing<'a, 'p> {
    allocation: &'a mut Allocation<'p>,
    random: Random,
    boltzmann: Boltzmann,
    /// Options that may get a step, and the weight of each.
    weights: Vec<(usize, u64)>,
    /// The best plan so far, in steps by option.
    best: Vec<u32>,
    best_score: (u32, i64),
    /// What a step gains in the mean, above 0.
    mean_gain: i64,
    /// What a step costs in the mean, where costs are limited.
    mean_cost: Option<u64>,
    rounds: u64, two: u64,
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
            rounds: 0, two: 8,
        }
    }

    /// Searches as long as `go_on` says, or until there is nothing to exchange; and gives the steps
    /// of the best plan met, by option, and the rounds.
    pub(super) fn run(mut self, mut go_on: impl FnMut(SearchProgress) -> bool) -> (Vec<u32>, u64) {
        let (hot, cold) = (envn("HOT", 14), envn("COLD", 7));
        let mut length = envn("FIRST", 4000) as u64; let two = envn("TWO", 8) as u64; self.two = two; let grow = envn("GROW", 150) as u64;
        for cycle in 0u64.. {
            // Where costs are limited, every other cycle looks at gains for each unit of cost.
            let by_cost = self.mean_cost.filter(|_| cycle % 2 == 1);
            for round in 0..length {
                if self.rounds.is_multiple_of(ROUNDS_A_LOOK) {
                    let (_, gain) = self.best_score;
                    if !go_on(SearchProgress { rounds: self.rounds, gain }) {
                        return (self.best, self.rounds);
                    }
                }
                self.rounds += 1;
                if !self.remove_some() {
                    return (self.best, self.rounds);
                }
                self.boltzmann.set_temperature(temperature(self.mean_gain, round, length, hot, cold));
                self.refill(by_cost);
                self.note();
            }
            self.descend();
            length = if grow == 0 { luby(cycle + 2) * (envn("FIRST", 4000) as u64) } else { length * grow / 100 };
        }
        (self.best, self.rounds)
    }

    /// Removes a step or two; `false` when there is none to remove.
    fn remove_some(&mut self) -> bool {
        let steps = if self.random.below(self.two) == 0 { 2 } else { 1 };
        (0..steps).fold(false, |removed, _| self.remove_one() || removed)
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

    /// Adds steps by lot while there is room and something to gain.
    fn refill(&mut self, by_cost: Option<u64>) {
        while let Some(option) = self.draw(by_cost) {
            self.allocation.add(option);
        }
    }

    fn draw(&mut self, by_cost: Option<u64>) -> Option<usize> {
        self.allocation.estimate_single_seats();
        // One of those that are not looked at anew may have become better than it was.
        let options = self.allocation.options() as u64;
        let other = self.random.below(options.max(1)) as usize;
        if self.allocation.has_room(other) && !self.allocation.is_exact(other) {
            self.allocation.try_step(other);
        }
        loop {
            let option = self.draw_by_estimate(by_cost)?;
            if self.allocation.is_exact(option) {
                return Some(option);
            }
            self.allocation.try_step(option);
        }
    }

    fn draw_by_estimate(&mut self, by_cost: Option<u64>) -> Option<usize> {
        let Self { allocation, weights, boltzmann, random, .. } = self;
        weights.clear();
        let mut most = i64::MIN;
        for option in 0..allocation.options() {
            if allocation.has_room(option) {
                let mut gain = allocation.estimate(option);
                if let Some(mean_cost) = by_cost {
                    let cost = i128::from(allocation.cost_of(option).max(1));
                    let for_mean = i128::from(gain) * i128::from(mean_cost) / cost;
                    gain = i64::try_from(for_mean).unwrap_or(i64::MAX);
                }
                most = most.max(gain);
                weights.push((option, gain as u64));
            }
        }
        if weights.is_empty() || allocation.must_gain() && most <= 0 {
            return None;
        }
        let mut sum = 0;
        for (_, weight) in weights.iter_mut() {
            *weight = boltzmann.weight(most.saturating_sub(*weight as i64));
            sum += *weight;
        }
        let mut drawn = random.below(sum);
        let chosen = weights.iter().find(|&&(_, weight)| {
            let found = drawn < weight;
            drawn = drawn.saturating_sub(weight);
            found
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
        let mut unimproved = 0;
        let mut option = 0;
        while unimproved < self.allocation.options() {
            if self.allocation.may_lose(option) {
                let before = self.allocation.score();
                self.allocation.remove(option);
                let added = greedy::fill(self.allocation, false);
                if self.allocation.score() > before {
                    self.note();
                    unimproved = 0;
                    continue;
                }
                added.into_iter().for_each(|option| self.allocation.remove(option));
                self.allocation.add(option);
            }
            unimproved += 1;
            option = (option + 1) % self.allocation.options();
        }
    }
}

/// The temperature of a round: from hot to cold as a straight line.
fn temperature(mean_gain: i64, round: u64, length: u64, HOT: i64, COLD: i64) -> i64 {
    let (round, length) = (i128::from(round), i128::from(length));
    let at = i128::from(HOT) * (length - round) + i128::from(COLD) * round;
    let temperature = i128::from(mean_gain) * at * i128::from(Boltzmann::PARTS) / (64 * length);
    i64::try_from(temperature).unwrap_or(i64::MAX).max(1)
}

fn luby(mut i: u64) -> u64 {
    loop {
        let k = 64 - i.leading_zeros();
        if i + 1 == 1 << k { return 1 << (k - 1); }
        i = i + 1 - (1 << (k - 1));
    }
}
