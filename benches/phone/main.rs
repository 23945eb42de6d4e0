//! How long an official with a phone waits for an answer.
//!
//! `cargo bench -p antagning --bench phone` makes a season of 55 000 applicants and 1 500
//! programmes and its run, and plays a session on it: somebody withdraws, and those who are next
//! accept one after the other. Each kind of command is told with its median and its greatest time,
//! once with the journal on the disk and once with the journal in memory, where the system has
//! such a place, so that the wait for the disk can be told apart. It fails when the greatest
//! answer without the disk takes longer than it may; `ANTAGNING_BENCH_TIMES=report` tells the times
//! without judging them.

#![allow(clippy::print_stdout, reason = "a program for people to read")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use antagning::population::{Recipe, generate};
use antagning::{Error, PhoneSession, PhoneSettings, Run, Season};

const APPLICANTS: u32 = 55_000;
const PROGRAMMES: u32 = 1_500;
const ROUNDS: usize = 100;
const MOST: Duration = Duration::from_millis(50);
/// Where files are kept in memory.
const MEMORY: &str = "/dev/shm";

fn main() -> ExitCode {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("run with `cargo bench` to measure");
        return ExitCode::SUCCESS;
    }
    match measure() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("failed: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<bool, Error> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let recipe = Recipe::new(APPLICANTS, PROGRAMMES);
    generate(&recipe, &folder.path().join("season"), &mut |_| {})?;
    let season = Season::open(folder.path().join("season"))?;
    let run = season.admit()?.write(folder.path().join("run"))?;
    let disk = play(&run, folder.path(), "disk")?;
    let memory = match Path::new(MEMORY).is_dir() {
        true => {
            let memory = tempfile::tempdir_in(MEMORY).expect("a temporary folder");
            play(&run, memory.path(), "memory")?
        }
        false => disk,
    };
    let judged = std::env::var_os("ANTAGNING_BENCH_TIMES").is_none_or(|value| value != "report");
    Ok(!judged || memory <= MOST)
}

/// Plays a session and gives the longest time of an answer.
fn play(run: &Run, folder: &Path, place: &str) -> Result<Duration, Error> {
    let journal = folder.join("journal");
    let settings =
        PhoneSettings { journal: Some(&journal), date: Some("2025-09-01"), ..Default::default() };
    let started = Instant::now();
    let mut session = PhoneSession::open(run, settings)?;
    let opened = started.elapsed();
    let mut times: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    let held: Vec<(String, String)> =
        session.placements().map(|(id, at, _)| (id.to_owned(), at.to_owned())).collect();
    for round in 0..ROUNDS {
        let (id, programme) = &held[round * held.len() / ROUNDS];
        let mut ask = |command: &str| {
            let started = Instant::now();
            let answer = session.answer(command);
            let kind = command.split(' ').next().unwrap_or_default();
            let kind = ["next", "no-show", "accept", "seats", "undo", "calls"]
                .into_iter()
                .find(|known| *known == kind)
                .unwrap_or("other");
            times.entry(kind).or_default().push(started.elapsed());
            answer
        };
        ask(&format!("next {programme}"));
        let mut follows = ask(&format!("no-show {id}")).follows;
        for _ in 0..5 {
            let Some(call) = follows else { break };
            follows = ask(&format!("accept {} {}", call.applicant_id, call.programme_id)).follows;
        }
        ask(&format!("seats {programme} +1"));
        ask("calls");
        ask("undo");
    }
    println!("journal on {place}: opened in {opened:.1?}, {} records", session.records());
    let mut greatest = Duration::ZERO;
    for (kind, times) in &mut times {
        times.sort_unstable();
        let (median, last) = (times[times.len() / 2], times[times.len() - 1]);
        println!(
            "{kind:<10}{:>6} answers  median {median:>9.2?}  greatest {last:>9.2?}",
            times.len()
        );
        greatest = greatest.max(last);
    }
    Ok(greatest)
}
