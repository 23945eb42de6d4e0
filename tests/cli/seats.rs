//! `antagning seats`: each value against whole new runs with that seat.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::scene::Scene;

/// A dense market of few seats, where the chains of a seat come round: no two scores at a
/// programme are the same.
fn dense_market() -> Scene {
    let (applicants, programmes) = (60, 8);
    let mut state = 11_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let seats: String = (0..programmes).map(|p| format!("P{p},{}\n", 3 + draw(5))).collect();
    let mut choices = String::from("applicant_id,choice_rank,programme_id,score\n");
    for applicant in 0..applicants {
        let mut open: Vec<u64> = (0..programmes).collect();
        for rank in 1..=programmes {
            let programme = open.remove(draw(open.len() as u64) as usize);
            let score = draw(900) * 100 + applicant;
            choices += &format!("A{applicant},{rank},P{programme},{score}\n");
        }
    }
    let programmes = format!("programme_id,capacity\n{seats}");
    Scene::with_season(&[("programmes.csv", &programmes), ("choices.csv", &choices)])
}

/// The choice rank at which everybody is placed in a run; one after the last when unplaced.
fn ranks(scene: &Scene, run: &str) -> BTreeMap<String, u64> {
    let outcomes = scene.table(&format!("{run}/outcomes.csv"));
    let mut ranks: BTreeMap<String, u64> = BTreeMap::new();
    let rows = outcomes.cells("applicant_id").zip(outcomes.cells("choice_rank"));
    for ((id, rank), status) in rows.zip(outcomes.cells("status")) {
        let rank: u64 = rank.parse().unwrap();
        let held = ranks.entry(id.to_owned()).or_default();
        // Rows stand by choice rank: an admitted one is the last that counts.
        if *held == 0 || status == "admitted" || *held == rank {
            *held = if status == "admitted" { rank } else { rank + 1 };
        }
    }
    ranks
}

#[test]
fn every_value_is_that_of_a_whole_new_run() {
    let scene = dense_market();
    scene.antagning("run season --out base").succeeds();
    let base = ranks(&scene, "base");
    let values: Value = scene.antagning("seats season --format json").succeeds().json();
    let programmes = scene.read("season/programmes.csv");
    let mut differed = 0;
    for (i, offer) in values["offers"].as_array().unwrap().iter().enumerate() {
        let id = offer["programme_id"].as_str().unwrap();
        for (change, key) in [(1_i64, "more"), (-1, "fewer")] {
            let seats = offer["seats"].as_i64().unwrap() + change;
            if seats < 0 {
                assert!(offer[key].is_null(), "{id}: {key}");
                continue;
            }
            let changed: Vec<String> = programmes
                .lines()
                .map(|line| match line.split_once(',') {
                    Some((first, rest)) if first == id => {
                        let rest =
                            rest.split_once(',').map_or(String::new(), |(_, r)| format!(",{r}"));
                        format!("{id},{seats}{rest}")
                    }
                    _ => line.to_owned(),
                })
                .collect();
            scene.write("season/programmes.csv", &(changed.join("\n") + "\n"));
            let run = format!("run-{i}-{key}");
            scene.antagning(&format!("run season --out {run}")).succeeds();
            let now = ranks(&scene, &run);
            let moved = base.iter().filter(|(id, rank)| now[*id] != **rank).count();
            let sum = |ranks: &BTreeMap<String, u64>| ranks.values().sum::<u64>();
            assert_eq!(offer[key]["moved"].as_u64().unwrap(), moved as u64, "{id}: {key}");
            assert_eq!(
                offer[key]["ranks"].as_u64().unwrap(),
                sum(&base).abs_diff(sum(&now)),
                "{id}: {key}"
            );
            differed += moved;
        }
    }
    scene.write("season/programmes.csv", &programmes);
    assert!(differed > 20, "a market where seats matter");
}

#[test]
fn the_network_is_written_once() {
    let scene = dense_market();
    let command = "seats season --level offer --dot flows.dot --graphml flows.xml";
    scene.antagning(command).succeeds();
    let (dot, graphml) = (scene.read("flows.dot"), scene.read("flows.xml"));
    assert!(dot.starts_with("digraph {") && dot.contains("unplaced"));
    assert!(graphml.contains("<graphml") && graphml.contains("key=\"fewer\""));
    scene.antagning(command).rejects();
    assert_eq!(scene.read("flows.dot"), dot);
}
