//! A season that has been read and found sound.

use std::borrow::Cow;
use std::path::Path;
use std::time::Instant;

use antagning_formats::{Code, Diagnostic, Diagnostics, MANIFEST};
use antagning_matching::{ApplicantIx, MarketError, ProgrammeIx};
use antagning_rules::{Assessment, Dossiers, LotteryIds, RuleSet};

use crate::admission::Admission;
use crate::decisions::Rulings;
use crate::dossier::Ground;
use crate::error::Error;
use crate::market::Place;
use crate::observe::{Observer, Stage};
use crate::plan::Plan;
use crate::plausibility;
use crate::quotas::Selection;
use crate::rounds::{self, Continuation, Link, Standing};
use crate::run::Run;

/// A season without faults, ready to run.
#[derive(Clone, Debug)]
pub struct Season {
    pub(crate) data: antagning_formats::Season,
    pub(crate) plan: Plan,
    pub(crate) ground: Ground,
    pub(crate) selection: Selection,
    pub(crate) rulings: Rulings,
    pub(crate) standing: Standing,
    pub(crate) warnings: Diagnostics,
    pub(crate) read_ms: f64,
}

impl Season {
    /// Reads a season folder and checks all of it.
    ///
    /// # Errors
    /// [`Error::Rejected`] with every fault of every file; warnings alone reject nothing.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, Error> {
        Self::open_in_chain(folder, Continuation::default())
    }

    /// [`Season::open`] for a run that continues another: applies what `events.csv` tells, and
    /// keeps the seats that applicants hold since then.
    ///
    /// # Errors
    /// As [`Season::open`]; [`Error::Chain`] when the run is altered, not proven, of a round that
    /// this season's cannot follow, or has read events that the season's no longer begin with;
    /// [`Error::NotADate`].
    pub fn open_in_chain(
        folder: impl AsRef<Path>,
        continuation: Continuation<'_>,
    ) -> Result<Self, Error> {
        let started = Instant::now();
        let mut report = Diagnostics::default();
        let data = antagning_formats::Season::read(folder.as_ref(), &mut report);
        Self::prepare(folder.as_ref(), (data, report), continuation, started)
    }

    /// Checks what was read of a folder, with the findings so far, and prepares it to be run.
    pub(crate) fn prepare(
        folder: &Path,
        (mut data, mut report): (antagning_formats::Season, Diagnostics),
        continuation: Continuation<'_>,
        started: Instant,
    ) -> Result<Self, Error> {
        let Some(plan) = Plan::read(&data, &mut report) else {
            data.test_scores.report_unused(&data, &mut report);
            report_without_choices(&data, &mut report);
            return Err(Error::Rejected(report));
        };
        let link = Link::new(continuation, &data, folder, &plan, &mut report)?;
        let standing = Standing::read(&mut data, link, continuation.date, &plan, &mut report);
        // Events may tell of the choice that a test was for.
        data.test_scores.report_unused(&data, &mut report);
        report_without_choices(&data, &mut report);
        let mut ground = Ground::prepare(&data, &plan, &mut report);
        let selection = Selection::read(&data, &plan, &mut report);
        // Without the choices, lost to a fault of theirs or of the programmes that they name,
        // nobody can tell what a decision is about.
        let rulings = match data.choices.offsets.is_empty() {
            true => Rulings::default(),
            false => {
                Rulings::read(&data, &plan, &selection.quotas, &mut ground, &standing, &mut report)
            }
        };
        report_long_lists(&data, &mut report);
        if report.error_count() > 0 {
            return Err(Error::Rejected(report));
        }
        let read_ms = 0.0;
        let mut season =
            Self { data, plan, ground, selection, rulings, standing, warnings: report, read_ms };
        if let Some(run) = continuation.after {
            let mut jumps = Diagnostics::default();
            plausibility::warn_since_run(&season, run, &mut jumps)?;
            season.warnings.append(jumps);
        }
        season.read_ms = milliseconds(started);
        Ok(season)
    }

    /// Opens the season that a run was made of, as it was opened then: after the run that it
    /// continues, which must lie beside it.
    ///
    /// # Errors
    /// As [`Season::open_in_chain`]; [`Error::Chain`] when the run before is not there.
    pub fn open_for(folder: impl AsRef<Path>, run: &Run) -> Result<Self, Error> {
        let before = rounds::run_before(run)?;
        let date = run.manifest().date.as_deref();
        Self::open_in_chain(folder, Continuation { after: before.as_ref(), date })
    }

    /// Adds warnings about schools and municipalities whose figures jump since an earlier run, or
    /// since an earlier season: applicants, eligibility, mean score, and (since a season) missing
    /// grades. What counts as a jump stands in the season's `rules.toml`.
    ///
    /// # Errors
    /// [`Error::Violated`] when the run is altered; [`Error::Rejected`] when the run or the season
    /// cannot be read; [`Error::NotARun`].
    pub fn compared_with(mut self, earlier: impl AsRef<Path>) -> Result<Self, Error> {
        let earlier = earlier.as_ref();
        let mut jumps = Diagnostics::default();
        if earlier.join(MANIFEST).exists() {
            plausibility::warn_since_run(&self, &Run::open(earlier)?, &mut jumps)?;
        } else {
            let earlier = Self::open(earlier)?;
            plausibility::warn_since_season(&self, &earlier, &mut jumps);
        }
        self.warnings.append(jumps);
        Ok(self)
    }

    /// The warnings that reading gave.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// Checks what only the priorities can tell: that the tie-break chain leaves nobody equal.
    ///
    /// # Errors
    /// [`Error::Rejected`] with the number of applicants that ties touch.
    pub fn check_ties(&self) -> Result<(), Error> {
        self.place(&self.assessment()).map(drop)
    }

    /// Matches, and proves the result; writes nothing.
    ///
    /// # Errors
    /// [`Error::Rejected`] when the tie-break chain leaves applicants equal, [`Error::Violated`]
    /// when the verifier finds the result wrong.
    pub fn admit(&self) -> Result<Admission<'_>, Error> {
        self.admit_observed(&|_| {})
    }

    /// [`Season::admit`], telling `observer` of each stage as it begins.
    ///
    /// # Errors
    /// As [`Season::admit`].
    pub fn admit_observed(&self, observer: Observer<'_>) -> Result<Admission<'_>, Error> {
        Admission::new(self, observer)
    }

    /// Matches, proves and writes a run folder, whole or not at all.
    ///
    /// # Errors
    /// As [`Season::admit`], and [`Error::Output`] when the folder exists or cannot be written.
    pub fn run(&self, out: impl AsRef<Path>) -> Result<Run, Error> {
        self.run_observed(out, &|_| {})
    }

    /// [`Season::run`], telling `observer` of each stage as it begins.
    ///
    /// # Errors
    /// As [`Season::run`].
    pub fn run_observed(
        &self,
        out: impl AsRef<Path>,
        observer: Observer<'_>,
    ) -> Result<Run, Error> {
        let admission = self.admit_observed(observer)?;
        observer(Stage::Write);
        admission.write(out)
    }

    /// How many applicants, programmes and choices the season has.
    #[must_use]
    pub fn size(&self) -> [usize; 3] {
        let choices = &self.data.choices.programme;
        [self.data.applicant_ids.len(), self.data.programmes.ids.len(), choices.len()]
    }

    /// The rule set that the season is run by.
    #[must_use]
    pub fn rule_set(&self) -> &RuleSet {
        &self.plan.rule_set
    }

    /// The choices through which seats are held since the run before, with their applicants'
    /// numbers.
    pub(crate) fn held_seats(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let rulings = &self.rulings.of_choice;
        let held = self.standing.held(&self.data);
        held.filter(|(_, choice)| rulings[*choice as usize].holds)
    }

    /// Name and school of a programme, as far as the season has them; its id in place of a name.
    pub(crate) fn title(&self, programme: usize) -> String {
        let programmes = &self.data.programmes;
        let cell = |column: &antagning_formats::TextColumn| {
            column.get(programme).replace(char::is_control, " ")
        };
        let name = match cell(&programmes.name) {
            name if name.is_empty() => programmes.ids.get(programme).to_owned(),
            name => name,
        };
        match cell(&programmes.school) {
            school if school.is_empty() => name,
            school => format!("{name}, {school}"),
        }
    }

    pub(crate) fn assessment(&self) -> Assessment<'_> {
        Assessment::new(self.dossiers(), self.plan.chain.clone(), &self.plan.lottery, self)
    }

    /// The assessment before the lottery: whom the chain leaves equal, the lottery parts.
    pub(crate) fn classes(&self) -> Assessment<'_> {
        Assessment::new(
            self.dossiers(),
            self.plan.chain.without_lottery(),
            &self.plan.lottery,
            self,
        )
    }

    /// What keeps the market from being built, as a rejection.
    pub(crate) fn no_market(&self, error: &MarketError) -> Error {
        let mut report = Diagnostics::default();
        report.push(self.ties(error));
        Error::Rejected(report)
    }

    /// The market of the season, and whoever is placed in it.
    pub(crate) fn place(&self, assessment: &Assessment<'_>) -> Result<Place, Error> {
        let mut report = self.rulings.check_placements(&self.data, &self.standing, assessment);
        if report.error_count() == 0 {
            match Place::new(assessment, self.plan.at_cutoff) {
                Ok(place) => return Ok(place),
                Err(error) => report.push(self.ties(&error)),
            }
        }
        // Whoever mends the error wants to see the warnings too.
        let mut all = self.warnings.clone();
        all.append(report);
        Err(Error::Rejected(all))
    }

    /// Ties that the chain leaves open, as a finding that says how many applicants they touch.
    fn ties(&self, error: &MarketError) -> Diagnostic {
        let message = match error {
            MarketError::UnresolvedTies { applicants, programmes, groups } => {
                let first = groups.first().map(|(programme, tied)| (*programme, None, &tied[..]));
                self.tied(*applicants, *programmes, first)
            }
            MarketError::UnresolvedTiesInGroups { applicants, programmes, ties } => {
                let first =
                    ties.first().map(|(programme, unit, tied)| (*programme, *unit, &tied[..]));
                self.tied(*applicants, *programmes, first)
            }
            other => other.to_string(),
        };
        Diagnostic::new(Code::UnresolvedTie, "choices.csv", message)
    }

    fn tied(
        &self,
        applicants: usize,
        programmes: usize,
        first: Option<(ProgrammeIx, Option<usize>, &[ApplicantIx])>,
    ) -> String {
        let example = first.map_or(String::new(), |(programme, unit, tied)| {
            // A group stands in the market once for each tier.
            let groups = self.selection.quotas.of(programme.index());
            let group = unit.map(|unit| &groups[unit % groups.len()]);
            let of_group = group.map_or(String::new(), |group| format!(" ({})", group.name));
            let ids = tied.iter().take(3);
            let ids: Vec<_> = ids.map(|a| self.data.applicant_ids.get(a.index())).collect();
            let programme = self.data.programmes.ids.get(programme.index());
            let more = if tied.len() > ids.len() { " …" } else { "" };
            format!("; at {programme}{of_group}: {}{more}", ids.join(", "))
        });
        format!(
            "the tie-break chain leaves {applicants} applicants equal with another; \
             programmes touched: {programmes}{example}"
        )
    }

    pub(crate) fn dossiers(&self) -> Dossiers<'_> {
        Dossiers {
            seats: &self.data.programmes.capacity,
            offsets: &self.data.choices.offsets,
            programme: &self.data.choices.programme,
            basis: self.ground.basis(),
            rulings: &self.rulings.of_choice,
            quotas: &self.selection.quotas,
            tests: &self.selection.tests,
            dancers: &self.rulings.dancers,
        }
    }
}

impl LotteryIds for Season {
    fn applicant(&self, applicant: usize) -> &str {
        self.data.applicant_ids.get(applicant)
    }

    fn programme(&self, programme: usize) -> &str {
        self.data.programmes.ids.get(programme)
    }
}

impl antagning_verify::Names for Season {
    fn applicant(&self, applicant: usize) -> &str {
        self.data.applicant_ids.get(applicant)
    }

    fn programme(&self, programme: usize) -> &str {
        self.data.programmes.ids.get(programme)
    }

    fn group(&self, programme: usize, group: usize) -> Cow<'_, str> {
        let group = self.selection.quotas.of(programme).get(group);
        group.map_or(Cow::Borrowed("?"), |group| Cow::Borrowed(&group.name))
    }
}

/// Lists longer than the season allows.
fn report_long_lists(season: &antagning_formats::Season, report: &mut Diagnostics) {
    let Some((most, _)) = season.settings.most_choices else { return };
    let lists = season.choices.offsets.windows(2).zip(season.applicant_ids.iter());
    for (bounds, id) in lists.filter(|(bounds, _)| bounds[1] - bounds[0] > most) {
        let message = format!("the list has {} choices; allowed: {most}", bounds[1] - bounds[0]);
        let line = season.choices.line[(bounds[0] + most) as usize];
        let fault = Diagnostic::new(Code::TooManyChoices, "choices.csv", message);
        report.push(fault.line(u64::from(line)).column("applicant_id").value(id));
    }
}

fn report_without_choices(season: &antagning_formats::Season, report: &mut Diagnostics) {
    let lists = season.choices.offsets.windows(2).zip(season.applicant_ids.iter());
    let mut without = lists.filter(|(bounds, _)| bounds[0] == bounds[1]);
    if let Some((_, first)) = without.next() {
        let count = 1 + without.count();
        let message = format!("applicants without a choice: {count}, {first} the first");
        report.push(Diagnostic::new(Code::ApplicantsWithoutChoices, "choices.csv", message));
    }
}

pub(crate) fn milliseconds(since: Instant) -> f64 {
    // Three decimals are what a clock is good for; manifests stay readable.
    (since.elapsed().as_secs_f64() * 1e6).round() / 1e3
}
