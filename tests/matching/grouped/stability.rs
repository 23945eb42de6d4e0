//! Brute force on tiny grouped markets: all matchings, stability by the choice function.

use antagning_matching::{deferred_acceptance, programme_proposing};
use proptest::prelude::*;

use super::instances::{dense, sparse, tiny};
use super::textbook::GroupedInstance;
use crate::outcome::{NOBODY, Placements, applicants, nobody_worse, placements, programmes};

/// Whether every programme keeps all it has, and would take nobody who wants it more than what
/// they have. Straight from the definition.
fn is_stable(instance: &GroupedInstance, placements: &Placements) -> bool {
    (0..instance.programmes.len()).all(|programme| {
        let held = |&applicant: &usize| {
            let position = instance.position(applicant, programme);
            position.is_some() && position == placements[applicant]
        };
        let wants = |&applicant: &usize| {
            let position = instance.position(applicant, programme);
            position.is_some_and(|at| placements[applicant].is_none_or(|placed| at < placed))
        };
        let everybody = 0..instance.lists.len();
        let holders: Vec<_> = everybody.clone().filter(held).collect();
        instance.chosen(programme, &holders).concat().len() == holders.len()
            && everybody.filter(wants).all(|applicant| {
                let mut with = holders.clone();
                with.push(applicant);
                !instance.chosen(programme, &with).concat().contains(&applicant)
            })
    })
}

fn stable_matchings(instance: &GroupedInstance) -> Vec<Placements> {
    let mut all = vec![Vec::new()];
    for list in &instance.lists {
        let placements = (0..list.len()).map(Some).chain([None]);
        let extended = all.iter().flat_map(|chosen: &Placements| {
            placements.clone().map(|placement| [&chosen[..], &[placement]].concat())
        });
        all = extended.collect();
    }
    all.retain(|placements| is_stable(instance, placements));
    all
}

proptest! {
    #[test]
    fn both_sides_proposals_end_in_the_best_and_the_worst_stable_matching(instance in tiny()) {
        let stable = stable_matchings(&instance);
        let best = stable.iter().find(|best| {
            stable.iter().all(|other| nobody_worse(other, best, NOBODY))
        });
        let worst = stable.iter().find(|worst| {
            stable.iter().all(|other| nobody_worse(worst, other, NOBODY))
        });
        let market = instance.market().expect("a sound market");
        prop_assert_eq!(Some(&placements(&deferred_acceptance(&market))), best);
        prop_assert_eq!(Some(&placements(&programme_proposing(&market))), worst);
    }

    #[test]
    fn larger_markets_are_stable_whoever_proposes(instance in sparse()) {
        let market = instance.market().expect("a sound market");
        prop_assert!(is_stable(&instance, &placements(&deferred_acceptance(&market))));
        prop_assert!(is_stable(&instance, &placements(&programme_proposing(&market))));
    }

    /// The rural hospitals theorem, which needs size-monotone choice functions: the same are
    /// placed, as many at each programme, and the same where seats are left.
    #[test]
    fn the_same_are_placed_whoever_proposes(instance in prop_oneof![dense(), sparse()]) {
        let market = instance.market().expect("a sound market");
        let (best, worst) = (deferred_acceptance(&market), programme_proposing(&market));
        for applicant in applicants(&best) {
            let (best, worst) = (best.choice_of(applicant), worst.choice_of(applicant));
            prop_assert!(best.is_some() == worst.is_some() && best <= worst);
        }
        for q in programmes(&best) {
            prop_assert_eq!(best.vacancies(q), worst.vacancies(q));
            // What the programme-proposing run says of groups is the choice function's, too.
            let all: Vec<_> = worst.admitted_to(q).map(|ix| ix.index()).collect();
            let chosen = instance.chosen(q.index(), &all);
            prop_assert_eq!(&all, &chosen.concat());
            for (g, taken) in chosen.iter().enumerate().take(market.groups(q).len()) {
                prop_assert_eq!(worst.seats_filled(q, g) as usize, taken.len());
            }
        }
    }
}

/// Guards the property above: somewhere the two runs differ at a grouped programme.
#[test]
fn some_grouped_market_has_two_optima() {
    use super::textbook::Programme;
    let grouped = Programme { groups: vec![(0, Some(1)), (1, None)], plain: false };
    let plain = Programme { groups: vec![(1, None)], plain: true };
    let lists = vec![
        vec![(0, vec![(1, 1)]), (1, vec![(0, 2)])],
        vec![(1, vec![(0, 1)]), (0, vec![(1, 2)])],
    ];
    let instance = GroupedInstance { programmes: vec![grouped, plain], lists };
    assert_eq!(stable_matchings(&instance).len(), 2);
    let market = instance.market().expect("a sound market");
    let differ = deferred_acceptance(&market).applicants_who_differ(&programme_proposing(&market));
    assert_eq!(differ, 2);
}
