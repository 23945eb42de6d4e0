//! Runs scenarios: those that change seats alone from a matching that is there, all others anew.

use std::path::Path;

use antagning_formats::{Diagnostics, Scenario};
use rayon::prelude::*;

use crate::error::Error;
use crate::market::Place;
use crate::planning::simulation::base::{Base, Edited, as_faults_of};
use crate::planning::simulation::cast::{AsStated, Origin};
use crate::planning::simulation::draft::Seats;
use crate::planning::simulation::ran::{Ran, RanOffers};
use crate::planning::simulation::report::ScenarioReport;
use crate::planning::simulation::seats::{Ceiling, seats_of};
use crate::planning::simulation::sheet::{Schools, Sheet};
use crate::planning::simulation::starts::Starts;
use crate::season::Season;

/// So many scenarios are run before their reports are handed over.
const AT_A_TIME: usize = 64;

impl Base {
    /// Runs the scenarios, with `seats` as [`Base::check`] gives them, and hands each report over in
    /// their order; the result is the same for any number of threads. Few reports are there at a
    /// time. After a fault the others are run for their faults alone.
    pub(super) fn run(
        &self,
        folder: &Path,
        (scenarios, seats): (&[Scenario], Vec<Option<Vec<Seats>>>),
        verify: bool,
        mut told: impl FnMut(ScenarioReport) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut report = Diagnostics::default();
        let free = |seats: &Vec<Seats>| self.is_free(seats);
        let seats: Vec<_> = seats.into_iter().map(|seats| seats.filter(free)).collect();
        let assessment = self.season.assessment();
        let starts = match (verify, self.season.place(&assessment)?) {
            (false, Place::Strict(market)) => {
                Some(Starts::new(self, &assessment, &market, &seats)?)
            }
            _ => None,
        };
        for (seats, scenarios) in seats.chunks(AT_A_TIME).zip(scenarios.chunks(AT_A_TIME)) {
            let ran: Vec<Option<ScenarioReport>> = match &starts {
                Some(starts) => {
                    let each = seats.len().div_ceil(4 * rayon::current_num_threads()).max(1);
                    let chunks = seats.par_chunks(each).zip(scenarios.par_chunks(each));
                    chunks
                        .map(|(seats, scenarios)| starts.run(seats, scenarios))
                        .flatten_iter()
                        .collect()
                }
                None => vec![None; seats.len()],
            };
            // One after the other: each takes as much memory as a season, and all threads.
            for (ran, scenario) in ran.into_iter().zip(scenarios) {
                let ran = match ran {
                    Some(ran) => Some(ran),
                    None => self.anew(folder, scenario, verify, &mut report)?,
                };
                if let Some(ran) = ran.filter(|_| report.error_count() == 0) {
                    told(ran)?;
                }
            }
        }
        match report.error_count() {
            0 => Ok(()),
            _ => Err(Error::Rejected(report)),
        }
    }

    /// Runs a scenario as a season of its own; `None` where that is not sound, which is reported.
    fn anew(
        &self,
        folder: &Path,
        scenario: &Scenario,
        verify: bool,
        report: &mut Diagnostics,
    ) -> Result<Option<ScenarioReport>, Error> {
        let ran = self.edited(folder, scenario, report).and_then(|edited| {
            if verify {
                edited.season.admit()?;
            }
            self.count(&edited)
        });
        let ran = as_faults_of(scenario, ran, report)?;
        Ok(ran.map(|ran| ScenarioReport::new(self, scenario, &ran)))
    }

    fn count(&self, edited: &Edited) -> Result<Ran, Error> {
        let season = &edited.season;
        let assessment = season.assessment();
        let place = season.place(&assessment)?;
        let placed = place.matched();
        let origin = Origin {
            applicant: &edited.applicant,
            choice: &edited.choice,
            same: &edited.same,
            offsets: &self.data.choices.offsets,
        };
        let cast = AsStated { assessment: &assessment, origin: Some(origin) };
        let base = (&self.categories, Some(&self.sheet.standing[..]));
        let seats = seats_of(season, &Ceiling::new());
        let schools = Schools::of(season);
        let held = |applicant| placed.held(applicant);
        let sheet = Sheet::new(&assessment, &cast, base, &schools, &seats, held);
        let count = season.data.programmes.ids.len();
        let name = |group: &antagning_rules::QuotaGroup| group.name.clone();
        let groups = |p: usize| season.selection.quotas.of(p).iter().map(name).collect();
        let offers = RanOffers {
            source: edited.offer.clone(),
            ids: season.data.programmes.ids.iter().map(str::to_owned).collect(),
            titles: (0..count).map(|p| season.title(p)).collect(),
            groups: (0..count).map(groups).collect(),
            wanted: wanted(season),
        };
        Ok(Ran { sheet, offers: Some(offers) })
    }
}

/// How many list each offer, and how many have it first.
fn wanted(season: &Season) -> Vec<(u32, u32)> {
    let mut wanted = vec![(0, 0); season.data.programmes.ids.len()];
    for applicant in 0..season.data.applicant_ids.len() {
        let rows = season.data.choices.of(applicant);
        for row in rows.clone() {
            let (all, first) = &mut wanted[season.data.choices.programme[row] as usize];
            *all += 1;
            *first += u32::from(row == rows.start);
        }
    }
    wanted
}
