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

#[cfg(test)]
mod tests {
    use super::{ClaimKeys, GroupChain};
    use crate::chain::{Chain, RankingKey as K};
    use crate::lottery::LotteryScope::Applicant;
    use crate::quota::GroupRanking;

    fn chain(keys: &[K], ranking: &str) -> GroupChain {
        let chain = Chain::new(keys, Applicant, true).unwrap();
        GroupChain::new(&chain, &GroupRanking::parse(ranking, true).unwrap())
    }

    #[test]
    fn the_terms_stand_behind_the_marks_in_the_place_of_merit() {
        let season = [K::OnTime, K::Reception, K::ChoiceRank, K::Merit, K::Lottery];
        for (ranking, own) in [
            ("", &[K::Merit][..]),
            ("manual", &[K::Merit]),
            ("test", &[K::Test]),
            ("merit+16*test merit", &[K::MeritAndTest, K::Merit]),
            ("free_quota test", &[K::FreeQuota, K::Test]),
        ] {
            let expected = [&[K::OnTime, K::Reception], own, &[K::ChoiceRank, K::Lottery]].concat();
            let chain = chain(&season, ranking);
            assert_eq!(chain.keys, expected, "{ranking}");
            assert_eq!((chain.marks, chain.terms), (2, own.len()), "{ranking}");
        }
    }

    #[test]
    fn a_mark_behind_merit_is_no_tier() {
        let chain = chain(&[K::Merit, K::Reception, K::Lottery], "test");
        assert_eq!(chain.keys, [K::Test, K::Reception, K::Lottery]);
        assert_eq!(chain.tier(&keys([0, 320, 1, 9])), 0);
    }

    fn keys<const N: usize>(values: [u64; N]) -> ClaimKeys {
        let mut keys = ClaimKeys::default();
        keys[..N].copy_from_slice(&values);
        keys
    }

    #[test]
    fn the_tier_is_the_marks_and_the_first_difference_decides() {
        let chain = chain(&[K::OnTime, K::Reception, K::Merit, K::Lottery], "test");
        let [a, b] = [[0, 1, 0, 45, 3], [0, 1, 0, 45, 2]].map(keys);
        assert_eq!((chain.tier(&a), chain.tier(&keys([0, 0, 1, 50, 9]))), (0b10, 0b01));
        assert_eq!(chain.deciding_key(&a, &b), Some(K::Lottery));
        assert_eq!(chain.deciding_key(&a, &keys([0, 0, 1, 50, 9])), Some(K::OnTime));
        assert_eq!(chain.deciding_key(&a, &a), None);
        // A placement by hand is no key of the chain; a held seat decides nothing either.
        assert_eq!(chain.deciding_key(&a, &keys([2, 1, 1, 0, 0])), None);
        assert_eq!(chain.deciding_key(&a, &keys([1, 1, 0, 45, 2])), Some(K::Lottery));
    }
}
