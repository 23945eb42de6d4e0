//! Thousands of scenarios: what they are told with is found, not searched for.

use std::time::Instant;

use antagning::Language;
use tempfile::TempDir;

use crate::model::{Model, Scene};
use crate::study::{ALL, request, whole};

const SCENARIOS: usize = 1_500;

/// So many scenarios of other seats in one file.
fn scenarios() -> String {
    let scenario = |n| {
        let offer = n % 4 + 1;
        format!(
            "[[scenario]]\nname = \"s{n}\"\nseats = [{{ programme = \"P0{offer}\", add = {n} }}]\n"
        )
    };
    (0..SCENARIOS).map(scenario).collect()
}

/// The text asks for ten figures a scenario. With a look through all figures for each, it took
/// many times what the study took.
#[test]
fn texts_cost_less_than_their_studies() {
    let scene = Scene::new(&Model::random(40, 5, 1));
    let files = [scene.file("many.toml", &scenarios())];
    let (season, out) = (scene.season(), TempDir::new().unwrap());
    let start = Instant::now();
    let study = whole(&request(&season, &files, 1, ALL), &out.path().join("out"));
    let made = start.elapsed();
    let start = Instant::now();
    let text = study.to_text(Language::En);
    let told = start.elapsed();
    assert!(told < made, "{told:?} for the text of a study of {made:?}");
    assert!(text.contains(&format!("s{}", SCENARIOS - 1)));

    let names = study.scenarios();
    assert_eq!(names.len(), SCENARIOS + 1);
    for name in names.iter().step_by(100) {
        let own = study.figures.iter().filter(|told| told.scenario == *name);
        let totals: Vec<_> = own.filter(|told| told.kind == "total").collect();
        assert!(totals.len() >= 6, "{name}: {totals:?}");
        for told in totals {
            assert_eq!(study.total(name, told.figure), Some(&told.distribution), "{told:?}");
        }
        assert_eq!(study.total(name, "seats"), None);
    }
    assert_eq!(study.total("nobody's", "placed"), None);
}
