//! Quota groups (urvalsgrupper): what a programme's seats are divided among.

mod condition;
mod group_chain;
mod ranking;

use crate::chain::{Chain, Keys, RankingKey};
use crate::ruling::Ruling;
use crate::score::Score;

pub use condition::Condition;
pub(crate) use condition::Facts;
pub use group_chain::ClaimKeys;
use group_chain::GroupChain;
pub use ranking::{GroupRanking, RankingTerm};

/// The quota groups of every programme, in order of precedence.
#[derive(Clone, Debug, Default)]
pub struct Quotas {
    /// Where each programme's groups begin; empty when no programme has any.
    offsets: Vec<u32>,
    groups: Vec<QuotaGroup>,
}

/// A part of a programme's seats with a ranking of its own (GyF 7 kap. 3 and 5 §§).
#[derive(Clone, Debug)]
pub struct QuotaGroup {
    /// What it is called.
    pub name: String,
    /// Seats of its own.
    pub seats: u32,
    /// The later group, counted within the programme, that gets the seats nobody here took.
    pub unfilled_to: Option<u32>,
    /// What it ranks by, as it is written.
    pub ranked_by: String,
    /// What it ranks by.
    pub ranking: GroupRanking,
    /// What an applicant must fulfil for the group to be open to them.
    pub open_to: Vec<Condition>,
    /// The whole chain of the group.
    pub(crate) chain: GroupChain,
}

/// The result of a skill test (färdighetsprov) at one programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestResult {
    /// The points.
    pub points: Score,
    /// Whether it is a pass, when the programme says so.
    pub passed: Option<bool>,
}

/// Why a text is no ranking or condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct QuotaError(String);

impl Quotas {
    /// No groups at all.
    pub const NONE: &'static Self = &Self { offsets: Vec::new(), groups: Vec::new() };

    /// Groups by programme: where each programme's begin (one more entry than programmes), and all
    /// of them in a row.
    #[must_use]
    pub fn new(offsets: Vec<u32>, groups: Vec<QuotaGroup>) -> Self {
        if groups.is_empty() {
            return Self::default();
        }
        Self { offsets, groups }
    }

    /// Whether no programme has a group.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// How many groups there are, over all programmes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// The groups of a programme; none when it is plain.
    #[must_use]
    pub fn of(&self, programme: usize) -> &[QuotaGroup] {
        &self.groups[self.range(programme)]
    }

    /// Where the groups of a programme stand among all.
    #[must_use]
    pub fn range(&self, programme: usize) -> std::ops::Range<usize> {
        match self.offsets.get(programme..programme + 2) {
            Some(&[first, end]) => first as usize..end as usize,
            _ => 0..0,
        }
    }
}

impl QuotaGroup {
    /// A group that ranks by what is written in `ranked_by`, in a season that is ranked by `chain`.
    #[must_use]
    pub fn new(
        name: String,
        seats: u32,
        unfilled_to: Option<u32>,
        ranked_by: (String, GroupRanking),
        open_to: Vec<Condition>,
        chain: &Chain,
    ) -> Self {
        let (ranked_by, ranking) = ranked_by;
        let chain = GroupChain::new(chain, &ranking);
        Self { name, seats, unfilled_to, ranked_by, ranking, open_to, chain }
    }

    /// The seats of its own, and the group that they pass on to, for the matching.
    #[must_use]
    pub fn own_seats(&self) -> antagning_matching::QuotaGroup {
        antagning_matching::QuotaGroup {
            seats: self.seats,
            unfilled_to: self.unfilled_to.map(|to| to as usize),
        }
    }

    /// Whether humans made the order: then no score is a limit.
    #[must_use]
    pub fn is_ranked_by_hand(&self) -> bool {
        match &self.ranking {
            GroupRanking::Manual => true,
            GroupRanking::Terms(terms) => terms.first() == Some(&RankingTerm::FreeQuota),
        }
    }

    /// Whether a test matters to the group.
    #[must_use]
    pub fn asks_for_test(&self) -> bool {
        let about_test = |condition: &Condition| {
            matches!(
                condition,
                Condition::TestTaken | Condition::TestPassed | Condition::TestPoints(_)
            )
        };
        self.ranking.uses_test() || self.open_to.iter().any(about_test)
    }

    /// The keys in this group of somebody of whom nothing is known but these: no test, no grades, no
    /// decision; `None` when the group asks for more.
    #[must_use]
    pub fn claim_of(&self, keys: &Keys) -> Option<ClaimKeys> {
        let facts = Facts { ruling: &Ruling::default(), test: None, grades: None };
        self.claim(keys, &facts, 0).map(|(keys, _)| keys)
    }

    /// The keys of the group's chain, first compared first.
    #[must_use]
    pub fn keys(&self) -> &[RankingKey] {
        &self.chain.keys
    }
}

impl QuotaGroup {
    /// The keys and the published score of an applicant in this group, or `None` when it is not
    /// open to them. `mark` is [`Ruling::mark`](crate::Ruling) where an official has placed them
    /// in this very group or they hold a seat of it, which no condition takes back.
    pub(crate) fn claim(
        &self,
        keys: &Keys,
        facts: &Facts<'_>,
        mark: u64,
    ) -> Option<(ClaimKeys, Score)> {
        if mark == 0 && !self.is_open_to(facts) {
            return None;
        }
        let terms = match &self.ranking {
            GroupRanking::Manual => &[][..],
            GroupRanking::Terms(terms) => terms,
        };
        let score = terms.iter().find_map(|term| term.points(keys.score, facts.test));
        let mut claim = ClaimKeys::default();
        claim[0] = mark;
        let mut terms = terms.iter();
        for (value, key) in claim[1..].iter_mut().zip(&self.chain.keys) {
            *value = match key {
                RankingKey::Test
                | RankingKey::MeritAndTest
                | RankingKey::Merit
                | RankingKey::Score => {
                    let term = terms.next().and_then(|term| term.points(keys.score, facts.test));
                    term.unwrap_or(keys.score).ten_thousandths()
                }
                RankingKey::FreeQuota => {
                    terms.next();
                    u64::from(u32::MAX - facts.ruling.free_quota_rank)
                }
                key => key.value(keys),
            };
        }
        Some((claim, score.unwrap_or(keys.score)))
    }

    /// The values of the group's own terms among the keys of a claim, as files write them: points
    /// as decimals, a place on the free quota's list as the place.
    pub fn term_values<'a>(&'a self, keys: &'a ClaimKeys) -> impl Iterator<Item = String> + 'a {
        let values = self.chain.keys.iter().zip(&keys[1..]);
        let own = values.skip(self.chain.marks).take(self.chain.terms);
        own.map(|(key, value)| match key {
            RankingKey::FreeQuota => (u64::from(u32::MAX) - value).to_string(),
            _ => Score::from_ten_thousandths(*value).to_string(),
        })
    }

    fn is_open_to(&self, facts: &Facts<'_>) -> bool {
        self.ranking != GroupRanking::Manual && self.unmet(facts).next().is_none()
    }

    /// The conditions that the applicant does not fulfil, those that the ranking implies included.
    pub(crate) fn unmet<'a>(&'a self, facts: &'a Facts<'a>) -> impl Iterator<Item = String> + 'a {
        let implied = [
            (self.ranking.uses_free_quota(), Condition::FreeQuota),
            (self.ranking.needs_test(), Condition::TestTaken),
        ];
        let implied = implied
            .into_iter()
            .filter(|(asked, condition)| *asked && !self.open_to.contains(condition));
        let asked = self.open_to.iter().cloned().chain(implied.map(|(_, condition)| condition));
        asked.filter(|condition| !condition.holds(facts)).map(|condition| condition.to_string())
    }
}
