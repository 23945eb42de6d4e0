//! What is not covered: two publications of almost the same persons.

use std::collections::BTreeMap;
use std::path::Path;

use crate::attacker::{breaches, rows};
use crate::seasons::{publish, write};

/// Each home with the published number of applicants.
fn homes(tables: &Path) -> BTreeMap<String, i64> {
    let rows = rows(&tables.join("choice_ranks.csv"));
    let totals = rows.into_iter().filter(|row| row[0] == "home_municipality" && row[2] == "total");
    totals.map(|row| (row[1].clone(), row[3].parse().unwrap())).collect()
}

#[test]
fn two_rounds_with_one_person_between_them_tell_of_that_person() {
    // The documented limit: each folder is safe alone, their difference is not.
    let folder = tempfile::tempdir().unwrap();
    let mut tables = Vec::new();
    for (name, without_last) in [("preliminary", true), ("final", false)] {
        let season = folder.path().join(name);
        write(&season, 4, 400, 8, without_last);
        let out = folder.path().join(format!("{name}-tables"));
        publish(&season, &out, 5);
        assert_eq!(breaches(&out, &season, 5), []);
        tables.push(homes(&out));
    }
    let changes: Vec<i64> =
        tables[1].iter().map(|(home, count)| count - tables[0][home]).filter(|d| *d != 0).collect();
    assert_eq!(changes, [1]);
}
