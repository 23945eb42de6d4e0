//! Scenarios: what would come of a season if something were different.

mod base;
mod cast;
mod categories;
mod cohort;
mod draft;
mod engine;
mod files;
mod lines;
mod opening;
mod people;
mod quota_groups;
mod ran;
mod report;
mod seats;
mod sheet;
mod starts;
mod taste;
mod text;
mod uncertainty;

use std::path::{Path, PathBuf};

use antagning_formats::{Code, Diagnostic, Diagnostics, Scenario};
use serde::Serialize;

use crate::error::Error;

pub use files::SimulationFolder;
pub use report::{
    FiguresDifference, Flow, GroupFigures, OfferDifference, OfferFigures, OpenedOffer,
    ScenarioFigures, ScenarioReport,
};

pub use text::SimulationText;
pub use uncertainty::{
    Decimal, Distribution, Shard, Uncertainty, UncertaintyFigure, UncertaintyRequest, Variation,
};

use base::Base;

/// What the figures are: never a decision.
const STATUS: &str = "working material";

/// Scenarios beside the season that they change. Working material for planning, no decision.
#[derive(Clone, Debug, Serialize)]
pub struct Simulation {
    /// What the figures are: never a decision.
    pub status: &'static str,
    /// The season as it stands.
    pub base: ScenarioReport,
    /// The scenarios in the order of the files.
    pub scenarios: Vec<ScenarioReport>,
}

impl Simulation {
    /// Runs the scenarios of some files on a season folder; `verify` has the verifier prove every
    /// run, and each of them is then matched anew.
    ///
    /// Holds all reports at once; [`Simulation::each`] does not.
    ///
    /// # Errors
    /// As [`Simulation::each`].
    pub fn new(season: impl AsRef<Path>, files: &[PathBuf], verify: bool) -> Result<Self, Error> {
        let mut reports = Vec::new();
        Self::each(season, files, verify, |report| {
            reports.push(report);
            Ok(())
        })?;
        let base = reports.remove(0);
        Ok(Self { status: STATUS, base, scenarios: reports })
    }

    /// Hands over the report of the season as it stands, and then that of each scenario, in the
    /// order of the files, as they come: memory does not grow with their number.
    ///
    /// A scenario that changes seats alone goes on from a matching that is there and costs
    /// O(applicants + choices) for its figures; any other is a whole run. Each equals the run of
    /// a season folder with the change written into it.
    ///
    /// # Errors
    /// [`Error::Rejected`] with every fault of the scenarios, or with every fault of the season and
    /// those of the scenarios that show without it; nothing is run then, but where a scenario makes a season that is not sound, which only its
    /// run shows. [`Error::Violated`] when the verifier finds a run wrong. What `told` returns.
    pub fn each(
        season: impl AsRef<Path>,
        files: &[PathBuf],
        verify: bool,
        mut told: impl FnMut(ScenarioReport) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let folder = season.as_ref();
        let mut report = Diagnostics::default();
        let scenarios = read(files, &mut report);
        let base = Base::open(folder, verify, &mut report)?;
        let seats = base.check(&scenarios, &mut report);
        if report.error_count() > 0 {
            return Err(Error::Rejected(report));
        }
        told(ScenarioReport::of_base(&base))?;
        base.run(folder, (&scenarios, seats), verify, told)
    }
}

/// What reports call the season as it stands.
const BASE: &str = "base";

/// Reads the scenarios of some files; what is wrong is reported.
fn read(files: &[PathBuf], report: &mut Diagnostics) -> Vec<Scenario> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    for file in files {
        for scenario in Scenario::read(file, report) {
            let name = &scenario.name;
            let taken = match name.text.as_str() {
                BASE => Some("the season as it stands is called base"),
                // That it is missing is told.
                "" => None,
                text if scenarios.iter().any(|known| known.name.text == text) => {
                    Some("there are two scenarios of that name")
                }
                _ => None,
            };
            if let Some(message) = taken {
                let fault = Diagnostic::new(Code::DuplicateId, scenario.file.clone(), message);
                let fault = fault.at(name.spot()).column("name").value(&name.text);
                report.push(fault.hint("give each scenario a name of its own"));
            }
            scenarios.push(scenario);
        }
    }
    scenarios
}
