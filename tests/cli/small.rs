//! The hand-checked instances of `data/small`, from files to placements.

use std::fs;
use std::path::Path;

use crate::scene::{ROOT, Scene};

fn instances() -> Vec<String> {
    let entries = fs::read_dir(Path::new(ROOT).join("data/small")).expect("data/small");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("a plain name"))
        .collect();
    names.sort();
    names
}

#[test]
fn hand_checked_instances_come_out_byte_for_byte() {
    let names = instances();
    assert!(names.len() >= 8, "instances are missing: {names:?}");
    for name in names {
        let scene = Scene::new();
        scene.copy(&format!("data/small/{name}"), "season");
        let expected = Path::new(ROOT).join(format!("data/small/{name}/expected/placements.csv"));
        let expected = fs::read_to_string(expected).expect("an expected result");
        scene.antagning("run season --out out").is_done();
        assert_eq!(scene.read("out/placements.csv"), expected, "{name}");
        scene.antagning("verify out --season season").is_done();
    }
}

/// In two optima anna and bo would swap if programmes proposed; the manifest counts them.
#[test]
fn the_manifest_counts_who_would_fare_differently() {
    let scene = Scene::new();
    for (name, differ) in [("two-optima", 2), ("gale-shapley-1962", 3), ("rejection-chain", 0)] {
        scene.copy(&format!("data/small/{name}"), name);
        scene.antagning(&format!("run {name} --out {name}-run")).is_done();
        let counts = &scene.manifest(&format!("{name}-run"))["counts"];
        assert_eq!(counts["programme_optimum_differs"], differ, "{name}");
    }
}
