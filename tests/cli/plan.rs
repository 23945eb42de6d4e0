//! `antagning plan`: what a plan says against whole new runs, and the limits it keeps.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::scene::Scene;

/// More applicants than seats at a dozen offers of three schools and two municipalities.
pub(crate) fn scene() -> Scene {
    let mut state = 7_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut programmes =
        String::from("programme_id,capacity,school,municipality_code,study_path_code\n");
    for programme in 0..12 {
        let path = ["NA", "EE", "ESEST"][programme % 3];
        let (school, municipality) = (programme % 3, 1280 + programme % 2);
        let seats = 3 + draw(6);
        programmes += &format!("P{programme:02},{seats},S{school},{municipality},{path}\n");
    }
    let mut choices = String::from("applicant_id,choice_rank,programme_id,score\n");
    for applicant in 0..140 {
        let mut open: Vec<u64> = (0..12).collect();
        for rank in 1..=(2 + draw(3)) {
            // Low numbers are wanted most.
            let at = draw(open.len() as u64).min(draw(open.len() as u64));
            let programme = open.remove(at as usize);
            let score = draw(900) * 1_000 + applicant;
            choices += &format!("A{applicant},{rank},P{programme:02},{score}\n");
        }
    }
    Scene::with_season(&[("programmes.csv", &programmes), ("choices.csv", &choices)])
}

/// Placed, first choices and the sum of choice ranks of a run.
fn figures(scene: &Scene, run: &str) -> [u64; 3] {
    let outcomes = scene.table(&format!("{run}/outcomes.csv"));
    let mut lists: BTreeMap<String, (u64, Option<u64>)> = BTreeMap::new();
    let rows = outcomes.cells("applicant_id").zip(outcomes.cells("choice_rank"));
    for ((id, rank), status) in rows.zip(outcomes.cells("status")) {
        let list = lists.entry(id.to_owned()).or_default();
        list.0 += 1;
        if status == "admitted" {
            list.1 = Some(rank.parse().unwrap());
        }
    }
    let placed = || lists.values().filter_map(|(_, rank)| *rank);
    let ranks = lists.values().map(|(length, rank)| rank.unwrap_or(length + 1));
    [placed().count() as u64, placed().filter(|rank| *rank == 1).count() as u64, ranks.sum()]
}

/// The season with the plan's seats, run.
fn run_with(scene: &Scene, plan: &Value, run: &str) -> [u64; 3] {
    let before = scene.read("season/programmes.csv");
    let mut changed = String::new();
    for line in before.lines() {
        let (id, rest) = line.split_once(',').unwrap();
        let (seats, rest) = rest.split_once(',').unwrap();
        let of_plan = plan["programmes"].as_array().unwrap();
        let seats = match of_plan.iter().find(|offer| offer["programme_id"] == id) {
            Some(offer) => {
                assert_eq!(offer["seats_before"].to_string(), seats);
                let after = offer["seats_after"].as_i64().unwrap();
                assert_eq!(after - offer["added"].as_i64().unwrap(), seats.parse::<i64>().unwrap());
                after.to_string()
            }
            None => seats.to_owned(),
        };
        changed += &format!("{id},{seats},{rest}\n");
    }
    scene.write("season/programmes.csv", &changed);
    scene.antagning(&format!("run season --out {run}")).succeeds();
    scene.write("season/programmes.csv", &before);
    figures(scene, run)
}

#[test]
fn what_a_plan_promises_is_what_a_run_with_its_seats_gives() {
    let scene = scene();
    scene.antagning("run season --out base").succeeds();
    let base = figures(&scene, "base");
    for (number, (objective, at)) in
        [("placed", 0), ("first", 1), ("ranks", 2)].into_iter().enumerate()
    {
        for seats in [12, -9] {
            let command = format!(
                "plan season --seats={seats} --objective {objective} --rounds 3000 --format json"
            );
            let plan = scene.antagning(&command).succeeds().json();
            let (run, value) = (format!("run-{number}{seats}"), |key: &str| plan[key].as_u64());
            let after = run_with(&scene, &plan, &run);
            assert_eq!(value("before"), Some(base[at]), "{command}");
            assert_eq!(value("after"), Some(after[at]), "{command}");
            assert_eq!(plan["seats_changed"], seats, "{command}");
            let told = &plan["figures"]["after"];
            let told = [&told["placed"], &told["first_choices"], &told["ranks"]];
            assert_eq!(told.map(|figure| figure.as_u64().unwrap()), after, "{command}");
            // Never worse than greedy, never better than the bound.
            let sign = if objective == "ranks" { -1 } else { 1 };
            let of = |key: &str| sign * plan[key].as_i64().unwrap();
            assert!(of("greedy") <= of("after") && of("after") <= of("bound"), "{command}");
            let gains = plan["steps"].as_array().unwrap().iter();
            let gained: i64 = gains.map(|step| step["gain"].as_i64().unwrap()).sum();
            assert_eq!(of("before") + gained, of("after"), "the steps tell the whole");
        }
    }
}

#[test]
fn the_same_rounds_and_seed_give_the_same_bytes() {
    let scene = scene();
    let command = "plan season --seats 10 --rounds 500 --seed 4 --format json";
    let first = scene.antagning(command).succeeds().stdout;
    assert_eq!(scene.antagning(&format!("{command} --threads 1")).succeeds().stdout, first);
    let text = scene.antagning("plan season --seats 10 --rounds 50 --lang sv").succeeds().stdout;
    assert!(text.contains("summa av rangnummer") && text.contains("Arbetsmaterial"), "{text}");
    // Each offer tells the chain of its first seat.
    let head = text.lines().position(|line| line.ends_with("kedjan efter den första platsen"));
    let first = text.lines().nth(head.expect("a table") + 1).unwrap();
    let offer = first.split([',', ' ']).next().unwrap();
    assert!(first.contains(&format!("  {offer}")) && !text.contains("\n0 till"), "{text}");
}

fn added(plan: &Value) -> BTreeMap<String, i64> {
    let offers = plan["programmes"].as_array().unwrap().iter();
    offers
        .map(|offer| {
            let id = offer["programme_id"].as_str().unwrap().to_owned();
            (id, offer["added"].as_i64().unwrap())
        })
        .collect()
}

#[test]
fn limits_are_kept() {
    let scene = scene();
    let seats: BTreeMap<String, i64> = {
        let table = scene.table("season/programmes.csv");
        let rows = table.cells("programme_id").zip(table.cells("capacity"));
        rows.map(|(id, seats)| (id.to_owned(), seats.parse().unwrap())).collect()
    };
    let of_school: i64 = seats.iter().step_by(3).map(|(_, seats)| seats).sum();
    let limits = format!(
        "programme_id;school;study_path_code;minimum;maximum;step;cost\n\
         P05;;;{};;;\n;S0;;;{};;\n;;EE;;;2;5\nP00;;;;{};;\n;;;;;;3\n",
        seats["P05"] + 2,
        of_school + 4,
        seats["P00"] + 1
    );
    scene.write("limits.csv", &limits);
    let command = "plan season --seats 30 --rounds 2000 --limits limits.csv --budget 60 \
                   --format json";
    let plan = scene.antagning(command).succeeds().json();
    let added = added(&plan);
    let of = |id: &str| added.get(id).copied().unwrap_or(0);
    assert!(of("P05") >= 2 && of("P00") <= 1, "{added:?}");
    let at_school: i64 = ["P00", "P03", "P06", "P09"].map(of).iter().sum();
    assert!(at_school <= 4, "{added:?}");
    let classes = ["P01", "P04", "P07", "P10"].map(of);
    assert!(classes.iter().all(|added| added % 2 == 0), "{added:?}");
    let cost = 5 * classes.iter().sum::<i64>()
        + 3 * (added.values().sum::<i64>() - classes.iter().sum::<i64>());
    assert_eq!(plan["cost"], cost);
    assert!(cost <= 60 && cost > 50, "{cost}");
    // Without the limits the plan is another one.
    let free = scene.antagning("plan season --seats 30 --rounds 2000 --format json").succeeds();
    assert_ne!(super::plan::added(&free.json()), added);
}

#[test]
fn the_labour_market_weighs_in() {
    let scene = scene();
    scene.write("weights.csv", "study_path_code,weight\nEE,1\nES,2\nESEST,7\nVO,9\n");
    let command = "plan season --seats 6 --rounds 1000 --objective labour --weights weights.csv \
                   --format json";
    let plan = scene.antagning(command).succeeds().json();
    let placed = run_with(&scene, &plan, "labour");
    let placements = scene.table("labour/placements.csv");
    let weight = |id: &str| match id {
        "" => 0,
        id => [0, 1, 7][id[1..].parse::<usize>().unwrap() % 3],
    };
    let labour: u64 = placements.cells("programme_id").map(weight).sum();
    assert_eq!(plan["after"].as_u64(), Some(labour));
    assert_eq!(plan["figures"]["after"]["placed"].as_u64(), Some(placed[0]));
    assert!(plan["bound"].is_null() && plan["after"].as_i64() > plan["before"].as_i64());
    let mix =
        "plan season --seats 6 --rounds 200 --objective placed=10,first=3,ranks=2 --format json";
    let plan = scene.antagning(mix).succeeds().json();
    let told = &plan["figures"]["after"];
    let figure = |key: &str| told[key].as_i64().unwrap();
    let value = 10 * figure("placed") + 3 * figure("first_choices") - 2 * figure("ranks");
    assert_eq!(plan["after"].as_i64(), Some(value));
}

#[test]
fn faults_of_limits_and_weights_name_their_place() {
    let scene = scene();
    scene.write(
        "limits.csv",
        "programme_id,quota_group,school,municipality_code,minimum,maximum,step\n\
         P99,,,,,,\nP01,betyg,,,,,\n,betyg,,,,,\nP01,,S1,,,,\n,,S9,,,,\nP02,,,,9,8,\nP03,,,,,,0\n\
         P04,,,,,-3,\nP05,,,,,9,\nP05,,,,,10,\n,,,1280,4000,,\n",
    );
    scene.write("weights.csv", "study_path_code,weight\nNA,x\nEE,1\nEE,2\n");
    let command = "plan season --seats 3 --limits limits.csv --weights weights.csv --format json";
    let errors = scene.antagning(command).rejects().json();
    let found = errors["diagnostics"].as_array().unwrap();
    let places: Vec<(&str, u64, &str)> = found
        .iter()
        .map(|fault| {
            let text = |key: &str| fault[key].as_str().unwrap_or("");
            assert!(!text("hint").is_empty());
            (text("file"), fault["line"].as_u64().unwrap_or(0), text("column"))
        })
        .collect();
    let expected = [
        ("limits.csv", 2, "programme_id"),
        ("limits.csv", 3, "quota_group"),
        ("limits.csv", 4, "quota_group"),
        ("limits.csv", 5, "school"),
        ("limits.csv", 6, "school"),
        ("limits.csv", 7, "minimum"),
        ("limits.csv", 8, "step"),
        ("limits.csv", 9, "maximum"),
        ("limits.csv", 11, "programme_id"),
        ("limits.csv", 12, "minimum"),
        ("weights.csv", 2, "weight"),
        ("weights.csv", 4, "study_path_code"),
    ];
    for place in expected {
        assert!(places.contains(&place), "{place:?} not in {places:?}");
    }
    assert_eq!(places.len(), expected.len(), "{places:?}");
    scene.antagning("plan season --seats 3 --limits nowhere.csv").rejects().remarks("nowhere.csv");
    scene.antagning("plan season --seats 3 --objective seats").rejects().remarks("objective");
}

/// What limits demand is brought about or reported, never passed over.
#[test]
fn demands_that_cannot_be_met_are_faults() {
    let scene = scene();
    let seats: i64 =
        scene.table("season/programmes.csv").cells("capacity").next().unwrap().parse().unwrap();
    let cases = [
        // Fewer seats in all than demanded.
        ("--seats 1", format!("programme_id,minimum\nP00,{}\n", seats + 3), "minimum"),
        // The budget does not suffice.
        (
            "--seats 5 --budget 2",
            format!("programme_id,minimum,cost\nP00,{},5\n", seats + 1),
            "minimum",
        ),
        // No class of three comes to it.
        (
            "--seats 9",
            format!("programme_id,minimum,maximum,step\nP00,{},{},3\n", seats + 1, seats + 2),
            "minimum",
        ),
        ("--seats 5", format!("programme_id,maximum\nP00,{}\n", seats - 1), "maximum"),
        ("--seats=-2", format!("programme_id,minimum\nP00,{}\n", seats + 1), "minimum"),
        ("--seats=-1", format!("programme_id,maximum\nP00,{}\n", seats - 2), "maximum"),
    ];
    for (arguments, limits, column) in cases {
        scene.write("limits.csv", &limits);
        let command =
            format!("plan season {arguments} --limits limits.csv --rounds 50 --format json");
        let answer = scene.antagning(&command).rejects().json();
        let fault = &answer["diagnostics"][0];
        assert_eq!((&fault["file"], &fault["line"]), (&"limits.csv".into(), &2.into()), "{fault}");
        assert_eq!(fault["column"], column, "{fault}");
    }
    scene.antagning("plan season --seats 2 --objective labour").rejects().remarks("--weights");
}

#[test]
fn a_plan_says_how_much_of_what_was_asked_it_does() {
    let scene = scene();
    let plan =
        scene.antagning("plan season --seats 500 --rounds 7 --format json").succeeds().json();
    assert_eq!(plan["rounds"], 7);
    let changed = plan["seats_changed"].as_i64().unwrap();
    assert!(changed < 500 && plan["greedy_seats"].as_i64() > Some(0));
    let text = scene.antagning("plan season --seats 500 --rounds 7").succeeds().stdout;
    assert!(text.contains(&format!("Seats changed: {changed} of 500")), "{text}");
    let none = scene.antagning("plan season --seats 0 --lang sv").succeeds().stdout;
    assert!(none.contains("Inga platser ändras."), "{none}");
}
