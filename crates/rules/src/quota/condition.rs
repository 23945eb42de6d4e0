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

#[cfg(test)]
mod tests {
    use super::{Condition, Facts};
    use crate::dance::DanceRounding;
    use crate::quota::TestResult;
    use crate::rule_set::{GradeRules, RuleSet};
    use crate::ruling::Ruling;
    use crate::score::Score;

    fn rules() -> GradeRules {
        RuleSet::built_in("gymnasium-2025").unwrap().grades().unwrap().clone()
    }

    fn test(points: &str, passed: Option<bool>) -> Option<TestResult> {
        Some(TestResult { points: Score::parse(points).unwrap(), passed })
    }

    /// Whether all conditions hold for somebody with D in music.
    fn hold(text: &str, ruling: Ruling, test: Option<TestResult>) -> bool {
        let rules = rules();
        let assessor = rules.assessor(&["MU", "BL"], DanceRounding::Exact);
        let row = [rules.scale().grade("D").unwrap(), crate::scale::Grade::NONE];
        let facts = Facts { ruling: &ruling, test, grades: Some((&assessor, &row)) };
        let conditions = Condition::parse_all(text, Some(&rules)).unwrap();
        conditions.iter().all(|condition| condition.holds(&facts))
    }

    #[test]
    fn a_condition_holds_for_whom_it_says() {
        let none = Ruling::default();
        for open in ["", "all", "MU", "MU>=D", "mu>=e", "all MU"] {
            assert!(hold(open, none, None), "{open}");
        }
        for closed in
            ["MU>=C", "BL", "BL>=E", "test", "test>=0", "free_quota", "sport_approval", "MU BL"]
        {
            assert!(!hold(closed, none, None), "{closed}");
        }
        assert!(hold("test test>=30", none, test("30", None)));
        assert!(!hold("test>=30,5", none, test("30.4999", None)));
        assert!(hold("test_passed", none, test("0", Some(true))));
        assert!(!hold("test_passed", none, test("50", Some(false))));
        assert!(!hold("test_passed", none, test("50", None)));
        assert!(hold("free_quota", Ruling { free_quota_rank: 7, ..none }, None));
        assert!(hold("sport_approval", Ruling { sport_approved: true, ..none }, None));
    }

    /// SkolL 16 kap. 33 §: knowledge acquired otherwise is a pass, and no better grade.
    #[test]
    fn a_decision_stands_for_a_pass_and_for_no_grade() {
        let assessor = rules().assessor(&["MU", "BL"], DanceRounding::Exact);
        let arts = Ruling { passed: assessor.subject_mask("BL").unwrap(), ..Ruling::default() };
        assert!(hold("BL", arts, None) && !hold("BL>=E", arts, None));
    }

    #[test]
    fn conditions_are_written_as_they_are_read() {
        for text in ["test", "test_passed", "test>=30.5", "MU", "MU>=C", "free_quota"] {
            let read = Condition::parse_all(text, Some(&rules())).unwrap();
            assert_eq!(read.iter().map(Condition::to_string).collect::<Vec<_>>(), [text]);
        }
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for text in ["test>=", ">=C", "MU>=G", "XX", "XX>=C", "test>=-1", "tests_passed", "MU>C"] {
            assert!(Condition::parse_all(text, Some(&rules())).is_err(), "{text}");
        }
        // Without grades there are no subjects.
        assert!(Condition::parse_all("MU", None).is_err());
        assert!(Condition::parse_all("test>=3", None).is_ok());
    }
}
