//! Every small change of a right admission with groups is found, and the right people are named.

use std::collections::{BTreeMap, BTreeSet};

use antagning_verify::Violation;
use proptest::prelude::*;

use super::instances::markets;
use super::market::{Market, Place, Table};
use super::matching::optimum;
use super::naive::{chosen_of_all, holders_and_waiting, is_stable};

/// A market and any placement of everybody on their list or nowhere, in whatever group.
fn with_any_placement() -> impl Strategy<Value = (Market, Vec<Place>)> {
    markets(10, 3, 3, 3).prop_flat_map(|market| {
        let places: Vec<_> =
            (0..market.lists.len()).map(|a| prop::sample::select(market.all_places(a))).collect();
        (Just(market), places)
    })
}

fn open_to(market: &Market, applicant: usize, place: Place) -> bool {
    place.is_none_or(|(position, group)| {
        let wish = &market.lists[applicant][position];
        group.is_none_or(|group| wish.claims.iter().any(|claim| claim.0 == group))
    })
}

proptest! {
    #[test]
    fn anybody_anywhere_else_is_found(market in markets(14, 5, 4, 4)) {
        let right = optimum(&market);
        for applicant in 0..right.len() {
            for place in market.all_places(applicant) {
                let mut changed = right.clone();
                changed[applicant] = place;
                prop_assert_eq!(market.faults(&changed).is_empty(), changed == right);
            }
        }
    }

    #[test]
    fn any_two_who_swap_places_or_groups_are_found(market in markets(14, 4, 4, 4)) {
        let right = optimum(&market);
        let table = market.with(&right);
        for one in 0..right.len() {
            for other in 0..one {
                let mut changed = table.clone();
                let is_right = |changed: &Table| {
                    changed.placement == table.placement
                        && changed.placement_group == table.placement_group
                };
                changed.placement_group.swap(one, other);
                prop_assert_eq!(changed.faults().is_empty(), is_right(&changed));
                changed.placement.swap(one, other);
                prop_assert_eq!(changed.faults().is_empty(), is_right(&changed));
            }
        }
    }

    #[test]
    fn any_placement_is_judged_as_the_definitions_have_it(
        (market, places) in with_any_placement(),
    ) {
        let faults = market.faults(&places);
        if is_stable(&market, &places) {
            prop_assert_eq!(faults.is_empty(), places == optimum(&market));
        } else {
            prop_assert!(!faults.is_empty());
        }
        // At programmes with groups everybody is named whom the groups would choose otherwise.
        let (mut entering, mut leaving, mut moving) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
        for fault in &faults {
            let of = |programme: usize| !market.programmes[programme].plain;
            match *fault {
                Violation::WastedSeat { applicant, programme, .. } if of(programme) => {
                    prop_assert!(entering.insert((programme, applicant)));
                }
                Violation::JustifiedEnvy { applicant, programme, holder } if of(programme) => {
                    prop_assert!(entering.insert((programme, applicant)));
                    prop_assert!(leaving.insert((programme, holder)));
                }
                Violation::WrongGroup { applicant, programme, found: None, .. } => {
                    prop_assert!(leaving.insert((programme, applicant)));
                }
                Violation::WrongGroup { applicant, programme, found, .. } => {
                    prop_assert_eq!(moving.insert((programme, applicant), found), None);
                }
                Violation::UnfoundedGroup { applicant, .. } => {
                    prop_assert!(!open_to(&market, applicant, places[applicant]));
                }
                _ => {}
            }
        }
        for programme in (0..market.programmes.len()).filter(|&q| !market.programmes[q].plain) {
            let chosen = chosen_of_all(&market, &places, programme);
            let (holders, waiting) = holders_and_waiting(&market, &places, programme);
            for &applicant in &waiting {
                let named = entering.contains(&(programme, applicant));
                prop_assert_eq!(named, chosen.contains_key(&applicant));
            }
            for &applicant in &holders {
                let (place, found) = (places[applicant], chosen.get(&applicant).copied());
                prop_assert_eq!(leaving.contains(&(programme, applicant)), found.is_none());
                let stated = place.and_then(|(_, group)| group);
                let elsewhere = found.is_some() && found != stated;
                let expected = (elsewhere && open_to(&market, applicant, place)).then_some(found);
                prop_assert_eq!(moving.get(&(programme, applicant)).copied(), expected);
            }
        }
    }
}
