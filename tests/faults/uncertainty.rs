//! Studies of uncertainty that cannot be, and parts that are no whole.

use std::collections::BTreeSet;
use std::fs;

use crate::harness::{GRADED, Scene, beside};

/// A command, and all that must be found.
const CASES: [(&str, &[&str]); 7] = [
    (
        "uncertainty season --draws 9 --shard 5/3 --out new",
        &["faulty_request the request shard=5/3"],
    ),
    ("uncertainty season --draws 9 --vary none --out new", &["faulty_request the request vary="]),
    (
        "uncertainty season --draws 9 --vary none --shard 5/3 --out new",
        &["faulty_request the request vary=", "faulty_request the request shard=5/3"],
    ),
    (
        "uncertainty season --draws 9 --vary none,lottery --out new",
        &["faulty_request the request vary=none,lottery"],
    ),
    ("merge part-1 part-1 part-2 --out new", &["missing_draws part-1/part.json first_draw=0"]),
    ("merge part-2 --out new", &["missing_draws part-2/part.json first_draw=2"]),
    (
        "merge part-1 other altered --out new",
        &["faulty_part altered/tallies.csv =", "other_study other/part.json seed=8"],
    ),
];

/// The codes that some case meets.
pub(crate) fn codes() -> BTreeSet<&'static str> {
    let lines = CASES.iter().flat_map(|(_, expected)| expected.iter());
    lines.filter_map(|line| line.split(' ').next()).collect()
}

#[test]
fn studies_are_told_of_whole_and_nothing_is_written() {
    let scene = Scene::new(GRADED);
    let folder = scene.season();
    let folder = folder.parent().expect("a folder");
    let made = |arguments: &str| {
        let answer = beside(&scene, &format!("uncertainty season --draws 4 {arguments}"));
        assert_eq!(answer.exit, 0, "{}", answer.stderr);
    };
    made("--shard 1/2 --out part-1");
    made("--shard 2/2 --out part-2");
    made("--shard 2/2 --seed 8 --out other");
    made("--shard 2/2 --out altered");
    fs::write(folder.join("altered/tallies.csv"), "scenario\n").unwrap();
    for (command, expected) in CASES {
        let answer = beside(&scene, command);
        let found = answer.findings();
        assert_eq!(found.len(), expected.len(), "{command}: {found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{command}: {found}");
        }
        assert_eq!(answer.exit, 2, "{command}");
        assert!(!folder.join("new").exists());
    }
}
