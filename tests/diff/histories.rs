//! Three rounds in one table, with places.

use std::fs;

use antagning::{Diff, Language};

use crate::scene::{EVENTS, Scene, written};

#[test]
fn preliminary_final_and_reserve_stand_side_by_side() {
    let scene = Scene::market(
        "A=1 B=1",
        "ann: A=9
         bea: A=8 B=8",
    );
    scene.write(
        "programmes.csv",
        "programme_id,capacity,name,school,municipality_code\nA,1,Art,Norra,1280\nB,1,Bygg,Södra,1281\n",
    );
    scene.write("applicants.csv", "applicant_id,home_municipality\nann,1280\nbea,1280\n");
    scene.round("preliminary");
    let first = scene.run(None, "one");
    scene.round("final");
    let second = scene.run(Some(&first), "two");
    scene.round("reserve");
    scene.write("events.csv", &format!("{EVENTS}2025-07-10,withdrawal,ann,,,x\n"));
    let third = scene.run(Some(&second), "three");
    let season = scene.path("season");
    let runs = [first, second, third];
    let diff = Diff::new(&runs, Some(&season)).expect("runs");
    let labels: Vec<_> = diff.runs.iter().map(|run| &*run.label).collect();
    assert_eq!(labels, ["preliminary_1", "final_2", "reserve_3"]);
    assert_eq!(diff.transitions.len(), 2);
    assert!(diff.transitions[0].moves.is_empty());
    let files = written(&diff, &scene.path("out"));
    let text = |name: &str| {
        let file = files.iter().find(|file| file.0 == name).unwrap_or_else(|| panic!("{name}"));
        String::from_utf8(file.1.clone()).expect("UTF-8")
    };
    let offers = text("offers.csv");
    let header: Vec<&str> = offers.lines().next().unwrap().split(',').collect();
    let cell = |line: usize, column: &str| {
        let at =
            header.iter().position(|name| *name == column).unwrap_or_else(|| panic!("{column}"));
        offers.lines().nth(line).unwrap().split(',').nth(at).unwrap().to_owned()
    };
    assert_eq!(cell(1, "school"), "Norra");
    assert_eq!(cell(1, "municipality_code"), "1280");
    let cutoffs = ["preliminary_1_cutoff", "final_2_cutoff"].map(|name| cell(1, name));
    assert_eq!(cutoffs, ["9", "9"]);
    assert_eq!(cell(1, "reserve_3_mean_change"), "-1");
    assert_eq!(cell(2, "reserve_3_admitted_change"), "-1");
    assert_eq!(cell(2, "reserve_3_departures"), "1");
    let expected = "municipality,\
        preliminary_1_seats,preliminary_1_admitted,preliminary_1_vacant,preliminary_1_home_pupils_placed,\
        final_2_seats,final_2_admitted,final_2_vacant,final_2_home_pupils_placed,final_2_arrivals,final_2_departures,\
        reserve_3_seats,reserve_3_admitted,reserve_3_vacant,reserve_3_home_pupils_placed,reserve_3_arrivals,reserve_3_departures\n\
        1280,1,1,0,2,1,1,0,2,0,0,1,1,0,1,1,1\n\
        1281,1,1,0,0,1,1,0,0,0,0,1,0,1,0,0,1\n";
    assert_eq!(text("municipalities.csv"), expected);
    assert!(text("diff.json").contains(Diff::NOTICE));
    assert!(text("NOT-FOR-PUBLICATION.txt").contains("inte för publicering"));
    let english = diff.to_text(Language::En);
    for part in ["final_2 → reserve_3", "withdrawal", Diff::NOTICE, "Art, Norra"] {
        assert!(english.contains(part), "{part} in:\n{english}");
    }
    assert!(diff.to_text(Language::Sv).contains("återtagen ansökan"));
    // Written whole or not at all, and never over something else.
    let before = fs::read(scene.path("out").join("moves.csv")).unwrap();
    assert!(diff.write(scene.path("out")).is_err());
    assert_eq!(fs::read(scene.path("out").join("moves.csv")).unwrap(), before);
}
