//! Common random numbers: scenarios on the very same draws.

use tempfile::TempDir;

use crate::model::{Model, Scene, draw};
use crate::study::{ALL, files, request, rows, whole};

fn scene(seed: u64) -> (Model, Scene) {
    let mut model = Model::random(200, 12, seed);
    *model.seats("P03") += 6;
    model.divide("P03", 2);
    let scene = Scene::new(&model);
    (model, scene)
}

/// One that changes seats by nothing, one that is a season of its own and changes nothing that the
/// draws leave as it is.
#[test]
fn what_changes_nothing_differs_in_no_draw() {
    let (_, scene) = scene(3);
    let same = scene.file("same.toml", "[[seats]]\nstudy_path = \"NA\"\nadd = 0\n");
    let lots = scene.file("lots.toml", "[lottery]\nseed = \"another\"\n");
    let out = TempDir::new().unwrap();
    let (season, scenarios) = (scene.season(), [same, lots]);
    let study = whole(&request(&season, &scenarios, 40, ALL), &out.path().join("out"));
    for scenario in ["same", "lots"] {
        let differences = study.figures.iter().filter(|told| told.scenario == scenario);
        let differences: Vec<_> = differences
            .filter(|told| told.figure.ends_with("difference") || told.figure.contains("_off"))
            .collect();
        // Beside the totals none is told.
        assert_eq!(differences.len(), 8, "{differences:?}");
        for told in differences {
            let ends = [told.distribution.min.0, told.distribution.max.0];
            assert_eq!((ends, told.distribution.draws), ([0, 0], 40), "{told:?}");
        }
    }
    for own in ["placed", "ranks", "mean_rank"] {
        let base = study.total("base", own).expect("a figure");
        assert_eq!(study.total("lots", own), Some(base));
        assert!(base.min < base.max && base.low < Some(base.mean), "{own} varies");
    }
}

/// Seats added make nobody worse off in any draw, seats taken nobody better off.
#[test]
fn seats_added_harm_nobody_in_any_draw() {
    for seed in 0..4 {
        let (_, scene) = scene(seed);
        let more = scene.file("more.toml", "[[seats]]\nprovider = \"municipal\"\nadd = 2\n");
        let less = scene.file("less.toml", "[[seats]]\nmunicipality = \"1281\"\nscale = \"0.5\"\n");
        let out = TempDir::new().unwrap();
        let (season, scenarios) = (scene.season(), [more, less]);
        whole(&request(&season, &scenarios, 50, ALL), &out.path().join("out"));
        let rows = rows(&out.path().join("out/draws.csv"));
        assert_eq!(rows.len(), 150);
        let sum = |scenario: &str, figure: &str| {
            let of = rows.iter().filter(|row| row["scenario"] == scenario);
            of.map(|row| row[figure].parse::<u64>().unwrap()).sum::<u64>()
        };
        assert_eq!((sum("more", "worse_off"), sum("more", "newly_unplaced")), (0, 0));
        assert_eq!((sum("less", "better_off"), sum("less", "newly_placed")), (0, 0));
        assert!(sum("more", "better_off") > 0 && sum("less", "worse_off") > 0);
    }
}

/// All sit in P02, whatever the order of their lists in a draw, before P00 goes up in it and after.
#[test]
fn who_stays_where_others_come_is_neither_better_nor_worse_off_in_any_draw() {
    let mut model = Model::random(30, 3, 1);
    // A merged choice has the decisions of the most wanted one.
    model.decisions.clear();
    model.programmes.iter_mut().for_each(|(id, seats, _)| *seats = 90 * u32::from(id == "P02"));
    for list in model.lists.values_mut() {
        *list = ["P00", "P01", "P02"].map(|id| (id.to_owned(), 100)).to_vec();
    }
    let scene = Scene::new(&model);
    let merged = scene.file("merged.toml", "[[merge]]\nfrom = \"P00\"\ninto = \"P02\"\n");
    let out = TempDir::new().unwrap();
    let study = whole(&request(&scene.season(), &[merged], 20, ALL), &out.path().join("out"));
    for figure in ["better_off", "worse_off"] {
        let told = study.total("merged", figure).expect("a figure");
        assert_eq!((told.min.0, told.max.0), (0, 0), "{figure}");
    }
    let ranks = study.total("merged", "ranks_difference").expect("a figure");
    assert!(ranks.max.0 < 0, "P02 is higher up in some lists of every draw");
}

/// Of the same draws a difference is known far better than of draws apart.
#[test]
fn paired_differences_vary_less() {
    let (_, scene) = scene(11);
    let more = scene.file("more.toml", "[[seats]]\nprogramme = \"P01\"\nadd = 4\n");
    let out = TempDir::new().unwrap();
    let (season, scenarios) = (scene.season(), [more]);
    let study = whole(&request(&season, &scenarios, 200, ALL), &out.path().join("out"));
    let deviation = |scenario, figure| study.total(scenario, figure).unwrap().deviation.unwrap().0;
    for (own, difference) in
        [("placed", "placed_difference"), ("first_choices", "first_choices_difference")]
    {
        let paired = deviation("more", difference);
        let apart = (deviation("base", own).pow(2) + deviation("more", own).pow(2)).isqrt();
        assert!(paired > 0 && 2 * paired < apart, "{own}: {paired} and {apart}");
    }
}

/// Neither the order of rows, nor the other scenarios, nor the threads.
#[test]
fn nothing_else_matters() {
    let (mut model, scene) = scene(21);
    let more = scene.file("more.toml", "[[seats]]\nprogramme = \"P01\"\nadd = 4\n");
    let gone = scene.file("gone.toml", "[[close]]\nprogramme = \"P05\"\n");
    let out = TempDir::new().unwrap();
    let run = |season: &std::path::Path, scenarios: &[std::path::PathBuf], threads, name: &str| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let folder = out.path().join(name);
        pool.install(|| whole(&request(season, scenarios, 70, ALL), &folder));
        let mut files = files(&folder);
        files.remove("uncertainty.json").expect("what the study is of");
        assert_eq!(
            files.keys().collect::<Vec<_>>(),
            ["draws.csv", "flows.csv", "groups.csv", "offers.csv", "totals.csv"]
        );
        files
    };
    let both = [more, gone];
    let first = run(&scene.season(), &both, 1, "one");
    for threads in [2, 5] {
        assert_eq!(run(&scene.season(), &both, threads, &format!("threads {threads}")), first);
    }
    let state = &mut 99;
    for at in (1..model.applicants.len()).rev() {
        model.applicants.swap(at, draw(state) as usize % (at + 1));
    }
    model.programmes.reverse();
    model.decisions.reverse();
    let other = Scene::new(&model);
    assert_eq!(run(&other.season(), &both, 2, "other rows"), first);
    // A scenario alone has the rows that it has beside another.
    let alone = run(&scene.season(), &both[1..], 2, "alone");
    let rows = |files: &std::collections::BTreeMap<String, Vec<u8>>, name: &str| {
        let text = String::from_utf8(files[name].clone()).unwrap();
        let rows = text.lines().filter(|row| row.contains("gone,"));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    for name in first.keys() {
        assert!(!rows(&first, name).is_empty());
        assert_eq!(rows(&alone, name), rows(&first, name), "{name}");
    }
}
