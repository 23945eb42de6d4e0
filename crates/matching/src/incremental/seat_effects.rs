//! What a seat more or less would do, everywhere at once.
//!
//! # One more
//!
//! The values of the [forest](super::forest), which is kept from one question to the next: what has
//! been changed and not undone is noted when the next one is asked.
//!
//! # One less
//!
//! The [rejection chains](super::rejection_chains), found anew whenever it is asked: where a displaced
//! applicant goes depends on the cutoffs of all programmes that they list.

use std::ops::Add;

use crate::market::Index;
use crate::{ApplicantIx, Incremental, Market, ProgrammeIx};

use super::forest::Forest;
use super::journal::Journal;
use super::rejection_chains::RejectionChains;

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
#[derive(Clone, Copy, Debug)]
pub struct SeatEffects<'a> {
    market: &'a Market,
    /// By unit.
    sums: &'a [Sum],
}

/// What the moves of a chain come to. Nobody moves twice, so that all ranks together are no more
/// than there are choices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    pub(super) moved: u32,
    pub(super) ranks: u32,
    /// The place that is unplaced before or after.
    pub(super) unplaced: u32,
}

/// What is known of a seat more, and what was found last of a seat less.
#[derive(Clone, Debug)]
pub(super) struct Known {
    forest: Forest<Sum>,
    /// How many steps of the journal the forest knows; none before it was asked first.
    noted: Option<usize>,
    rejections: RejectionChains,
}

impl SeatEffects<'_> {
    /// The effect of a seat at a programme without groups.
    ///
    /// # Panics
    ///
    /// When the programme has groups, or is not of this market.
    #[must_use]
    pub fn at(&self, programme: ProgrammeIx) -> SeatEffect {
        assert!(self.market.groups(programme).is_empty(), "a programme with groups");
        self.of(programme.index())
    }

    /// The effect of a quota group's own seat (the group counted from 0).
    ///
    /// # Panics
    ///
    /// When the programme has no such group, or is not of this market.
    #[must_use]
    pub fn in_group(&self, programme: ProgrammeIx, group: usize) -> SeatEffect {
        self.of(self.market.index.group(programme, group))
    }

    fn of(&self, unit: usize) -> SeatEffect {
        let Sum { moved, ranks, unplaced } = self.sums[unit];
        let index = &*self.market.index;
        let applicant =
            (unplaced != Sum::NOBODY).then(|| index.applicant_in_place(unplaced as usize));
        SeatEffect { moved, applicant, ranks: u64::from(ranks) }
    }
}

impl Sum {
    /// Nobody is unplaced before or after.
    pub(super) const NOBODY: u32 = u32::MAX;
}

/// Nobody moves.
impl Default for Sum {
    fn default() -> Self {
        Self { moved: 0, ranks: 0, unplaced: Self::NOBODY }
    }
}

impl Add for Sum {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            moved: self.moved + other.moved,
            ranks: self.ranks + other.ranks,
            // One of the two is none, the greatest number.
            unplaced: self.unplaced.min(other.unplaced),
        }
    }
}

impl Known {
    /// Nothing yet.
    pub(super) fn new(index: &Index) -> Self {
        let units = index.seats.len();
        Self { forest: Forest::new(units), noted: None, rejections: RejectionChains::default() }
    }

    /// To be called before the last change of the journal is undone.
    pub(super) fn before_undo(&mut self, index: &Index, journal: &Journal) {
        let start = journal.before_last();
        if let Some(noted) = &mut self.noted
            && start < *noted
        {
            self.forest.note(index, &journal.steps()[start..*noted]);
            *noted = start;
        }
    }

    /// To be called before the journal forgets all changes.
    pub(super) fn before_clear(&mut self, index: &Index, journal: &Journal) {
        if let Some(noted) = &mut self.noted {
            self.forest.note(index, &journal.steps()[*noted..]);
            *noted = 0;
        }
    }
}

impl Incremental {
    /// What one more seat would do, at every programme and in every group: just what
    /// [`add_seat`](Self::add_seat) does. Nothing is changed.
    ///
    /// Only the programmes are looked at whose claimants have changed since it was asked last, or
    /// since the matching was [made](Self::new), and those from which a chain comes to one of them,
    /// besides a look at each for cycles; the first time in a matching made
    /// [without applicants](Self::without_applicants), all of them. And
    /// [`add_seat`](Self::add_seat) for those few that could lead to a stable improvement cycle
    /// (none in large markets like a real season's, many in small ones where everybody lists
    /// everything). Where there are none nothing is allocated.
    pub fn effects_of_seats_more(&mut self) -> SeatEffects<'_> {
        self.follow_seats_more();
        let mut forest = std::mem::take(&mut self.seat_effects.forest);
        for unit in forest.open() {
            let sum = self.tried(unit, true);
            forest.tell(unit, sum);
        }
        self.seat_effects.forest = forest;
        SeatEffects { market: &self.market, sums: self.seat_effects.forest.values() }
    }

    /// Follows the chains of all seats more, so that the next question finds them.
    pub(super) fn follow_seats_more(&mut self) {
        let Self { market, state, journal, seat_effects: Known { forest, noted, .. }, .. } = self;
        let index = &*market.index;
        if let Some(noted) = noted.replace(journal.steps().len()) {
            forest.note(index, &journal.steps()[noted..]);
        }
        forest.update(index, state, |place, from, to| Sum {
            moved: 1,
            ranks: state.ranks_between(index, place, to, from) as u32,
            unplaced: if state.unit_held(place).is_some() { Sum::NOBODY } else { place as u32 },
        });
    }

    /// What one seat less would do, at every programme and in every group: just what
    /// [`remove_seat`](Self::remove_seat) does, and nothing where there is no seat to remove. Nothing
    /// is changed.
    ///
    /// O(choices of those who would be displaced + programmes + groups) in all, and
    /// [`remove_seat`](Self::remove_seat) for those from which a chain comes round, or comes to
    /// groups that pass on seats.
    pub fn effects_of_seats_less(&mut self) -> SeatEffects<'_> {
        let mut rejections = std::mem::take(&mut self.seat_effects.rejections);
        rejections.find(&self.market.index, &self.state);
        for unit in rejections.open() {
            let sum = self.tried(unit, false);
            rejections.tell(unit, sum);
        }
        self.seat_effects.rejections = rejections;
        SeatEffects { market: &self.market, sums: self.seat_effects.rejections.sums() }
    }

    /// What a seat more or less does, when all whom it moves fare better, or all fare worse.
    fn tried(&mut self, unit: usize, more: bool) -> Sum {
        self.journal.begin();
        match more {
            true => self.change().add_seat(unit),
            false => self.change().remove_seat(unit),
        }
        let index = &*self.market.index;
        let sum = self.moves().by_place().fold(Sum::default(), |sum, (place, (from, to))| {
            let (better, worse) = (from.min(to), from.max(to));
            let is_placed = worse < index.sentinel(place) as usize;
            sum + Sum {
                moved: 1,
                ranks: self.state.ranks_between(index, place, better, worse) as u32,
                unplaced: if is_placed { Sum::NOBODY } else { place as u32 },
            }
        });
        self.undo();
        sum
    }
}
