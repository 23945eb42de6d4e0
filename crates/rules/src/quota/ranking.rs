//! What a quota group ranks by.

use crate::chain::RankingKey;
use crate::quota::{QuotaError, TestResult};
use crate::score::Score;

/// What a group ranks by before the rest of the season's chain: `merit`, `test`, `merit+16*test`,
/// `free_quota`, several of them in the order of comparison, or `manual`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupRanking {
    /// Officials place applicants by name; nobody is ranked.
    Manual,
    /// These terms, compared in turn.
    Terms(Vec<RankingTerm>),
}

/// One term of a [`GroupRanking`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankingTerm {
    /// A sum: merit (or the season's score), test points times a factor, or both.
    Points {
        /// Whether merit counts.
        merit: bool,
        /// What test points are multiplied by; 0 when they do not count.
        test: u32,
    },
    /// The place on the list that humans made (GyF 7 kap. 3 §), 1 first.
    FreeQuota,
}

/// A factor beyond this is a figure in the wrong place.
const GREATEST_FACTOR: u32 = 1_000;

impl GroupRanking {
    /// Reads a ranking: terms parted by space, each a sum of `merit` (or `score`) and `test`, the
    /// latter with a factor if it has one (`16*test`); or `free_quota`; or `manual` alone. An
    /// empty text stands for merit.
    ///
    /// # Errors
    /// What cannot be read, in words.
    pub fn parse(text: &str, graded: bool) -> Result<Self, QuotaError> {
        let merit = if graded { "merit" } else { "score" };
        if text == "manual" {
            return Ok(Self::Manual);
        }
        if text.split_whitespace().any(|term| term == "manual") {
            return Err(QuotaError("manual stands alone: nobody is ranked".to_owned()));
        }
        if text.is_empty() {
            return Ok(Self::Terms(vec![RankingTerm::Points { merit: true, test: 0 }]));
        }
        let terms: Vec<_> =
            text.split_whitespace().map(|t| term(t, merit)).collect::<Result<_, _>>()?;
        let key = |term: &RankingTerm| term.key(graded);
        if let Some(i) =
            (1..terms.len()).find(|&i| terms[..i].iter().any(|t| key(t) == key(&terms[i])))
        {
            return Err(QuotaError(format!("{} stands twice", key(&terms[i]).name())));
        }
        Ok(Self::Terms(terms))
    }

    /// Whether test points count.
    #[must_use]
    pub fn uses_test(&self) -> bool {
        let counts = |term: &RankingTerm| matches!(term, RankingTerm::Points { test: 1.., .. });
        matches!(self, Self::Terms(terms) if terms.iter().any(counts))
    }

    /// Whether nobody without a test can be ranked; where the test adds to merit, no test adds
    /// nothing.
    pub(super) fn needs_test(&self) -> bool {
        let alone = |term: &RankingTerm| matches!(term, RankingTerm::Points { merit: false, .. });
        matches!(self, Self::Terms(terms) if terms.iter().any(alone))
    }

    /// Whether the place on the free quota's list counts.
    #[must_use]
    pub fn uses_free_quota(&self) -> bool {
        matches!(self, Self::Terms(terms) if terms.contains(&RankingTerm::FreeQuota))
    }
}

fn term(text: &str, merit_name: &str) -> Result<RankingTerm, QuotaError> {
    if text == "free_quota" {
        return Ok(RankingTerm::FreeQuota);
    }
    let (mut merit, mut test) = (false, 0);
    for addend in text.split('+') {
        let (factor, name) = match addend.split_once('*') {
            Some((a, b)) if b == "test" => (a, b),
            Some((a, b)) => (b, a),
            None => ("1", addend),
        };
        let factor: Option<u32> = factor.parse().ok().filter(|f| (1..=GREATEST_FACTOR).contains(f));
        match (name, factor) {
            ("test", Some(factor)) if test == 0 => test = factor,
            (name, Some(1)) if name == merit_name && !merit => merit = true,
            _ => {
                let message = format!(
                    "\"{addend}\" is neither {merit_name}, test, a whole number times test, \
                     free_quota nor manual"
                );
                return Err(QuotaError(message));
            }
        }
    }
    Ok(RankingTerm::Points { merit, test })
}

impl RankingTerm {
    pub(super) fn key(self, graded: bool) -> RankingKey {
        match self {
            Self::FreeQuota => RankingKey::FreeQuota,
            Self::Points { merit: true, test: 0 } if graded => RankingKey::Merit,
            Self::Points { merit: true, test: 0 } => RankingKey::Score,
            Self::Points { merit: false, .. } => RankingKey::Test,
            Self::Points { merit: true, .. } => RankingKey::MeritAndTest,
        }
    }

    /// The sum, for one applicant.
    pub(super) fn points(self, score: Score, test: Option<TestResult>) -> Option<Score> {
        let Self::Points { merit, test: factor } = self else { return None };
        let test = test.unwrap_or_default().points.ten_thousandths() * u64::from(factor);
        let merit = if merit { score.ten_thousandths() } else { 0 };
        Some(Score::from_ten_thousandths(merit + test))
    }
}

#[cfg(test)]
mod tests {
    use super::{GroupRanking, RankingTerm};
    use crate::quota::TestResult;
    use crate::score::Score;

    fn terms(text: &str) -> Vec<RankingTerm> {
        match GroupRanking::parse(text, true).unwrap() {
            GroupRanking::Terms(terms) => terms,
            GroupRanking::Manual => panic!("{text} is ranked by terms"),
        }
    }

    /// The formulas that schools publish: test alone, merit and test, the test sixteen times.
    #[test]
    fn the_sum_is_what_the_formula_says() {
        let merit = Score::parse("340").unwrap();
        let test = TestResult { points: Score::parse("19.5").unwrap(), passed: None };
        for (text, with_test, without) in [
            ("", "340", "340"),
            ("merit", "340", "340"),
            ("test", "19.5", "0"),
            ("merit+test", "359.5", "340"),
            ("test+merit", "359.5", "340"),
            ("merit+16*test", "652", "340"),
            ("16*test", "312", "0"),
            ("test*16", "312", "0"),
        ] {
            let sum = |test| terms(text)[0].points(merit, test).unwrap().to_string();
            assert_eq!((sum(Some(test)), sum(None)), (with_test.into(), without.into()), "{text}");
        }
        assert_eq!(terms("free_quota")[0].points(merit, Some(test)), None);
    }

    #[test]
    fn only_where_the_test_stands_alone_nobody_is_ranked_without_it() {
        let ranking = |text| GroupRanking::parse(text, true).unwrap();
        for (text, uses, needs, list) in [
            ("merit", false, false, false),
            ("merit+test", true, false, false),
            ("test merit", true, true, false),
            ("free_quota 16*test", true, true, true),
            ("manual", false, false, false),
        ] {
            let ranking = ranking(text);
            let found = (ranking.uses_test(), ranking.needs_test(), ranking.uses_free_quota());
            assert_eq!(found, (uses, needs, list), "{text}");
        }
    }

    #[test]
    fn what_is_no_ranking_is_refused() {
        for text in [
            "grades",
            "merit*test",
            "2*merit",
            "0*test",
            "1001*test",
            "-1*test",
            "1.5*test",
            "merit+merit",
            "test+test",
            "merit merit",
            "merit+test merit+16*test",
            "manual merit",
            "free_quota+test",
            "score",
            "merit+",
        ] {
            assert!(GroupRanking::parse(text, true).is_err(), "{text}");
        }
        assert!(GroupRanking::parse("score+test", false).is_ok());
        assert!(GroupRanking::parse("merit", false).is_err());
    }
}
