//! Rounds through the binary: `run --after`, `check --after`, `verify --chain`, and every chain that
//! is refused, with exit code 2 and nothing written.

use crate::scene::Scene;

/// Ann before bea before cim at P; everybody else at Q.
const FILES: [(&str, &str); 2] = [
    ("programmes.csv", "programme_id,capacity\nP,1\nQ,2\n"),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\n\
         ann,1,P,30\nann,2,Q,30\nbea,1,P,20\nbea,2,Q,20\ncim,1,P,10\n",
    ),
];

const HEADER: &str = "date,event,applicant_id,programme_id,value,source\n";
const DECLINED: &str = "2025-07-10,answer,ann,P,decline,letter\n";

impl Scene {
    /// Names the round that is run next.
    fn round(&self, round: &str) {
        let rules = format!("round = \"{round}\"\n[ranking]\nkeys = [\"score\"]\n");
        self.write("season/rules.toml", rules);
    }

    fn events(&self, rows: &str) {
        self.write("season/events.csv", format!("{HEADER}{rows}"));
    }

    /// A final round in `runs/final`, and what is needed for a reserve round after it.
    fn after_final() -> Self {
        let scene = Self::with_season(&FILES);
        scene.folder("runs", &[]);
        scene.round("final");
        scene.antagning("run season --out runs/final --date 2025-07-01").succeeds();
        scene.round("reserve");
        scene.events(DECLINED);
        scene
    }

    /// The same with two reserve rounds.
    fn after_reserves() -> Self {
        let scene = Self::after_final();
        scene.antagning("run season --after runs/final --out runs/one").succeeds();
        scene.events(&format!("{DECLINED}2025-07-20,withdrawal,cim,,,letter\n"));
        scene.antagning("run season --after runs/one --out runs/two").succeeds();
        scene
    }

    /// A continuation is refused with this reason, and nothing is written.
    fn refuses(&self, after: &str, reason: &str) {
        let before = self.entries("runs");
        for command in ["run season --out runs/new", "check season"] {
            let answer = self.antagning(&format!("{command} --after {after}")).rejects();
            assert!(answer.stderr.contains(reason), "{command}: {}", answer.stderr);
        }
        assert_eq!(self.entries("runs"), before);
    }

    /// `verify` finds a violation that says this.
    fn chain_is_broken(&self, arguments: &str, text: &str) {
        let answer = self.antagning(&format!("verify {arguments}")).finds_violations();
        assert!(answer.stdout.contains(text), "{}", answer.stdout);
    }
}

#[test]
fn a_chain_runs_and_verifies() {
    let scene = Scene::after_final();
    let answer = scene.antagning("check season --after runs/final").succeeds();
    assert!(answer.stdout.starts_with("sound"), "{}", answer.stdout);
    let answer = scene.antagning("run season --after runs/final --out runs/one").succeeds();
    assert!(answer.stdout.contains("seats held"), "{}", answer.stdout);
    let [before, now] = ["runs/final", "runs/one"].map(|run| scene.manifest(run));
    assert_eq!(before["predecessor"], serde_json::Value::Null);
    assert_eq!((&before["sequence"], &now["sequence"]), (&1.into(), &2.into()));
    assert_eq!(now["predecessor"]["manifest_sha256"], before["manifest_sha256"]);
    assert_eq!(now["predecessor"]["round"], "final");
    assert_eq!(now["date"], "2025-07-10");
    assert_eq!(now["event_lines"], serde_json::json!([0, 2]));
    let held = serde_json::json!({"seats": 1, "kept": 0, "moved_up": 1, "newly_placed": 0});
    assert_eq!(now["counts"]["held"], held);
    let placements = scene.read("runs/one/placements.csv");
    assert!(placements.contains("ann,,,\nbea,P,,1\ncim,,,\n"), "{placements}");
    let answer = scene.antagning("verify runs/one --chain runs --format json").succeeds().json();
    assert_eq!((&answer["holds"], &answer["chain"]["complete"]), (&true.into(), &true.into()));
    let runs = answer["chain"]["runs"].as_array().unwrap();
    assert_eq!(
        runs.iter().map(|run| run["round"].as_str().unwrap()).collect::<Vec<_>>(),
        ["reserve", "final"]
    );
    scene.antagning("verify runs/one --season season --chain runs").succeeds();
}

#[test]
fn the_preliminary_round_is_the_first_of_a_chain() {
    let scene = Scene::with_season(&FILES);
    scene.folder("runs", &[]);
    scene.round("preliminary");
    scene.antagning("run season --out runs/preliminary").succeeds();
    scene.refuses("runs/preliminary", "a preliminary round does not follow a preliminary one");
    scene.round("reserve");
    scene.refuses("runs/preliminary", "a reserve round does not follow a preliminary one");
    scene.round("final");
    scene.events("2025-06-15,withdrawal,ann,P,,letter\n");
    scene.antagning("run season --after runs/preliminary --out runs/final").succeeds();
    // Nothing was held: bea has the seat that ann would have had.
    let placements = scene.read("runs/final/placements.csv");
    assert!(placements.contains("ann,Q,,2\nbea,P,,1\n"), "{placements}");
    assert_eq!(scene.manifest("runs/final")["counts"].get("held"), None);
    scene.antagning("verify runs/final --chain runs").succeeds();
}

/// From a day on nobody is moved, and the summary says how many are to be phoned.
#[test]
fn a_round_by_phone_says_so() {
    let scene = Scene::after_final();
    let rules = scene.read("season/rules.toml");
    scene.write("season/rules.toml", format!("{rules}[reserve]\nphone_from = \"2025-07-10\"\n"));
    let command = "run season --after runs/final --out runs/one";
    let answer = scene.antagning(&format!("{command} --lang sv")).succeeds();
    assert!(answer.stdout.contains("att ringa om                     1"), "{}", answer.stdout);
    assert_eq!(scene.manifest("runs/one")["moves"], "by_phone");
    let proposals = scene.read("runs/one/proposals.csv");
    assert!(proposals.ends_with("1,1,vacancy,bea,P,,1,Q\n"), "{proposals}");
    // A forger cannot offer the seat to another.
    std::fs::rename(scene.path("runs/one"), scene.path("out")).unwrap();
    scene.antagning("verify out --chain runs").succeeds();
    scene.write("out/proposals.csv", proposals.replace("bea,P,,1,Q", "cim,P,,1,"));
    scene.forge_digests();
    scene.antagning("verify out --chain runs").finds_violations();
    let header = proposals.lines().next().unwrap();
    scene.write("out/proposals.csv", format!("{header}\n"));
    scene.forge_digests();
    scene.antagning("verify out --chain runs").finds_violations();
}

/// Seats planned and offered, and what is expected of them, are proven like everything else.
#[test]
fn a_forecast_cannot_be_forged() {
    let scene = Scene::with_season(&FILES);
    scene.write("season/programmes.csv", "programme_id,capacity,planned_seats\nP,1,1\nQ,2,1\n");
    scene.write("season/rules.toml", "ranking.keys = [\"score\"]\nseats.no_show_percent = 50\n");
    let answer = scene.antagning("run season --out out").succeeds();
    assert!(answer.stdout.contains("  over-admission                 1"), "{}", answer.stdout);
    let forecast = scene.read("out/forecast.csv");
    let header = "programme_id,seats,planned_seats,admitted,expected\n";
    assert_eq!(forecast, format!("{header}P,1,1,1,1\nQ,2,1,1,1\n"));
    let expected = serde_json::json!(
        {"planned_seats": 2, "over_admission": 1, "expected": 2, "programmes_overfull": 0}
    );
    assert_eq!(scene.manifest("out")["counts"]["over_admission"], expected);
    scene.antagning("verify out").succeeds();
    for (from, to) in [("Q,2,1,1,1", "Q,2,1,1,0"), ("Q,2,1,1,1", "Q,2,2,1,1"), ("P,1,1,1,1\n", "")]
    {
        scene.write("out/forecast.csv", forecast.replace(from, to));
        scene.antagning("verify out").finds_violations();
        scene.forge_digests();
        scene.antagning("verify out").finds_violations();
    }
    std::fs::remove_file(scene.path("out/forecast.csv")).unwrap();
    scene.antagning("verify out").finds_violations();
}

/// A table that the run did not write has no place in its folder.
#[test]
fn tables_of_other_runs_are_noticed() {
    let proposals = "chain,step,begins_with,applicant_id,programme_id,quota_group,choice_rank,\
                     leaves_programme_id\n";
    let forecast = "programme_id,seats,planned_seats,admitted,expected\nP,1,1,1,1\nQ,2,2,1,1\n";
    for (name, text) in [("proposals.csv", proposals), ("forecast.csv", forecast)] {
        let scene = Scene::after_final();
        scene.antagning("verify runs/final").succeeds();
        scene.write(&format!("runs/final/{name}"), text);
        scene.chain_is_broken("runs/final", name);
    }
}

#[test]
fn rounds_out_of_order_are_refused() {
    let scene = Scene::after_reserves();
    for round in ["final", "preliminary"] {
        scene.round(round);
        for (run, before) in [("final", "final"), ("two", "reserve")] {
            let reason = format!("a {round} round does not follow a {before} one");
            scene.refuses(&format!("runs/{run}"), &reason);
        }
    }
}

#[test]
fn a_run_that_is_altered_is_not_continued() {
    for (file, from, to) in [
        ("placements.csv", "ann,P,,1", "ann,Q,,2"),
        ("outcomes.csv", "seats_for_all", "ahead_of_others"),
        ("manifest.json", "\"placed\": 2", "\"placed\": 3"),
    ] {
        let scene = Scene::after_final();
        let path = format!("runs/final/{file}");
        let text = scene.read(&path);
        assert!(text.contains(from), "{text}");
        scene.write(&path, text.replace(from, to));
        scene.refuses("runs/final", "it does not hold");
    }
}

#[test]
fn events_are_only_ever_added() {
    for changed in [
        // Taken away, changed, another one put before, and a row that goes on where it ended.
        "".to_owned(),
        DECLINED.replace("decline", "accept"),
        format!("2025-07-09,withdrawal,cim,,,letter\n{DECLINED}"),
        DECLINED.trim_end().to_owned(),
    ] {
        let scene = Scene::after_final();
        scene.antagning("run season --after runs/final --out runs/one").succeeds();
        scene.events(&changed);
        scene.refuses("runs/one", "no longer begins with what it read");
    }
    let scene = Scene::after_final();
    scene.events(DECLINED.trim_end());
    scene.antagning("run season --after runs/final --out runs/one").succeeds();
    scene.events(&format!("{} by hand\n", DECLINED.trim_end()));
    scene.refuses("runs/one", "no longer begins with what it read");
    std::fs::remove_file(scene.path("season/events.csv")).unwrap();
    scene.refuses("runs/one", "which cannot be read now");
    scene.events(&format!("{DECLINED}2025-07-20,withdrawal,cim,,,letter\n"));
    scene.antagning("run season --after runs/one --out runs/two").succeeds();
}

#[test]
fn a_chain_has_one_end() {
    let scene = Scene::after_reserves();
    let answer = scene.antagning("run season --after runs/final --out runs/other").rejects();
    assert!(answer.stderr.contains("a chain has one end"), "{}", answer.stderr);
    assert_eq!(scene.entries("runs"), ["final", "one", "two"]);
    // Elsewhere it can be tried, and put beside the first it is found.
    scene.folder("tried", &[]);
    scene.antagning("run season --after runs/final --out tried/other").succeeds();
    scene.antagning("verify runs/two --chain runs").succeeds();
    std::fs::rename(scene.path("tried/other"), scene.path("runs/other")).unwrap();
    scene.chain_is_broken("runs/two --chain runs", "runs/other continues the same run");
    scene.chain_is_broken("runs/other", "runs/one continues the same run");
}

#[test]
fn days_go_forwards() {
    let scene = Scene::after_final();
    let answer =
        scene.antagning("run season --after runs/final --out runs/one --date 2025-06-30").rejects();
    assert!(
        answer.stderr.contains("it is of 2025-07-01, later than 2025-06-30"),
        "{}",
        answer.stderr
    );
    let answer =
        scene.antagning("run season --after runs/final --out runs/one --date 2025-07-05").rejects();
    assert!(answer.stderr.contains("[event_out_of_time]"), "{}", answer.stderr);
    assert!(answer.stderr.contains("the event is dated after the run"), "{}", answer.stderr);
    for date in ["2025-02-29", "yesterday"] {
        let command = format!("run season --after runs/final --out runs/one --date {date}");
        let answer = scene.antagning(&command).rejects();
        assert!(answer.stderr.contains("is not a date"), "{}", answer.stderr);
    }
    assert_eq!(scene.entries("runs"), ["final"]);
}

#[test]
fn a_missing_run_is_noticed_where_all_must_be_there() {
    let scene = Scene::after_reserves();
    std::fs::rename(scene.path("runs/final"), scene.path("gone")).unwrap();
    let answer = scene.antagning("verify runs/two").succeeds();
    assert!(answer.stdout.contains("was not examined"), "{}", answer.stdout);
    scene.chain_is_broken("runs/two --chain runs", "no run ");
    scene.antagning("verify runs/two --chain nowhere").finds_violations();
}

#[test]
fn an_altered_run_further_back_is_noticed() {
    let scene = Scene::after_reserves();
    let text = scene.read("runs/final/placements.csv");
    scene.write("runs/final/placements.csv", text.replace("bea,Q,,2", "bea,,,"));
    scene.chain_is_broken("runs/two", "runs/final: placements.csv");
}

/// Whoever forges a whole chain with digests that agree has still lost a seat.
#[test]
fn a_seat_that_was_lost_is_noticed_though_every_digest_agrees() {
    let scene = Scene::after_final();
    scene.events("2025-07-10,answer,ann,P,accept,letter\n");
    scene.antagning("run season --after runs/final --out out").succeeds();
    std::fs::rename(scene.path("runs/final"), scene.path("final")).unwrap();
    scene.antagning("verify out --chain .").succeeds();
    // A final round of another season, where cim had the seat.
    let season = scene.read("season/choices.csv");
    scene.write("season/choices.csv", season.replace("cim,1,P,10", "cim,1,P,50"));
    scene.round("final");
    std::fs::remove_file(scene.path("season/events.csv")).unwrap();
    scene.folder("forged", &[]);
    scene.antagning("run season --out forged/final --date 2025-07-01").succeeds();
    let other = scene.manifest("forged/final")["manifest_sha256"].clone();
    scene.forge_manifest(|manifest| manifest["predecessor"]["manifest_sha256"] = other);
    scene.chain_is_broken("out --chain forged", "cim has lost the seat at P");
}

#[test]
fn a_place_in_the_chain_cannot_be_made_up() {
    let forgeries: [(&str, serde_json::Value); 6] = [
        ("sequence", 3.into()),
        ("predecessor", serde_json::Value::Null),
        ("round", "final".into()),
        ("event_lines", serde_json::json!([0, 1, 2])),
        ("moves", "by_phone".into()),
        ("date", "2025-06-01".into()),
    ];
    for (field, value) in forgeries {
        let scene = Scene::after_final();
        scene.antagning("run season --after runs/final --out out").succeeds();
        std::fs::rename(scene.path("runs/final"), scene.path("final")).unwrap();
        scene.forge_manifest(|manifest| manifest["engine_version"] = "0".into());
        scene.antagning("verify out").succeeds();
        scene.forge_manifest(|manifest| manifest[field] = value);
        scene.antagning("verify out").finds_violations();
    }
}
