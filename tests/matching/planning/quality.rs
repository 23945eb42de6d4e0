//! How good plans are on markets of the middle size, against a search a hundred times as long.
//!
//! Lists of two to four of 20 to 60 offers, 500 to 1 000 applicants, 1 to 60 seats. In release a
//! second is worth some 300 000 rounds on these; the test gives the short search a tenth of them.

use antagning_matching::{SeatChange, plan_seats};

use super::cases::{Aim, Case};
use crate::grouped::textbook::{GroupedInstance, Programme};
use crate::incremental::how_many;
use crate::instances::draw;

const SHORT: u64 = 30_000;

/// Priorities are a merit of each applicant's own, or one for each choice, or their sum; programmes
/// are alike, or some are far more popular.
fn middle_sized(seed: u64) -> (GroupedInstance, u32) {
    let mut state = seed;
    let mut below = |bound: u64| draw(&mut state) % bound;
    let (programmes, applicants) = (20 + below(41), 500 + below(501));
    let mean = applicants * (40 + below(70)) / 100 / programmes;
    let seats = (0..programmes).map(|_| mean / 2 + below(mean.max(1) + 1));
    let seats: Vec<u32> = seats.map(|seats| seats as u32).collect();
    let (steep, common, own) = (below(2) == 0, below(2), below(2));
    let popularity = |programme: u64| if steep { 1 + 60 / (1 + programme) } else { 1 };
    let total: u64 = (0..programmes).map(popularity).sum();
    let lists = (0..applicants).map(|applicant| {
        let (length, merit) = (2 + below(3) as usize, below(1_000));
        let mut list: Vec<(usize, Vec<(usize, u64)>)> = Vec::new();
        while list.len() < length {
            let mut at = below(total);
            let drawn = (0..programmes).find(|&programme| {
                let found = at < popularity(programme);
                at = at.saturating_sub(popularity(programme));
                found
            });
            let drawn = drawn.expect("below the total") as usize;
            if list.iter().all(|(listed, _)| *listed != drawn) {
                let score = common * merit + own * below(1_000);
                list.push((drawn, vec![(0, score << 32 | applicant)]));
            }
        }
        list
    });
    let lists = lists.collect();
    let programme = |seats| Programme { groups: vec![(seats, None)], plain: true };
    let programmes = seats.into_iter().map(programme).collect();
    (GroupedInstance { programmes, lists }, 1 + below(60) as u32)
}

#[test]
fn a_short_search_comes_within_a_thousandth_of_a_long_one() {
    let mut improved = 0;
    for seed in 0..how_many(4).min(1_000) {
        let (instance, seats) = middle_sized(seed);
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
