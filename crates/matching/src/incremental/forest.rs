//! The graph of the best claimants (see `chains`) as a forest, kept up while the matching changes.
//!
//! Each unit leads to the one that its best claimant leaves, and a unit without claimants to the one
//! that its vacancies pass to. In a matching that no stable improvement cycle betters nothing comes
//! round, and the vacancy chain of a seat more is the path from its unit: nobody moves twice on it,
//! since two units with the same best claimant lead to the same unit. Only the units whose claimants
//! have moved, and those that lead to them, are followed anew.
//!
//! After a chain there may be cycles, which the forest does not know. Call *tree* of a unit the
//! place that moves last on its path, and *height* how many move on it. All units whose best
//! claimant moves in a chain are of one tree, so edges change in this tree only. Every edge that is
//! still there leads to a unit one lower, those of units without claimants aside. A new edge leads
//! from a unit that lost its best claimant to where the second best is seated; or, when it has no
//! claimant left, those that led to it now lead to where its vacancies pass. If these ends are in
//! other trees, which no edge leaves, or lower than the unit, there is no way round. Only a second
//! best who moves in the chain too may be found elsewhere, or no longer claim the unit: one who is
//! the best claimant of some other unit. So every unit is held against this, by its second best
//! claimant; and a chain is tried only when somebody who moves in it is the best claimant of a unit
//! that fails.

use std::ops::Add;

use crate::market::Index;

use super::journal::Step;
use super::state::State;

/// No place. No unit is, as in the index, the number after the last one.
pub(super) const NONE: u32 = u32::MAX;

/// So many units are renewed side by side, so that they wait for memory together.
const BLOCK: usize = 64;

/// What a seat more comes to in every unit, as the sum of what `V` says of each who moves.
#[derive(Clone, Debug, Default)]
pub(super) struct Forest<V> {
    /// By unit.
    edges: Vec<Edge>,
    /// By unit, what is gained when the best claimant moves in.
    steps: Vec<V>,
    /// By unit, what the whole chain gains; and for no unit.
    values: Vec<V>,
    /// By unit, and for no unit.
    chains: Vec<Chain>,
    /// By unit.
    claims: Vec<Claims>,
    /// By unit, and for no unit, which never has any.
    marks: Vec<Marks>,
    /// Units whose claimants are to be found anew.
    stale: Vec<u32>,
    /// Units whose chains are to be followed anew.
    lost: Vec<u32>,
    /// Units whose values were found by trying, with what their chains alone gain.
    tried: Vec<(u32, V)>,
    /// Units still to be looked at.
    stack: Vec<u32>,
}

/// Where a vacancy of a unit goes on to, and the units that lead here: the first, and of each the
/// next and the one before.
#[derive(Clone, Copy, Debug)]
struct Edge {
    next: u32,
    first_child: u32,
    next_child: u32,
    child_before: u32,
}

/// Nobody moves.
const NO_CHAIN: Chain = Chain { last: NONE, height: 0 };

/// Nobody claims a unit.
const UNCLAIMED: Claims = Claims { best: NONE, second: NONE, vacated: 0 };

/// The chain of a vacancy.
#[derive(Clone, Copy, Debug)]
struct Chain {
    /// The place that moves last; none when nobody moves.
    last: u32,
    /// How many move.
    height: u32,
}

/// A unit with claimants, on the way to their places.
#[derive(Clone, Copy, Debug, Default)]
struct Claimed {
    unit: u32,
    /// Entries of the ranking first, then places.
    best: u32,
    second: u32,
    /// The choice by which the best one claims.
    choice: u32,
    /// What the best one holds.
    held: u32,
    next: u32,
    vacated: u32,
}

/// Who claims a unit, by place.
#[derive(Clone, Copy, Debug)]
struct Claims {
    best: u32,
    second: u32,
    /// The unit that the second best would leave, or that vacancies would pass to without one.
    vacated: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    is_stale: bool,
    is_lost: bool,
    is_open: bool,
}

impl<V: Copy + Default + Add<Output = V>> Forest<V> {
    /// For a market with so many units, nothing being known yet.
    pub(super) fn new(units: usize) -> Self {
        let none = units as u32;
        let edge = Edge { next: none, first_child: none, next_child: none, child_before: none };
        let marks = Marks { is_stale: true, ..Marks::default() };
        Self {
            edges: vec![edge; units],
            steps: vec![V::default(); units],
            values: vec![V::default(); units + 1],
            chains: vec![NO_CHAIN; units + 1],
            claims: vec![UNCLAIMED; units],
            marks: (0..=none)
                .map(|unit| if unit < none { marks } else { Marks::default() })
                .collect(),
            stale: (0..none).collect(),
            lost: Vec::with_capacity(units),
            tried: Vec::new(),
            stack: Vec::with_capacity(units),
        }
    }

    /// Notes what has been changed, or undone.
    pub(super) fn note(&mut self, index: &Index, steps: &[Step]) {
        for step in steps {
            let (place, end) = match *step {
                Step::Move { place, from, to } => (place, from.max(to)),
                Step::List { place, choice } => (place, choice + 1),
                Step::Seats { .. } => continue,
            };
            for choice in index.starts[place as usize]..end {
                let unit = index.choices.unit(choice as usize);
                if !std::mem::replace(&mut self.marks[unit].is_stale, true) {
                    self.stale.push(unit as u32);
                }
            }
        }
    }

    /// Follows what has changed, `step` telling what somebody in a place gains by giving up one choice
    /// for another.
    /// The chains that a stable improvement cycle could follow are left in [`open`](Self::open).
    ///
    /// O(units that lead to those whose claimants have moved), and a look at every unit.
    pub(super) fn update(
        &mut self,
        index: &Index,
        state: &State,
        step: impl Fn(usize, usize, usize) -> V,
    ) {
        while let Some((unit, value)) = self.tried.pop() {
            self.marks[unit as usize].is_open = false;
            self.values[unit as usize] = value;
        }
        self.renew(index, state, step);
        self.lose();
        self.follow();
        self.find_open(index, state);
    }

    /// What a seat more is worth, by unit.
    pub(super) fn values(&self) -> &[V] {
        &self.values
    }

    /// The units of which the chain alone may not tell what a seat more is worth.
    pub(super) fn open(&self) -> impl Iterator<Item = usize> + use<V> {
        let open: Vec<_> = self.tried.iter().map(|&(unit, _)| unit as usize).collect();
        open.into_iter()
    }

    /// Tells what a seat more in an [open](Self::open) unit was found to be worth.
    pub(super) fn tell(&mut self, unit: usize, value: V) {
        self.values[unit] = value;
    }

    /// Finds who claims the stale units, and where they lead.
    fn renew(&mut self, index: &Index, state: &State, step: impl Fn(usize, usize, usize) -> V) {
        let none = self.claims.len();
        let stale = std::mem::take(&mut self.stale);
        let mut claimed = [Claimed::default(); BLOCK];
        for units in stale.chunks(BLOCK) {
            let mut number = 0;
            for &unit in units {
                let at = unit as usize;
                if state.claimants_of(at) == 0 {
                    self.steps[at] = V::default();
                    self.claims[at] = UNCLAIMED;
                    self.lead(unit, state.passes_to(at).unwrap_or(none) as u32);
                } else {
                    let (best, second) = state.two_best(at);
                    claimed[number] = Claimed { unit, best, second, ..Claimed::default() };
                    number += 1;
                }
            }
            let claimed = &mut claimed[..number];
            // Each loop waits for memory once, not each claim several times.
            for claim in &mut *claimed {
                claim.choice = index.choice_at[claim.best as usize];
                claim.best = index.holder[claim.best as usize];
                let second = index.holder.get(claim.second as usize);
                claim.second = second.copied().unwrap_or(NONE);
            }
            for claim in &mut *claimed {
                (claim.held, claim.next) = state.held_with_unit(claim.best as usize);
                claim.vacated = match claim.second {
                    NONE => state.passes_to(claim.unit as usize).unwrap_or(none) as u32,
                    place => state.held_with_unit(place as usize).1,
                };
            }
            for &Claimed { unit, best, choice, second, held, next, vacated } in &*claimed {
                let at = unit as usize;
                self.steps[at] = step(best as usize, held as usize, choice as usize);
                self.claims[at] = Claims { best, second, vacated };
                self.lead(unit, next);
            }
        }
        self.stale = stale;
    }

    /// Lets a unit lead to another one.
    fn lead(&mut self, unit: u32, next: u32) {
        let Edge { next: before, next_child, child_before, .. } = self.edges[unit as usize];
        if before == next {
            return;
        }
        let none = self.claims.len() as u32;
        if before != none {
            match self.edges.get_mut(child_before as usize) {
                None => self.edges[before as usize].first_child = next_child,
                Some(child) => child.next_child = next_child,
            }
            if let Some(child) = self.edges.get_mut(next_child as usize) {
                child.child_before = child_before;
            }
        }
        let mut first = none;
        if next != none {
            first = std::mem::replace(&mut self.edges[next as usize].first_child, unit);
            if let Some(child) = self.edges.get_mut(first as usize) {
                child.child_before = unit;
            }
        }
        let edge = &mut self.edges[unit as usize];
        (edge.next, edge.next_child, edge.child_before) = (next, first, none);
    }

    /// Marks the stale units, and those that lead to them, as lost.
    fn lose(&mut self) {
        let units = self.claims.len();
        if self.stale.len() == units {
            std::mem::swap(&mut self.stale, &mut self.lost);
            self.marks[..units].fill(Marks { is_lost: true, ..Marks::default() });
            return;
        }
        while let Some(unit) = self.stale.pop() {
            self.marks[unit as usize].is_stale = false;
            self.stack.push(unit);
            while let Some(unit) = self.stack.pop() {
                if !std::mem::replace(&mut self.marks[unit as usize].is_lost, true) {
                    self.lost.push(unit);
                    self.push_children(unit);
                }
            }
        }
    }

    fn push_children(&mut self, unit: u32) {
        let mut child = self.edges[unit as usize].first_child;
        while let Some(edge) = self.edges.get(child as usize) {
            self.stack.push(child);
            child = edge.next_child;
        }
    }

    /// Adds up the chains of the lost units, from their ends.
    fn follow(&mut self) {
        while let Some(unit) = self.lost.pop() {
            let next = self.edges[unit as usize].next;
            if !self.marks[unit as usize].is_lost || self.marks[next as usize].is_lost {
                continue;
            }
            self.stack.push(unit);
            while let Some(unit) = self.stack.pop() {
                self.push_children(unit);
                let unit = unit as usize;
                let next = self.edges[unit].next as usize;
                let (best, rest) = (self.claims[unit].best, self.chains[next]);
                self.values[unit] = self.steps[unit] + self.values[next];
                self.chains[unit] = Chain {
                    last: if rest.last == NONE { best } else { rest.last },
                    height: rest.height + u32::from(best != NONE),
                };
                self.marks[unit].is_lost = false;
            }
        }
    }

    /// Finds the chains that move somebody who is the best claimant of a unit from which a walk
    /// could come round then.
    fn find_open(&mut self, index: &Index, state: &State) {
        for unit in 0..self.claims.len() {
            let Claims { best, second, vacated } = self.claims[unit];
            let (chain, beyond) = (self.chains[unit], self.chains[vacated as usize]);
            let end = if beyond.last == NONE { second } else { beyond.last };
            if (best == NONE) | (end != chain.last) {
                continue;
            }
            let is_lower = beyond.last != NONE && beyond.height < chain.height;
            if is_lower && (second == NONE || !state.is_best_somewhere(index, second as usize)) {
                continue;
            }
            // All units that they are the best claimant of.
            for choice in index.starts[best as usize]..state.held(best as usize) as u32 {
                let unit = index.choices.unit(choice as usize);
                if self.claims[unit].best == best {
                    self.stack.push(unit as u32);
                }
            }
            while let Some(unit) = self.stack.pop() {
                if !std::mem::replace(&mut self.marks[unit as usize].is_open, true) {
                    self.tried.push((unit, self.values[unit as usize]));
                    self.push_children(unit);
                }
            }
        }
    }
}
