//! `antagning simulate`: answers, tables, faults.

use crate::scene::Scene;

#[test]
fn scenarios_are_answered_and_written() {
    let scene = Scene::with_generated(400, 12, 3);
    let programmes = scene.table("season/programmes.csv");
    let first = programmes.cells("programme_id").next().unwrap().to_owned();
    scene.write("fler.toml", format!("[[seats]]\nprogramme = \"{first}\"\nadd = 9\n"));
    scene.write("färre.toml", "[cohort]\nscale = \"0.9\"\n");
    let told = scene.antagning("simulate season fler.toml färre.toml --out tables --format json");
    let told = told.succeeds().json();
    assert_eq!(told["status"], "working material");
    let names: Vec<_> = told["scenarios"].as_array().unwrap().iter().map(|s| &s["name"]).collect();
    assert_eq!(names, ["fler", "färre"]);
    assert_eq!(told["scenarios"][0]["difference"]["worse_off"], 0);
    assert_eq!(told["scenarios"][1]["figures"]["applicants"], 360);
    assert_eq!(
        scene.entries("tables"),
        ["flows.csv", "groups.csv", "offers.csv", "opened.csv", "scenarios.csv", "simulation.json"]
    );
    let rows: Vec<_> =
        scene.table("tables/scenarios.csv").cells("scenario").map(str::to_owned).collect();
    assert_eq!(rows, ["base", "fler", "färre"]);
    for (threads, verify) in [(1, ""), (2, ""), (8, " --verify")] {
        let command = format!(
            "simulate season fler.toml färre.toml --format json --threads {threads}{verify}"
        );
        assert_eq!(scene.antagning(&command).succeeds().json(), told, "{command}");
    }
    // What is there is never touched.
    scene.antagning("simulate season fler.toml --out tables").rejects();
}

/// More scenarios than are run at a time, of every kind: written one after the other they are the
/// document that holds them all, in the order of the file.
#[test]
fn many_scenarios_are_written_as_they_come() {
    let scene = Scene::with_generated(300, 10, 5);
    let programmes = scene.table("season/programmes.csv");
    let first = programmes.cells("programme_id").next().unwrap().to_owned();
    let scenario = |number: usize| {
        let change = match number % 50 {
            7 => "[scenario.cohort]\nscale = \"0.9\"".to_owned(),
            few if few < 40 => {
                format!("[[scenario.seats]]\nprogramme = {first:?}\nadd = {number}")
            }
            _ => "[[scenario.seats]]\nprovider = \"municipal\"\nscale = \"0.5\"".to_owned(),
        };
        format!("[[scenario]]\nname = \"s{number}\"\n{change}\n")
    };
    scene.write("many.toml", (0..150).map(scenario).collect::<String>());
    let whole = scene.antagning("simulate season many.toml --format json").succeeds();
    let names: Vec<_> = whole.json()["scenarios"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| run["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, (0..150).map(|number| format!("s{number}")).collect::<Vec<_>>());
    scene.antagning("simulate season many.toml --out tables").succeeds();
    assert_eq!(scene.read("tables/simulation.json"), whole.stdout);
    let rows: Vec<_> =
        scene.table("tables/scenarios.csv").cells("scenario").skip(1).map(str::to_owned).collect();
    assert_eq!(rows, names);
    // A season that is not sound shows late, and still nothing is written.
    let unsound = "[[scenario]]\nname = \"empty\"\n[[scenario.close]]\n";
    let provider = "provider = [\"municipal\", \"independent\", \"regional\"]\n";
    let text = scene.read("many.toml") + unsound + provider;
    scene.write("many.toml", text);
    scene.antagning("simulate season many.toml --out other").rejects();
    assert_eq!(scene.entries("."), ["many.toml", "season", "tables"]);
}

#[test]
fn the_example_scenarios_run() {
    let scene = Scene::new();
    scene.copy("data/scenarios", "scenarios");
    scene.copy("data/skane-2025", "season");
    let files = scene.entries("scenarios");
    assert!(files.len() >= 3, "{files:?}");
    let files: Vec<String> = files.iter().map(|file| format!("scenarios/{file}")).collect();
    let command = format!("simulate season {} --out tables --lang sv", files.join(" "));
    let told = scene.antagning(&command);
    let text = told.succeeds().stdout;
    let names = [
        "fler platser i Lund",
        "ny skola",
        "sammanslagning",
        "större kull i Malmö",
        "ny skola, av listorna: N0001 Teknikprogrammet, Nya gymnasiet Eslöv: ",
        "fler till vård, färre i Osby",
    ];
    for name in names {
        assert!(text.contains(name), "{name} in {text}");
    }
    let offers = scene.table("tables/offers.csv");
    let cells = |column: &str| offers.cells(column).map(str::to_owned).collect::<Vec<_>>();
    assert!(cells("title").iter().all(|title| !title.is_empty()));
    assert!(cells("quota_group").iter().any(|group| !group.is_empty()));
    let [before, after, differences] = ["cutoff_before", "cutoff", "cutoff_difference"].map(cells);
    let mut moved = 0;
    for ((before, after), difference) in before.iter().zip(&after).zip(&differences) {
        // Ten-thousandths, so that nothing is rounded.
        let number = |cell: &str| Some((cell.parse::<f64>().ok()? * 10_000.0).round() as i64);
        let expected = number(after).zip(number(before)).map(|(after, before)| after - before);
        assert_eq!(number(difference), expected, "{before} to {after}: {difference}");
        assert!(difference.len() <= 8, "{difference}");
        moved += u32::from(expected.is_some_and(|difference| difference != 0));
    }
    assert!(moved > 10, "{moved}");
}
