//! What is known of each mechanism, by trying all lists and all assignments of tiny markets.

use antagning_matching::{
    ApplicantIx, Assignment, deferred_acceptance, immediate_acceptance, programme_proposing,
    top_trading_cycles, who_gains_under_immediate_acceptance,
};
use proptest::prelude::*;

use super::naive::{at_once, by_cycles, in_turn, placements};
use crate::instances::{dense, tiny};
use crate::outcome::{Placements, optimal};
use crate::strategy::{gainers, misreport_helps};
use crate::textbook::Instance;

fn by_programmes(instance: &Instance) -> Placements {
    let market = instance.market().expect("a sound market");
    placements(instance, &Assignment::from(&programme_proposing(&market)))
}

/// Whether somebody could be better off and nobody worse, by any way to give the seats.
fn can_be_improved(instance: &Instance, placed: &Placements) -> bool {
    fn search(
        instance: &Instance,
        placed: &Placements,
        seats: &mut Vec<u32>,
        from: usize,
        better: bool,
    ) -> bool {
        let Some(list) = instance.lists.get(from) else { return better };
        (0..=placed[from].unwrap_or(list.len())).any(|position| {
            let improves = better || position < placed[from].unwrap_or(list.len());
            let Some(&(programme, _)) = list.get(position) else {
                return search(instance, placed, seats, from + 1, improves);
            };
            if seats[programme] == 0 {
                return false;
            }
            seats[programme] -= 1;
            let found = search(instance, placed, seats, from + 1, improves);
            seats[programme] += 1;
            found
        })
    }
    search(instance, placed, &mut instance.seats.clone(), 0, false)
}

proptest! {
    #[test]
    fn nobody_gains_by_another_list_in_turn_or_by_cycles(instance in tiny()) {
        prop_assert!(!misreport_helps(&instance, usize::MAX, &by_cycles));
        prop_assert!(!misreport_helps(&instance, usize::MAX, &in_turn));
    }

    #[test]
    fn who_gains_at_once_is_told_exactly(instance in tiny()) {
        let market = instance.market().expect("a sound market");
        let told = who_gains_under_immediate_acceptance(&market);
        let told: Vec<usize> = told.into_iter().map(ApplicantIx::index).collect();
        prop_assert_eq!(told, gainers(&instance, &at_once));
    }

    /// Demange, Gale and Sotomayor 1987: whoever fares worse than in the applicants' optimum, and
    /// nobody else.
    #[test]
    fn who_gains_where_programmes_propose_are_those_who_differ(instance in tiny()) {
        let optimum = optimal(&instance);
        let truthful = by_programmes(&instance);
        let differ = (0..optimum.len()).filter(|&who| optimum[who] != truthful[who]);
        prop_assert_eq!(gainers(&instance, &by_programmes), differ.collect::<Vec<_>>());
    }

    #[test]
    fn in_turn_and_by_cycles_nothing_is_left_to_trade(instance in tiny()) {
        prop_assert!(!can_be_improved(&instance, &by_cycles(&instance)));
        prop_assert!(!can_be_improved(&instance, &in_turn(&instance)));
        // Truthful lists taken as they are, so is immediate acceptance.
        prop_assert!(!can_be_improved(&instance, &at_once(&instance)));
    }

    #[test]
    fn a_stable_matching_leaves_no_claim(instance in dense()) {
        let market = instance.market().expect("a sound market");
        let stable = Assignment::from(&deferred_acceptance(&market));
        prop_assert_eq!(stable.applicants_with_a_claim(&market), 0);
        for other in [immediate_acceptance(&market), top_trading_cycles(&market)] {
            let claims = other.applicants_with_a_claim(&market);
            let is_stable = crate::outcome::is_stable(&instance, &placements(&instance, &other));
            prop_assert_eq!(claims == 0, is_stable);
        }
    }
}

/// The negative control: the search for lists that help finds one where it should.
///
/// ```text
/// anna:    P > Q     P (1 seat): björn > anna
/// björn:   P > Q     Q (1 seat): anna > cecilia
/// cecilia: Q
/// ```
#[test]
fn at_once_whoever_is_honest_may_lose() {
    let instance = Instance {
        seats: vec![1, 1],
        lists: vec![vec![(0, 1), (1, 2)], vec![(0, 2), (1, 3)], vec![(1, 1)]],
    };
    assert_eq!(at_once(&instance), [None, Some(0), Some(0)]);
    assert_eq!(gainers(&instance, &at_once), [0]);
    assert!(can_be_improved(&Instance { seats: vec![1], lists: vec![vec![(0, 1)]] }, &vec![None]));
}
