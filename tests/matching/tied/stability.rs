//! On tiny markets all matchings are tried: of those stable under a rule, by its definition, the
//! library finds the one that is best for every applicant.

use antagning_matching::TieRule;
use proptest::prelude::*;

use super::instances::tied;
use super::outcome::{RULES, placed};
use crate::instances::tiny;
use crate::outcome::{NOBODY, Placements, nobody_worse, optimal};
use crate::textbook::Instance;

/// The priorities of those whom a programme has, and of those who want it more than what they have.
fn sides(instance: &Instance, placements: &Placements, programme: usize) -> [Vec<u64>; 2] {
    let mut sides = [Vec::new(), Vec::new()];
    for (list, placement) in instance.lists.iter().zip(placements) {
        for (position, &(listed, priority)) in list.iter().enumerate() {
            if listed == programme && placement.is_none_or(|placed| position <= placed) {
                sides[usize::from(*placement != Some(position))].push(priority);
            }
        }
    }
    sides
}

/// Whether everybody with the same priority or a higher one than somebody who has the programme has
/// it too, unless they have something better.
fn treats_equals_alike(instance: &Instance, placements: &Placements) -> bool {
    (0..instance.seats.len()).all(|programme| {
        let [held, waiting] = sides(instance, placements, programme);
        held.iter().all(|held| waiting.iter().all(|waiting| held > waiting))
    })
}

/// Whether the cutoffs behind these placements are feasible under the rule, and no single one of
/// them could be lowered: Definitions of H- and L-stability in Biró and Kiselgof.
fn is_stable(instance: &Instance, rule: TieRule, placements: &Placements) -> bool {
    treats_equals_alike(instance, placements)
        && instance.seats.iter().enumerate().all(|(programme, &seats)| {
            let seats = seats as usize;
            let [held, waiting] = sides(instance, placements, programme);
            let lowest = held.iter().min();
            let others = held.iter().filter(|&priority| Some(priority) != lowest).count();
            let best = waiting.iter().max();
            let next = waiting.iter().filter(|&priority| Some(priority) == best).count();
            match rule {
                TieRule::AdmitAll => {
                    (held.is_empty() || others < seats)
                        && (waiting.is_empty() || held.len() >= seats)
                }
                TieRule::RejectAll => {
                    held.len() <= seats && (waiting.is_empty() || held.len() + next > seats)
                }
            }
        })
}

fn all_placements(instance: &Instance) -> Vec<Placements> {
    instance.lists.iter().fold(vec![Vec::new()], |all, list| {
        let choices = (0..list.len()).map(Some).chain([None]);
        let with = |before: &Placements, choice| [&before[..], &[choice]].concat();
        all.iter()
            .flat_map(|before| choices.clone().map(move |choice| with(before, choice)))
            .collect()
    })
}

proptest! {
    #[test]
    fn the_stable_matching_that_is_best_for_everybody(instance in tied(tiny())) {
        for rule in RULES {
            let found = placed(&instance, rule);
            let mut stable = all_placements(&instance);
            stable.retain(|placements| is_stable(&instance, rule, placements));
            prop_assert!(stable.contains(&found));
            for other in stable {
                prop_assert!(nobody_worse(&other, &found, NOBODY));
            }
        }
    }

    /// Larger markets, where only the definition can be checked.
    #[test]
    fn the_definitions_hold(instance in tied(crate::instances::sparse())) {
        for rule in RULES {
            prop_assert!(is_stable(&instance, rule, &placed(&instance, rule)));
        }
    }
}

/// Guards the search above: it has to tell the best from others, and one rule from the other.
#[test]
fn some_market_has_two_stable_matchings_under_either_rule() {
    let instance =
        Instance { seats: vec![1, 1], lists: vec![vec![(0, 1), (1, 2)], vec![(1, 1), (0, 2)]] };
    for rule in RULES {
        let mut stable = all_placements(&instance);
        assert_eq!(stable.len(), 9);
        stable.retain(|placements| is_stable(&instance, rule, placements));
        assert_eq!(stable, [[Some(0), Some(0)], [Some(1), Some(1)]]);
    }
    let instance = Instance { seats: vec![1], lists: vec![vec![(0, 1)], vec![(0, 1)]] };
    let [all, none] = [vec![Some(0); 2], vec![None; 2]];
    for placements in all_placements(&instance) {
        let stable = RULES.map(|rule| is_stable(&instance, rule, &placements));
        assert_eq!(stable, [placements == all, placements == none]);
    }
}

/// A lottery that only the order of rows decides must not pass for equal treatment.
#[test]
fn broken_ties_are_not_equal_treatment() {
    let tied = Instance { seats: vec![1], lists: vec![vec![(0, 7)], vec![(0, 7)]] };
    let mut broken = tied.clone();
    broken.lists[0][0].1 += 1;
    let placements = optimal(&broken);
    assert!(!treats_equals_alike(&tied, &placements));
    assert!(RULES.iter().all(|&rule| !is_stable(&tied, rule, &placements)));
    assert!(RULES.iter().all(|&rule| treats_equals_alike(&tied, &placed(&tied, rule))));
}
