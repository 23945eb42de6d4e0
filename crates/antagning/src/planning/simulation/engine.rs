//! Runs scenarios: those that change seats alone from a matching that is there, all others anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use antagning_formats::{
    Code, Diagnostic, Diagnostics, EditedSeason, Listed, Scenario, Season as SeasonData,
};
use antagning_matching::{
    ApplicantIx, DeferredAcceptance, Incremental, Moves, ProgrammeIx, WarmStart,
};
use antagning_rules::{Assessment, Dossiers, Held, Quotas};
use rayon::prelude::*;

use crate::error::Error;
use crate::market::Place;
use crate::planning::simulation::cast::{AsStated, Origin};
use crate::planning::simulation::categories::Categories;
use crate::planning::simulation::draft::{Draft, Seats};
use crate::planning::simulation::people;
use crate::planning::simulation::report::ScenarioReport;
use crate::planning::simulation::sheet::{Schools, Sheet};
use crate::rounds::Continuation;
use crate::season::Season;

/// Up to so many seats are added and taken one by one; beyond that all who are concerned propose
/// anew.
const FEW_SEATS: u64 = 250;

/// So many scenarios are run before their reports are handed over.
const AT_A_TIME: usize = 64;

/// The season that scenarios are held against.
pub(super) struct Base {
    pub(super) data: SeasonData,
    pub(super) season: Season,
    pub(super) categories: Categories,
    pub(super) schools: Schools,
    pub(super) sheet: Sheet,
}

/// The season that a scenario makes.
pub(super) struct Edited {
    pub(super) season: Season,
    /// For each offer its number in the base.
    pub(super) offer: Vec<Option<u32>>,
    /// As [`Origin`] has them.
    pub(super) applicant: Vec<(u32, bool)>,
    pub(super) choice: Vec<(u32, Listed)>,
}

/// A run of a scenario: its figures, and the ids and titles of the offers that they are about.
pub(super) struct Ran {
    pub(super) sheet: Sheet,
    /// For each offer its number in the base; `None` when they are those of the base.
    pub(super) offers: Option<RanOffers>,
}

/// The offers of a season that is not the base.
pub(super) struct RanOffers {
    pub(super) source: Vec<Option<u32>>,
    pub(super) ids: Vec<String>,
    pub(super) titles: Vec<String>,
    /// The names of the quota groups by offer.
    pub(super) groups: Vec<Vec<String>>,
    /// How many list each offer, and how many have it first.
    pub(super) wanted: Vec<(u32, u32)>,
}

impl Base {
    /// Reads and runs the season.
    pub(super) fn open(folder: &Path, verify: bool) -> Result<Self, Error> {
        let mut report = Diagnostics::default();
        let data = SeasonData::read(folder, &mut report);
        if let Some(event) = data.events.first() {
            let message = "scenarios are held against a season before anything has happened";
            let fault = Diagnostic::new(Code::FaultyScenario, "events.csv", message);
            let hint = "take events.csv out of the folder for the simulation";
            report.push(fault.line(u64::from(event.line)).hint(hint));
        }
        let read = (data.clone(), report);
        let season = Season::prepare(folder, read, Continuation::default(), Instant::now())?;
        let assessment = season.assessment();
        let place = season.place(&assessment)?;
        if verify {
            season.admit()?;
        }
        let categories = Categories::new(&season, &assessment);
        let placed = place.matched();
        let seats = seats_of(&season, &BTreeMap::new());
        let schools = Schools::of(&season);
        let cast = AsStated { assessment: &assessment, origin: None };
        let sheet =
            Sheet::new(&assessment, &cast, (&categories, None), &schools, &seats, |applicant| {
                placed.held(applicant)
            });
        drop(placed);
        Ok(Self { data, categories, schools, sheet, season })
    }

    /// Applies the scenarios to the offers and gives where seats are other, for those that a
    /// matching can go on to; what cannot be is reported.
    pub(super) fn check(
        &self,
        scenarios: &[Scenario],
        report: &mut Diagnostics,
    ) -> Vec<Option<Vec<Seats>>> {
        let rules = self.season.rule_set();
        // Where officials have placed somebody, fewer seats may be too few for them.
        let rulings = self.season.rulings.of_choice.iter().zip(&self.season.data.choices.programme);
        let by_hand: BTreeSet<u32> =
            rulings.filter(|(ruling, _)| ruling.goes_first()).map(|(_, at)| *at).collect();
        let free = |seats: &Vec<Seats>| !seats.iter().any(|(at, ..)| by_hand.contains(at));
        let draft = |scenario| Draft::new(&self.data, rules, scenario, report).seats_alone();
        scenarios.iter().map(draft).map(|seats| seats.filter(free)).collect()
    }

    /// Runs the scenarios, with `seats` as [`Base::check`] gives them, and hands each report over in
    /// their order; the result is the same for any number of threads. Few reports are there at a
    /// time. After a fault the others are run for their faults alone.
    pub(super) fn run(
        &self,
        folder: &Path,
        (scenarios, seats): (&[Scenario], &[Option<Vec<Seats>>]),
        verify: bool,
        mut told: impl FnMut(ScenarioReport) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut report = Diagnostics::default();
        let assessment = self.season.assessment();
        let starts = match (verify, self.season.place(&assessment)?) {
            (false, Place::Strict(market)) => Some(Starts::new(self, &assessment, &market, seats)?),
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

    /// The season that a scenario makes, with the faults that any season may have.
    pub(super) fn edited(
        &self,
        folder: &Path,
        scenario: &Scenario,
        report: &mut Diagnostics,
    ) -> Result<Edited, Error> {
        let draft = Draft::new(&self.data, self.season.rule_set(), scenario, report);
        let EditedSeason { season, offer, applicant, choice } = people::edited(&self.data, draft);
        let read = (season, Diagnostics::default());
        let season = Season::prepare(folder, read, Continuation::default(), Instant::now())?;
        Ok(Edited { season, offer, applicant, choice })
    }

    fn count(&self, edited: &Edited) -> Result<Ran, Error> {
        let season = &edited.season;
        let assessment = season.assessment();
        let place = season.place(&assessment)?;
        let placed = place.matched();
        let origin = Origin {
            applicant: &edited.applicant,
            choice: &edited.choice,
            offsets: &self.data.choices.offsets,
        };
        let cast = AsStated { assessment: &assessment, origin: Some(origin) };
        let base = (&self.categories, Some(&self.sheet.standing[..]));
        let seats = seats_of(season, &BTreeMap::new());
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

/// Faults of the season that a scenario makes, as faults of the scenario; then there is no result.
pub(super) fn as_faults_of<T>(
    scenario: &Scenario,
    result: Result<T, Error>,
    report: &mut Diagnostics,
) -> Result<Option<T>, Error> {
    let faults = match result {
        Ok(made) => return Ok(Some(made)),
        Err(Error::Rejected(faults)) => faults,
        Err(error) => return Err(error),
    };
    for fault in faults.iter().filter(|fault| fault.severity == crate::Severity::Error) {
        let message = format!("the season would no longer be sound: {fault}");
        let told = Diagnostic::new(Code::FaultyScenario, scenario.file.clone(), message);
        let told = told.line(scenario.line).column("scenario");
        report.push(told.value(&scenario.name.text).hint(fault.hint.clone()));
    }
    Ok(None)
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

/// Matchings that scenarios of other seats go on from.
struct Starts<'b> {
    base: &'b Base,
    assessment: &'b Assessment<'b>,
    /// The base, for scenarios of few other seats.
    near: Incremental,
    /// Where it places everybody.
    held: Vec<Held>,
    /// The most seats that any other scenario has everywhere, where that is not the base's.
    ceiling: Ceiling,
    far: Option<WarmStart>,
}

impl<'b> Starts<'b> {
    fn new(
        base: &'b Base,
        assessment: &'b Assessment<'b>,
        market: &antagning_matching::Market,
        scenarios: &[Option<Vec<Seats>>],
    ) -> Result<Self, Error> {
        let far = scenarios.iter().flatten().filter(|seats| !is_near(base, seats));
        let ceiling = ceiling(base, far);
        let far = match ceiling.is_empty() {
            true => None,
            false => Some(highest(base, &ceiling)?),
        };
        let near = Incremental::new(market);
        let held = (0..market.applicants() as u32).map(ApplicantIx::new);
        let held = held.map(|a| near.placement_of(a).map(|at| (at.choice, at.group))).collect();
        Ok(Self { base, assessment, near, held, ceiling, far })
    }

    /// Runs those of the scenarios that change seats alone.
    fn run(
        &self,
        seats: &[Option<Vec<Seats>>],
        scenarios: &[Scenario],
    ) -> Vec<Option<ScenarioReport>> {
        let mut near = None;
        let mut held = self.held.clone();
        let mut scratch = DeferredAcceptance::default();
        let mut run = |(seats, scenario): (&Option<Vec<Seats>>, &Scenario)| {
            let seats = seats.as_ref()?;
            let told = seats.iter().map(|(programme, group, seats)| ((*programme, *group), *seats));
            let told = seats_of(&self.base.season, &told.collect());
            let ran = match is_near(self.base, seats) {
                true => {
                    let matching = near.get_or_insert_with(|| self.near.clone());
                    self.near((matching, &mut held), seats, &told)
                }
                false => self.far(&mut scratch, seats, &told),
            };
            Some(ScenarioReport::new(self.base, scenario, &ran))
        };
        seats.iter().zip(scenarios).map(&mut run).collect()
    }

    fn near(
        &self,
        (matching, held): (&mut Incremental, &mut [Held]),
        seats: &[Seats],
        told: &[u32],
    ) -> Ran {
        let mut touched = Vec::new();
        let mut follow = |moves: Moves<'_>| {
            for step in moves.iter() {
                let applicant = step.applicant.index();
                held[applicant] = step.to.map(|at| (at.choice, at.group));
                touched.push(applicant);
            }
        };
        for &(programme, group, after) in seats {
            let before = own_seats(&self.base.season, programme, group);
            let programme = ProgrammeIx::new(programme);
            for _ in before..after {
                follow(match group {
                    None => matching.add_seat(programme),
                    Some(group) => matching.add_group_seat(programme, group as usize),
                });
            }
            for _ in after..before {
                let moves = match group {
                    None => matching.remove_seat(programme),
                    Some(group) => matching.remove_group_seat(programme, group as usize),
                };
                moves.into_iter().for_each(&mut follow);
            }
        }
        let ran = self.count(told, |applicant| held[applicant]);
        while matching.undo() {}
        touched.into_iter().for_each(|applicant| held[applicant] = self.held[applicant]);
        ran
    }

    fn far(&self, scratch: &mut DeferredAcceptance, seats: &[Seats], told: &[u32]) -> Ran {
        let fewer = fewer(self.base, &self.ceiling, seats);
        let start = self.far.as_ref().expect("a start where there is a scenario far from the base");
        let matching = start.run(scratch, fewer);
        let is_grouped = !self.base.season.selection.quotas.is_empty();
        self.count(told, |applicant| {
            let applicant = ApplicantIx::new(applicant as u32);
            let group = || is_grouped.then(|| matching.group_of(applicant)).flatten();
            matching.choice_of(applicant).map(|at| (at, group()))
        })
    }

    fn count(&self, told: &[u32], held: impl Fn(usize) -> Held) -> Ran {
        let base = (&self.base.categories, Some(&self.base.sheet.standing[..]));
        let cast = AsStated { assessment: self.assessment, origin: None };
        let sheet = Sheet::new(self.assessment, &cast, base, &self.base.schools, told, held);
        Ran { sheet, offers: None }
    }
}

/// Whether few seats change.
fn is_near(base: &Base, seats: &[Seats]) -> bool {
    let changed = |(programme, group, seats): &Seats| {
        u64::from(own_seats(&base.season, *programme, *group).abs_diff(*seats))
    };
    seats.iter().map(changed).sum::<u64>() <= FEW_SEATS
}

/// The seats of an offer without quota groups, or of one quota group.
fn own_seats(season: &Season, programme: u32, group: Option<u32>) -> u32 {
    match group {
        None => season.data.programmes.capacity[programme as usize],
        Some(group) => season.selection.quotas.of(programme as usize)[group as usize].seats,
    }
}

/// The most seats of offers or quota groups, where that is not what the base has.
pub(super) type Ceiling = BTreeMap<(u32, Option<u32>), u32>;

/// The most seats that any of the scenarios, or the base, has wherever one of them has others.
pub(super) fn ceiling<'s>(
    base: &Base,
    scenarios: impl IntoIterator<Item = &'s Vec<Seats>>,
) -> Ceiling {
    let mut ceiling = Ceiling::new();
    for &(programme, group, seats) in scenarios.into_iter().flatten() {
        let before = own_seats(&base.season, programme, group);
        let most = ceiling.entry((programme, group)).or_insert(before);
        *most = seats.max(*most);
    }
    ceiling
}

/// How many seats fewer than the ceiling a scenario has, as [`WarmStart::run`] takes them.
pub(super) fn fewer(
    base: &Base,
    ceiling: &Ceiling,
    seats: &[Seats],
) -> Vec<(ProgrammeIx, Option<usize>, u32)> {
    let wanted = |programme: u32, group: Option<u32>| {
        let found = seats.binary_search_by_key(&(programme, group), |(p, g, _)| (*p, *g));
        found.map_or_else(|_| own_seats(&base.season, programme, group), |at| seats[at].2)
    };
    let fewer = |(&(programme, group), most): (&(u32, Option<u32>), &u32)| {
        let group = (group, most - wanted(programme, group));
        (ProgrammeIx::new(programme), group.0.map(|group| group as usize), group.1)
    };
    ceiling.iter().map(fewer).collect()
}

/// The seats of all offers and quota groups at the ceiling.
pub(super) fn seats_at(base: &Base, ceiling: &Ceiling) -> (Vec<u32>, Quotas) {
    let season = &base.season;
    let mut seats = season.data.programmes.capacity.clone();
    let mut groups = Vec::new();
    for (programme, total) in seats.iter_mut().enumerate() {
        let most = |group: Option<u32>| ceiling.get(&(programme as u32, group)).copied();
        *total = most(None).unwrap_or(*total);
        for (number, group) in season.selection.quotas.of(programme).iter().enumerate() {
            let mut group = group.clone();
            group.seats = most(Some(number as u32)).unwrap_or(group.seats);
            groups.push(group);
        }
    }
    (seats, Quotas::new(base.data.quota_groups.offsets.clone(), groups))
}

/// The matching with the most seats.
fn highest(base: &Base, ceiling: &Ceiling) -> Result<WarmStart, Error> {
    let season = &base.season;
    let (seats, quotas) = seats_at(base, ceiling);
    let dossiers = Dossiers { seats: &seats, quotas: &quotas, ..season.dossiers() };
    let plan = &season.plan;
    let assessment = Assessment::new(dossiers, plan.chain.clone(), &plan.lottery, season);
    match season.place(&assessment)? {
        Place::Strict(market) => Ok(WarmStart::new(&market)),
        Place::Tied(..) => Err(Error::NeedsStrictOrder),
    }
}

/// The seats of each offer, and behind it those of its quota groups where it has several.
pub(super) fn seats_of(season: &Season, changed: &Ceiling) -> Vec<u32> {
    let mut told = Vec::new();
    for (programme, capacity) in season.data.programmes.capacity.iter().enumerate() {
        let seats = |group: Option<u32>, before: u32| {
            changed.get(&(programme as u32, group)).copied().unwrap_or(before)
        };
        let groups = season.selection.quotas.of(programme).iter().enumerate();
        let groups: Vec<u32> = groups.map(|(at, g)| seats(Some(at as u32), g.seats)).collect();
        match groups.len() {
            0 => told.push(seats(None, *capacity)),
            _ => told.push(groups.iter().sum()),
        }
        if groups.len() > 1 {
            told.extend(groups);
        }
    }
    told
}
