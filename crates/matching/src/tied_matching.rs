//! A matching of a market with ties that answers questions.

use std::borrow::Cow;
use std::fmt;

use crate::{ApplicantIx, Cutoff, Matching, ProgrammeIx, RankStatistics, TiedMarket};

/// A matching that treats equals alike: who is placed where, and what follows from it.
///
/// Made by [`tied_deferred_acceptance`](crate::tied_deferred_acceptance) and
/// [`TiedDeferredAcceptance::run`](crate::TiedDeferredAcceptance::run), which lends it scratch
/// memory. Where those of one tied class have to follow one another, they stand in the order of
/// adding, which means nothing. Methods panic when given an index that the market's builder did
/// not give out.
#[derive(Clone)]
pub struct TiedMatching<'a> {
    market: TiedMarket,
    /// As a matching of the strict market, which knows who holds what, but takes no programme to
    /// have more admitted than seats.
    strict: Matching<'a>,
    admitted: Cow<'a, [u32]>,
}

impl<'a> TiedMatching<'a> {
    pub(crate) fn new(
        market: &TiedMarket,
        held: &'a [u32],
        vacant: &'a [u32],
        admitted: &'a [u32],
    ) -> Self {
        let strict = Matching::new(&market.strict, held, vacant);
        Self { market: market.clone(), strict, admitted: admitted.into() }
    }

    /// The market that this is a matching of.
    #[must_use]
    pub fn market(&self) -> &TiedMarket {
        &self.market
    }

    /// The programme where an applicant is placed. O(1).
    #[must_use]
    pub fn programme_of(&self, applicant: ApplicantIx) -> Option<ProgrammeIx> {
        self.strict.programme_of(applicant)
    }

    /// The position in the applicant's list (counted from 0) of the programme where they are
    /// placed. O(1).
    #[must_use]
    pub fn choice_of(&self, applicant: ApplicantIx) -> Option<usize> {
        self.strict.choice_of(applicant)
    }

    /// Those admitted to a programme, highest priority first. O(ranking) for all.
    pub fn admitted_to(
        &self,
        programme: ProgrammeIx,
    ) -> impl DoubleEndedIterator<Item = ApplicantIx> + '_ {
        self.strict.admitted_to(programme)
    }

    /// How many are admitted to a programme, with [`TieRule::AdmitAll`](crate::TieRule::AdmitAll)
    /// perhaps more than it has seats. O(1).
    #[must_use]
    pub fn admitted_count(&self, programme: ProgrammeIx) -> usize {
        self.admitted[programme.index()] as usize
    }

    /// Seats of a programme that nobody holds, with
    /// [`TieRule::RejectAll`](crate::TieRule::RejectAll) perhaps some although there are reserves.
    /// O(1).
    #[must_use]
    pub fn vacancies(&self, programme: ProgrammeIx) -> u32 {
        self.strict.vacancies(programme)
    }

    /// The reserve list of a programme: those who want it more than what they have, highest
    /// priority first, each with how many of the list have a higher priority. O(ranking) for all.
    pub fn reserves(
        &self,
        programme: ProgrammeIx,
    ) -> impl Iterator<Item = (ApplicantIx, usize)> + '_ {
        let index = &*self.market.strict.index;
        let words = index.words[programme.index()];
        let entries = index.entries(programme.index());
        let (mut ahead, mut listed) = (0, 0);
        entries.enumerate().filter_map(move |(rank, entry)| {
            if self.market.classes.begins_at(words, rank as u32) {
                ahead = listed;
            }
            self.strict.waits(entry).then(|| {
                listed += 1;
                (index.applicant(entry), ahead)
            })
        })
    }

    /// Where admission to a programme ended. O(ranking).
    ///
    /// [`Cutoff::Value`] names one of the class admitted last; which one means nothing. With
    /// [`TieRule::RejectAll`](crate::TieRule::RejectAll) it may be [`Cutoff::NoneAdmitted`] at a
    /// programme with seats and reserves, whose best class was too large.
    #[must_use]
    pub fn cutoff(&self, programme: ProgrammeIx) -> Cutoff {
        self.strict.cutoff(programme)
    }

    /// How far down their lists applicants are placed. O(applicants).
    #[must_use]
    pub fn statistics(&self) -> RankStatistics {
        self.strict.statistics()
    }

    /// How many applicants are placed otherwise in `other`, placed in only one of the two, or
    /// known to only one of the two and placed there. O(applicants).
    ///
    /// Between the two rules these are all who may depend on a lottery: see
    /// [`TieRule`](crate::TieRule).
    #[must_use]
    pub fn applicants_who_differ(&self, other: &TiedMatching<'_>) -> usize {
        self.strict.applicants_who_differ(&other.strict)
    }

    /// The same matching with memory of its own.
    #[must_use]
    pub fn into_owned(self) -> TiedMatching<'static> {
        TiedMatching {
            market: self.market,
            strict: self.strict.into_owned(),
            admitted: Cow::Owned(self.admitted.into_owned()),
        }
    }
}

impl fmt::Debug for TiedMatching<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let statistics = self.statistics();
        f.debug_struct("TiedMatching")
            .field("market", &self.market)
            .field("placed", &statistics.placed)
            .field("unplaced", &statistics.unplaced)
            .finish()
    }
}
