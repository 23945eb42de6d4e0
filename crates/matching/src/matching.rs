//! A matching that answers questions.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::reserve_order::ReserveOrder;
use crate::{ApplicantIx, Market, ProgrammeIx, RankStatistics};

/// A stable matching of a market: who is placed where, and what follows from it.
///
/// Made by [`deferred_acceptance`](crate::deferred_acceptance),
/// [`DeferredAcceptance::run`](crate::DeferredAcceptance::run) (which lends it scratch memory) and
/// [`programme_proposing`](crate::programme_proposing). Methods panic when given an index that the
/// market's builder did not give out.
#[derive(Clone)]
pub struct Matching<'a> {
    pub(crate) market: Market,
    /// The choice that each place holds; the sentinel of its list when unplaced.
    pub(crate) held: Cow<'a, [u32]>,
    /// Seats left by unit; for a group those that its takers left, passed on or not.
    pub(crate) vacant: Cow<'a, [u32]>,
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
        let (programme, _) = index.group_at(held as usize);
        (programme < index.programmes()).then(|| ProgrammeIx::new(programme as u32))
    }

    /// The position in the applicant's list (counted from 0) of the programme where they are
    /// placed. O(1), with groups O(log list).
    #[must_use]
    pub fn choice_of(&self, applicant: ApplicantIx) -> Option<usize> {
        self.position(self.market.index.place_of[applicant.index()] as usize)
    }

    /// Those admitted to a programme, highest priority first; at a grouped programme by the group
    /// that took them, in order of precedence, and then by its ranking. O(ranking) for all.
    pub fn admitted_to(
        &self,
        programme: ProgrammeIx,
    ) -> impl DoubleEndedIterator<Item = ApplicantIx> + '_ {
        self.holders(self.market.index.all_entries(programme))
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

    /// The admitted applicant with the lowest priority at a programme; at a grouped programme the
    /// last of [`admitted_to`](Self::admitted_to). O(ranking).
    #[must_use]
    pub fn last_admitted(&self, programme: ProgrammeIx) -> Option<ApplicantIx> {
        self.admitted_to(programme).next_back()
    }

    /// The reserve list of a programme: those who want it more than what they have, highest
    /// priority first. O(ranking) for all.
    ///
    /// At a grouped programme it depends on the group in which a seat falls free who takes it; each
    /// group's own list is [`group_reserves`](Self::group_reserves). This one is the order in which
    /// the choice function would take them if the groups that have seats of their own got one more
    /// each, in order of precedence, and then one more each, and so on (a seat that moves somebody
    /// from another group leaves a seat there); last, by [`Market::ranking`], come those whom no
    /// number of such seats lets in. O(choices of the programme · log) for all.
    pub fn reserves(&self, programme: ProgrammeIx) -> impl Iterator<Item = ApplicantIx> + '_ {
        let index = &*self.market.index;
        let grouped = match &index.grouping {
            Some(grouping) if !self.market.groups(programme).is_empty() => {
                let waiting = self.waiting(programme).collect();
                ReserveOrder::new(index, grouping, programme, &self.held).entries(waiting)
            }
            _ => Vec::new(),
        };
        // Those that are ordered already, and of a plain programme, where there are none, all.
        let plain = grouped.is_empty().then(|| self.waiting(programme)).into_iter().flatten();
        grouped.into_iter().chain(plain).map(|entry| index.applicant(entry))
    }

    /// Where admission to a programme ended. O(ranking).
    ///
    /// At a grouped programme there is a limit in each group
    /// ([`group_cutoff`](Self::group_cutoff)); this one merely names the last of
    /// [`admitted_to`](Self::admitted_to).
    #[must_use]
    pub fn cutoff(&self, programme: ProgrammeIx) -> Cutoff {
        Cutoff::new(self.last_admitted(programme), self.waiting(programme).next().is_some())
    }

    /// How far down their lists applicants are placed. O(applicants).
    #[must_use]
    pub fn statistics(&self) -> RankStatistics {
        let index = &*self.market.index;
        let mut statistics = RankStatistics::default();
        for place in 0..self.held.len() {
            let length = index.list_length(place);
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
        let index = &*self.market.index;
        let held = self.held[place];
        (held < index.sentinel(place)).then(|| index.position(place, held as usize))
    }

    /// Who holds what the entries stand for.
    pub(crate) fn holders(
        &self,
        entries: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = ApplicantIx> + '_ {
        let index = &*self.market.index;
        entries
            .filter(|&entry| self.held[index.holder[entry] as usize] == index.choice_at[entry])
            .map(|entry| index.applicant(entry))
    }

    /// Whether the applicant of an entry wants its programme more than what they have.
    pub(crate) fn waits(&self, entry: usize) -> bool {
        let index = &*self.market.index;
        let held = self.held[index.holder[entry] as usize];
        // A lower number in the same list is a choice more wanted, or an earlier group.
        let asked = index.choice_at[entry];
        asked < held
            && (index.grouping.is_none()
                || index.group_at(asked as usize).0 != index.group_at(held as usize).0)
    }

    /// The entries in [`Market::ranking`] of those who want a programme more than what they have.
    fn waiting(&self, programme: ProgrammeIx) -> impl Iterator<Item = usize> + '_ {
        self.market.index.ranking(programme).filter(|&entry| self.waits(entry))
    }
}

impl Cutoff {
    /// From the last admitted and whether somebody was turned away.
    pub(crate) fn new(last: Option<ApplicantIx>, turned_away: bool) -> Self {
        match last {
            None => Self::NoneAdmitted,
            Some(_) if !turned_away => Self::AllAdmitted,
            Some(last) => Self::Value(last),
        }
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
