//! Notices of admission (antagningsbesked), for a mail merge.

use serde::Serialize;

use crate::explain::ChoiceExplanation;

/// What an applicant is told of a round, as one document.
#[derive(Clone, Debug, Serialize)]
pub struct Letter {
    /// The applicant.
    pub applicant_id: String,
    /// The language of the texts: `sv` or `en`.
    pub language: &'static str,
    /// `proposal`, as the manifest has it.
    pub status: String,
    /// `preliminary`, `final` or `reserve`.
    pub round: String,
    /// The rule set.
    pub rule_set: String,
    /// The digest of the run that the letter tells of.
    pub manifest_sha256: String,
    /// The outcome in one sentence.
    pub headline: String,
    /// Where the applicant is proposed for admission; `null` when nowhere.
    pub placed: Option<Place>,
    /// What there is to know about the round and who decides, a sentence or two each.
    pub notices: Vec<String>,
    /// What can be appealed and how, and what cannot; empty in a market season.
    pub appeal: Vec<String>,
    /// Choice by choice, most wanted first.
    pub choices: Vec<ChoiceExplanation>,
}

/// A proposed place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The programme.
    pub programme_id: String,
    /// Its name; empty when the season has none.
    pub programme: String,
    /// Its school; empty when the season has none.
    pub school: String,
    /// The quota group; `null` at a programme without groups.
    pub quota_group: Option<String>,
    /// The rank that the applicant gave the choice.
    pub choice_rank: u32,
}
