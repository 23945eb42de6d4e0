//! Every draw is a whole new deferred acceptance with its lottery numbers.

use antagning_matching::{
    ApplicantIx, LotteryDraw, LotteryNumbers, ProgrammeIx, SplitMixLottery, deferred_acceptance,
};
use proptest::prelude::*;

use super::broken::{BOTH, broken, drawn, lotteries};
use crate::instances::{dense, sparse, tiny};
use crate::textbook::Instance;
use crate::tied::instances::{in_classes, tied};

/// A draw against the textbook, and its cutoffs against the strict market's.
fn equals_rerun(
    instance: &Instance,
    scratch: &mut LotteryDraw,
    numbers: impl LotteryNumbers,
) -> Result<(), TestCaseError> {
    let broken = broken(instance, numbers);
    let expected = broken.deferred_acceptance();
    let lotteries = lotteries(instance);
    prop_assert_eq!(&drawn(&lotteries, scratch, numbers), &expected);

    let strict = broken.market().expect("lots part everybody");
    let rerun = deferred_acceptance(&strict);
    let matching = scratch.run(&lotteries, numbers);
    for programme in (0..instance.seats.len() as u32).map(ProgrammeIx::new) {
        prop_assert_eq!(matching.cutoff(programme, None), rerun.cutoff(programme));
        prop_assert_eq!(matching.last_admitted(programme, None), rerun.last_admitted(programme));
        prop_assert_eq!(matching.is_full(programme, None), rerun.vacancies(programme) == 0);
    }
    let mut moved: Vec<_> = matching.moved().collect();
    moved.sort_unstable();
    let differs = |&applicant: &ApplicantIx| {
        expected[applicant.index()] != lotteries.best_choice_of(applicant)
    };
    let all = (0..expected.len() as u32).map(ApplicantIx::new);
    prop_assert_eq!(moved, all.filter(differs).collect::<Vec<_>>());
    for applicant in (0..expected.len() as u32).map(ApplicantIx::new) {
        prop_assert_eq!(matching.programme_of(applicant), rerun.programme_of(applicant));
        prop_assert_eq!(matching.group_of(applicant), None);
    }
    Ok(())
}

/// Some draws, from memory that has served another market before.
fn draws(instance: &Instance, count: u64, seed: u64) -> Result<(), TestCaseError> {
    let mut scratch = LotteryDraw::new(&lotteries(&in_classes(70, 9, [40, 3])));
    for draw in 0..count {
        for tie_breaking in BOTH {
            let lottery = SplitMixLottery::new(seed, draw, tie_breaking);
            equals_rerun(instance, &mut scratch, lottery)?;
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn in_tiny_markets(instance in tied(tiny()), seed: u64) {
        draws(&instance, 8, seed)?;
    }

    #[test]
    fn in_dense_markets(instance in tied(dense()), seed: u64) {
        draws(&instance, 8, seed)?;
    }

    #[test]
    fn in_sparse_markets(instance in tied(sparse()), seed: u64) {
        draws(&instance, 2, seed)?;
    }

    #[test]
    fn where_everybody_is_equal(mut instance in sparse(), seed: u64) {
        instance.lists.iter_mut().flatten().for_each(|(_, key)| *key = 0);
        draws(&instance, 2, seed)?;
    }

    #[test]
    fn where_nobody_is(instance in dense(), seed: u64) {
        draws(&instance, 1, seed)?;
    }

    #[test]
    fn in_long_classes(applicants in 1_usize..200, class in 1_usize..90,
                       seats in (0_u32..150, 0_u32..40), seed: u64) {
        draws(&in_classes(applicants, class, [seats.0, seats.1]), 3, seed)?;
    }

    /// Where no applicant is tied at more than one programme, one number or many is the same.
    #[test]
    fn one_number_is_as_many_where_each_is_tied_once(mut instance in sparse(), seed: u64) {
        // Ties at the first choice alone: all other keys are kept apart by the applicant's number.
        for (applicant, list) in instance.lists.iter_mut().enumerate() {
            for (position, (_, key)) in list.iter_mut().enumerate() {
                *key >>= 32;
                *key = if position == 0 { *key << 40 } else { *key << 40 | (applicant as u64 + 1) };
            }
        }
        let numbers: Vec<Vec<u32>> = (0..instance.seats.len())
            .map(|programme| {
                let lottery = SplitMixLottery::new(seed, 0, BOTH[1]);
                (0..instance.lists.len())
                    .map(|applicant| super::broken::numbers(lottery, programme, applicant))
                    .collect()
            })
            .collect();
        let single: Vec<u32> = instance.lists.iter().enumerate()
            .map(|(applicant, list)| list.first().map_or(0, |&(first, _)| numbers[first][applicant]))
            .collect();
        let lotteries = lotteries(&instance);
        let mut scratch = LotteryDraw::new(&lotteries);
        let many = drawn(&lotteries, &mut scratch, super::broken::Given(&numbers));
        let one = drawn(&lotteries, &mut scratch, super::broken::Given(&[single]));
        prop_assert_eq!(one, many);
    }
}

/// Guards the property above: where an applicant is tied twice, it matters.
#[test]
fn one_number_differs_from_many_where_somebody_is_tied_twice() {
    // One seat each; anna and björn are equal at both, and both prefer the first.
    let lists = vec![vec![(0, 1), (1, 1)], vec![(0, 1), (1, 1)], vec![(1, 1)]];
    let instance = Instance { seats: vec![1, 1], lists };
    let lotteries = lotteries(&instance);
    let mut scratch = LotteryDraw::new(&lotteries);
    let one = [vec![1, 2, 3]];
    let many = [vec![1, 2, 3], vec![1, 3, 2]];
    let one = drawn(&lotteries, &mut scratch, super::broken::Given(&one));
    let many = drawn(&lotteries, &mut scratch, super::broken::Given(&many));
    assert_eq!(one, [Some(0), Some(1), None]);
    assert_eq!(many, [Some(0), None, Some(0)]);
}
