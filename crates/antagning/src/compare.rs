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
    /// Offers decided on merit alone.
    #[serde(flatten)]
    pub on_merit: Agreement,
    /// Offers where a skill test counted, as far as the season has quota groups for them. A single
    /// group has the figures of the offer; of several, the last one is compared, whose ranking is
    /// the one that most are admitted by (merit, or merit with the test).
    pub with_test: Agreement,
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
}

/// How the figures of some offers agree with the published ones.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Agreement {
    /// Offers with a published lowest merit.
    pub offers: u64,
    /// Of these, offers whose cutoff is within 2.5 points of it.
    pub cutoff_within_2_5: u64,
    /// Of these, offers whose mean is within 10 points of the published one.
    pub mean_within_10: u64,
    /// Offers without a published lowest merit.
    pub open_offers: u64,
    /// Of these, offers where every eligible applicant who wanted a seat got one.
    pub open_offers_all_admitted: u64,
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
        let quotas = &season.selection.quotas;
        let (mut on_merit, mut with_test) = (Agreement::default(), Agreement::default());
        for figures in &published {
            let programme = figures.programme as usize;
            let id = ids.get(programme);
            let result = result(admission, programme);
            if figures.on_merit {
                on_merit.add(id, result, figures);
            } else if !quotas.of(programme).is_empty() {
                with_test.add(id, result, figures);
            }
        }
        on_merit.sort();
        with_test.sort();
        Ok(Self {
            on_merit,
            with_test,
            applicants: counts.applicants,
            eligible: eligible(season, admission),
            mean_merit: mean_merit(admission),
            placed: counts.placed,
            at_first_choice: counts.placed_by_choice_rank.first().copied().unwrap_or(0),
        })
    }

    /// The comparison as lines of text, aligned.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let pick = |sv, en| language.pick(sv, en);
        let of = |agreement: &Agreement| {
            let Agreement { offers, open_offers, .. } = *agreement;
            [
                (agreement.cutoff_within_2_5, offers),
                (agreement.mean_within_10, offers),
                (agreement.open_offers_all_admitted, open_offers),
            ]
        };
        let labels = [
            pick("gräns inom 2,5 poäng", "cutoff within 2.5 points"),
            pick("medel inom 10 poäng", "mean within 10 points"),
            pick("alla antagna, som publicerat", "all admitted, as published"),
        ];
        let further = [
            (
                pick("antagna till första valet", "placed at first choice"),
                (self.at_first_choice, self.placed),
            ),
            (
                pick("behöriga till något program", "eligible for some programme"),
                (self.eligible, self.applicants),
            ),
        ];
        let mut lines = Lines { language, text: String::new() };
        lines.shares(labels.into_iter().zip(of(&self.on_merit)).chain(further));
        let mean = language.score(self.mean_merit / 1_000 * 1_000);
        let label = pick("medelmeritvärde, alla sökande", "mean merit, all applicants");
        lines.line(format_args!("{label:<32}{mean:>18}"));
        if self.with_test.offers + self.with_test.open_offers > 0 {
            let title = pick("där färdighetsprov räknas:", "where a skill test counts:");
            lines.line(format_args!("\n{title}"));
            lines.shares(labels.into_iter().zip(of(&self.with_test)));
        }
        let deviating = [&self.on_merit.deviating[..], &self.with_test.deviating].concat();
        lines.deviating(&deviating);
        lines.text
    }
}

impl Agreement {
    /// Adds an offer whose figures are those of `result`.
    fn add(&mut self, id: &str, result: &ProgrammeResult, figures: &PublishedFigures) {
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
                programme_id: id.to_owned(),
                published_lowest: lowest,
                cutoff,
                published_mean: figures.mean,
                mean,
            });
        }
    }

    fn sort(&mut self) {
        let off =
            |d: &Deviation| d.cutoff.map_or(u64::MAX, |cutoff| cutoff.abs_diff(d.published_lowest));
        self.deviating.sort_by_key(|deviation| std::cmp::Reverse(off(deviation)));
    }
}

/// Aligned lines under construction.
struct Lines {
    language: Language,
    text: String,
}

impl Lines {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    /// Labels with a part and the whole that it is of.
    fn shares<'l>(&mut self, rows: impl Iterator<Item = (&'l str, (u64, u64))>) {
        let language = self.language;
        for (label, (part, whole)) in rows {
            let of = format!("{} / {}", language.count(part), language.count(whole));
            self.line(format_args!("{label:<32}{of:>18}{:>10}", language.share(part, whole)));
        }
    }

    fn deviating(&mut self, deviating: &[Deviation]) {
        if deviating.is_empty() {
            return;
        }
        let language = self.language;
        let pick = |sv, en| language.pick(sv, en);
        let head =
            [pick("gräns", "cutoff"), pick("publicerad", "published"), pick("medel", "mean")];
        let title = pick("avvikande", "deviating");
        self.line(format_args!(
            "\n{title:<16}{:>10}{:>12}{:>10}{:>12}",
            head[0], head[1], head[2], head[1]
        ));
        for deviation in deviating {
            let Deviation { programme_id, published_lowest, cutoff, published_mean, mean } =
                deviation;
            let shown = [*cutoff, Some(*published_lowest), *mean, *published_mean]
                .map(|score| score.map_or("–".to_owned(), |score| language.score(score)));
            self.line(format_args!(
                "{programme_id:<16}{:>10}{:>12}{:>10}{:>12}",
                shown[0], shown[1], shown[2], shown[3]
            ));
        }
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
