//! How a change spreads: rejection chains, vacancy chains and stable improvement cycles.
//!
//! # Why this is exact
//!
//! *Something less, or somebody more.* Deferred acceptance may take applicants in any order, and
//! the matching so far is what it has come to before the new one proposes; so going on from there
//! is the run itself. A seat that is taken away goes as to an arrival who goes before everybody.
//!
//! *Something more, or somebody less.* A vacancy of unit `u` goes to the best claimant of the first
//! unit that has claimants among `u` and those it passes its seats on to; write `w(u)` for that
//! unit and `D(w)` for its best claimant. Whoever gets it leaves a vacancy, and so on: the vacancy
//! chain. It ends in a stable matching, everybody in which is as well off as before, but that
//! matching need not be the best one. It is exactly when the graph of the edges
//! `w → w(unit that D(w) holds)` has no cycle:
//!
//! * A cycle can be applied, each best claimant moving in. In every unit that has claimants, or
//!   that a claimant's seat passes through, as many come as go (those passed over on the way from
//!   `u` to `w(u)` have no claimants, and may keep the vacancy); who comes is the best claimant.
//!   So the result is stable again, and better.
//! * When some stable matching is better for all who move to it, consider a unit `u` that somebody
//!   leaves. In the seats below each unit with claimants nothing is vacant, and a unit without
//!   claimants gains nobody; so no unit together with those that pass on to it can gain, none can
//!   lose since all are still placed, `w(u)` exists, and its holders and those below come to the
//!   same number as before. If `D(w(u))` did not move, nobody else could move in to `w(u)`, which
//!   with those below it would then have lost a holder and not be full: `D(w(u))` would envy. So it
//!   moves and leaves a unit itself, and following the edges from unit to unit comes round at last.
//!
//! For plain programmes this is Erdil and Ergin's theorem for strict priorities.
//!
//! *Where to look.* A cycle that was not there before has a new edge. Edges change where a best
//! claimant ceases to claim, arrives, or moves while still claiming; and when a unit has lost its
//! last claimant, so that those which led to it now lead to the next one on the path. In each case
//! the new edge begins or ends at `w(u)` for a unit `u` that lost its best claimant or got a new
//! one: whoever moves while claiming something still better has just ceased to claim what they
//! moved to, which is where edges to them now lead. So walks from there find every cycle, and since
//! a unit has one edge only, a walk that finds none, or finds one that does not contain where it
//! began, need not be repeated until its unit changes again.

use crate::market::Index;

use super::journal::{Journal, Step};
use super::state::State;

/// Scratch memory for the search of cycles.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// Units that lost their best claimant, or got a new one.
    touched: Vec<u32>,
    /// The walk that came to each unit last.
    seen: Vec<u64>,
    /// Number of walks so far.
    walks: u64,
    /// The moves of a cycle: place and choice.
    cycle: Vec<(usize, usize)>,
    /// The choices of a list that are to take part.
    pub(super) wanted: Vec<bool>,
}

impl Search {
    pub(super) fn new(index: &Index) -> Self {
        Self { seen: vec![0; index.seats.len()], ..Self::default() }
    }
}

/// A change at work.
pub(super) struct Change<'a> {
    pub(super) index: &'a Index,
    pub(super) state: &'a mut State,
    pub(super) journal: &'a mut Journal,
    pub(super) search: &'a mut Search,
}

impl Change<'_> {
    /// One seat of a unit more.
    pub(super) fn add_seat(&mut self, unit: usize) {
        self.change_seats(unit, true);
        self.fill(unit);
        self.eliminate_cycles();
    }

    /// One seat less of a unit that has a seat of its own.
    pub(super) fn remove_seat(&mut self, unit: usize) {
        let displaced = self.state.displaced_from(self.index, unit);
        if let Some(place) = displaced {
            self.state.unseat(self.index, place);
        }
        self.change_seats(unit, false);
        if let Some(place) = displaced {
            self.propose(place, self.state.held(place) + 1);
        }
    }

    /// Lets just those choices of a place take part that are `wanted`.
    pub(super) fn change_list(&mut self, place: usize) {
        let list = self.index.expanded(place);
        let (start, held) = (list.start, self.state.held(place));
        let kept = held == list.end || self.search.wanted[held - start];
        let accepted = |choice: usize| {
            self.search.wanted[choice - start]
                && !self.state.is_live(choice)
                && self.state.accepts(self.index, choice)
        };
        if kept && !(start..held).any(accepted) {
            // The matching is still stable.
            for choice in list {
                let live = self.state.is_live(choice);
                if live != self.search.wanted[choice - start] {
                    let claims = choice < held;
                    if live && claims {
                        self.touch(choice);
                    }
                    self.toggle(place, choice);
                    if !live && claims {
                        self.touch(choice);
                    }
                }
            }
            self.eliminate_cycles();
        } else {
            self.leave(place);
            for choice in list {
                if self.search.wanted[choice - start] {
                    self.toggle(place, choice);
                }
            }
            self.propose(place, start);
        }
    }

    /// Lets no choice of a place take part.
    fn leave(&mut self, place: usize) {
        let held = self.state.held(place);
        let list = self.index.expanded(place);
        let sentinel = list.end;
        for choice in list {
            if choice != held && self.state.is_live(choice) {
                if choice < held {
                    self.touch(choice);
                }
                self.toggle(place, choice);
            }
        }
        if held < sentinel {
            self.state.unseat(self.index, place);
            self.settle(place, sentinel);
            self.toggle(place, held);
            self.fill(self.index.choices.unit(held));
        }
        self.eliminate_cycles();
    }

    /// The rejection chain: somebody without a seat proposes from `choice` on, and then whoever is
    /// displaced goes on.
    fn propose(&mut self, mut place: usize, mut choice: usize) {
        loop {
            let to = self.state.first_accepting(self.index, place, choice);
            let displaced = match to < self.index.sentinel(place) as usize {
                true => self.state.displaced_from(self.index, self.index.choices.unit(to)),
                false => None,
            };
            if let Some(displaced) = displaced {
                self.state.unseat(self.index, displaced);
            }
            self.settle(place, to);
            let Some(displaced) = displaced else {
                break;
            };
            place = displaced;
            choice = self.state.held(place) + 1;
        }
    }

    /// The vacancy chain: the best claimant moves in, and leaves a vacancy in turn.
    fn fill(&mut self, vacant: usize) {
        let mut vacant = Some(vacant);
        while let Some(unit) = vacant.and_then(|unit| self.state.claimed(unit)) {
            let (place, choice) = self.state.best_claimant(self.index, unit);
            vacant = self.state.unit_held(place);
            self.raise(place, choice);
        }
    }

    /// Applies stable improvement cycles until there are none.
    fn eliminate_cycles(&mut self) {
        let mut first_walk = self.search.walks + 1;
        while let Some(unit) = self.search.touched.pop() {
            if let Some(on_cycle) = self.find_cycle(unit as usize, first_walk) {
                self.apply_cycle(on_cycle);
                first_walk = self.search.walks + 1;
            }
        }
    }

    /// Follows the edges from a unit until they end, come round, or come to where an earlier walk
    /// since `first_walk` has ended; and gives a unit of the cycle that they come round on.
    fn find_cycle(&mut self, unit: usize, first_walk: u64) -> Option<usize> {
        self.search.walks += 1;
        let walk = self.search.walks;
        let mut next = self.state.claimed(unit);
        while let Some(unit) = next {
            let seen = std::mem::replace(&mut self.search.seen[unit], walk);
            if seen >= first_walk {
                return (seen == walk).then_some(unit);
            }
            next = self.following(unit);
        }
        None
    }

    fn apply_cycle(&mut self, first: usize) {
        let mut unit = first;
        loop {
            self.search.cycle.push(self.state.best_claimant(self.index, unit));
            match self.following(unit) {
                Some(next) if next != first => unit = next,
                _ => break,
            }
        }
        while let Some((place, choice)) = self.search.cycle.pop() {
            self.raise(place, choice);
        }
    }

    /// The unit that the edge of a unit with claimants leads to.
    fn following(&self, unit: usize) -> Option<usize> {
        let (place, _) = self.state.best_claimant(self.index, unit);
        self.state.unit_held(place).and_then(|unit| self.state.claimed(unit))
    }

    /// Moves a place to a choice that it wants more than what it holds.
    fn raise(&mut self, place: usize, choice: usize) {
        for claimed in choice..self.state.held(place) {
            if self.state.is_live(claimed) {
                self.touch(claimed);
            }
        }
        self.state.unseat(self.index, place);
        self.settle(place, choice);
    }

    /// Notes the unit of a choice that claims it, when the claim is the best.
    fn touch(&mut self, choice: usize) {
        if self.state.is_best(self.index, choice) {
            self.search.touched.push(self.index.choices.unit(choice) as u32);
        }
    }

    fn change_seats(&mut self, unit: usize, more: bool) {
        self.state.change_seats(self.index, unit, more);
        self.journal.note(Step::Seats { unit: unit as u32, more });
    }

    fn toggle(&mut self, place: usize, choice: usize) {
        self.state.toggle(self.index, place, choice);
        self.journal.note(Step::List { place: place as u32, choice: choice as u32 });
    }

    fn settle(&mut self, place: usize, to: usize) {
        let from = self.state.held(place);
        self.state.settle(self.index, place, to);
        if from != to {
            let (from, to) = (from as u32, to as u32);
            self.journal.note(Step::Move { place: place as u32, from, to });
        }
    }
}
