//! Whom a quota group is open to.

use crate::grades::Assessor;
use crate::quota::{QuotaError, TestResult};
use crate::rule_set::GradeRules;
use crate::ruling::Ruling;
use crate::scale::Grade;
use crate::score::Score;

/// What an applicant must fulfil for a group to be open to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Has taken the programme's skill test.
    TestTaken,
    /// Has passed it.
    TestPassed,
    /// Has at least so many points in it.
    TestPoints(Score),
    /// Has at least this grade in this subject; without a grade, a pass.
    Subject(String, Option<String>),
    /// Stands on the free quota's list.
    FreeQuota,
    /// Is approved for the sport (GyF 5 kap. 26 and 30 §§).
    SportApproval,
}

impl Condition {
    /// Reads conditions parted by space, all of which must hold: `all` (nothing), `test`,
    /// `test_passed`, `test>=30`, a subject code (a pass), `MU>=C`, `free_quota`,
    /// `sport_approval`. An empty text is `all`. Without `rules` there are no subjects.
    ///
    /// # Errors
    /// What cannot be read, in words.
    pub fn parse_all(text: &str, rules: Option<&GradeRules>) -> Result<Vec<Self>, QuotaError> {
        let words = text.split_whitespace().filter(|word| *word != "all");
        let read = |word| Self::parse(word).and_then(|condition| condition.known_to(rules));
        words.map(read).collect()
    }

    fn parse(word: &str) -> Result<Self, QuotaError> {
        let fault = || QuotaError(format!("\"{word}\" is no condition"));
        Ok(match word.split_once(">=") {
            Some(("test", points)) => {
                let dotted = points.replace(',', ".");
                Self::TestPoints(Score::parse(&dotted).ok_or_else(fault)?)
            }
            Some((subject, grade)) if !subject.is_empty() && !grade.is_empty() => {
                Self::Subject(subject.to_owned(), Some(grade.to_owned()))
            }
            Some(_) => return Err(fault()),
            None => match word {
                "test" => Self::TestTaken,
                "test_passed" => Self::TestPassed,
                "free_quota" => Self::FreeQuota,
                "sport_approval" => Self::SportApproval,
                subject if subject.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                    Self::Subject(subject.to_owned(), None)
                }
                _ => return Err(fault()),
            },
        })
    }

    /// The condition, when the subject and the grade that it names exist.
    fn known_to(self, rules: Option<&GradeRules>) -> Result<Self, QuotaError> {
        let Self::Subject(subject, grade) = &self else { return Ok(self) };
        let known = rules.is_some_and(|rules| {
            rules.subjects().iter().any(|known| known.code.eq_ignore_ascii_case(subject))
                && grade.as_deref().is_none_or(|grade| rules.scale().grade(grade).is_some())
        });
        let fault = || QuotaError(format!("\"{self}\" names no subject or grade of the rule set"));
        if known { Ok(self) } else { Err(fault()) }
    }

    pub(super) fn holds(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::TestTaken => facts.test.is_some(),
            Self::TestPassed => facts.test.is_some_and(|test| test.passed == Some(true)),
            Self::TestPoints(least) => facts.test.is_some_and(|test| test.points >= *least),
            Self::FreeQuota => facts.ruling.free_quota_rank > 0,
            Self::SportApproval => facts.ruling.sport_approved,
            Self::Subject(subject, grade) => facts.grades.is_some_and(|(assessor, row)| {
                let by_decision = grade.is_none()
                    && assessor.subject_mask(subject).is_some_and(|m| m & facts.ruling.passed > 0);
                by_decision || assessor.has_grade(row, subject, grade.as_deref())
            }),
        }
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TestTaken => f.write_str("test"),
            Self::TestPassed => f.write_str("test_passed"),
            Self::TestPoints(least) => write!(f, "test>={least}"),
            Self::Subject(subject, None) => f.write_str(subject),
            Self::Subject(subject, Some(grade)) => write!(f, "{subject}>={grade}"),
            Self::FreeQuota => f.write_str("free_quota"),
            Self::SportApproval => f.write_str("sport_approval"),
        }
    }
}

/// What a group asks about one applicant and one choice.
pub(crate) struct Facts<'a> {
    pub(crate) ruling: &'a Ruling,
    pub(crate) test: Option<TestResult>,
    /// Assessor and grades, in a season that has them.
    pub(crate) grades: Option<(&'a Assessor, &'a [Grade])>,
}
