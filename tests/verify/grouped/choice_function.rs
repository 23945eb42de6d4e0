//! The checker's choice function on all subsets of small sets: substitutable, size-monotone and
//! consistent, and what the definition gives.

use antagning_verify::Violation;
use proptest::prelude::*;

use super::instances::markets;
use super::market::{Market, grouped, wish};
use super::naive::choose;

/// Sets of applicants are bits of a word.
type Set = u32;

fn members(set: Set) -> Vec<usize> {
    (0..Set::BITS as usize).filter(|member| set >> member & 1 == 1).collect()
}

/// Whom the checker would have admitted when only these applicants take part and nobody is: for
/// each of them it finds a wasted seat.
fn chosen(market: &Market, set: Set) -> Set {
    let applicants = members(set);
    let lists = applicants.iter().map(|&a| market.lists[a].clone()).collect();
    let subset = Market { programmes: market.programmes.clone(), lists };
    let faults = subset.faults(&vec![None; applicants.len()]);
    let wasted = |fault: &Violation| match fault {
        Violation::WastedSeat { applicant, programme: 0, .. } => 1 << applicants[*applicant],
        other => panic!("unexpected: {other:?}"),
    };
    faults.iter().map(wasted).sum()
}

/// One grouped programme that everybody lists.
fn single() -> impl Strategy<Value = Market> {
    let sole = |mut market: Market| {
        market.programmes[0].plain = false;
        market.lists.retain(|list| !list.is_empty());
        market
    };
    markets(8, 1, 5, 2).prop_map(sole)
}

proptest! {
    #[test]
    fn it_has_all_three_properties_and_is_the_definition(market in single()) {
        let all: Vec<Set> = (0..1 << market.lists.len()).map(|set| chosen(&market, set)).collect();
        for (larger, &from_larger) in (0..).zip(&all) {
            let by_definition = choose(&market, 0, &members(larger)).0;
            prop_assert_eq!(members(from_larger), by_definition.into_keys().collect::<Vec<_>>());
            for (smaller, &from_smaller) in (0..).zip(&all).filter(|(s, _): &(Set, _)| s & !larger == 0) {
                prop_assert_eq!((smaller & !from_smaller) & from_larger, 0, "substitutable");
                prop_assert!(from_smaller.count_ones() <= from_larger.count_ones(), "size-monotone");
                if from_larger & !smaller == 0 {
                    prop_assert_eq!(from_smaller, from_larger, "consistent");
                }
            }
        }
    }
}

#[test]
fn a_whole_tier_is_chosen_before_the_next() {
    // One seat by test, passing on to one by merit. The second-hand applicants have the best test
    // and the best merit.
    let second_hand = |claims: &[(u32, u64)]| {
        let mut wish = wish(0, claims);
        wish.tier = 0;
        [wish]
    };
    let market = Market::new(
        &[grouped(&[(1, Some(1)), (1, None)])],
        &[
            &second_hand(&[(0, 900), (1, 900)]),
            &[wish(0, &[(1, 300)])],
            &[wish(0, &[(1, 200)])],
            &[wish(0, &[(1, 100)])],
        ],
    );
    // First hand, nobody has a test: its seat passes on at once, and merit takes two first hand.
    assert_eq!(members(chosen(&market, 0b1111)), [1, 2]);
    // With one of them, a seat is left for the second hand, and it is now merit's.
    assert_eq!(members(chosen(&market, 0b0011)), [0, 1]);
}

#[test]
fn a_tier_that_nobody_is_in_passes_seats_on_just_the_same() {
    // The only applicant has a test but is not of the first tier, where nobody takes the seat by
    // test: it is merit's before the applicant's turn.
    let mut late = wish(0, &[(0, 900)]);
    late.tier -= 1;
    let market =
        |unfilled_to| Market::new(&[grouped(&[(1, unfilled_to), (0, None)])], &[&[late.clone()]]);
    assert_eq!(members(chosen(&market(Some(1)), 1)), []);
    assert_eq!(members(chosen(&market(None), 1)), [0]);
}
