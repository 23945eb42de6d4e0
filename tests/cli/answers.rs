//! What each command prints where, and the code that it exits with.

use crate::scene::{Answer, Scene};
use crate::seasons::{EveryReason, FAULTY, MARKET, TIED};

/// One scene in which every command can succeed and fail.
fn everything() -> Scene {
    let scene = Scene::with_run(&EveryReason::new().files());
    scene.folder("faulty", FAULTY);
    scene.folder("tied", TIED);
    scene.folder("market", MARKET);
    scene.folder("broken", &[]);
    scene.copy("data/small/lottery", "published");
    scene.write("published/published.csv", "programme_id,min_merit,mean_merit,decided_by\n");
    for file in scene.entries("out") {
        scene.write(&format!("broken/{file}"), scene.read(&format!("out/{file}")));
    }
    scene.write("broken/placements.csv", "applicant_id,programme_id,quota_group,choice_rank\n");
    scene
}

const DONE: [&str; 8] = [
    "run season --out second",
    "check season",
    "verify out",
    "explain out ada",
    "generate --out made --applicants 20 --programmes 3",
    "compare published",
    "rules",
    "rules show gymnasium-2025",
];

const REJECTED: [&str; 19] = [
    "run faulty --out third",
    "run tied --out third",
    "run season --out out",
    "run nowhere --out third",
    "run season --out third --threads 0",
    "check faulty",
    "check tied",
    "check nowhere",
    "verify season",
    "verify nowhere",
    "explain out zoe",
    "explain season ada",
    "generate --out out --applicants 20 --programmes 3",
    "generate --out third --applicants 20 --programmes 0",
    "generate --out third --like nowhere",
    "compare market",
    "compare faulty",
    "compare nowhere",
    "rules show gymnasium-1900",
];

const WRONG_ARGUMENTS: [&str; 6] = [
    "",
    "admit season",
    "rules gymnasium-2025",
    "run season",
    "run season --out third --threads many",
    "generate --out third --like season --applicants 5",
];

#[test]
fn exit_codes_are_those_of_the_contract() {
    let scene = everything();
    DONE.iter().for_each(|command| drop(scene.antagning(command).succeeds()));
    REJECTED.iter().for_each(|command| drop(scene.antagning(command).rejects()));
    WRONG_ARGUMENTS.iter().for_each(|command| drop(scene.antagning(command).rejects()));
    scene.antagning("verify broken").finds_violations();
}

fn with_json(scene: &Scene, command: &str) -> Answer {
    scene.antagning(&format!("{command} --format json"))
}

#[test]
fn json_is_one_document_and_all_there_is() {
    let scene = everything();
    for command in DONE {
        let answer = with_json(&scene, command).succeeds().says_nothing_beside_the_answer();
        assert!(answer.json().is_object() || command == "rules", "{command}");
    }
    assert!(with_json(&scene, "rules").json().is_array());
}

#[test]
fn json_is_one_document_on_failure_too() {
    let scene = everything();
    for command in REJECTED {
        let error = with_json(&scene, command).rejects().json()["error"].clone();
        assert!(error.as_str().is_some_and(|text| !text.is_empty()), "{command}");
    }
    let answer = with_json(&scene, "verify broken").finds_violations().json();
    assert_eq!(answer["holds"], false);
    assert_ne!(answer["violations"][0], serde_json::Value::Null);
}

#[test]
fn json_is_one_document_when_the_arguments_are_wrong() {
    let scene = everything();
    for command in WRONG_ARGUMENTS {
        let error = with_json(&scene, command).rejects().json()["error"].clone();
        assert!(error.as_str().is_some_and(|text| !text.is_empty()), "{command}");
    }
}

#[test]
fn a_rejection_lists_its_diagnostics_as_data() {
    let scene = Scene::with_season(FAULTY);
    for command in ["run season --out out", "check season"] {
        let found = with_json(&scene, command).json()["diagnostics"][0].clone();
        assert_eq!(found["code"], "unknown_programme", "{command}");
        assert_eq!(found["severity"], "error");
        assert_eq!(found["file"], "choices.csv");
        assert_eq!(found["line"], 2);
        assert_eq!(found["column"], "programme_id");
        assert_eq!(found["value"], "X");
    }
}

#[test]
fn an_open_tie_says_whom_it_touches_and_what_to_do() {
    let scene = Scene::with_season(TIED);
    let answer = scene.antagning("run season --out out").rejects();
    answer
        .remarks("leaves 2 applicants equal with another; programmes touched: 1; at P: ann, bea")
        .remarks("set keys = [\"score\", \"lottery\"]");
}

#[test]
fn failures_leave_stdout_empty() {
    let scene = everything();
    for command in REJECTED.iter().chain(&WRONG_ARGUMENTS) {
        let answer = scene.antagning(command);
        assert_eq!(answer.stdout, "", "antagning {command}");
        assert_ne!(answer.stderr, "", "antagning {command}");
    }
}

#[test]
fn nothing_is_said_beside_a_clean_answer() {
    let scene = Scene::with_season(MARKET);
    for command in ["check season", "run season --out out", "verify out", "explain out ann"] {
        let answer = scene.antagning(command).succeeds().says_nothing_beside_the_answer();
        assert!(!answer.stdout.contains('\u{1b}'), "colour in a pipe: antagning {command}");
    }
}

/// The last line of `run` is the folder, the last of `generate` too: for scripts.
#[test]
fn commands_that_write_end_with_where() {
    let scene = Scene::new();
    let made = scene.antagning("generate --out made --applicants 30 --programmes 3").succeeds();
    assert_eq!(made.stdout, "made\n");
    let run = scene.antagning("run made --out runs/first").succeeds();
    assert_eq!(run.stdout.lines().last(), Some("runs/first"));
}

#[test]
fn the_json_of_a_run_holds_its_manifest() {
    let scene = Scene::with_season(MARKET);
    let answer = scene.antagning("run season --out out --format json").succeeds().json();
    let written = scene.manifest("out");
    assert_eq!(answer["run"], "out");
    assert_eq!(answer["summary"]["proven"], true);
    assert_eq!(answer["manifest"], written);
}

#[test]
fn the_summary_is_answered_in_the_language_asked_for() {
    let scene = Scene::with_season(MARKET);
    let swedish = scene.antagning("run season --out sv --lang sv").succeeds().stdout;
    assert!(swedish.starts_with("sökande"), "{swedish}");
    assert!(swedish.contains("bevisat: stabilt"), "{swedish}");
    let english = scene.antagning("run season --out en").succeeds().stdout;
    assert!(english.starts_with("applicants"), "{english}");
    assert!(english.contains("proven: stable"), "{english}");
}

#[test]
fn completions_and_help_are_data_too() {
    let scene = Scene::new();
    for command in ["completions bash", "--help", "run --help", "--version"] {
        let answer = scene.antagning(command).succeeds().says_nothing_beside_the_answer();
        assert!(answer.stdout.contains("antagning"), "{command}");
    }
}

/// `antagning … | head` ends without a complaint.
#[cfg(unix)]
#[test]
fn a_reader_who_has_had_enough_is_no_failure() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_antagning"))
        .args(["rules", "show", "gymnasium-2025"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
