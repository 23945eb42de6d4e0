//! Runs that continue another: seats that are held stay held.

use std::fs;

use antagning::what_if::Change;
use antagning::{Code, Error};

use crate::scene::{Scene, choices, grades};

/// bo holds `na` since the final round, where dan was not received; dan holds `ee`, eli waits for
/// it.
fn reserve_round() -> Scene {
    reserve_round_with("2025-07-05,answer,bo,,accept,bo\n", "")
}

/// The same with another answer of bo and further settings.
fn reserve_round_with(answer: &str, settings: &str) -> Scene {
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
    ]);
    let season = scene.path("season");
    scene.run("season", "first");
    let events = format!("date,event,applicant_id,programme_id,value,source\n{answer}");
    fs::write(season.join("events.csv"), events).unwrap();
    let rules = format!("round = \"reserve\"\n{settings}[lottery]\nseed = \"x\"\n");
    fs::write(season.join("rules.toml"), rules).unwrap();
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

/// When moves are offered by phone nobody is placed anew, and what differs is who is offered what.
#[test]
fn by_phone_a_seat_is_an_offer() {
    let by_phone = "[reserve]\nphone_from = \"2025-08-01\"\n";
    let scene = reserve_round_with("2025-08-05,answer,bo,,decline,bo\n", by_phone);
    let held = scene.placements("run")["dan"].clone().unwrap();
    assert_eq!(held.0, "ee");
    let answer = scene.what_if("dan", &[("first_hand", "na")]);
    assert_eq!((answer.moves.as_str(), answer.change), ("by_phone", Change::Better));
    let seat =
        |seat: &Option<antagning::what_if::Seat>| seat.as_ref().map(|s| s.programme_id.clone());
    assert_eq!((seat(&answer.before), seat(&answer.after)), (Some("ee".into()), Some("na".into())));
    let [eli] = &answer.others[..] else { panic!("{:?}", answer.others) };
    assert_eq!((eli.applicant_id.as_str(), seat(&eli.to)), ("eli", Some("ee".into())));
    assert_eq!(answer.remedy.seat, None);
    let text = answer.to_text(antagning::Language::Sv);
    assert!(text.contains("utan att bli uppringd: en plats är ett erbjudande.\n"), "{text}");
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
