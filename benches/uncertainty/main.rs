//! Draws of everything, beside the work of building an index and matching it.
//!
//! `cargo bench -p antagning --bench uncertainty` draws lotteries, cohorts, tastes and no-shows of the
//! season of Skåne with three scenarios of other seats, and of a season of 55 000 applicants and
//! 1 500 programmes alone, on two threads. It fails when Skåne takes longer than it may, or a draw of
//! the other more than so many times the assessment, index and matching of its season; with
//! `ANTAGNING_BENCH_TIMES=report` it only tells.

#![allow(clippy::print_stdout, reason = "a program for people to read")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use antagning::population::{Recipe, generate};
use antagning::{Season, TableFormat, UncertaintyRequest, Variation};

const SKANE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/skane-2025");
const EVERYTHING: Variation =
    Variation { seed: 1, lottery: true, cohort: true, tastes: 20, no_shows: 2 };
/// A thousand draws of Skåne with three scenarios may take so long on two threads.
const MOST_TIME: Duration = Duration::from_secs(20);
/// A draw of the large season may cost so many times its index and matching.
const MOST_TIMES: f64 = 10.0;

const SCENARIOS: &str = "[[scenario]]\nname = \"Lund\"\n[[scenario.seats]]\nmunicipality = \"1281\"\n\
    add = 4\n[[scenario]]\nname = \"NA\"\n[[scenario.seats]]\nstudy_path = \"NA\"\nscale = \"1.1\"\n\
    [[scenario]]\nname = \"fristående\"\n[[scenario.seats]]\nprovider = \"independent\"\n\
    scale = \"0.95\"\n";

/// The time of so many draws, on two threads.
fn timed(season: &Path, scenarios: &[PathBuf], draws: u32, out: &Path) -> Duration {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
    let request = UncertaintyRequest { season, scenarios, draws, variation: EVERYTHING };
    let started = Instant::now();
    let study = pool.install(|| request.run(out, TableFormat::Csv, |_| ())).expect("a study");
    assert_eq!(study.draws(), draws);
    let time = started.elapsed();
    std::fs::remove_dir_all(out).expect("the study");
    time
}

fn main() -> ExitCode {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("run with `cargo bench` to measure");
        return ExitCode::SUCCESS;
    }
    let scratch = tempfile::tempdir().expect("a folder");
    let (out, file) = (scratch.path().join("out"), scratch.path().join("scenarios.toml"));
    std::fs::write(&file, SCENARIOS).expect("a file");
    let skane = Path::new(SKANE);
    let files = [file];
    let one = timed(skane, &files, 1, &out);
    let all = timed(skane, &files, 1_001, &out) - one;
    println!("Skåne, 1 000 draws with three scenarios: {all:.2?} (at most {MOST_TIME:?})");

    let folder = scratch.path().join("season");
    generate(&Recipe::new(55_000, 1_500), &folder, &mut |_| {}).expect("a season");
    let season = Season::open(&folder).expect("a sound season");
    // Assessment, ties, index: what a draw of the season alone has to do at the least.
    let index = (0..5).map(|_| {
        let started = Instant::now();
        season.check_ties().expect("a chain that parts everybody");
        started.elapsed()
    });
    let index = index.min().unwrap_or_default();
    let one = timed(&folder, &[], 1, &out);
    let draw = (timed(&folder, &[], 101, &out) - one) / 100;
    let times = draw.as_secs_f64() / index.as_secs_f64();
    println!("55 000 × 1 500: {draw:.2?} a draw, {times:.2} times its index of {index:.2?}");
    let report = std::env::var_os("ANTAGNING_BENCH_TIMES").is_some_and(|set| set == "report");
    let within = all <= MOST_TIME && times <= MOST_TIMES;
    if within || report { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
