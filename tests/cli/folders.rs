//! Output folders: whole or not at all, and never over something else.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::scene::Scene;
use crate::seasons::{EveryReason, FAULTY, MARKET, TIED};

/// What could be changed about a folder: names, bytes, times.
fn trace(folder: &Path) -> Vec<(String, Vec<u8>, SystemTime)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let mut trace: Vec<_> = entries
        .map(|entry| {
            let modified = entry.metadata().and_then(|data| data.modified()).expect("a time");
            let name = entry.file_name().into_string().expect("a plain name");
            (name, fs::read(entry.path()).expect("bytes"), modified)
        })
        .collect();
    let own = fs::metadata(folder).and_then(|data| data.modified()).expect("a time");
    trace.push((String::new(), Vec::new(), own));
    trace.sort();
    trace
}

#[test]
fn a_finished_run_is_never_touched() {
    let scene = Scene::with_run(MARKET);
    let long_ago = SystemTime::now() - Duration::from_secs(86_400);
    let manifest = fs::File::options().write(true).open(scene.path("out/manifest.json"));
    manifest.and_then(|file| file.set_modified(long_ago)).expect("an old file");
    let before = trace(&scene.path("out"));
    scene.antagning("run season --out out").is_rejected().remarks("exists already");
    scene.antagning("generate --out out --applicants 5 --programmes 1").is_rejected();
    assert_eq!(trace(&scene.path("out")), before);
    assert_eq!(scene.entries("."), ["out", "season"]);
}

#[test]
fn an_empty_folder_or_a_file_is_not_written_over_either() {
    let scene = Scene::with_season(MARKET);
    scene.folder("empty", &[]);
    scene.write("file", "mine");
    for out in ["empty", "file", "season"] {
        scene.antagning(&format!("run season --out {out}")).is_rejected();
    }
    assert_eq!(scene.entries("empty"), [""; 0]);
    assert_eq!(scene.read("file"), "mine");
    assert_eq!(scene.entries("."), ["empty", "file", "season"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_not_replaced() {
    let scene = Scene::with_season(MARKET);
    std::os::unix::fs::symlink("nowhere", scene.path("out")).expect("a link");
    scene.antagning("run season --out out").is_rejected();
    assert_eq!(fs::read_link(scene.path("out")).expect("the link"), Path::new("nowhere"));
}

#[test]
fn a_rejected_season_leaves_nothing_behind() {
    for (season, code) in [(FAULTY, "[unknown_programme]"), (TIED, "[unresolved_tie]")] {
        let scene = Scene::with_season(season);
        scene.antagning("run season --out runs/first").is_rejected().remarks(code);
        assert_eq!(scene.entries("."), ["season"], "{code}");
    }
}

#[test]
fn missing_parent_folders_are_made() {
    let scene = Scene::with_season(MARKET);
    scene.antagning("run season --out runs/2025/first").is_done();
    assert_eq!(scene.entries("runs/2025"), ["first"]);
}

#[test]
fn a_place_below_a_file_is_rejected() {
    let scene = Scene::with_season(MARKET);
    scene.write("file", "mine");
    scene.antagning("run season --out file/first").is_rejected();
    assert_eq!(scene.read("file"), "mine");
}

#[test]
fn a_season_is_only_read() {
    let season = EveryReason::new();
    let scene = Scene::with_season(&season.files());
    let before = trace(&scene.path("season"));
    scene.antagning("check season").is_done();
    scene.antagning("run season --out out").is_done();
    scene.antagning("verify out --season season").is_done();
    assert_eq!(trace(&scene.path("season")), before);
}
