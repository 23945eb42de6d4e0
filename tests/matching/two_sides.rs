//! The two optima: who is placed is the same, and only who fares how differs.

use antagning_matching::{deferred_acceptance, programme_proposing};
use proptest::prelude::*;

use crate::instances::{dense, sparse};
use crate::outcome::{applicants, programmes};
use crate::textbook::Instance;

fn rural_hospitals(instance: &Instance) -> Result<(), TestCaseError> {
    let market = instance.market().expect("a sound market");
    let best = deferred_acceptance(&market);
    let worst = programme_proposing(&market);
    let mut differ = 0;
    for applicant in applicants(&best) {
        let (best, worst) = (best.choice_of(applicant), worst.choice_of(applicant));
        prop_assert_eq!(best.is_some(), worst.is_some());
        prop_assert!(best <= worst);
        differ += usize::from(best != worst);
    }
    prop_assert_eq!(best.applicants_who_differ(&worst), differ);
    for programme in programmes(&best) {
        prop_assert_eq!(best.admitted_count(programme), worst.admitted_count(programme));
        if best.vacancies(programme) > 0 {
            let group = best.admitted_to(programme).collect::<Vec<_>>();
            prop_assert_eq!(group, worst.admitted_to(programme).collect::<Vec<_>>());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_same_are_placed_in_dense_markets(instance in dense()) {
        rural_hospitals(&instance)?;
    }

    #[test]
    fn the_same_are_placed_in_sparse_markets(instance in sparse()) {
        rural_hospitals(&instance)?;
    }
}

/// Guards the properties above: on markets where both optima coincide they would say nothing.
#[test]
fn some_market_has_two_optima() {
    let instance =
        Instance { seats: vec![1, 1], lists: vec![vec![(0, 1), (1, 2)], vec![(1, 1), (0, 2)]] };
    let market = instance.market().expect("a sound market");
    let differ = deferred_acceptance(&market).applicants_who_differ(&programme_proposing(&market));
    assert_eq!(differ, 2);
}
