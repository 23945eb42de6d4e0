//! Small changes of a matching without starting over.

mod chains;
mod forest;
mod gains;
mod journal;
mod moves;
mod queries;
mod rejection_chains;
mod seat_effects;
mod state;

use std::sync::Arc;

use crate::deferred_acceptance::Seating;
use crate::{ApplicantIx, Market, ProgrammeIx};

use chains::{Change, Search};
use journal::Journal;
use seat_effects::Known;
use state::State;

pub(crate) use gains::Gains;
pub use moves::{Move, Moves, Placement};
pub use seat_effects::{SeatEffect, SeatEffects};

/// The applicant-optimal stable matching of a market that changes: seats come and go, applicants
/// arrive, withdraw and change their lists.
///
/// After every change the matching is the one that [`deferred_acceptance`](crate::deferred_acceptance)
/// would give for the changed market, with the same [group](Self::group_of) for everybody at grouped
/// programmes; only those who move are looked at. Every change tells who [moved](Moves), and can be
/// [undone](Self::undo).
///
/// # What can change
///
/// The market itself never does: it is built with all programmes, all applicants and all choices
/// that may come to take part. What changes is which **seats** there are, at programmes and in
/// quota groups, and which choices are **live**. An applicant without a live choice takes no part.
///
/// A priority is part of the market, and so is the order of a list. Whoever may get another merit,
/// or may state the same programmes in another order, has a row for each version in the market, and
/// at most one of them is live: [`replace`](Self::replace) exchanges one for the other. As no two
/// rows of a market may tie, the version goes last into the priority.
///
/// # Complexity
///
/// O(l · w) for each applicant who moves, where l is the length of the list down to the seat that is
/// given up and w the words of 64 ranks between the last admitted and the best claimant at a
/// programme, nearly always one. A list that is changed costs as much again, and the search for
/// cycles as much for each programme that it visits. Memory: eight bytes an applicant, three bits a
/// choice, some 110 bytes a programme and a group; and sixteen bytes for each step that can be undone.
///
/// # Example
///
/// ```
/// use antagning_matching::{Incremental, MarketBuilder};
///
/// let mut builder = MarketBuilder::new();
/// let [arts, science] = [1, 1].map(|seats| builder.add_programme(seats));
/// let anna = builder.add_applicant([(arts, 300)]);
/// let björn = builder.add_applicant([(arts, 280), (science, 280)]);
/// let cecilia = builder.add_applicant([(science, 250)]);
/// let market = builder.build()?;
///
/// let mut matching = Incremental::new(&market);
/// assert_eq!(matching.programme_of(björn), Some(science));
///
/// // Anna withdraws: björn gets her seat, and cecilia his.
/// let chain: Vec<_> = matching.withdraw(anna).iter().map(|step| step.applicant).collect();
/// assert_eq!(chain, [anna, björn, cecilia]);
/// assert_eq!(matching.programme_of(cecilia), Some(science));
///
/// matching.undo();
/// assert_eq!(matching.programme_of(cecilia), None);
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
///
/// # Reference
///
/// * Y. Blum, A. E. Roth and U. G. Rothblum, *Vacancy Chains and Equilibration in Senior-Level Labor
///   Markets*, Journal of Economic Theory 76 (1997).
/// * A. Erdil and H. Ergin, *What's the Matter with Tie-Breaking? Improving Efficiency in School
///   Choice*, American Economic Review 98 (2008), for stable improvement cycles.
#[derive(Clone, Debug)]
pub struct Incremental {
    market: Market,
    state: State,
    journal: Journal,
    search: Search,
    seat_effects: Known,
}

/// Two are equal when the market, the seats, the live choices and the matching are, whatever changes
/// led there.
impl PartialEq for Incremental {
    fn eq(&self, other: &Self) -> bool {
        let same_market = Arc::ptr_eq(&self.market.index, &other.market.index)
            || self.market.index == other.market.index;
        same_market && self.state == other.state
    }
}

impl Eq for Incremental {}

/// Methods panic when given an index that the market's builder did not give out.
impl Incremental {
    /// The matching of a market, every choice being live, with the chains of all seats more already
    /// followed for [`effects_of_seats_more`](Self::effects_of_seats_more). O(choices).
    #[must_use]
    pub fn new(market: &Market) -> Self {
        let state = State::with_everybody(&market.index, Seating::new(market));
        let mut matching = Self { state, ..Self::without_applicants(market) };
        matching.follow_seats_more();
        matching
    }

    /// The matching of a market in which no choice is live, for those who take part to be
    /// [restored](Self::restore). O(choices / 64 + applicants + programmes).
    #[must_use]
    pub fn without_applicants(market: &Market) -> Self {
        Self {
            market: market.clone(),
            state: State::new(&market.index),
            journal: Journal::default(),
            search: Search::new(&market.index),
            seat_effects: Known::new(&market.index),
        }
    }

    /// One seat more at a programme without groups.
    ///
    /// # Panics
    ///
    /// When the programme has groups, or 2³² − 1 seats.
    pub fn add_seat(&mut self, programme: ProgrammeIx) -> Moves<'_> {
        self.add_unit_seat(programme, self.plain_unit(programme))
    }

    /// One seat more of its own for a quota group (counted from 0).
    ///
    /// # Panics
    ///
    /// When the programme has no such group, or 2³² − 1 seats.
    pub fn add_group_seat(&mut self, programme: ProgrammeIx, group: usize) -> Moves<'_> {
        self.add_unit_seat(programme, self.market.index.group(programme, group))
    }

    /// One seat less at a programme without groups; nothing is changed when it has none.
    ///
    /// # Panics
    ///
    /// When the programme has groups.
    pub fn remove_seat(&mut self, programme: ProgrammeIx) -> Option<Moves<'_>> {
        self.remove_unit_seat(self.plain_unit(programme))
    }

    /// One seat less for a quota group (counted from 0); nothing is changed when it has no seat of
    /// its own.
    ///
    /// # Panics
    ///
    /// When the programme has no such group.
    pub fn remove_group_seat(&mut self, programme: ProgrammeIx, group: usize) -> Option<Moves<'_>> {
        self.remove_unit_seat(self.market.index.group(programme, group))
    }

    /// Makes none of an applicant's choices live, placed or not. (The reserves of an unplaced
    /// applicant can be in the way of others, so that they move too.)
    pub fn withdraw(&mut self, applicant: ApplicantIx) -> Moves<'_> {
        self.change_list(applicant, |_| false)
    }

    /// Makes all of an applicant's choices live.
    pub fn restore(&mut self, applicant: ApplicantIx) -> Moves<'_> {
        self.change_list(applicant, |_| true)
    }

    /// Makes just those choices live that `live` names by their position in the applicant's list
    /// (counted from 0).
    pub fn change_list(
        &mut self,
        applicant: ApplicantIx,
        live: impl Fn(usize) -> bool,
    ) -> Moves<'_> {
        self.journal.begin();
        self.relist(self.place(applicant), live);
        self.moves()
    }

    /// Withdraws one applicant and restores another in one change: for two versions of the same
    /// person, as said [above](Self#what-can-change).
    pub fn replace(&mut self, old: ApplicantIx, new: ApplicantIx) -> Moves<'_> {
        self.journal.begin();
        self.relist(self.place(old), |_| false);
        self.relist(self.place(new), |_| true);
        self.moves()
    }

    /// Takes the last change back, so that everything is byte for byte as it was before; `false`
    /// when there is none to take back.
    pub fn undo(&mut self) -> bool {
        self.seat_effects.before_undo(&self.market.index, &self.journal);
        self.journal.undo(&self.market.index, &mut self.state)
    }

    /// How many changes can be undone.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.journal.changes()
    }

    /// Makes all changes final, and forgets how to undo them.
    pub fn keep(&mut self) {
        self.seat_effects.before_clear(&self.market.index, &self.journal);
        self.journal.clear();
    }

    fn add_unit_seat(&mut self, programme: ProgrammeIx, unit: usize) -> Moves<'_> {
        assert!(self.seats(programme) < u32::MAX, "more seats than can be counted");
        self.journal.begin();
        self.change().add_seat(unit);
        self.moves()
    }

    fn remove_unit_seat(&mut self, unit: usize) -> Option<Moves<'_>> {
        if self.state.seats(unit) == 0 {
            return None;
        }
        self.journal.begin();
        self.change().remove_seat(unit);
        Some(self.moves())
    }

    fn relist(&mut self, place: usize, live: impl Fn(usize) -> bool) {
        let index = &*self.market.index;
        let wanted = &mut self.search.wanted;
        wanted.clear();
        for position in 0..index.list_length(place) {
            let choices = index.expanded_choice(place, position);
            let live = live(position);
            wanted.extend(choices.map(|_| live));
        }
        self.change().change_list(place);
    }

    fn change(&mut self) -> Change<'_> {
        let Self { market, state, journal, search, .. } = self;
        Change { index: &market.index, state, journal, search }
    }

    fn moves(&self) -> Moves<'_> {
        Moves { index: &self.market.index, steps: self.journal.last() }
    }

    fn place(&self, applicant: ApplicantIx) -> usize {
        self.market.index.place_of[applicant.index()] as usize
    }

    fn plain_unit(&self, programme: ProgrammeIx) -> usize {
        assert!(self.market.groups(programme).is_empty(), "a programme with groups");
        programme.index()
    }
}
