//! A validated market and its two-way index.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::grouping::Grouping;
use crate::packed::Choices;
use crate::{ApplicantIx, ProgrammeIx, QuotaGroup};

/// A validated market: programmes with seats, applicants with strictly ordered lists, and at each
/// programme a strict ranking of those who list it.
///
/// Made by [`MarketBuilder`](crate::MarketBuilder), and never changed after. A clone is another
/// handle on the same data, so a [`Matching`](crate::Matching) can outlive the handle that it came
/// from and a market can be shared between threads.
///
/// Methods panic when given an index that the market's builder did not give out.
#[derive(Clone)]
pub struct Market {
    pub(crate) index: Arc<Index>,
}

/// What a market knows, laid out for the inner loop.
///
/// Applicants stand in *places*: from the highest priority at their first choice to the lowest.
/// Deferred acceptance gives the same matching in any order, and in this one hardly anyone is
/// displaced and each programme's ranks are met nearly in sequence. Everything outside this crate
/// speaks of [`ApplicantIx`], the order of adding.
///
/// What has seats and a ranking is a *unit*: each programme, with the number it has, and after all
/// programmes each quota group. A choice of a grouped programme is expanded to one of each group
/// that is open to the applicant. In a market without groups units are just the programmes, and
/// choices those that were added.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Index {
    /// Seats by unit; for a group the most it can have, with all that may be passed on to it.
    pub(crate) seats: Vec<u32>,
    /// The applicant in each place.
    pub(crate) applicant_in: Vec<u32>,
    /// The place of each applicant.
    pub(crate) place_of: Vec<u32>,
    /// Where each place's choices begin in `choices`; one more entry than places.
    pub(crate) starts: Vec<u32>,
    /// The choices by place, in order of preference. A choice of the pseudo unit
    /// `seats.len()`, which accepts everybody, ends each list: the loop needs no other end.
    pub(crate) choices: Choices,
    /// Where each unit's ranking begins in `holder` and `choice_at`; one more entry than units.
    pub(crate) rankings: Vec<u32>,
    /// The place that holds each rank of each unit.
    pub(crate) holder: Vec<u32>,
    /// The number in `choices` of the choice that holds each rank of each unit.
    pub(crate) choice_at: Vec<u32>,
    /// Where each unit's bitmap of ranks begins, in words of 64 bits; one more entry than units,
    /// the last one being the word of the pseudo unit.
    pub(crate) words: Vec<u32>,
    /// Which units are groups, in a market that has any.
    pub(crate) grouping: Option<Grouping>,
}

impl Market {
    /// Number of applicants, those with an empty list included.
    #[must_use]
    pub fn applicants(&self) -> usize {
        self.index.place_of.len()
    }

    /// Number of programmes.
    #[must_use]
    pub fn programmes(&self) -> usize {
        self.index.programmes()
    }

    /// Number of choices, over all applicants.
    #[must_use]
    pub fn choices(&self) -> usize {
        let index = &*self.index;
        index.grouping.as_ref().map_or(index.holder.len(), Grouping::choices)
    }

    /// Seats of a programme, those of all its groups together.
    #[must_use]
    pub fn seats(&self, programme: ProgrammeIx) -> u32 {
        self.index.seats[programme.index()]
    }

    /// The programmes that an applicant lists, most wanted first.
    pub fn list(&self, applicant: ApplicantIx) -> impl ExactSizeIterator<Item = ProgrammeIx> + '_ {
        let index = &*self.index;
        let place = index.place_of[applicant.index()] as usize;
        (0..index.list_length(place))
            .map(move |position| index.programme_at(index.choice(place, position)))
    }

    /// Those who list a programme, highest priority first, each with the position (counted from
    /// 0) of the programme in their own list.
    ///
    /// At a grouped programme: those whom the first group is open to, by its ranking; then, of the
    /// others, those whom the second is open to, by its ranking; and so on.
    pub fn ranking(
        &self,
        programme: ProgrammeIx,
    ) -> impl ExactSizeIterator<Item = (ApplicantIx, usize)> + '_ {
        self.index.ranking(programme).map(|entry| self.index.listing(entry))
    }

    /// How many go before an applicant in the [`ranking`](Self::ranking) of the programme that
    /// stands at `position` (counted from 0) in the applicant's list: 0 for the highest priority
    /// there. O(1), and at a grouped programme O(ranking).
    ///
    /// # Panics
    ///
    /// When the list is not that long.
    #[must_use]
    pub fn rank_at(&self, applicant: ApplicantIx, position: usize) -> usize {
        let index = &*self.index;
        let place = index.place_of[applicant.index()] as usize;
        let length = index.list_length(place);
        assert!(position < length, "position {position} in a list of {length}");
        let choice = index.choice(place, position);
        let programme = index.programme_at(choice);
        if self.groups(programme).is_empty() {
            return index.choices.rank(choice) as usize;
        }
        let before = |&entry: &usize| index.choice_at[entry] as usize != choice;
        index.ranking(programme).take_while(before).count()
    }

    /// The quota groups of a programme in order of precedence; none when it is plain.
    #[must_use]
    pub fn groups(&self, programme: ProgrammeIx) -> &[QuotaGroup] {
        self.index.grouping.as_ref().map_or(&[], |grouping| grouping.layout.groups(programme))
    }

    /// Those whom a quota group (counted from 0) is open to, highest priority in the group first,
    /// each with the position (counted from 0) of the programme in their own list.
    ///
    /// # Panics
    ///
    /// When the programme has no such group.
    pub fn group_ranking(
        &self,
        programme: ProgrammeIx,
        group: usize,
    ) -> impl ExactSizeIterator<Item = (ApplicantIx, usize)> + '_ {
        let unit = self.index.group(programme, group);
        self.index.entries(unit).map(|entry| self.index.listing(entry))
    }
}

impl fmt::Debug for Market {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Market")
            .field("applicants", &self.applicants())
            .field("programmes", &self.programmes())
            .field("choices", &self.choices())
            .finish()
    }
}

impl Index {
    /// Number of programmes.
    pub(crate) fn programmes(&self) -> usize {
        self.grouping.as_ref().map_or(self.seats.len(), |grouping| grouping.layout.programmes())
    }

    /// The choices of the applicant in a place, expanded and without the sentinel.
    pub(crate) fn expanded(&self, place: usize) -> Range<usize> {
        self.starts[place] as usize..self.sentinel(place) as usize
    }

    /// How many programmes the applicant in a place lists.
    pub(crate) fn list_length(&self, place: usize) -> usize {
        match &self.grouping {
            None => self.expanded(place).len(),
            Some(grouping) => grouping.list(place).len(),
        }
    }

    /// The first of the choices that a position in the list of a place was expanded to.
    pub(crate) fn choice(&self, place: usize, position: usize) -> usize {
        match &self.grouping {
            None => self.starts[place] as usize + position,
            Some(grouping) => grouping.list(place)[position] as usize,
        }
    }

    /// The choices that a position in the list of a place was expanded to.
    pub(crate) fn expanded_choice(&self, place: usize, position: usize) -> Range<usize> {
        let next = position + 1;
        let end = match next < self.list_length(place) {
            true => self.choice(place, next),
            false => self.sentinel(place) as usize,
        };
        self.choice(place, position)..end
    }

    /// Where in the list of a place the programme of a choice stands.
    pub(crate) fn position(&self, place: usize, choice: usize) -> usize {
        match &self.grouping {
            None => choice - self.starts[place] as usize,
            Some(grouping) => {
                grouping.list(place).partition_point(|&first| first as usize <= choice) - 1
            }
        }
    }

    /// The choice that ends the list of the applicant in a place.
    pub(crate) fn sentinel(&self, place: usize) -> u32 {
        self.starts[place + 1] - 1
    }

    /// The programme of a choice that is no sentinel.
    pub(crate) fn programme_at(&self, choice: usize) -> ProgrammeIx {
        ProgrammeIx::new(self.group_at(choice).0 as u32)
    }

    /// The number of the programme of a choice, and its group if it is grouped. The sentinel has
    /// no programme's number.
    pub(crate) fn group_at(&self, choice: usize) -> (usize, Option<usize>) {
        let unit = self.choices.unit(choice);
        match &self.grouping {
            Some(grouping) if unit < self.seats.len() => grouping.layout.group_of(unit),
            _ => (unit, None),
        }
    }

    /// The unit of a group.
    ///
    /// # Panics
    ///
    /// When the programme has no such group.
    pub(crate) fn group(&self, programme: ProgrammeIx, group: usize) -> usize {
        match &self.grouping {
            Some(grouping) => grouping.layout.unit(programme, group),
            None => panic!("group {group} of a programme without groups"),
        }
    }

    /// The entries of a unit in `holder` and `choice_at`.
    pub(crate) fn entries(&self, unit: usize) -> Range<usize> {
        self.rankings[unit] as usize..self.rankings[unit + 1] as usize
    }

    /// The entries of all units of a programme: its own, and those of its groups in order of
    /// precedence.
    pub(crate) fn all_entries(&self, programme: ProgrammeIx) -> Range<usize> {
        match self.grouping.as_ref().map(|grouping| grouping.units(programme)) {
            Some(units) if !units.is_empty() => {
                self.rankings[units.start] as usize..self.rankings[units.end] as usize
            }
            _ => self.entries(programme.index()),
        }
    }

    /// An entry for each who lists a programme, in the order of [`Market::ranking`]; at a grouped
    /// programme the entry in the first group that is open to them.
    pub(crate) fn ranking(&self, programme: ProgrammeIx) -> impl ExactSizeIterator<Item = usize> {
        let own = self.entries(programme.index());
        let grouped = self.grouping.as_ref().map(|grouping| grouping.everyone(programme));
        // One of the two is empty: nobody asks the unit of a grouped programme itself.
        let grouped = grouped.unwrap_or(&[]);
        let shift = own.start;
        (0..own.len() + grouped.len())
            .map(move |rank| grouped.get(rank).map_or(shift + rank, |&entry| entry as usize))
    }

    /// The applicant of an entry, and where in their list its programme stands.
    fn listing(&self, entry: usize) -> (ApplicantIx, usize) {
        let place = self.holder[entry] as usize;
        let position = self.position(place, self.choice_at[entry] as usize);
        (self.applicant(entry), position)
    }

    /// The applicant of an entry.
    pub(crate) fn applicant(&self, entry: usize) -> ApplicantIx {
        self.applicant_in_place(self.holder[entry] as usize)
    }

    /// The applicant in a place.
    pub(crate) fn applicant_in_place(&self, place: usize) -> ApplicantIx {
        ApplicantIx::new(self.applicant_in[place])
    }

    /// The number of the programme of a unit.
    pub(crate) fn programme_of_unit(&self, unit: usize) -> usize {
        self.grouping.as_ref().map_or(unit, |grouping| grouping.layout.group_of(unit).0)
    }
}
