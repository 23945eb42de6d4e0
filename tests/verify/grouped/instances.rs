//! Random markets with quota groups.

use std::ops::RangeInclusive;

use proptest::prelude::*;

use super::market::{Market, Programme, TIERS, Wish, grouped};

/// What is drawn: how many of each, and how fine the grades are, which the same lot parts in all
/// groups when they are equal.
struct Draw {
    applicants: RangeInclusive<usize>,
    programmes: RangeInclusive<usize>,
    groups: usize,
    most_seats: u32,
    grades: u64,
    everybody_lists_everything: bool,
}

/// Markets of up to so many applicants and programmes with up to so many groups and seats a group.
pub(crate) fn markets(
    applicants: usize,
    programmes: usize,
    groups: usize,
    most_seats: u32,
) -> impl Strategy<Value = Market> {
    drawn(Draw {
        applicants: 0..=applicants,
        programmes: 1..=programmes,
        groups,
        most_seats,
        grades: 4,
        everybody_lists_everything: false,
    })
}

/// Markets where everybody lists everything, about as many seats as applicants, and an order of its
/// own in every group: often several stable placements. Programme 0 has groups.
pub(crate) fn dense() -> impl Strategy<Value = Market> {
    drawn(Draw {
        applicants: 3..=7,
        programmes: 3..=5,
        groups: 3,
        most_seats: 1,
        grades: 64,
        everybody_lists_everything: true,
    })
    .prop_map(|mut market| {
        market.programmes[0].plain = false;
        market
    })
}

fn drawn(draw: Draw) -> impl Strategy<Value = Market> {
    let Draw { applicants, programmes, groups, most_seats, grades, everybody_lists_everything } =
        draw;
    let group = (0..=most_seats, 0..8_u32);
    let programme = (prop::collection::vec(group, 1..=groups), prop::bool::weighted(0.25));
    let programmes = prop::collection::vec(programme, programmes);
    (applicants, programmes).prop_flat_map(move |(applicants, programmes)| {
        let programmes: Vec<Programme> = programmes.iter().map(programme_from).collect();
        let count = programmes.len();
        // For each group whether it is open, and a grade there; for each programme the tier.
        let grades = prop::collection::vec((0..5_u8, 0..grades), groups);
        let brought = prop::collection::vec((0..TIERS, grades), count);
        let order = Just((0..count as u32).collect::<Vec<_>>()).prop_shuffle();
        let shortest = if everybody_lists_everything { count } else { 0 };
        let lists = prop::collection::vec((order, shortest..=count, brought), applicants);
        let lots = Just((0..applicants as u64).collect::<Vec<_>>()).prop_shuffle();
        (Just(programmes), lists, lots).prop_map(|(programmes, lists, lots)| {
            let list = |((order, length, brought), lot): ((Vec<u32>, usize, Vec<_>), u64)| {
                let listed = order.into_iter().take(length).zip(brought);
                listed.map(|(q, brought)| wish_from(&programmes, q, brought, lot)).collect()
            };
            let lists = lists.into_iter().zip(lots).map(list).collect();
            Market { programmes, lists }
        })
    })
}

fn programme_from((groups, plain): &(Vec<(u32, u32)>, bool)) -> Programme {
    if *plain {
        return super::market::plain(groups[0].0);
    }
    let count = groups.len() as u32;
    let group = |(number, &(seats, passes)): (u32, &(u32, u32))| {
        let later = number + 1 + passes % 4;
        (seats, (passes >= 3 && later < count).then_some(later))
    };
    grouped(&(0..).zip(groups).map(group).collect::<Vec<_>>())
}

/// A grade of its own in each open group, and a lot that parts equal grades.
fn wish_from(
    programmes: &[Programme],
    programme: u32,
    (tier, grades): (u32, Vec<(u8, u64)>),
    lot: u64,
) -> Wish {
    let Programme { groups, plain } = &programmes[programme as usize];
    let key = |grade: u64| grade << 8 | lot;
    let drawn = (0..).zip(&grades).take(groups.len());
    let open = drawn.filter(|&(group, &(open, _))| open < 3 && (group == 0 || !plain));
    let mut claims: Vec<_> = open.map(|(group, &(_, grade))| (group, key(grade))).collect();
    if claims.is_empty() {
        claims.push((grades.len() as u32 % groups.len() as u32, key(grades[0].1)));
    }
    Wish { programme, tier: if *plain { 0 } else { tier }, claims }
}
