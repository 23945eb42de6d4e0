//! What a market and a matching with ties answer, counted anew from lists and placements.

use antagning_matching::{Cutoff, MarketError, TieRule, tied_deferred_acceptance};
use proptest::prelude::*;

use super::instances::tied;
use super::outcome::{RULES, applicants, market, placed, placements, programmes};
use crate::instances::{dense, sparse};
use crate::textbook::Instance;

fn either() -> impl Strategy<Value = Instance> {
    prop_oneof![tied(dense()), tied(sparse())]
}

/// Each who lists a programme: priority, applicant, position.
fn listing(instance: &Instance, programme: usize) -> Vec<(u64, usize, usize)> {
    let of = |(applicant, list): (usize, &Vec<(usize, u64)>)| {
        let position = list.iter().position(|&(listed, _)| listed == programme)?;
        Some((list[position].1, applicant, position))
    };
    instance.lists.iter().enumerate().filter_map(of).collect()
}

proptest! {
    #[test]
    fn admitted_and_reserves(instance in either()) {
        let market = market(&instance);
        for rule in RULES {
            let matching = tied_deferred_acceptance(&market, rule);
            let placements = placements(&matching);
            let statistics = matching.statistics();
            prop_assert_eq!(statistics.placed, placements.iter().flatten().count());
            for q in programmes(&matching) {
                let mut listing = listing(&instance, q.index());
                // Best first, the tied in the order of adding.
                listing.sort_by_key(|&(priority, applicant, _)| (!priority, applicant));
                let (mut admitted, mut reserves): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
                for &(priority, applicant, position) in &listing {
                    match placements[applicant] {
                        Some(placed) if placed == position => admitted.push((priority, applicant)),
                        Some(placed) if placed < position => {}
                        _ => reserves.push((priority, applicant)),
                    }
                }
                let found: Vec<_> = matching.admitted_to(q).map(|ix| ix.index()).collect();
                let expected: Vec<_> = admitted.iter().map(|&(_, applicant)| applicant).collect();
                prop_assert_eq!(found, expected);
                prop_assert_eq!(matching.admitted_count(q), admitted.len());
                let seats = instance.seats[q.index()];
                prop_assert_eq!(market.seats(q), seats);
                let left = (seats as usize).saturating_sub(admitted.len());
                prop_assert_eq!(matching.vacancies(q) as usize, left);
                let found: Vec<_> = matching.reserves(q).map(|(ix, n)| (ix.index(), n)).collect();
                let ahead = |own: u64| reserves.iter().filter(|other| other.0 > own).count();
                let expected: Vec<_> =
                    reserves.iter().map(|&(own, applicant)| (applicant, ahead(own))).collect();
                prop_assert_eq!(found, expected);
                match (matching.cutoff(q), admitted.last()) {
                    (Cutoff::NoneAdmitted, None) => {}
                    (Cutoff::AllAdmitted, Some(_)) => prop_assert!(reserves.is_empty()),
                    (Cutoff::Value(one), Some(&(lowest, _))) => {
                        prop_assert!(!reserves.is_empty());
                        prop_assert!(admitted.contains(&(lowest, one.index())));
                    }
                    (cutoff, last) => prop_assert!(false, "{:?} with {:?}", cutoff, last),
                }
            }
        }
    }

    #[test]
    fn ranks_count_those_strictly_ahead(instance in either()) {
        let matching = tied_deferred_acceptance(&market(&instance), TieRule::AdmitAll);
        let market = matching.market();
        for applicant in applicants(&matching) {
            let listed: Vec<_> = market.list(applicant).map(|programme| programme.index()).collect();
            let own = &instance.lists[applicant.index()];
            prop_assert!(listed.iter().eq(own.iter().map(|(programme, _)| programme)));
            for (position, &(programme, own)) in own.iter().enumerate() {
                let ahead = listing(&instance, programme).iter().filter(|other| other.0 > own).count();
                prop_assert_eq!(market.rank_at(applicant, position), ahead);
            }
        }
    }

    /// The ties that a strict market refuses are those that this one counts.
    #[test]
    fn ties_are_counted_as_they_are_refused(instance in either()) {
        let refused = match instance.market() {
            Ok(_) => (0, 0),
            Err(MarketError::UnresolvedTies { applicants, programmes, .. }) => {
                (applicants, programmes)
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        };
        let market = market(&instance);
        prop_assert_eq!((market.tied_applicants(), market.tied_programmes()), refused);
    }

    #[test]
    fn those_who_differ_between_the_rules_are_counted(instance in either()) {
        let market = market(&instance);
        let [all, none] = RULES.map(|rule| tied_deferred_acceptance(&market, rule));
        let [best, worst] = RULES.map(|rule| placed(&instance, rule));
        let differ = best.iter().zip(&worst).filter(|(best, worst)| best != worst).count();
        prop_assert_eq!(all.applicants_who_differ(&none), differ);
    }
}
