//! `antagning uncertainty` and `antagning merge`: answers, tables, parts.

use std::fs;
#[cfg(unix)]
use std::process::{Command, Stdio};

#[cfg(unix)]
use crate::scene::Answer;
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

/// A study is sealed with the scenarios that it ran: a pipe can be read once only.
#[cfg(unix)]
#[test]
fn scenario_files_are_read_once() {
    use std::io::Write as _;

    let scene = scene();
    let text = scene.read("fler.toml").replace("[[seats]]", "name = \"fler\"\n[[seats]]");
    scene.write("fler.toml", &text);
    let command = |file: &str, out: &str| {
        format!("uncertainty season {file} --draws 3 --out {out} --format json")
    };
    let arguments = command("/dev/stdin", "piped");
    let mut child = Command::new(env!("CARGO_BIN_EXE_antagning"))
        .args(arguments.split_whitespace())
        .current_dir(scene.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("a reader");
    let piped = Answer::of(&arguments, child.wait_with_output().expect("an end"));
    assert!(piped.succeeds().json()["scenarios"][0]["sha256"].is_string());
    scene.antagning(&command("fler.toml", "file")).succeeds();
    for name in TABLES {
        assert_eq!(scene.read(&format!("piped/{name}")), scene.read(&format!("file/{name}")));
    }
}

/// What cannot be written is told by the name of what was to be written, never by that of a part.
#[cfg(unix)]
#[test]
fn full_disks_are_told_of_the_output() {
    let scene = scene();
    scene.antagning("uncertainty season --draws 200 --shard 1/1 --out part").succeeds();
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" merge part --out merged";
    let output = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_antagning")])
        .current_dir(scene.path(""))
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).expect("UTF-8 on stderr");
    assert!(told.contains("cannot write merged: File too large"), "{told}");
    assert!(!scene.path("merged").exists());
}
