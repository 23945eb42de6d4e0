//! Substitutable, size-monotone and consistent: what deferred acceptance needs of a choice
//! function, for every kind of group sequence; and what is missed when one of the three is broken.

use antagning_matching::deferred_acceptance;
use proptest::prelude::*;

use super::instances::single;
use super::textbook::{Group, GroupedInstance, Keys, choose};
use crate::outcome::placements;

/// Sets of applicants are bits of a word.
type Set = u32;

fn members(set: Set) -> impl Iterator<Item = usize> {
    (0..Set::BITS as usize).filter(move |&member| set >> member & 1 == 1)
}

/// What the library chooses from each set of applicants, asked one set at a time: those in the set
/// list the programme and nothing else.
fn library(instance: &GroupedInstance) -> Vec<Set> {
    let choose = |set: Set| {
        let lists = members(set).map(|member| instance.lists[member].clone()).collect();
        let subset = GroupedInstance { programmes: instance.programmes.clone(), lists };
        let market = subset.market().expect("a sound market");
        let placed = placements(&deferred_acceptance(&market));
        members(set).zip(placed).filter(|(_, placed)| placed.is_some()).map(|(m, _)| 1 << m).sum()
    };
    (0..1 << instance.lists.len()).map(choose).collect()
}

/// Which of the three properties hold, by all pairs of nested sets.
#[derive(Debug, PartialEq, Eq)]
struct Properties {
    substitutable: bool,
    size_monotone: bool,
    consistent: bool,
}

const ALL: Properties = Properties { substitutable: true, size_monotone: true, consistent: true };

fn properties(chosen: &[Set]) -> Properties {
    let mut found = ALL;
    for (larger, &from_larger) in (0..).zip(chosen) {
        for (smaller, &from_smaller) in (0..).zip(chosen) {
            let smaller: Set = smaller;
            if smaller & !larger != 0 {
                continue;
            }
            // Whoever is turned away from fewer is turned away from more.
            found.substitutable &= (smaller & !from_smaller) & from_larger == 0;
            found.size_monotone &= from_smaller.count_ones() <= from_larger.count_ones();
            let only_rejected_are_gone = from_larger & !smaller == 0;
            found.consistent &= !only_rejected_are_gone || from_smaller == from_larger;
        }
    }
    found
}

proptest! {
    #[test]
    fn every_sequence_of_groups_has_all_three_properties(instance in single()) {
        let chosen = library(&instance);
        prop_assert_eq!(properties(&chosen), ALL);
        for (set, &chosen) in (0..).zip(&chosen) {
            let claimants: Vec<_> = members(set).collect();
            let keys: Vec<_> = claimants.iter().map(|&member| instance.keys(member, 0)).collect();
            let by_definition = choose(&instance.programmes[0].groups, &keys).concat();
            let by_definition: Set = by_definition.iter().map(|&i| 1 << claimants[i]).sum();
            prop_assert_eq!(chosen, by_definition);
        }
    }
}

/// What a choice function from a set of claimants with these keys gives for all sets.
fn all_sets(keys: &[Keys], choose: impl Fn(&[&Keys]) -> Vec<usize>) -> Vec<Set> {
    let chosen = |set: Set| {
        let claimants: Vec<_> = members(set).collect();
        let keys: Vec<_> = claimants.iter().map(|&member| &keys[member]).collect();
        choose(&keys).iter().map(|&i| 1 << claimants[i]).sum()
    };
    (0..1 << keys.len()).map(chosen).collect()
}

/// Two with a claim on the first group only, and two on the second only.
fn two_and_two() -> Vec<Keys> {
    vec![vec![(0, 4)], vec![(0, 3)], vec![(1, 2)], vec![(1, 1)]]
}

fn total(groups: &[Group], keys: &[&Keys]) -> Vec<usize> {
    choose(groups, keys).concat()
}

#[test]
fn a_sound_sequence_passes_the_check_of_the_controls() {
    let sound = |keys: &[&Keys]| total(&[(1, Some(1)), (1, None)], keys);
    assert_eq!(properties(&all_sets(&two_and_two(), sound)), ALL);
}

/// Not one-way: seats that a group pulls from a later one, when it turns two away, instead of
/// leaving it what it has no taker for.
#[test]
fn seats_that_a_wanted_group_pulls_from_a_later_one_are_caught() {
    let keys = [vec![(0, 4)], vec![(0, 3)], vec![(0, 2)], vec![(1, 1)]];
    let pulling = |keys: &[&Keys]| {
        let wanted = keys.iter().filter(|keys| keys[0].0 == 0).count();
        total(if wanted > 2 { &[(2, None), (0, None)] } else { &[(1, None), (1, None)] }, keys)
    };
    let found = properties(&all_sets(&keys, pulling));
    assert!(!found.substitutable, "{found:?}");
}

/// A group too small to be worth a class is closed, and all its seats pass on, taken or not.
#[test]
fn a_group_that_closes_unless_it_fills_is_caught() {
    let closing = |keys: &[&Keys]| {
        let wanted = keys.iter().filter(|keys| keys[0].0 == 0).count();
        total(if wanted < 2 { &[(0, None), (2, None)] } else { &[(2, None), (0, None)] }, keys)
    };
    let found = properties(&all_sets(&two_and_two(), closing));
    assert!(!found.substitutable, "{found:?}");
}

/// A group that is asked by more than it can take gives a seat up.
#[test]
fn a_seat_lost_to_demand_is_caught() {
    let losing = |keys: &[&Keys]| {
        let wanted = keys.iter().filter(|keys| keys[0].0 == 0).count();
        total(&[(if wanted > 1 { 0 } else { 1 }, None), (1, None)], keys)
    };
    let found = properties(&all_sets(&two_and_two(), losing));
    assert!(found.substitutable && !found.size_monotone, "{found:?}");
}

/// Seats shared out by the number who apply to each group, so that the rejected count too.
#[test]
fn seats_shared_by_the_number_of_claimants_are_caught() {
    let sharing = |keys: &[&Keys]| {
        let first = keys.iter().filter(|keys| keys[0].0 == 0).count();
        let second = keys.len() - first;
        total(if first > second { &[(1, None), (0, None)] } else { &[(0, None), (1, None)] }, keys)
    };
    let found = properties(&all_sets(&two_and_two(), sharing));
    assert!(!found.consistent, "{found:?}");
}
