//! Truth is the best list at grouped programmes too: every other list is tried.

use antagning_matching::deferred_acceptance;
use proptest::prelude::*;

use super::instances::tiny;
use super::textbook::{GroupedInstance, Keys};
use crate::outcome::placements;

type List = Vec<(usize, Keys)>;

/// All ordered selections of the choices.
fn lists(choices: &[(usize, Keys)]) -> Vec<List> {
    let mut all = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..choices.len() {
        let until = all.len();
        for shorter in from..until {
            for choice in choices {
                if !all[shorter].contains(choice) {
                    let mut longer: List = all[shorter].clone();
                    longer.push(choice.clone());
                    all.push(longer);
                }
            }
        }
        from = until;
    }
    all
}

/// The place in the true list that an applicant gets by stating this one.
fn outcome(
    truth: &GroupedInstance,
    place: impl Fn(&GroupedInstance) -> Vec<Option<usize>>,
    applicant: usize,
    list: &List,
) -> usize {
    let mut stated = truth.clone();
    stated.lists[applicant].clone_from(list);
    let gained = place(&stated)[applicant].map(|position| list[position].0);
    gained.and_then(|programme| truth.position(applicant, programme)).unwrap_or(usize::MAX)
}

fn misreport_helps(
    truth: &GroupedInstance,
    place: impl Fn(&GroupedInstance) -> Vec<Option<usize>>,
) -> bool {
    truth.lists.iter().enumerate().any(|(applicant, list)| {
        let honest = outcome(truth, &place, applicant, list);
        lists(list).iter().any(|other| outcome(truth, &place, applicant, other) < honest)
    })
}

fn optimal(instance: &GroupedInstance) -> Vec<Option<usize>> {
    placements(&deferred_acceptance(&instance.market().expect("a sound market")))
}

proptest! {
    #[test]
    fn no_misreport_helps(instance in tiny()) {
        prop_assert!(!misreport_helps(&instance, optimal));
    }
}

/// A negative control: first choices first, and whoever is taken stays. Naming a programme first
/// that one would get only as a second choice then helps, and the search sees it.
#[test]
fn the_search_finds_what_immediate_acceptance_rewards() {
    use super::textbook::Programme;
    let immediate = |instance: &GroupedInstance| {
        let mut held: Vec<Vec<usize>> = vec![Vec::new(); instance.programmes.len()];
        let mut placed = vec![None; instance.lists.len()];
        for round in 0..instance.programmes.len() {
            for (applicant, list) in instance.lists.iter().enumerate() {
                let Some(&(programme, _)) = list.get(round) else { continue };
                let mut with = held[programme].clone();
                with.push(applicant);
                let all_fit = instance.chosen(programme, &with).concat().len() == with.len();
                if placed[applicant].is_none() && all_fit {
                    held[programme] = with;
                    placed[applicant] = Some(round);
                }
            }
        }
        placed
    };
    let grouped = Programme { groups: vec![(0, Some(1)), (1, None)], plain: false };
    let keys = |key: u64| vec![(0, key), (1, key)];
    let instance = GroupedInstance {
        programmes: vec![grouped.clone(), grouped],
        lists: vec![
            vec![(0, keys(3)), (1, keys(3))],
            vec![(0, keys(2)), (1, keys(2))],
            vec![(1, keys(1))],
        ],
    };
    assert!(misreport_helps(&instance, immediate));
    assert!(!misreport_helps(&instance, optimal));
}
