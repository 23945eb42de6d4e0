//! What keeps the tree in order: every test and bench declared, nothing pointing up, short files,
//! and words that must not stand anywhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The longest that a source file may be, in lines.
const LONGEST: usize = 500;

/// What each crate may use of the workspace, development aside.
const MAY_USE: [(&str, &[&str]); 7] = [
    ("matching", &[]),
    ("rules", &["antagning-matching"]),
    ("verify", &[]),
    ("formats", &[]),
    ("population", &["antagning-formats", "antagning-matching", "antagning-rules"]),
    (
        "antagning",
        &[
            "antagning-formats",
            "antagning-matching",
            "antagning-population",
            "antagning-rules",
            "antagning-verify",
        ],
    ),
    ("cli", &["antagning"]),
];

/// A word that must not stand in the tree, put together so that it does not stand here.
fn word(parts: [&str; 2]) -> String {
    parts.concat()
}

fn root(path: &str) -> PathBuf {
    Path::new(ROOT).join(path).canonicalize().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a plain name")
}

/// What stands directly in a folder, in the order of names.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// All files below a folder that end like this.
fn files_below(folder: &Path, end: &str) -> Vec<PathBuf> {
    entries(folder)
        .into_iter()
        .flat_map(|path| match path.is_dir() {
            true => files_below(&path, end),
            false => Vec::from_iter(name(&path).ends_with(end).then_some(path)),
        })
        .collect()
}

fn sources() -> Vec<PathBuf> {
    ["crates", "tests", "benches"].iter().flat_map(|dir| files_below(&root(dir), ".rs")).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The manifests of the crates with the names of their folders.
fn manifests() -> Vec<(PathBuf, Table)> {
    let crates = entries(&root("crates"));
    crates
        .into_iter()
        .map(|folder| {
            let text = read(&folder.join("Cargo.toml"));
            (folder, text.parse().expect("a manifest"))
        })
        .collect()
}

fn is_program(path: &Path) -> bool {
    let text = read(path);
    text.lines().any(|line| line.starts_with("fn main(") || line.starts_with("criterion_main!"))
}

#[test]
fn every_test_and_bench_is_declared() {
    let declared: BTreeSet<PathBuf> = manifests()
        .iter()
        .flat_map(|(folder, manifest)| {
            let targets = ["test", "bench"].iter().filter_map(|kind| manifest.get(*kind));
            let targets = targets.filter_map(Value::as_array).flatten();
            let paths = targets.filter_map(|target| target.get("path")).filter_map(Value::as_str);
            paths.map(|path| folder.join(path).canonicalize().expect(path)).collect::<Vec<_>>()
        })
        .collect();
    let tests = entries(&root("tests")).into_iter().map(|path| match path.is_dir() {
        true => path.join("main.rs"),
        false => path,
    });
    let benches = files_below(&root("benches"), ".rs").into_iter().filter(|path| is_program(path));
    let programs: BTreeSet<PathBuf> = tests.chain(benches).collect();
    assert!(programs.len() > 8, "hardly anything found: {programs:?}");
    assert_eq!(declared, programs);
}

#[test]
fn no_crate_depends_on_one_above() {
    let known: BTreeSet<String> = MAY_USE.iter().map(|(name, _)| (*name).to_owned()).collect();
    let manifests = manifests();
    let found = manifests.iter().map(|(folder, _)| name(folder).to_owned()).collect();
    assert_eq!(known, found, "a crate without its place in MAY_USE, or a place without a crate");
    for (folder, manifest) in &manifests {
        let name = name(folder);
        let (_, may_use) = MAY_USE.iter().find(|(known, _)| *known == name).expect("a known crate");
        let uses = manifest.get("dependencies").and_then(Value::as_table);
        for used in uses.into_iter().flat_map(Table::keys).filter(|n| n.starts_with("antagning")) {
            assert!(may_use.contains(&used.as_str()), "crates/{name} must not use {used}");
        }
    }
}

#[test]
fn no_source_file_is_too_long() {
    let sources = sources();
    assert!(sources.len() > 100, "hardly anything found");
    for path in sources {
        let lines = read(&path).lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
    }
}

#[test]
fn nothing_is_left_for_later() {
    let words = [["uns", "afe {"], ["uns", "afe fn "], ["uns", "afe impl "]]
        .into_iter()
        .chain([["to", "do!("], ["unimple", "mented!("], ["#[ig", "nore"], ["FIX", "ME"]])
        .chain([["TO", "DO"], ["XX", "X:"]])
        .map(word)
        .collect::<Vec<_>>();
    for path in sources() {
        let text = read(&path);
        for word in &words {
            assert!(!text.contains(word.as_str()), "{} has \"{word}\"", path.display());
        }
    }
}

#[test]
fn no_text_names_a_place_on_somebodys_machine() {
    let places = [["/wo", "rk/"], ["/tm", "p/"], ["../sha", "red"], ["/ho", "me/"], ["/ro", "ot/"]];
    let texts = ["crates", "tests", "benches", "data", "docs"]
        .iter()
        .filter_map(|folder| Path::new(ROOT).join(folder).canonicalize().ok())
        .flat_map(|folder| {
            [".rs", ".md", ".toml"]
                .iter()
                .flat_map(|end| files_below(&folder, end))
                .collect::<Vec<_>>()
        });
    let above = entries(&root("")).into_iter().filter(|path| {
        [".md", ".toml", ".yml", ".gitignore"].iter().any(|end| name(path).ends_with(end))
    });
    let mut looked_at = 0;
    for path in texts.chain(above) {
        looked_at += 1;
        let text = read(&path);
        for place in places.map(word) {
            assert!(!text.contains(&place), "{} names {place}", path.display());
        }
    }
    assert!(looked_at > 100, "hardly anything found");
}
