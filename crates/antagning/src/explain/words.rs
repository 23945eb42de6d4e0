//! Codes as words: keys, figures, subjects, conditions, decisions.

use antagning_rules::{Condition, GradeRules, RankingKey, RankingTerm};

use crate::explain::messages::{self as m, Message};
use crate::language::Language;

/// What the figure of a row is a figure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) graded: bool,
    pub(super) term: RankingTerm,
}

impl Measure {
    /// The merit, or the score of a season without grades.
    pub(super) fn merit(graded: bool) -> Self {
        Self { graded, term: RankingTerm::Points { merit: true, test: 0 } }
    }

    /// The key of the chain that the figure stands for.
    pub(super) fn key(self) -> RankingKey {
        key_of(self.term, self.graded)
    }

    /// "a merit value of 250"
    pub(super) fn own(self, language: Language, score: u64) -> String {
        let (merit, factor) = match self.term {
            RankingTerm::Points { merit, test } => (merit, test),
            RankingTerm::FreeQuota => (true, 0),
        };
        let message = match (merit, factor, self.graded) {
            (true, 0, true) => m::OWN_MERIT,
            (true, 0, false) => m::OWN_SCORE,
            (true, 1, true) => m::OWN_MERIT_AND_TEST,
            (true, 1, false) => m::OWN_SCORE_AND_TEST,
            (true, _, true) => m::OWN_MERIT_AND_TEST_TIMES,
            (true, _, false) => m::OWN_SCORE_AND_TEST_TIMES,
            (false, 0 | 1, _) => m::OWN_TEST,
            (false, ..) => m::OWN_TEST_TIMES,
        };
        let (score, factor) = (language.score(score), factor.to_string());
        message.fill(language, &[("score", &score), ("factor", &factor)])
    }
}

/// The key of the chain that a group's term stands for.
pub(super) fn key_of(term: RankingTerm, graded: bool) -> RankingKey {
    match term {
        RankingTerm::FreeQuota => RankingKey::FreeQuota,
        RankingTerm::Points { merit: true, test: 0 } if graded => RankingKey::Merit,
        RankingTerm::Points { merit: true, test: 0 } => RankingKey::Score,
        RankingTerm::Points { merit: false, .. } => RankingKey::Test,
        RankingTerm::Points { merit: true, .. } => RankingKey::MeritAndTest,
    }
}

/// A key of the chain, as the subject of "decided".
pub(super) fn key(key: RankingKey, graded: bool) -> Message {
    match key {
        RankingKey::OnTime => m::KEY_ON_TIME,
        RankingKey::Reception => m::KEY_RECEPTION,
        RankingKey::Merit => m::KEY_MERIT,
        RankingKey::Score => m::KEY_SCORE,
        RankingKey::ChoiceRank => m::KEY_CHOICE_RANK,
        RankingKey::GradePoints => m::KEY_GRADE_POINTS,
        RankingKey::GradeCount => m::KEY_GRADE_COUNT,
        RankingKey::Lottery => m::KEY_LOTTERY,
        RankingKey::Test => m::KEY_TEST,
        RankingKey::MeritAndTest if graded => m::KEY_MERIT_AND_TEST,
        RankingKey::MeritAndTest => m::KEY_SCORE_AND_TEST,
        RankingKey::FreeQuota => m::KEY_FREE_QUOTA,
    }
}

/// "a, b and c"
pub(super) fn list(language: Language, words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{}{}{last}", all.join(", "), m::AND.text(language)),
    }
}

/// Subject codes as names: `SV/SVA EN` is "Swedish (or Swedish as a second language) and English".
pub(super) fn subjects(language: Language, rules: Option<&GradeRules>, codes: &str) -> String {
    let either = |codes: &str| match codes.split_once('/') {
        Some((code, other)) => {
            let names = [subject(language, rules, code), subject(language, rules, other)];
            m::EITHER.fill(language, &[("subject", &names[0]), ("other", &names[1])])
        }
        None => subject(language, rules, codes),
    };
    list(language, &codes.split_whitespace().map(either).collect::<Vec<_>>())
}

fn subject(language: Language, rules: Option<&GradeRules>, code: &str) -> String {
    let subjects = rules.map_or(&[][..], GradeRules::subjects);
    let subject = subjects.iter().find(|subject| subject.code.eq_ignore_ascii_case(code));
    subject.map_or(code.to_owned(), |s| language.pick(&s.sv, &s.en).to_owned())
}

/// What an applicant lacks who does not fulfil the condition.
pub(super) fn lack(
    language: Language,
    rules: Option<&GradeRules>,
    condition: &Condition,
) -> String {
    let plain = |message: Message| message.text(language).to_owned();
    match condition {
        Condition::TestTaken => plain(m::LACKS_TEST),
        Condition::TestPassed => plain(m::LACKS_TEST_PASS),
        Condition::TestPoints(least) => {
            let points = language.score(least.ten_thousandths());
            m::LACKS_TEST_POINTS.fill(language, &[("points", &points)])
        }
        Condition::Subject(code, None) => {
            m::LACKS_SUBJECT.fill(language, &[("subject", &subject(language, rules, code))])
        }
        Condition::Subject(code, Some(grade)) => {
            let subject = subject(language, rules, code);
            m::LACKS_GRADE.fill(language, &[("grade", grade), ("subject", &subject)])
        }
        Condition::FreeQuota => plain(m::LACKS_FREE_QUOTA),
        Condition::SportApproval => plain(m::LACKS_SPORT),
    }
}

/// Whether a kind tells what happened in the rounds, rather than what an official decided.
pub(super) fn is_event(kind: &str) -> bool {
    const KINDS: [&str; 6] =
        ["answer", "no_show", "changed_choices", "grade_corrected", "appeal_won", "seat_filled"];
    KINDS.contains(&kind)
}

/// A kind of decision or event.
pub(super) fn decision(kind: &str) -> Message {
    match kind {
        "english_exemption" => m::ENGLISH_EXEMPTION,
        "equivalent_knowledge" => m::EQUIVALENT_KNOWLEDGE,
        "nordic_applicant" => m::NORDIC_APPLICANT,
        "new_grade" => m::NEW_GRADE,
        "dance_training" => m::DANCE_TRAINING,
        "rh_adapted" => m::RH_ADAPTED,
        "unfinished_compulsory_school" => m::UNFINISHED,
        "no_right_to_education" => m::WITHOUT_RIGHT,
        "finished_programme" => m::FINISHED,
        "first_hand" => m::FIRST_HAND,
        "second_hand" => m::IN_SECOND_HAND,
        "not_received" => m::NOT_RECEIVED_AT,
        "free_quota_rank" => m::FREE_QUOTA_PLACE,
        "sport_approval" => m::SPORT_APPROVAL,
        "withdrawal" => m::WITHDRAWAL,
        "late_application" => m::LATE_APPLICATION,
        "manual_placement" => m::MANUAL_PLACEMENT,
        "answer" => m::ANSWER,
        "no_show" => m::ABSENCE,
        "changed_choices" => m::CHANGED_CHOICES,
        "grade_corrected" => m::GRADE_CORRECTED,
        "appeal_won" => m::APPEAL_WON,
        "seat_filled" => m::SEAT_FILLED,
        _ => m::OTHER_DECISION,
    }
}
