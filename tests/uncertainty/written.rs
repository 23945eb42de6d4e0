//! Every draw equals a whole run of a season folder with the draw written into it.

use std::collections::BTreeMap;

use antagning::Variation;
use tempfile::TempDir;

use crate::model::{Came, Model, Scene};
use crate::oracle::Draw;
use crate::study::{ALL, part, request, rows};

/// What one draw of one scenario came to, as [`Came`] has it, and how many took part.
fn drawn(folder: &std::path::Path, scenario: &str) -> (Came, u64) {
    let row = rows(&folder.join("draws.csv"));
    let row = row.iter().find(|row| row["scenario"] == scenario).expect("a row");
    let count = |name: &str| row[name].parse::<u64>().expect("a count");
    assert_eq!(count("placed") + count("unplaced"), count("applicants"));
    let figures = ["placed", "first_choices", "ranks"].map(count);
    let number = if scenario == "base" { "0" } else { "1" };
    let mut offers = BTreeMap::new();
    let mut flows = BTreeMap::new();
    for row in rows(&folder.join("tallies.csv")).iter().filter(|row| row["scenario"] == number) {
        assert_eq!(row["draws"], "1");
        let key = (row["name"].clone(), row["part"].clone());
        let value: i64 = row["value"].parse().expect("a whole number");
        match (row["kind"].as_str(), row["figure"].as_str()) {
            ("flow", "placed") => {
                flows.extend((value > 0).then_some((key, value as u32)));
            }
            ("offer", figure) => {
                let offer = offers.entry(key).or_insert((0, 0, String::new(), None));
                match figure {
                    "seats" => offer.0 = value as u32,
                    "admitted" => offer.1 = value as u32,
                    "cutoff" => offer.3 = Some(value as f64 / 1e4),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    (Came { figures, offers, flows }, count("applicants"))
}

/// A whole run of the written season: kinds of limits aside, limits without the lots.
fn ran(model: &Model, emptied: u64) -> (Came, u64) {
    let mut came = Came::of(model, emptied);
    for offer in came.offers.values_mut() {
        offer.2.clear();
        offer.3 = offer.3.map(|cutoff| (cutoff / 1e4).floor());
    }
    let applying = model.lists.values().filter(|list| !list.is_empty()).count() as u64;
    (came, applying + emptied)
}

fn check(model: &Model, variation: Variation, scenario: &str, change: impl Fn(&mut Model) -> u64) {
    const DRAWS: u32 = 6;
    let scene = Scene::new(model);
    let file = scene.file("other.toml", &format!("name = \"other\"\n{scenario}"));
    let (season, files) = (scene.season(), [file]);
    let request = request(&season, &files, DRAWS, variation);
    let mut sizes = Vec::new();
    for number in 0..DRAWS {
        let out = TempDir::new().unwrap();
        let folder = out.path().join("part");
        part(&request, number + 1, DRAWS, &folder);
        let mut written = Draw::new(variation, number).written(model);
        assert_eq!(drawn(&folder, "base"), ran(&written, 0), "draw {number}");
        sizes.push(written.applicants.len());
        let emptied = change(&mut written);
        assert_eq!(drawn(&folder, "other"), ran(&written, emptied), "draw {number}: other");
    }
    let varies = sizes.iter().any(|size| *size != sizes[0]);
    assert_eq!(varies, variation.cohort || variation.no_shows > 0, "{sizes:?}");
}

/// Plain and grouped offers; decisions that bar choices; somebody placed by hand.
fn model(seed: u64, scope: &str) -> Model {
    let mut model = Model::random(150, 12, seed);
    *model.seats("P03") += 6;
    model.divide("P03", 2);
    *model.seats("P04") += 1;
    let chose = |list: &[(String, u64)]| list.iter().any(|(offer, _)| offer == "P04");
    let (by_hand, _) = model.lists.iter().find(|(_, list)| chose(list)).expect("somebody");
    let by_hand = by_hand.clone();
    model.decisions.retain(|[id, ..]| *id != by_hand);
    model.decisions.push([by_hand, "P04".to_owned(), "manual_placement".to_owned()]);
    let sport: Vec<String> = model.lists.keys().step_by(3).cloned().collect();
    for id in sport {
        if model.lists[&id].iter().any(|(offer, _)| offer == "P03") {
            model.decisions.push([id, "P03".to_owned(), "sport_approval".to_owned()]);
        }
    }
    model.rules = format!("{}scope = \"{scope}\"\n", Model::RULES);
    model
}

/// More seats at some offers, fewer at others: on the market of the base.
#[test]
fn draws_are_runs_of_what_they_draw() {
    let text = "[[seats]]\nprogramme = [\"P01\", \"P02\"]\nadd = 3\n\
                [[seats]]\nprogramme = \"P03\"\nquota_group = \"kvot\"\nadd = 2\n\
                [[seats]]\nprogramme = \"P05\"\nset = 1\n";
    for (seed, scope) in [(1, "applicant"), (2, "programme"), (3, "applicant")] {
        check(&model(seed, scope), ALL, text, |model| {
            *model.seats("P01") += 3;
            *model.seats("P02") += 3;
            *model.seats("P03") += 2;
            model.groups[0] = "P03,kvot,1,4,score,sport_approval,alla".to_owned();
            *model.seats("P05") = 1;
            0
        });
    }
}

/// One kind of luck at a time; seats where somebody is placed by hand.
#[test]
fn each_kind_of_luck_is_drawn_alone() {
    let none = Variation { seed: 5, lottery: true, cohort: false, tastes: 0, no_shows: 0 };
    let text = "[[seats]]\nprogramme = \"P01\"\nadd = 1\n\
                [[seats]]\nprogramme = \"P04\"\nset = 1\n";
    for variation in [
        none,
        Variation { cohort: true, ..none },
        Variation { tastes: 100, ..none },
        Variation { no_shows: 30, ..none },
    ] {
        check(&model(4, "applicant"), variation, text, |model| {
            *model.seats("P01") += 1;
            *model.seats("P04") = 1;
            0
        });
    }
}

/// A scenario that is a season of its own has the same people with the same lists and lots.
#[test]
fn scenarios_that_change_more_are_drawn_alike() {
    for (seed, scope) in [(6, "applicant"), (7, "programme")] {
        check(&model(seed, scope), ALL, "[[close]]\nprogramme = \"P02\"\n", |model| {
            let had = model.lists.clone();
            model.close("P02");
            let emptied = |(id, list): (&String, &Vec<_>)| list.is_empty() && !had[id].is_empty();
            model.lists.iter().filter(|list| emptied(*list)).count() as u64
        });
    }
}
