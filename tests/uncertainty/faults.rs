//! What a study cannot be asked for.

use std::fs;

use antagning::{Shard, TableFormat, UncertaintyRequest, Variation};
use tempfile::TempDir;

use crate::model::{Model, Scene};
use crate::study::{ALL, faults, request};

fn refused(scene: &Scene, draws: u32, variation: Variation) -> String {
    let (season, out) = (scene.season(), TempDir::new().unwrap());
    let request = request(&season, &[], draws, variation);
    let folder = out.path().join("out");
    let refused = request.run(&folder, TableFormat::Csv, |_| ()).expect_err("a fault");
    assert!(fs::read_dir(out.path()).unwrap().next().is_none(), "something is written");
    faults(refused)
}

#[test]
fn figures_out_of_range_are_refused_all_at_once() {
    let scene = Scene::new(&Model::random(40, 5, 1));
    let faults = refused(&scene, 0, Variation { tastes: 101, no_shows: 200, ..ALL });
    for told in ["draws \"0\"", "tastes \"101\"", "no-shows \"200\""] {
        assert!(faults.contains(told), "{told} in {faults}");
    }
    assert_eq!(faults.matches("[faulty_request]").count(), 3);
    let nothing = Variation { seed: 1, lottery: false, cohort: false, tastes: 0, no_shows: 0 };
    assert!(refused(&scene, 9, nothing).contains("every draw would be the same"));
}

#[test]
fn seasons_that_cannot_be_varied_are_refused() {
    let mut model = Model::random(40, 5, 1);
    model.rules = Model::RULES.replace("\"score\", ", "\"score\", \"choice_rank\", ");
    let scene = Scene::new(&model);
    assert!(refused(&scene, 9, ALL).contains("choice_rank"));
    // Only other orders are.
    let (season, out) = (scene.season(), TempDir::new().unwrap());
    let still = Variation { tastes: 0, ..ALL };
    request(&season, &[], 2, still).run(out.path().join("out"), TableFormat::Csv, |_| ()).unwrap();

    for (at, list) in model.lists.values_mut().enumerate() {
        list.iter_mut().for_each(|(_, score)| *score = *score * 100 + at as u64);
    }
    model.rules = "rule_set = \"market\"\n\n[ranking]\nkeys = [\"score\"]\n".to_owned();
    let scene = Scene::new(&model);
    let faults = refused(&scene, 9, ALL);
    assert!(faults.contains("rules.toml") && faults.contains("[faulty_request]"), "{faults}");

    model.rules.push_str("at_cutoff = \"admit_all\"\n");
    let faults = refused(&Scene::new(&model), 9, ALL);
    assert!(faults.contains("ranking.at_cutoff") && faults.lines().count() == 2, "{faults}");
}

#[test]
fn scenarios_that_cannot_be_varied_are_named_all_of_them() {
    let scene = Scene::new(&Model::random(40, 5, 1));
    let (season, out) = (scene.season(), TempDir::new().unwrap());
    let file = out.path().join("chains.toml");
    let scenario = |name: &str, keys: &str| {
        format!("[[scenario]]\nname = \"{name}\"\n[scenario.ranking]\nkeys = [{keys}]\n")
    };
    let first = scenario("rank first", "\"choice_rank\", \"score\", \"lottery\"");
    let last = scenario("rank last", "\"score\", \"choice_rank\", \"lottery\"");
    fs::write(&file, first + &last).unwrap();
    let files = [file];
    let made =
        request(&season, &files, 2, ALL).run(out.path().join("out"), TableFormat::Csv, |_| ());
    let faults = faults(made.expect_err("a fault"));
    for told in ["chains.toml:1", "\"rank first\"", "chains.toml:5", "\"rank last\""] {
        assert!(faults.contains(told), "{told} in {faults}");
    }
    assert!(!out.path().join("out").exists());
}

#[test]
fn requests_scenarios_and_seasons_are_told_of_all_at_once() {
    let scene = Scene::new(&Model::random(40, 5, 1));
    let text = "[[seats]]\nprogramme = \"P9\"\nset = -1\n";
    let files = [scene.file("fel.toml", text)];
    let told = |wanted: &[&str]| {
        let (season, out) = (scene.season(), TempDir::new().unwrap());
        let request = request(&season, &files, 0, ALL);
        let made = request.run(out.path().join("out"), TableFormat::Csv, |_| ());
        let faults = faults(made.expect_err("a fault"));
        for told in wanted {
            assert!(faults.contains(told), "{told} in {faults}");
        }
    };
    told(&["draws \"0\"", "seats.programme \"P9\"", "seats.set \"-1\""]);
    fs::write(scene.season().join("programmes.csv"), "programme_id,capacity\nP00,x\n").unwrap();
    told(&["draws \"0\"", "programmes.csv:2", "seats.set \"-1\""]);
}

#[test]
fn seasons_with_events_are_refused() {
    let scene = Scene::new(&Model::random(40, 5, 1));
    let events = "date,applicant_id,event,programme_id,value\n2025-07-01,A0001,withdrawal,,\n";
    fs::write(scene.season().join("events.csv"), events).unwrap();
    assert!(refused(&scene, 9, ALL).contains("events.csv"));
}

#[test]
fn parts_that_there_are_not_are_refused() {
    let scene = Scene::new(&Model::random(40, 5, 1));
    let (season, out) = (scene.season(), TempDir::new().unwrap());
    let request: UncertaintyRequest<'_> = request(&season, &[], 4, ALL);
    for (number, of) in [(0, 3), (4, 3), (1, 0), (1, 5)] {
        let refused = request.run_shard(Shard { number, of }, out.path().join("out"), |_| ());
        let faults = faults(refused.expect_err("a fault"));
        assert!(faults.contains(&format!("shard \"{number}/{of}\"")), "{faults}");
    }
    // Together with what the whole cannot be asked for.
    let refused = UncertaintyRequest { draws: 0, ..request }.run_shard(
        Shard { number: 4, of: 3 },
        out.path().join("out"),
        |_| (),
    );
    let faults = faults(refused.expect_err("a fault"));
    assert!(faults.contains("draws \"0\"") && faults.contains("shard \"4/3\""), "{faults}");
    assert_eq!(faults.lines().count(), 2, "{faults}");
}

/// Faults of scenarios come with file and line, and nothing is drawn.
#[test]
fn scenarios_with_faults_are_refused() {
    let scene = Scene::new(&Model::random(40, 5, 1));
    let file = scene.file("bad.toml", "[[seats]]\nprogramme = \"P99\"\nadd = 1\n");
    let (season, out) = (scene.season(), TempDir::new().unwrap());
    let files = [file];
    let request = request(&season, &files, 4, ALL);
    let refused = request.run(out.path().join("out"), TableFormat::Csv, |_| panic!("a draw"));
    let faults = faults(refused.expect_err("a fault"));
    assert!(faults.contains("bad.toml:2") && faults.contains("unknown_programme"), "{faults}");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn tables_that_are_not_built_in_are_refused() {
    let scene = Scene::new(&Model::random(40, 5, 1));
    let (season, out) = (scene.season(), TempDir::new().unwrap());
    let refused =
        request(&season, &[], 4, ALL).run(out.path().join("out"), TableFormat::Parquet, |_| ());
    let faults = faults(refused.expect_err("a fault"));
    assert!(faults.contains("tables \"parquet\""), "{faults}");
}
