//! `antagning what-if`: arguments, languages, JSON, exit codes.

use std::fs;

use serde_json::Value;

use crate::scene::Scene;
use crate::seasons::MARKET;

/// ann holds `P` with 20, bea `Q` with 17.5.
fn scene() -> Scene {
    Scene::with_run(MARKET)
}

const ASK: &str = "what-if out --season season --applicant bea";

#[test]
fn the_account_is_told_in_both_languages() {
    let ask = format!("{ASK} --decision score:P=21");
    let scene = scene();
    let english = scene.antagning(&ask).succeeds().says_nothing_beside_the_answer();
    assert!(
        english
            .stdout
            .contains("bea would have had P (choice 1) instead of Q (choice 2): better.\n")
    );
    assert!(english.stdout.contains("Seat to add so that nobody loses one: P (1 → 2).\n"));
    let swedish = scene.antagning(&format!("{ask} --lang sv")).succeeds();
    assert!(swedish.stdout.contains("bea hade fått P (val 1) i stället för Q (val 2): bättre.\n"));
    assert!(swedish.stdout.contains("Arbetsmaterial som namnger andra sökande; inget beslut.\n"));
    assert_eq!(scene.entries("."), ["out", "season"]);
}

#[test]
fn the_document_has_stable_fields() {
    let answer = scene().antagning(&format!("{ASK} --decision score:P=21 --format json"));
    let document = answer.succeeds().json();
    let keys: Vec<&String> = document.as_object().unwrap().keys().collect();
    let mut expected = [
        "status",
        "manifest_sha256",
        "round",
        "moves",
        "applicant_id",
        "supposed",
        "replaced",
        "change",
        "before",
        "after",
        "choices",
        "others",
        "offers",
        "warnings",
        "remedy",
    ];
    expected.sort_unstable();
    let mut found: Vec<&str> = keys.into_iter().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(document["status"], "working material");
    assert_eq!(document["supposed"][0]["value"], "P=21");
    assert_eq!(document["change"], "better");
    assert_eq!(document["after"]["choice_rank"], 1);
    let moved = &document["others"][0];
    assert_eq!((&moved["applicant_id"], &moved["change"]), (&"ann".into(), &"worse".into()));
    assert_eq!(
        (&moved["from"]["programme_id"], &moved["to"]["programme_id"]),
        (&"P".into(), &"Q".into())
    );
    assert_eq!(document["offers"][0]["after"]["cutoff"], "21");
    let remedy = &document["remedy"];
    assert_eq!(
        (&remedy["seat"]["seats_before"], &remedy["seat"]["seats_after"]),
        (&1.into(), &2.into())
    );
    assert_eq!(remedy["by_hand"]["leaves"]["programme_id"], "Q");
}

/// A programme belongs to the decision before it.
#[test]
fn decisions_and_programmes_are_paired() {
    let scene = scene();
    let ask = "--decision withdrawal --programme Q --decision withdrawal --programme P";
    let document = scene.antagning(&format!("{ASK} {ask} --format json")).succeeds().json();
    let supposed: Vec<&Value> =
        document["supposed"].as_array().unwrap().iter().map(|s| &s["programme_id"]).collect();
    assert_eq!(supposed, ["Q", "P"]);
    assert_eq!(document["after"], Value::Null);
    let whole = "--decision late_application --decision withdrawal --programme P";
    let document = scene.antagning(&format!("{ASK} {whole} --format json")).succeeds().json();
    assert_eq!(document["supposed"][0]["programme_id"], Value::Null);
    assert_eq!(document["supposed"][1]["programme_id"], "P");
    assert_eq!(document["warnings"][0]["code"], "lateness_unused");
}

#[test]
fn arguments_that_cannot_be_are_rejected() {
    let scene = scene();
    let rejected = |arguments: &str| scene.antagning(&format!("{ASK} {arguments}")).rejects();
    rejected("--programme P --decision withdrawal").remarks("after the --decision");
    rejected("--decision withdrawal --programme P --programme Q").remarks("about one programme");
    rejected("").remarks("--decision");
    rejected("--decision nonsense").remarks("[unknown_decision]");
    rejected("--decision first_hand --programme X").remarks("[unknown_programme]");
    let nobody = "what-if out --season season --applicant nobody --decision withdrawal";
    scene.antagning(nobody).rejects().remarks("the run has no applicant nobody");
    let document = rejected("--decision appeal_won:X --format json").json();
    assert_eq!(document["diagnostics"][0]["code"], "unknown_programme");
}

#[test]
fn only_the_season_of_a_sound_run_is_asked() {
    let scene = scene();
    let choices = scene.read("season/choices.csv");
    scene.write("season/choices.csv", choices.replace("17.5", "17"));
    let ask = format!("{ASK} --decision withdrawal");
    scene.antagning(&ask).rejects().remarks("made of another season: choices.csv differs");
    scene.write("season/choices.csv", choices);
    scene.antagning(&ask).succeeds();
    fs::write(scene.path("out/placements.csv"), "altered").expect("a file");
    scene.antagning(&ask).finds_violations();
}
