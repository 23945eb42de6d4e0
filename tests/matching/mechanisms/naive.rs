//! The mechanisms as a textbook tells them, on plain vectors.

use antagning_matching::{
    ApplicantIx, Assignment, deferred_acceptance, immediate_acceptance, serial_dictatorship,
    top_trading_cycles,
};
use proptest::prelude::*;

use crate::grouped;
use crate::instances::{dense, sparse};
use crate::outcome::Placements;
use crate::textbook::Instance;

pub(super) fn placements(instance: &Instance, assignment: &Assignment) -> Placements {
    let applicants = 0..instance.lists.len() as u32;
    applicants.map(|number| assignment.choice_of(ApplicantIx::new(number))).collect()
}

pub(super) fn by_cycles(instance: &Instance) -> Placements {
    let market = instance.market().expect("a sound market");
    placements(instance, &top_trading_cycles(&market))
}

pub(super) fn at_once(instance: &Instance) -> Placements {
    let market = instance.market().expect("a sound market");
    placements(instance, &immediate_acceptance(&market))
}

/// In the order of numbers.
pub(super) fn in_turn(instance: &Instance) -> Placements {
    let market = instance.market().expect("a sound market");
    let order = (0..instance.lists.len() as u32).map(ApplicantIx::new);
    placements(instance, &serial_dictatorship(&market, order))
}

fn naive_at_once(instance: &Instance) -> Placements {
    let mut seats = instance.seats.clone();
    let mut placed = vec![None; instance.lists.len()];
    let longest = instance.lists.iter().map(Vec::len).max().unwrap_or(0);
    for position in 0..longest {
        for (programme, seats) in seats.iter_mut().enumerate() {
            let asks = |&applicant: &usize| {
                placed[applicant].is_none()
                    && instance.lists[applicant]
                        .get(position)
                        .is_some_and(|&(listed, _)| listed == programme)
            };
            let mut asking: Vec<usize> = (0..placed.len()).filter(asks).collect();
            asking
                .sort_by_key(|&applicant| std::cmp::Reverse(instance.lists[applicant][position].1));
            asking.truncate(*seats as usize);
            *seats -= asking.len() as u32;
            asking.into_iter().for_each(|applicant| placed[applicant] = Some(position));
        }
    }
    placed
}

/// One cycle at a time, looked for anew from the first applicant left.
fn naive_by_cycles(instance: &Instance) -> Placements {
    let mut seats = instance.seats.clone();
    let mut placed = vec![None; instance.lists.len()];
    let mut left: Vec<usize> = (0..instance.lists.len()).collect();
    loop {
        let open = |&applicant: &usize, seats: &[u32]| {
            instance.lists[applicant].iter().position(|&(programme, _)| seats[programme] > 0)
        };
        left.retain(|applicant| open(applicant, &seats).is_some());
        let Some(&first) = left.first() else { return placed };
        let mut path = vec![first];
        let cycle = loop {
            let last = *path.last().expect("never empty");
            let position = open(&last, &seats).expect("still left");
            let programme = instance.lists[last][position].0;
            let priority = |&applicant: &usize| {
                let list = instance.lists[applicant].iter();
                list.clone().find(|&&(listed, _)| listed == programme).map(|&(_, key)| key)
            };
            let best = left.iter().copied().filter(|a| priority(a).is_some()).max_by_key(priority);
            let best = best.expect("whoever points to it lists it");
            if let Some(at) = path.iter().position(|&other| other == best) {
                break path.split_off(at);
            }
            path.push(best);
        };
        let taken: Vec<_> =
            cycle.iter().map(|applicant| open(applicant, &seats).expect("left")).collect();
        for (&applicant, position) in cycle.iter().zip(taken) {
            placed[applicant] = Some(position);
            seats[instance.lists[applicant][position].0] -= 1;
        }
        left.retain(|applicant| !cycle.contains(applicant));
    }
}

proptest! {
    #[test]
    fn each_is_what_the_textbook_tells(instance in prop_oneof![dense(), sparse()]) {
        prop_assert_eq!(at_once(&instance), naive_at_once(&instance));
        prop_assert_eq!(by_cycles(&instance), naive_by_cycles(&instance));
    }

    /// With one merit for all programmes everybody in turn by merit is the only stable matching.
    #[test]
    fn in_turn_by_merit_is_deferred_acceptance(mut instance in dense()) {
        for (applicant, list) in instance.lists.iter_mut().enumerate() {
            list.iter_mut().for_each(|(_, key)| *key = u64::MAX - applicant as u64);
        }
        let market = instance.market().expect("a sound market");
        let expected = Assignment::from(&deferred_acceptance(&market));
        prop_assert_eq!(in_turn(&instance), placements(&instance, &expected));
        prop_assert_eq!(by_cycles(&instance), placements(&instance, &expected));
    }

    #[test]
    fn a_market_without_groups_ranks_as_the_groups_that_are_named(
        instance in grouped::instances::dense(), first: usize, second: usize
    ) {
        let market = instance.market().expect("a sound market");
        let named = |programme| {
            let groups = market.groups(programme).len();
            [first % groups, second % groups]
        };
        let plain = market.without_groups(named);
        for number in 0..market.programmes() as u32 {
            let programme = antagning_matching::ProgrammeIx::new(number);
            prop_assert_eq!(plain.seats(programme), market.seats(programme));
            prop_assert!(plain.groups(programme).is_empty());
            let ranking: Vec<_> = plain.ranking(programme).map(|(who, _)| who).collect();
            let expected: Vec<_> = match market.groups(programme).is_empty() {
                true => market.ranking(programme).map(|(who, _)| who).collect(),
                false => {
                    let [first, second] = named(programme)
                        .map(|group| market.group_ranking(programme, group).map(|(who, _)| who));
                    let first: Vec<_> = first.collect();
                    let others = second.filter(|who| !first.contains(who));
                    first.iter().copied().chain(others).collect()
                }
            };
            prop_assert_eq!(ranking, expected);
        }
    }
}
