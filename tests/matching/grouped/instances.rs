//! Random markets with grouped and plain programmes, and ways to change one.

use std::ops::Range;

use proptest::prelude::*;

use super::textbook::{Group, GroupedInstance, Keys, Programme};

/// Dense markets of a few applicants who list most programmes.
pub(crate) fn dense() -> impl Strategy<Value = GroupedInstance> {
    instances(1..12, 1..5, 1..6, 3)
}

/// Few seats and many who want them, so that reserve lists are long.
pub(crate) fn scarce() -> impl Strategy<Value = GroupedInstance> {
    instances(6..16, 1..3, 2..6, 1)
}

/// Larger ones, with rankings longer than one word of the bitmap and long sequences of groups.
pub(crate) fn sparse() -> impl Strategy<Value = GroupedInstance> {
    instances(1..200, 1..7, 1..13, 12)
}

/// Tiny ones, for trying everything.
pub(crate) fn tiny() -> impl Strategy<Value = GroupedInstance> {
    instances(1..5, 1..4, 1..4, 2)
}

/// One grouped programme that everybody lists.
pub(crate) fn single() -> impl Strategy<Value = GroupedInstance> {
    instances(1..9, 1..2, 1..7, 2).prop_map(|mut instance| {
        instance.programmes[0].plain = false;
        instance.lists.retain(|list| !list.is_empty());
        instance
    })
}

/// A sequence of groups, each of which keeps its unfilled seats or passes them on to a later one.
pub(crate) fn groups(length: Range<usize>, most_seats: u32) -> impl Strategy<Value = Vec<Group>> {
    let group = (0..=most_seats, 0..8_usize);
    proptest::collection::vec(group, length).prop_map(|drawn| {
        let length = drawn.len();
        let group = |(group, (seats, passes)): (usize, (u32, usize))| {
            let later = group + 1 + passes % 4;
            // Half of those that draw an existing group pass on to it.
            (seats, (passes >= 4 && later < length).then_some(later))
        };
        drawn.into_iter().enumerate().map(group).collect()
    })
}

fn instances(
    applicants: Range<usize>,
    programmes: Range<usize>,
    groups_each: Range<usize>,
    most_seats: u32,
) -> impl Strategy<Value = GroupedInstance> {
    let programme = (groups(groups_each, most_seats), proptest::bool::weighted(0.3));
    let programmes = proptest::collection::vec(programme, programmes);
    (applicants, programmes).prop_flat_map(|(applicants, programmes)| {
        let programme = |(mut groups, plain): (Vec<Group>, bool)| {
            if plain {
                groups = vec![(groups[0].0, None)];
            }
            Programme { groups, plain }
        };
        let programmes: Vec<_> = programmes.into_iter().map(programme).collect();
        let count = programmes.len();
        let list = (
            Just((0..count).collect::<Vec<_>>()).prop_shuffle(),
            0..=count,
            // For each group whether it is open, and a grade there.
            proptest::collection::vec(proptest::collection::vec((0..5_u8, 0..4_u64), 12), count),
        );
        let lists = proptest::collection::vec(list, applicants);
        let lots = Just((0..applicants as u64).collect::<Vec<_>>()).prop_shuffle();
        (Just(programmes), lists, lots).prop_map(|(programmes, lists, lots)| {
            let listed =
                |((order, length, grades), lot): ((Vec<usize>, usize, Vec<Vec<_>>), u64)| {
                    let keyed = order.into_iter().take(length).zip(grades);
                    keyed.map(|(q, grades)| (q, keys(&programmes[q], &grades, lot))).collect()
                };
            let lists = lists.into_iter().zip(lots).map(listed).collect();
            GroupedInstance { programmes, lists }
        })
    })
}

/// A grade of its own in each open group, and a lot that parts equal grades.
fn keys(programme: &Programme, grades: &[(u8, u64)], lot: u64) -> Keys {
    let key = |grade: u64| grade << 32 | lot;
    let drawn = grades.iter().enumerate().take(programme.groups.len());
    let open: Keys = drawn
        .filter(|&(_, &(open, _))| open < 3)
        .map(|(group, &(_, grade))| (group, key(grade)))
        .collect();
    match open.is_empty() {
        true => vec![(grades.len() % programme.groups.len(), key(grades[0].1))],
        false => open,
    }
}

/// The instance with applicants and programmes in other orders, and claims named backwards:
/// `people[i]` is who stands in row `i`, `names[q]` the new number of programme `q`.
pub(crate) fn relabelled(
    instance: &GroupedInstance,
    people: &[usize],
    names: &[usize],
) -> GroupedInstance {
    let mut programmes = instance.programmes.clone();
    for (programme, &name) in names.iter().enumerate() {
        programmes[name] = instance.programmes[programme].clone();
    }
    let renamed = |&applicant: &usize| {
        let backwards = |keys: &Keys| keys.iter().rev().copied().collect();
        let list = instance.lists[applicant].iter();
        list.map(|(programme, keys)| (names[*programme], backwards(keys))).collect()
    };
    GroupedInstance { programmes, lists: people.iter().map(renamed).collect() }
}
