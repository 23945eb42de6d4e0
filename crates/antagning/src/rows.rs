//! The rows of a run folder, from the outcomes.

use std::fmt::Write as _;

use antagning_formats::{OutcomeRow, Placed, PlacementRow, ResultRow};
use antagning_rules::{
    Assessment, Bar, Outcomes, ProgrammeResult, QuotaGroup, RankingKey, Reception, Ruling,
    Shortfall,
};

use crate::season::Season;

/// Forms the rows of the run folder.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    season: &'a Season,
    assessment: &'a Assessment<'a>,
    outcomes: &'a Outcomes,
    /// The chain has keys that every row tells beside its score.
    compares_grades: bool,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(
        season: &'a Season,
        assessment: &'a Assessment<'a>,
        outcomes: &'a Outcomes,
    ) -> Self {
        let further = [RankingKey::GradePoints, RankingKey::GradeCount];
        let compares_grades = assessment.chain().keys().iter().any(|key| further.contains(key));
        Self { season, assessment, outcomes, compares_grades }
    }

    pub(crate) fn placement(&self, applicant: usize) -> PlacementRow<'a> {
        let data = &self.season.data;
        let placed = self.outcomes.placement[applicant].map(|programme| {
            let rank = self.outcomes.placed_rank[applicant];
            let choice = data.choices.of(applicant).start + rank as usize - 1;
            Placed {
                programme_id: data.programmes.ids.get(programme as usize),
                quota_group: self
                    .group_name(programme as usize, self.outcomes.choices[choice].group),
                choice_rank: rank,
            }
        });
        PlacementRow { applicant_id: data.applicant_ids.get(applicant), placed }
    }

    pub(crate) fn outcomes(&self, applicant: usize, row: &mut dyn FnMut(&OutcomeRow<'_>)) {
        let data = &self.season.data;
        let applicant_id = data.applicant_ids.get(applicant);
        let mut decided = self.season.rulings.kinds(data.choices.of(applicant)).peekable();
        for (position, choice) in data.choices.of(applicant).enumerate() {
            let programme = data.choices.programme[choice] as usize;
            let outcome = &self.outcomes.choices[choice];
            row(&OutcomeRow {
                applicant_id,
                // A list has at most 10 000 choices.
                choice_rank: position as u32 + 1,
                programme_id: data.programmes.ids.get(programme),
                status: outcome.status.name(),
                reason: outcome.reason.name(),
                quota_group: self.group_name(programme, outcome.group),
                score: self.score(applicant, choice).ten_thousandths(),
                cutoff: self.cutoff(programme, outcome.group),
                reserve_position: outcome.reserve_position,
                decided_by: outcome.decided_by.map_or("", RankingKey::name),
                detail: &self.detail(applicant, choice),
                keys: &self.further_keys(applicant, choice),
                decisions: decided.next_if(|(about, _)| *about == choice).map_or("", |(_, d)| d),
            });
        }
    }

    /// The row of a programme, and a row for each of its quota groups.
    pub(crate) fn results(&self, programme: usize, row: &mut dyn FnMut(&ResultRow<'a>)) {
        let quotas = &self.season.selection.quotas;
        row(&self.result(programme, None, &self.outcomes.programmes[programme]));
        let groups = quotas.of(programme);
        for (group, at) in groups.iter().zip(quotas.range(programme)) {
            row(&self.result(programme, Some(group), &self.outcomes.groups[at]));
        }
    }

    fn result(
        &self,
        programme: usize,
        group: Option<&'a QuotaGroup>,
        result: &ProgrammeResult,
    ) -> ResultRow<'a> {
        let data = &self.season.data.programmes;
        let groups = self.season.selection.quotas.of(programme);
        let later = group.and_then(|group| group.unfilled_to);
        ResultRow {
            programme_id: data.ids.get(programme),
            quota_group: group.map_or("", |group| &group.name),
            seats: result.seats,
            applicants: result.applicants,
            first_choice_applicants: result.first_choice_applicants,
            admitted: result.admitted,
            vacant: result.vacant,
            reserves: result.reserves,
            cutoff_kind: result.cutoff.name(),
            cutoff: result.cutoff.score().map(|score| score.ten_thousandths()),
            median: result.median.map(|score| score.ten_thousandths()),
            mean: result.mean.map(|score| score.ten_thousandths()),
            decided_by: result.decided_by.map_or("", RankingKey::name),
            name: data.name.get(programme),
            school: data.school.get(programme),
            study_path_code: data.study_path_code.get(programme),
            ranked_by: group.map_or("", |group| &group.ranked_by),
            unfilled_to: later.map_or("", |later| &groups[later as usize].name),
        }
    }

    fn group_name(&self, programme: usize, group: Option<u16>) -> &'a str {
        let group =
            group.map(|group| &self.season.selection.quotas.of(programme)[usize::from(group)]);
        group.map_or("", |group| &group.name)
    }

    /// The score that the choice is published with: in the group that the outcome is about, else
    /// the merit or the season's own.
    fn score(&self, applicant: usize, choice: usize) -> antagning_rules::Score {
        let group = self.outcomes.choices[choice].group;
        let of_group = group.and_then(|group| self.assessment.group_score(choice, group));
        of_group.unwrap_or_else(|| self.assessment.score(applicant, choice))
    }

    /// The limit that the outcome is about: of the group, else of a programme without groups.
    fn cutoff(&self, programme: usize, group: Option<u16>) -> Option<u64> {
        let groups = self.season.selection.quotas.range(programme);
        let result = match group {
            Some(group) => &self.outcomes.groups[groups.start + usize::from(group)],
            None if groups.is_empty() => &self.outcomes.programmes[programme],
            None => return None,
        };
        result.cutoff.score().map(|score| score.ten_thousandths())
    }

    /// Keys of the chain that no other column tells and no one can recompute from the run folder;
    /// those that are the same for nearly everybody stand only where they differ.
    fn further_keys(&self, applicant: usize, choice: usize) -> String {
        let ruling = self.assessment.ruling(choice);
        let claims = self.assessment.claims(choice);
        if !self.compares_grades && claims.is_empty() && ruling == Ruling::default() {
            return String::new();
        }
        let merit = self.assessment.merit(applicant).unwrap_or_default();
        let chain = self.assessment.chain().keys().iter();
        let keys = chain.filter_map(|key| match key {
            RankingKey::OnTime => ruling.late.then(|| "on_time=0".to_owned()),
            RankingKey::Reception => {
                (ruling.reception == Reception::SecondHand).then(|| "reception=0".to_owned())
            }
            RankingKey::GradePoints => Some(format!("grade_points={}", merit.grade_points)),
            RankingKey::GradeCount => Some(format!("grade_count={}", merit.grade_count)),
            _ => None,
        });
        let marks = [(ruling.placed_by_hand, "placed_by_hand=1"), (ruling.holds, "holds=1")];
        let marks = marks.into_iter().filter(|(stands, _)| *stands).map(|(_, key)| key.to_owned());
        let programme = self.season.data.choices.programme[choice] as usize;
        let groups = self.season.selection.quotas.of(programme);
        let of_groups = claims.into_iter().map(|claim| {
            let group = &groups[usize::from(claim.group)];
            let mut text = format!("group.{}=", group.name);
            for (i, value) in group.term_values(claim.keys).enumerate() {
                // Writing to a string cannot fail.
                let _ = write!(text, "{}{value}", if i > 0 { "," } else { "" });
            }
            text
        });
        marks.chain(keys).chain(of_groups).collect::<Vec<_>>().join(" ")
    }

    fn detail(&self, applicant: usize, choice: usize) -> String {
        match self.assessment.bar(choice) {
            Some(Bar::Ineligible(shortfall)) => self.shortfall(shortfall),
            Some(Bar::NoGroupOpen) => self.assessment.unmet(applicant, choice).join(" "),
            _ => String::new(),
        }
    }

    /// Missing subjects by code (`SV/SVA EN`), passes against those needed (`6/8`), or the mean
    /// against the one needed (`3.84/4`).
    fn shortfall(&self, shortfall: Shortfall) -> String {
        let Some(rules) = self.season.plan.rule_set.grades() else { return String::new() };
        let rule = &rules.eligibility()[usize::from(shortfall.rule)];
        if let (Some(mean), Some(least)) = (shortfall.mean, rule.mean_at_least) {
            return format!("{}.{:02}/{least}", mean / 100, mean % 100);
        }
        if shortfall.missing == 0 {
            return format!("{}/{}", shortfall.passes, rule.passes);
        }
        let required = rule.required.iter().enumerate();
        let missing = required.filter(|(i, _)| shortfall.missing >> i & 1 == 1);
        missing.map(|(_, codes)| codes.join("/")).collect::<Vec<_>>().join(" ")
    }
}
