//! The gate: fails when deferred acceptance has become slow beside the floor or the textbook, or
//! quota groups slow beside a market without them.
//!
//! `cargo bench -p antagning-matching --bench matching_gate` measures the same four subjects
//! twice: instructions, counted by valgrind in a process each and the same on every machine, and
//! time, the least of many interleaved rounds. `ANTAGNING_BENCH_TIMES=report` tells the times
//! without judging them, for machines that others use at the same time. Without valgrind it fails, unless
//! `ANTAGNING_NO_VALGRIND=1` says that the instructions may go uncounted.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people to read")]

mod checked;
mod floor;
mod generator;
mod grouped_generator;
#[path = "../../tests/matching/grouped/textbook.rs"]
mod grouped_textbook;
#[path = "../../tests/matching/textbook.rs"]
mod textbook;

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use antagning_matching::{DeferredAcceptance, Market, deferred_acceptance};
use floor::Floor;
use grouped_textbook::GroupedInstance;
use textbook::Instance;

const SUBJECTS: [&str; 4] = ["floor", "bitmap", "textbook", "grouped"];
/// Deferred acceptance may cost at most this many times the floor.
const MOST_FLOORS: f64 = 4.0;
/// The textbook must take at least this many times as long as deferred acceptance.
const LEAST_TIME: f64 = 8.0;
/// The textbook must need at least this many times the instructions. It is 5.1 as measured: the
/// other half of its time goes to cache misses and mispredicted branches, which are not counted.
/// The count hardly varies, so a regression of a fifth is caught.
const LEAST_INSTRUCTIONS: f64 = 4.2;
/// With one programme in ten divided among two to four quota groups, deferred acceptance may cost
/// at most this many times what it costs without.
const MOST_GROUPED: f64 = 2.0;
const ROUNDS: usize = 60;

struct Subjects {
    instance: Instance,
    market: Market,
    floor: Floor,
    scratch: DeferredAcceptance,
    grouped_instance: GroupedInstance,
    grouped: Market,
    grouped_scratch: DeferredAcceptance,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut subjects = Subjects::new();
    if let [flag, subject] = &arguments[..]
        && flag == "--subject"
    {
        subjects.run(subject);
        return ExitCode::SUCCESS;
    }
    subjects.check();
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("the subjects agree; run with `cargo bench` to measure them");
        return ExitCode::SUCCESS;
    }
    let times = subjects.times().map(|time| time.as_secs_f64() * 1e3);
    let report = std::env::var_os("ANTAGNING_BENCH_TIMES").is_some_and(|set| set == "report");
    let mut within = judge("milliseconds", LEAST_TIME, times) || report;
    match instructions() {
        Ok(counts) => within &= judge("million instructions", LEAST_INSTRUCTIONS, counts),
        Err(why) if std::env::var_os("ANTAGNING_NO_VALGRIND").is_some_and(|set| set == "1") => {
            println!("instructions not counted: {why}");
        }
        Err(why) => {
            eprintln!(
                "failed to count instructions: {why}\n\
                 install valgrind, or set ANTAGNING_NO_VALGRIND=1 to judge by time alone"
            );
            within = false;
        }
    }
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Subjects {
    fn new() -> Self {
        let instance = generator::season();
        let market = instance.market().expect("a sound market");
        let floor = Floor::new(&deferred_acceptance(&market));
        let scratch = DeferredAcceptance::new(&market);
        let grouped_instance = grouped_generator::grouped(&instance, 10);
        let grouped = grouped_instance.market().expect("a sound market");
        let grouped_scratch = DeferredAcceptance::new(&grouped);
        Self { instance, market, floor, scratch, grouped_instance, grouped, grouped_scratch }
    }

    fn check(&mut self) {
        let expected = self.instance.deferred_acceptance();
        checked::assert_placements(&self.scratch.run(&self.market), &expected);
        let expected = self.grouped_instance.deferred_acceptance();
        checked::assert_placements(&self.grouped_scratch.run(&self.grouped), &expected);
    }

    fn run(&mut self, subject: &str) {
        match subject {
            "floor" => drop(black_box(self.floor.measured_floor())),
            "bitmap" => measured_run(&mut self.scratch, &self.market),
            "grouped" => measured_run(&mut self.grouped_scratch, &self.grouped),
            "textbook" => measured_textbook(&self.instance),
            other => panic!("no subject {other}"),
        }
    }

    /// The least time of each subject; taking turns, so that a disturbance meets all of them.
    fn times(&mut self) -> [Duration; 4] {
        let mut least = [Duration::MAX; 4];
        for _ in 0..ROUNDS {
            for (least, subject) in least.iter_mut().zip(SUBJECTS) {
                let start = Instant::now();
                self.run(subject);
                *least = start.elapsed().min(*least);
            }
        }
        least
    }
}

#[inline(never)]
fn measured_run(scratch: &mut DeferredAcceptance, market: &Market) {
    black_box(scratch.run(market));
}

#[inline(never)]
fn measured_textbook(instance: &Instance) {
    black_box(instance.deferred_acceptance());
}

/// Prints one row of figures and says whether all ratios hold.
fn judge(unit: &str, least: f64, [floor, bitmap, textbook, grouped]: [f64; 4]) -> bool {
    let (floors, times, groups) = (bitmap / floor, textbook / bitmap, grouped / bitmap);
    let within = floors <= MOST_FLOORS && times >= least && groups <= MOST_GROUPED;
    println!(
        "{unit}: floor {floor:.3}, deferred acceptance {bitmap:.3}, textbook {textbook:.3}, \
         with groups {grouped:.3}\n  \
         {floors:.2} floors (at most {MOST_FLOORS}), textbook {times:.2} times as much \
         (at least {least}), \
         with groups {groups:.2} times as much (at most {MOST_GROUPED}): {}",
        if within { "within" } else { "TOO SLOW" }
    );
    within
}

/// Millions of instructions of each subject, counted by valgrind in a process of its own.
fn instructions() -> Result<[f64; 4], String> {
    let mut counts = [0.0; 4];
    for (count, subject) in counts.iter_mut().zip(SUBJECTS) {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("callgrind.{subject}"));
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let status = Command::new("valgrind")
            .args(["--tool=callgrind", "--collect-atstart=no", "--toggle-collect=*measured_*"])
            .arg(format!("--callgrind-out-file={}", out.display()))
            .arg(program)
            .args(["--subject", subject])
            .stderr(Stdio::null())
            .status()
            .map_err(|error| format!("valgrind: {error}"))?;
        if !status.success() {
            return Err(format!("valgrind ended with {status}"));
        }
        let report = std::fs::read_to_string(&out).map_err(|error| error.to_string())?;
        let total = report
            .lines()
            .find_map(|line| line.strip_prefix("totals: "))
            .and_then(|text| text.trim().parse::<f64>().ok())
            .filter(|&total| total > 0.0)
            .ok_or_else(|| format!("no total in {}", out.display()))?;
        *count = total / 1e6;
    }
    Ok(counts)
}
