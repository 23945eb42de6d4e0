//! Runs that continue another: seats that are held stay held.

use std::fs;

use antagning::{Change, Code, Error};

use crate::scene::{Scene, choices, grades};

/// bo holds `na` since the final round, where dan was not received; dan holds `ee`, eli waits for
/// it.
fn reserve_round() -> Scene {
    let choices = choices("bo: na\ndan: na ee\neli: ee");
    let rows = [('B', "bo"), ('A', "dan"), ('C', "eli")];
    let grades = grades(&rows.map(|(letter, id)| (id, letter, letter, letter)));
    let scene = Scene::new(&[
        ("programmes.csv", "programme_id,capacity,study_path_code\nee,1,EE\nna,1,NA\n"),
        ("choices.csv", &choices),
        ("grades.csv", &grades),
        ("rules.toml", "round = \"final\"\n[lottery]\nseed = \"x\"\n"),
        (
            "decisions.csv",
            "applicant_id,programme_id,decision,value,reason\ndan,na,not_received,,area\n",
        ),
        (
            "events.csv",
            "date,event,applicant_id,programme_id,value,source\n\
             2025-07-05,answer,bo,,accept,bo\n",
        ),
    ]);
    let season = scene.path("season");
    let events = fs::read_to_string(season.join("events.csv")).unwrap();
    fs::remove_file(season.join("events.csv")).unwrap();
    scene.run("season", "first");
    fs::write(season.join("events.csv"), events).unwrap();
    fs::write(season.join("rules.toml"), "round = \"reserve\"\n[lottery]\nseed = \"x\"\n").unwrap();
    scene.run_after("first", "run");
    scene
}

#[test]
fn a_held_seat_is_not_taken_back_and_the_seat_owed_is_told() {
    let scene = reserve_round();
    let answer = scene.what_if("dan", &[("appeal_won:na", "")]);
    assert_eq!((answer.round.as_str(), answer.change), ("reserve", Change::Same));
    assert!(answer.others.is_empty() && answer.remedy.seat.is_none());
    let after = answer.choices[0].after.as_ref().unwrap();
    assert_eq!((after.status, after.reason), ("reserve", "seats_held"));
    let codes: Vec<Code> = answer.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, [Code::SeatToAdd]);
    let text = answer.to_text(antagning::Language::En);
    assert!(text.contains("seats to add at na: 1, for dan\n"), "{text}");
    // Whoever gives a seat up lets another move up, here as in any round.
    let answer = scene.what_if("dan", &[("withdrawal", "")]);
    assert_eq!(answer.change, Change::Worse);
    assert_eq!((answer.others.len(), answer.others[0].applicant_id.as_str()), (1, "eli"));
    assert!(answer.remedy.seat.is_none());
}

#[test]
fn the_run_before_must_lie_beside() {
    let scene = reserve_round();
    fs::rename(scene.path("first"), scene.path("season").join("elsewhere")).unwrap();
    let refused = scene.try_what_if("dan", &[("withdrawal", "")]);
    assert!(matches!(refused, Err(Error::Chain { .. })));
}

#[test]
fn a_list_that_an_event_has_changed_is_for_events() {
    let scene = reserve_round();
    let season = scene.path("season");
    let events = fs::read_to_string(season.join("events.csv")).unwrap();
    fs::write(season.join("events.csv"), events + "2025-07-06,changed_choices,eli,,ee na,eli\n")
        .unwrap();
    fs::remove_dir_all(scene.path("run")).unwrap();
    scene.run_after("first", "run");
    match scene.try_what_if("eli", &[("choices:na ee", "")]) {
        Err(Error::Rejected(findings)) => {
            let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
            assert_eq!(codes, [Code::ContradictoryDecision]);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(scene.what_if("eli", &[("withdrawal", "na")]).change, Change::Same);
}
