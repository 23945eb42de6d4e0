//! Seats that have been changed so far, within the limits.

use crate::incremental::Gains;
use crate::{Incremental, SeatChange, SeatProblem, Worth};

/// A plan that is being made: how many steps at each option, and what comes of it.
#[derive(Clone, Debug)]
pub(super) struct Allocation<'p> {
    change: SeatChange,
    worth: &'p Worth,
    matching: Incremental,
    gains: Gains,
    slots: Vec<Slot<'p>>,
    /// Whether at any option seats are added one by one.
    has_single: bool,
    /// What is gained by all steps.
    gain: i64,
    /// Seats changed by all steps.
    seats: u32,
    most_seats: u32,
    cost: u64,
    budget: u64,
    /// Seats by area, and the most.
    areas: Vec<(u32, u32)>,
    /// How many steps were added or removed so far.
    changes: u64,
    sizes_differ: bool,
}

/// An option at work.
#[derive(Clone, Debug)]
struct Slot<'p> {
    unit: usize,
    /// Whether seats are added one by one, so that the gain is known with those of all others.
    is_single: bool,
    steps: u32,
    least: u32,
    most: u32,
    /// Seats of a step.
    seats: u32,
    /// Cost of a step.
    cost: u64,
    areas: &'p [usize],
    /// What one step more was found to gain, last time it was looked at.
    estimate: i64,
    /// How many changes there had been then.
    seen: u64,
}

/// What one step more has to keep within.
struct Limits<'a> {
    seats: u32,
    cost: u64,
    /// Seats by area, and the most.
    areas: &'a [(u32, u32)],
    /// Where seats are taken, those that are left.
    seats_left: Option<&'a Incremental>,
}

impl Limits<'_> {
    #[inline]
    fn allow(&self, slot: &Slot<'_>) -> bool {
        slot.steps < slot.most
            && slot.seats <= self.seats
            && slot.cost <= self.cost
            && slot.areas.iter().all(|&area| {
                let (seats, most) = self.areas[area];
                seats + slot.seats <= most
            })
            && self.seats_left.is_none_or(|matching| slot.seats <= matching.unit_seats(slot.unit))
    }
}

impl<'p> Allocation<'p> {
    /// No step at all.
    pub(super) fn new(problem: &'p SeatProblem) -> Self {
        let matching = Incremental::new(&problem.market);
        let slot = |option: &'p crate::SeatOption| Slot {
            unit: matching.unit(option.programme, option.group),
            is_single: problem.change == SeatChange::Add && option.step == 1,
            steps: 0,
            least: option.least,
            most: option.most,
            seats: option.step,
            cost: u64::from(option.step).saturating_mul(option.cost),
            areas: &option.areas,
            estimate: i64::MAX,
            seen: 0,
        };
        let slots: Vec<_> = problem.options.iter().map(slot).collect();
        Self {
            change: problem.change,
            worth: &problem.worth,
            has_single: slots.iter().any(|slot| slot.is_single),
            slots,
            gains: Gains::new(&matching),
            matching,
            gain: 0,
            seats: 0,
            most_seats: problem.seats,
            cost: 0,
            budget: problem.budget.unwrap_or(u64::MAX),
            areas: problem.areas.iter().map(|&most| (0, most)).collect(),
            changes: 1,
            sizes_differ: problem.options.windows(2).any(|pair| {
                let cost = |option: &crate::SeatOption| problem.budget.map(|_| option.cost);
                pair[0].step != pair[1].step || cost(&pair[0]) != cost(&pair[1])
            }),
        }
    }

    /// The least steps of every option, as far as all limits together allow.
    pub(super) fn add_least(&mut self) -> Vec<usize> {
        let mut order = Vec::new();
        for option in 0..self.options() {
            while self.steps(option) < self.slots[option].least && self.has_room(option) {
                self.add(option);
                order.push(option);
            }
        }
        order
    }

    /// Removes steps that gain nothing, where steps have to gain.
    pub(super) fn prune(&mut self) {
        if !self.must_gain() {
            return;
        }
        for option in 0..self.options() {
            while self.may_lose(option) {
                let before = self.gain;
                self.remove(option);
                if self.gain < before {
                    self.add(option);
                    break;
                }
            }
        }
    }

    /// Number of options.
    pub(super) fn options(&self) -> usize {
        self.slots.len()
    }

    /// Steps at an option.
    pub(super) fn steps(&self, option: usize) -> u32 {
        self.slots[option].steps
    }

    /// Steps by option.
    pub(super) fn all_steps(&self) -> Vec<u32> {
        self.slots.iter().map(|slot| slot.steps).collect()
    }

    /// Steps by option, in memory for as many.
    pub(super) fn copy_steps(&self, steps: &mut [u32]) {
        for (steps, slot) in steps.iter_mut().zip(&self.slots) {
            *steps = slot.steps;
        }
    }

    /// What all steps together gain.
    pub(super) fn gain(&self) -> i64 {
        self.gain
    }

    /// The greater the better: taking as many seats as asked for goes before what is lost by it.
    pub(super) fn score(&self) -> (u32, i64) {
        match self.change {
            SeatChange::Add => (0, self.gain),
            SeatChange::Take => (self.seats, self.gain),
        }
    }

    /// Whether some options change more seats at once, or at a greater cost, than others.
    pub(super) fn has_steps_of_different_sizes(&self) -> bool {
        self.sizes_differ
    }

    /// Whether a step that gains nothing is not to be added.
    pub(super) fn must_gain(&self) -> bool {
        self.change == SeatChange::Add
    }

    /// Whether the limits allow one step more at an option.
    pub(super) fn has_room(&self, option: usize) -> bool {
        self.limits().allow(&self.slots[option])
    }

    /// Lists the options at which the limits allow one step more, each with its
    /// [estimate](Self::estimate), in memory for all.
    pub(super) fn list_with_room<'l>(&self, listed: &'l mut [(u32, i64)]) -> &'l mut [(u32, i64)] {
        let limits = self.limits();
        let mut number = 0;
        for (option, slot) in self.slots.iter().enumerate() {
            listed[number] = (option as u32, self.slot_estimate(slot));
            number += usize::from(limits.allow(slot));
        }
        &mut listed[..number]
    }

    /// Whether as many seats are changed as may be. Other limits can leave no option room before.
    pub(super) fn is_full(&self) -> bool {
        self.seats == self.most_seats
    }

    fn limits(&self) -> Limits<'_> {
        Limits {
            seats: self.most_seats - self.seats,
            cost: self.budget - self.cost,
            areas: &self.areas,
            seats_left: (self.change == SeatChange::Take).then_some(&self.matching),
        }
    }

    #[inline]
    fn slot_estimate(&self, slot: &Slot<'_>) -> i64 {
        if slot.is_single { self.gains.by_unit()[slot.unit] } else { slot.estimate }
    }

    /// Whether one step less at an option is allowed.
    pub(super) fn may_lose(&self, option: usize) -> bool {
        self.slots[option].steps > self.slots[option].least
    }

    /// What a step at an option costs.
    pub(super) fn cost_of(&self, option: usize) -> u64 {
        self.slots[option].cost
    }

    /// Finds anew what single seats more would gain, which is known of all of them at once. Other
    /// steps have to be [tried](Self::try_step).
    pub(super) fn update_single_seats(&mut self) {
        if self.has_single {
            self.gains.update(&mut self.matching, self.worth);
        }
    }

    /// What one step more at an option gained when it was last looked at; the greatest number there
    /// is before that.
    pub(super) fn estimate(&self, option: usize) -> i64 {
        self.slot_estimate(&self.slots[option])
    }

    /// Whether the estimate is what one step more would gain now.
    pub(super) fn is_exact(&self, option: usize) -> bool {
        self.slots[option].is_single || self.slots[option].seen == self.changes
    }

    /// Makes the estimate of an option exact by trying the step, which must have room.
    pub(super) fn try_step(&mut self, option: usize) {
        let slot = &mut self.slots[option];
        let more = self.change == SeatChange::Add;
        slot.estimate =
            (0..slot.seats).map(|_| self.matching.change_unit(slot.unit, more, self.worth)).sum();
        slot.seen = self.changes;
        (0..slot.seats).for_each(|_| _ = self.matching.undo());
    }

    /// One step more at an option with room; and what it gains.
    pub(super) fn add(&mut self, option: usize) -> i64 {
        let slot = &mut self.slots[option];
        slot.steps += 1;
        self.seats += slot.seats;
        self.cost += slot.cost;
        slot.areas.iter().for_each(|&area| self.areas[area].0 += slot.seats);
        self.change(option, self.change == SeatChange::Add)
    }

    /// [`add`](Self::add) where the estimate is exact.
    pub(super) fn add_as_estimated(&mut self, option: usize) {
        let expected = self.estimate(option);
        let gain = self.add(option);
        debug_assert_eq!(gain, expected, "the gains of single seats are those of chains");
    }

    /// One step less at an option that has one.
    pub(super) fn remove(&mut self, option: usize) {
        let slot = &mut self.slots[option];
        slot.steps -= 1;
        self.seats -= slot.seats;
        self.cost -= slot.cost;
        slot.areas.iter().for_each(|&area| self.areas[area].0 -= slot.seats);
        let lost = self.change(option, self.change == SeatChange::Take);
        let slot = &mut self.slots[option];
        (slot.estimate, slot.seen) = (-lost, self.changes);
    }

    fn change(&mut self, option: usize, more: bool) -> i64 {
        let slot = &self.slots[option];
        let mut gain = 0;
        for _ in 0..slot.seats {
            gain += self.matching.change_unit(slot.unit, more, self.worth);
            self.gains.note(&self.matching);
            self.matching.keep();
        }
        self.gain += gain;
        self.changes += 1;
        gain
    }
}
