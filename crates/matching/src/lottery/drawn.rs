//! What one draw has decided.

use std::fmt;

use super::draw::{LotteryDraw, lot_of};
use super::{Lotteries, LotteryNumbers, position};
use crate::deferred_acceptance::worst_below;
use crate::tie_classes::words_of;
use crate::{ApplicantIx, Cutoff, ProgrammeIx};

/// The matching of one draw: who is placed where, and where admission ended.
///
/// Lent by [`LotteryDraw::run`]. Methods panic when given an index that the market's builder did not
/// give out, or a quota group that there is none of.
pub struct DrawnMatching<'a, N> {
    lotteries: &'a Lotteries,
    draw: &'a LotteryDraw,
    numbers: N,
}

impl<'a, N: LotteryNumbers> DrawnMatching<'a, N> {
    pub(super) fn new(lotteries: &'a Lotteries, draw: &'a LotteryDraw, numbers: N) -> Self {
        Self { lotteries, draw, numbers }
    }

    /// The position in the applicant's list (counted from 0) of the programme where they are
    /// placed. O(1), with groups O(log list).
    #[must_use]
    pub fn choice_of(&self, applicant: ApplicantIx) -> Option<usize> {
        position(&self.lotteries.market, &self.draw.held, applicant)
    }

    /// The programme where an applicant is placed. O(1).
    #[must_use]
    pub fn programme_of(&self, applicant: ApplicantIx) -> Option<ProgrammeIx> {
        let (programme, _) = self.held(applicant);
        let placed = programme < self.lotteries.programmes();
        placed.then(|| ProgrammeIx::new(programme as u32))
    }

    /// The quota group that took an applicant; none when they are unplaced or placed at a plain
    /// programme. O(1).
    #[must_use]
    pub fn group_of(&self, applicant: ApplicantIx) -> Option<usize> {
        self.held(applicant).1
    }

    /// Those whom the lottery has moved from [`Lotteries::best_choice_of`], to a choice less wanted,
    /// to a later quota group or to none; in no particular order. All others hold that choice. O(1)
    /// for each.
    pub fn moved(&self) -> impl ExactSizeIterator<Item = ApplicantIx> + '_ {
        let index = &*self.lotteries.market.index;
        self.draw.moved.iter().map(|&place| index.applicant_in_place(place as usize))
    }

    /// Whether no seat is left at a plain programme, or in a quota group (counted from 0) with what
    /// was passed on to it. O(1).
    #[must_use]
    pub fn is_full(&self, programme: ProgrammeIx, group: Option<usize>) -> bool {
        let unit = self.unit(programme, group);
        let passing = unit
            .checked_sub(self.lotteries.programmes())
            .map_or(0, |group| self.draw.passing[group].seats_to_pass_on());
        self.draw.units[unit].vacant == 0 && passing == 0
    }

    /// The one admitted to a plain programme, or taken by a quota group (counted from 0), with the
    /// lowest priority and in that the worst lot; `None` where nobody is. O(ranking / 64 + class).
    #[must_use]
    pub fn last_admitted(
        &self,
        programme: ProgrammeIx,
        group: Option<usize>,
    ) -> Option<ApplicantIx> {
        let index = &*self.lotteries.market.index;
        let unit = &self.draw.units[self.unit(programme, group)];
        if unit.members > 0 {
            let lot = self.draw.lots[(unit.ranking + unit.open) as usize];
            return Some(ApplicantIx::new(lot as u32));
        }
        let accepted = &self.draw.accepted[unit.words as usize..];
        let class = self.lotteries.classes.class_of(unit.words, worst_below(accepted, unit.limit)?);
        let ranks = words_of(accepted, class.start..class.end.min(unit.limit));
        let ranks = ranks.flat_map(|(first, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| first + bit)
        });
        let applicants = ranks.map(|rank| index.applicant((unit.ranking + rank) as usize));
        applicants.max_by_key(|&applicant| lot_of(self.numbers, applicant, programme))
    }

    /// Whether somebody was turned away by a plain programme or a quota group (counted from 0), of
    /// those who asked it; a later group may have taken them. O(1).
    #[must_use]
    pub fn turned_away(&self, programme: ProgrammeIx, group: Option<usize>) -> bool {
        self.draw.units[self.unit(programme, group)].turned_away
    }

    /// Where admission to a plain programme, or to a quota group (counted from 0), ended; as
    /// [`Matching::cutoff`](crate::Matching::cutoff) and
    /// [`Matching::group_cutoff`](crate::Matching::group_cutoff) have it. O(ranking / 64 + class).
    #[must_use]
    pub fn cutoff(&self, programme: ProgrammeIx, group: Option<usize>) -> Cutoff {
        let turned_away = self.turned_away(programme, group);
        Cutoff::new(self.last_admitted(programme, group), turned_away)
    }

    /// The lottery number of an applicant at a programme in this draw; the lower goes first.
    #[must_use]
    pub fn number(&self, applicant: ApplicantIx, programme: ProgrammeIx) -> u32 {
        self.numbers.number(applicant, programme)
    }

    fn held(&self, applicant: ApplicantIx) -> (usize, Option<usize>) {
        let index = &*self.lotteries.market.index;
        let place = index.place_of[applicant.index()] as usize;
        index.group_at(self.draw.held[place] as usize)
    }

    fn unit(&self, programme: ProgrammeIx, group: Option<usize>) -> usize {
        let index = &*self.lotteries.market.index;
        group.map_or(programme.index(), |group| index.group(programme, group))
    }
}

impl<N> fmt::Debug for DrawnMatching<'_, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DrawnMatching")
            .field("lotteries", &self.lotteries)
            .field("moved", &self.draw.moved.len())
            .finish()
    }
}
