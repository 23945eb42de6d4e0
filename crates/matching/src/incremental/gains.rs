//! What a seat more would be worth, everywhere at once, kept up while seats change.
//!
//! The chains of `seat_effects`, with two differences. The edges are kept from one time to the next:
//! only those of units that somebody claims or claimed who has moved are found anew. And a chain is
//! tried only when somebody who moves in it is the best claimant of a unit from which a walk could
//! come round: a cycle goes through a unit that has lost its best claimant to the chain.

use crate::Worth;

use super::Incremental;
use super::journal::Step;

/// No unit, or no place.
const NONE: u32 = u32::MAX;

/// The gains of a seat more in every unit. See [`update`](Self::update).
#[derive(Clone, Debug)]
pub(crate) struct Gains {
    /// By unit.
    edges: Vec<Edge>,
    nodes: Vec<Node>,
    /// Units whose edges are to be found anew.
    stale: Vec<u32>,
    /// Units, each after the one that its chain goes on to. What the last update found is hardly
    /// ever far from what the next one finds.
    order: Vec<u32>,
    /// The order before that.
    last_order: Vec<u32>,
    /// The units of the chain that is being followed.
    path: Vec<u32>,
    /// By place: the last update that found a walk which could come round from a unit that this
    /// place claims best.
    closing: Vec<u32>,
    updates: u32,
}

/// Where a vacancy of a unit goes.
#[derive(Clone, Copy, Debug)]
struct Edge {
    /// What is gained when the best claimant moves in.
    gain: i64,
    /// The best claimant.
    place: u32,
    /// The unit that the best claimant leaves.
    left: u32,
    /// The second best claimant.
    second: u32,
    /// The unit that the second best claimant would leave.
    second_left: u32,
    is_stale: bool,
}

/// What is known of the chain from a unit.
#[derive(Clone, Copy, Debug)]
struct Node {
    gain: i64,
    /// The unit that the chain goes on to.
    next: u32,
    /// The place that moves last.
    last: u32,
    /// The update that found this.
    update: u32,
    /// Whether the chain has to be tried.
    is_open: bool,
}

impl Gains {
    /// For a matching, nothing being known yet.
    pub(crate) fn new(matching: &Incremental) -> Self {
        let units = matching.market.index.seats.len();
        let edge = Edge {
            gain: 0,
            place: NONE,
            left: NONE,
            second: NONE,
            second_left: NONE,
            is_stale: true,
        };
        let node = Node { gain: 0, next: NONE, last: NONE, update: 0, is_open: false };
        Self {
            edges: vec![edge; units],
            nodes: vec![node; units],
            stale: (0..units as u32).collect(),
            order: (0..units as u32).collect(),
            last_order: Vec::with_capacity(units),
            path: Vec::new(),
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
                if !std::mem::replace(&mut self.edges[unit].is_stale, true) {
                    self.stale.push(unit as u32);
                }
            }
        }
    }

    /// Finds what a seat more would be worth in every unit. O(units), and a seat added and undone
    /// for those few from which a stable improvement cycle could follow.
    pub(crate) fn update(&mut self, matching: &mut Incremental, worth: &Worth) {
        self.renew_edges(matching, worth);
        self.updates += 1;
        self.follow(matching);
        if !self.mark_closing(matching) {
            return;
        }
        for at in 0..self.order.len() {
            let unit = self.order[at] as usize;
            let (Node { next, .. }, Edge { place, .. }) = (self.nodes[unit], self.edges[unit]);
            if place == NONE {
                continue;
            }
            let is_open = self.closing[place as usize] == self.updates
                || next != NONE && self.nodes[next as usize].is_open;
            self.nodes[unit].is_open = is_open;
            if is_open {
                // Chains that go through this unit are open too, and none is read from it.
                self.nodes[unit].gain = matching.change_unit(unit, true, worth);
                matching.undo();
            }
        }
    }

    /// What a seat more in a unit is worth.
    pub(crate) fn of(&self, matching: &Incremental, unit: usize) -> i64 {
        self.claimed(matching, unit as u32).map_or(0, |unit| self.nodes[unit as usize].gain)
    }

    fn renew_edges(&mut self, matching: &Incremental, worth: &Worth) {
        let (state, index) = (&matching.state, &*matching.market.index);
        let number = |unit: Option<usize>| unit.map_or(NONE, |unit| unit as u32);
        while let Some(stale) = self.stale.pop() {
            let unit = stale as usize;
            let edge = &mut self.edges[unit];
            edge.is_stale = false;
            if state.claimed(unit) != Some(unit) {
                (edge.gain, edge.place, edge.left) = (0, NONE, NONE);
                continue;
            }
            let (place, choice) = state.best_claimant(index, unit);
            let second = state.second_claimant(index, unit);
            edge.gain = worth.gain(state.held(place), choice);
            edge.place = place as u32;
            edge.left = number(state.unit_held(place));
            edge.second = number(second);
            edge.second_left = number(second.and_then(|second| state.unit_held(second)));
        }
    }

    /// The first unit with claimants that a vacancy of a unit passes to.
    fn claimed(&self, matching: &Incremental, unit: u32) -> Option<u32> {
        let mut unit = unit;
        loop {
            match unit {
                NONE => return None,
                unit if self.edges[unit as usize].place != NONE => return Some(unit),
                _ => {
                    let passes_to = matching.state.passes_to(unit as usize);
                    unit = passes_to.map_or(NONE, |to| to as u32);
                }
            }
        }
    }

    /// Adds up the chains from their ends.
    fn follow(&mut self, matching: &Incremental) {
        std::mem::swap(&mut self.order, &mut self.last_order);
        self.order.clear();
        for at in 0..self.last_order.len() {
            let mut unit = self.last_order[at];
            while self.nodes[unit as usize].update != self.updates {
                self.path.push(unit);
                let left = self.edges[unit as usize].left;
                let next = self.claimed(matching, left).unwrap_or(NONE);
                let node = &mut self.nodes[unit as usize];
                (node.update, node.next, node.is_open) = (self.updates, next, false);
                if next == NONE {
                    break;
                }
                unit = next;
            }
            while let Some(unit) = self.path.pop() {
                let Edge { gain, place, .. } = self.edges[unit as usize];
                let next = self.nodes[unit as usize].next;
                let (rest, last) = match self.nodes.get(next as usize) {
                    Some(next) => (next.gain, next.last),
                    None => (0, place),
                };
                let node = &mut self.nodes[unit as usize];
                (node.gain, node.last) = (gain + rest, last);
                self.order.push(unit);
            }
        }
    }

    /// Marks whoever claims a unit best from which a walk could come round after they have moved;
    /// and says whether there is any.
    fn mark_closing(&mut self, matching: &Incremental) -> bool {
        let mut any = false;
        for &unit in &self.order {
            let Edge { place, second, second_left, .. } = self.edges[unit as usize];
            if place == NONE {
                continue;
            }
            let vacated = match second {
                NONE => matching.state.passes_to(unit as usize).map_or(NONE, |to| to as u32),
                _ => second_left,
            };
            let next = self.claimed(matching, vacated);
            let last = next.map_or(second, |next| self.nodes[next as usize].last);
            if last == self.nodes[unit as usize].last {
                self.closing[place as usize] = self.updates;
                any = true;
            }
        }
        any
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
