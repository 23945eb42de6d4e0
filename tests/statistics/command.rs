//! `antagning statistics` as a program: exit codes, folders, JSON.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::seasons::write;

fn antagning(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_antagning")).args(arguments).output().unwrap()
}

/// A season, its run, and where the tables go.
fn ready(folder: &Path) -> [String; 3] {
    let names = ["season", "run", "tables"];
    let paths = names.map(|name| folder.join(name).display().to_string());
    write(Path::new(&paths[0]), 5, 120, 6, false);
    assert_eq!(antagning(&["run", &paths[0], "--out", &paths[1]]).status.code(), Some(0));
    paths
}

#[test]
fn it_writes_the_six_tables_and_says_so_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let [season, run, tables] = ready(folder.path());
    let output = antagning(&["statistics", &season, &run, "--out", &tables, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["statistics"], tables.as_str());
    assert_eq!(answer["summary"]["threshold"], 5);
    let mut names: Vec<String> = fs::read_dir(&tables)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "choice_ranks.csv",
            "flows.csv",
            "programmes.csv",
            "skanegy.csv",
            "statistics.json",
            "storsthlm.csv",
            "unplaced.csv"
        ]
    );
    let listed: Vec<&str> = answer["summary"]["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["name"].as_str().unwrap())
        .collect();
    assert_eq!(listed.len(), 6);
    let written = fs::read_to_string(Path::new(&tables).join("statistics.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), answer["summary"]);
}

#[test]
fn another_season_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let [season, run, tables] = ready(folder.path());
    let choices = Path::new(&season).join("choices.csv");
    let text = fs::read_to_string(&choices).unwrap();
    fs::write(&choices, text.trim_end().rsplit_once('\n').unwrap().0.to_owned() + "\n").unwrap();
    let output = antagning(&["statistics", &season, &run, "--out", &tables]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("choices.csv differs"));
    assert!(!Path::new(&tables).exists());
}

#[test]
fn an_existing_folder_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let [season, run, tables] = ready(folder.path());
    fs::create_dir(&tables).unwrap();
    fs::write(Path::new(&tables).join("kept"), "as it was").unwrap();
    let output = antagning(&["statistics", &season, &run, "--out", &tables]);
    assert_eq!(output.status.code(), Some(2));
    let left: Vec<_> = fs::read_dir(&tables).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["kept"]);
    assert_eq!(fs::read_to_string(Path::new(&tables).join("kept")).unwrap(), "as it was");
}

#[test]
fn a_run_that_does_not_hold_has_no_statistics() {
    let folder = tempfile::tempdir().unwrap();
    let [season, run, tables] = ready(folder.path());
    let placements = Path::new(&run).join("placements.csv");
    let text = fs::read_to_string(&placements).unwrap();
    let row = text.lines().find(|line| line.ends_with(",1")).unwrap();
    let unplaced = format!("{},,,", row.split(',').next().unwrap());
    fs::write(&placements, text.replace(row, &unplaced)).unwrap();
    let output = antagning(&["statistics", &season, &run, "--out", &tables]);
    assert_eq!(output.status.code(), Some(3));
    assert!(!Path::new(&tables).exists());
}

#[test]
fn wrong_arguments_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let [season, run, tables] = ready(folder.path());
    for suppress in ["few", "-1", "2.5"] {
        let output =
            antagning(&["statistics", &season, &run, "--out", &tables, "--suppress", suppress]);
        assert_eq!(output.status.code(), Some(2), "{suppress}");
    }
    let output = antagning(&["statistics", &season, &season, "--out", &tables]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!Path::new(&tables).exists());
}
