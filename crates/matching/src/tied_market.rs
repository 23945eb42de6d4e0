//! A validated market in which applicants may share a priority.

use std::fmt;
use std::sync::Arc;

use crate::tie_classes::TieClasses;
use crate::{ApplicantIx, Market, ProgrammeIx};

/// A validated market without quota groups, in which applicants may share their priority at a
/// programme: those who do are a *tied class* there, and a [`TieRule`](crate::TieRule) treats them
/// alike.
///
/// Made by [`MarketBuilder::build_with_ties`](crate::MarketBuilder::build_with_ties), and never
/// changed after. A clone is another handle on the same data. Where those of one class have to
/// follow one another, as in [`ranking`](Self::ranking), they stand in the order of adding, which
/// means nothing.
///
/// Methods panic when given an index that the market's builder did not give out.
#[derive(Clone)]
pub struct TiedMarket {
    /// The market with all ties broken by the order of adding.
    pub(crate) strict: Market,
    pub(crate) classes: Arc<TieClasses>,
}

impl TiedMarket {
    pub(crate) fn new(strict: Market, classes: TieClasses) -> Self {
        Self { strict, classes: Arc::new(classes) }
    }

    /// Number of applicants, those with an empty list included.
    #[must_use]
    pub fn applicants(&self) -> usize {
        self.strict.applicants()
    }

    /// Number of programmes.
    #[must_use]
    pub fn programmes(&self) -> usize {
        self.strict.programmes()
    }

    /// Number of choices, over all applicants.
    #[must_use]
    pub fn choices(&self) -> usize {
        self.strict.choices()
    }

    /// Seats of a programme.
    #[must_use]
    pub fn seats(&self, programme: ProgrammeIx) -> u32 {
        self.strict.seats(programme)
    }

    /// The programmes that an applicant lists, most wanted first.
    pub fn list(&self, applicant: ApplicantIx) -> impl ExactSizeIterator<Item = ProgrammeIx> + '_ {
        self.strict.list(applicant)
    }

    /// Those who list a programme, highest priority first, each with the position (counted from
    /// 0) of the programme in their own list.
    pub fn ranking(
        &self,
        programme: ProgrammeIx,
    ) -> impl ExactSizeIterator<Item = (ApplicantIx, usize)> + '_ {
        self.strict.ranking(programme)
    }

    /// How many have a higher priority than an applicant at the programme that stands at
    /// `position` (counted from 0) in the applicant's list: the same for a whole tied class, and 0
    /// for the best one. O(1 + class / 64).
    ///
    /// # Panics
    ///
    /// When the list is not that long.
    #[must_use]
    pub fn rank_at(&self, applicant: ApplicantIx, position: usize) -> usize {
        let rank = self.strict.rank_at(applicant, position) as u32;
        let index = &*self.strict.index;
        let choice = index.choice(index.place_of[applicant.index()] as usize, position);
        let words = index.words[index.choices.unit(choice)];
        self.classes.class_of(words, rank).start as usize
    }

    /// How many applicants share their priority with another at some programme. O(1).
    #[must_use]
    pub fn tied_applicants(&self) -> usize {
        self.classes.applicants
    }

    /// At how many programmes applicants share their priority. O(1).
    #[must_use]
    pub fn tied_programmes(&self) -> usize {
        self.classes.programmes
    }
}

impl fmt::Debug for TiedMarket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TiedMarket")
            .field("market", &self.strict)
            .field("tied_applicants", &self.tied_applicants())
            .field("tied_programmes", &self.tied_programmes())
            .finish()
    }
}
