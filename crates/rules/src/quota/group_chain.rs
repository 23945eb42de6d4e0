//! The tie-break chain of a quota group.

use crate::chain::{Chain, RankingKey};
use crate::quota::GroupRanking;

/// Keys of one applicant in one group, greater first: whether they are placed by hand (2) or hold
/// the seat (1), then the group's chain.
pub type ClaimKeys = [u64; 12];

/// The chain of a group: the season's, with the group's terms in the place of merit or score.
#[derive(Clone, Debug)]
pub(crate) struct GroupChain {
    pub(super) keys: Vec<RankingKey>,
    /// How many keys at the head are marks, which make up the tier.
    pub(super) marks: usize,
    /// How many keys after them are the group's own.
    pub(super) terms: usize,
}

impl GroupChain {
    pub(super) fn new(chain: &Chain, ranking: &GroupRanking) -> Self {
        let marks = chain.marks();
        let graded_key = |key: &RankingKey| matches!(key, RankingKey::Merit | RankingKey::Score);
        let graded = !chain.keys().contains(&RankingKey::Score);
        let terms: Vec<RankingKey> = match ranking {
            // Nobody is ranked; the season's own key keeps those who were placed apart.
            GroupRanking::Manual => chain.keys().iter().copied().filter(graded_key).collect(),
            GroupRanking::Terms(terms) => terms.iter().map(|term| term.key(graded)).collect(),
        };
        let (head, rest) = chain.keys().split_at(marks);
        let rest = rest.iter().filter(|key| !graded_key(key) && !terms.contains(key));
        let keys = head.iter().chain(&terms).chain(rest).copied().collect();
        Self { keys, marks, terms: terms.len() }
    }

    /// The first key in which two applicants to the group differ, held seats aside; `None` when a
    /// placement by hand parts them or nothing does.
    pub(crate) fn deciding_key(&self, a: &ClaimKeys, b: &ClaimKeys) -> Option<RankingKey> {
        if a[0] >> 1 != b[0] >> 1 {
            return None;
        }
        let at = a[1..].iter().zip(&b[1..]).position(|(a, b)| a != b)?;
        self.keys.get(at).copied()
    }

    /// Reception and lateness as one number, greater first.
    pub(crate) fn tier(&self, keys: &ClaimKeys) -> u32 {
        keys[1..=self.marks].iter().fold(0, |tier, mark| tier << 1 | *mark as u32)
    }
}
