//! The kinds of decision that `decisions.csv` may hold.

use antagning_rules::Reception;

/// A kind of decision and what it does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    EnglishExemption,
    EquivalentKnowledge,
    NordicApplicant,
    NewGrade,
    DanceTraining,
    RhAdapted,
    UnfinishedCompulsorySchool,
    NoRightToEducation,
    FinishedProgramme,
    Receive(Reception),
    FreeQuotaRank,
    SportApproval,
    Withdrawal,
    LateApplication,
    ManualPlacement,
}

impl Kind {
    const NAMES: [(&'static str, Self); 17] = [
        ("english_exemption", Self::EnglishExemption),
        ("equivalent_knowledge", Self::EquivalentKnowledge),
        ("nordic_applicant", Self::NordicApplicant),
        ("new_grade", Self::NewGrade),
        ("dance_training", Self::DanceTraining),
        ("rh_adapted", Self::RhAdapted),
        ("unfinished_compulsory_school", Self::UnfinishedCompulsorySchool),
        ("no_right_to_education", Self::NoRightToEducation),
        ("finished_programme", Self::FinishedProgramme),
        ("first_hand", Self::Receive(Reception::FirstHand)),
        ("second_hand", Self::Receive(Reception::SecondHand)),
        ("not_received", Self::Receive(Reception::NotReceived)),
        ("free_quota_rank", Self::FreeQuotaRank),
        ("sport_approval", Self::SportApproval),
        ("withdrawal", Self::Withdrawal),
        ("late_application", Self::LateApplication),
        ("manual_placement", Self::ManualPlacement),
    ];

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind)
    }

    pub(super) fn names() -> String {
        Self::NAMES.map(|(name, _)| name).join(", ")
    }

    /// Decisions that a provider takes for one programme (SkolL 16 kap. 32 and 36 §§, GyF 7 kap.
    /// 3 §), and what is said of one (SkolL 15 kap. 5 §).
    pub(super) fn needs_programme(self) -> bool {
        matches!(
            self,
            Self::EnglishExemption
                | Self::RhAdapted
                | Self::ManualPlacement
                | Self::FreeQuotaRank
                | Self::SportApproval
        )
    }

    /// Decisions about grades, which are the same for every choice.
    pub(super) fn is_about_grades(self) -> bool {
        matches!(self, Self::NewGrade | Self::DanceTraining)
    }

    /// Decisions that may stand several times, each about another subject.
    pub(super) fn is_by_subject(self) -> bool {
        matches!(self, Self::EquivalentKnowledge | Self::NewGrade)
    }
}
