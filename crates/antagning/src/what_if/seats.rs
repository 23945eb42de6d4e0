//! Where a seat must be added so that nobody loses one.

use antagning_formats::Diagnostics;

use crate::error::Error;
use crate::quotas::Selection;
use crate::season::Season;
use crate::what_if::view::{Unit, View};

/// Looks for a seat to add to a season in which one applicant is judged otherwise.
pub(super) struct Search<'a> {
    before: View<'a>,
    season: &'a Season,
    applicant: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(before: View<'a>, season: &'a Season, applicant: usize) -> Self {
        Self { before, season, applicant }
    }

    /// Where a seat must be added so that nobody loses one; `None` when nobody does. `seat`, the
    /// one that the applicant would have got, is tried first, then every other of their list, from
    /// the top.
    ///
    /// One seat is always enough, since the season differs from that of the run in nothing but what
    /// is known of the applicant (docs/what-if.md): added where they go before somebody of the run,
    /// it leaves everybody else what they had.
    ///
    /// # Errors
    /// As [`Season::place`].
    pub(super) fn find(&self, seat: Option<Unit>) -> Result<Option<Unit>, Error> {
        if !self.does_somebody_lose(None)? {
            return Ok(None);
        }
        for unit in seat.into_iter().chain(self.listed()) {
            if !self.does_somebody_lose(Some(unit))? {
                return Ok(Some(unit));
            }
        }
        unreachable!("one seat where the applicant has a claim is enough")
    }

    /// The places of the applicant's list, from the top, group by group.
    fn listed(&self) -> impl Iterator<Item = Unit> {
        let data = &self.season.data;
        let quotas = &self.season.selection.quotas;
        data.choices.of(self.applicant).flat_map(move |choice| {
            let programme = data.choices.programme[choice];
            let groups = quotas.of(programme as usize).len() as u16;
            let plain = (groups == 0).then_some((programme, None));
            plain.into_iter().chain((0..groups).map(move |group| (programme, Some(group))))
        })
    }

    /// Whether anybody but the applicant has less than before when this seat is added.
    fn does_somebody_lose(&self, added: Option<Unit>) -> Result<bool, Error> {
        let season = with_seat(self.season, added);
        let assessment = season.assessment();
        let place = season.place(&assessment)?;
        let placed = place.matched();
        let entrants = assessment.entrants();
        let offsets = &season.data.choices.offsets;
        let has_less = |applicant: usize| {
            let first = entrants.offsets[applicant];
            let rank = placed
                .held(applicant)
                .map_or(u32::MAX, |(at, _)| entrants.choice[first + at] - offsets[applicant] + 1);
            rank > self.before.rank(applicant)
        };
        let mut everybody = 0..season.data.applicant_ids.len();
        Ok(everybody.any(|applicant| applicant != self.applicant && has_less(applicant)))
    }
}

/// The season with a seat more.
pub(super) fn with_seat(season: &Season, added: Option<Unit>) -> Season {
    let mut season = season.clone();
    let Some((programme, group)) = added else { return season };
    let programme = programme as usize;
    season.data.programmes.capacity[programme] += 1;
    if let Some(group) = group {
        let row = season.data.quota_groups.of(programme).start + usize::from(group);
        season.data.quota_groups.seats[row] += 1;
        // What there was to say about the groups was said when they were read first.
        season.selection = Selection::read(&season.data, &season.plan, &mut Diagnostics::default());
    }
    season
}
