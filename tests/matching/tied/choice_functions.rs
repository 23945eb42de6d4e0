//! What one programme takes of a set of applicants: both rules are substitutable, so that deferred
//! acceptance does not depend on the order of proposals; neither is size-monotone, so that truth
//! need not be the best list.

use antagning_matching::TieRule;
use proptest::prelude::*;

use super::outcome::{RULES, placed};
use super::textbook::kept;
use crate::textbook::Instance;

/// Who of those that pass `applies` is taken, of applicants with these priorities.
fn chosen(
    rule: TieRule,
    seats: u32,
    priorities: &[u64],
    applies: impl Fn(usize) -> bool,
) -> Vec<bool> {
    let list = |(applicant, &priority): (usize, &u64)| {
        if applies(applicant) { vec![(0, priority)] } else { Vec::new() }
    };
    let lists = priorities.iter().enumerate().map(list).collect();
    let instance = Instance { seats: vec![seats], lists };
    placed(&instance, rule).iter().map(Option::is_some).collect()
}

proptest! {
    #[test]
    fn substitutable(
        seats in 0..12_u32,
        applicants in proptest::collection::vec((0..6_u64, any::<bool>()), 0..90),
    ) {
        let (priorities, few): (Vec<_>, Vec<_>) = applicants.into_iter().unzip();
        for rule in RULES {
            let from_few = chosen(rule, seats, &priorities, |applicant| few[applicant]);
            let from_all = chosen(rule, seats, &priorities, |_| true);
            for applicant in 0..few.len() {
                // Turned away by few, turned away by more.
                let turned_away = few[applicant] && !from_few[applicant];
                prop_assert!(!turned_away || !from_all[applicant]);
            }
        }
    }

    /// When the whole class is admitted, those turned away had no influence.
    #[test]
    fn admitting_all_is_consistent(
        seats in 0..12_u32,
        applicants in proptest::collection::vec((0..6_u64, any::<bool>()), 0..90),
    ) {
        let (priorities, some): (Vec<_>, Vec<_>) = applicants.into_iter().unzip();
        let from_all = chosen(TieRule::AdmitAll, seats, &priorities, |_| true);
        let again = chosen(TieRule::AdmitAll, seats, &priorities, |applicant| {
            from_all[applicant] || some[applicant]
        });
        prop_assert_eq!(again, from_all);
    }

    /// The literal rule agrees with the library on who is kept.
    #[test]
    fn as_many_as_the_rule_says(
        seats in 0..12_u32, mut priorities in proptest::collection::vec(0..6_u64, 0..90)
    ) {
        priorities.sort_by(|a, b| b.cmp(a));
        for rule in RULES {
            let taken = chosen(rule, seats, &priorities, |_| true);
            let kept = kept(rule, seats as usize, &priorities);
            prop_assert!(taken.iter().enumerate().all(|(rank, &taken)| taken == (rank < kept)));
        }
    }
}

/// With two seats: one applicant more, and fewer are taken.
#[test]
fn neither_rule_is_size_monotone() {
    let taken = |rule, seats, applicants: &[u64]| {
        chosen(rule, seats, applicants, |_| true).iter().filter(|&&taken| taken).count()
    };
    // The one above fills the last seat that those below shared.
    assert_eq!(taken(TieRule::AdmitAll, 2, &[9, 1, 1, 1]), 4);
    assert_eq!(taken(TieRule::AdmitAll, 2, &[9, 9, 1, 1, 1]), 2);
    // The one more makes those below too many.
    assert_eq!(taken(TieRule::RejectAll, 2, &[1, 1]), 2);
    assert_eq!(taken(TieRule::RejectAll, 2, &[9, 1, 1]), 1);
}

/// When it is rejected whole they had: a part of the class alone would fit. So nobody who was turned
/// away may be forgotten, in whatever order applicants come.
#[test]
fn rejecting_all_is_not_consistent() {
    let from = |applies: &dyn Fn(usize) -> bool| chosen(TieRule::RejectAll, 1, &[5, 5], applies);
    assert_eq!(from(&|_| true), [false, false]);
    assert_eq!(from(&|applicant| applicant == 0), [true, false]);
    let instance = Instance { seats: vec![1], lists: vec![vec![(0, 5)]; 3] };
    assert_eq!(placed(&instance, TieRule::RejectAll), [None; 3]);
}
