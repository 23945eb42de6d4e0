//! `antagning lottery` and `antagning chance`: odds by hand, the published lottery, other lists.

use serde_json::Value;

use crate::scene::Scene;

const LOTS: &str = "rule_set = \"market\"\n[ranking]\nkeys = [\"score\", \"lottery\"]\n\
                    [lottery]\nseed = \"s\"\n";

/// Three equals want P, which has one seat, and two of them Q after it, which has one as well; dag
/// is first at both, and eva last at Q.
fn three_equals() -> Scene {
    let choices = "applicant_id,choice_rank,programme_id,score\n\
        anna,1,P,240\nanna,2,Q,240\nbo,1,P,240\nbo,2,Q,240\ncia,1,P,240\n\
        dag,1,R,300\ndag,2,P,300\neva,1,Q,100\n";
    let programmes = "programme_id,capacity\nP,1\nQ,1\nR,1\n";
    let files = [("programmes.csv", programmes), ("choices.csv", choices), ("rules.toml", LOTS)];
    Scene::with_season(&files)
}

/// A market of many equals: scores in steps of 10, twenty programmes of skewed popularity.
pub(crate) fn market(applicants: u64, more: &str) -> Scene {
    let mut state = 5_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let seats: String = (0..20).map(|p| format!("P{p:02},{}\n", 10 + draw(25))).collect();
    let mut choices = String::from("applicant_id,choice_rank,programme_id,score\n");
    for applicant in 0..applicants {
        let mut open: Vec<u64> = (0..20).collect();
        let score = 100 + 10 * (draw(12) + draw(12));
        for rank in 1..=(1 + draw(4)) {
            let at = draw(open.len() as u64).min(draw(open.len() as u64));
            let programme = open.remove(at as usize);
            choices += &format!("A{applicant:04},{rank},P{programme:02},{score}\n");
        }
    }
    choices += more;
    let programmes = format!("programme_id,capacity\n{seats}");
    let files = [("programmes.csv", &*programmes), ("choices.csv", &choices), ("rules.toml", LOTS)];
    Scene::with_season(&files)
}

/// The share of draws in which somebody is admitted to each of their choices.
fn shares(chances: &Value) -> Vec<f64> {
    let choices = chances["choices"].as_array().expect("choices");
    choices.iter().map(|choice| choice["admitted"]["share"].as_f64().unwrap()).collect()
}

fn close(found: &[f64], expected: &[f64], most: f64) {
    let near = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() <= most);
    assert!(found.len() == expected.len() && near, "{found:?}, expected {expected:?}");
}

#[test]
fn odds_are_those_found_by_hand() {
    let scene = three_equals();
    let study: Value =
        scene.antagning("lottery season --draws 4000 --format json").succeeds().json();
    assert_eq!(study["status"], "working material");
    let ids: Vec<&str> = study["may_depend"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bounds| bounds["applicant_id"].as_str().unwrap())
        .collect();
    // Whether anybody comes to Q depends on no lottery, but the bounds cannot know.
    assert_eq!(ids, ["anna", "bo", "cia", "eva"]);
    // With one number each, P goes to each of the three in a third. When it goes to cia, who asks
    // for nothing else, anna and bo part Q between them; otherwise the other one has it.
    // At Q the two have other numbers in the second study, which changes none of these odds.
    for (scope, name) in [(0, "applicant"), (1, "programme")] {
        let study = &study["scopes"][scope];
        assert_eq!(study["scope"], name);
        assert_eq!(study["differed"], 3);
        let odds = |applicant: usize| shares(&study["applicants"][applicant]);
        let both = [1.0 / 3.0, 1.0 / 2.0];
        close(&odds(0), &both, 0.03);
        close(&odds(1), &both, 0.03);
        close(&odds(2), &[1.0 / 3.0], 0.03);
        close(&odds(3), &[0.0], 0.0);
        let left = study["applicants"][2]["unplaced"]["draws"].as_u64().unwrap();
        assert!(left.abs_diff(2_667) < 120);
        // All in all two of the four seek a seat in vain whatever the lots say.
        assert_eq!((&study["placed"]["min"], &study["placed"]["max"]), (&3.into(), &3.into()));
    }
}

#[test]
fn the_published_lottery_is_the_run() {
    let scene = Scene::new();
    scene.copy("data/skane-2025", "season");
    scene.antagning("run season --out run").succeeds();
    scene.antagning("lottery season --draws 3 --scope applicant --out study").succeeds();
    let columns = ["programme_id", "quota_group"];
    let (run, study) = (scene.table("run/programmes.csv"), scene.table("study/programmes.csv"));
    let cutoffs = |table: &crate::table::Table, column: &str| {
        let [ids, groups] =
            columns.map(|name| table.cells(name).map(str::to_owned).collect::<Vec<_>>());
        let cutoffs = table.cells(column).map(str::to_owned);
        ids.into_iter()
            .zip(groups)
            .zip(cutoffs)
            .collect::<std::collections::BTreeMap<(String, String), String>>()
    };
    let published = cutoffs(&study, "published");
    let by_run = cutoffs(&run, "cutoff");
    assert!(published.len() > 800);
    for (row, cutoff) in &published {
        assert_eq!(by_run[row], *cutoff, "{row:?}");
    }
    let study: Value = serde_json::from_str(&scene.read("study/lottery.json")).unwrap();
    assert_eq!(study["published"]["placed"], scene.manifest("run")["counts"]["placed"]);
    assert_eq!(study["published"]["seed"], "Skåne 2025, synthetic season 1");
}

#[test]
fn any_number_of_threads_draws_the_same() {
    let scene = market(600, "");
    for threads in [1, 5] {
        let options = format!("--draws 101 --out t{threads} --threads {threads}");
        scene.antagning(&format!("lottery season {options}")).succeeds();
    }
    assert_eq!(scene.entries("t1"), ["applicants.csv", "lottery.json", "programmes.csv"]);
    for file in scene.entries("t1") {
        assert!(scene.read(&format!("t1/{file}")) == scene.read(&format!("t5/{file}")), "{file}");
    }
    let other = scene.antagning("lottery season --draws 101 --seed 2 --format json").succeeds();
    assert!(scene.read("t1/lottery.json") != other.stdout);
}

/// The chances of somebody with a list and a merit; the list is one argument with spaces in it.
fn listed(scene: &Scene, list: &[&str], merit: u32) -> Vec<f64> {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_antagning"))
        .args(["chance", "season", "--list", &list.join(" "), "--merit", &merit.to_string()])
        .args(["--draws", "2000", "--format", "json"])
        .current_dir(scene.path(""))
        .output()
        .expect("the binary runs");
    let chances: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!(chances["method"], "large_market");
    shares(&chances)
}

/// The chances of somebody in the season.
fn exact(scene: &Scene, applicant: &str) -> Vec<f64> {
    let command = format!("chance season --applicant {applicant} --draws 2000 --format json");
    let chances: Value = scene.antagning(&command).succeeds().json();
    assert_eq!(chances["method"], "exact");
    shares(&chances)
}

/// Whoever is added last has the same numbers as somebody who is not there, so that nothing but
/// their own effect on the cutoffs can part the two.
#[test]
fn a_chance_by_merit_is_that_of_the_same_applicant_in_the_season() {
    let lists = [["P00", "P03", "P01", "P12"], ["P05", "P02", "P00", "P07"]];
    let mut between = 0;
    for (list, merit) in
        lists.iter().flat_map(|list| (150..290).step_by(10).map(move |m| (list, m)))
    {
        let rows: String = (1..)
            .zip(list)
            .map(|(rank, programme)| format!("ZZ,{rank},{programme},{merit}\n"))
            .collect();
        let exact = exact(&market(600, &rows), "ZZ");
        close(&listed(&market(600, ""), list, merit), &exact, 0.005);
        between += exact.iter().filter(|share| (0.05..0.95).contains(*share)).count();
    }
    assert!(between > 2, "chances that are neither certain nor none: {between}");
}

/// The limit of the approximation: whom the applicant displaces displaces another, who comes back
/// to take the applicant's seat.
#[test]
fn a_chance_by_merit_does_not_know_who_comes_back() {
    let choices = "applicant_id,choice_rank,programme_id,score\n\
        bo,1,P,100\nbo,2,Q,300\ncia,1,Q,100\ncia,2,P,300\n";
    let season = |more: &str| {
        let choices = format!("{choices}{more}");
        let programmes = "programme_id,capacity\nP,1\nQ,1\n";
        let files =
            [("programmes.csv", programmes), ("choices.csv", &*choices), ("rules.toml", LOTS)];
        Scene::with_season(&files)
    };
    assert_eq!(listed(&season(""), &["P"], 200), [1.0]);
    assert_eq!(exact(&season("zoe,1,P,200\n"), "zoe"), [0.0]);
}

/// One seat by test, which passes on where nobody is left to take it, and two by score.
#[test]
fn a_chance_by_merit_is_in_the_groups_that_ask_for_no_more() {
    let season = |tested: u32, more: &str| {
        let mut choices =
            String::from("applicant_id,choice_rank,programme_id,score\nfirst,1,P,250\n");
        choices.extend((0..5).map(|equal| format!("e{equal},1,P,240\n")));
        choices += more;
        let mut tests = String::from("applicant_id,programme_id,points,passed\n");
        tests.extend((0..tested).map(|equal| format!("e{equal},P,9,1\n")));
        let groups = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,test_maximum\n\
            P,prov,1,1,test,,alla,20\nP,alla,2,2,,,,20\n";
        Scene::with_season(&[
            ("programmes.csv", "programme_id,capacity\nP,3\n"),
            ("choices.csv", &choices),
            ("quota_groups.csv", groups),
            ("test_scores.csv", &tests),
            ("rules.toml", LOTS),
        ])
    };
    // A test takes one of the six equals, and of the five that are left one is taken beside the
    // first one. Of two with the same test it takes the one with the better lot, so that zoe comes
    // first (1/6), or next after one of these two (2/6 · 1/5). Without any test the seat has passed
    // on, and two of six are taken.
    for (tested, expected) in [(1, 1.0 / 5.0), (2, 7.0 / 30.0), (0, 2.0 / 6.0)] {
        let found = listed(&season(tested, ""), &["P"], 240);
        close(&found, &exact(&season(tested, "zoe,1,P,240\n"), "zoe"), 0.0);
        close(&found, &[expected], 0.03);
    }
    assert_eq!(listed(&season(1, ""), &["P"], 250), [1.0]);
    assert_eq!(listed(&season(1, ""), &["P"], 230), [0.0]);
}

/// P ranks by a test alone; Q has one seat by test and one by score, and R no groups at all.
#[test]
fn what_a_merit_does_not_open_has_no_chance_but_a_reason() {
    let groups = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,test_maximum\n\
        P,prov,1,1,test,test_passed,,20\nQ,prov,1,1,test,,,20\nQ,alla,2,1,,,,20\n";
    let scene = Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity\nP,1\nQ,2\nR,0\n"),
        ("choices.csv", "applicant_id,choice_rank,programme_id,score\ne,1,P,240\ne,2,Q,240\n"),
        ("quota_groups.csv", groups),
        ("test_scores.csv", "applicant_id,programme_id,points,passed\ne,P,9,1\n"),
        ("rules.toml", LOTS),
    ]);
    let ask = |list: &str, more: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_antagning"))
            .args(["chance", "season", "--list", list, "--merit", "300", "--draws", "100"])
            .args(more)
            .current_dir(scene.path(""))
            .output()
            .expect("the binary runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let told: Value = serde_json::from_str(&ask("R P Q", &["--format", "json"])).unwrap();
    let [none, closed, open] = [0, 1, 2].map(|at| &told["choices"][at]);
    // There is no seat at R, but nothing else stands in the way.
    assert_eq!((&none["open"], &none["reason"]), (&true.into(), &Value::Null));
    assert_eq!(none["admitted"]["share"], 0.0);
    assert_eq!((&closed["open"], &closed["admitted"]), (&false.into(), &Value::Null));
    assert_eq!(closed["reason"], "needs_more_than_merit");
    assert_eq!((&open["open"], &open["reason"]), (&true.into(), &Value::Null));
    assert_eq!(open["admitted"]["share"], 1.0);
    for (language, row, note) in [
        ("sv", "(kräver mer än meritvärde)", "Mer än meritvärde: prov,"),
        ("en", "(needs more than merit)", "More than merit: a test,"),
    ] {
        let text = ask("P Q", &["--lang", language]);
        assert!(text.lines().next().unwrap().ends_with(row) && text.contains(note), "{text}");
        let text = ask("Q R", &["--lang", language]);
        assert!(!text.contains(row) && !text.contains(note), "{text}");
    }
    let exact: Value =
        scene.antagning("chance season --applicant e --format json").succeeds().json();
    assert_eq!(exact["choices"][0]["open"], true);

    // Some choice is open, and then none at all: 100 % of none would be odds of nothing.
    assert_eq!((&told["open"], &told["unplaced"]["share"]), (&true.into(), &0.0.into()));
    assert_eq!((&exact["open"], &exact["unplaced"]["share"]), (&true.into(), &0.0.into()));
    let told: Value = serde_json::from_str(&ask("P", &["--format", "json"])).unwrap();
    assert_eq!((&told["open"], &told["unplaced"]), (&false.into(), &Value::Null));
    assert_eq!(told["choices"][0]["reason"], "needs_more_than_merit");
    for (language, sentence, row, confidence) in [
        ("sv", "Inget av valen står öppet för det här meritvärdet", "ingen av dem", "konfidens"),
        ("en", "No choice is open to this merit", "none of them", "confidence"),
    ] {
        let text = ask("P", &["--lang", language]);
        assert!(text.contains(sentence) && !text.contains('%'), "{text}");
        let text = ask("P R", &["--lang", language]);
        assert!(text.contains(row) && text.contains(confidence), "{text}");
        assert!(!text.contains(sentence), "{text}");
    }
}

#[test]
fn chances_of_an_applicant_are_those_of_the_study() {
    let scene = three_equals();
    let chances: Value =
        scene.antagning("chance season --applicant bo --draws 500 --format json").succeeds().json();
    let study: Value =
        scene.antagning("lottery season --draws 500 --format json").succeeds().json();
    assert_eq!(shares(&chances), shares(&study["scopes"][0]["applicants"][1]));
    let text = scene.antagning("chance season --applicant bo --lang sv").succeeds().stdout;
    assert!(text.contains("ingen av dem") && text.contains("Arbetsmaterial"), "{text}");
}

#[test]
fn what_cannot_be_asked_is_told() {
    let scene = three_equals();
    let draws = "invalid value '0' for '--draws <N>': 0 is not in 1..=10000000";
    scene.antagning("lottery season --draws 0").rejects().remarks(draws);
    let draws = "invalid value '0' for '--draws <N>': 0 is not in 1..=1000000\n";
    scene.antagning("chance season --applicant bo --draws 0").rejects().remarks(draws);
    scene.antagning("chance season").rejects();
    scene.antagning("chance season --list P").rejects();
    scene.antagning("chance season --applicant bo --merit 1").rejects().remarks("--merit");
    for empty in ["--list=", "--list=\u{a0}"] {
        let refused = scene.antagning(&format!("chance season {empty} --merit 200"));
        refused.rejects().remarks("name at least one programme");
    }
    scene.antagning("chance season --applicant zoe").rejects().remarks("no applicant zoe");
    scene.antagning("chance season --list X --merit 200").rejects().remarks("the list names X");
    scene.write("stands", "");
    scene.antagning("lottery season --out stands").rejects();
    let text = scene.antagning("lottery season --draws 10 --lang sv").succeeds().stdout;
    assert!(text.contains("kan bero på lotten") && text.contains("Arbetsmaterial"), "{text}");

    scene.write(
        "season/rules.toml",
        "rule_set = \"market\"\n[ranking]\nkeys = [\"score\"]\nat_cutoff = \"admit_all\"\n",
    );
    let remedy = "end ranking.keys in rules.toml with \"lottery\"";
    scene.antagning("lottery season").rejects().remarks(remedy);
    scene.antagning("chance season --list P --merit 200").rejects().remarks(remedy);
}
