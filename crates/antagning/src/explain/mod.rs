//! One applicant's choices, explained: codes for programs, sentences for people.
//!
//! Only the applicant's own data and a programme's cutoff are told, never a fact about another
//! applicant (SkolL 29 kap. 10 §).

mod catalogue;

use std::fmt::Write as _;

use antagning_formats::{Manifest, RunFiles};
use antagning_rules::{EligibilityRule, Lottery, LotteryScope, RuleSet, Score};
use serde::Serialize;

use crate::error::Error;
use crate::language::Language;

/// The outcome of every choice of one applicant.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The applicant.
    pub applicant_id: String,
    /// The programme that the applicant is proposed for, if any.
    pub placed: Option<String>,
    /// In one sentence.
    pub text: String,
    /// Choice by choice, most wanted first.
    pub choices: Vec<ChoiceExplanation>,
}

/// The outcome of one choice.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceExplanation {
    /// The choice's rank.
    pub choice_rank: u32,
    /// The programme.
    pub programme_id: String,
    /// Its name and school, as far as the season has them.
    pub title: String,
    /// What became of the choice.
    pub status: String,
    /// Why, as a code.
    pub reason: String,
    /// The key of the tie-break chain that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// The applicant's own score.
    pub score: String,
    /// The programme's cutoff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cutoff: Option<String>,
    /// Position on the reserve list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserve_position: Option<u32>,
    /// The applicant's own lottery number, lower goes first, where lots decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lottery_number: Option<u64>,
    /// Missing subjects, or passes against those needed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub missing: String,
    /// The provision behind an ineligibility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provision: Option<String>,
    /// In plain words.
    pub text: String,
}

impl Explanation {
    pub(crate) fn new(
        manifest: &Manifest,
        files: &RunFiles,
        applicant: &str,
        language: Language,
    ) -> Result<Self, Error> {
        let placements = &files.placements;
        let row = placements.applicant_id.iter().position(|id| id == applicant);
        let row = row.ok_or_else(|| Error::UnknownApplicant(applicant.to_owned()))?;
        let rule_set = RuleSet::built_in(&manifest.rule_set);
        let rows = (0..files.outcomes.len())
            .filter(|row| files.outcomes.applicant_id.get(*row) == applicant);
        let choices: Vec<_> =
            rows.map(|row| choice(manifest, files, row, rule_set.as_ref(), language)).collect();
        let placed = Some(placements.programme_id.get(row)).filter(|id| !id.is_empty());
        let title =
            choices.iter().find(|choice| choice.status == "admitted").map(|choice| &choice.title);
        let text = catalogue::headline(language, title.map(String::as_str), choices.is_empty());
        Ok(Self {
            applicant_id: applicant.to_owned(),
            placed: placed.map(str::to_owned),
            text,
            choices,
        })
    }

    /// The explanation as text, a paragraph a choice.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.text);
        for choice in &self.choices {
            // Writing to a string cannot fail.
            let _ =
                write!(text, "\n{}. {}\n   {}\n", choice.choice_rank, choice.title, choice.text);
        }
        text
    }
}

fn choice(
    manifest: &Manifest,
    files: &RunFiles,
    row: usize,
    rule_set: Option<&RuleSet>,
    language: Language,
) -> ChoiceExplanation {
    let outcomes = &files.outcomes;
    let programme_id = outcomes.programme_id.get(row);
    let programme = files.programmes.programme_id.iter().position(|id| id == programme_id);
    let cell = |column: &antagning_formats::TextColumn| {
        // A name may hold what a terminal would obey.
        programme.map_or(String::new(), |p| column.get(p).replace(char::is_control, " "))
    };
    let title: Vec<_> = [cell(&files.programmes.name), cell(&files.programmes.school)]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let rule = rule_set.and_then(|rule_set| {
        let grades = rule_set.grades()?;
        let path = grades.study_path(&cell(&files.programmes.study_path_code))?;
        Some(&grades.eligibility()[path.rule])
    });
    let decided_by = Some(outcomes.decided_by.get(row)).filter(|key| !key.is_empty());
    let facts = catalogue::Facts {
        language,
        graded: rule_set.is_some_and(|rule_set| rule_set.grades().is_some()),
        status: outcomes.status.get(row),
        reason: outcomes.reason.get(row),
        score: outcomes.score[row],
        cutoff: outcomes.cutoff[row],
        reserve_position: outcomes.reserve_position[row],
        decided_by: decided_by.unwrap_or(""),
        last_key: manifest.ranking_keys.last().map_or("", String::as_str),
        by_merit_first: by_merit_first(manifest),
        highest_merit: rule_set
            .and_then(RuleSet::grades)
            .map_or(u64::MAX, |grades| grades.highest_merit().ten_thousandths()),
        missing: missing(outcomes.detail.get(row), rule_set, language),
        provision: rule.map_or("", |rule: &EligibilityRule| rule.source.as_str()),
    };
    ChoiceExplanation {
        choice_rank: outcomes.choice_rank[row],
        programme_id: programme_id.to_owned(),
        title: if title.is_empty() { programme_id.to_owned() } else { title.join(", ") },
        status: facts.status.to_owned(),
        reason: facts.reason.to_owned(),
        decided_by: decided_by.map(str::to_owned),
        score: Score::from_ten_thousandths(facts.score).to_string(),
        cutoff: facts.cutoff.map(|cutoff| Score::from_ten_thousandths(cutoff).to_string()),
        reserve_position: Some(facts.reserve_position).filter(|position| *position > 0),
        lottery_number: (decided_by == Some("lottery"))
            .then(|| lottery_number(manifest, outcomes.applicant_id.get(row), programme_id)),
        missing: outcomes.detail.get(row).to_owned(),
        provision: provision(&facts),
        text: facts.sentence(),
    }
}

/// The provision behind an ineligibility.
fn provision(facts: &catalogue::Facts<'_>) -> Option<String> {
    let provision = match facts.reason {
        "too_old" => "SkolL 15 kap. 5 §",
        "finished_programme" => "SkolL 15 kap. 6 §",
        "required_subjects_missing" | "too_few_passes" => facts.provision,
        _ => "",
    };
    Some(provision.to_owned()).filter(|text| !text.is_empty())
}

/// Receptions are the same for everybody until they are read.
fn by_merit_first(manifest: &Manifest) -> bool {
    manifest.ranking_keys.iter().find(|key| *key != "reception").is_some_and(|key| key == "merit")
}

fn lottery_number(manifest: &Manifest, applicant: &str, programme: &str) -> u64 {
    let scope = match manifest.lottery_scope.as_deref() {
        Some("programme") => LotteryScope::Programme,
        _ => LotteryScope::Applicant,
    };
    Lottery::new(manifest.lottery_seed.as_deref().unwrap_or(""), scope).number(applicant, programme)
}

/// Subject codes as names, or `6/8` as it stands.
fn missing(detail: &str, rule_set: Option<&RuleSet>, language: Language) -> String {
    let subjects = rule_set.and_then(RuleSet::grades).map_or(&[][..], |grades| grades.subjects());
    let name = |code: &str| {
        let subject = subjects.iter().find(|subject| subject.code == code);
        subject.map_or(code.to_owned(), |s| language.pick(&s.sv, &s.en).to_owned())
    };
    let either = |codes: &str| match codes.split_once('/') {
        Some((code, other)) => {
            format!("{} ({} {})", name(code), language.pick("eller", "or"), name(other))
        }
        None => name(codes),
    };
    if detail.starts_with(|c: char| c.is_ascii_digit()) {
        return detail.to_owned();
    }
    let names: Vec<_> = detail.split(' ').filter(|codes| !codes.is_empty()).map(either).collect();
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{}{}{last}", all.join(", "), language.pick(" och ", " and ")),
    }
}
