//! Lotteries over programmes with quota groups.

use std::cmp::Reverse;

use antagning_matching::{
    ApplicantIx, Lotteries, LotteryDraw, LotteryNumbers, MarketBuilder, ProgrammeIx,
    SplitMixLottery, deferred_acceptance,
};
use proptest::prelude::*;

use super::broken::BOTH;
use crate::grouped::instances::{dense, scarce, sparse, tiny};
use crate::grouped::textbook::GroupedInstance;

/// The instance with its lots taken away, or nearly: so many different ones are left.
fn coarse(mut instance: GroupedInstance, lots: u64) -> GroupedInstance {
    for (_, keys) in instance.lists.iter_mut().flatten() {
        keys.iter_mut().for_each(|(_, key)| *key = *key >> 32 << 32 | (*key % lots));
    }
    instance
}

/// The instance with the ties of every group broken by lottery numbers.
fn broken(instance: &GroupedInstance, numbers: impl LotteryNumbers) -> GroupedInstance {
    let mut rankings = std::collections::BTreeMap::<_, Vec<_>>::new();
    for (applicant, list) in instance.lists.iter().enumerate() {
        for (programme, keys) in list {
            let number = numbers
                .number(ApplicantIx::new(applicant as u32), ProgrammeIx::new(*programme as u32));
            for &(group, key) in keys {
                let ranking = rankings.entry((*programme, group)).or_default();
                ranking.push((key, Reverse(number), Reverse(applicant)));
            }
        }
    }
    rankings.values_mut().for_each(|ranking| ranking.sort_unstable());
    let mut broken = instance.clone();
    for (applicant, list) in broken.lists.iter_mut().enumerate() {
        for (programme, keys) in list {
            for (group, key) in keys {
                let ranking = &rankings[&(*programme, *group)];
                let at = ranking.iter().position(|entry| entry.2.0 == applicant);
                *key = at.expect("everybody is ranked") as u64;
            }
        }
    }
    broken
}

fn lotteries(instance: &GroupedInstance) -> Lotteries {
    let mut builder = MarketBuilder::new();
    instance.add_to(&mut builder, 0);
    builder.build_for_lotteries().expect("a sound market")
}

/// Draws against whole new runs, in whom, where, in which group, and with which cutoffs; and
/// against the bounds.
fn equal_rerun(instance: &GroupedInstance, draws: u64, seed: u64) -> Result<(), TestCaseError> {
    let lotteries = lotteries(instance);
    let mut scratch = LotteryDraw::new(&lotteries);
    for (draw, tie_breaking) in (0..draws).flat_map(|draw| BOTH.map(|both| (draw, both))) {
        let lottery = SplitMixLottery::new(seed, draw, tie_breaking);
        let broken = broken(instance, lottery);
        let expected = broken.deferred_acceptance();
        let strict = broken.market().expect("lots part everybody");
        let rerun = deferred_acceptance(&strict);
        let matching = scratch.run(&lotteries, lottery);
        for applicant in (0..instance.lists.len() as u32).map(ApplicantIx::new) {
            let choice = matching.choice_of(applicant);
            prop_assert_eq!(choice, expected[applicant.index()]);
            prop_assert_eq!(matching.group_of(applicant), rerun.group_of(applicant));
            let rank = |choice: Option<usize>| choice.unwrap_or(usize::MAX);
            prop_assert!(rank(lotteries.best_choice_of(applicant)) <= rank(choice));
            prop_assert!(rank(lotteries.worst_choice_of(applicant)) >= rank(choice));
        }
        for programme in (0..instance.programmes.len() as u32).map(ProgrammeIx::new) {
            for group in 0..lotteries.groups(programme).len() {
                let cutoff = matching.cutoff(programme, Some(group));
                prop_assert_eq!(cutoff, rerun.group_cutoff(programme, group));
            }
            if lotteries.groups(programme).is_empty() {
                prop_assert_eq!(matching.cutoff(programme, None), rerun.cutoff(programme));
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn in_tiny_markets(instance in tiny(), lots in 1_u64..3, seed: u64) {
        equal_rerun(&coarse(instance, lots), 6, seed)?;
    }

    #[test]
    fn in_dense_markets(instance in dense(), lots in 1_u64..5, seed: u64) {
        equal_rerun(&coarse(instance, lots), 6, seed)?;
    }

    #[test]
    fn in_scarce_markets(instance in scarce(), lots in 1_u64..5, seed: u64) {
        equal_rerun(&coarse(instance, lots), 6, seed)?;
    }

    #[test]
    fn in_sparse_markets(instance in sparse(), lots in 1_u64..5, seed: u64) {
        equal_rerun(&coarse(instance, lots), 1, seed)?;
    }

    /// Without a tie there is nothing to draw: both bounds are the matching.
    #[test]
    fn the_bounds_meet_where_nobody_is_equal(instance in dense()) {
        let lotteries = lotteries(&instance);
        let expected = instance.deferred_acceptance();
        for applicant in (0..expected.len() as u32).map(ApplicantIx::new) {
            prop_assert_eq!(lotteries.best_choice_of(applicant), expected[applicant.index()]);
            prop_assert_eq!(lotteries.worst_choice_of(applicant), expected[applicant.index()]);
        }
    }
}
