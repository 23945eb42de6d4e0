//! What a seat more would be worth, everywhere at once, kept up while seats change.
//!
//! The chains of `seat_effects`, with two differences. They are kept from one time to the next as a
//! forest: each unit leads to the one that its best claimant leaves (a unit without claimants to the
//! one that its vacancies pass to), and only the units whose claimants have moved, and those that
//! lead to them, are found anew. And a chain is tried only when somebody who moves in it is the best
//! claimant of a unit from which a walk could come round: a cycle goes through a unit that has lost
//! its best claimant to the chain.

use crate::Worth;

use super::Incremental;
use super::journal::Step;

/// No unit, or no place.
const NONE: u32 = u32::MAX;

/// The gains of a seat more in every unit. See [`update`](Self::update).
#[derive(Clone, Debug)]
pub(crate) struct Gains {
    /// By unit.
    nodes: Vec<Node>,
    /// By unit, the best claimant.
    best: Vec<u32>,
    /// By unit, the place that moves last in the chain of a vacancy; none when nobody moves.
    last: Vec<u32>,
    /// By unit.
    seconds: Vec<Second>,
    /// By unit, what a seat more is worth.
    values: Vec<i64>,
    /// Units whose edges are to be found anew.
    stale: Vec<u32>,
    /// Units whose chains are to be followed anew.
    lost: Vec<u32>,
    /// Units whose values were found by trying.
    tried: Vec<u32>,
    /// Units still to be looked at.
    stack: Vec<u32>,
    /// By place: the last update that found a walk which could come round from a unit that this
    /// place claims best.
    closing: Vec<u32>,
    updates: u32,
}

/// Where a vacancy of a unit goes.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// What is gained when the best claimant moves in.
    step: i64,
    /// What the whole chain gains.
    gain: i64,
    /// The unit that the vacancy goes on to.
    next: u32,
    /// The units that lead here: the first, and of each the next and the one before.
    first_child: u32,
    next_child: u32,
    child_before: u32,
    is_stale: bool,
    is_lost: bool,
    is_open: bool,
}

/// What becomes of a unit that loses its best claimant.
#[derive(Clone, Copy, Debug)]
struct Second {
    /// The second best claimant.
    place: u32,
    /// The unit that the second best would leave, or that vacancies would pass to without one.
    vacated: u32,
}

impl Gains {
    /// For a matching, nothing being known yet.
    pub(crate) fn new(matching: &Incremental) -> Self {
        let units = matching.market.index.seats.len();
        let node = Node {
            step: 0,
            gain: 0,
            next: NONE,
            first_child: NONE,
            next_child: NONE,
            child_before: NONE,
            is_stale: true,
            is_lost: false,
            is_open: false,
        };
        Self {
            nodes: vec![node; units],
            best: vec![NONE; units],
            last: vec![NONE; units],
            seconds: vec![Second { place: NONE, vacated: NONE }; units],
            values: vec![0; units],
            stale: (0..units as u32).collect(),
            lost: Vec::new(),
            tried: Vec::new(),
            stack: Vec::new(),
            closing: vec![0; matching.market.index.place_of.len()],
            updates: 0,
        }
    }

    /// Notes what the last change of the matching has moved: to be called after every change that
    /// stays, and before or after one that is undone not at all.
    pub(crate) fn note(&mut self, matching: &Incremental) {
        let index = &*matching.market.index;
        for step in matching.journal.last() {
            let Step::Move { place, from, to } = *step else { continue };
            let first = index.starts[place as usize];
            for choice in first..from.max(to) {
                let unit = index.choices.unit(choice as usize);
                if !std::mem::replace(&mut self.nodes[unit].is_stale, true) {
                    self.stale.push(unit as u32);
                }
            }
        }
    }

    /// Finds what a seat more would be worth in every unit. O(units that lead to those whose
    /// claimants have moved), a look at every unit, and a seat added and undone for those few from
    /// which a stable improvement cycle could follow.
    pub(crate) fn update(&mut self, matching: &mut Incremental, worth: &Worth) {
        self.updates += 1;
        while let Some(unit) = self.tried.pop() {
            let node = &mut self.nodes[unit as usize];
            node.is_open = false;
            self.values[unit as usize] = node.gain;
        }
        self.renew(matching, worth);
        self.follow();
        if self.mark_closing() {
            self.try_open(matching, worth);
        }
    }

    /// What a seat more in a unit is worth, by the last update.
    pub(crate) fn of(&self, unit: usize) -> i64 {
        self.values[unit]
    }

    /// Finds the edges that have changed, and what leads to them.
    fn renew(&mut self, matching: &Incremental, worth: &Worth) {
        let (state, index) = (&matching.state, &*matching.market.index);
        let number = |unit: Option<usize>| unit.map_or(NONE, |unit| unit as u32);
        for at in 0..self.stale.len() {
            let unit = self.stale[at] as usize;
            self.nodes[unit].is_stale = false;
            let passes_to = number(state.passes_to(unit));
            let next = if state.has_claimants(unit) {
                let (place, choice) = state.best_claimant(index, unit);
                let second = state.second_claimant(index, unit);
                let left = |place: usize| number(state.unit_held(place));
                self.nodes[unit].step = worth.gain(state.held(place), choice);
                self.best[unit] = place as u32;
                self.seconds[unit] =
                    Second { place: number(second), vacated: second.map_or(passes_to, left) };
                left(place)
            } else {
                (self.nodes[unit].step, self.best[unit]) = (0, NONE);
                passes_to
            };
            self.lead(unit as u32, next);
        }
        while let Some(unit) = self.stale.pop() {
            self.stack.push(unit);
            while let Some(unit) = self.stack.pop() {
                let node = &mut self.nodes[unit as usize];
                if std::mem::replace(&mut node.is_lost, true) {
                    continue;
                }
                self.lost.push(unit);
                self.push_children(unit);
            }
        }
    }

    /// Lets a unit lead to another one.
    fn lead(&mut self, unit: u32, next: u32) {
        let Node { next: before, next_child, child_before, .. } = self.nodes[unit as usize];
        if before == next {
            return;
        }
        if before != NONE {
            match child_before {
                NONE => self.nodes[before as usize].first_child = next_child,
                child => self.nodes[child as usize].next_child = next_child,
            }
            if next_child != NONE {
                self.nodes[next_child as usize].child_before = child_before;
            }
        }
        let mut first = NONE;
        if next != NONE {
            first = std::mem::replace(&mut self.nodes[next as usize].first_child, unit);
            if first != NONE {
                self.nodes[first as usize].child_before = unit;
            }
        }
        let node = &mut self.nodes[unit as usize];
        (node.next, node.next_child, node.child_before) = (next, first, NONE);
    }

    fn push_children(&mut self, unit: u32) {
        let mut child = self.nodes[unit as usize].first_child;
        while child != NONE {
            self.stack.push(child);
            child = self.nodes[child as usize].next_child;
        }
    }

    /// Adds up the chains that have changed, from their ends.
    fn follow(&mut self) {
        while let Some(unit) = self.lost.pop() {
            let mut unit = unit;
            while unit != NONE && self.nodes[unit as usize].is_lost {
                self.stack.push(unit);
                unit = self.nodes[unit as usize].next;
            }
            while let Some(unit) = self.stack.pop() {
                let Node { next, step, .. } = self.nodes[unit as usize];
                let (rest, last) = match next {
                    NONE => (0, NONE),
                    next => (self.nodes[next as usize].gain, self.last[next as usize]),
                };
                let node = &mut self.nodes[unit as usize];
                (node.gain, node.is_lost) = (step + rest, false);
                self.last[unit as usize] =
                    if last == NONE { self.best[unit as usize] } else { last };
                self.values[unit as usize] = step + rest;
            }
        }
    }

    /// Marks whoever claims a unit best from which a walk could come round after they have moved;
    /// and says whether there is any.
    fn mark_closing(&mut self) -> bool {
        let mut any = false;
        for ((&best, &last), second) in self.best.iter().zip(&self.last).zip(&self.seconds) {
            if best == NONE {
                continue;
            }
            let beyond = self.last.get(second.vacated as usize).copied().unwrap_or(NONE);
            let end = if beyond == NONE { second.place } else { beyond };
            if end == last {
                self.closing[best as usize] = self.updates;
                any = true;
            }
        }
        any
    }

    /// Tries a seat more wherever a chain moves somebody who is marked.
    fn try_open(&mut self, matching: &mut Incremental, worth: &Worth) {
        for unit in 0..self.nodes.len() as u32 {
            let best = self.best[unit as usize];
            if best == NONE || self.closing[best as usize] != self.updates {
                continue;
            }
            self.stack.push(unit);
            while let Some(unit) = self.stack.pop() {
                if !std::mem::replace(&mut self.nodes[unit as usize].is_open, true) {
                    self.tried.push(unit);
                    self.push_children(unit);
                }
            }
        }
        for &unit in &self.tried {
            self.values[unit as usize] = matching.change_unit(unit as usize, true, worth);
            matching.undo();
        }
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
