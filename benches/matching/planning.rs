//! Greedy planning of 1 000 seats beside full runs, and how many rounds of search a second holds.
//!
//! `cargo bench -p antagning-matching --bench planning` fails when the greedy plan costs more full
//! runs than is claimed; with `ANTAGNING_BENCH_TIMES=report` it only tells.

#![allow(clippy::print_stdout, reason = "a program for people to read")]

mod generator;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use antagning_matching::{
    ApplicantIx, DeferredAcceptance, Market, ProgrammeIx, SeatChange, SeatOption, SeatProblem,
    Worth, deferred_acceptance, plan_seats,
};

const SEATS: u32 = 1_000;
/// The most that the greedy plan may take, in full runs.
const MOST: f64 = 50.0;
const ROUNDS: usize = 20;

fn problem(market: Market) -> SeatProblem {
    let option = |programme| SeatOption {
        programme: ProgrammeIx::new(programme),
        group: None,
        step: 1,
        least: 0,
        most: SEATS,
        cost: 0,
        areas: vec![],
    };
    let ranks = |applicant: ApplicantIx, placement: Option<(usize, ProgrammeIx)>| {
        let position = placement.map(|(position, _)| position);
        -(position.unwrap_or(market.list(applicant).len()) as i64)
    };
    SeatProblem {
        worth: Worth::new(&market, ranks),
        options: (0..market.programmes() as u32).map(option).collect(),
        market,
        change: SeatChange::Add,
        seats: SEATS,
        areas: vec![],
        budget: None,
    }
}

fn main() -> ExitCode {
    let instance = generator::season();
    let market = instance.market().expect("a sound market");
    let found = deferred_acceptance(&market);
    let expected = instance.deferred_acceptance();
    let placed = |number: usize| found.choice_of(ApplicantIx::new(number as u32));
    assert!(expected.iter().enumerate().all(|(number, at)| placed(number) == *at));
    let problem = problem(market.clone());
    let mut scratch = DeferredAcceptance::new(&market);
    let mut timed = |work: &mut dyn FnMut(&mut DeferredAcceptance)| {
        let start = Instant::now();
        work(&mut scratch);
        start.elapsed()
    };
    let (mut full, mut greedy) = (Duration::MAX, Duration::MAX);
    let mut gain = 0;
    for _ in 0..ROUNDS {
        full = full.min(timed(&mut |scratch| _ = black_box(scratch.run(&market))));
        greedy = greedy.min(timed(&mut |_| {
            gain = black_box(plan_seats(&problem, 1, |_| false)).greedy.gain;
        }));
    }
    let start = Instant::now();
    let searched = plan_seats(&problem, 1, |_| start.elapsed() < Duration::from_secs(2));
    let rounds = searched.rounds as f64 / start.elapsed().as_secs_f64();
    let ratio = greedy.as_secs_f64() / full.as_secs_f64();
    println!("full run              {full:>10.1?}");
    println!("greedy plan           {greedy:>10.1?}  {ratio:.1} full runs, {gain} ranks gained");
    println!("search                {rounds:>10.0} rounds a second, {} ranks", searched.best.gain);
    let only_told = std::env::var("ANTAGNING_BENCH_TIMES").is_ok_and(|value| value == "report");
    match only_told || ratio <= MOST {
        true => ExitCode::SUCCESS,
        false => {
            println!("the greedy plan costs more than {MOST} full runs");
            ExitCode::FAILURE
        }
    }
}
