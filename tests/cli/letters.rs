//! `antagning letters`: a document an applicant, which agrees with the run and with `explain`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::crowd::Crowd;
use crate::grouped::Grouped;
use crate::scene::Scene;
use crate::seasons::{EveryReason, MARKET, SEED};

fn letters(scene: &Scene, language: &str) -> Vec<Value> {
    let answer = scene.antagning(&format!("letters out --lang {language}")).succeeds();
    let answer = answer.says_nothing_beside_the_answer();
    assert!(answer.stdout.ends_with('\n'));
    answer.stdout.lines().map(|line| serde_json::from_str(line).expect("a document")).collect()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}"))
}

/// Every letter against the tables of the run.
fn assert_agree(scene: &Scene) {
    let (placements, outcomes) =
        (scene.table("out/placements.csv"), scene.table("out/outcomes.csv"));
    let manifest = scene.manifest("out");
    for language in ["sv", "en"] {
        let letters = letters(scene, language);
        assert_eq!(letters.len(), placements.rows.len());
        let mut row = 0;
        for (applicant, letter) in letters.iter().enumerate() {
            assert_eq!(letter["applicant_id"], placements.get(applicant, "applicant_id"));
            assert_eq!(letter["language"], language);
            for field in ["manifest_sha256", "round", "rule_set", "status"] {
                assert_eq!(letter[field], manifest[field], "{field}");
            }
            let placed = &letter["placed"];
            let of_placed = |field: &str| match &placed[field] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            for field in ["programme_id", "quota_group", "choice_rank"] {
                assert_eq!(of_placed(field), placements.get(applicant, field), "{field}");
            }
            for choice in letter["choices"].as_array().expect("choices") {
                assert_eq!(outcomes.get(row, "applicant_id"), text(letter, "applicant_id"));
                assert_eq!(outcomes.get(row, "choice_rank"), choice["choice_rank"].to_string());
                for field in ["programme_id", "status", "score"] {
                    assert_eq!(outcomes.get(row, field), choice[field], "{field}");
                }
                let reason = outcomes.get(row, "reason");
                let few = ["below_cutoff", "lost_tie", "seats_given_by_hand"].contains(&reason)
                    && choice["cutoff_kind"] == "suppressed";
                assert_eq!(choice["reason"], if few { "behind_others" } else { reason });
                let position =
                    choice.get("reserve_position").map_or(String::new(), Value::to_string);
                assert_eq!(outcomes.get(row, "reserve_position"), position);
                if let Some(cutoff) = choice.get("cutoff") {
                    assert_eq!(outcomes.get(row, "cutoff"), cutoff);
                }
                row += 1;
            }
        }
        assert_eq!(row, outcomes.rows.len(), "outcomes without a letter");
    }
}

#[test]
fn letters_agree_with_the_run() {
    let made = Scene::with_generated(600, 25, 11);
    made.antagning("run season --out out").succeeds();
    assert_agree(&made);
    assert_agree(&Grouped::run());
    assert_agree(&Scene::with_run(MARKET));
    let lots = Scene::new();
    lots.copy("data/small/lottery", "season");
    lots.antagning("run season --out out").succeeds();
    assert_agree(&lots);
}

#[test]
fn letters_say_what_explain_says() {
    let scene = Grouped::run();
    for letter in letters(&scene, "sv") {
        let id = text(&letter, "applicant_id");
        let command = format!("explain out {id} --lang sv --format json");
        let explained = scene.antagning(&command).succeeds().json();
        assert_eq!(letter["choices"], explained["choices"]);
        assert_eq!(letter["headline"], explained["text"]);
        assert_eq!(letter["notices"], explained["notices"]);
        assert_eq!(
            letter["placed"].get("programme_id").unwrap_or(&Value::Null),
            &explained["placed"]
        );
    }
}

#[test]
fn a_letter_says_who_decides_and_what_can_be_appealed() {
    let scene = Scene::with_run(&EveryReason::new().files());
    for (language, eligible, admission) in [
        ("sv", "överklagandenämnd inom tre veckor", "inte överklagas"),
        ("en", "three weeks", "cannot be appealed"),
    ] {
        let letter = letters(&scene, language).swap_remove(1);
        assert_eq!(letter["applicant_id"], "bo");
        assert_eq!(letter["placed"]["school"], "Norra gymnasiet");
        assert_eq!(letter["placed"]["programme"], "");
        let appeal = letter["appeal"].as_array().expect("sentences");
        assert!(
            appeal[0].as_str().is_some_and(|t| t.contains(eligible) && t.contains("16 kap. 36 §"))
        );
        assert!(
            appeal[1].as_str().is_some_and(|t| t.contains(admission) && t.contains("28 kap. 18 §"))
        );
        let notices = letter["notices"].as_array().expect("sentences");
        assert_eq!(notices.len(), 1);
        assert!(notices[0].as_str().is_some_and(|notice| notice.contains("KL 6 kap. 38 §")));
    }
    // No admission law applies to ready-made scores.
    let market = letters(&Scene::with_run(MARKET), "sv").swap_remove(0);
    assert_eq!(market["appeal"], serde_json::json!([]));
}

#[test]
fn the_preliminary_round_binds_nothing() {
    let rules = format!("round = \"preliminary\"\n[lottery]\nseed = \"{SEED}\"\n");
    let scene = Scene::with_run(&Crowd::tied(&rules).files());
    for (language, words) in [
        ("sv", ["inte bindande", "höstterminens betyg", "GyF 7 kap. 7 §"]),
        ("en", ["not binding", "grades of the autumn term", "GyF 7 kap. 7 §"]),
    ] {
        let letter = letters(&scene, language).swap_remove(0);
        assert_eq!(letter["round"], "preliminary");
        let notice = letter["notices"][0].as_str().expect("a sentence");
        assert!(words.iter().all(|word| notice.contains(word)), "{notice}");
        let command = format!("explain out a1 --lang {language}");
        assert!(scene.antagning(&command).succeeds().stdout.contains(notice));
    }
    let market = MARKET.iter().copied().chain([("rules.toml", "round = \"preliminary\"\n")]);
    let market = Scene::with_run(&market.collect::<Vec<_>>());
    let notice = letters(&market, "sv").swap_remove(0)["notices"][0].clone();
    assert_eq!(notice, "Det här är den preliminära antagningen. Den är inte bindande.");
}

#[test]
fn letters_of_an_altered_run_are_refused() {
    let scene = Scene::with_run(MARKET);
    scene.change("outcomes.csv", |table| table.set(0, "status", "reserve"));
    let answer = scene.antagning("letters out").finds_violations();
    assert_eq!(answer.stdout, "");
    scene.antagning("letters nowhere").rejects();
    let error = scene.antagning("letters season --format json").rejects().json();
    assert!(text(&error, "error").contains("is not a run folder"));
}

/// Every reason that seasons can bring, in both languages, without a code among the words.
#[test]
fn every_reason_reads_as_words() {
    let reject = "[ranking]\nkeys = [\"merit\"]\nat_cutoff = \"reject_all\"\n";
    let mut seen = BTreeSet::new();
    let scenes = [
        Scene::with_run(&EveryReason::new().files()),
        Scene::with_run(&Crowd::tied(&format!("[lottery]\nseed = \"{SEED}\"\n")).files()),
        Scene::with_run(&Crowd::tied(reject).files()),
        Grouped::run(),
    ];
    for scene in &scenes {
        for letter in ["sv", "en"].iter().flat_map(|language| letters(scene, language)) {
            for choice in letter["choices"].as_array().expect("choices") {
                let sentence = text(choice, "text");
                assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
                let group = choice.get("quota_group").and_then(Value::as_str).unwrap_or("-");
                let groups = sentence.replace(group, "").replace("fri_kvot", "");
                assert!(!groups.contains(['_', '{', '}']), "{sentence}");
                assert!(!text(choice, "setting").is_empty());
                seen.insert(text(choice, "reason").to_owned());
            }
        }
    }
    let expected = [
        "admitted_higher",
        "ahead_of_others",
        "behind_on_list",
        "behind_others",
        "below_cutoff",
        "eligible_for_target",
        "equals_rejected",
        "individual_placement",
        "lost_tie",
        "no_group_open",
        "no_seats",
        "placed_by_hand",
        "required_subjects_missing",
        "seats_for_all",
        "second_hand",
        "too_few_passes",
    ];
    let missing: Vec<_> = expected.iter().filter(|reason| !seen.contains(**reason)).collect();
    assert!(missing.is_empty(), "{missing:?} of {seen:?}");
}
