//! Right admissions are accepted; whatever is changed in the placements is found.

use std::collections::BTreeSet;

use antagning_verify::Violation;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::market::{Market, strict, tied, with_any_placement};
use crate::naive::{claims, deciding_ties, instability};

/// Someone who is placed, if anyone is.
fn someone_placed(placement: &[Option<u32>], pick: &Index) -> Option<(usize, u32)> {
    let placed: Vec<_> =
        placement.iter().enumerate().filter_map(|(a, p)| p.map(|q| (a, q))).collect();
    (!placed.is_empty()).then(|| *pick.get(&placed))
}

/// The right placement with one applicant's place changed.
fn changed(market: &Market, applicant: usize, place: Option<u32>) -> Vec<Violation> {
    let mut placement = market.optimum();
    placement[applicant] = place;
    market.faults(&placement)
}

proptest! {
    #[test]
    fn a_right_admission_is_accepted(market in strict(30, 8)) {
        prop_assert_eq!(market.faults(&market.optimum()), []);
    }

    #[test]
    fn any_placement_is_judged_as_the_definitions_have_it(
        (market, placement) in with_any_placement(strict(10, 4)),
    ) {
        let faults = market.faults(&placement);
        let unstable = instability(&market, &placement);
        if unstable.is_empty() {
            prop_assert_eq!(faults.is_empty(), placement == market.optimum());
        } else {
            prop_assert_eq!(faults, unstable);
        }
    }

    #[test]
    fn deciding_ties_are_found_and_no_others(
        (market, placement) in with_any_placement(tied(8, 3)),
    ) {
        let (ties, others): (Vec<_>, Vec<_>) = market
            .faults(&placement)
            .into_iter()
            .partition(|fault| matches!(fault, Violation::EqualKeys { .. }));
        let named: BTreeSet<(usize, BTreeSet<usize>)> = ties
            .iter()
            .filter_map(|tie| match tie {
                Violation::EqualKeys { programme, applicants } => {
                    Some((*programme, applicants.iter().copied().collect()))
                }
                _ => None,
            })
            .collect();
        prop_assert_eq!(named.len(), ties.len(), "no tie is named twice");
        prop_assert_eq!(&named, &deciding_ties(&market, &placement));
        let unstable = instability(&market, &placement);
        if !unstable.is_empty() || !named.is_empty() {
            // Holders with equal keys may be named in either order: compare without them.
            let who = |faults: &[Violation]| -> Vec<String> {
                let code = |fault: &Violation| match fault {
                    Violation::JustifiedEnvy { applicant, programme, .. } => {
                        format!("envy {applicant} {programme}")
                    }
                    other => format!("{other:?}"),
                };
                faults.iter().map(code).collect()
            };
            prop_assert_eq!(who(&others), who(&unstable));
        }
    }

    #[test]
    fn someone_unplaced_leaves_a_wasted_seat(market in strict(30, 8), pick: Index) {
        if let Some((applicant, q)) = someone_placed(&market.optimum(), &pick) {
            let programme = q as usize;
            let admitted = market.optimum().iter().filter(|&&p| p == Some(q)).count() as u32;
            let vacant = market.seats[programme] + 1 - admitted;
            let expected = Violation::WastedSeat { applicant, programme, vacant };
            prop_assert!(changed(&market, applicant, None).contains(&expected));
        }
    }

    #[test]
    fn someone_moved_down_their_list_leaves_a_wasted_seat(
        market in strict(30, 8),
        pick: Index,
        to: Index,
    ) {
        if let Some((a, q)) = someone_placed(&market.optimum(), &pick) {
            let below = &market.lists[a][market.rank(a, Some(q)) + 1..];
            if !below.is_empty() {
                let faults = changed(&market, a, Some(to.get(below).0));
                let left = |fault: &Violation| {
                    matches!(fault, Violation::WastedSeat { applicant, programme, .. }
                        if (*applicant, *programme) == (a, q as usize))
                };
                prop_assert!(faults.iter().any(left));
            }
        }
    }

    #[test]
    fn someone_moved_up_their_list_overfills(market in strict(30, 8), pick: Index) {
        let claims = claims(&market, &market.optimum());
        if !claims.is_empty() {
            let &(applicant, q, _) = pick.get(&claims);
            let over = |fault: &Violation| {
                matches!(fault, Violation::OverCapacity { programme, seats, admitted }
                    if *programme == q as usize && *admitted == seats + 1)
            };
            prop_assert!(changed(&market, applicant, Some(q)).iter().any(over));
        }
    }

    #[test]
    fn someone_moved_off_their_list_is_named(market in strict(30, 8), pick: Index, to: Index) {
        if !market.lists.is_empty() {
            let applicant = pick.index(market.lists.len());
            let unlisted: Vec<u32> = (0..market.seats.len() as u32)
                .filter(|&q| market.key(applicant, q).is_none())
                .collect();
            if !unlisted.is_empty() {
                let q = *to.get(&unlisted);
                let expected = Violation::OffList { applicant, programme: q as usize };
                prop_assert!(changed(&market, applicant, Some(q)).contains(&expected));
            }
        }
    }

    #[test]
    fn two_who_swap_are_found(market in strict(30, 8), one: Index, other: Index) {
        let mut placement = market.optimum();
        if !placement.is_empty() {
            placement.swap(one.index(market.lists.len()), other.index(market.lists.len()));
            let is_right = placement == market.optimum();
            prop_assert_eq!(market.faults(&placement).is_empty(), is_right);
        }
    }

    #[test]
    fn a_reserve_put_in_the_place_of_a_holder_is_envied(market in strict(30, 8), pick: Index) {
        let mut placement = market.optimum();
        if let Some((holder, q)) = someone_placed(&placement, &pick) {
            let claimants = claims(&market, &placement);
            if let Some(&(reserve, ..)) = claimants.iter().find(|claim| claim.1 == q) {
                placement[holder] = None;
                placement[reserve] = Some(q);
                let envy = |fault: &Violation| {
                    matches!(fault, Violation::JustifiedEnvy { applicant, programme, .. }
                        if (*applicant, *programme) == (holder, q as usize))
                };
                prop_assert!(market.faults(&placement).iter().any(envy));
            }
        }
    }
}
