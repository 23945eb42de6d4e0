//! `antagning mechanisms`

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::scene::Scene;

/// Anna is turned away at P; when asked in rounds, Q is full by then.
const SEASON: &[(&str, &str)] = &[
    ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\n"),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\n\
         anna,1,P,100\nanna,2,Q,200\nbo,1,P,150\nbo,2,Q,300\ncecilia,1,Q,50\n",
    ),
];

fn row<'a>(answer: &'a Value, mechanism: &str) -> &'a Value {
    let rows = answer["mechanisms"].as_array().unwrap();
    rows.iter().find(|row| row["mechanism"] == mechanism).unwrap()
}

/// Anna withdraws from P, so the choice of Q is the first of hers that takes part.
#[test]
fn the_answer_says_which_choices_its_ranks_count() {
    let scene = Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\n"),
        (
            "choices.csv",
            "applicant_id,choice_rank,programme_id,score\n\
             anna,1,P,100\nanna,2,Q,200\nbo,1,P,150\n",
        ),
        (
            "decisions.csv",
            "applicant_id,programme_id,decision,value,reason\nanna,P,withdrawal,,ångrade sig\n",
        ),
    ]);
    let answer = scene.antagning("mechanisms season --format json").succeeds().json();
    let first = row(&answer, "deferred_acceptance");
    assert_eq!((&first["first_choices"], &first["ranks_of_placed"]), (&2.into(), &2.into()));
    scene.antagning("run season --out run").succeeds();
    let by_rank = &scene.manifest("run")["counts"]["placed_by_choice_rank"];
    assert_eq!(*by_rank, serde_json::json!([1, 1]));
    for (language, note) in [
        ("sv", ["2 sökande har val som deltar", "bland alla angivna val"]),
        ("en", ["2 applicants have choices that take part", "among all stated choices"]),
    ] {
        let text = scene.antagning(&format!("mechanisms season --lang {language}"));
        let text = text.succeeds().stdout;
        assert!(note.iter().all(|part| text.contains(part)), "{text}");
    }
}

#[test]
fn honesty_costs_where_first_choices_go_first() {
    let scene = Scene::with_season(SEASON);
    let answer = scene.antagning("mechanisms season --format json").succeeds().json();
    assert_eq!((&answer["applicants"], &answer["offers_simplified"]), (&3.into(), &0.into()));
    let figures = |mechanism: &str| {
        let row = row(&answer, mechanism);
        let keys = [
            "placed",
            "first_choices",
            "ranks_of_placed",
            "with_a_claim",
            "gain_by_misreporting",
            "placed_otherwise",
        ];
        keys.map(|key| row[key].as_u64().unwrap())
    };
    // Bo gets P and anna Q.
    assert_eq!(figures("deferred_acceptance"), [2, 1, 3, 0, 0, 0]);
    assert_eq!(figures("programme_proposing"), [2, 1, 3, 0, 0, 0]);
    // Bo gets P and cecilia Q; anna goes before her there, and would have had it for the asking.
    assert_eq!(figures("immediate_acceptance"), [2, 2, 2, 1, 1, 2]);
    // Bo's best score is the highest, then anna's.
    assert_eq!(figures("serial_dictatorship"), [2, 1, 3, 0, 0, 0]);
    assert_eq!(figures("top_trading_cycles"), [2, 1, 3, 0, 0, 0]);
    let share = |mechanism| row(&answer, mechanism)["share_gaining"].as_f64().unwrap();
    assert_eq!(share("immediate_acceptance"), 1.0 / 3.0);
    assert_eq!(share("programme_proposing"), 0.0);
    let text = scene.antagning("mechanisms season --lang sv").succeeds().stdout;
    assert!(text.contains("omedelbar antagning") && text.contains("medelrang"), "{text}");
    assert!(text.contains("  1 (33,3 %)  ") && text.contains("  0 (0 %)  "), "{text}");
}

/// Where one applicant of second hand asks for a grouped offer, all of first hand still take part.
#[test]
fn second_hand_at_a_grouped_offer_stands_behind_first_hand() {
    let scene = Scene::new();
    scene.copy("data/skane-2025", "season");
    let placed = || {
        let answer = scene.antagning("mechanisms season --format json").succeeds().json();
        row(&answer, "deferred_acceptance")["placed"].as_u64().unwrap()
    };
    let grouped = scene.read("season/quota_groups.csv");
    let decisions = scene.read("season/decisions.csv");
    let second_hand = |row: &&str| row.contains(",second_hand,");
    let first_hand: Vec<&str> = decisions.lines().filter(|row| !second_hand(row)).collect();
    let first_hand = first_hand.join("\n") + "\n";
    scene.write("season/decisions.csv", &first_hand);
    let without = placed();
    let grouped: BTreeSet<&str> = grouped.lines().filter_map(|row| row.split(',').next()).collect();
    let rows: BTreeMap<&str, &str> = decisions
        .lines()
        .filter(second_hand)
        .filter_map(|row| Some((*grouped.get(row.split(',').nth(1)?)?, row)))
        .collect();
    assert!(rows.len() > 5, "one of second hand at each of some grouped offers");
    let one_each: Vec<&str> = rows.values().copied().collect();
    scene.write("season/decisions.csv", first_hand + &one_each.join("\n") + "\n");
    let with = placed();
    // Each of them can be one more or one less who is placed.
    let most = rows.len() as u64;
    assert!(with.abs_diff(without) <= most, "{with} with {most} of second hand, {without} without");
}
