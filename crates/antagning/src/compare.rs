//! A run against officially published figures.

use std::fmt::Write as _;
use std::path::Path;

use antagning_formats::{Diagnostics, PublishedFigures};
use antagning_rules::{Basis, CutoffKind, ProgrammeResult, Score};
use serde::Serialize;

use crate::admission::Admission;
use crate::error::Error;
use crate::language::Language;
use crate::season::Season;

/// How a run of a season agrees with the figures published for it. Scores are ten-thousandths.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// Offers decided on merit alone with a published lowest merit.
    pub offers: u64,
    /// Of these, offers whose cutoff is within 2.5 points of it.
    pub cutoff_within_2_5: u64,
    /// Of these, offers whose mean is within 10 points of the published one.
    pub mean_within_10: u64,
    /// Offers decided on merit alone without a published lowest merit.
    pub open_offers: u64,
    /// Of these, offers where every eligible applicant who wanted a seat got one.
    pub open_offers_all_admitted: u64,
    /// Applicants.
    pub applicants: u64,
    /// Applicants eligible for some programme of the rule set.
    pub eligible: u64,
    /// Mean merit of all applicants, rounded half up.
    pub mean_merit: u64,
    /// Placed.
    pub placed: u64,
    /// Placed at their first choice.
    pub at_first_choice: u64,
    /// Offers whose cutoff or mean is further off, largest cutoff difference first.
    pub deviating: Vec<Deviation>,
}

/// An offer that came out otherwise than published. Scores are ten-thousandths.
#[derive(Clone, Debug, Serialize)]
pub struct Deviation {
    /// The programme.
    pub programme_id: String,
    /// The published lowest merit.
    pub published_lowest: u64,
    /// The run's cutoff.
    pub cutoff: Option<u64>,
    /// The published mean.
    pub published_mean: Option<u64>,
    /// The run's mean.
    pub mean: Option<u64>,
}

const CUTOFF_TOLERANCE: u64 = 5 * Score::ONE / 2;
const MEAN_TOLERANCE: u64 = 10 * Score::ONE;

impl Comparison {
    /// Compares an admission with the `published.csv` in the season's folder.
    ///
    /// # Errors
    /// [`Error::Rejected`] when the file is missing or faulty.
    pub fn new(
        season: &Season,
        season_folder: impl AsRef<Path>,
        admission: &Admission<'_>,
    ) -> Result<Self, Error> {
        let mut report = Diagnostics::default();
        let ids = &season.data.programmes.ids;
        let published = PublishedFigures::read(season_folder.as_ref(), ids, &mut report);
        if report.error_count() > 0 {
            return Err(Error::Rejected(report));
        }
        let counts = admission.counts();
        let mut comparison = Self {
            offers: 0,
            cutoff_within_2_5: 0,
            mean_within_10: 0,
            open_offers: 0,
            open_offers_all_admitted: 0,
            applicants: counts.applicants,
            eligible: eligible(season, admission),
            mean_merit: mean_merit(admission),
            placed: counts.placed,
            at_first_choice: counts.placed_by_choice_rank.first().copied().unwrap_or(0),
            deviating: Vec::new(),
        };
        for figures in published.iter().filter(|figures| figures.on_merit) {
            comparison.add(season, admission, figures);
        }
        let off =
            |d: &Deviation| d.cutoff.map_or(u64::MAX, |cutoff| cutoff.abs_diff(d.published_lowest));
        comparison.deviating.sort_by_key(|deviation| std::cmp::Reverse(off(deviation)));
        Ok(comparison)
    }

    fn add(&mut self, season: &Season, admission: &Admission<'_>, figures: &PublishedFigures) {
        let result = result(admission, figures.programme as usize);
        let Some(lowest) = figures.lowest else {
            self.open_offers += 1;
            self.open_offers_all_admitted +=
                u64::from(!matches!(result.cutoff, CutoffKind::Value(_)));
            return;
        };
        let cutoff = result.cutoff.score().map(Score::ten_thousandths);
        let mean = result.mean.map(Score::ten_thousandths);
        let near = |a: Option<u64>, b: Option<u64>, tolerance| {
            a.zip(b).is_some_and(|(a, b)| a.abs_diff(b) <= tolerance)
        };
        let cutoff_near = near(cutoff, Some(lowest), CUTOFF_TOLERANCE);
        let mean_near = near(mean, figures.mean, MEAN_TOLERANCE);
        self.offers += 1;
        self.cutoff_within_2_5 += u64::from(cutoff_near);
        self.mean_within_10 += u64::from(mean_near);
        if !(cutoff_near && mean_near) {
            self.deviating.push(Deviation {
                programme_id: season.data.programmes.ids.get(figures.programme as usize).to_owned(),
                published_lowest: lowest,
                cutoff,
                published_mean: figures.mean,
                mean,
            });
        }
    }

    /// The comparison as lines of text, aligned.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let pick = |sv, en| language.pick(sv, en);
        let rows = [
            (
                pick("gräns inom 2,5 poäng", "cutoff within 2.5 points"),
                self.cutoff_within_2_5,
                self.offers,
            ),
            (
                pick("medel inom 10 poäng", "mean within 10 points"),
                self.mean_within_10,
                self.offers,
            ),
            (
                pick("alla antagna, som publicerat", "all admitted, as published"),
                self.open_offers_all_admitted,
                self.open_offers,
            ),
            (
                pick("antagna till första valet", "placed at first choice"),
                self.at_first_choice,
                self.placed,
            ),
            (
                pick("behöriga till något program", "eligible for some programme"),
                self.eligible,
                self.applicants,
            ),
        ];
        let mut text = String::new();
        // Writing to a string cannot fail.
        for (label, part, whole) in rows {
            let of = format!("{} / {}", language.count(part), language.count(whole));
            let _ = writeln!(text, "{label:<32}{of:>18}{:>10}", language.share(part, whole));
        }
        let mean = language.score(self.mean_merit / 1_000 * 1_000);
        let _ = writeln!(
            text,
            "{:<32}{mean:>18}",
            pick("medelmeritvärde, alla sökande", "mean merit, all applicants")
        );
        if !self.deviating.is_empty() {
            let head =
                [pick("gräns", "cutoff"), pick("publicerad", "published"), pick("medel", "mean")];
            let title = pick("avvikande", "deviating");
            let _ = writeln!(
                text,
                "\n{title:<16}{:>10}{:>12}{:>10}{:>12}",
                head[0], head[1], head[2], head[1]
            );
            for deviation in &self.deviating {
                let score =
                    |score: Option<u64>| score.map_or("–".to_owned(), |s| language.score(s));
                let Deviation { programme_id, published_lowest, cutoff, published_mean, mean } =
                    deviation;
                let cells = [
                    score(*cutoff),
                    score(Some(*published_lowest)),
                    score(*mean),
                    score(*published_mean),
                ];
                let _ = writeln!(
                    text,
                    "{programme_id:<16}{:>10}{:>12}{:>10}{:>12}",
                    cells[0], cells[1], cells[2], cells[3]
                );
            }
        }
        text
    }
}

/// The figures that the published ones are about: a programme's own, or those of its last quota
/// group, where everybody is ranked.
fn result<'a>(admission: &'a Admission<'_>, programme: usize) -> &'a ProgrammeResult {
    let outcomes = admission.outcomes();
    let groups = admission.assessment().dossiers().quotas.range(programme);
    outcomes.groups[groups].last().unwrap_or(&outcomes.programmes[programme])
}

/// Applicants whose grades make them eligible for a national programme, applied to or not.
fn eligible(season: &Season, admission: &Admission<'_>) -> u64 {
    let Basis::Grades { assessor, cells, columns, .. } = admission.assessment().dossiers().basis
    else {
        return 0;
    };
    let rules = season.plan.rule_set.grades().map_or(&[][..], |rules| rules.eligibility());
    let national: Vec<usize> =
        (0..rules.len()).filter(|rule| !rules[*rule].is_introductory()).collect();
    let assessed = (0..season.data.applicant_ids.len())
        .map(|a| assessor.assess(&cells[a * columns..][..columns], false));
    let eligible =
        assessed.filter(|a| national.iter().any(|rule| assessor.shortfall(a, *rule).is_none()));
    eligible.count() as u64
}

fn mean_merit(admission: &Admission<'_>) -> u64 {
    let merits = (0..).map_while(|applicant| admission.assessment().merit(applicant));
    let (sum, count) = merits.fold((0, 0), |(sum, n), m| (sum + m.score.ten_thousandths(), n + 1));
    if count == 0 { 0 } else { (2 * sum + count) / (2 * count) }
}
