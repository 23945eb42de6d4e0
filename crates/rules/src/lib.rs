//! Swedish upper-secondary admission rules as versioned data.
//!
//! A [`RuleSet`] is named data with a year: grade scale, merit, eligibility, tie-break chain, each
//! with the provision behind it. [`Assessment`] applies it to the dossiers of a season and builds
//! the market; [`Outcomes`] turns the matching of that market back into decisions with reasons.

mod assessment;
mod block;
mod chain;
mod claims;
mod dance;
mod drawn;
mod grades;
mod grouped;
mod line;
mod lottery;
mod outcome;
mod precedence;
mod quota;
mod rule_set;
mod ruling;
mod scale;
mod score;
mod settle;

pub use assessment::{Assessment, Bar, Basis, Dossiers, Entrants, GroupClaim, LotteryIds};
pub use chain::{Chain, ChainError, Keys, Priority, RankingKey};
pub use claims::{Claims, Tiers};
pub use dance::DanceRounding;
pub use grades::{Assessed, Assessor, Merit, Shortfall};
pub use lottery::{Lottery, LotteryScope};
pub use outcome::{CutoffKind, Outcome, Outcomes, ProgrammeResult, Reason, Status};
pub use quota::{
    ClaimKeys, Condition, GroupRanking, QuotaError, QuotaGroup, Quotas, RankingTerm, TestResult,
};
pub use rule_set::{EligibilityRule, GradeRules, RuleSet, StudyPathRule, Subject};
pub use ruling::{Closed, Lapse, Reception, Ruling};
pub use scale::{Grade, GradeScale};
pub use score::Score;
pub use settle::Held;
