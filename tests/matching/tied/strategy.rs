//! Where equals are treated alike, truth need not be the best list.

use antagning_matching::TieRule;

use super::outcome::placed;
use crate::outcome::{Placements, optimal};
use crate::strategy::misreport_helps;
use crate::textbook::Instance;

fn helps(instance: &Instance, place: impl Fn(&Instance) -> Placements) -> bool {
    misreport_helps(instance, usize::MAX, &place)
}

/// Two who are equal at both programmes keep each other out of both, unless one of them names the
/// second first.
#[test]
fn where_all_are_rejected_it_helps_to_stay_away_from_an_equal() {
    let list = vec![(0, 1), (1, 1)];
    let instance = Instance { seats: vec![1, 1], lists: vec![list.clone(), list] };
    assert_eq!(placed(&instance, TieRule::RejectAll), [None, None]);
    assert!(helps(&instance, |stated| placed(stated, TieRule::RejectAll)));
    assert!(!helps(&instance, |stated| placed(stated, TieRule::AdmitAll)));
}

/// anna and björn are equal at the first programme. She prefers the second and takes its seat from
/// david, who goes to the first and fills it; so björn has to leave it, and takes hers. Had she
/// named the first at once, david would have stayed, and she beside björn.
#[test]
fn where_all_are_admitted_it_helps_to_join_an_equal() {
    let instance = Instance {
        seats: vec![1, 1],
        lists: vec![vec![(1, 2), (0, 2)], vec![(0, 2), (1, 3)], vec![(1, 1), (0, 3)]],
    };
    assert_eq!(placed(&instance, TieRule::AdmitAll), [None, Some(1), Some(1)]);
    assert!(helps(&instance, |stated| placed(stated, TieRule::AdmitAll)));
    // A lottery between the two leaves nothing to gain, whoever wins it.
    for winner in [0, 1] {
        let mut lottery = instance.clone();
        lottery.lists.iter_mut().flatten().for_each(|(_, key)| *key *= 2);
        lottery.lists[winner].iter_mut().for_each(|(_, key)| *key += 1);
        assert!(!helps(&lottery, optimal));
    }
}
