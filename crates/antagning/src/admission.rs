//! A matched and proven season, before anything is written.

use std::path::Path;
use std::time::Instant;

use antagning_formats::{
    CONTRACT_VERSION, Code, Counts, Diagnostic, HeldCounts, Manifest, RunWriter, Timings,
};
use antagning_matching::TieRule;
use antagning_rules::{
    Assessment, LotteryScope, Outcome, Outcomes, ProgrammeResult, RankingKey, Reason, Status,
};

use crate::error::Error;
use crate::observe::{Observer, Stage};
use crate::plan::Plan;
use crate::proof::{self, Proof};
use crate::rounds;
use crate::rows::Rows;
use crate::run::Run;
use crate::season::{Season, milliseconds};
use crate::summary::Summary;

/// What the engine proposes for a season: every applicant's placement, every choice's outcome,
/// proven. A proposal, which an official decides on.
#[derive(Clone, Debug)]
pub struct Admission<'s> {
    season: &'s Season,
    assessment: Assessment<'s>,
    outcomes: Outcomes,
    /// What the matching gives where moves are offered by phone; `outcomes` are what holds until
    /// then.
    matched: Option<Outcomes>,
    proof: Proof,
    counts: Counts,
    warnings: Vec<Diagnostic>,
    timings: Timings,
}

/// Applicants whose rows are formatted in one piece.
const APPLICANTS_A_BLOCK: usize = 1_024;

impl<'s> Admission<'s> {
    pub(crate) fn new(season: &'s Season, observer: Observer<'_>) -> Result<Self, Error> {
        observer(Stage::Rules);
        let started = Instant::now();
        let assessment = season.assessment();
        let place = season.place(&assessment)?;
        let mut timings =
            Timings { read: season.read_ms, rules: milliseconds(started), ..Timings::default() };

        observer(Stage::Match);
        let started = Instant::now();
        let placed = place.matched();
        timings.matching = milliseconds(started);
        let started = Instant::now();
        let (differs, outcomes) = rayon::join(
            || placed.programme_optimum_differs(&place),
            || Outcomes::new(&assessment, |applicant| placed.held(applicant)),
        );
        let (outcomes, matched) = match season.standing.by_phone {
            false => (outcomes, None),
            true => (
                Outcomes::by_phone(&assessment, |applicant| placed.held(applicant)),
                Some(outcomes),
            ),
        };
        timings.outcomes = milliseconds(started);

        observer(Stage::Verify);
        let started = Instant::now();
        let proof = proof::of_admission(season, &assessment, &outcomes, matched.as_ref());
        timings.verify = milliseconds(started);
        if !proof.holds() {
            return Err(Error::Violated(Box::new(proof)));
        }
        let counts = counts(season, &assessment, &outcomes, differs);
        let mut warnings = warnings(season, &outcomes);
        warnings.extend(rounds::seats_to_add(season, &assessment, &outcomes));
        Ok(Self { season, assessment, outcomes, matched, proof, counts, warnings, timings })
    }

    /// The placements, outcomes and figures, numbered as the season's ids in text order.
    #[must_use]
    pub fn outcomes(&self) -> &Outcomes {
        &self.outcomes
    }

    /// What the matching gives, also where its moves are only offered by phone.
    pub(crate) fn matched(&self) -> &Outcomes {
        self.matched.as_ref().unwrap_or(&self.outcomes)
    }

    /// What was proven.
    #[must_use]
    pub fn proof(&self) -> &Proof {
        &self.proof
    }

    /// Warnings about the input and about what came of it.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The figures of the run.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The assessment of every choice: merit, eligibility, priority.
    #[must_use]
    pub fn assessment(&self) -> &Assessment<'s> {
        &self.assessment
    }

    /// What a person wants to know at once.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::new(self.season, &self.outcomes, &self.counts, &self.proof, &self.warnings)
    }

    /// Writes the run folder, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `out` or the file system refuses;
    /// [`Error::Chain`] when another run in the same folder continues the same run already.
    pub fn write(self, out: impl AsRef<Path>) -> Result<Run, Error> {
        let out = out.as_ref();
        rounds::refuse_fork(out, &self.season.standing.link)?;
        let failed = |source| Error::Output { path: out.to_owned(), source };
        let started = Instant::now();
        let writer = RunWriter::new(out).map_err(failed)?;
        let outputs = self.write_files(&writer).map_err(failed)?;
        let mut timings = self.timings;
        timings.write = milliseconds(started);
        let manifest = self.manifest(outputs, timings);
        let sealed = writer.publish(manifest).map_err(failed)?;
        Ok(Run::new(out.to_owned(), sealed))
    }

    fn write_files(
        &self,
        writer: &RunWriter,
    ) -> std::io::Result<Vec<antagning_formats::InputFile>> {
        let applicants = self.season.data.applicant_ids.len();
        let rows = Rows::new(self.season, &self.assessment, &self.outcomes);
        let blocks = applicants.div_ceil(APPLICANTS_A_BLOCK);
        let of_block = |block: usize| {
            let first = block * APPLICANTS_A_BLOCK;
            first..applicants.min(first + APPLICANTS_A_BLOCK)
        };
        let (outcomes, placements) = rayon::join(
            || {
                writer.outcomes(blocks, |block, row| {
                    of_block(block).for_each(|applicant| rows.outcomes(applicant, row));
                })
            },
            || {
                writer.placements(blocks, |block, row| {
                    of_block(block).for_each(|applicant| row(&rows.placement(applicant)));
                })
            },
        );
        let programmes = writer.programmes(|row| {
            (0..self.outcomes.programmes.len()).for_each(|programme| rows.results(programme, row));
        })?;
        let mut files = vec![outcomes?, placements?, programmes];
        let forecast = rounds::forecast(self.season, &self.outcomes);
        if !forecast.is_empty() {
            files.push(writer.forecast(&forecast)?);
        }
        if let Some(matched) = &self.matched {
            let proposals = rounds::proposals(self.season, &self.outcomes, matched);
            files.push(writer.proposals(&proposals)?);
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    fn manifest(&self, outputs: Vec<antagning_formats::InputFile>, timings: Timings) -> Manifest {
        let (plan, standing) = (&self.season.plan, &self.season.standing);
        let lots = plan.chain.draws_lots();
        let scope = match plan.chain.lottery_scope() {
            LotteryScope::Applicant => "applicant",
            LotteryScope::Programme => "programme",
        };
        Manifest {
            contract_version: CONTRACT_VERSION,
            engine_version: env!("CARGO_PKG_VERSION").to_owned(),
            status: "proposal".to_owned(),
            rule_set: plan.rule_set.name().to_owned(),
            round: plan.round.to_owned(),
            sequence: standing.link.sequence(),
            predecessor: standing.link.predecessor.clone(),
            date: standing.date.clone(),
            event_lines: standing.event_lines.clone(),
            own_seats: standing.own_seats.clone(),
            moves: if standing.by_phone { "by_phone" } else { "automatic" }.to_owned(),
            no_show_percent: plan.rounds.no_show_percent,
            ranking_keys: plan.chain.keys().iter().map(|key| key.name().to_owned()).collect(),
            at_cutoff: at_cutoff(plan.at_cutoff).to_owned(),
            lottery_seed: lots.then(|| plan.seed.clone()),
            lottery_scope: lots.then(|| scope.to_owned()),
            inputs: self.season.data.inputs.clone(),
            outputs,
            counts: self.counts.clone(),
            verdict: "holds".to_owned(),
            checks: self.proof.checks().to_vec(),
            warnings: self.warnings.iter().filter_map(|w| serde_json::to_value(w).ok()).collect(),
            timings_ms: timings,
            manifest_sha256: String::new(),
        }
    }
}

/// The name of the rule for equals in files.
fn at_cutoff(rule: Option<TieRule>) -> &'static str {
    match rule {
        None => "break",
        Some(TieRule::AdmitAll) => "admit_all",
        Some(TieRule::RejectAll) => "reject_all",
    }
}

fn counts(
    season: &Season,
    assessment: &Assessment<'_>,
    outcomes: &Outcomes,
    differs: Option<usize>,
) -> Counts {
    let longest = outcomes.placed_rank.iter().copied().max().unwrap_or(0);
    let mut by_rank = vec![0; longest as usize];
    for &rank in outcomes.placed_rank.iter().filter(|rank| **rank > 0) {
        by_rank[rank as usize - 1] += 1;
    }
    let placed = by_rank.iter().sum();
    let applicants = outcomes.placement.len() as u64;
    Counts {
        applicants,
        programmes: outcomes.programmes.len() as u64,
        seats: season.data.programmes.capacity.iter().map(|seats| u64::from(*seats)).sum(),
        choices: outcomes.choices.len() as u64,
        eligible_choices: assessment.entrants().choice.len() as u64,
        placed,
        unplaced: applicants - placed,
        placed_by_choice_rank: by_rank,
        programme_optimum_differs: differs.map(|differs| differs as u64),
        held: (season.plan.round == Plan::RESERVE).then(|| held(season, outcomes, placed)),
        over_admission: rounds::total(&rounds::forecast(season, outcomes)),
    }
}

/// What became of the seats that were held.
fn held(season: &Season, outcomes: &Outcomes, placed: u64) -> HeldCounts {
    let seats = season.held_seats().count() as u64;
    let keeps =
        |(_, choice): &(u32, u32)| outcomes.choices[*choice as usize].status == Status::Admitted;
    let kept = season.held_seats().filter(keeps).count() as u64;
    HeldCounts { seats, kept, moved_up: seats - kept, newly_placed: placed - seats }
}

/// The season's warnings, with what only the matching could tell: how many a chain that makes
/// truthful ranking unsafe affected.
fn warnings(season: &Season, outcomes: &Outcomes) -> Vec<Diagnostic> {
    let mut warnings: Vec<Diagnostic> = season.warnings.warnings().cloned().collect();
    let unsafe_ranking = warnings.iter_mut().filter(|w| w.code == Code::UnsafeRanking);
    for warning in unsafe_ranking {
        let (affected, how) = if warning.column.as_deref() == Some("ranking.at_cutoff") {
            (affected(season, outcomes, |o| o.reason == Reason::EqualsRejected), "as equals")
        } else {
            let lost = |outcome: &Outcome| {
                outcome.decided_by == Some(RankingKey::ChoiceRank)
                    && outcome.status == Status::Reserve
            };
            (affected(season, outcomes, lost), "by the rank they gave it")
        };
        if warning.column.as_deref() == Some("ranking.at_cutoff") && affected == 0 {
            let beyond = |p: &ProgrammeResult| u64::from(p.admitted.saturating_sub(p.seats));
            let beyond: u64 = outcomes.programmes.iter().map(beyond).sum();
            warning.message += &format!("; {beyond} are admitted beyond the seats");
        } else {
            warning.message += &format!("; {affected} applicants lost a seat {how}");
        }
    }
    warnings
}

/// Applicants with an outcome of that kind.
fn affected(season: &Season, outcomes: &Outcomes, of_kind: impl Fn(&Outcome) -> bool) -> usize {
    let lists = (0..season.data.applicant_ids.len()).map(|a| season.data.choices.of(a));
    lists.filter(|list| outcomes.choices[list.clone()].iter().any(&of_kind)).count()
}
