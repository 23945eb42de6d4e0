//! How good the plan of a search of one second is, beside the best of one a hundred times as long.
//!
//! `cargo bench -p antagning-matching --bench planning_quality` looks at one random market of the
//! middle size and gives the long search ten seconds. `ANTAGNING_BENCH_MARKETS=10` looks at ten, and
//! `ANTAGNING_BENCH_TIMES_AS_LONG=100` gives the long search a hundred. It fails when a plan is worse
//! than the greedy one, or more than a thousandth of the value behind the best known.

#![allow(clippy::print_stdout, reason = "a program for people to read")]

#[path = "../../tests/matching/planning/middle_sized.rs"]
mod middle_sized;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use antagning_matching::{
    ApplicantIx, MarketBuilder, PlannedSeats, ProgrammeIx, SeatChange, SeatOption, SeatProblem,
    Worth, deferred_acceptance, plan_seats,
};
use middle_sized::MiddleSized;

const SHORT: Duration = Duration::from_secs(1);

/// Numbers from the published generator SplitMix64.
fn random(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn number(variable: &str, usually: u32) -> u32 {
    match std::env::var(variable) {
        Ok(text) => text.parse().expect("a whole number"),
        Err(_) => usually,
    }
}

/// The problem, and the sum of choice ranks before: an unplaced applicant counts as the length of
/// the list + 1.
fn problem(seed: u64) -> (SeatProblem, i64) {
    let MiddleSized { seats, lists, to_add } = MiddleSized::drawn(random(seed));
    let mut builder = MarketBuilder::new();
    let programmes: Vec<ProgrammeIx> =
        seats.into_iter().map(|seats| builder.add_programme(seats)).collect();
    for list in &lists {
        builder.add_applicant(list.iter().map(|&(at, priority)| (programmes[at], priority)));
    }
    let market = builder.build().expect("a sound market");
    let option = |programme| SeatOption {
        programme,
        group: None,
        step: 1,
        least: 0,
        most: to_add,
        cost: 0,
        areas: vec![],
    };
    let rank = |applicant: ApplicantIx, position: Option<usize>| {
        position.unwrap_or(market.list(applicant).len()) as i64 + 1
    };
    let worth = Worth::new(&market, |applicant, placement| {
        -rank(applicant, placement.map(|(position, _)| position))
    });
    let matching = deferred_acceptance(&market);
    let ranks = (0..lists.len() as u32)
        .map(ApplicantIx::new)
        .map(|applicant| rank(applicant, matching.choice_of(applicant)));
    let before = ranks.sum();
    let problem = SeatProblem {
        worth,
        options: programmes.into_iter().map(option).collect(),
        market,
        change: SeatChange::Add,
        seats: to_add,
        areas: vec![],
        budget: None,
    };
    (problem, before)
}

fn search(problem: &SeatProblem, seed: u64, time: Duration) -> PlannedSeats {
    let start = Instant::now();
    plan_seats(problem, seed, |_| start.elapsed() < time)
}

fn main() -> ExitCode {
    let markets = number("ANTAGNING_BENCH_MARKETS", 1);
    let longer = number("ANTAGNING_BENCH_TIMES_AS_LONG", 10);
    println!("sum of choice ranks, seats added, and how far one second is from {longer} seconds");
    println!("market seats before greedy second   long  behind  rounds in a second");
    let mut sound = true;
    for seed in 0..u64::from(markets) {
        let (problem, before) = problem(seed);
        let short = search(&problem, 1, SHORT);
        let long = search(&problem, 2, SHORT * longer);
        let [greedy, second, best] =
            [&short.greedy, &short.best, &long.best].map(|plan| before - plan.gain);
        let known = best.min(second);
        let behind = (second - known) as f64 / known as f64;
        sound &= second <= greedy && 1_000 * (second - known) <= known;
        println!(
            "{seed:>6} {:>5} {before:>6} {greedy:>6} {second:>6} {best:>6} {:>6.3}% {:>9}",
            problem.seats,
            100.0 * behind,
            short.rounds
        );
    }
    match sound {
        true => ExitCode::SUCCESS,
        false => {
            println!("a plan of one second is worse than greedy or 0.1 % behind the best known");
            ExitCode::FAILURE
        }
    }
}
