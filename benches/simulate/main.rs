//! A thousand scenarios of other seats with their reports, and a warm start beside a full match.
//!
//! `cargo bench -p antagning --bench simulate` makes a season of 55 000 applicants and 1 500
//! programmes. It fails when the scenarios take longer than they may on two threads, when a
//! scenario from a warm start costs more than its share of a full match, or when memory grows with
//! the number of scenarios; with `ANTAGNING_BENCH_TIMES=report` times are only told.

#![allow(clippy::print_stdout, reason = "a program for people to read")]

#[path = "../matching/generator.rs"]
mod generator;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use antagning::Simulation;
use antagning::population::{Recipe, generate};
use antagning_matching::{ApplicantIx, DeferredAcceptance, ProgrammeIx, WarmStart};

const SCENARIOS: usize = 1_000;
/// The scenarios may take so long, apart from reading and running the season itself.
const MOST_TIME: Duration = Duration::from_secs(5);
/// A scenario with up to five seats of a hundred fewer may cost, from a warm start, at most so much
/// of a full match.
const MOST_SHARE: f64 = 0.6;
/// Five times as many scenarios may need so many MiB more: their own text, and what the allocator
/// keeps.
const MOST_MEMORY: u64 = 30;
const ROUNDS: usize = 20;

fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// Every second scenario changes a few offers, the others all of a kind.
fn scenarios(folder: &Path, count: usize) -> std::path::PathBuf {
    let programmes = std::fs::read_to_string(folder.join("programmes.csv")).expect("a season");
    let ids: Vec<&str> =
        programmes.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let (mut text, state) = (String::new(), &mut 7);
    for number in 0..count {
        writeln!(text, "[[scenario]]\nname = \"s{number}\"").expect("a string");
        let (selectors, change) = if number % 2 == 0 {
            let ids: Vec<String> =
                (0..5).map(|_| format!("{:?}", ids[draw(state) as usize % ids.len()])).collect();
            (format!("programme = [{}]", ids.join(", ")), format!("add = {}", draw(state) % 12))
        } else {
            let provider = ["municipal", "independent"][draw(state) as usize % 2];
            (
                format!("provider = \"{provider}\""),
                format!("scale = \"0.{}\"", 85 + draw(state) % 15),
            )
        };
        writeln!(text, "[[scenario.seats]]\n{selectors}\n{change}").expect("a string");
    }
    let path = folder.with_extension(format!("{count}.toml"));
    std::fs::write(&path, text).expect("a file");
    path
}

fn simulation() -> Duration {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("season");
    generate(&Recipe::new(55_000, 1_500), &folder, &mut |_| {}).expect("a season");
    let timed = |count: usize| {
        let file = scenarios(&folder, count);
        let started = Instant::now();
        let mut reports = 0;
        let told = |report| {
            black_box(report);
            reports += 1;
            Ok(())
        };
        Simulation::each(&folder, &[file], false, told).expect("sound scenarios");
        assert_eq!(reports, count + 1);
        started.elapsed()
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
    let (alone, all) = pool.install(|| {
        let alone = (0..3).map(|_| timed(1)).min().unwrap_or_default();
        timed(SCENARIOS / 5);
        let before = peak_memory();
        let all = (0..2).map(|_| timed(SCENARIOS)).min().unwrap_or_default();
        if let (Some(before), Some(after)) = (before, peak_memory()) {
            let more = after - before;
            println!(
                "peak memory: {before} MiB with {} scenarios, {more} MiB more with {SCENARIOS}",
                SCENARIOS / 5
            );
            assert!(more <= MOST_MEMORY, "memory grows with the number of scenarios");
        }
        (alone, all)
    });
    println!("one scenario with the season: {alone:.2?}; {SCENARIOS} of them: {all:.2?}");
    all.saturating_sub(alone)
}

/// The most memory that this process has had so far, in MiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()? / 1024)
}

/// The least time of a warm start with a part of the seats taken, in full matches of the market with
/// all its seats; what it is in full matches of the market without them is told beside it.
fn share(taken: u32) -> f64 {
    let mut instance = generator::season();
    let market = instance.market().expect("a sound market");
    let start = WarmStart::new(&market);
    // What is left of one programme's share counts for the next, so that all together are the share.
    let fewer: Vec<(ProgrammeIx, Option<usize>, u32)> = (0..market.programmes() as u32)
        .map(ProgrammeIx::new)
        .scan(0, |rest, programme| {
            *rest += market.seats(programme) * taken;
            let seats = (*rest / 100).min(market.seats(programme));
            *rest -= seats * 100;
            Some((programme, None, seats))
        })
        .collect();
    let mut scratch = DeferredAcceptance::default();
    instance.seats.iter_mut().zip(&fewer).for_each(|(seats, (.., fewer))| *seats -= fewer);
    let left = instance.market().expect("a sound market");
    let warm = start.run(&mut scratch, fewer.iter().copied());
    let placed = instance.deferred_acceptance().into_iter().enumerate();
    let mut placed = placed.map(|(applicant, at)| (ApplicantIx::new(applicant as u32), at));
    assert!(placed.all(|(applicant, at)| warm.choice_of(applicant) == at), "not the textbook's");
    let mut least = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        for (least, subject) in least.iter_mut().zip(0..) {
            let started = Instant::now();
            black_box(match subject {
                0 => start.run(&mut scratch, fewer.iter().copied()),
                1 => scratch.run(&market),
                _ => scratch.run(&left),
            });
            *least = (*least).min(started.elapsed());
        }
    }
    let [warm, full, anew] = least;
    let share = warm.as_secs_f64() / full.as_secs_f64();
    let seats: u32 = fewer.iter().map(|(.., seats)| seats).sum();
    println!(
        "{taken} % of the seats taken ({seats}): {warm:.2?} warm, {full:.2?} a full match: {share:.2}; \
         {anew:.2?} one without these seats: {:.2}",
        warm.as_secs_f64() / anew.as_secs_f64()
    );
    share
}

fn main() -> ExitCode {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("run with `cargo bench` to measure");
        return ExitCode::SUCCESS;
    }
    let shares = [1, 3, 5].map(share);
    // Ever more people move then, each at the price of several in a whole run: told, not judged.
    let _told = [7, 10].map(share);
    let time = simulation();
    println!("{SCENARIOS} scenarios with their reports on two threads: {time:.2?}");
    let report = std::env::var_os("ANTAGNING_BENCH_TIMES").is_some_and(|set| set == "report");
    let within = time <= MOST_TIME && shares.iter().all(|share| *share <= MOST_SHARE);
    if within || report { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
