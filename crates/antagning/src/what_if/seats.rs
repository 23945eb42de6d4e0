//! Where a seat must be added so that nobody loses one.

use std::collections::{BTreeMap, BTreeSet};

use antagning_formats::Diagnostics;

use crate::error::Error;
use crate::quotas::Selection;
use crate::season::Season;
use crate::what_if::view::{Unit, View};

/// How many seats are added where.
pub(super) type Added = BTreeMap<Unit, u32>;

/// Looks for seats to add to a season in which one applicant is judged otherwise.
pub(super) struct Search<'a> {
    before: View<'a>,
    season: &'a Season,
    applicant: usize,
}

/// What was found.
pub(super) struct Found {
    pub(super) added: Added,
    /// Whether no smaller number would do; else only none of them can be left out.
    pub(super) is_fewest: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(before: View<'a>, season: &'a Season, applicant: usize) -> Self {
        Self { before, season, applicant }
    }

    /// The seats to add, which `seat`, the one that the applicant would have got, is tried as
    /// first; then every other of their list, from the top. Where the chain parts everybody one of
    /// them is enough (docs/what-if.md); where equals are treated together, one is added wherever
    /// somebody still loses, until nobody does, and then whatever can be is left out.
    pub(super) fn find(&self, seat: Option<Unit>) -> Result<Found, Error> {
        if self.losers(&Added::new())?.is_empty() {
            return Ok(Found { added: Added::new(), is_fewest: true });
        }
        for unit in seat.into_iter().chain(self.listed()) {
            let added = Added::from([(unit, 1)]);
            if self.losers(&added)?.is_empty() {
                return Ok(Found { added, is_fewest: true });
            }
        }
        let mut added: Added = seat.into_iter().map(|seat| (seat, 1)).collect();
        loop {
            let losers = self.losers(&added)?;
            if losers.is_empty() {
                break;
            }
            // A loser had a seat.
            let lost: BTreeSet<Unit> =
                losers.into_iter().filter_map(|loser| self.before.held(loser)).collect();
            lost.into_iter().for_each(|unit| *added.entry(unit).or_default() += 1);
        }
        self.leave_out(&mut added)?;
        Ok(Found { added, is_fewest: false })
    }

    /// Takes away one seat after another that nobody needs. More seats never hurt anybody, so what
    /// is needed stays needed when others are taken away.
    fn leave_out(&self, added: &mut Added) -> Result<(), Error> {
        for unit in added.keys().copied().collect::<Vec<_>>() {
            while let Some(count) = added.get(&unit).copied() {
                let mut fewer = added.clone();
                match count {
                    1 => fewer.remove(&unit),
                    _ => fewer.insert(unit, count - 1),
                };
                if !self.losers(&fewer)?.is_empty() {
                    break;
                }
                *added = fewer;
            }
        }
        Ok(())
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

    /// Everybody but the applicant who has less than before when these seats are added.
    fn losers(&self, added: &Added) -> Result<Vec<usize>, Error> {
        let season = with_seats(self.season, added);
        let assessment = season.assessment();
        let place = season.place(&assessment)?;
        let placed = place.matched();
        let entrants = assessment.entrants();
        let offsets = &season.data.choices.offsets;
        let has_less = |applicant: &usize| {
            let first = entrants.offsets[*applicant];
            let rank = placed
                .held(*applicant)
                .map_or(u32::MAX, |(at, _)| entrants.choice[first + at] - offsets[*applicant] + 1);
            rank > self.before.rank(*applicant)
        };
        let everybody = 0..season.data.applicant_ids.len();
        Ok(everybody.filter(|a| *a != self.applicant).filter(has_less).collect())
    }
}

/// The season with more seats.
pub(super) fn with_seats(season: &Season, added: &Added) -> Season {
    let mut season = season.clone();
    for (&(programme, group), &count) in added {
        let programme = programme as usize;
        season.data.programmes.capacity[programme] += count;
        if let Some(group) = group {
            let row = season.data.quota_groups.of(programme).start + usize::from(group);
            season.data.quota_groups.seats[row] += count;
        }
    }
    // What there was to say about the groups was said when they were read first.
    season.selection = Selection::read(&season.data, &season.plan, &mut Diagnostics::default());
    season
}
