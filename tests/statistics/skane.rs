//! The Skåne season: the counts agree with the run, and the adversary finds nothing.

use std::path::{Path, PathBuf};

use antagning::{Run, Season, Statistics, Suppression};

use crate::attacker::{breaches, rows};

const SKANE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/skane-2025");

fn run(folder: &Path) -> (Season, Run) {
    let season = Season::open(SKANE).unwrap();
    let run = season.run(folder.join("run")).unwrap();
    (season, run)
}

fn sum(path: PathBuf, column: usize, keep: impl Fn(&[String]) -> bool) -> u64 {
    let kept = rows(&path).into_iter().filter(|row| keep(row));
    kept.map(|row| row[column].parse::<u64>().unwrap()).sum()
}

#[test]
fn unsuppressed_sums_are_those_of_the_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let (season, run) = run(folder.path());
    let out = folder.path().join("tables");
    Statistics::new(&season, &run, Suppression::NONE).unwrap().write(&out).unwrap();
    let counts = &run.manifest().counts;
    let any = |_: &[String]| true;
    let whole = |row: &[String]| row[1].is_empty();
    assert_eq!(sum(out.join("programmes.csv"), 2, whole), counts.seats);
    assert_eq!(sum(out.join("programmes.csv"), 3, whole), counts.choices);
    assert_eq!(sum(out.join("programmes.csv"), 5, whole), counts.placed);
    assert_eq!(sum(out.join("storsthlm.csv"), 9, any), counts.placed);
    assert_eq!(sum(out.join("flows.csv"), 2, any), counts.applicants);
    assert_eq!(sum(out.join("flows.csv"), 3, any), counts.placed);
    for by in ["all", "orientation", "study_path", "sex", "home_municipality"] {
        let ranks = out.join("choice_ranks.csv");
        let at = |place: &str| sum(ranks.clone(), 3, |row| row[0] == by && row[2] == place);
        assert_eq!(at("total"), counts.applicants);
        assert_eq!(at("unplaced"), counts.unplaced);
        for (rank, placed) in counts.placed_by_choice_rank.iter().enumerate() {
            assert_eq!(at(&(rank + 1).to_string()), *placed, "{by} {rank}");
        }
    }
    for keep in [true, false] {
        let of = |column| sum(out.join("unplaced.csv"), column, |row| (row[0] == "all") == keep);
        assert_eq!(of(2) + of(3) + of(4), counts.unplaced);
    }
    assert_eq!(rows(&out.join("skanegy.csv")).len() as u64, counts.programmes);
}

#[test]
fn the_adversary_finds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (season, run) = run(folder.path());
    let out = folder.path().join("tables");
    let statistics = Statistics::new(&season, &run, Suppression::DEFAULT).unwrap();
    statistics.write(&out).unwrap();
    assert_eq!(breaches(&out, Path::new(SKANE), 5), []);
    for threshold in [3, 10] {
        let out = folder.path().join(format!("tables-{threshold}"));
        let suppression = Suppression::below(threshold);
        Statistics::new(&season, &run, suppression).unwrap().write(&out).unwrap();
        assert_eq!(breaches(&out, Path::new(SKANE), threshold), []);
    }
    // Most offers keep their figures.
    let shown = rows(&out.join("skanegy.csv")).iter().filter(|row| row[8] != "..").count();
    assert!(shown > 580, "{shown} offers with a mean");
    // So do most quota groups; fewer say how many wait.
    let groups = rows(&out.join("programmes.csv")).into_iter().filter(|row| !row[1].is_empty());
    let groups: Vec<Vec<String>> = groups.collect();
    let shown = |column: usize| groups.iter().filter(|row| row[column] != "..").count();
    assert!(groups.len() == 66 && shown(5) >= 50 && shown(7) >= 33, "{groups:?}");
    let hidden = statistics.summary().files.iter().map(|file| file.hidden).sum::<usize>();
    // Introductory offers have so few seats that nearly all of their ten figures are small.
    let programmes = rows(&Path::new(SKANE).join("programmes.csv"));
    let introductory =
        programmes.iter().filter(|row| row.iter().any(|cell| cell.starts_with("IM"))).count();
    assert!(hidden < 1_500 + 10 * introductory, "{hidden} figures hidden");
    // The same again, to the byte.
    let again = Statistics::new(&season, &run, Suppression::DEFAULT).unwrap();
    assert_eq!(again.files(), statistics.files());
}
