//! The whole of `antagning run` against merely reading the same files with Python's csv module.
//!
//! `cargo bench -p antagning-cli --bench run` makes a season of 55 000 applicants and 1 500
//! programmes and lets both take turns, each a process of its own from start to end, so that a
//! disturbance meets both. It fails when the run, which reads, matches, verifies and writes, takes
//! longer than the reading alone, or when it ever needs more memory than it may.
//! `ANTAGNING_BENCH_TIMES=report` tells the times without judging them, for machines that others
//! use at the same time; memory is judged all the same. `ANTAGNING_BENCH_ROUNDS` sets the number of rounds, `--threads` and the like are left at their
//! defaults. Without Python there is nothing to compare with, and nothing is measured.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people to read")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use antagning::population::{Recipe, generate};

const APPLICANTS: u32 = 55_000;
const PROGRAMMES: u32 = 1_500;
const ROUNDS: usize = 15;
/// The run may take at most this many times as long as the reading, median against median.
const MOST_TIMES: f64 = 1.0;
/// Mebibytes that the run may occupy at its peak.
const MOST_MEMORY: u64 = 150;

/// Opens every file of the folder and goes through its rows.
const READ: &str = "\
import csv, pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).glob('*.csv')):
    with open(path, newline='', encoding='utf-8') as file:
        for row in csv.reader(file):
            pass
";

/// Runs a command and prints the peak of its resident memory in KiB: what `wait4` reports of a
/// child that has ended, which nothing short of the system can know.
const PEAK: &str = "\
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
";

fn main() -> ExitCode {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("run with `cargo bench` to measure");
        return ExitCode::SUCCESS;
    }
    let Some(python) = python() else {
        println!("skipped: there is no python3 to compare with");
        return ExitCode::SUCCESS;
    };
    match measure(&python) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("failed: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The interpreter itself: what the name leads to may be a script that looks for it first.
fn python() -> Option<PathBuf> {
    let output =
        Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(path.trim()))
}

fn rounds() -> Result<usize, String> {
    match std::env::var("ANTAGNING_BENCH_ROUNDS") {
        Err(_) => Ok(ROUNDS),
        Ok(text) => match text.parse() {
            Ok(rounds @ 1..) => Ok(rounds),
            _ => Err(format!("ANTAGNING_BENCH_ROUNDS is \"{text}\", not a number from 1")),
        },
    }
}

fn measure(python: &Path) -> Result<bool, String> {
    let rounds = rounds()?;
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).map_err(|e| e.to_string())?;
    let season = folder.path().join("season");
    generate(&Recipe::new(APPLICANTS, PROGRAMMES), &season, &mut |_| {})
        .map_err(|error| error.to_string())?;
    let mut subjects = Subjects { python, season, out: folder.path().join("out") };

    // The first of each finds nothing in the caches.
    subjects.run()?;
    subjects.read()?;
    let (mut runs, mut reads) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        runs.push(subjects.run()?);
        reads.push(subjects.read()?);
    }
    let mut peak = 0;
    for _ in 0..rounds.min(3) {
        peak = peak.max(subjects.peak()?);
    }

    println!("{APPLICANTS} applicants, {PROGRAMMES} programmes, {rounds} rounds: min / median");
    let run = tell("antagning run, the whole process", &mut runs);
    let read = tell("Python csv, reading the same files", &mut reads);
    let times = run / read;
    let memory = peak.div_ceil(1_024);
    let (fast, small) = (times <= MOST_TIMES, memory < MOST_MEMORY);
    let judged = std::env::var_os("ANTAGNING_BENCH_TIMES").is_none_or(|set| set != "report");
    println!(
        "{times:.2} times as long (at most {MOST_TIMES}): {}",
        match (fast, judged) {
            (true, _) => "within",
            (false, true) => "TOO SLOW",
            (false, false) => "not judged",
        }
    );
    println!(
        "{memory} MiB at the peak (less than {MOST_MEMORY}): {}",
        if small { "within" } else { "TOO MUCH" }
    );
    Ok((fast || !judged) && small)
}

/// Prints least and median in milliseconds and gives the median.
fn tell(subject: &str, times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    let (least, median) = (milliseconds(times[0]), milliseconds(times[times.len() / 2]));
    println!("{subject:<36}{least:>8.1} /{median:>8.1} ms");
    median
}

struct Subjects<'a> {
    python: &'a Path,
    season: PathBuf,
    out: PathBuf,
}

impl Subjects<'_> {
    fn run(&mut self) -> Result<Duration, String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_antagning"));
        command.arg("run").arg(&self.season).arg("--out").arg(&self.out);
        let time = timed(command)?;
        self.clear()?;
        Ok(time)
    }

    fn read(&self) -> Result<Duration, String> {
        let mut command = Command::new(self.python);
        command.args(["-c", READ]).arg(&self.season);
        timed(command)
    }

    /// The peak of the run's resident memory in KiB.
    fn peak(&mut self) -> Result<u64, String> {
        let output = Command::new(self.python)
            .args(["-c", PEAK, env!("CARGO_BIN_EXE_antagning"), "run"])
            .arg(&self.season)
            .arg("--out")
            .arg(&self.out)
            .output()
            .map_err(|error| error.to_string())?;
        self.clear()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let told = || String::from_utf8_lossy(&output.stderr).into_owned();
        text.trim().parse().map_err(|_| format!("no peak of memory: {}", told()))
    }

    fn clear(&self) -> Result<(), String> {
        std::fs::remove_dir_all(&self.out).map_err(|error| error.to_string())
    }
}

/// The wall time of a process from start to end.
fn timed(mut command: Command) -> Result<Duration, String> {
    command.stdout(Stdio::null());
    let started = Instant::now();
    let status = command.status().map_err(|error| error.to_string())?;
    let time = started.elapsed();
    if status.success() { Ok(time) } else { Err(format!("{command:?} ended with {status}")) }
}
