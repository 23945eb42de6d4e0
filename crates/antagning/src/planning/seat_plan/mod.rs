//! Where to add or take seats: a proposal, and why each seat goes where it goes.

mod bound;
mod objective;
mod options;
mod steps;
mod text;

use std::path::Path;

use antagning_formats::{Code, Diagnostic, Diagnostics, SeatLimit, StudyPathWeights};
use antagning_matching::{SearchProgress, SeatChange, SeatPlan as Plan, SeatProblem, plan_seats};
use serde::Serialize;

use crate::error::Error;
use crate::market::Place;
use crate::season::Season;

pub use objective::{Figures, Objective};
pub use steps::{PlannedOffer, PlannedStep};

use objective::Valuer;
use options::{Options, report_unmet};
use steps::Story;

/// What is to be planned.
#[derive(Clone, Debug, Default)]
pub struct PlanRequest<'a> {
    /// How many seats: to add, or to take when below 0.
    pub seats: i32,
    /// What the plan is to be best for.
    pub objective: Objective,
    /// A file of limits to the seats of offers.
    pub limits: Option<&'a Path>,
    /// A file of weights by study path, for [`Objective::labour`].
    pub weights: Option<&'a Path>,
    /// What all seats together may cost.
    pub budget: Option<u64>,
    /// The seed of the search.
    pub seed: u64,
}

/// Seats to add or to take, and what comes of it. Working material for planning, no decision.
#[derive(Clone, Debug, Serialize)]
pub struct SeatPlan {
    /// What the figures are: never a decision.
    pub status: &'static str,
    /// What the plan is best for.
    pub objective: String,
    /// Whether a higher or a lower value of the objective is better.
    pub better: &'static str,
    /// Seats to change that were asked for, below 0 when they are to be taken.
    pub seats_asked: i32,
    /// Seats that the plan changes; fewer where the rest would change nothing or limits forbid it.
    pub seats_changed: i64,
    /// Seats that the greedy plan changes.
    pub greedy_seats: i64,
    /// What all changed seats cost, by the limits' costs.
    pub cost: u64,
    /// The objective without the plan.
    pub before: i64,
    /// The objective with the plan.
    pub after: i64,
    /// The objective with the plan that takes the best seat at each step.
    pub greedy: i64,
    /// A value that no plan within the limits can pass; `None` where none is known.
    pub bound: Option<i64>,
    /// What became of the applicants before, with the greedy plan, and with the plan.
    pub figures: PlanFigures,
    /// The seed of the search.
    pub seed: u64,
    /// Rounds of the search; as many of them with the same seed give the same plan anywhere.
    pub rounds: u64,
    /// The offers and quota groups whose seats the plan changes, by id and precedence.
    pub programmes: Vec<PlannedOffer>,
    /// The steps in the order in which each next one gains the most, and what each does.
    pub steps: Vec<PlannedStep>,
}

/// Figures of a season before and after.
#[derive(Clone, Debug, Serialize)]
pub struct PlanFigures {
    /// As the season stands.
    pub before: Figures,
    /// With the greedy plan.
    pub greedy: Figures,
    /// With the plan.
    pub after: Figures,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug)]
pub struct PlanProgress {
    /// Rounds so far.
    pub rounds: u64,
    /// The objective of the best plan so far.
    pub best: i64,
}

impl SeatPlan {
    /// Plans seats for a season: greedily, then by a local search with exact gains for as long as
    /// `go_on` says (it is asked often).
    ///
    /// Where the objective is the same, the sum of choice ranks decides. The greedy plan costs
    /// O(seats × offers), and each round of the search O(offers); nothing is matched anew.
    ///
    /// # Errors
    /// [`Error::Rejected`] when the limits or the weights have faults or the tie-break chain leaves
    /// applicants equal, and [`Error::NeedsStrictOrder`] when equals are admitted or rejected
    /// together.
    pub fn new(
        season: &Season,
        request: &PlanRequest<'_>,
        mut go_on: impl FnMut(PlanProgress) -> bool,
    ) -> Result<Self, Error> {
        let mut report = Diagnostics::default();
        let limits = request
            .limits
            .map_or(Vec::new(), |path| SeatLimit::read(path, &season.data, &mut report));
        let weights = request.weights.map_or_else(StudyPathWeights::default, |path| {
            StudyPathWeights::read(path, &mut report)
        });
        let change = if request.seats < 0 { SeatChange::Take } else { SeatChange::Add };
        if request.objective.labour > 0 && request.weights.is_none() {
            let message = "the objective counts the labour market's need, and no weights are given";
            let fault = Diagnostic::new(Code::MissingFile, "weights", message);
            report.push(fault.hint("name a file with --weights"));
        }
        let options = Options::new(season, &limits, change, request, &mut report);
        if report.error_count() > 0 {
            return Err(Error::Rejected(report));
        }
        let assessment = season.assessment();
        let Place::Strict(market) = season.place(&assessment)? else {
            return Err(Error::NeedsStrictOrder);
        };
        let valuer = Valuer::new(season, &assessment, request.objective, &weights);
        let problem = SeatProblem {
            worth: valuer.worth(&market),
            change,
            seats: request.seats.unsigned_abs(),
            options: options.all,
            areas: options.areas,
            budget: request.budget,
            market,
        };
        let before = Story::new(season, &valuer, &problem).figures();
        let objective = request.objective;
        let planned =
            plan_seats(&problem, request.seed, |SearchProgress { rounds, gain, .. }| {
                let best = valuer.value_after(before, gain);
                go_on(PlanProgress { rounds, best: objective.shown(best) })
            });
        report_unmet(&problem, &planned.best, &limits, request, &mut report);
        if report.error_count() > 0 {
            return Err(Error::Rejected(report));
        }
        let told = |plan: &Plan| {
            let mut story = Story::new(season, &valuer, &problem);
            plan.order.iter().for_each(|option| story.tell(*option));
            story
        };
        let (greedy, best) = (told(&planned.greedy), told(&planned.best));
        let figures = PlanFigures { before, greedy: greedy.figures(), after: best.figures() };
        let shown = |figures: Figures| objective.shown(objective.value(figures));
        let sign = if change == SeatChange::Take { -1 } else { 1 };
        Ok(Self {
            status: "working material",
            objective: objective.name(),
            better: if objective.is_ranks() { "lower" } else { "higher" },
            seats_asked: request.seats,
            seats_changed: sign * i64::from(planned.best.seats(&problem)),
            greedy_seats: sign * i64::from(planned.greedy.seats(&problem)),
            cost: best.cost(),
            before: shown(before),
            after: shown(figures.after),
            greedy: shown(figures.greedy),
            bound: bound::of(&valuer, &problem, before).map(|value| objective.shown(value)),
            figures,
            seed: request.seed,
            rounds: planned.rounds,
            programmes: best.offers(),
            steps: best.into_steps(),
        })
    }
}
