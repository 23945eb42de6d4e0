//! Folders of random small seasons against the adversary.

use std::fs;
use std::path::Path;

use crate::attacker::{breaches, rows};
use crate::seasons::{publish, write};

#[test]
fn the_adversary_can_tell_no_hidden_small_number() {
    let folder = tempfile::tempdir().unwrap();
    let (mut hidden, mut published) = (0, 0);
    for seed in 0..120 {
        let season = folder.path().join(format!("season-{seed}"));
        let (applicants, offers) = (30 + 7 * (seed as usize % 97), 3 + seed as usize % 23);
        write(&season, seed, applicants, offers, false);
        let threshold = [3, 5, 10][seed as usize % 3];
        let out = folder.path().join(format!("tables-{seed}"));
        let statistics = publish(&season, &out, threshold);
        let told = breaches(&out, &season, threshold);
        assert_eq!(told, [], "seed {seed}, threshold {threshold}");
        assert_no_small_count_is_shown(&out, threshold.into());
        hidden += statistics.files().iter().map(|file| file.hidden()).sum::<usize>();
        published += statistics.files().iter().map(|file| file.rows().len()).sum::<usize>();
    }
    // Hiding everything would be safe too, and worth nothing.
    assert!(hidden > 1_000, "{hidden} hidden");
    assert!(hidden < 3 * published, "{hidden} hidden in {published} rows");
}

pub(crate) fn assert_no_small_count_is_shown(out: &Path, threshold: u64) {
    let counts = [
        ("programmes.csv", vec![3, 4, 5, 7]),
        ("storsthlm.csv", vec![9, 10]),
        ("flows.csv", vec![2, 3]),
        ("choice_ranks.csv", vec![3]),
        ("unplaced.csv", vec![2, 3, 4]),
    ];
    for (file, columns) in counts {
        for row in rows(&out.join(file)) {
            for column in &columns {
                let shown = row[*column].parse::<u64>();
                assert!(!shown.is_ok_and(|n| 0 < n && n < threshold), "{file}: {row:?}");
            }
        }
    }
    for row in rows(&out.join("programmes.csv")) {
        let hidden = row[5] == "..";
        let figures = &row[9..12];
        assert_eq!(hidden, row[8] == "suppressed");
        assert_eq!(hidden, figures.iter().any(|figure| figure == ".."), "{row:?}");
    }
}

#[test]
fn hiding_small_numbers_alone_would_not_do() {
    // The adversary is worth something: with only the small numbers hidden it tells them.
    let folder = tempfile::tempdir().unwrap();
    let season = folder.path().join("season");
    write(&season, 7, 200, 8, false);
    let out = folder.path().join("tables");
    publish(&season, &out, 0);
    for (file, columns) in [("flows.csv", 2..4), ("unplaced.csv", 2..5), ("choice_ranks.csv", 3..4)]
    {
        let path = out.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<String> =
            text.lines().map(|line| hide_small(line, columns.clone())).collect();
        fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
    assert!(breaches(&out, &season, 5).len() > 5);
}

fn hide_small(line: &str, columns: std::ops::Range<usize>) -> String {
    let cells = line.split(',').enumerate().map(|(column, cell)| match cell.parse::<u64>() {
        Ok(1..5) if columns.contains(&column) => "..",
        _ => cell,
    });
    cells.collect::<Vec<_>>().join(",")
}

#[test]
fn a_season_that_is_too_small_publishes_seats_alone() {
    let folder = tempfile::tempdir().unwrap();
    let season = folder.path().join("season");
    write(&season, 3, 4, 3, false);
    let out = folder.path().join("tables");
    publish(&season, &out, 5);
    for row in rows(&out.join("programmes.csv")) {
        assert_ne!(row[2], "..");
        for cell in [4, 5, 6, 7, 9, 10, 11] {
            assert_eq!(row[cell], "..", "{row:?}");
        }
    }
    for row in rows(&out.join("flows.csv")) {
        assert_eq!(row[2..4], ["..", ".."]);
    }
}

#[test]
fn protected_persons_are_counted_by_no_home() {
    let folder = tempfile::tempdir().unwrap();
    let season = folder.path().join("season");
    write(&season, 11, 150, 6, false);
    let path = season.join("applicants.csv");
    let text = fs::read_to_string(&path).unwrap();
    // Everybody from 1283 is protected.
    let lines = text.lines().map(|line| match line.split(',').collect::<Vec<_>>()[..] {
        [id, "1283", year, sex, _] => format!("{id},1283,{year},{sex},1"),
        [id, home, year, sex, _] => format!("{id},{home},{year},{sex},0"),
        _ => line.to_owned(),
    });
    let text = lines.collect::<Vec<_>>().join("\n").replace(",sex,0", ",sex,protected") + "\n";
    assert!(text.contains(",1283,"));
    fs::write(&path, &text).unwrap();
    for threshold in [0, 5] {
        let out = folder.path().join(format!("tables-{threshold}"));
        publish(&season, &out, threshold);
        let homes: Vec<String> =
            rows(&out.join("flows.csv")).into_iter().map(|row| row[0].clone()).collect();
        assert!(!homes.contains(&"1283".to_owned()));
        assert!(homes.contains(&"other".to_owned()));
        if threshold == 5 {
            // Not alone either: somebody else's home is among them.
            assert!(homes.iter().any(|home| home == "1280"));
            assert!(!["1281", "1282"].iter().all(|home| homes.contains(&(*home).to_owned())));
        }
    }
}
