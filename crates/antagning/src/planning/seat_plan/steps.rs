//! Why each seat of a plan goes where it goes.

use antagning_matching::{ApplicantIx, Incremental, Move, SeatChange, SeatProblem};
use serde::Serialize;

use crate::planning::chain_path::chain_path;
use crate::planning::seat_plan::objective::{Figures, Valuer};
use crate::season::Season;

/// An offer or quota group whose seats a plan changes.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedOffer {
    /// The offer.
    pub programme_id: String,
    /// Its quota group; empty at an offer without.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// Its name and school, as far as the season has them.
    pub title: String,
    /// Seats before; of a quota group its own.
    pub seats_before: u32,
    /// Seats after.
    pub seats_after: u32,
    /// Seats added, below 0 when they are taken.
    pub added: i64,
}

/// A step of a plan: a seat, or as many as change at once, given the steps before it.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedStep {
    /// The offer.
    pub programme_id: String,
    /// Its quota group; empty at an offer without.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// Seats added, below 0 when they are taken.
    pub added: i64,
    /// What the objective gains by the step: it loses where this is below 0.
    pub gain: i64,
    /// Applicants who move.
    pub moved: usize,
    /// Applicants newly placed, less those no longer placed.
    pub placed: i64,
    /// First choices gained.
    pub first_choices: i64,
    /// Places in their lists that all together gain.
    pub ranks: i64,
    /// The offers along the chain of the step's first seat, from the seat on.
    pub path: Vec<String>,
}

/// A plan that is told step by step, on a matching that follows it.
pub(super) struct Story<'a> {
    season: &'a Season,
    valuer: &'a Valuer<'a>,
    problem: &'a SeatProblem,
    matching: Incremental,
    figures: Figures,
    /// Steps by option.
    counts: Vec<u32>,
    steps: Vec<PlannedStep>,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        season: &'a Season,
        valuer: &'a Valuer<'a>,
        problem: &'a SeatProblem,
    ) -> Self {
        let matching = Incremental::new(&problem.market);
        let mut figures = Figures::default();
        for applicant in 0..problem.market.applicants() {
            let held = matching.placement_of(ApplicantIx::new(applicant as u32));
            let held = held.map(|placement| (placement.choice, placement.programme));
            figures = figures.with(valuer.share(applicant, held));
        }
        Self {
            season,
            valuer,
            problem,
            matching,
            figures,
            counts: vec![0; problem.options.len()],
            steps: Vec::new(),
        }
    }

    /// Takes one step more at an option.
    pub(super) fn tell(&mut self, option: usize) {
        let (before, place) = (self.figures, &self.problem.options[option]);
        let (mut moved, mut path) = (0, Vec::new());
        for seat in 0..place.step {
            let matching = &mut self.matching;
            let moves = match (self.problem.change, place.group) {
                (SeatChange::Add, None) => Some(matching.add_seat(place.programme)),
                (SeatChange::Add, Some(group)) => {
                    Some(matching.add_group_seat(place.programme, group))
                }
                (SeatChange::Take, None) => matching.remove_seat(place.programme),
                (SeatChange::Take, Some(group)) => {
                    matching.remove_group_seat(place.programme, group)
                }
            };
            let Some(moves) = moves else { continue };
            if seat == 0 {
                let along = |step: Move| match self.problem.change {
                    SeatChange::Add => step.from,
                    SeatChange::Take => step.to,
                };
                path = chain_path(self.season, place.programme, moves.iter().map(along));
            }
            let net = moves.net();
            matching.keep();
            moved += net.len();
            self.figures = self.valuer.moved(self.figures, &net);
        }
        self.counts[option] += 1;
        let after = self.figures;
        let objective = self.valuer.objective();
        let gained = |figure: fn(Figures) -> u64| figure(after) as i64 - figure(before) as i64;
        let (programme_id, quota_group) = self.names(option);
        let step = PlannedStep {
            programme_id,
            quota_group,
            added: self.sign() * i64::from(place.step),
            gain: objective.value(after) - objective.value(before),
            moved,
            placed: gained(|figures| figures.placed),
            first_choices: gained(|figures| figures.first_choices),
            ranks: -gained(|figures| figures.ranks),
            path,
        };
        self.steps.push(step);
    }

    /// What became of the applicants by now.
    pub(super) fn figures(&self) -> Figures {
        self.figures
    }

    /// What the steps so far cost.
    pub(super) fn cost(&self) -> u64 {
        let each = self.problem.options.iter().zip(&self.counts);
        each.map(|(place, steps)| place.cost * u64::from(place.step) * u64::from(*steps)).sum()
    }

    /// The offers whose seats the steps so far change.
    pub(super) fn offers(&self) -> Vec<PlannedOffer> {
        let changed = (0..self.counts.len()).filter(|option| self.counts[*option] > 0);
        let offer = |option: usize| {
            let place = &self.problem.options[option];
            let (programme_id, quota_group) = self.names(option);
            let after = match place.group {
                None => self.matching.seats(place.programme),
                Some(group) => self.matching.group_seats(place.programme, group),
            };
            let added = self.sign() * i64::from(self.counts[option] * place.step);
            PlannedOffer {
                title: self.season.title(place.programme.index()),
                programme_id,
                quota_group,
                // A plan adds and takes no more than there are.
                seats_before: u32::try_from(i64::from(after) - added).unwrap_or_default(),
                seats_after: after,
                added,
            }
        };
        changed.map(offer).collect()
    }

    /// The steps so far.
    pub(super) fn into_steps(self) -> Vec<PlannedStep> {
        self.steps
    }

    fn sign(&self) -> i64 {
        if self.problem.change == SeatChange::Take { -1 } else { 1 }
    }

    fn names(&self, option: usize) -> (String, String) {
        let place = &self.problem.options[option];
        let programme = place.programme.index();
        let groups = self.season.selection.quotas.of(programme);
        let group = place.group.map_or(String::new(), |group| groups[group].name.clone());
        (self.season.data.programmes.ids.get(programme).to_owned(), group)
    }
}
