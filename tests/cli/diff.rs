//! `antagning diff`: runs compared from the command line.

use crate::scene::Scene;

const LISTS: &str = "\
applicant_id,choice_rank,programme_id,score
ann,1,A,9
bea,1,A,8
bea,2,B,8
cia,1,B,7
";

/// The final run `final` and the reserve run `reserve`, where ann has withdrawn.
fn scene() -> Scene {
    let rules = |round: &str| format!("rule_set = \"market\"\nround = \"{round}\"\n");
    let scene = Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity,name\nA,1,Art\nB,1,Bygg\n"),
        ("choices.csv", LISTS),
        ("rules.toml", &rules("final")),
    ]);
    scene.antagning("run season --out final").succeeds();
    scene.write("season/rules.toml", rules("reserve"));
    let header = "date,event,applicant_id,programme_id,value,source";
    scene.write("season/events.csv", format!("{header}\n2025-07-10,withdrawal,ann,,,office\n"));
    scene.antagning("run season --after final --out reserve").succeeds();
    scene
}

#[test]
fn a_run_alone_is_compared_with_the_one_before() {
    let scene = scene();
    let alone = scene.antagning("diff reserve").succeeds().says_nothing_beside_the_answer();
    let both = scene.antagning("diff final reserve").succeeds();
    // The run before is named by where it was found.
    assert_eq!(alone.stdout, both.stdout);
    assert!(alone.stdout.starts_with("final_1 → reserve_2\n"), "{}", alone.stdout);
    assert!(alone.stdout.ends_with("working material, not for publication\n"), "{}", alone.stdout);
    let swedish = scene.antagning("diff reserve --lang sv").succeeds();
    assert!(swedish.stdout.contains("återtagen ansökan"), "{}", swedish.stdout);
    scene.antagning("diff final").rejects().remarks("nothing to compare with");
    scene.antagning("diff").rejects();
}

#[test]
fn the_answer_for_programs_is_one_document() {
    let scene = scene();
    let answer = scene.antagning("diff final reserve --season season --format json").succeeds();
    let document = answer.json();
    assert_eq!(document["notice"], "working material, not for publication");
    let transition = &document["transitions"][0];
    assert_eq!(transition["counts"]["movements"]["left"], 1);
    assert_eq!(transition["counts"]["movements"]["moved_up"], 1);
    let chain = &transition["chains"][0];
    assert_eq!(chain["root"]["cause"], "withdrawal");
    let applicants: Vec<_> = (0..3).map(|step| &chain["steps"][step]["applicant_id"]).collect();
    assert_eq!(applicants, ["ann", "bea", "cia"]);
    assert_eq!(chain["steps"][2]["link"], "took_seat_of");
}

#[test]
fn the_tables_are_written_once() {
    let scene = scene();
    scene.antagning("diff final reserve --out tables").succeeds();
    let names = ["NOT-FOR-PUBLICATION.txt", "chains.csv", "diff.json", "moves.csv", "offers.csv"];
    assert_eq!(scene.entries("tables"), names);
    let moves = scene.read("tables/moves.csv");
    assert!(moves.contains("final_1,reserve_2,bea,moved_up,B,,2,A,,1,1,2,withdrawal\n"), "{moves}");
    scene.antagning("diff final reserve --out tables").rejects();
    assert_eq!(scene.read("tables/moves.csv"), moves);
}

#[test]
fn an_altered_run_is_a_violation() {
    let scene = scene();
    let altered = scene.read("final/placements.csv").replace("ann,A,,1", "ann,B,,1");
    scene.write("final/placements.csv", altered);
    scene.antagning("diff final reserve").finds_violations();
    // Whoever altered it cannot be found by its digest, which the manifest still states.
    scene.antagning("diff reserve").finds_violations();
    scene.antagning("diff reserve nowhere").rejects();
}
