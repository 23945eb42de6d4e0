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

#[test]
fn the_example_scenarios_run() {
    let scene = Scene::new();
    scene.copy("data/scenarios", "scenarios");
    scene.copy("data/skane-2025", "season");
    let files = scene.entries("scenarios");
    assert!(files.len() >= 3, "{files:?}");
    let files: Vec<String> = files.iter().map(|file| format!("scenarios/{file}")).collect();
    let told = scene.antagning(&format!("simulate season {} --lang sv", files.join(" ")));
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
}
