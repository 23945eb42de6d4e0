//! The numbers that the season's own seed gives.

use antagning_matching::{ApplicantIx, LotteryNumbers, ProgrammeIx};
use antagning_rules::{Assessment, LotteryIds as _, LotteryScope};

use crate::season::Season;

/// The numbers of the published lottery, as places in their order.
pub(super) struct PublishedNumbers<'s> {
    assessment: &'s Assessment<'s>,
    scope: LotteryScope,
    /// By applicant or, by the lottery's scope, by entrant.
    places: Vec<u32>,
}

impl<'s> PublishedNumbers<'s> {
    pub(super) fn new(season: &Season, assessment: &'s Assessment<'s>) -> Self {
        let (lottery, entrants) = (&season.plan.lottery, assessment.entrants());
        let scope = lottery.scope();
        let applicants = 0..entrants.offsets.len() - 1;
        let numbers: Vec<u64> = match scope {
            LotteryScope::Applicant => applicants
                .map(|applicant| lottery.number(season.applicant(applicant), ""))
                .collect(),
            LotteryScope::Programme => applicants
                .flat_map(|applicant| {
                    let list = entrants.offsets[applicant]..entrants.offsets[applicant + 1];
                    list.map(move |entrant| (applicant, entrants.programme[entrant] as usize))
                })
                .map(|(a, programme)| {
                    lottery.number(season.applicant(a), season.programme(programme))
                })
                .collect(),
        };
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        let place = |number: &u64| sorted.partition_point(|other| other < number) as u32;
        Self { assessment, scope, places: numbers.iter().map(place).collect() }
    }
}

impl LotteryNumbers for &PublishedNumbers<'_> {
    fn number(&self, applicant: ApplicantIx, programme: ProgrammeIx) -> u32 {
        let applicant = applicant.index();
        if self.scope == LotteryScope::Applicant {
            return self.places[applicant];
        }
        let entrants = self.assessment.entrants();
        let mut list = entrants.offsets[applicant]..entrants.offsets[applicant + 1];
        let entrant = list.find(|&e| entrants.programme[e] as usize == programme.index());
        entrant.map_or(u32::MAX, |entrant| self.places[entrant])
    }
}
