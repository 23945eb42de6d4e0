//! The reserve lists of grouped programmes against the choice function.

use antagning_matching::{ApplicantIx, Cutoff, deferred_acceptance};
use proptest::prelude::*;

use super::instances::{dense, scarce, sparse};
use super::textbook::{GroupedInstance, choose};
use crate::outcome::{Placements, placements, programmes};

/// Those who want a programme more than what they have.
fn waiting(instance: &GroupedInstance, placed: &Placements, programme: usize) -> Vec<usize> {
    let wants = |&applicant: &usize| {
        let position = instance.position(applicant, programme);
        position.is_some_and(|at| placed[applicant].is_none_or(|placed| at < placed))
    };
    (0..instance.lists.len()).filter(wants).collect()
}

/// The reserves in the documented order: the choice function anew for each seat more.
fn one_by_one(instance: &GroupedInstance, placed: &Placements, programme: usize) -> Vec<usize> {
    let holds = |&applicant: &usize| {
        placed[applicant].is_some_and(|at| instance.lists[applicant][at].0 == programme)
    };
    let mut all: Vec<_> = (0..instance.lists.len()).filter(holds).collect();
    let mut inside = all.len();
    all.extend(waiting(instance, placed, programme));
    let keys: Vec<_> = all
        .iter()
        .map(|&applicant| {
            instance.keys(applicant, instance.position(applicant, programme).expect("listed"))
        })
        .collect();
    let mut groups = instance.programmes[programme].groups.clone();
    let own: Vec<_> = (0..groups.len()).filter(|&group| groups[group].0 > 0).collect();
    let mut order: Vec<usize> = Vec::new();
    // A seat for each who is there, in each group, lets everybody in who will ever get in.
    for _ in 0..all.len() {
        for &group in &own {
            groups[group].0 += 1;
            let chosen = choose(&groups, &keys).concat();
            let new: Vec<_> = chosen
                .iter()
                .map(|&i| all[i])
                .filter(|applicant| waiting(instance, placed, programme).contains(applicant))
                .filter(|applicant| !order.contains(applicant))
                .collect();
            assert!(new.len() <= 1 && chosen.len() == inside + new.len());
            inside = chosen.len();
            order.extend(new);
        }
    }
    order
}

proptest! {
    #[test]
    fn reserves_follow_the_choice_function(instance in prop_oneof![dense(), scarce()]) {
        let market = instance.market().expect("a sound market");
        let matching = deferred_acceptance(&market);
        let placed = placements(&matching);
        for q in programmes(&matching) {
            let found: Vec<_> = matching.reserves(q).map(|ix| ix.index()).collect();
            let order = one_by_one(&instance, &placed, q.index());
            prop_assert_eq!(&found[..order.len()], &order[..]);
            let rest = market.ranking(q).map(|(ix, _)| ix.index())
                .filter(|ix| found[order.len()..].contains(ix));
            prop_assert_eq!(&found[order.len()..], &rest.collect::<Vec<_>>()[..]);
        }
    }

    #[test]
    fn all_who_wait_are_reserves_and_each_group_has_its_own(instance in sparse()) {
        let market = instance.market().expect("a sound market");
        let matching = deferred_acceptance(&market);
        let placed = placements(&matching);
        for q in programmes(&matching) {
            let expected = waiting(&instance, &placed, q.index());
            let mut found: Vec<_> = matching.reserves(q).map(|ix| ix.index()).collect();
            found.sort_unstable();
            prop_assert_eq!(&found, &expected);
            let turned_away = matching.cutoff(q) == matching.last_admitted(q).map_or(
                Cutoff::NoneAdmitted, Cutoff::Value);
            prop_assert!(turned_away || expected.is_empty());
            for g in 0..market.groups(q).len() {
                let own = matching.group_reserves(q, g).collect::<Vec<_>>();
                let by_rank = market.group_ranking(q, g).map(|(ix, _)| ix)
                    .filter(|ix| expected.contains(&ix.index()));
                prop_assert_eq!(own, by_rank.collect::<Vec<_>>());
                // Everybody in the group's ranking above its last is in it, or in an earlier one,
                // or has something better: else the group has a cutoff.
                let left_out = |ix: ApplicantIx| expected.contains(&ix.index())
                    || matching.programme_of(ix) == Some(q) && matching.group_of(ix) > Some(g);
                let last = matching.admitted_to_group(q, g).last();
                let cutoff = match last {
                    None => Cutoff::NoneAdmitted,
                    Some(last) if market.group_ranking(q, g).any(|(ix, _)| left_out(ix)) =>
                        Cutoff::Value(last),
                    Some(_) => Cutoff::AllAdmitted,
                };
                prop_assert_eq!(matching.group_cutoff(q, g), cutoff);
            }
        }
    }
}
