//! The rounds of one season in one table, and a reader who subtracts the sums of two rounds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use antagning::{Continuation, Run, Season, Statistics, Suppression};

use crate::attacker::rows;
use crate::seasons::{Numbers, write};

const FIRST_PAIR: usize = 5;

fn set_round(season: &Path, round: &str) {
    let path = season.join("rules.toml");
    let text = fs::read_to_string(&path).unwrap();
    let rest = text.lines().filter(|line| !line.starts_with("round"));
    let text = rest.collect::<Vec<_>>().join("\n");
    fs::write(&path, format!("round = \"{round}\"\n{text}\n")).unwrap();
}

/// A preliminary, a final and two reserve rounds, each published as soon as it is made. Some
/// grades change between the first two, and some of the placed withdraw between the others.
fn publish_rounds(folder: &Path, seed: u64, applicants: usize, threshold: u32) -> Vec<Run> {
    let season = folder.join("season");
    write(&season, seed, applicants, 6, false);
    let mut numbers = Numbers::new(seed);
    let mut events = "date,event,applicant_id,programme_id,value,source\n".to_owned();
    let mut runs: Vec<Run> = Vec::new();
    for (number, round) in ["preliminary", "final", "reserve", "reserve"].iter().enumerate() {
        set_round(&season, round);
        if number == 1 {
            let path = season.join("grades.csv");
            let text = fs::read_to_string(&path).unwrap();
            let share = 1 + numbers.below(60);
            let lines = text.lines().map(|line| match numbers.below(share) {
                0 => line.replace(",C", ",B"),
                _ => line.to_owned(),
            });
            fs::write(&path, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
        }
        if number > 1 {
            let share = 20 + numbers.below(80);
            for row in rows(&runs[number - 1].folder().join("placements.csv")) {
                if !row[1].is_empty() && numbers.below(share) == 0 {
                    events += &format!("2025-07-{:02},withdrawal,{},,,office\n", number, row[0]);
                }
            }
            fs::write(season.join("events.csv"), &events).unwrap();
        }
        let continuation = Continuation { after: runs.last(), date: None };
        let opened = Season::open_in_chain(&season, continuation).unwrap();
        let run = opened.run(folder.join(format!("run-{number}"))).unwrap();
        let statistics = Statistics::new(&opened, &run, Suppression::below(threshold)).unwrap();
        statistics.write(folder.join(format!("tables-{number}"))).unwrap();
        runs.push(run);
    }
    runs
}

/// Who is admitted where with which score, and the offer's name in the tables.
fn admitted(run: &Run) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut admitted: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in rows(&run.folder().join("outcomes.csv")) {
        if row[3] == "admitted" {
            let of_offer = admitted.entry(row[2].clone()).or_default();
            of_offer.insert(row[0].clone(), row[6].clone());
        }
    }
    admitted
}

/// The sum of the merits of each offer's admitted, where a reader of the folder can form it.
fn sums(tables: &Path) -> BTreeMap<String, f64> {
    let shown = rows(&tables.join("programmes.csv"));
    let sums = shown.into_iter().filter(|row| row[1].is_empty()).filter_map(|row| {
        let (count, mean): (f64, f64) = (row[5].parse().ok()?, row[11].parse().ok()?);
        Some((row[0].clone(), count * mean))
    });
    sums.collect()
}

#[test]
fn a_reader_who_subtracts_the_sums_of_two_rounds_learns_of_no_few() {
    let folder = tempfile::tempdir().unwrap();
    let (mut compared, mut hidden) = (0, 0);
    for seed in 0..24 {
        let threshold = [3, 5, 10][seed as usize % 3];
        let place = folder.path().join(format!("season-{seed}"));
        let runs = publish_rounds(&place, seed, 120 + 11 * seed as usize, threshold);
        let truth: Vec<_> = runs.iter().map(admitted).collect();
        let sums: Vec<_> =
            (0..runs.len()).map(|n| sums(&place.join(format!("tables-{n}")))).collect();
        let nobody = BTreeMap::new();
        for (later, earlier) in (0..runs.len()).flat_map(|l| (0..l).map(move |e| (l, e))) {
            for programme in sums[earlier].keys() {
                let [were, are] =
                    [earlier, later].map(|n| truth[n].get(programme).unwrap_or(&nobody));
                let ids: BTreeSet<&String> = were.keys().chain(are.keys()).collect();
                let between =
                    ids.into_iter().filter(|id| were.get(*id) != are.get(*id)).count() as u32;
                let few = (1..threshold).contains(&between);
                if sums[later].contains_key(programme) {
                    // What the reader finds is a sum over nobody, or over many.
                    assert!(
                        !few,
                        "seed {seed}: {between} between {earlier} and {later} at {programme}"
                    );
                    compared += 1;
                } else {
                    hidden += usize::from(few);
                }
            }
        }
    }
    assert!(compared > 100 && hidden > 50, "{compared} compared, {hidden} hidden");
}

/// Without hiding anything the reader's subtraction gives the merit of the one who left.
#[test]
fn the_subtraction_is_worth_something() {
    let folder = tempfile::tempdir().unwrap();
    let mut told = 0;
    for seed in 0..6 {
        let place = folder.path().join(format!("season-{seed}"));
        let runs = publish_rounds(&place, seed, 200, 0);
        let (were, are) = (admitted(&runs[1]), admitted(&runs[2]));
        let [before, after] = [1, 2].map(|n| sums(&place.join(format!("tables-{n}"))));
        for (programme, people) in &were {
            let nobody = BTreeMap::new();
            let stay = are.get(programme).unwrap_or(&nobody);
            let gone: Vec<&String> = people.keys().filter(|id| !stay.contains_key(*id)).collect();
            if let ([gone], Some(before), Some(after)) =
                (&gone[..], before.get(programme), after.get(programme))
                && stay.len() + 1 == people.len()
            {
                let merit: f64 = people[*gone].parse().unwrap();
                assert!((before - after - merit).abs() < 0.1, "{programme}");
                told += 1;
            }
        }
    }
    assert!(told > 0);
}

#[test]
fn six_columns_are_those_of_each_rounds_own_table() {
    let folder = tempfile::tempdir().unwrap();
    let (mut filled, mut hidden) = (0, 0);
    for seed in 0..8 {
        let place = folder.path().join(format!("season-{seed}"));
        publish_rounds(&place, seed, 150 + 20 * seed as usize, 5);
        let skanegy = |n: usize| rows(&place.join(format!("tables-{n}/skanegy.csv")));
        let last = skanegy(3);
        // Each round's own pair, as it was published then; of two reserve rounds the last.
        for (round, column) in [(0, 0), (1, 1), (3, 2)] {
            let pair = FIRST_PAIR + 2 * column..FIRST_PAIR + 2 * column + 2;
            for (own, all) in skanegy(round).iter().zip(&last) {
                assert_eq!(own[..FIRST_PAIR], all[..FIRST_PAIR]);
                assert_eq!(own[pair.clone()], all[pair.clone()], "seed {seed}, round {round}");
                filled += usize::from(all[pair.end - 1].parse::<u32>().is_ok());
                hidden += usize::from(all[pair.end - 1] == "..");
            }
        }
        // A round knows nothing of those that follow it.
        assert!(skanegy(0).iter().all(|row| row[FIRST_PAIR + 2..].iter().all(String::is_empty)));
        assert!(skanegy(1).iter().all(|row| row[FIRST_PAIR + 4..].iter().all(String::is_empty)));
    }
    assert!(filled > 50 && hidden > 10, "{filled} filled, {hidden} hidden");
}

#[test]
fn an_altered_round_before_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let runs = publish_rounds(folder.path(), 1, 150, 5);
    let path = runs[0].folder().join("programmes.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("0,", "1,", 1)).unwrap();
    let season = Season::open_for(folder.path().join("season"), &runs[3]).unwrap();
    let refused = Statistics::new(&season, &runs[3], Suppression::DEFAULT);
    assert!(matches!(refused, Err(antagning::Error::Violated(_))));
}
