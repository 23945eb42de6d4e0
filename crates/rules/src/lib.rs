//! Swedish upper-secondary admission rules as versioned data.
//!
//! A [`RuleSet`] is named data with a year: grade scale, merit, eligibility, tie-break chain, each
//! with the provision behind it. [`Assessment`] applies it to the dossiers of a season and builds
//! the market; [`Outcomes`] turns the matching of that market back into decisions with reasons.

mod assessment;
mod chain;
mod grades;
mod lottery;
mod outcome;
mod rule_set;
mod ruling;
mod score;
mod settle;

pub use assessment::{Assessment, Bar, Basis, Dossiers, Entrants, LotteryIds};
pub use chain::{Chain, ChainError, Keys, Priority, RankingKey};
pub use grades::{Assessed, Assessor, Grade, GradeScale, Merit, Shortfall};
pub use lottery::{Lottery, LotteryScope};
pub use outcome::{CutoffKind, Outcome, Outcomes, ProgrammeResult, Reason, Status};
pub use rule_set::{EligibilityRule, GradeRules, RuleSet, Subject};
pub use ruling::{Closed, Reception, Ruling};
pub use score::Score;
