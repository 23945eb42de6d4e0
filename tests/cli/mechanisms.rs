//! `antagning mechanisms`

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
    let text = scene.antagning("mechanisms season --lang sv").succeeds().stdout;
    assert!(text.contains("omedelbar antagning") && text.contains("medelrang"), "{text}");
}
