//! Sessions on reserve rounds whose tables show other seats than the season has: more are held
//! than there are, or seats that passed on are held where they passed to.

use std::fs;

use antagning::{Error, PhoneSession};

use crate::scene::{DAY, Scene, json, placements};

const BY_PHONE: &str = "rule_set = \"market\"\nround = \"reserve\"\n[ranking]\nkeys = [\"score\"]\n\
                        [reserve]\nphone_from = \"2025-09-01\"\n";

/// P has two seats, for ann and bea before cim; Q has one that dan holds and ann wants more.
const RAISED: [(&str, &str); 2] = [
    ("programmes.csv", "programme_id,capacity\nP,2\nQ,1\n"),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\nann,1,Q,30\nann,2,P,30\nbea,1,P,20\n\
         cim,1,P,10\ndan,1,Q,40\n",
    ),
];

/// The seat of E goes by a test that nobody has taken at first, so that ann holds it by score.
const PASSED_ON: [(&str, &str); 4] = [
    ("programmes.csv", "programme_id,capacity\nE,1\nF,1\n"),
    (
        "quota_groups.csv",
        "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,test_maximum\n\
         E,prov,1,1,test,test,betyg,50\nE,betyg,2,0,,,,\n",
    ),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\nann,1,E,30\nbea,1,E,20\ncim,1,F,10\n",
    ),
    ("test_scores.csv", "applicant_id,programme_id,points,passed\ncim,E,40,\n"),
];

/// A scene whose reserve run is `one`, made after `changes` to files of the season.
fn after(season: &[(&str, &str)], changes: &[(&str, &str)]) -> Scene {
    let scene = Scene::new(season);
    for (name, text) in [("rules.toml", BY_PHONE)].iter().chain(changes) {
        fs::write(scene.path("season").join(name), text).expect("a file");
    }
    scene.run_after("run", "one", "2025-08-20");
    scene
}

fn does(session: &mut PhoneSession, command: &str) -> serde_json::Value {
    let answer = json(&session.answer(command));
    assert_eq!(answer["ok"], true, "{command}: {answer}");
    answer
}

/// The next run places everybody as the session did, and proposes nothing.
fn goes_on(scene: &Scene, session: PhoneSession) {
    let placed = placements(&session);
    drop(session);
    scene.run_after("one", "two", DAY);
    assert_eq!(scene.placements("two"), placed);
}

#[test]
fn a_seat_that_was_raised_for_a_holder_is_nobodys_when_the_holder_leaves() {
    let scene = after(&RAISED, &[("programmes.csv", "programme_id,capacity\nP,1\nQ,1\n")]);
    let shown = scene.table("one/programmes.csv", &["programme_id", "seats"]);
    assert_eq!(shown[0], ["P", "2"]);
    let mut session = scene.open("one", DAY).expect("a session");
    // One more is one that is held already.
    assert_eq!(does(&mut session, "next P")["calls"], serde_json::json!([]));
    let answer = does(&mut session, "no-show bea");
    assert!(answer["follows"].is_null(), "{answer}");
    assert_eq!(does(&mut session, "free")["free"], serde_json::json!([]));
    assert!(!session.answer("accept cim P").ok);
    goes_on(&scene, session);
}

#[test]
fn the_seat_beyond_those_that_were_raised_is_offered() {
    let scene = after(&RAISED, &[("programmes.csv", "programme_id,capacity\nP,1\nQ,1\n")]);
    let mut session = scene.open("one", DAY).expect("a session");
    // What ann would leave is nobody's, so that the chain ends with her.
    let answer = does(&mut session, "no-show dan");
    assert_eq!(answer["follows"]["applicant_id"], "ann");
    assert_eq!(answer["follows"]["chain"].as_array().map(Vec::len), Some(1), "{answer}");
    let answer = does(&mut session, "accept ann Q");
    assert!(answer["follows"].is_null(), "{answer}");
    assert_eq!(does(&mut session, "no-show bea")["follows"]["applicant_id"], "cim");
    does(&mut session, "accept cim P");
    goes_on(&scene, session);
}

#[test]
fn a_seat_that_passed_on_goes_back_to_its_group_when_its_holder_leaves() {
    let events = "date,event,applicant_id,programme_id,value,source,reason\n\
                  2025-08-19,changed_choices,cim,,E=10 F,letter,\n";
    let scene = after(&PASSED_ON, &[("events.csv", events)]);
    let mut session = scene.open("one", DAY).expect("a session");
    let answer = does(&mut session, "no-show ann");
    let call = &answer["follows"];
    assert_eq!((&call["applicant_id"], &call["quota_group"]), (&"cim".into(), &"prov".into()));
    does(&mut session, "accept cim E");
    goes_on(&scene, session);
}

#[test]
fn a_manifest_whose_own_seats_cannot_be_is_noticed() {
    let scene = after(&RAISED, &[("programmes.csv", "programme_id,capacity\nP,1\nQ,1\n")]);
    let path = scene.path("one/manifest.json");
    let text = fs::read_to_string(&path).expect("a manifest");
    let mut manifest: serde_json::Value = serde_json::from_str(&text).expect("a document");
    let expected = serde_json::json!([{ "programme_id": "P", "seats": 1 }]);
    assert_eq!(manifest["own_seats"], expected);
    for own in [
        serde_json::json!([{ "programme_id": "X", "seats": 1 }]),
        serde_json::json!([{ "programme_id": "P", "quota_group": "g", "seats": 1 }]),
        serde_json::json!([{ "programme_id": "P", "seats": 3 }]),
        serde_json::json!([{ "programme_id": "P", "seats": 1 }, { "programme_id": "P", "seats": 1 }]),
    ] {
        manifest["own_seats"] = own.clone();
        fs::write(&path, serde_json::to_string_pretty(&manifest).expect("text")).expect("a file");
        let proof = scene.run("one").verify();
        let told = proof.violations().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(told.iter().any(|told| told.contains("own_seats")), "{own}: {told:?}");
    }
}

#[test]
fn a_run_that_is_continued_is_read_and_opened_no_more() {
    let scene = after(&RAISED, &[]);
    let refused = scene.open("run", DAY).map(|_| "a session");
    match refused {
        Err(Error::Chain { reason, .. }) => assert!(reason.contains("one"), "{reason}"),
        other => panic!("{other:?}"),
    }
    assert!(!scene.path("run.journal").exists());
    assert!(PhoneSession::events(&scene.run("run"), None).is_ok());
    assert!(scene.open("one", DAY).is_ok());
}
