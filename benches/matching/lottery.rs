//! Lottery draws beside full runs: the season without its lots, where merit in steps of 2.5 ties
//! nearly everybody.
//!
//! `cargo bench -p antagning-matching --bench lottery` fails when a draw over the plain market costs
//! more than a full run of the market with its lots in the same process; with
//! `ANTAGNING_BENCH_TIMES=report` it only tells. Runs and draws alternate, and the least time of each
//! is taken; every draw has another lottery. With quota groups it tells the ratio.

#![allow(clippy::print_stdout, reason = "a program for people to read")]

mod generator;
mod grouped_generator;
#[path = "../../tests/matching/grouped/textbook.rs"]
mod grouped_textbook;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use antagning_matching::{
    ApplicantIx, DeferredAcceptance, Lotteries, LotteryDraw, LotteryNumbers, Market, MarketBuilder,
    ProgrammeIx, SplitMixLottery, TieBreaking,
};

/// The most that a draw may take, in full runs.
const MOST: f64 = 1.0;
const ROUNDS: u64 = 200;

fn main() -> ExitCode {
    let plain = generator::season();
    let mut merit = plain.clone();
    merit.lists.iter_mut().flatten().for_each(|(_, key)| *key >>= 32);
    let strict = plain.market().expect("a sound market");
    let lotteries = merit.builder().build_for_lotteries().expect("a sound market");
    let mut within = true;
    for tie_breaking in [TieBreaking::Single, TieBreaking::Multiple] {
        let lottery = SplitMixLottery::new(2025, 0, tie_breaking);
        let mut lots = merit.clone();
        for (applicant, list) in lots.lists.iter_mut().enumerate() {
            list.iter_mut().for_each(|(q, key)| *key = broken(*key, lottery, applicant, *q));
        }
        check(&lotteries, lottery, &lots.deferred_acceptance());
        within &= judge("plain", &strict, &lotteries, tie_breaking) <= MOST;
    }
    for (name, every) in [("a tenth grouped", 10), ("all grouped", 1)] {
        let mut grouped = grouped_generator::grouped(&plain, every);
        let strict = grouped.market().expect("a sound market");
        for (_, keys) in grouped.lists.iter_mut().flatten() {
            keys.iter_mut().for_each(|(_, key)| *key >>= 32);
        }
        let mut builder = MarketBuilder::new();
        grouped.add_to(&mut builder, 0);
        let lotteries = builder.build_for_lotteries().expect("a sound market");
        let lottery = SplitMixLottery::new(2025, 0, TieBreaking::Single);
        for (applicant, list) in grouped.lists.iter_mut().enumerate() {
            for (programme, keys) in list {
                keys.iter_mut().for_each(|(_, key)| {
                    *key = broken(*key, lottery, applicant, *programme);
                });
            }
        }
        check(&lotteries, lottery, &grouped.deferred_acceptance());
        judge(name, &strict, &lotteries, TieBreaking::Single);
    }
    let reported = std::env::var("ANTAGNING_BENCH_TIMES").is_ok_and(|value| value == "report");
    println!("{}", if within { "within" } else { "TOO SLOW" });
    if within || reported { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The key that a lottery number makes of a priority. Two who draw the same number are too rare to
/// matter here: the market would be refused.
fn broken(key: u64, lottery: SplitMixLottery, applicant: usize, programme: usize) -> u64 {
    let applicant = ApplicantIx::new(applicant as u32);
    let number = lottery.number(applicant, ProgrammeIx::new(programme as u32));
    key << 32 | u64::from(!number)
}

/// Holds a draw against the textbook's matching before anything is timed.
fn check(lotteries: &Lotteries, lottery: SplitMixLottery, expected: &[Option<usize>]) {
    let mut scratch = LotteryDraw::new(lotteries);
    let matching = scratch.run(lotteries, lottery);
    let found = (0..expected.len() as u32).map(|a| matching.choice_of(ApplicantIx::new(a)));
    assert!(found.eq(expected.iter().copied()), "a draw differs from the textbook's");
}

/// Prints the figures, and gives the time of a draw in full runs.
fn judge(name: &str, strict: &Market, lotteries: &Lotteries, tie_breaking: TieBreaking) -> f64 {
    let mut run_scratch = DeferredAcceptance::new(strict);
    let mut draw_scratch = LotteryDraw::new(lotteries);
    let (mut run, mut draw, mut moved) = (Duration::MAX, Duration::MAX, 0);
    for round in 0..ROUNDS {
        let start = Instant::now();
        black_box(run_scratch.run(strict));
        run = run.min(start.elapsed());
        let start = Instant::now();
        let lottery = SplitMixLottery::new(1, round, tie_breaking);
        let matching = black_box(draw_scratch.run(lotteries, lottery));
        draw = draw.min(start.elapsed());
        moved += matching.moved().len();
    }
    let ratio = draw.as_secs_f64() / run.as_secs_f64();
    println!(
        "{name}, {tie_breaking:?}: full run {run:?}, draw {draw:?} = {ratio:.2} full runs, {} moved",
        moved as u64 / ROUNDS
    );
    ratio
}
