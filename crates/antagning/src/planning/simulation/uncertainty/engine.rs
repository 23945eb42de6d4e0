//! Draws: every scenario on the very same people, lists and lots.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use antagning_formats::{Diagnostics, Scenario};
use antagning_matching::{ApplicantIx, DeferredAcceptance, Matching, ProgrammeIx, WarmStart};
use antagning_rules::{Assessment, Dossiers, Entrants, Held};
use rayon::prelude::*;

use crate::error::Error;
use crate::planning::histogram::Histogram;
use crate::planning::simulation::base::{Base, Edited, as_faults_of};
use crate::planning::simulation::draft::Seats;
use crate::planning::simulation::seats::{Ceiling, ceiling, fewer, seats_at, seats_of};
use crate::planning::simulation::sheet::{Sheet, Tally as People};
use crate::planning::simulation::uncertainty::Variation;
use crate::planning::simulation::uncertainty::crew::Crew;
use crate::planning::simulation::uncertainty::key::Key;
use crate::planning::simulation::uncertainty::luck::Luck;
use crate::planning::simulation::uncertainty::mallows::Mallows;
use crate::planning::simulation::uncertainty::subject::Subject;
use crate::planning::simulation::uncertainty::tally::{Names, Tally};
use crate::season::Season;

/// Draws that are drawn before their rows are handed on, a thread.
const AHEAD: usize = 16;

/// A season and its scenarios, sound and ready to be drawn.
pub(super) struct Stage {
    pub(super) base: Base,
    pub(super) scenarios: Vec<Scenario>,
    /// Where seats alone are other.
    seats: Vec<Option<Vec<Seats>>>,
    /// What the other scenarios make of the season.
    edited: Vec<Option<Edited>>,
}

impl Stage {
    /// Applies the scenarios.
    pub(super) fn new(
        folder: &Path,
        base: Base,
        scenarios: Vec<Scenario>,
        mut report: Diagnostics,
    ) -> Result<Self, Error> {
        let seats = base.check(&scenarios, &mut report);
        if report.error_count() > 0 {
            return Err(Error::Rejected(report));
        }
        let mut edited = Vec::new();
        for (scenario, seats) in scenarios.iter().zip(&seats) {
            if seats.as_ref().is_some_and(|seats| base.is_free(seats)) {
                edited.push(None);
                continue;
            }
            // What a draft has to say was said before.
            let quiet = &mut Diagnostics::default();
            let made = base.edited(folder, scenario, quiet).and_then(|made| {
                made.season.place(&made.season.assessment())?;
                Ok(made)
            });
            let made = as_faults_of(scenario, made, &mut report)?;
            // Seats alone are enough for those whom officials have placed, as was just seen.
            edited.push(made.filter(|_| seats.is_none()));
        }
        match report.error_count() {
            0 => Ok(Self { base, scenarios, seats, edited }),
            _ => Err(Error::Rejected(report)),
        }
    }

    /// The scenarios that change more than seats, with the seasons that they make.
    pub(super) fn edited(&self) -> impl Iterator<Item = (&Scenario, &Edited)> {
        let all = self.scenarios.iter().zip(&self.edited);
        all.filter_map(|(scenario, edited)| Some((scenario, edited.as_ref()?)))
    }

    /// Draws, and hands on what each draw came to, scenario by scenario, the base first; gives the
    /// figures over these draws.
    pub(super) fn draw(
        &self,
        variation: &Variation,
        draws: Range<u32>,
        mut row: impl FnMut(u32, usize, &People) -> Result<(), Error>,
        drawn: impl Fn(u32) + Sync,
    ) -> Result<BTreeMap<Key, Histogram>, Error> {
        let (season, base) = (&self.base.season, &self.base);
        let ceiling = ceiling(base, self.seats.iter().flatten());
        let (seats, quotas) = seats_at(base, &ceiling);
        let dossiers = Dossiers { seats: &seats, quotas: &quotas, ..season.dossiers() };
        let plan = &season.plan;
        let assessment = Assessment::new(dossiers, plan.chain.clone(), &plan.lottery, season);
        let offsets = &self.base.data.choices.offsets;
        let own_seats = seats_of(season, &Ceiling::new());
        let mut subject = Subject::new((season, &assessment), None, offsets, own_seats);
        let edited: Vec<&Edited> = self.edited().map(|(_, edited)| edited).collect();
        let assessments: Vec<_> = edited.iter().map(|edited| edited.season.assessment()).collect();
        let mut subjects: Vec<_> = edited
            .iter()
            .zip(&assessments)
            .map(|(edited, assessment)| {
                let seats = seats_of(&edited.season, &Ceiling::new());
                let season = (&edited.season, assessment);
                Subject::new(season, Some((*edited, &subject.fixed)), offsets, seats)
            })
            .collect();
        let all = std::iter::once(&mut subject).chain(&mut subjects);
        unite(all.map(|subject| &mut subject.schools).collect());
        let longest = offsets.windows(2).map(|list| list[1] - list[0]).max().unwrap_or(0);
        let mallows = Mallows::new(variation.tastes, longest as usize);
        let mut edited = subjects.iter();
        let runs = self.seats.iter().map(|seats| match seats {
            Some(seats) => {
                let told = seats.iter().map(|(at, group, seats)| ((*at, *group), *seats));
                let told = seats_of(season, &told.collect());
                Run::Seats { fewer: fewer(base, &ceiling, seats), told }
            }
            None => Run::Edited(edited.next().expect("a season for each other scenario")),
        });
        let runs: Vec<Run<'_>> = runs.collect();
        let fewer = fewer(base, &ceiling, &[]);
        let ground = Ground { stage: self, variation, mallows, subject: &subject, fewer, runs };
        let names = ground.names();
        let idle = Mutex::new(Vec::new());
        let ahead = AHEAD * rayon::current_num_threads();
        let mut next = draws.start;
        while next < draws.end {
            let numbers = next..draws.end.min(next.saturating_add(ahead as u32));
            next = numbers.end;
            let rows = numbers.clone().into_par_iter().map(|number| {
                let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let mut worker = taken.unwrap_or_else(|| Worker::new(&names));
                let rows = worker.draw(&ground, &names, number);
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                drawn(1);
                rows
            });
            let rows: Vec<Vec<People>> = rows.collect::<Result<_, Error>>()?;
            for (number, rows) in numbers.zip(&rows) {
                for (scenario, people) in rows.iter().enumerate() {
                    row(number, scenario, people)?;
                }
            }
        }
        let idle = idle.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut tallies: Vec<Tally> = names.iter().map(Tally::empty).collect();
        for worker in &idle {
            tallies.iter_mut().zip(&worker.tallies).for_each(|(all, own)| all.merge(own));
        }
        let mut figures = BTreeMap::new();
        for (scenario, (tally, names)) in tallies.into_iter().zip(&names).enumerate() {
            tally.into_figures(scenario, names, u64::from(draws.end - draws.start), &mut figures);
        }
        Ok(figures)
    }
}

/// One list of municipalities for all.
fn unite(all: Vec<&mut crate::planning::simulation::sheet::Schools>) {
    let mut united: Vec<String> =
        all.iter().flat_map(|schools| schools.municipalities.iter().cloned()).collect();
    united.sort_unstable();
    united.dedup();
    for schools in all {
        let number = |name: &String| united.partition_point(|known| known < name) as u16;
        let numbers: Vec<u16> = schools.municipalities.iter().map(number).collect();
        schools.of.iter_mut().for_each(|at| *at = numbers[usize::from(*at)]);
        schools.municipalities.clone_from(&united);
    }
}

/// How a scenario is run in each draw.
enum Run<'a> {
    /// On the market of the base, with fewer seats than its ceiling.
    Seats { fewer: Vec<(ProgrammeIx, Option<usize>, u32)>, told: Vec<u32> },
    /// As a season of its own.
    Edited(&'a Subject<'a>),
}

/// What all draws share.
struct Ground<'a> {
    stage: &'a Stage,
    variation: &'a Variation,
    mallows: Mallows,
    subject: &'a Subject<'a>,
    /// How many seats fewer than the ceiling the base has.
    fewer: Vec<(ProgrammeIx, Option<usize>, u32)>,
    runs: Vec<Run<'a>>,
}

impl Ground<'_> {
    /// What the rows of each scenario are called, those of the base first.
    fn names(&self) -> Vec<Names<'_>> {
        let base = &self.stage.base;
        let rows = |season: &Season, source: &dyn Fn(usize) -> Option<u32>| {
            let mut rows = Vec::new();
            for (programme, id) in season.data.programmes.ids.iter().enumerate() {
                rows.push((id.to_owned(), String::new(), source(programme)));
                let groups = season.selection.quotas.of(programme);
                for group in groups.iter().filter(|_| groups.len() > 1) {
                    rows.push((id.to_owned(), group.name.clone(), source(programme)));
                }
            }
            rows
        };
        let own = rows(&base.season, &|programme| Some(programme as u32));
        let places: BTreeMap<(u32, &str), usize> = own
            .iter()
            .enumerate()
            .filter_map(|(at, (_, group, source))| Some(((*source.as_ref()?, group.as_str()), at)))
            .collect();
        let names = |rows: &[(String, String, Option<u32>)]| {
            let row = |(id, group, source): &(String, String, Option<u32>)| {
                let before = source.and_then(|at| places.get(&(at, group.as_str())).copied());
                (id.clone(), group.clone(), before)
            };
            Names {
                groups: &base.categories.names,
                offers: rows.iter().map(row).collect(),
                homes: &base.categories.homes,
                municipalities: &self.subject.schools.municipalities,
            }
        };
        let scenario = |(run, edited): (&Run<'_>, &Option<Edited>)| match (run, edited) {
            (Run::Edited(_), Some(edited)) => {
                names(&rows(&edited.season, &|programme| edited.offer[programme]))
            }
            _ => names(&own),
        };
        let scenarios = self.runs.iter().zip(&self.stage.edited).map(scenario);
        std::iter::once(names(&own)).chain(scenarios).collect()
    }
}

/// Memory that draws use one after the other, and what they came to.
struct Worker {
    tallies: Vec<Tally>,
    crew: Crew,
    /// The people of a scenario that is a season of its own.
    other: Crew,
    scratch: DeferredAcceptance,
}

impl Worker {
    fn new(names: &[Names<'_>]) -> Self {
        Self {
            tallies: names.iter().map(Tally::empty).collect(),
            crew: Crew::default(),
            other: Crew::default(),
            scratch: DeferredAcceptance::default(),
        }
    }

    /// One draw: what it comes to in the base and in each scenario.
    fn draw(
        &mut self,
        ground: &Ground<'_>,
        names: &[Names<'_>],
        number: u32,
    ) -> Result<Vec<People>, Error> {
        let Ground { stage, subject, .. } = ground;
        let luck = Luck::new(ground.variation.seed, u64::from(number));
        let drawn = (ground.variation, &ground.mallows);
        self.crew.draw(subject, drawn, luck, None);
        let market = subject.assessment.market_of(self.crew.entrants());
        let market = market.map_err(|error| stage.base.season.no_market(&error))?;
        let start = WarmStart::new(&market);
        let categories = &stage.base.categories;
        let matching = start.run(&mut self.scratch, ground.fewer.iter().copied());
        let base = Sheet::new(
            subject.assessment,
            &self.crew,
            (categories, None),
            &subject.schools,
            &subject.seats,
            held(&matching, subject, self.crew.entrants()),
        );
        drop(matching);
        self.tallies[0].add(&names[0], &base, None);
        let mut rows = vec![base.total];
        for (at, run) in (1..).zip(&ground.runs) {
            let before = (categories, Some(&base.standing[..]));
            let sheet = match run {
                Run::Seats { fewer, told } => {
                    let matching = start.run(&mut self.scratch, fewer.iter().copied());
                    let (assessment, schools) = (subject.assessment, &subject.schools);
                    let held = held(&matching, subject, self.crew.entrants());
                    Sheet::new(assessment, &self.crew, before, schools, told, held)
                }
                Run::Edited(other) => {
                    self.other.draw(other, drawn, luck, Some(&self.crew));
                    let market = other.assessment.market_of(self.other.entrants());
                    let market = market.map_err(|error| stage.base.season.no_market(&error))?;
                    let matching = self.scratch.run(&market);
                    let (assessment, schools) = (other.assessment, &other.schools);
                    let held = held(&matching, other, self.other.entrants());
                    Sheet::new(assessment, &self.other, before, schools, &other.seats, held)
                }
            };
            self.tallies[at].add(&names[at], &sheet, Some(&base));
            rows.push(sheet.total);
        }
        Ok(rows)
    }
}

/// Where a matching places the people of a draw.
fn held<'m>(
    matching: &'m Matching<'_>,
    subject: &'m Subject<'_>,
    people: &'m Entrants,
) -> impl Fn(usize) -> Held + 'm {
    let quotas = subject.assessment.dossiers().quotas;
    move |person| {
        // There are fewer people than a market can number.
        let number = ApplicantIx::new(person as u32);
        let position = matching.choice_of(number)?;
        let programme = people.programme[people.offsets[person] + position] as usize;
        let is_grouped = !quotas.of(programme).is_empty();
        Some((position, is_grouped.then(|| matching.group_of(number)).flatten()))
    }
}
