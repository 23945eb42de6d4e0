//! What stands behind an outcome: the provision of the law and the setting or file of the season.

use antagning_rules::{Condition, EligibilityRule, GradeRules, RankingKey, Reason};

use crate::explain::told::Told;

/// What an outcome is looked up by.
pub(super) struct Basis<'a> {
    pub(super) told: Told,
    /// The key of the chain that decided, or that comes first where none may be told.
    pub(super) step: RankingKey,
    /// Whether the step is the quota group's own ranking rather than the season's.
    pub(super) of_group: bool,
    pub(super) grouped: bool,
    /// The rules on grades and on this programme; none in a market season.
    pub(super) rules: Option<&'a GradeRules>,
    pub(super) rule: Option<&'a EligibilityRule>,
    pub(super) detail: &'a str,
}

impl Basis<'_> {
    /// The provision; `None` where the law is silent or no law applies (market seasons).
    pub(super) fn provision(&self) -> Option<String> {
        self.rules?;
        let reason = match self.told {
            Told::Reason(reason) => reason,
            Told::BehindOthers => Reason::BelowCutoff,
            Told::Unknown => return None,
        };
        let text = match reason {
            Reason::SeatsForAll => "GyF 7 kap. 2 §",
            Reason::AheadOfOthers | Reason::BelowCutoff | Reason::LostTie => {
                provision_of_key(self.step)?
            }
            Reason::SecondHand => provision_of_key(RankingKey::Reception)?,
            Reason::BehindOnList => provision_of_key(RankingKey::FreeQuota)?,
            Reason::RequiredSubjectsMissing
            | Reason::TooFewPasses
            | Reason::TooLowMean
            | Reason::EligibleForTarget
            | Reason::IndividualPlacement => &self.rule?.source,
            Reason::TooOld | Reason::UnfinishedCompulsorySchool => "SkolL 15 kap. 5 §",
            Reason::NoRightToEducation => "SkolL 29 kap. 2 §",
            Reason::FinishedProgramme => "SkolL 15 kap. 6 §",
            Reason::NotReceived => "SkolL 16 kap. 36 §",
            Reason::AdmittedHigher => "SkolL 16 kap. 35 §",
            Reason::NoGroupOpen => return self.provision_of_groups(),
            Reason::Late
            | Reason::SeatsGivenByHand
            | Reason::PlacedByHand
            | Reason::NoSeats
            | Reason::EqualsRejected
            | Reason::HoldsSeat
            | Reason::SeatsHeld
            | Reason::OfferedByPhone
            | Reason::SeatsByPhone
            | Reason::AnsweredNo
            | Reason::NoShow
            | Reason::NotWaiting
            | Reason::OfferClosed
            | Reason::Withdrawn => return None,
        };
        Some(text.to_owned())
    }

    /// The setting of `rules.toml`, or file and column of the season, that the outcome follows
    /// from.
    pub(super) fn setting(&self) -> &'static str {
        let reason = match self.told {
            Told::Reason(reason) => reason,
            Told::BehindOthers => Reason::BelowCutoff,
            Told::Unknown => return "",
        };
        match reason {
            Reason::SeatsForAll | Reason::NoSeats if self.grouped => "quota_groups.csv seats",
            Reason::SeatsForAll | Reason::NoSeats => "programmes.csv capacity",
            Reason::PlacedByHand | Reason::SeatsGivenByHand => "decisions.csv manual_placement",
            Reason::AheadOfOthers | Reason::BelowCutoff | Reason::LostTie => match self.step {
                RankingKey::Lottery => "[ranking] keys, [lottery] seed",
                RankingKey::FreeQuota => "decisions.csv free_quota_rank",
                _ if self.of_group => "quota_groups.csv ranked_by",
                _ => "[ranking] keys",
            },
            Reason::SecondHand => "[ranking] keys, decisions.csv second_hand",
            Reason::Late => "[ranking] keys, decisions.csv late_application",
            Reason::BehindOnList => "decisions.csv free_quota_rank",
            Reason::EqualsRejected => "[ranking] at_cutoff",
            Reason::RequiredSubjectsMissing
            | Reason::TooFewPasses
            | Reason::TooLowMean
            | Reason::EligibleForTarget
            | Reason::IndividualPlacement => "programmes.csv study_path_code",
            Reason::TooOld => "applicants.csv birth_year",
            Reason::UnfinishedCompulsorySchool => "decisions.csv unfinished_compulsory_school",
            Reason::NoRightToEducation => "decisions.csv no_right_to_education",
            Reason::FinishedProgramme => "decisions.csv finished_programme",
            Reason::NotReceived => "decisions.csv not_received",
            Reason::Withdrawn => "decisions.csv withdrawal",
            Reason::AdmittedHigher => "choices.csv choice_rank",
            Reason::NoGroupOpen => "quota_groups.csv open_to",
            Reason::HoldsSeat | Reason::SeatsHeld => "manifest.json predecessor",
            Reason::OfferedByPhone | Reason::SeatsByPhone => "[reserve] phone_from",
            Reason::AnsweredNo | Reason::NotWaiting => "events.csv answer, [reserve] no_answer",
            Reason::NoShow => "events.csv no_show",
            Reason::OfferClosed => "events.csv offer_closed",
        }
    }

    /// The provisions behind the conditions that are not fulfilled, each once.
    fn provision_of_groups(&self) -> Option<String> {
        let conditions = Condition::parse_all(self.detail, self.rules).ok()?;
        let mut provisions: Vec<_> = conditions.iter().map(provision_of_condition).collect();
        provisions.sort_unstable();
        provisions.dedup();
        (!provisions.is_empty()).then(|| provisions.join(", "))
    }
}

/// The provision that a key of the chain rests on; the law names no further ones.
fn provision_of_key(key: RankingKey) -> Option<&'static str> {
    match key {
        RankingKey::Reception => Some("SkolL 16 kap. 47 §"),
        RankingKey::Merit => Some("GyF 7 kap. 4 §"),
        RankingKey::Test => Some("GyF 7 kap. 5 §"),
        RankingKey::MeritAndTest => Some("GyF 7 kap. 4 och 5 §§"),
        RankingKey::FreeQuota => Some("GyF 7 kap. 3 §"),
        RankingKey::OnTime
        | RankingKey::Score
        | RankingKey::ChoiceRank
        | RankingKey::GradePoints
        | RankingKey::GradeCount
        | RankingKey::Lottery => None,
    }
}

fn provision_of_condition(condition: &Condition) -> &'static str {
    match condition {
        Condition::TestTaken | Condition::TestPassed | Condition::TestPoints(_) => "GyF 7 kap. 5 §",
        Condition::Subject(..) => "GyF 5 kap. 15 §",
        Condition::FreeQuota => "GyF 7 kap. 3 §",
        Condition::SportApproval => "GyF 5 kap. 26 och 30 §§",
    }
}
