//! `antagning uncertainty` and `antagning merge`: answers, tables, parts.

use std::fs;

use crate::scene::Scene;

const TABLES: [&str; 6] =
    ["draws.csv", "flows.csv", "groups.csv", "offers.csv", "totals.csv", "uncertainty.json"];

fn scene() -> Scene {
    let scene = Scene::with_generated(300, 10, 3);
    let programmes = scene.table("season/programmes.csv");
    let first = programmes.cells("programme_id").next().unwrap().to_owned();
    scene.write("fler.toml", format!("[[seats]]\nprogramme = \"{first}\"\nadd = 9\n"));
    scene
}

#[test]
fn studies_are_answered_and_written() {
    let scene = scene();
    let command = "uncertainty season fler.toml --draws 12 --tastes 30 --no-shows 5 --seed 4";
    let told = scene.antagning(&format!("{command} --out study --format json")).succeeds().json();
    assert_eq!(told["status"], "working material");
    assert_eq!(
        (&told["draws"], &told["seed"], &told["tastes"]),
        (&12.into(), &4.into(), &30.into())
    );
    let figures = told["figures"].as_array().unwrap();
    let placed = figures.iter().find(|f| f["kind"] == "total" && f["figure"] == "placed").unwrap();
    assert_eq!((&placed["scenario"], &placed["draws"]), (&"base".into(), &12.into()));
    let (low, mean, high) = (&placed["low"], &placed["mean"], &placed["high"]);
    assert!(low.as_f64() < mean.as_f64() && mean.as_f64() < high.as_f64(), "{placed}");
    assert_eq!(scene.entries("study"), TABLES);
    // The mean is that of the rows.
    let draws = scene.table("study/draws.csv");
    let rows = draws.cells("scenario").zip(draws.cells("placed")).filter(|row| row.0 == "base");
    let sum: f64 = rows.map(|(_, placed)| placed.parse::<f64>().unwrap()).sum();
    assert!((mean.as_f64().unwrap() - sum / 12.0).abs() < 1e-4);
    let text = scene.antagning(&format!("{command} --out text --lang sv")).succeeds().stdout;
    for told in
        ["placerade", "95 % av dragningarna", "fler", "12 dragningar (frö 4)", "inget beslut"]
    {
        assert!(text.contains(told), "{told} in {text}");
    }
    // What is there is never touched.
    scene.antagning(&format!("{command} --out study")).rejects();
}

#[test]
fn parts_are_put_together() {
    let scene = scene();
    let command = "uncertainty season fler.toml --draws 9";
    scene.antagning(&format!("{command} --out study --threads 1")).succeeds();
    for part in 1..=3 {
        let told = scene.antagning(&format!("{command} --shard {part}/3 --out part-{part}"));
        assert_eq!(told.succeeds().stdout, format!("part-{part}\n"));
        let entries = scene.entries(&format!("part-{part}"));
        assert_eq!(entries, ["draws.csv", "part.json", "tallies.csv"]);
    }
    let merged = scene.antagning("merge part-3 part-1 part-2 --out merged --threads 2");
    let text = merged.succeeds().stdout;
    assert!(text.contains("9 draws (seed 1)"), "{text}");
    let file = |folder: &str, name: &str| fs::read(scene.path(folder).join(name)).unwrap();
    for name in TABLES {
        assert_eq!(file("merged", name), file("study", name), "{name}");
    }
    scene.antagning("merge part-1 part-2 --out short").rejects();
    for faulty in
        ["--draws 0", "--tastes 101", "--shard 4", "--shard 1/3 --tables csv", "--vary luck"]
    {
        scene.antagning(&format!("uncertainty season --out faulty {faulty}")).rejects();
    }
}
