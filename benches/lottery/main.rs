//! The season of Skåne: what a lottery of it costs, and what a question costs after the draws.
//!
//! `cargo bench -p antagning --bench lottery` fails when a question takes longer than claimed; with
//! `ANTAGNING_BENCH_TIMES=report` it only tells.

#![allow(clippy::print_stdout, reason = "a program for people to read")]

use std::hint::black_box;
use std::num::NonZeroU32;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use antagning::{
    ChanceRequest, Cutoffs, LotteryRequest, LotteryScope, LotteryStudy, Score, Season,
};

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/skane-2025");
const DRAWS: NonZeroU32 = NonZeroU32::new(1_000).expect("draws");
const QUESTIONS: u32 = 2_000;
/// The most that the median question may take.
const MOST: Duration = Duration::from_micros(100);

fn main() -> ExitCode {
    let season = Season::open(SEASON).expect("a sound season");
    let scopes = [LotteryScope::Applicant];
    let start = Instant::now();
    let request = LotteryRequest { draws: DRAWS, seed: 1, scopes: &scopes };
    black_box(LotteryStudy::new(&season, &request, |_| ()).expect("a season with a lottery"));
    println!("a study of {DRAWS} lotteries: {:?}", start.elapsed());

    let start = Instant::now();
    let request = ChanceRequest { draws: DRAWS, seed: 1 };
    let cutoffs = Cutoffs::new(&season, request, |_| ()).expect("a season with a lottery");
    println!("cutoffs of {DRAWS} lotteries: {:?}", start.elapsed());
    let mut times: Vec<Duration> = (0..QUESTIONS)
        .map(|question| {
            let ids: Vec<String> =
                (0..5).map(|at| format!("P{:04}", 1 + (question * 37 + at * 101) % 601)).collect();
            let list: Vec<&str> = ids.iter().map(String::as_str).collect();
            let merit = Score::from_ten_thousandths(u64::from(1_000_000 + question % 80 * 25_000));
            let start = Instant::now();
            black_box(cutoffs.chances(&list, merit).expect("offers of the season"));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let median = times[times.len() / 2];
    println!(
        "a question of five choices: median {median:?} (at most {MOST:?}), longest {:?}",
        times[times.len() - 1]
    );
    let reported = std::env::var("ANTAGNING_BENCH_TIMES").is_ok_and(|value| value == "report");
    if median <= MOST || reported { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
