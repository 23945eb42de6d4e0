//! The figures of a study.

use std::num::NonZeroU32;

use antagning_rules::LotteryScope;
use serde::Serialize;

use super::ground::{Ground, number};
use super::odds::Odds;
use super::tally::{Range, Tally};
use crate::planning::histogram::Histogram;
use crate::season::Season;

/// The best and the worst that any lottery does to an applicant: safe bounds, not always reached.
#[derive(Clone, Debug, Serialize)]
pub struct LotteryBounds {
    /// The applicant.
    pub applicant_id: String,
    /// The choice that no lottery exceeds, 1 the most wanted.
    pub best_choice_rank: Option<u32>,
    /// The choice that no lottery falls short of; `None` when they may be left unplaced.
    pub worst_choice_rank: Option<u32>,
}

/// What the season's own seed gives.
#[derive(Clone, Debug, Serialize)]
pub struct PublishedDraw {
    /// The published seed.
    pub seed: String,
    /// The season's scope: `applicant` or `programme`.
    pub scope: &'static str,
    /// Applicants placed.
    pub placed: u64,
    /// Placed at their first choice.
    pub first_choices: u64,
    /// The sum of choice ranks; without a placement one more than the list is long.
    pub ranks: u64,
}

/// Mean, least and greatest of a figure over draws.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The least.
    pub min: u64,
    /// The greatest.
    pub max: u64,
}

/// What many lotteries of one scope do.
#[derive(Clone, Debug, Serialize)]
pub struct ScopeStudy {
    /// `applicant` (one number for all choices) or `programme` (one at each).
    pub scope: &'static str,
    /// Applicants who were placed differently in some draws than in others.
    pub differed: usize,
    /// Applicants placed.
    pub placed: Spread,
    /// Placed at their first choice.
    pub first_choices: Spread,
    /// The sum of choice ranks; without a placement one more than the list is long.
    pub ranks: Spread,
    /// The odds of everybody who may depend on the lottery.
    pub applicants: Vec<ApplicantOdds>,
    /// The cutoffs, a row an offer or quota group, in the order of ids and precedence.
    pub programmes: Vec<CutoffSpread>,
}

/// How likely an applicant is admitted to each choice.
#[derive(Clone, Debug, Serialize)]
pub struct ApplicantOdds {
    /// The applicant.
    pub applicant_id: String,
    /// The choices between their bounds.
    pub choices: Vec<ChoiceOdds>,
    /// How likely they are left unplaced.
    pub unplaced: Odds,
}

/// How likely an applicant is admitted to a choice.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceOdds {
    /// The choice, 1 the most wanted.
    pub choice_rank: u32,
    /// Its programme.
    pub programme_id: String,
    /// The odds.
    pub admitted: Odds,
}

/// The cutoffs of an offer or quota group over draws, in ten-thousandths of a point.
#[derive(Clone, Debug, Serialize)]
pub struct CutoffSpread {
    /// The offer.
    pub programme_id: String,
    /// Its quota group; empty at an offer without.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// Its name and school, as far as the season has them.
    pub title: String,
    /// Draws in which it was full and somebody was turned away, so that there was a cutoff.
    pub full_draws: u32,
    /// The lowest cutoff of those draws; `None` when there was none.
    pub min: Option<u64>,
    /// The cutoff that a twentieth of those draws do not exceed.
    pub percentile_5: Option<u64>,
    /// The cutoff that half of them do not exceed.
    pub median: Option<u64>,
    /// The cutoff that all but a twentieth of them do not exceed.
    pub percentile_95: Option<u64>,
    /// The highest.
    pub max: Option<u64>,
    /// The cutoff of the season's own seed, if there is one.
    pub published: Option<u64>,
}

impl LotteryBounds {
    pub(super) fn new(ground: &Ground<'_>, applicant: usize) -> Self {
        let rank =
            |position: usize| ground.choice_rank(applicant, ground.entrant(applicant, position));
        let lotteries = &ground.lotteries;
        Self {
            applicant_id: ground.season.data.applicant_ids.get(applicant).to_owned(),
            best_choice_rank: lotteries.best_choice_of(number(applicant)).map(rank),
            worst_choice_rank: lotteries.worst_choice_of(number(applicant)).map(rank),
        }
    }
}

impl PublishedDraw {
    pub(super) fn new(season: &Season, tally: &Tally) -> Self {
        Self {
            seed: season.plan.seed.clone(),
            scope: name(season.plan.lottery.scope()),
            placed: tally.placed.sum,
            first_choices: tally.first_choices.sum,
            ranks: tally.ranks.sum,
        }
    }
}

impl Spread {
    fn new(range: Range, draws: NonZeroU32) -> Self {
        Self { mean: range.sum as f64 / f64::from(draws.get()), min: range.min, max: range.max }
    }
}

impl ScopeStudy {
    pub(super) fn new(
        ground: &Ground<'_>,
        scope: LotteryScope,
        draws: NonZeroU32,
        tally: Tally,
        published: &Tally,
    ) -> Self {
        let odds = ground.dependents().map(|a| ApplicantOdds::new(ground, a, draws, &tally));
        let applicants: Vec<_> = odds.collect();
        let always = |odds: &Odds| odds.draws == draws.get();
        let same = |applicant: &&ApplicantOdds| {
            always(&applicant.unplaced)
                || applicant.choices.iter().any(|choice| always(&choice.admitted))
        };
        let rows = ground.rows.iter().zip(&tally.cutoffs).zip(&published.cutoffs);
        Self {
            scope: name(scope),
            differed: applicants.len() - applicants.iter().filter(same).count(),
            placed: Spread::new(tally.placed, draws),
            first_choices: Spread::new(tally.first_choices, draws),
            ranks: Spread::new(tally.ranks, draws),
            programmes: rows
                .map(|((row, cutoffs), published)| {
                    CutoffSpread::new(ground.season, *row, cutoffs, published)
                })
                .collect(),
            applicants,
        }
    }
}

impl ApplicantOdds {
    fn new(ground: &Ground<'_>, applicant: usize, draws: NonZeroU32, tally: &Tally) -> Self {
        let (ids, programmes) = (&ground.season.data.applicant_ids, &ground.season.data.programmes);
        let entrants = ground.assessment.entrants();
        let length = entrants.offsets[applicant + 1] - entrants.offsets[applicant];
        // Whoever's bounds differ has a best choice.
        let best = ground.lotteries.best_choice_of(number(applicant)).unwrap_or(0);
        let worst = ground.lotteries.worst_choice_of(number(applicant));
        let positions = best..worst.map_or(length, |worst| worst + 1);
        let counts: Vec<u32> =
            positions.clone().map(|at| tally.admitted_at(ground, applicant, at)).collect();
        let choice = |(position, count): (usize, &u32)| {
            let entrant = ground.entrant(applicant, position);
            ChoiceOdds {
                choice_rank: ground.choice_rank(applicant, entrant),
                programme_id: programmes.ids.get(entrants.programme[entrant] as usize).to_owned(),
                admitted: Odds::new(*count, draws),
            }
        };
        let placed: u32 = counts.iter().sum();
        Self {
            applicant_id: ids.get(applicant).to_owned(),
            choices: positions.zip(&counts).map(choice).collect(),
            unplaced: Odds::new(draws.get() - placed, draws),
        }
    }
}

impl CutoffSpread {
    fn new(
        season: &Season,
        (programme, group): (usize, Option<usize>),
        cutoffs: &Histogram,
        published: &Histogram,
    ) -> Self {
        let groups = season.selection.quotas.of(programme);
        let percentile =
            |hundredths: u64| cutoffs.quantile(10 * hundredths).map(|cutoff| cutoff as u64);
        Self {
            programme_id: season.data.programmes.ids.get(programme).to_owned(),
            quota_group: group.map_or(String::new(), |group| groups[group].name.clone()),
            title: season.title(programme),
            // A row has one cutoff a draw.
            full_draws: cutoffs.total() as u32,
            min: percentile(0),
            percentile_5: percentile(5),
            median: percentile(50),
            percentile_95: percentile(95),
            max: percentile(100),
            published: published.iter().next().map(|(cutoff, _)| cutoff as u64),
        }
    }
}

fn name(scope: LotteryScope) -> &'static str {
    match scope {
        LotteryScope::Applicant => "applicant",
        LotteryScope::Programme => "programme",
    }
}
