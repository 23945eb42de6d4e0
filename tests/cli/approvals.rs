//! Signing a run: who decided what, on which digest, and that nothing is altered unnoticed.

use crate::counting::sha256;
use crate::scene::Scene;
use crate::seasons::MARKET;

const APPROVE: &str = "approve out --by Lind --delegation BUN-2025:4 --date 2025-07-01";

#[test]
fn an_approval_says_who_decided_what() {
    let scene = Scene::with_run(MARKET);
    let run = scene.manifest("out")["manifest_sha256"].clone();
    let before = scene.entries("out");
    let answer = scene.antagning(&format!("{APPROVE} --format json")).succeeds().json();
    assert_eq!(scene.entries("out"), before);
    assert_eq!(scene.entries("."), ["out", "out.approval.json", "season"]);
    let text = scene.read("out.approval.json");
    let approval: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["approval"], approval);
    for (field, value) in [
        ("manifest_sha256", run),
        ("approved_by", "Lind".into()),
        ("delegation", "BUN-2025:4".into()),
        ("date", "2025-07-01".into()),
        ("round", "final".into()),
        ("sequence", 1.into()),
        ("contract_version", 1.into()),
    ] {
        assert_eq!(approval[field], value, "{field}");
    }
    let stated = approval["approval_sha256"].as_str().unwrap();
    assert_eq!(stated, sha256(text.replace(stated, "")));
    let answer = scene.antagning("verify out").succeeds();
    assert!(answer.stdout.contains("approved by Lind on 2025-07-01"), "{}", answer.stdout);
}

/// Without a date the day is today's.
#[test]
fn the_day_is_that_of_the_signing() {
    let scene = Scene::with_run(MARKET);
    scene.antagning("approve out --by Lind --delegation BUN").succeeds();
    let approval: serde_json::Value =
        serde_json::from_str(&scene.read("out.approval.json")).unwrap();
    let date = approval["date"].as_str().unwrap();
    assert!(date.len() == 10 && date > "2025-01-01", "{date}");
}

#[test]
fn what_is_decided_is_not_decided_again() {
    let scene = Scene::with_run(MARKET);
    scene.antagning(APPROVE).succeeds();
    let text = scene.read("out.approval.json");
    let answer = scene.antagning(&APPROVE.replace("Lind", "Berg")).rejects();
    assert!(answer.stderr.contains("it is approved already"), "{}", answer.stderr);
    assert_eq!(scene.read("out.approval.json"), text);
}

#[test]
fn a_run_that_does_not_hold_is_not_approved() {
    let scene = Scene::with_run(MARKET);
    let text = scene.read("out/placements.csv");
    scene.write("out/placements.csv", text.replacen("P", "Q", 1));
    scene.antagning(APPROVE).finds_violations();
    assert_eq!(scene.entries("."), ["out", "season"]);
}

#[test]
fn a_signature_names_somebody_and_a_day() {
    let scene = Scene::with_run(MARKET);
    for (from, to) in [("2025-07-01", "2025-02-30"), ("--date 2025-07-01", "--date=")] {
        scene.antagning(&APPROVE.replace(from, to)).rejects();
    }
    for (from, to) in [("--by Lind", "--by="), ("--delegation BUN-2025:4", "--delegation=")] {
        let answer = scene.antagning(&APPROVE.replace(from, to)).rejects();
        assert!(answer.stderr.contains("names who decided"), "{}", answer.stderr);
    }
    let answer = scene.antagning(&APPROVE.replace("Lind", "Lind\u{7}")).rejects();
    assert!(answer.stderr.contains("plain text"), "{}", answer.stderr);
    scene.antagning("approve out --by Lind").rejects();
    scene.antagning("approve nowhere --by Lind --delegation BUN").rejects();
    assert_eq!(scene.entries("."), ["out", "season"]);
}

/// Nobody decides on a round before its day.
#[test]
fn a_decision_is_not_older_than_its_round() {
    let scene = Scene::with_season(MARKET);
    scene.antagning("run season --out out --date 2025-07-02").succeeds();
    let answer = scene.antagning(APPROVE).rejects();
    assert!(answer.stderr.contains("older than the round"), "{}", answer.stderr);
    assert_eq!(scene.entries("."), ["out", "season"]);
    scene.antagning(&APPROVE.replace("07-01", "07-02")).succeeds();
}

/// Whatever is altered after the signing is found: the approval, or the run with digests that agree.
#[test]
fn nothing_is_altered_unnoticed() {
    for (from, to) in [("Lind", "Berg"), ("2025-07-01", "2025-06-01"), ("BUN-2025:4", "KS-2025:1")]
    {
        let scene = Scene::with_run(MARKET);
        scene.antagning(APPROVE).succeeds();
        let text = scene.read("out.approval.json");
        assert!(text.contains(from), "{text}");
        scene.write("out.approval.json", text.replace(from, to));
        let violations = scene.violations("out");
        assert!(
            violations[0].contains("does not have the digest that it states"),
            "{violations:?}"
        );
    }
    let scene = Scene::with_run(MARKET);
    scene.antagning(APPROVE).succeeds();
    scene.forge_manifest(|manifest| manifest["engine_version"] = "9".into());
    let violations = scene.violations("out");
    assert_eq!(violations, ["out.approval.json: another run was approved than this one"]);
    scene.write("out.approval.json", "{}\n");
    assert!(scene.violations("out")[0].contains("it is not the approval of a run"));
}

/// An approval of a run further back is examined with it.
#[test]
fn the_approvals_of_a_chain_are_examined() {
    let scene = Scene::with_run(MARKET);
    scene.antagning(APPROVE).succeeds();
    scene.write("season/rules.toml", "round = \"reserve\"\n");
    scene.antagning("run season --after out --out reserve").succeeds();
    let answer = scene.antagning("verify reserve").succeeds();
    assert!(answer.stdout.contains("run 1, final: ./out; approved by Lind"), "{}", answer.stdout);
    scene.antagning("approve reserve --by Berg --delegation BUN").succeeds();
    let text = scene.read("out.approval.json");
    scene.write("out.approval.json", text.replace("Lind", "Berg"));
    let violations = scene.violations("reserve");
    assert!(violations[0].contains("out: out.approval.json"), "{violations:?}");
}
