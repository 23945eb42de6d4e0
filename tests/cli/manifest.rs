//! `manifest.json`: digests, counts and what the run was made by, recounted by the test.

use serde_json::Value;

use crate::counting::{counts, sha256};
use crate::forge::unsealed;
use crate::scene::Scene;
use crate::seasons::{EveryReason, SEED};

fn assert_digests(scene: &Scene, listed: &Value, folder: &str) {
    for file in listed.as_array().expect("a list of files") {
        let name = file["name"].as_str().expect("a name");
        let text = scene.read(&format!("{folder}/{name}"));
        assert_eq!(file["sha256"], sha256(&text), "{folder}/{name}");
        assert_eq!(file["bytes"], text.len(), "{folder}/{name}");
    }
}

#[test]
fn digests_are_those_of_the_files() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let manifest = scene.manifest("out");
    let names = |key: &str| -> Vec<String> {
        let files = manifest[key].as_array().expect("a list");
        files.iter().map(|file| file["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names("inputs"), scene.entries("season"));
    assert_eq!(names("outputs"), ["outcomes.csv", "placements.csv", "programmes.csv"]);
    assert_digests(&scene, &manifest["inputs"], "season");
    assert_digests(&scene, &manifest["outputs"], "out");
}

#[test]
fn the_manifest_states_its_own_digest() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let text = scene.read("out/manifest.json");
    assert_eq!(scene.manifest("out")["manifest_sha256"], sha256(unsealed(&text)));
}

#[test]
fn counts_can_be_recounted_from_the_files() {
    let small = Scene::with_run(&EveryReason::new().files());
    let made = Scene::with_generated(700, 25, 3);
    made.antagning("run season --out out").is_done();
    for scene in [small, made] {
        let mut stated = scene.manifest("out")["counts"].clone();
        let differs = stated.as_object_mut().and_then(|c| c.remove("programme_optimum_differs"));
        assert!(differs.expect("a count").is_u64());
        assert_eq!(stated, counts(&scene, "season", "out"));
    }
}

#[test]
fn the_manifest_says_what_the_run_was_made_by() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let manifest = scene.manifest("out");
    assert_eq!(manifest["contract_version"], 1);
    assert_eq!(manifest["engine_version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["status"], "proposal");
    assert_eq!(manifest["rule_set"], "gymnasium-2025");
    assert_eq!(manifest["round"], "final");
    assert_eq!(manifest["lottery_seed"], SEED);
    assert_eq!(manifest["lottery_scope"], "applicant");
    assert_eq!(manifest["verdict"], "holds");
    for stage in ["read", "rules", "match", "verify", "write"] {
        assert!(manifest["timings_ms"][stage].is_f64(), "{stage}");
    }
}

/// Hal has chosen nothing: the run goes on, and keeps the warning.
#[test]
fn warnings_are_kept_in_the_run_and_told_beside_the_answer() {
    let scene = Scene::with_season(&EveryReason::new().files());
    scene.antagning("run season --out out").is_done().remarks("[applicants_without_choices]");
    let warnings = scene.manifest("out")["warnings"].clone();
    assert_eq!(warnings[0]["code"], "applicants_without_choices");
    assert_eq!(warnings.as_array().map(Vec::len), Some(1));
}
