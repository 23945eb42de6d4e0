//! Who lists a new offer by the model, against its formula and against offers that are there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use antagning::{OpenedOffer, Simulation};

use crate::model::{Model, Scene};

const NEW: &str = "[[open]]\nid = \"N\"\nseats = 400\nstudy_path_code = \"NA\"\n\
                   municipality_code = \"1281\"\ntaste = \"model\"\n";

fn opened(scene: &Scene, text: &str) -> OpenedOffer {
    scene.simulate(text).scenarios.remove(0).opened.remove(0)
}

/// Study paths and municipalities cross each other.
fn season(seed: u64) -> Model {
    let mut model = Model::random(4_000, 12, seed);
    for (number, (_, seats, cells)) in model.programmes.iter_mut().enumerate() {
        cells[1] = (1280 + number / 3 % 3).to_string();
        *seats += 5;
    }
    model
}

/// The chances that an applicant lists the new offer, and has it first, by the formula.
fn chances(model: &Model) -> Vec<(f64, f64)> {
    let offers: BTreeMap<&str, (&str, &str, f64)> = model
        .programmes
        .iter()
        .map(|(id, seats, cells)| (id.as_str(), (&*cells[2], &*cells[1], f64::from(*seats))))
        .chain([("N", ("NA", "1281", 400.0))])
        .collect();
    let seats = |is_of: &dyn Fn(&(&str, &str, f64)) -> bool| -> f64 {
        let own = offers.iter().filter(|(id, offer)| **id != "N" && is_of(offer));
        own.map(|(_, offer)| offer.2).sum()
    };
    let mut by_path: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    let mut by_home: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    let classes = model.applicants.iter().map(|(id, cells)| {
        let list = &model.lists[id];
        (list, offers[list[0].0.as_str()].0, cells[0].as_str())
    });
    let classes: Vec<_> = classes.collect();
    for (list, first, home) in &classes {
        for (listed, _) in *list {
            let (path, place, _) = offers[listed.as_str()];
            *by_path.entry((first, path)).or_default() += 1.0;
            *by_home.entry((home, place)).or_default() += 1.0;
        }
    }
    let share = |counts: &BTreeMap<(&str, &str), f64>, row: &str, column: &str| {
        let all: f64 = counts.iter().filter(|((of, _), _)| *of == row).map(|(_, n)| n).sum();
        counts.get(&(row, column)).map_or(0.0, |n| n / all)
    };
    let weight = |first: &str, home: &str, (path, place, own): (&str, &str, f64)| {
        let path_share = share(&by_path, first, path) / seats(&|offer| offer.0 == path);
        let place_share = share(&by_home, home, place) / seats(&|offer| offer.1 == place);
        path_share * place_share * own
    };
    let mut weights: BTreeMap<(&str, &str), BTreeMap<&str, f64>> = BTreeMap::new();
    let chances = classes.iter().map(|&(list, first, home)| {
        let weights = weights.entry((first, home)).or_insert_with(|| {
            offers.iter().map(|(id, offer)| (*id, weight(first, home, *offer))).collect()
        });
        let own = weights["N"];
        let mut left: f64 = weights.values().sum::<f64>() - own;
        let (mut not_yet, mut at_first) = (1.0, None);
        for (listed, _) in list {
            not_yet *= left / (left + own);
            at_first.get_or_insert(1.0 - not_yet);
            left -= weights[listed.as_str()];
        }
        (1.0 - not_yet, at_first.unwrap_or(0.0))
    });
    chances.collect()
}

#[test]
fn as_many_list_it_as_the_formula_says() {
    for seed in 0..3 {
        let model = season(seed);
        let chances = chances(&model);
        let scene = Scene::new(&model);
        let count = |of: fn(&(f64, f64)) -> f64| {
            let expected: f64 = chances.iter().map(of).sum();
            let variance: f64 = chances.iter().map(of).map(|chance| chance * (1.0 - chance)).sum();
            (expected, variance.sqrt())
        };
        let came = opened(&scene, NEW);
        for (found, (expected, deviation)) in
            [(came.applicants, count(|chance| chance.0)), (came.first_choices, count(|c| c.1))]
        {
            let off = (f64::from(found) - expected).abs();
            assert!(off < 3.5 * deviation, "seed {seed}: {found}, expected {expected:.1}");
            assert!(expected > 100.0, "seed {seed}: hardly anybody");
        }
        // Another seed draws others.
        let other = opened(&scene, &format!("{NEW}seed = \"x\"\n"));
        assert_ne!((other.applicants, other.first_choices), (came.applicants, came.first_choices));
    }
}

#[test]
fn more_seats_draw_more_people() {
    let scene = Scene::new(&season(1));
    let with = |seats: &str| opened(&scene, &NEW.replace("400", seats));
    let all: Vec<OpenedOffer> = ["1", "40", "400", "4000", "100000"].map(with).into();
    for pair in all.windows(2) {
        assert!(pair[0].applicants < pair[1].applicants, "{pair:?}");
        assert!(pair[0].first_choices < pair[1].first_choices, "{pair:?}");
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let model = season(1);
    let scene = Scene::new(&model);
    let told = |scene: &Scene| serde_json::to_string(&scene.simulate(NEW)).unwrap();
    let before = told(&scene);
    for name in ["applicants.csv", "programmes.csv", "choices.csv"] {
        let path = scene.season().join(name);
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
    assert_eq!(told(&scene), before);
}

#[test]
fn what_all_want_stands_first_in_every_list() {
    let mut model = season(2);
    model.applicants.truncate(50);
    model.lists.retain(|id, _| model.applicants.iter().any(|(known, _)| known == id));
    model.decisions.clear();
    let run = Scene::new(&model).simulate(&NEW.replace("400", "1000000")).scenarios.remove(0);
    let wants = |(id, cells): &(String, [String; 2])| {
        // Whoever's like list nothing of its study path or municipality does not list it either.
        let path = |id: &str| &model.programmes.iter().find(|(known, ..)| known == id).unwrap().2;
        let first = &path(&model.lists[id][0].0)[2];
        let lists = |is_alike: &dyn Fn(&str, &str) -> bool, at: usize, wanted: &str| {
            model.applicants.iter().filter(|(other, home)| is_alike(other, &home[0])).any(
                |(other, _)| {
                    model.lists[other].iter().any(|(listed, _)| path(listed)[at] == wanted)
                },
            )
        };
        lists(&|other, _| path(&model.lists[other][0].0)[2] == *first, 2, "NA")
            && lists(&|_, home| home == cells[0], 1, "1281")
    };
    let expected = model.applicants.iter().filter(|applicant| wants(applicant)).count() as u32;
    let offer = &run.opened[0];
    assert_eq!(
        (offer.applicants, offer.first_choices, offer.admitted),
        (expected, expected, expected)
    );
    assert!(expected > 20);
}

/// A season folder without an offer.
fn leave_out(season: &Path, id: &str, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for name in ["applicants.csv", "grades.csv", "rules.toml"] {
        fs::copy(season.join(name), to.join(name)).unwrap();
    }
    for name in
        ["programmes.csv", "quota_groups.csv", "decisions.csv", "test_scores.csv", "choices.csv"]
    {
        let text = fs::read_to_string(season.join(name)).unwrap();
        let (mut kept, mut of) = (String::new(), (String::new(), 0));
        for line in text.lines() {
            let cells: Vec<&str> = line.split(',').collect();
            if cells.contains(&id) {
                continue;
            }
            if name == "choices.csv" && !kept.is_empty() {
                // The ranks close up.
                of = if of.0 == cells[0] { (of.0, of.1 + 1) } else { (cells[0].to_owned(), 1) };
                kept += &format!("{},{},{}\n", cells[0], of.1, cells[2]);
            } else {
                kept += &format!("{line}\n");
            }
        }
        fs::write(to.join(name), kept).unwrap();
    }
}

/// Opens offers of the demonstration season by the model that the others calibrate.
/// `ANTAGNING_TRIALS` says how many.
#[test]
#[allow(clippy::print_stdout, reason = "a table for whoever runs it for itself")]
fn offers_that_are_left_out_come_back_much_as_they_were() {
    let trials = std::env::var("ANTAGNING_TRIALS").ok().and_then(|trials| trials.parse().ok());
    let trials: usize = trials.unwrap_or(9).min(850);
    let season = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/skane-2025");
    let scene = Scene::new(&Model::random(10, 3, 1));
    let nothing = scene.file("nothing.toml", "name = \"nothing\"\n");
    let base = Simulation::new(&season, &[nothing], false).unwrap().base;
    let admitted: BTreeMap<&str, u32> = base
        .offers
        .iter()
        .filter(|offer| offer.quota_group.is_empty())
        .map(|offer| (offer.programme_id.as_str(), offer.after.unwrap().admitted))
        .collect();
    let mut wanted: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for line in fs::read_to_string(season.join("choices.csv")).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (all, first) = wanted.entry(cells[2].to_owned()).or_default();
        (*all, *first) = (*all + 1, *first + u32::from(cells[1] == "1"));
    }
    let programmes = fs::read_to_string(season.join("programmes.csv")).unwrap();
    let offers: Vec<Vec<&str>> =
        programmes.lines().skip(1).map(|l| l.split(',').collect()).collect();
    let mut errors = Vec::new();
    for cells in offers.iter().step_by(offers.len() / trials).take(trials) {
        let (id, seats, place, path) = (cells[0], cells[1], cells[5], cells[6]);
        let Some((all, first)) = wanted.get(id) else { continue };
        leave_out(&season, id, &scene.season());
        let came = opened(
            &scene,
            &format!(
                "[[open]]\nid = \"{id}\"\nseats = {seats}\nmunicipality_code = \"{place}\"\n\
                 study_path_code = \"{path}\"\nprovider = \"{}\"\ntaste = \"model\"\n",
                cells[7]
            ),
        );
        let pairs =
            [(*all, came.applicants), (*first, came.first_choices), (admitted[id], came.admitted)];
        println!("{id} {path} {place} {seats} seats: {pairs:?}");
        errors.push(pairs.map(|(was, is)| f64::from(was.abs_diff(is)) / f64::from(was.max(1))));
    }
    let median = |figure: usize| {
        let mut errors: Vec<f64> = errors.iter().map(|errors| errors[figure]).collect();
        errors.sort_by(f64::total_cmp);
        errors[errors.len() / 2]
    };
    let medians = [0, 1, 2].map(median);
    println!("median errors of listed, first, admitted: {medians:.2?}");
    assert!(medians[0] < 0.4 && medians[1] < 0.8 && medians[2] < 0.6, "{medians:?}");
}
