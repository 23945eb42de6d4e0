//! Local search: steps are removed and added anew, by chance and ever more carefully.
//!
//! A round removes a step or two by lot, and adds steps while there is room. Where each goes is drawn
//! with the weight e^(gain / temperature): one draw chooses among all places for the step that was
//! removed, which is Gibbs sampling (Geman and Geman 1984) over all exchanges of a seat at once. The
//! gains of single seats are exact, from one pass for all options; other steps are drawn by the gain
//! seen last, and tried before they are taken. A cycle cools to where hardly an exchange is taken that
//! loses; after it come only exchanges that gain. A wide cycle begins where much of the plan is
//! forgotten, narrow ones after it where only some of it is: good plans differ in a few places from
//! better ones nearby, and sometimes in nearly all from those elsewhere. The first narrow cycles look
//! around the greedy plan; each wide cycle is longer than the one before, and more narrow ones follow.
//!
//! Whole numbers only: the same seed and as many rounds give the same plan everywhere.

use super::SearchProgress;
use super::allocation::Allocation;
use super::greedy;
use super::random::{Boltzmann, Random};

/// How a cycle cools.
struct Cycle {
    /// Temperature where it begins, in 64ths of what a step gains in the mean.
    hot: i64,
    /// Temperature where it ends, likewise.
    cold: i64,
    /// Rounds for each step of the plan.
    rounds: u64,
}

// Found by trying on markets of 20 to 60 programmes, by the rounds until the best plan known was met.
const WIDE: Cycle = Cycle { hot: 26, cold: 5, rounds: 64 };
const NARROW: Cycle = Cycle { hot: 14, cold: 5, rounds: 4 };
/// Narrow cycles after a wide one.
const NARROW_CYCLES: u64 = 8;
/// One narrow cycle in so many begins at the best recent plan, the others where the one before ended.
const RETURN: u64 = 4;
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
    /// Options that may get a step: what it gains, and later its weight with those before.
    listed: Vec<(u32, i64)>,
    /// The best plan so far.
    best: Plan,
    /// The best plan since the last wide cycle began.
    recent: Plan,
    /// What steps gain together, above 0, and how many they are: a step's gain in the mean.
    mean_gain: (i64, u64),
    /// What a step costs in the mean, where costs are limited.
    mean_cost: Option<u64>,
    rounds: u64,
}

/// A plan that a search met.
#[derive(Clone)]
pub(super) struct Plan {
    /// What it is worth, as the allocation tells.
    pub(super) score: (u32, i64),
    /// Its steps, by option.
    pub(super) steps: Vec<u32>,
}

/// What a search came to.
pub(super) struct Found {
    /// The best plan.
    pub(super) best: Plan,
    /// Rounds of the search.
    pub(super) rounds: u64,
}

impl<'a, 'p> Annealing<'a, 'p> {
    /// From a plan.
    pub(super) fn new(
        allocation: &'a mut Allocation<'p>,
        seed: u64,
        mean_gain: (i64, u64),
        mean_cost: Option<u64>,
    ) -> Self {
        let plan = Plan { score: allocation.score(), steps: allocation.all_steps() };
        Self {
            best: plan.clone(),
            recent: plan,
            listed: vec![(0, 0); allocation.options()],
            allocation,
            random: Random::new(seed),
            boltzmann: Boltzmann::new(),
            mean_gain,
            mean_cost,
            rounds: 0,
        }
    }

    /// Searches as long as `go_on` says, or until there is nothing to exchange.
    pub(super) fn run(mut self, mut go_on: impl FnMut(SearchProgress) -> bool) -> Found {
        // Where costs are limited, every other cycle looks at gains for each unit of cost.
        let by_cost = |cycle: u64| cycle % 2 == 1;
        'search: for epoch in 0.. {
            if epoch > 0 {
                self.begin_anew();
                if !self.cool(&WIDE, epoch, by_cost(epoch), &mut go_on) {
                    break;
                }
            }
            for cycle in 0..NARROW_CYCLES * epoch.max(1) {
                if cycle % RETURN == 0 {
                    self.return_to_recent();
                }
                if !self.cool(&NARROW, 1, by_cost(cycle), &mut go_on) {
                    break 'search;
                }
            }
        }
        self.begin_anew();
        Found { best: self.best, rounds: self.rounds }
    }

    /// A cycle, `times` as long as others of its kind; `false` when it was to be its last.
    fn cool(
        &mut self,
        cycle: &Cycle,
        times: u64,
        by_cost: bool,
        go_on: &mut impl FnMut(SearchProgress) -> bool,
    ) -> bool {
        let rounds = self.recent.steps.iter().map(|&steps| u64::from(steps)).sum::<u64>().max(1);
        let rounds = rounds * cycle.rounds * times;
        let mean_cost = self.mean_cost.filter(|_| by_cost);
        for round in 0..rounds {
            let (_, gain) = self.best.score.max(self.recent.score);
            if !go_on(SearchProgress { rounds: self.rounds, gain }) {
                return false;
            }
            self.rounds += 1;
            let mut changed = self.remove_some();
            self.boltzmann.set_temperature(self.temperature(cycle, round, rounds));
            while let Some(option) = self.draw(mean_cost) {
                self.allocation.add_as_estimated(option);
                changed = true;
            }
            if !changed {
                return false;
            }
            self.note();
        }
        self.descend();
        true
    }

    /// The temperature of a round, on a straight line from hot to cold.
    fn temperature(&self, cycle: &Cycle, round: u64, rounds: u64) -> i64 {
        let [hot, cold, gain] = [cycle.hot, cycle.cold, self.mean_gain.0].map(i128::from);
        let [round, rounds, steps] = [round, rounds, self.mean_gain.1].map(i128::from);
        let at = hot * (rounds - round) + cold * round;
        let temperature = i128::from(Boltzmann::PARTS) * at * gain / (64 * rounds * steps);
        i64::try_from(temperature).unwrap_or(i64::MAX).max(1)
    }

    /// Forgets what was better recently than the plan at work, unless it is the best so far.
    fn begin_anew(&mut self) {
        if self.recent.score > self.best.score {
            self.best.clone_from(&self.recent);
        }
        self.recent.score = self.allocation.score();
        self.allocation.copy_steps(&mut self.recent.steps);
    }

    /// Makes the best recent plan the one at work. What both have stays, so every limit is kept on
    /// the way.
    fn return_to_recent(&mut self) {
        for (option, &steps) in self.recent.steps.iter().enumerate() {
            while self.allocation.steps(option) > steps {
                self.allocation.remove(option);
            }
        }
        for (option, &steps) in self.recent.steps.iter().enumerate() {
            while self.allocation.steps(option) < steps {
                self.allocation.add(option);
            }
        }
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
        if self.allocation.is_full() {
            return None;
        }
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
        let Self { allocation, listed, boltzmann, random, .. } = self;
        let listed = allocation.list_with_room(listed);
        if let Some(mean_cost) = mean_cost {
            for (option, gain) in &mut *listed {
                let cost = i128::from(allocation.cost_of(*option as usize).max(1));
                let for_mean_cost = i128::from(*gain) * i128::from(mean_cost) / cost;
                *gain = i64::try_from(for_mean_cost).unwrap_or(i64::MAX);
            }
        }
        let most = listed.iter().map(|&(_, gain)| gain).max()?;
        if allocation.must_gain() && most < 0 {
            return None;
        }
        let mut sum = 0;
        for (_, gain) in &mut *listed {
            sum += boltzmann.weight(most.saturating_sub(*gain));
            *gain = sum;
        }
        let drawn = random.below(sum as u64) as i64;
        let chosen = listed.iter().find(|&&(_, sum)| drawn < sum);
        chosen.map(|&(option, _)| option as usize)
    }

    /// Remembers the plan when it is the best recent one.
    fn note(&mut self) {
        if self.allocation.score() > self.recent.score {
            self.recent.score = self.allocation.score();
            self.allocation.copy_steps(&mut self.recent.steps);
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
