//! What a seat more or less would do, everywhere at once.
//!
//! # One more
//!
//! The graph of `chains` (each unit with claimants leads to the one that has claimants where its
//! best claimant is seated) has no cycle, so it is a forest, and the vacancy chain of a seat is the
//! path from its unit: nobody moves twice on it, since two units with the same best claimant lead
//! to the same unit. A pass from the ends of the paths backwards adds everything up.
//!
//! After the chain there may be cycles, which the forest does not know. Call *tree* of a unit the
//! applicant who moves last on its path, and *height* how many move on it. All units whose best
//! claimant moves in the chain are of one tree, so edges change in this tree only. Every edge that
//! is still there leads to a unit one lower. A new edge leads from a unit that lost its best
//! claimant to where the second best is seated; or, when it has no claimant left, those that led to
//! it now lead to the next unit on the path of its vacancies. If all these ends are in other trees,
//! which no edge leaves, or lower than the unit, there is no way round. Only a second best who moves
//! in the chain too may be found elsewhere, or no longer claim the unit: one who is the best
//! claimant of some other unit of the tree. So the units of a tree are held against this, by their
//! second best claimants; and the seats of a tree with a unit that fails are tried one by one.
//!
//! # One less
//!
//! The rejection chain of a seat goes likewise from each full unit to the one that takes its worst
//! holder: nobody else's arrival or departure matters until the chain comes to a unit for the second
//! time. The paths that end in a cycle are tried one by one, and so are those that come to a group
//! whose seats pass on.

use crate::{ApplicantIx, Incremental, Market, ProgrammeIx};

use super::forest::{Chain, Link, follow};

/// What one seat more or one seat less would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SeatEffect {
    /// How many applicants would be placed otherwise, in another group of the same programme
    /// included.
    pub moved: u32,
    /// Who would be newly placed with a seat more, or no longer placed with a seat less.
    pub applicant: Option<ApplicantIx>,
    /// By how many places in their lists all together would be better off, with a seat less worse
    /// off. Only live choices count; no placement counts as the place after the last.
    pub ranks: u64,
}

/// The effects of a seat at every programme and in every group: see
/// [`Incremental::effects_of_seats_more`] and [`Incremental::effects_of_seats_less`].
#[derive(Clone, Debug)]
pub struct SeatEffects {
    market: Market,
    /// By unit.
    effects: Vec<SeatEffect>,
}

impl SeatEffects {
    /// The effect of a seat at a programme without groups.
    ///
    /// # Panics
    ///
    /// When the programme has groups, or is not of this market.
    #[must_use]
    pub fn at(&self, programme: ProgrammeIx) -> SeatEffect {
        assert!(self.market.groups(programme).is_empty(), "a programme with groups");
        self.effects[programme.index()]
    }

    /// The effect of a quota group's own seat (the group counted from 0).
    ///
    /// # Panics
    ///
    /// When the programme has no such group, or is not of this market.
    #[must_use]
    pub fn in_group(&self, programme: ProgrammeIx, group: usize) -> SeatEffect {
        self.effects[self.market.index.group(programme, group)]
    }
}

impl Incremental {
    /// What one more seat would do, at every programme and in every group: just what
    /// [`add_seat`](Self::add_seat) does. Nothing is changed.
    ///
    /// O(programmes + groups) in all, and [`add_seat`](Self::add_seat) for those few that could lead
    /// to a stable improvement cycle (none in large markets like a real season's, many in small
    /// ones where everybody lists everything).
    #[must_use]
    pub fn effects_of_seats_more(&mut self) -> SeatEffects {
        let Self { market, state, .. } = &*self;
        let index = &*market.index;
        let vacated =
            |unit: Option<usize>| unit.and_then(|unit| state.claimed(unit)).map(|unit| unit as u32);
        // Where the second best claimant is seated, or that one, by the units with claimants.
        let mut seconds = Vec::with_capacity(index.seats.len());
        let mut link = |unit: usize| {
            if !state.has_claimants(unit) {
                return None;
            }
            let (place, choice) = state.best_claimant(index, unit);
            let second = state.second_claimant(index, unit);
            let next = match second {
                Some(place) => state.unit_held(place),
                None => state.passes_to(unit),
            };
            seconds.push((unit, second.map(|place| place as u32), vacated(next)));
            let left = state.unit_held(place);
            Some(Link {
                place: place as u32,
                ranks: state.ranks_between(index, place, choice, state.held(place)) as u32,
                unplaced: left.is_none(),
                next: vacated(left),
            })
        };
        let links: Vec<_> = (0..index.seats.len()).map(&mut link).collect();
        let mut chains = follow(&links, |_| false);
        // Where a walk could come round after the chain.
        let mut closing: Vec<_> = seconds
            .iter()
            .filter(|&&(unit, second, next)| match next.map(|next| &chains[next as usize]) {
                Some(next) if next.last() == chains[unit].last() => {
                    let moves = |place: u32| state.is_best_somewhere(index, place as usize);
                    next.moved() >= chains[unit].moved() || second.is_some_and(moves)
                }
                Some(_) => false,
                None => second == chains[unit].last(),
            })
            .map(|&(unit, ..)| chains[unit].last())
            .collect();
        closing.sort_unstable();
        if !closing.is_empty() {
            for chain in &mut chains {
                if closing.binary_search(&chain.last()).is_ok() {
                    *chain = Chain::Open;
                }
            }
        }
        // A seat goes to the first that has claimants.
        let chains = (0..chains.len())
            .map(|unit| state.claimed(unit).map_or(Chain::None, |unit| chains[unit]))
            .collect();
        self.effects(chains, true)
    }

    /// What one seat less would do, at every programme and in every group: just what
    /// [`remove_seat`](Self::remove_seat) does, and nothing where there is no seat to remove. Nothing
    /// is changed.
    ///
    /// O(choices of those who would be displaced + programmes + groups) in all, and
    /// [`remove_seat`](Self::remove_seat) for those from which a chain comes round, or comes to
    /// groups that pass on seats.
    #[must_use]
    pub fn effects_of_seats_less(&mut self) -> SeatEffects {
        let Self { market, state, .. } = &*self;
        let index = &*market.index;
        let units = 0..index.seats.len();
        // Where a seat taken in one group may displace somebody from another.
        let mut passing = vec![false; units.len()];
        for unit in units.clone() {
            if let Some(to) = state.passes_to(unit) {
                passing[unit] = true;
                passing[to] = true;
            }
        }
        let link = |unit: usize| {
            let place = state.worst_holder(index, unit)?;
            let held = state.held(place);
            let choice = state.first_accepting(index, place, held + 1);
            let placed = choice < index.sentinel(place) as usize;
            let next = placed.then(|| index.choices.unit(choice));
            Some(Link {
                place: place as u32,
                ranks: state.ranks_between(index, place, held, choice) as u32,
                unplaced: !placed,
                next: next
                    .filter(|&next| state.vacant(next) == 0 || passing[next])
                    .map(|next| next as u32),
            })
        };
        let links: Vec<_> = units.clone().map(link).collect();
        let mut chains = follow(&links, |unit| passing[unit]);
        for unit in units.filter(|&unit| state.seats(unit) == 0) {
            chains[unit] = Chain::None;
        }
        self.effects(chains, false)
    }

    /// The effects that the chains tell, and those of the open ones by trying.
    fn effects(&mut self, chains: Vec<Chain>, more: bool) -> SeatEffects {
        let mut effect = |(unit, chain): (usize, Chain)| match chain {
            Chain::None => SeatEffect::default(),
            Chain::Told(told, last) => SeatEffect {
                moved: told.moved,
                ranks: told.ranks,
                applicant: told
                    .unplaced
                    .then(|| self.market.index.applicant_in_place(last as usize)),
            },
            Chain::Open => {
                self.journal.begin();
                match more {
                    true => self.change().add_seat(unit),
                    false => self.change().remove_seat(unit),
                }
                let effect = self.last_effect();
                self.undo();
                effect
            }
        };
        let effects = chains.into_iter().enumerate().map(&mut effect).collect();
        SeatEffects { market: self.market.clone(), effects }
    }

    /// What the last change did, when all whom it moved fare better, or all fare worse.
    fn last_effect(&self) -> SeatEffect {
        let index = &*self.market.index;
        let mut effect = SeatEffect::default();
        for (place, (from, to)) in self.moves().by_place() {
            let (better, worse) = (from.min(to), from.max(to));
            effect.moved += 1;
            effect.ranks += self.state.ranks_between(index, place, better, worse) as u64;
            if worse == index.sentinel(place) as usize {
                effect.applicant = Some(index.applicant_in_place(place));
            }
        }
        effect
    }
}
