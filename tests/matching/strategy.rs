//! Truth is the best list, unless lists are capped.

use proptest::prelude::*;

use crate::instances::tiny;
use crate::outcome::{Placements, optimal};
use crate::textbook::Instance;

/// All ordered selections of at most `longest` of the choices.
fn lists(choices: &[(usize, u64)], longest: usize) -> Vec<Vec<(usize, u64)>> {
    let mut all = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..longest.min(choices.len()) {
        let until = all.len();
        for shorter in from..until {
            for choice in choices {
                if !all[shorter].contains(choice) {
                    let mut longer = all[shorter].clone();
                    longer.push(*choice);
                    all.push(longer);
                }
            }
        }
        from = until;
    }
    all
}

/// The place in the true list that an applicant gets by stating another one.
fn outcome(
    truth: &Instance,
    place: &impl Fn(&Instance) -> Placements,
    stated: &Instance,
    applicant: usize,
    list: &[(usize, u64)],
) -> usize {
    let mut stated = stated.clone();
    stated.lists[applicant] = list.to_vec();
    let gained = place(&stated)[applicant].map(|position| list[position].0);
    truth.lists[applicant]
        .iter()
        .position(|&(programme, _)| Some(programme) == gained)
        .unwrap_or(usize::MAX)
}

/// Whether some applicant gains by a list of at most `longest`, when everybody else (and the
/// applicant, if truthful) states the first `longest` of the true list, and `place` decides.
pub(crate) fn misreport_helps(
    truth: &Instance,
    longest: usize,
    place: &impl Fn(&Instance) -> Placements,
) -> bool {
    let mut stated = truth.clone();
    stated.lists.iter_mut().for_each(|list| list.truncate(longest));
    (0..truth.lists.len()).any(|applicant| gains(truth, longest, place, &stated, applicant))
}

/// Everybody who gains by some list when all others are truthful, lists being free.
pub(crate) fn gainers(truth: &Instance, place: &impl Fn(&Instance) -> Placements) -> Vec<usize> {
    let gains = |applicant: &usize| gains(truth, usize::MAX, place, truth, *applicant);
    (0..truth.lists.len()).filter(gains).collect()
}

fn gains(
    truth: &Instance,
    longest: usize,
    place: &impl Fn(&Instance) -> Placements,
    stated: &Instance,
    applicant: usize,
) -> bool {
    let honest = outcome(truth, place, stated, applicant, &stated.lists[applicant]);
    lists(&truth.lists[applicant], longest)
        .iter()
        .any(|list| outcome(truth, place, stated, applicant, list) < honest)
}

proptest! {
    #[test]
    fn no_misreport_of_an_unbounded_list_helps(instance in tiny()) {
        prop_assert!(!misreport_helps(&instance, usize::MAX, &optimal));
    }
}

/// With room for one choice only, whoever has no chance at the first had better name the second.
#[test]
fn with_a_cap_the_search_finds_a_misreport_that_helps() {
    let instance =
        Instance { seats: vec![1, 1], lists: vec![vec![(0, 2), (1, 2)], vec![(0, 1), (1, 1)]] };
    assert!(misreport_helps(&instance, 1, &optimal));
    assert!(!misreport_helps(&instance, 2, &optimal));
}

#[test]
fn all_lists_are_tried() {
    // 1 + 3 + 3·2 + 3·2·1 ordered selections of three.
    assert_eq!(lists(&[(0, 0), (1, 0), (2, 0)], usize::MAX).len(), 16);
}
