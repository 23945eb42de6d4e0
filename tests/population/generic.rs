//! Seasons of any size.

use std::collections::BTreeMap;
use std::path::Path;

use antagning_population::{PopulationError, Progress, Recipe, Stage, generate};

use crate::season::{Season, bytes};

fn make(recipe: &Recipe, folder: &Path) -> Season {
    generate(recipe, folder, &mut |_| ()).unwrap();
    Season::read(folder)
}

fn made_with_threads(recipe: &Recipe, threads: usize) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let out = folder.path().join("season");
    pool.install(|| generate(recipe, &out, &mut |_| ())).unwrap();
    bytes(&out)
}

#[test]
fn the_same_seed_gives_the_same_bytes_with_any_number_of_threads() {
    // More than one group of blocks, so that the order of groups counts too.
    let recipe = Recipe::new(70_000, 900);
    let one = made_with_threads(&recipe, 1);
    assert_eq!(one.len(), 5);
    assert!(one == made_with_threads(&recipe, 2));
    assert!(one == made_with_threads(&recipe, 8));
}

#[test]
fn another_seed_gives_another_season() {
    let one = made_with_threads(&Recipe::new(300, 20), 1);
    let two = made_with_threads(&Recipe { seed: 2, ..Recipe::new(300, 20) }, 1);
    for file in ["programmes.csv", "applicants.csv", "grades.csv", "choices.csv", "rules.toml"] {
        assert!(one[Path::new(file)] != two[Path::new(file)], "{file} did not change");
    }
}

#[test]
fn statistics_lie_where_the_national_ones_do() {
    let folder = tempfile::tempdir().unwrap();
    let season = make(&Recipe::new(20_000, 600), &folder.path().join("season"));
    let (mean, deviation) = (season.mean_merit(), season.deviation());
    assert!((220.0..232.0).contains(&mean), "mean merit {mean}");
    assert!((60.0..70.0).contains(&deviation), "standard deviation {deviation}");
    let eligible = season.eligible_share();
    assert!((0.82..0.87).contains(&eligible), "eligible {eligible}");
    let choices = season.mean_list();
    assert!((4.5..5.3).contains(&choices), "choices {choices}");
    assert!(season.applicants.iter().all(|applicant| applicant.list.len() <= 8));
    let seats: u32 = season.programmes.iter().map(|programme| programme.seats).sum();
    assert_eq!(seats, 21_000);

    let (got, admitted) = season.admit();
    let placed = got.iter().flatten().count() as f64;
    let first = got.iter().flatten().filter(|choice| **choice == 0).count() as f64;
    assert!((0.65..0.85).contains(&(first / placed)), "first choices {}", first / placed);
    let programmes = admitted.len() as f64;
    let sought = season.programmes.iter().zip(&admitted);
    let oversubscribed = sought.clone().filter(|(p, a)| a.reserves as u32 > p.seats).count();
    let half_empty = sought.filter(|(p, a)| a.vacancies * 2 > p.seats).count();
    assert!(oversubscribed as f64 > 0.05 * programmes, "{oversubscribed} very oversubscribed");
    assert!(half_empty as f64 > 0.1 * programmes, "{half_empty} half empty");
    assert!(admitted.iter().any(|programme| programme.lost_the_draw > 0));
}

/// First choices by study path follow the national shares, and tastes follow merit and sex.
#[test]
fn tastes_follow_shares_merit_and_sex() {
    let folder = tempfile::tempdir().unwrap();
    let season = make(&Recipe::new(30_000, 900), &folder.path().join("season"));
    let first = |code: &str| {
        let wanting = season.applicants.iter();
        wanting.filter(|a| season.programmes[a.list[0]].code == code).collect::<Vec<_>>()
    };
    for (code, share) in [("EK", 0.185), ("SA", 0.174), ("NA", 0.122), ("EE", 0.055)] {
        let found = first(code).len() as f64 / season.applicants.len() as f64;
        assert!((found - share).abs() < 0.035, "{code}: {found} instead of about {share}");
    }
    let mean = |code: &str| {
        let wanting = first(code);
        wanting.iter().map(|a| a.merit).sum::<f64>() / wanting.len() as f64
    };
    assert!(mean("NA") > mean("SA") + 20.0 && mean("SA") > mean("FT") + 40.0);
    let girls = |code: &str| {
        let wanting = first(code);
        wanting.iter().filter(|a| a.sex == "F").count() as f64 / wanting.len() as f64
    };
    assert!(girls("VO") > 0.65 && girls("EE") < 0.15, "{} {}", girls("VO"), girls("EE"));
}

#[test]
fn sums_hold_at_awkward_sizes() {
    let folder = tempfile::tempdir().unwrap();
    for (applicants, programmes) in
        [(0, 1), (1, 1), (1, 40), (2, 3), (999, 1), (1_000, 7), (2_049, 13)]
    {
        let out = folder.path().join(format!("{applicants}-{programmes}"));
        let season = make(&Recipe::new(applicants, programmes), &out);
        assert_eq!(season.applicants.len(), applicants as usize);
        assert_eq!(season.programmes.len(), programmes as usize);
        let seats: u32 = season.programmes.iter().map(|programme| programme.seats).sum();
        assert_eq!(seats, applicants * 105 / 100);
    }
}

#[test]
fn lists_keep_to_the_longest_length() {
    let folder = tempfile::tempdir().unwrap();
    for longest in [1, 3, 20] {
        let recipe = Recipe { longest_list: longest, ..Recipe::new(2_000, 200) };
        let season = make(&recipe, &folder.path().join(longest.to_string()));
        let lengths = season.applicants.iter().map(|applicant| applicant.list.len() as u32);
        assert_eq!(lengths.max(), Some(longest));
    }
}

#[test]
fn impossible_recipes_are_refused_and_leave_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("season");
    let good = Recipe::new(10, 10);
    for (recipe, word) in [
        (Recipe { programmes: 0, ..good.clone() }, "programme"),
        (Recipe { applicants: u32::MAX, ..good.clone() }, "at most"),
        (Recipe { programmes: u32::MAX, ..good.clone() }, "at most"),
        (Recipe { longest_list: 0, ..good.clone() }, "choices"),
        (Recipe { longest_list: u32::MAX, ..good.clone() }, "choices"),
        (Recipe { seats_percent: u32::MAX, ..good.clone() }, "seats"),
    ] {
        match generate(&recipe, &out, &mut |_| ()) {
            Err(PopulationError::Recipe(text)) => assert!(text.contains(word), "{text}"),
            other => panic!("{recipe:?} gave {other:?}"),
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    make(&Recipe { seats_percent: 0, seed: u64::MAX, ..good }, &out);
}

#[test]
fn an_existing_folder_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let error = generate(&Recipe::new(10, 10), folder.path(), &mut |_| ()).unwrap_err();
    assert!(matches!(error, PopulationError::Io(_)), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn progress_is_told_until_all_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut told: Vec<Progress> = Vec::new();
    let recipe = Recipe::new(70_000, 100);
    generate(&recipe, &folder.path().join("season"), &mut |step| told.push(step)).unwrap();
    let applicants: Vec<&Progress> =
        told.iter().filter(|step| step.stage == Stage::Applicants).collect();
    assert!(applicants.len() > 1);
    assert!(applicants.is_sorted_by_key(|step| step.done));
    assert!(applicants.last().is_some_and(|step| step.done == 70_000 && step.total == 70_000));
}
