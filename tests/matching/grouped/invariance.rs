//! Changes of the groups that must change nothing.

use antagning_matching::{Matching, ProgrammeIx, deferred_acceptance, programme_proposing};
use proptest::prelude::*;

use super::instances::{dense, sparse};
use super::textbook::{GroupedInstance, Keys};
use crate::outcome::{placements, programmes};

/// The instance with one group more at a programme, before the group `at`: with `seats`, passing
/// on to the group after it; those who pass `opens` are open to it, with keys of its own.
fn with_group(
    instance: &GroupedInstance,
    programme: usize,
    at: usize,
    seats: u32,
    opens: impl Fn(usize) -> bool,
) -> GroupedInstance {
    let mut changed = instance.clone();
    let moved = |group: usize| if group >= at { group + 1 } else { group };
    let groups = &mut changed.programmes[programme].groups;
    for (_, unfilled_to) in groups.iter_mut() {
        *unfilled_to = unfilled_to.map(moved);
    }
    groups.insert(at, (seats, (at < groups.len()).then_some(at + 1)));
    for (applicant, list) in changed.lists.iter_mut().enumerate() {
        for (_, keys) in list.iter_mut().filter(|(listed, _)| *listed == programme) {
            keys.iter_mut().for_each(|(group, _)| *group = moved(*group));
            if opens(applicant) {
                keys.push((at, applicant as u64));
            }
        }
    }
    changed
}

/// A grouped programme of the instance, if there is one, and a place in its sequence.
fn some_group(instance: &GroupedInstance, drawn: usize) -> Option<(usize, usize)> {
    let grouped = instance.programmes.iter().position(|programme| !programme.plain)?;
    Some((grouped, drawn % (instance.programmes[grouped].groups.len() + 1)))
}

fn reserves(matching: &Matching<'_>) -> Vec<Vec<usize>> {
    let of = |q: ProgrammeIx| matching.reserves(q).map(|ix| ix.index()).collect();
    programmes(matching).map(of).collect()
}

fn either() -> impl Strategy<Value = GroupedInstance> {
    prop_oneof![dense(), sparse()]
}

proptest! {
    #[test]
    fn a_group_without_seats_changes_nothing(instance in either(), drawn in 0..13_usize) {
        let Some((programme, at)) = some_group(&instance, drawn) else { return Ok(()) };
        let changed = with_group(&instance, programme, at, 0, |applicant| applicant % 2 == 0);
        let (before, after) = (instance.market().expect("sound"), changed.market().expect("sound"));
        let (before, after) = (deferred_acceptance(&before), deferred_acceptance(&after));
        prop_assert_eq!(placements(&after), placements(&before));
        let q = ProgrammeIx::new(programme as u32);
        prop_assert_eq!(after.seats_filled(q, at), 0);
        for group in 0..instance.programmes[programme].groups.len() {
            let moved = if group >= at { group + 1 } else { group };
            prop_assert_eq!(after.seats_filled(q, moved), before.seats_filled(q, group));
        }
    }

    /// Some seats of a group moved to a group before it that is open to nobody, and passes on.
    #[test]
    fn a_group_open_to_nobody_that_passes_its_seats_on_changes_nothing(
        instance in either(), drawn in 0..13_usize
    ) {
        let Some((programme, at)) = some_group(&instance, drawn) else { return Ok(()) };
        let own = instance.programmes[programme].groups.get(at).map_or(0, |group| group.0);
        let mut changed = with_group(&instance, programme, at, own.div_ceil(2), |_| false);
        if let Some(group) = changed.programmes[programme].groups.get_mut(at + 1) {
            group.0 = own / 2;
        }
        let (before, after) = (instance.market().expect("sound"), changed.market().expect("sound"));
        for run in [|market: &_| deferred_acceptance(market), |market: &_| programme_proposing(market)] {
            let (before, after) = (run(&before), run(&after));
            prop_assert_eq!(placements(&after), placements(&before));
            let q = ProgrammeIx::new(programme as u32);
            prop_assert_eq!(after.vacancies(q), before.vacancies(q));
        }
    }

    #[test]
    fn a_programme_of_one_group_is_a_plain_programme(instance in crate::instances::sparse()) {
        use super::textbook::Programme;
        let grouped = |plain: &dyn Fn(usize) -> bool| GroupedInstance {
            programmes: instance.seats.iter().enumerate()
                .map(|(q, &seats)| Programme { groups: vec![(seats, None)], plain: plain(q) })
                .collect(),
            lists: instance.lists.iter()
                .map(|list| list.iter().map(|&(q, key)| (q, Keys::from([(0, key)]))).collect())
                .collect(),
        };
        let market = instance.market().expect("a sound market");
        let expected = deferred_acceptance(&market);
        for plain in [&(|q: usize| q.is_multiple_of(2)) as &dyn Fn(usize) -> bool, &|_| false] {
            let market = grouped(plain).market().expect("a sound market");
            let found = deferred_acceptance(&market);
            prop_assert_eq!(placements(&found), placements(&expected));
            prop_assert_eq!(reserves(&found), reserves(&expected));
            prop_assert_eq!(found.statistics(), expected.statistics());
            for q in programmes(&found) {
                let all = |matching: &Matching<'_>| matching.admitted_to(q).collect::<Vec<_>>();
                prop_assert_eq!(all(&found), all(&expected));
                prop_assert_eq!(found.cutoff(q), expected.cutoff(q));
                prop_assert_eq!(found.vacancies(q), expected.vacancies(q));
                let ranking = |market: &antagning_matching::Market| market.ranking(q).collect::<Vec<_>>();
                prop_assert_eq!(ranking(found.market()), ranking(expected.market()));
                if !plain(q.index()) {
                    prop_assert_eq!(found.group_cutoff(q, 0), expected.cutoff(q));
                    let own: Vec<_> = found.group_reserves(q, 0).collect();
                    prop_assert_eq!(own, expected.reserves(q).collect::<Vec<_>>());
                }
            }
            let market = grouped(plain).market().expect("a sound market");
            let worst = programme_proposing(&market);
            prop_assert_eq!(placements(&worst), placements(&programme_proposing(expected.market())));
        }
    }
}
