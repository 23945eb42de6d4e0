//! Folders of random seasons with quota groups against the adversary.

use std::fs;
use std::path::Path;

use crate::attacker::{breaches, rows};
use crate::groups::{groups, write_grouped};
use crate::seasons::publish;

#[test]
fn the_adversary_can_tell_no_hidden_small_number_of_a_group() {
    let folder = tempfile::tempdir().unwrap();
    let (mut of_groups, mut shown, mut waiting_hidden) = (0, 0, 0);
    for seed in 0..150 {
        let season = folder.path().join(format!("season-{seed}"));
        let (applicants, offers) = (60 + 9 * (seed as usize % 79), 3 + seed as usize % 17);
        write_grouped(&season, seed, applicants, offers);
        let threshold = [3, 5, 10][seed as usize % 3];
        let out = folder.path().join(format!("tables-{seed}"));
        publish(&season, &out, threshold);
        assert_eq!(breaches(&out, &season, threshold), [], "seed {seed}, threshold {threshold}");
        assert_no_small_count_is_shown(&out, threshold.into());
        assert_hidden_alike(&out, &season);
        let table = rows(&out.join("programmes.csv"));
        of_groups += table.iter().filter(|row| !row[1].is_empty()).count();
        shown += table.iter().filter(|row| !row[1].is_empty() && row[5] != "..").count();
        waiting_hidden +=
            table.iter().filter(|row| row[5] != ".." && row[8] == "suppressed").count();
    }
    // Hiding everything would be safe too, and worth nothing.
    assert!(of_groups > 1_500, "{of_groups} groups");
    assert!(3 * shown > of_groups, "{shown} of {of_groups} shown");
    assert!(waiting_hidden > 20, "{waiting_hidden}");
}

fn assert_no_small_count_is_shown(out: &Path, threshold: u64) {
    for (file, columns) in
        [("programmes.csv", &[3, 4, 5, 7][..]), ("storsthlm.csv", &[9, 10]), ("flows.csv", &[2, 3])]
    {
        for row in rows(&out.join(file)) {
            for column in columns {
                let shown = row[*column].parse::<u64>();
                assert!(!shown.is_ok_and(|n| 0 < n && n < threshold), "{file}: {row:?}");
            }
        }
    }
    for row in rows(&out.join("programmes.csv")) {
        let figures = &row[9..12];
        if row[5] == ".." {
            assert_eq!([&row[6], &row[7], &row[8]], ["..", "..", "suppressed"], "{row:?}");
            assert!(figures.iter().all(|figure| figure == ".."), "{row:?}");
        }
        // Where humans made the order, no score is published.
        if row[8] == "manual" {
            assert!(figures.iter().all(String::is_empty), "{row:?}");
        }
    }
}

/// A figure that is hidden in one list is hidden in the others, and the same where it is shown.
fn assert_hidden_alike(out: &Path, season: &Path) {
    let groups = groups(season);
    let (merits, lists) = (rows(&out.join("skanegy.csv")), rows(&out.join("storsthlm.csv")));
    let offers = rows(&season.join("programmes.csv"));
    for row in rows(&out.join("programmes.csv")) {
        let offer = offers.iter().find(|offer| offer[0] == row[0]).unwrap();
        let of_group = if row[1].is_empty() { String::new() } else { format!(" ({})", row[1]) };
        let name = format!("{}{of_group}", offer[2]);
        let merit = merits.iter().find(|m| m[2] == offer[3] && m[3] == name).unwrap();
        let list = lists.iter().find(|l| l[2] == offer[3] && l[5] == name).unwrap();
        assert_eq!(merit[7], row[9], "{row:?}");
        assert_eq!(merit[8] == "..", row[11] == "..", "{row:?}");
        let divided = row[1].is_empty() && groups.get(&row[0]).is_some_and(|of| of.len() > 1);
        let none = if row[8] == "manual" || divided { "" } else { "0" };
        assert_eq!(list[6], if row[9].is_empty() { none } else { &row[9] }, "{row:?}");
        assert_eq!([&list[7], &list[8], &list[9]], [&row[10], &row[2], &row[5]]);
        assert_eq!([&list[10], &list[11]], [&row[7], &row[6]]);
        if divided && row[5] != ".." {
            assert_eq!(row[9..12], ["", "", ""], "scores of different kinds are mixed");
        }
    }
}

#[test]
fn groups_below_a_published_total_would_be_told_by_differencing() {
    // The adversary is worth something: with only the small numbers hidden it tells groups'.
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    for seed in 0..12 {
        let season = folder.path().join(format!("season-{seed}"));
        write_grouped(&season, seed, 500, 9);
        let out = folder.path().join(format!("tables-{seed}"));
        publish(&season, &out, 0);
        for (file, columns) in [("programmes.csv", 5..8), ("storsthlm.csv", 9..12)] {
            let path = out.join(file);
            let text = fs::read_to_string(&path).unwrap();
            let (header, lines) = text.split_once('\n').unwrap();
            let lines: Vec<String> =
                lines.lines().map(|line| hide_row(line, columns.clone())).collect();
            fs::write(&path, format!("{header}\n{}\n", lines.join("\n"))).unwrap();
        }
        told.extend(breaches(&out, &season, 5));
    }
    let of_groups = |what: &str| {
        told.iter().filter(|(name, _)| name.starts_with(what) && name.contains('/')).count()
    };
    assert!(of_groups("admitted") > 10, "{told:?}");
    assert!(told.iter().any(|(name, _)| name.starts_with("waiting in both")), "{told:?}");
    assert!(of_groups("waiting elsewhere") > 0, "{told:?}");
}

/// The counts of a line, and its kind of cutoff, hidden when the first of them is small.
fn hide_row(line: &str, columns: std::ops::Range<usize>) -> String {
    let mut cells: Vec<&str> = line.split(',').collect();
    let small = |cell: &str| matches!(cell.parse::<u64>(), Ok(1..5));
    let all = small(cells[columns.start]);
    for column in columns.clone() {
        if all || small(cells[column]) {
            cells[column] = "..";
        }
    }
    if all && columns.start == 5 {
        cells[8] = "suppressed";
    }
    cells.join(",")
}
