//! Swedish upper-secondary admission rules as versioned data.
//!
//! A [`RuleSet`] is named data with a year: grade scale, merit, eligibility, tie-break chain, each
//! with the provision behind it.

mod chain;
mod grades;
mod lottery;
mod rule_set;
mod score;

pub use chain::{Chain, ChainError, Keys, Priority, RankingKey};
pub use grades::{Assessed, Assessor, Grade, GradeScale, Merit, Shortfall};
pub use lottery::{Lottery, LotteryScope};
pub use rule_set::{EligibilityRule, GradeRules, RuleSet, Subject};
pub use score::Score;
