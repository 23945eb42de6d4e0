//! The two rules bracket every lottery, for every applicant.

use antagning_matching::TieRule;
use proptest::prelude::*;

use super::instances::tied;
use super::outcome::placed;
use crate::instances::{dense, draw, sparse, tiny};
use crate::outcome::{NOBODY, Placements, nobody_worse, optimal};
use crate::textbook::Instance;

/// The instance with the ties at each programme broken by the applicants' lots there.
fn broken(instance: &Instance, lot: impl Fn(usize, usize) -> u64) -> Instance {
    let mut broken = instance.clone();
    for (applicant, list) in broken.lists.iter_mut().enumerate() {
        for (programme, key) in list {
            // Keys are a grade in the upper half and a small number in the lower.
            *key = (*key >> 32) << 40 | (*key & 0xffff) << 20 | lot(*programme, applicant);
        }
    }
    broken
}

/// Whether nobody is better off than with the whole class in, or worse off than with it out.
fn brackets(instance: &Instance, placements: &Placements) -> bool {
    nobody_worse(placements, &placed(instance, TieRule::AdmitAll), NOBODY)
        && nobody_worse(&placed(instance, TieRule::RejectAll), placements, NOBODY)
}

fn permutations(length: usize) -> Vec<Vec<u64>> {
    (0..length as u64).fold(vec![Vec::new()], |shorter, number| {
        let with = |order: &Vec<u64>, at: usize| {
            let mut order = order.clone();
            order.insert(at, number);
            order
        };
        shorter.iter().flat_map(|order| (0..=order.len()).map(move |at| with(order, at))).collect()
    })
}

/// All lotteries of a market of at most four applicants, where those at the second programme are
/// drawn anew.
fn every_lottery(instance: &Instance) -> Result<(), TestCaseError> {
    let lots = permutations(instance.lists.len());
    for first in &lots {
        for second in &lots {
            let lot = |programme, applicant: usize| {
                if programme == 1 { second[applicant] } else { first[applicant] }
            };
            prop_assert!(brackets(instance, &optimal(&broken(instance, lot))));
        }
    }
    Ok(())
}

/// So many lotteries, half of them with one lot for each applicant and half with one for each
/// applicant and programme.
fn some_lotteries(instance: &Instance, lotteries: u64, seed: u64) -> Result<(), TestCaseError> {
    for lottery in 0..lotteries {
        let lot = |programme: usize, applicant: usize| {
            let programme = if lottery % 2 == 0 { 0 } else { programme as u64 };
            let mut state = seed ^ lottery << 40 ^ programme << 20 ^ applicant as u64;
            // The applicant's number parts those who draw the same.
            (draw(&mut state) & 0x3ff) << 10 | applicant as u64
        };
        prop_assert!(brackets(instance, &optimal(&broken(instance, lot))));
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_lottery_in_tiny_markets(instance in tied(tiny())) {
        every_lottery(&instance)?;
    }

    #[test]
    fn many_lotteries_in_dense_markets(instance in tied(dense()), seed: u64) {
        some_lotteries(&instance, 40, seed)?;
    }

    #[test]
    fn some_lotteries_in_sparse_markets(instance in tied(sparse()), seed: u64) {
        some_lotteries(&instance, 6, seed)?;
    }
}

/// Guards the properties above: the bracket says something, and other placements break it.
#[test]
fn the_bracket_is_wide_where_the_lottery_decides() {
    // anna and björn are equal at the first programme; cecilia gets the second if none of them
    // comes to it, and david stands above all.
    let lists = vec![vec![(0, 1), (1, 2)], vec![(0, 1), (1, 2)], vec![(1, 1)], vec![(0, 3)]];
    let instance = Instance { seats: vec![2, 1], lists };
    let best = placed(&instance, TieRule::AdmitAll);
    let worst = placed(&instance, TieRule::RejectAll);
    assert_eq!(best, [Some(0), Some(0), Some(0), Some(0)]);
    assert_eq!(worst, [None, None, None, Some(0)]);
    let lottery = optimal(&broken(&instance, |_, applicant| applicant as u64));
    assert_eq!(lottery, [Some(1), Some(0), None, Some(0)]);
    assert!(brackets(&instance, &lottery));
    assert!(!brackets(&instance, &vec![Some(0), Some(0), Some(0), None]));
    assert!(!nobody_worse(&best, &lottery, NOBODY) && !nobody_worse(&lottery, &worst, NOBODY));
}

#[test]
fn all_orders_are_tried() {
    let mut orders = permutations(4);
    orders.sort();
    orders.dedup();
    assert_eq!(orders.len(), 24);
}
