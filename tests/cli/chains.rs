//! Chains, scopes and rounds: what is warned about, what is written, and that it verifies.

use std::collections::BTreeSet;

use crate::scene::Scene;
use crate::seasons::{EveryReason, MARKET, TIED};

fn ranked_by(keys: &str, further: &str) -> String {
    format!("rule_set = \"market\"\n\n[ranking]\nkeys = [{keys}]\n{further}")
}

#[test]
fn choice_rank_is_warned_about_with_whom_it_affected() {
    let scene = Scene::with_generated(400, 10, 4);
    let keys =
        "[ranking]\nkeys = [\"choice_rank\", \"merit\", \"lottery\"]\n[lottery]\nseed = \"x\"\n";
    scene.write("season/rules.toml", keys);
    let answer = scene.antagning("run season --out out").is_done();
    let outcomes = scene.table("out/outcomes.csv");
    let affected: BTreeSet<&str> = (0..outcomes.rows.len())
        .filter(|row| outcomes.get(*row, "status") == "reserve")
        .filter(|row| outcomes.get(*row, "decided_by") == "choice_rank")
        .map(|row| outcomes.get(row, "applicant_id"))
        .collect();
    assert!(affected.len() > 5, "{} affected", affected.len());
    let lost = format!("{} applicants lost a seat by the rank they gave it", affected.len());
    answer.remarks(&lost).remarks("[unsafe_ranking]");
    let warning = scene.manifest("out")["warnings"][0].clone();
    assert_eq!(warning["code"], "unsafe_ranking");
    assert!(warning["message"].as_str().is_some_and(|text| text.ends_with(&lost)));
    scene.antagning("verify out").is_done();
}

#[test]
fn a_chain_without_choice_rank_is_not_warned_about() {
    let scene = Scene::with_season(MARKET);
    scene.antagning("run season --out out").is_done().says_nothing_beside_the_answer();
}

/// Ann has seventeen C, one of them in a language; bea has sixteen grades, three of them better.
#[test]
fn grade_points_and_grade_count_are_keys_of_their_own() {
    let grades = crate::seasons::grades(&[
        ("ann", &format!("C-{}C", "C".repeat(15))),
        ("bea", &format!("A-BB{}-", "C".repeat(13))),
    ]);
    for (key, placed) in [("grade_points", "bea"), ("grade_count", "ann")] {
        let rules = format!("[ranking]\nkeys = [\"{key}\"]\n");
        let scene = Scene::with_run(&[
            ("programmes.csv", "programme_id,capacity,study_path_code\nba,1,BA\n"),
            ("choices.csv", "applicant_id,choice_rank,programme_id\nann,1,ba\nbea,1,ba\n"),
            ("grades.csv", &grades),
            ("rules.toml", &rules),
        ]);
        let placements = scene.table("out/placements.csv");
        let row = placements.row(&[("applicant_id", placed)]);
        assert_eq!(placements.get(row, "programme_id"), "ba", "{key}");
        let outcomes = scene.table("out/outcomes.csv");
        assert_eq!(outcomes.cells("decided_by").collect::<Vec<_>>(), [key, key]);
        assert!(outcomes.cells("keys").all(|keys| keys.starts_with(&format!("{key}="))), "{key}");
        scene.antagning("verify out").is_done();
    }
}

/// `printf 'lott\nann' | sha256sum` and so on tell who goes first where.
#[test]
fn with_scope_programme_each_programme_draws_its_own_lots() {
    let programmes = "programme_id,capacity\nP,1\nQ,1\nR,1\nS,1\n";
    let choices = ["ann", "bea"].map(|id| {
        let rows = (1..).zip(["P", "Q", "R", "S"]);
        rows.map(|(rank, at)| format!("{id}{at},1,{at},7\n{id}{at},2,T,{rank}\n"))
            .collect::<String>()
    });
    let choices = format!("applicant_id,choice_rank,programme_id,score\n{}", choices.concat());
    let programmes = format!("{programmes}T,0\n");
    let each =
        ranked_by("\"score\", \"lottery\"", "[lottery]\nseed = \"lott\"\nscope = \"programme\"\n");
    let scene = Scene::with_run(&[
        ("programmes.csv", programmes.as_str()),
        ("choices.csv", choices.as_str()),
        ("rules.toml", each.as_str()),
    ]);
    assert_eq!(scene.manifest("out")["lottery_scope"], "programme");
    scene.antagning("verify out").is_done();
    let placements = scene.table("out/placements.csv");
    for at in ["P", "Q", "R", "S"] {
        let number = |id: &str| crate::counting::sha256(format!("lott\n{id}{at}\n{at}"));
        let first = if number("ann") < number("bea") { "ann" } else { "bea" };
        let row = placements.row(&[("applicant_id", &format!("{first}{at}"))]);
        assert_eq!(placements.get(row, "programme_id"), at);
    }
    // The same draw with one number for all programmes must not verify.
    scene.forge_manifest(|manifest| manifest["lottery_scope"] = "applicant".into());
    scene.antagning("verify out").is_violated();
}

#[test]
fn a_preliminary_round_says_so_and_decides_alike() {
    let season = EveryReason::new();
    let scene = Scene::with_run(&season.files());
    let rules = format!("round = \"preliminary\"\n\n{}", scene.read("season/rules.toml"));
    scene.write("season/rules.toml", rules);
    scene.antagning("run season --out preliminary").is_done();
    assert_eq!(scene.manifest("preliminary")["round"], "preliminary");
    assert_eq!(scene.read("preliminary/outcomes.csv"), scene.read("out/outcomes.csv"));
    scene.antagning("verify preliminary").is_done();
}

#[test]
fn a_market_season_needs_no_rules() {
    let scene = Scene::with_run(MARKET);
    assert_eq!(scene.manifest("out")["ranking_keys"], serde_json::json!(["score"]));
    scene.antagning("verify out --season season").is_done();
}

#[test]
fn a_tie_is_settled_by_adding_the_lottery() {
    let scene = Scene::with_season(TIED);
    scene.antagning("run season --out out").is_rejected();
    let rules = ranked_by("\"score\", \"lottery\"", "[lottery]\nseed = \"2025\"\n");
    scene.write("season/rules.toml", rules);
    scene.antagning("run season --out out").is_done();
    let first = |id: &str| crate::counting::sha256(format!("2025\n{id}"));
    let placed = if first("ann") < first("bea") { "ann" } else { "bea" };
    let placements = scene.table("out/placements.csv");
    let row = placements.row(&[("programme_id", "P")]);
    assert_eq!(placements.get(row, "applicant_id"), placed);
    scene.antagning("verify out").is_done();
}

#[test]
fn a_lottery_without_a_seed_is_warned_about() {
    let scene = Scene::with_season(TIED);
    scene.write("season/rules.toml", ranked_by("\"lottery\"", ""));
    scene.antagning("run season --out out").is_done().remarks("[no_lottery_seed]");
    scene.antagning("verify out").is_done();
}

/// `verify --season` tells when the season is no longer the one that was run.
#[test]
fn a_season_that_has_changed_is_noticed() {
    let scene = Scene::with_run(MARKET);
    scene.antagning("verify out --season season").is_done();
    scene.write("season/choices.csv", scene.read("season/choices.csv").replace("17.5", "17"));
    let answer = scene.antagning("verify out --season season").is_violated();
    assert!(answer.stdout.contains("choices.csv: the season's file is not the one that was read"));
    scene.antagning("verify out").is_done();
}
