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
//! applicant who moves last on its path. A chain takes the best claimant away only from units of
//! its own tree, and a new cycle goes through such a unit, or through the one that its vacancies
//! now pass to because it has no claimant left. Take a unit of that tree, and where its second
//! best claimant is seated (or, when there is none, the unit itself): if the first unit with
//! claimants that a vacancy passes to from there belongs to another tree, where no edge changes, or
//! if there is none, then no cycle goes through the unit. The one case left is a second best who
//! moves in the chain itself: if not by an edge in the same tree, they are the one who moves last.
//! A tree in which all units are found harmless has no seat that leads to a cycle; the seats of
//! another are tried one by one.
//!
//! # One less
//!
//! The rejection chain of a seat goes likewise from each full unit to the one that takes its worst
//! holder: nobody else's arrival or departure matters until the chain comes to a unit for the second
//! time. The paths that end in a cycle are tried one by one, and so is everything when groups pass
//! on seats.

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
        let claimed = |unit: usize| state.claimed(unit) == Some(unit);
        let link = |unit: usize| {
            let (place, choice) = state.best_claimant(index, unit);
            let left = state.unit_held(place);
            Link {
                place,
                ranks: state.ranks_between(index, place, choice, state.held(place)),
                unplaced: left.is_none(),
                next: left.and_then(|left| state.claimed(left)),
            }
        };
        let units = 0..index.seats.len();
        let links: Vec<_> = units.clone().map(|unit| claimed(unit).then(|| link(unit))).collect();
        let mut chains = follow(&links);
        // Where a walk could come round after the chain.
        let may_close = |unit: usize| {
            let second = state.second_claimant(index, unit);
            let vacated = match second {
                Some(place) => state.unit_held(place),
                None => state.passes_to(unit),
            };
            let next = vacated.and_then(|vacated| state.claimed(vacated));
            chains[unit].last() == next.map_or(second, |next| chains[next].last())
        };
        let closing = units.clone().filter(|&unit| claimed(unit) && may_close(unit));
        let closing = closing.map(|unit| chains[unit].last());
        let mut closing: Vec<_> = closing.collect();
        closing.sort_unstable();
        for chain in &mut chains {
            if closing.binary_search(&chain.last()).is_ok() {
                *chain = Chain::Open;
            }
        }
        let chain = |unit: usize| state.claimed(unit).map_or(Chain::None, |unit| chains[unit]);
        let chains = units.map(chain).collect();
        self.effects(chains, true)
    }

    /// What one seat less would do, at every programme and in every group: just what
    /// [`remove_seat`](Self::remove_seat) does, and nothing where there is no seat to remove. Nothing
    /// is changed.
    ///
    /// O(choices of those who would be displaced + programmes + groups) in all, and
    /// [`remove_seat`](Self::remove_seat) for those from which a chain comes round; in a market
    /// where groups pass on seats, for all.
    #[must_use]
    pub fn effects_of_seats_less(&mut self) -> SeatEffects {
        let Self { market, state, .. } = &*self;
        let index = &*market.index;
        let units = 0..index.seats.len();
        let chains = if units.clone().any(|unit| state.passes_to(unit).is_some()) {
            // A grouped programme's own unit has the seats of its groups, and nobody asks it.
            let plain_or_group = |unit: usize| {
                unit >= market.programmes()
                    || market.groups(ProgrammeIx::new(unit as u32)).is_empty()
            };
            let asked = |unit: usize| plain_or_group(unit) && state.seats(unit) > 0;
            units.map(|unit| if asked(unit) { Chain::Open } else { Chain::None }).collect()
        } else {
            let link = |unit: usize| {
                let place = state.worst_holder(index, unit)?;
                let held = state.held(place);
                let choice = state.first_accepting(index, place, held + 1);
                let placed = choice < index.sentinel(place) as usize;
                let next = placed.then(|| index.choices.unit(choice));
                Some(Link {
                    place,
                    ranks: state.ranks_between(index, place, held, choice),
                    unplaced: !placed,
                    next: next.filter(|&next| state.vacant(next) == 0),
                })
            };
            follow(&units.map(link).collect::<Vec<_>>())
        };
        self.effects(chains, false)
    }

    /// The effects that the chains tell, and those of the open ones by trying.
    fn effects(&mut self, chains: Vec<Chain>, more: bool) -> SeatEffects {
        let mut effect = |(unit, chain): (usize, Chain)| match chain {
            Chain::None => SeatEffect::default(),
            Chain::Told(told, last) => SeatEffect {
                moved: told.moved,
                ranks: told.ranks,
                applicant: told.unplaced.then(|| self.market.index.applicant_in_place(last)),
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
