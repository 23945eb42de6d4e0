//! However a scenario is run, the report is the same.

use std::fmt::Write as _;
use std::path::Path;
use std::slice::from_ref;

use antagning::Simulation;

use crate::model::{Came, Model, Scene, draw};

fn json(simulation: &Simulation) -> String {
    serde_json::to_string_pretty(simulation).unwrap()
}

/// Scenarios of other seats: few of them, and many.
fn scenarios(model: &Model, count: u64, seed: u64) -> (String, Vec<Model>) {
    let state = &mut { seed };
    let (mut text, mut changed) = (String::new(), Vec::new());
    for number in 0..count {
        let mut model = model.clone();
        writeln!(text, "[[scenario]]\nname = \"s{number}\"").unwrap();
        for (id, seats, _) in &mut model.programmes {
            if model.groups.iter().any(|row| row.starts_with(id.as_str())) {
                continue;
            }
            if number % 2 == 0 && !draw(state).is_multiple_of(8) {
                continue;
            }
            *seats = (draw(state) % 90) as u32;
            writeln!(text, "[[scenario.seats]]\nprogramme = \"{id}\"\nset = {seats}").unwrap();
        }
        changed.push(model);
    }
    (text, changed)
}

#[test]
fn going_on_from_a_matching_equals_a_whole_run() {
    for seed in 0..5 {
        let mut model = Model::random(700, 24, seed);
        if seed % 2 == 1 {
            for id in ["P03", "P07", "P11"] {
                *model.seats(id) += 4;
                model.divide(id, 3);
            }
        }
        let (text, changed) = scenarios(&model, 8, seed);
        let simulation = Scene::new(&model).simulate(&text);
        for (number, changed) in changed.iter().enumerate() {
            let came = Came::of(changed, 0);
            assert_eq!(Came::told(&simulation, number), came, "seed {seed}, s{number}");
        }
    }
}

#[test]
fn proven_runs_say_the_same_as_quick_ones() {
    let mut model = Model::random(500, 15, 3);
    *model.seats("P03") += 9;
    model.divide("P03", 4);
    let scene = Scene::new(&model);
    let (mut text, _) = scenarios(&model, 6, 11);
    text += "[[scenario]]\nname = \"grupp\"\n[[scenario.seats]]\nprogramme = \"P03\"\n\
             quota_group = \"kvot\"\nset = 0\n[[scenario.seats]]\nprovider = \"municipal\"\n\
             scale = \"3\"\n";
    let file = scene.file("s.toml", &text);
    let [quick, proven] = [false, true]
        .map(|verify| Simulation::new(scene.season(), from_ref(&file), verify).unwrap());
    assert_eq!(json(&quick), json(&proven));
}

#[test]
fn the_demonstration_season_says_the_same_both_ways() {
    let season = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/skane-2025");
    let scene = Scene::new(&Model::random(10, 3, 1));
    let text = "[[scenario]]\nname = \"few\"\n[[scenario.seats]]\nmunicipality = \"1281\"\n\
                study_path = \"NA\"\nadd = 4\n\
                [[scenario]]\nname = \"fewer\"\n[[scenario.seats]]\nprovider = \"independent\"\n\
                scale = \"0.9\"\n\
                [[scenario]]\nname = \"more\"\n[[scenario.seats]]\nstudy_path = [\"ES\", \"SA\"]\n\
                scale = \"1.2\"\n";
    let file = scene.file("s.toml", text);
    let [quick, proven] =
        [false, true].map(|verify| Simulation::new(&season, from_ref(&file), verify).unwrap());
    let moved = |run: &antagning::ScenarioReport| {
        run.difference.is_some_and(|d| d.better_off + d.worse_off > 0)
    };
    assert!(quick.scenarios.iter().all(moved));
    assert_eq!(json(&quick), json(&proven));
}

/// Closing an offer takes the last choice from some of whom there are decisions about the whole
/// application, and places in free quotas are there once however many people there are.
#[test]
fn the_demonstration_season_may_shrink_and_grow() {
    let season = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/skane-2025");
    let scene = Scene::new(&Model::random(10, 3, 1));
    let text = "[[scenario]]\nname = \"offer\"\n[[scenario.close]]\nprogramme = \"P0097\"\n\
                [[scenario]]\nname = \"Malmö\"\n[[scenario.close]]\nmunicipality = \"1280\"\n\
                [[scenario]]\nname = \"fifth\"\n[scenario.cohort]\nscale = \"1.2\"\n\
                [[scenario]]\nname = \"twice\"\n[scenario.cohort]\nscale = 2\n";
    let file = scene.file("s.toml", text);
    let simulation = Simulation::new(&season, from_ref(&file), false).unwrap();
    let arrived = |at: usize| simulation.scenarios[at].arrived;
    let all = simulation.base.figures.applicants;
    assert_eq!([0, 1, 3].map(arrived), [0, 0, all]);
    assert!(arrived(2).abs_diff(all / 5) < all / 50);
}

#[test]
fn threads_change_nothing() {
    let model = Model::random(500, 15, 4);
    let scene = Scene::new(&model);
    let (mut text, _) = scenarios(&model, 9, 2);
    text += "[[scenario]]\nname = \"stängd\"\n[[scenario.close]]\nschool = \"S1\"\n";
    let file = scene.file("s.toml", &text);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let run = || Simulation::new(scene.season(), from_ref(&file), false).unwrap();
        json(&pool.install(run))
    };
    let alone = with(1);
    assert_eq!(alone, with(2));
    assert_eq!(alone, with(8));
}
