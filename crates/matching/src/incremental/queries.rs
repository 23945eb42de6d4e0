//! What a changing matching answers.

use crate::{ApplicantIx, Incremental, Market, ProgrammeIx};

use super::moves::Placement;

impl Incremental {
    /// The market, as it was before any change.
    #[must_use]
    pub fn market(&self) -> &Market {
        &self.market
    }

    /// Where an applicant is placed. O(1), with groups O(log list).
    #[must_use]
    pub fn placement_of(&self, applicant: ApplicantIx) -> Option<Placement> {
        let place = self.place(applicant);
        Placement::new(&self.market.index, place, self.state.held(place))
    }

    /// The programme where an applicant is placed.
    #[must_use]
    pub fn programme_of(&self, applicant: ApplicantIx) -> Option<ProgrammeIx> {
        self.placement_of(applicant).map(|placement| placement.programme)
    }

    /// The position in the applicant's list (counted from 0) of the programme where they are
    /// placed.
    #[must_use]
    pub fn choice_of(&self, applicant: ApplicantIx) -> Option<usize> {
        self.placement_of(applicant).map(|placement| placement.choice)
    }

    /// The quota group that took an applicant; none when they are unplaced or placed at a plain
    /// programme.
    #[must_use]
    pub fn group_of(&self, applicant: ApplicantIx) -> Option<usize> {
        self.placement_of(applicant).and_then(|placement| placement.group)
    }

    /// Whether the choice at a position (counted from 0) of the applicant's list is live.
    ///
    /// # Panics
    ///
    /// When the list is not that long.
    #[must_use]
    pub fn is_live(&self, applicant: ApplicantIx, position: usize) -> bool {
        let place = self.place(applicant);
        let length = self.market.index.list_length(place);
        assert!(position < length, "position {position} in a list of {length}");
        self.state.is_live(self.market.index.choice(place, position))
    }

    /// Seats of a programme, those of all its groups together.
    #[must_use]
    pub fn seats(&self, programme: ProgrammeIx) -> u32 {
        self.state.seats(programme.index())
    }

    /// A quota group's own seats, without what may be passed on to it.
    ///
    /// # Panics
    ///
    /// When the programme has no such group.
    #[must_use]
    pub fn group_seats(&self, programme: ProgrammeIx, group: usize) -> u32 {
        self.state.seats(self.market.index.group(programme, group))
    }

    /// Seats of a programme that nobody holds. O(groups).
    #[must_use]
    pub fn vacancies(&self, programme: ProgrammeIx) -> u32 {
        match self.market.index.grouping.as_ref().map(|grouping| grouping.units(programme)) {
            Some(groups) if !groups.is_empty() => groups
                .filter(|&group| self.state.passes_to(group).is_none())
                .map(|group| self.state.vacant(group))
                .sum(),
            _ => self.state.vacant(programme.index()),
        }
    }

    /// The reserve list of a programme without groups: those with a live choice of it who want it
    /// more than what they have, highest priority first. O(ranking / 64 + reserves).
    ///
    /// # Panics
    ///
    /// When the programme has groups.
    pub fn reserves(&self, programme: ProgrammeIx) -> impl Iterator<Item = ApplicantIx> + '_ {
        self.unit_reserves(self.plain_unit(programme))
    }

    /// The reserve list of a quota group: those it is open to, with a live choice of the programme,
    /// who want it more than what they have, highest priority in the group first.
    /// O(ranking / 64 + reserves).
    ///
    /// # Panics
    ///
    /// When the programme has no such group.
    pub fn group_reserves(
        &self,
        programme: ProgrammeIx,
        group: usize,
    ) -> impl Iterator<Item = ApplicantIx> + '_ {
        self.unit_reserves(self.market.index.group(programme, group))
            .filter(move |&applicant| self.programme_of(applicant) != Some(programme))
    }

    fn unit_reserves(&self, unit: usize) -> impl Iterator<Item = ApplicantIx> + '_ {
        let index = &*self.market.index;
        let first = index.entries(unit).start;
        self.state.claimants(index, unit).map(move |rank| index.applicant(first + rank))
    }
}
