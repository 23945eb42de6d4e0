//! Random markets for proptest, and ways to change one.

use proptest::prelude::*;

use crate::textbook::Instance;

/// Dense markets: most applicants list most programmes, so that both optima often differ.
pub(crate) fn dense() -> impl Strategy<Value = Instance> {
    instances(1..9, 1..6, 3)
}

/// Larger and sparser ones, with rankings longer than one word of the bitmap.
pub(crate) fn sparse() -> impl Strategy<Value = Instance> {
    instances(1..260, 1..12, 30)
}

/// Tiny ones, for trying everything.
pub(crate) fn tiny() -> impl Strategy<Value = Instance> {
    instances(1..5, 1..4, 2)
}

fn instances(
    applicants: std::ops::Range<usize>,
    programmes: std::ops::Range<usize>,
    most_seats: u32,
) -> impl Strategy<Value = Instance> {
    (applicants, programmes).prop_flat_map(move |(applicants, programmes)| {
        let seats = proptest::collection::vec(0..=most_seats, programmes);
        let list = (
            Just((0..programmes).collect::<Vec<_>>()).prop_shuffle(),
            0..=programmes,
            proptest::collection::vec(0..4_u64, programmes),
        );
        let lists = proptest::collection::vec(list, applicants);
        let lots = Just((0..applicants as u64).collect::<Vec<_>>()).prop_shuffle();
        (seats, lists, lots).prop_map(|(seats, lists, lots)| {
            let lists = lists
                .into_iter()
                .zip(lots)
                .map(|((order, length, grades), lot)| {
                    // A grade of its own at each programme, and a lot that parts equal grades.
                    let keyed = order.into_iter().zip(grades);
                    let priority = |grade: u64| grade << 32 | lot;
                    keyed
                        .take(length)
                        .map(|(programme, grade)| (programme, priority(grade)))
                        .collect()
                })
                .collect();
            Instance { seats, lists }
        })
    })
}

/// A whole number drawn from a published sequence (SplitMix64), for markets of a fixed seed.
pub(crate) fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// `applicants` who list all `programmes` of one seat in uniformly random order, with independent
/// uniformly random priorities.
pub(crate) fn uniform(applicants: usize, programmes: usize, seed: u32) -> Instance {
    let mut state = u64::from(seed);
    let mut shuffled = |length: usize| {
        let mut numbers: Vec<usize> = (0..length).collect();
        for last in (1..length).rev() {
            numbers.swap(last, (draw(&mut state) % (last as u64 + 1)) as usize);
        }
        numbers
    };
    let rankings: Vec<_> = (0..programmes).map(|_| shuffled(applicants)).collect();
    let lists = (0..applicants)
        .map(|applicant| {
            let list = shuffled(programmes).into_iter();
            list.map(|programme| (programme, rankings[programme][applicant] as u64)).collect()
        })
        .collect();
    Instance { seats: vec![1; programmes], lists }
}
