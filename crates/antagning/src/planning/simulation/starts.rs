//! Scenarios of other seats, from matchings that are there.

use antagning_formats::Scenario;
use antagning_matching::{
    ApplicantIx, DeferredAcceptance, Incremental, Moves, ProgrammeIx, WarmStart,
};
use antagning_rules::{Assessment, Dossiers, Held};

use crate::error::Error;
use crate::market::Place;
use crate::planning::simulation::base::Base;
use crate::planning::simulation::cast::AsStated;
use crate::planning::simulation::draft::Seats;
use crate::planning::simulation::ran::Ran;
use crate::planning::simulation::report::ScenarioReport;
use crate::planning::simulation::seats::{Ceiling, ceiling, fewer, own_seats, seats_at, seats_of};
use crate::planning::simulation::sheet::Sheet;

/// Up to so many seats are added and taken one by one; beyond that all who are concerned propose
/// anew.
const FEW_SEATS: u64 = 250;

/// Matchings that scenarios of other seats go on from.
pub(super) struct Starts<'b> {
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
    pub(super) fn new(
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
    pub(super) fn run(
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
