//! How good plans are on markets of the middle size, against a search thirty times as long.
//!
//! In release a second is worth some 300 000 rounds on these; the test gives the short search a tenth
//! of them. The bench `planning_quality` gives it a second, and the long one a hundred.

use antagning_matching::{SeatChange, plan_seats};

use super::cases::{Aim, Case};
use super::middle_sized::MiddleSized;
use crate::grouped::textbook::{GroupedInstance, Programme};
use crate::incremental::how_many;
use crate::instances::draw;

const SHORT: u64 = 30_000;

fn instance(seed: u64) -> (GroupedInstance, u32) {
    let mut state = seed;
    let MiddleSized { seats, lists, to_add } = MiddleSized::drawn(|| draw(&mut state));
    let keyed = |list: Vec<(usize, u64)>| {
        list.into_iter().map(|(programme, priority)| (programme, vec![(0, priority)])).collect()
    };
    let programme = |seats| Programme { groups: vec![(seats, None)], plain: true };
    let programmes = seats.into_iter().map(programme).collect();
    (GroupedInstance { programmes, lists: lists.into_iter().map(keyed).collect() }, to_add)
}

#[test]
fn a_short_search_comes_within_a_thousandth_of_a_long_one() {
    let mut improved = 0;
    for seed in 0..how_many(4).min(1_000) {
        let (instance, seats) = instance(seed);
        let before = Aim::Ranks.by_textbook(&instance);
        let case = Case::free(instance, Aim::Ranks, SeatChange::Add, seats);
        let run = |rounds, seed| {
            plan_seats(&case.problem, seed, move |progress| progress.rounds < rounds)
        };
        let (short, long) = (run(SHORT, 1), run(30 * SHORT, 2));
        assert!(short.best.gain >= short.greedy.gain);
        let value = |gain: i64| -(before + gain);
        let (found, known) = (value(short.best.gain), value(long.best.gain));
        assert!(1_000 * (found - known) <= known, "seed {seed}: {found}, known {known}");
        assert_eq!(short.best.gain, case.gain_by_textbook(&case.steps(&short.best.order)));
        improved += u64::from(short.best.gain > short.greedy.gain);
    }
    assert!(improved > 0, "a search that never improves a plan");
}
