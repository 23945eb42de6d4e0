//! One applicant's choices, explained: codes for programs, sentences for people.
//!
//! Only the applicant's own data and a programme's cutoff are told, never a fact about another
//! applicant (SkolL 29 kap. 10 §). Where fewer persons stand on the other side of the line than the
//! published statistics ask for, neither the cutoff is told nor the key that decided: the cutoff of
//! one admitted is that person's merit, and so is one's own when told that lots decided.

mod basis;
mod choice;
mod explanations;
mod groups;
mod letter;
mod line;
mod messages;
mod records;
mod sentences;
mod sufficient;
mod told;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

pub use explanations::Explanations;
pub use groups::GroupValues;
pub use letter::{Letter, Place};
pub use sufficient::Sufficient;

/// The outcome of every choice of one applicant.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The applicant.
    pub applicant_id: String,
    /// `preliminary`, `final` or `reserve`.
    pub round: String,
    /// The rule set.
    pub rule_set: String,
    /// The programme that the applicant is proposed for, if any.
    pub placed: Option<String>,
    /// In one sentence.
    pub text: String,
    /// What there is to know about the round and who decides.
    pub notices: Vec<String>,
    /// Choice by choice, most wanted first.
    pub choices: Vec<ChoiceExplanation>,
}

/// The outcome of one choice. Points are decimals as the files write them.
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
    /// Why, as a code: that of the run, or `behind_others` where so few are admitted that it would
    /// tell of them.
    pub reason: String,
    /// The quota group that took the applicant, and for a reserve the last one open to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota_group: Option<String>,
    /// The key of the tie-break chain that decided, unless it would tell of few others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// The applicant's own score: the merit, or the figure of the quota group.
    pub score: String,
    /// The applicant's own keys of the season's chain, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<&'static str, String>,
    /// The applicant's own values in every quota group that is open to them, by precedence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupValues>,
    /// The cutoff of the programme or of `quota_group`, unless it would tell of few others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cutoff: Option<String>,
    /// The kind of cutoff as in the run's `programmes.csv`, or `suppressed`.
    pub cutoff_kind: String,
    /// What would have been enough, where that is certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sufficient: Option<Sufficient>,
    /// Position on the reserve list of the programme or of `quota_group`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserve_position: Option<u32>,
    /// The position there in the run before, where that run bound and lies beside this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserve_position_before: Option<u32>,
    /// The applicant's own lottery number, lower goes first, where lots decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lottery_number: Option<u64>,
    /// Missing subjects, figures against those needed, or unmet conditions.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub missing: String,
    /// The provision behind the outcome, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provision: Option<String>,
    /// The setting, or file and column of the season, behind the outcome.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub setting: String,
    /// The kinds of human decision and of event about the choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<String>,
    /// In plain words.
    pub text: String,
}

impl Explanation {
    /// The explanation as text, a paragraph a choice.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.text);
        for notice in &self.notices {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{notice}");
        }
        for choice in &self.choices {
            let _ =
                write!(text, "\n{}. {}\n   {}\n", choice.choice_rank, choice.title, choice.text);
        }
        text
    }
}
