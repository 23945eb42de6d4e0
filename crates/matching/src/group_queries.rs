//! What a matching answers about the quota groups of a programme.

use crate::{ApplicantIx, Cutoff, Matching, ProgrammeIx};

/// Groups are counted from 0; methods panic when the programme has no such group.
impl Matching<'_> {
    /// The quota group that took an applicant; none when they are unplaced or placed at a plain
    /// programme. O(1).
    #[must_use]
    pub fn group_of(&self, applicant: ApplicantIx) -> Option<usize> {
        let index = &*self.market.index;
        index.group_at(self.held[index.place_of[applicant.index()] as usize] as usize).1
    }

    /// Those whom a quota group took, highest priority in the group first. O(ranking) for all.
    pub fn admitted_to_group(
        &self,
        programme: ProgrammeIx,
        group: usize,
    ) -> impl DoubleEndedIterator<Item = ApplicantIx> + '_ {
        let index = &*self.market.index;
        self.holders(index.entries(index.group(programme, group)))
    }

    /// How many a quota group took, on seats of its own and on those passed on to it. O(groups).
    #[must_use]
    pub fn seats_filled(&self, programme: ProgrammeIx, group: usize) -> u32 {
        let left = |group| self.vacant[self.market.index.group(programme, group)];
        let unfilled = left(group);
        let groups = self.market.groups(programme);
        let passing = (0..group).filter(|&earlier| groups[earlier].unfilled_to == Some(group));
        groups[group].seats + passing.map(left).sum::<u32>() - unfilled
    }

    /// The reserve list of a quota group: those it is open to who want the programme more than
    /// what they have, highest priority in the group first. O(ranking) for all.
    pub fn group_reserves(
        &self,
        programme: ProgrammeIx,
        group: usize,
    ) -> impl Iterator<Item = ApplicantIx> + '_ {
        let index = &*self.market.index;
        let entries = index.entries(index.group(programme, group));
        entries.filter(|&entry| self.waits(entry)).map(|entry| index.applicant(entry))
    }

    /// Where a quota group ended. Somebody was turned away by the group when they are on its
    /// reserve list, and also when a later group took them. O(ranking).
    #[must_use]
    pub fn group_cutoff(&self, programme: ProgrammeIx, group: usize) -> Cutoff {
        let index = &*self.market.index;
        let mut entries = index.entries(index.group(programme, group));
        let last = self.admitted_to_group(programme, group).next_back();
        let turned_away =
            entries.any(|entry| index.choice_at[entry] < self.held[index.holder[entry] as usize]);
        Cutoff::new(last, turned_away)
    }
}
