//! A matching that answers questions.

use std::borrow::Cow;
use std::fmt;

use crate::{ApplicantIx, Market, ProgrammeIx, RankStatistics};

/// A stable matching of a market: who is placed where, and what follows from it.
///
/// Made by [`deferred_acceptance`](crate::deferred_acceptance),
/// [`DeferredAcceptance::run`](crate::DeferredAcceptance::run) (which lends it scratch memory) and
/// [`programme_proposing`](crate::programme_proposing). Methods panic when given an index that the
/// market's builder did not give out.
#[derive(Clone)]
pub struct Matching<'a> {
    market: Market,
    /// The choice that each place holds; the sentinel of its list when unplaced.
    held: Cow<'a, [u32]>,
    /// Seats left by programme.
    vacant: Cow<'a, [u32]>,
}

/// Where admission to a programme ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cutoff {
    /// Somebody who wanted the programme more than what they have was turned away: the cutoff is
    /// the priority of this applicant, the last one admitted.
    Value(ApplicantIx),
    /// Somebody is admitted, and nobody who wanted the programme was turned away.
    AllAdmitted,
    /// Nobody is admitted: no seats, no applicants, or only applicants who have something that
    /// they want more.
    NoneAdmitted,
}

impl<'a> Matching<'a> {
    pub(crate) fn new(
        market: &Market,
        held: impl Into<Cow<'a, [u32]>>,
        vacant: impl Into<Cow<'a, [u32]>>,
    ) -> Self {
        Self { market: market.clone(), held: held.into(), vacant: vacant.into() }
    }

    /// The market that this is a matching of.
    #[must_use]
    pub fn market(&self) -> &Market {
        &self.market
    }

    /// The programme where an applicant is placed. O(1).
    #[must_use]
    pub fn programme_of(&self, applicant: ApplicantIx) -> Option<ProgrammeIx> {
        let index = &*self.market.index;
        let held = self.held[index.place_of[applicant.index()] as usize];
        let programme = index.choices.programme(held as usize);
        (programme < index.seats.len()).then(|| ProgrammeIx::new(programme as u32))
    }

    /// The position in the applicant's list (counted from 0) of the programme where they are
    /// placed. O(1).
    #[must_use]
    pub fn choice_of(&self, applicant: ApplicantIx) -> Option<usize> {
        self.position(self.market.index.place_of[applicant.index()] as usize)
    }

    /// Those admitted to a programme, highest priority first. O(ranking) for all.
    pub fn admitted_to(
        &self,
        programme: ProgrammeIx,
    ) -> impl DoubleEndedIterator<Item = ApplicantIx> + '_ {
        let index = &*self.market.index;
        index.ranking(programme).filter_map(move |rank| {
            let place = index.holder[rank] as usize;
            (self.held[place] == index.choice_at[rank])
                .then(|| ApplicantIx::new(index.applicant_in[place]))
        })
    }

    /// How many are admitted to a programme. O(1).
    #[must_use]
    pub fn admitted_count(&self, programme: ProgrammeIx) -> usize {
        (self.market.seats(programme) - self.vacancies(programme)) as usize
    }

    /// Seats of a programme that nobody holds. O(1).
    #[must_use]
    pub fn vacancies(&self, programme: ProgrammeIx) -> u32 {
        self.vacant[programme.index()]
    }

    /// The admitted applicant with the lowest priority at a programme. O(ranking).
    #[must_use]
    pub fn last_admitted(&self, programme: ProgrammeIx) -> Option<ApplicantIx> {
        self.admitted_to(programme).next_back()
    }

    /// The reserve list of a programme: those who want it more than what they have, highest
    /// priority first. O(ranking) for all.
    pub fn reserves(&self, programme: ProgrammeIx) -> impl Iterator<Item = ApplicantIx> + '_ {
        let index = &*self.market.index;
        index.ranking(programme).filter_map(move |rank| {
            let place = index.holder[rank] as usize;
            // A lower number in the same list is a choice more wanted.
            (index.choice_at[rank] < self.held[place])
                .then(|| ApplicantIx::new(index.applicant_in[place]))
        })
    }

    /// Where admission to a programme ended. O(ranking).
    #[must_use]
    pub fn cutoff(&self, programme: ProgrammeIx) -> Cutoff {
        match self.last_admitted(programme) {
            None => Cutoff::NoneAdmitted,
            Some(_) if self.reserves(programme).next().is_none() => Cutoff::AllAdmitted,
            Some(last) => Cutoff::Value(last),
        }
    }

    /// How far down their lists applicants are placed. O(applicants).
    #[must_use]
    pub fn statistics(&self) -> RankStatistics {
        let index = &*self.market.index;
        let mut statistics = RankStatistics::default();
        for place in 0..self.held.len() {
            let length = index.list(place).len();
            if statistics.by_choice.len() < length {
                statistics.by_choice.resize(length, 0);
            }
            if let Some(position) = self.position(place) {
                statistics.placed += 1;
                statistics.by_choice[position] += 1;
                statistics.proposals += position + 1;
            } else {
                statistics.unplaced += 1;
                statistics.proposals += length;
            }
        }
        statistics.rejections = statistics.proposals - statistics.placed;
        statistics
    }

    /// How many applicants are placed otherwise in `other`, placed in only one of the two, or
    /// known to only one of the two and placed there. O(applicants).
    #[must_use]
    pub fn applicants_who_differ(&self, other: &Matching<'_>) -> usize {
        let placement = |matching: &Matching<'_>, applicant: usize| {
            (applicant < matching.market.applicants())
                .then(|| matching.programme_of(ApplicantIx::new(applicant as u32)))
                .flatten()
        };
        (0..self.market.applicants().max(other.market.applicants()))
            .filter(|&applicant| placement(self, applicant) != placement(other, applicant))
            .count()
    }

    /// The same matching with memory of its own.
    #[must_use]
    pub fn into_owned(self) -> Matching<'static> {
        Matching {
            market: self.market,
            held: Cow::Owned(self.held.into_owned()),
            vacant: Cow::Owned(self.vacant.into_owned()),
        }
    }

    fn position(&self, place: usize) -> Option<usize> {
        let list = self.market.index.list(place);
        let held = self.held[place] as usize;
        (held < list.end).then(|| held - list.start)
    }
}

impl fmt::Debug for Matching<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let statistics = self.statistics();
        f.debug_struct("Matching")
            .field("market", &self.market)
            .field("placed", &statistics.placed)
            .field("unplaced", &statistics.unplaced)
            .finish()
    }
}
