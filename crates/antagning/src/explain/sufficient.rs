//! What would have been enough.

use antagning_formats::{Manifest, RunFiles};
use antagning_rules::{RankingKey, Score};
use serde::Serialize;

/// What would have been enough for a seat, told only where it is certain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sufficient {
    /// More merit than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_than: Option<String>,
    /// This merit, where equals are admitted together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// With exactly the cutoff, this key could have decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_equal: Option<String>,
}

/// The order of a season in which everybody stands before the same others at every programme.
///
/// Only there those whom the applicant would displace can never come back before them: the matching
/// is then the choice of one after the other (serial dictatorship), and whoever goes earlier is not
/// touched by what comes later.
#[derive(Clone, Copy, Debug)]
pub(super) struct CommonOrder {
    /// The key after merit.
    next: Option<RankingKey>,
    equals_are_admitted: bool,
}

impl CommonOrder {
    /// The common order of a run; `None` when there is none, or none that is by merit first.
    ///
    /// O(choices).
    pub(super) fn of_run(
        manifest: &Manifest,
        files: &RunFiles,
        chain: &[RankingKey],
    ) -> Option<Self> {
        let rest: Vec<_> = chain
            .iter()
            .filter(|key| !matches!(key, RankingKey::OnTime | RankingKey::Reception))
            .collect();
        let (first, later) = rest.split_first()?;
        let equals_are_admitted = match manifest.at_cutoff.as_str() {
            "break" => false,
            "admit_all" => true,
            // Equals that the applicant joins or displaces could be rejected together elsewhere.
            _ => return None,
        };
        let varies = |key: &&&RankingKey| match key {
            RankingKey::ChoiceRank => true,
            RankingKey::Lottery => manifest.lottery_scope.as_deref() != Some("applicant"),
            _ => false,
        };
        if **first != RankingKey::Merit || later.iter().any(|key| varies(&key)) {
            return None;
        }
        let plain = files.programmes.quota_group.iter().all(str::is_empty);
        let mark = |pair: &str| {
            matches!(pair, "reception=0" | "on_time=0" | "placed_by_hand=1" | "holds=1")
        };
        let marked = |keys: &str| keys.split(' ').any(mark);
        let common = plain && !files.outcomes.keys.iter().any(marked);
        common.then(|| Self { next: later.first().map(|key| **key), equals_are_admitted })
    }

    /// What would have been enough against this cutoff, when grades can give `highest` at most.
    pub(super) fn sufficient(self, cutoff: u64, highest: u64) -> Option<Sufficient> {
        let limit = || Score::from_ten_thousandths(cutoff).to_string();
        let at_least = self.equals_are_admitted && self.next.is_none();
        let found = Sufficient {
            more_than: (!at_least && cutoff < highest).then(limit),
            at_least: at_least.then(limit),
            at_equal: self.next.map(|key| key.name().to_owned()),
        };
        (found != Sufficient::default()).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{CommonOrder, Sufficient};
    use antagning_rules::RankingKey;

    #[test]
    fn nothing_is_promised_that_nobody_can_reach() {
        let order = |next, equals_are_admitted| CommonOrder { next, equals_are_admitted };
        let found = |more: Option<&str>, least: Option<&str>, equal: Option<&str>| {
            let text = |text: Option<&str>| text.map(str::to_owned);
            Some(Sufficient { more_than: text(more), at_least: text(least), at_equal: text(equal) })
        };
        let plain = order(None, false);
        assert_eq!(plain.sufficient(3_400_000, 3_400_000), None);
        assert_eq!(plain.sufficient(3_375_000, 3_400_000), found(Some("337.5"), None, None));
        let lots = order(Some(RankingKey::Lottery), false);
        assert_eq!(lots.sufficient(3_400_000, 3_400_000), found(None, None, Some("lottery")));
        let together = order(None, true);
        assert_eq!(together.sufficient(3_400_000, 3_400_000), found(None, Some("340"), None));
    }
}
