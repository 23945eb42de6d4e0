//! The instances of `data/small` that need no rules beyond the score.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use antagning_matching::{ApplicantIx, MarketBuilder, deferred_acceptance};

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

/// A score in ten-thousandths.
fn score(text: &str) -> u64 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{decimals:0<4}").parse().expect("a score of at most four decimals")
}

/// The lines that `placements.csv` should hold, by what the library says.
fn placements(season: &Path) -> Vec<String> {
    let mut builder = MarketBuilder::new();
    let mut programmes = BTreeMap::new();
    let mut names = Vec::new();
    for row in rows(&season.join("programmes.csv")) {
        programmes.insert(row[0].clone(), builder.add_programme(row[1].parse().expect("seats")));
        names.push(row[0].clone());
    }
    let mut lists: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for row in rows(&season.join("choices.csv")) {
        let rank: usize = row[1].parse().expect("a rank");
        let choice = (rank, (programmes[&row[2]], score(&row[3])));
        lists.entry(row[0].clone()).or_default().push(choice);
    }
    for list in lists.values_mut() {
        list.sort_unstable_by_key(|&(rank, _)| rank);
        builder.add_applicant(list.iter().map(|&(_, choice)| choice));
    }
    let market = builder.build().unwrap_or_else(|error| panic!("{season:?}: {error}"));
    let matching = deferred_acceptance(&market);
    let line = |(number, applicant): (u32, &String)| {
        let applicant_ix = ApplicantIx::new(number);
        match (matching.programme_of(applicant_ix), matching.choice_of(applicant_ix)) {
            (Some(programme), Some(position)) => {
                format!("{applicant},{},,{}", names[programme.index()], position + 1)
            }
            _ => format!("{applicant},,,"),
        }
    };
    (0..).zip(lists.keys()).map(line).collect()
}

#[test]
fn hand_checked_instances_come_out_as_expected() {
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/small");
    let entries = fs::read_dir(&small).expect("data/small");
    let (ruled, plain): (Vec<PathBuf>, Vec<PathBuf>) = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .partition(|season| season.join("rules.toml").exists());
    for season in &plain {
        let expected = rows(&season.join("expected/placements.csv"));
        let expected: Vec<_> = expected.iter().map(|row| row.join(",")).collect();
        assert_eq!(placements(season), expected, "{season:?}");
    }
    // The lottery belongs to the rules; its instance is tested where they are.
    assert_eq!((plain.len(), ruled.len()), (7, 1));
}
