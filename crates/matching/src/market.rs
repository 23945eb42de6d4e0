//! A validated market and its two-way index.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::packed::Choices;
use crate::{ApplicantIx, ProgrammeIx};

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
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Index {
    /// Seats by programme.
    pub(crate) seats: Vec<u32>,
    /// The applicant in each place.
    pub(crate) applicant_in: Vec<u32>,
    /// The place of each applicant.
    pub(crate) place_of: Vec<u32>,
    /// Where each place's choices begin in `choices`; one more entry than places.
    pub(crate) starts: Vec<u32>,
    /// The choices by place, in order of preference. A choice of the pseudo programme
    /// `seats.len()`, which accepts everybody, ends each list: the loop needs no other end.
    pub(crate) choices: Choices,
    /// Where each programme's ranking begins in `holder` and `choice_at`; one more entry than
    /// programmes.
    pub(crate) rankings: Vec<u32>,
    /// The place that holds each rank of each programme.
    pub(crate) holder: Vec<u32>,
    /// The number in `choices` of the choice that holds each rank of each programme.
    pub(crate) choice_at: Vec<u32>,
    /// Where each programme's bitmap of ranks begins, in words of 64 bits; one more entry than
    /// programmes, the last one being the word of the pseudo programme.
    pub(crate) words: Vec<u32>,
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
        self.index.seats.len()
    }

    /// Number of choices, over all applicants.
    #[must_use]
    pub fn choices(&self) -> usize {
        self.index.holder.len()
    }

    /// Seats of a programme.
    #[must_use]
    pub fn seats(&self, programme: ProgrammeIx) -> u32 {
        self.index.seats[programme.index()]
    }

    /// The programmes that an applicant lists, most wanted first.
    pub fn list(&self, applicant: ApplicantIx) -> impl ExactSizeIterator<Item = ProgrammeIx> + '_ {
        let index = &*self.index;
        index
            .list(index.place_of[applicant.index()] as usize)
            .map(|choice| ProgrammeIx::new(index.choices.programme(choice) as u32))
    }

    /// Those who list a programme, highest priority first, each with the position (counted from
    /// 0) of the programme in their own list.
    pub fn ranking(
        &self,
        programme: ProgrammeIx,
    ) -> impl ExactSizeIterator<Item = (ApplicantIx, usize)> + '_ {
        let index = &*self.index;
        index.ranking(programme).map(|rank| {
            let place = index.holder[rank] as usize;
            let position = index.choice_at[rank] - index.starts[place];
            (ApplicantIx::new(index.applicant_in[place]), position as usize)
        })
    }

    /// How many go before an applicant at the programme that stands at `position` (counted from
    /// 0) in the applicant's list: 0 for the highest priority there. O(1).
    ///
    /// # Panics
    ///
    /// When the list is not that long.
    #[must_use]
    pub fn rank_at(&self, applicant: ApplicantIx, position: usize) -> usize {
        let list = self.index.list(self.index.place_of[applicant.index()] as usize);
        assert!(position < list.len(), "position {position} in a list of {}", list.len());
        self.index.choices.rank(list.start + position) as usize
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
    /// The choices of the applicant in a place, without the sentinel.
    pub(crate) fn list(&self, place: usize) -> Range<usize> {
        self.starts[place] as usize..self.sentinel(place) as usize
    }

    /// The choice that ends the list of the applicant in a place.
    pub(crate) fn sentinel(&self, place: usize) -> u32 {
        self.starts[place + 1] - 1
    }

    /// The entries of a programme in `holder` and `choice_at`.
    pub(crate) fn ranking(&self, programme: ProgrammeIx) -> Range<usize> {
        let programme = programme.index();
        self.rankings[programme] as usize..self.rankings[programme + 1] as usize
    }
}
