//! Uncertainty: a season and scenarios over many draws of lotteries, cohorts, tastes and no-shows.

mod crew;
mod distribution;
mod engine;
mod faults;
mod key;
mod luck;
mod mallows;
mod merge;
mod part;
mod rows;
mod study;
mod subject;
mod tally;
mod text;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use antagning_formats::{Diagnostics, StagedFolder, TableFormat};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::planning::histogram::Histogram;
use crate::planning::simulation::base::{Base, as_faults_of};

pub use distribution::{Decimal, Distribution};
pub use study::{Uncertainty, UncertaintyFigure};

use engine::Stage;
use key::Key;
use part::{Head, ScenarioFile, Settings};
use rows::Rows;

/// What differs between the draws of a study.
///
/// A draw is a pure function of the season, the scenario, the seed and its number. All luck follows
/// from what it is for: seed, draw, purpose, applicant and, for lots at each programme, programme. So
/// the same person has the same luck in every scenario (common random numbers).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variation {
    /// The seed.
    pub seed: u64,
    /// Other lottery numbers, by the season's scope.
    pub lottery: bool,
    /// Other cohorts: each applicant is there 0, 1, 2 … times, Poisson with mean 1. Copies have
    /// lots of their own; whoever officials have placed by hand is there once.
    pub cohort: bool,
    /// The dispersion φ of lists around those stated, in hundredths from 0 (as stated) to 100 (every
    /// order equally likely): the Mallows model.
    pub tastes: u32,
    /// How many of a hundred applicants do not turn up, from 0 to 100; the figures are those of the
    /// admission without them.
    pub no_shows: u32,
}

/// A part of the draws, for one of many machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    pub number: u32,
    /// Of how many.
    pub of: u32,
}

impl Shard {
    /// The draws of this part of so many.
    fn draws(self, draws: u32) -> Range<u32> {
        let until = |parts: u32| (u64::from(draws) * u64::from(parts) / u64::from(self.of)) as u32;
        until(self.number - 1)..until(self.number)
    }
}

/// A study to be made: a season, scenarios, and how often to draw what.
#[derive(Clone, Debug)]
pub struct UncertaintyRequest<'a> {
    /// The season folder.
    pub season: &'a Path,
    /// Scenario files; without any it is the season alone.
    pub scenarios: &'a [PathBuf],
    /// How many draws, at least 1.
    pub draws: u32,
    /// What differs between them.
    pub variation: Variation,
}

impl UncertaintyRequest<'_> {
    /// Makes the whole study and writes its tables into a folder, whole or not at all; `drawn` is
    /// told from several threads how many more draws are done.
    ///
    /// For each draw O(choices · log) for the market and O(choices) for each scenario of other seats;
    /// a scenario that changes more has a market of its own. Memory grows with the figures, and by a
    /// season for each scenario that changes more than seats, not with the draws.
    ///
    /// # Errors
    /// [`Error::Rejected`] with every fault of the request, the season or the scenarios, also where
    /// equals are admitted or rejected together; [`Error::Output`] when something stands at `out` or the file system refuses.
    pub fn run(
        &self,
        out: impl AsRef<Path>,
        tables: TableFormat,
        drawn: impl Fn(u32) + Sync,
    ) -> Result<Uncertainty, Error> {
        let out = out.as_ref();
        let (stage, settings) = self.stage(out, |report| faults::check_tables(tables, report))?;
        let folder = StagedFolder::new(out).map_err(|source| output(out, source))?;
        let rows = Rows::create(&folder, &settings, tables).map_err(|e| output(out, e))?;
        let figures = self.draw(&stage, 0..self.draws, (rows, out), drawn)?;
        Uncertainty::new(settings, figures).publish(folder, tables)
    }

    /// Makes a part of the study and writes it into a folder for [`Uncertainty::merge`], which gives
    /// what [`UncertaintyRequest::run`] gives, byte for byte.
    ///
    /// # Errors
    /// As [`UncertaintyRequest::run`].
    pub fn run_shard(
        &self,
        shard: Shard,
        out: impl AsRef<Path>,
        drawn: impl Fn(u32) + Sync,
    ) -> Result<PathBuf, Error> {
        let out = out.as_ref();
        let check = |report: &mut _| faults::check_shard(shard, self.draws, report);
        let (stage, settings) = self.stage(out, check)?;
        let folder = StagedFolder::new(out).map_err(|source| output(out, source))?;
        let format = TableFormat::Csv;
        let rows = Rows::create(&folder, &settings, format).map_err(|e| output(out, e))?;
        let draws = shard.draws(self.draws);
        let figures = self.draw(&stage, draws.clone(), (rows, out), drawn)?;
        Head::write(folder, settings, draws, &figures).map_err(|source| output(out, source))
    }

    /// Draws, and writes what each draw came to as it comes; gives the figures over the draws.
    fn draw(
        &self,
        stage: &Stage,
        draws: Range<u32>,
        (mut rows, out): (Rows, &Path),
        drawn: impl Fn(u32) + Sync,
    ) -> Result<BTreeMap<Key, Histogram>, Error> {
        let row = |draw, scenario: usize, people: &_| {
            rows.of_draw(draw, scenario, people).map_err(|source| output(out, source))
        };
        let figures = stage.draw(&self.variation, draws, row, drawn)?;
        rows.finish().map_err(|source| output(out, source))?;
        Ok(figures)
    }

    /// Reads and checks everything, `check` what only a whole or only a part can be asked for, and
    /// says what the study is of.
    fn stage(
        &self,
        out: &Path,
        check: impl FnOnce(&mut Diagnostics),
    ) -> Result<(Stage, Settings), Error> {
        StagedFolder::refuse_existing(out).map_err(|source| output(out, source))?;
        let mut report = Diagnostics::default();
        faults::check_request(self, &mut report);
        check(&mut report);
        let scenarios = super::read(self.scenarios, &mut report);
        let base = Base::open(self.season, false, &mut report)?;
        faults::check_season(&base.season, &self.variation, &mut report);
        let stage = Stage::new(self.season, base, scenarios, report)?;
        let mut report = Diagnostics::default();
        for (scenario, edited) in stage.edited() {
            let mut faults = Diagnostics::default();
            faults::check_season(&edited.season, &self.variation, &mut faults);
            as_faults_of::<()>(scenario, Err(Error::Rejected(faults)), &mut report)?;
        }
        if report.error_count() > 0 {
            return Err(Error::Rejected(report));
        }
        let settings = Settings {
            engine_version: env!("CARGO_PKG_VERSION").to_owned(),
            season: stage.base.data.inputs.clone(),
            scenarios: stage.scenarios.iter().map(ScenarioFile::of).collect(),
            draws: self.draws,
            variation: self.variation,
        };
        Ok((stage, settings))
    }
}

fn output(path: &Path, source: std::io::Error) -> Error {
    Error::Output { path: path.to_owned(), source }
}
