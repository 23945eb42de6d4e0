//! Explanations where another key than merit decides, and in a market season.

use crate::scene::Scene;
use crate::seasons::{EveryReason, MARKET};

/// What the explanation says of the first choice.
fn first_choice(scene: &Scene, applicant: &str, language: &str) -> String {
    let command = format!("explain out {applicant} --lang {language} --format json");
    let answer = scene.antagning(&command).succeeds().json();
    answer["choices"][0]["text"].as_str().expect("a sentence").to_owned()
}

fn with_keys(keys: &str) -> Scene {
    let rules = format!("[ranking]\nkeys = [{keys}]\n[lottery]\nseed = \"x\"\n");
    Scene::with_run(&EveryReason::with_rules(&rules).files())
}

#[test]
fn a_market_season_speaks_of_scores() {
    let scene = Scene::with_run(MARKET);
    assert_eq!(
        first_choice(&scene, "ann", "sv"),
        "Du är antagen. Du har 20 poäng; antagningsgränsen blev 20."
    );
    assert_eq!(
        first_choice(&scene, "ann", "en"),
        "You are admitted. You have a score of 20; the cutoff is 20."
    );
    assert_eq!(
        first_choice(&scene, "bea", "sv"),
        "Du är reserv nummer 1. Du har 17,5 poäng; antagningsgränsen blev 20."
    );
    assert_eq!(
        first_choice(&scene, "bea", "en"),
        "You are number 1 on the reserve list. You have a score of 17.5; the cutoff is 20."
    );
}

/// At s mia has 30, lo 20 and kim 10; at t lo goes before mia. Had kim 25, more than the cutoff of
/// 20, lo would have gone to t, mia from there to s, and kim would be a reserve all the same. So
/// nobody may be told that more than the cutoff would have been enough.
#[test]
fn scores_of_their_own_at_each_programme_promise_nothing() {
    let choices = |kim: &str| {
        format!(
            "applicant_id,choice_rank,programme_id,score\nkim,1,s,{kim}\n\
             lo,1,s,20\nlo,2,t,2\nmia,1,t,1\nmia,2,s,30\n"
        )
    };
    let scene = Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity\ns,1\nt,1\n"),
        ("choices.csv", &choices("10")),
    ]);
    scene.antagning("run season --out out").succeeds();
    let text = first_choice(&scene, "kim", "en");
    assert!(text.ends_with("You have a score of 10; the cutoff is 20."), "{text}");

    scene.write("season/choices.csv", choices("25"));
    scene.antagning("run season --out again").succeeds();
    let placements = scene.table("again/placements.csv");
    assert_eq!(placements.get(placements.row(&[("applicant_id", "kim")]), "programme_id"), "");
}

/// No merit is above 340: nothing is promised for more. Nor is anything said about an exact tie
/// where no key is left to settle it.
#[test]
fn at_the_highest_merit_nothing_is_promised_that_nobody_can_reach() {
    let scene = with_keys("\"merit\", \"lottery\"");
    let with_lots = first_choice(&scene, "bo", "en");
    assert!(with_lots.contains("the cutoff is 340. With exactly 340, a lottery"), "{with_lots}");

    let scene = Scene::with_season(&EveryReason::with_rules("").files());
    scene.write("season/rules.toml", "[ranking]\nkeys = [\"merit\"]\n");
    let choices =
        scene.read("season/choices.csv").replace("cim,1,ba\n", "").replace("dan,1,ba\n", "");
    scene.write("season/choices.csv", choices);
    scene.antagning("run season --out out").succeeds();
    let without = first_choice(&scene, "bo", "en");
    assert!(without.ends_with("the cutoff is 340."), "{without}");
}

/// Cim, dan and eli have the same merit, but dan puts ba second.
#[test]
fn choice_rank_before_merit_names_the_key_that_decided() {
    let rules =
        "[ranking]\nkeys = [\"choice_rank\", \"merit\", \"lottery\"]\n[lottery]\nseed = \"x\"\n";
    let season = EveryReason::with_rules(rules);
    let scene = Scene::with_season(&season.files());
    let choices = scene.read("season/choices.csv");
    let choices = choices.replace("dan,1,ba\n", "dan,1,es\ndan,2,ba\n");
    scene.write("season/choices.csv", choices);
    scene.antagning("run season --out out").succeeds();
    let answer = scene.antagning("explain out dan --lang sv --format json").succeeds().json();
    assert_eq!(
        answer["choices"][1]["text"],
        "Du är reserv nummer 1. Du har meritvärdet 240; antagningsgränsen blev 240. \
         Platserna räckte inte till alla; hur högt valet var rangordnat avgjorde."
    );
    assert_eq!(
        first_choice(&scene, "cim", "en"),
        "You are admitted. You have a merit value of 240; the cutoff is 240. There were not seats \
         for everyone; how high the choice was ranked decided."
    );
}

/// Cim's 240 is made with a language on top: fewer grade points than the others, one pass more.
#[test]
fn further_grade_keys_are_named() {
    let season_with = |key: &str| {
        let rules = format!("[ranking]\nkeys = [\"merit\", \"{key}\", \"lottery\"]\n");
        let scene = Scene::with_season(&EveryReason::with_rules(&rules).files());
        let grades = scene.read("season/grades.csv");
        let line = grades.lines().find(|line| line.starts_with("cim,")).expect("cim's grades");
        let with_language = "cim,C,,C,C,C,C,C,C,C,D,D,D,D,D,D,D,D,A";
        scene.write("season/grades.csv", grades.replace(line, with_language));
        scene.antagning("run season --out out").succeeds();
        scene.antagning("verify out").succeeds();
        scene
    };
    let scene = season_with("grade_points");
    assert_eq!(
        first_choice(&scene, "cim", "sv"),
        "Du är reserv nummer 1. Du har meritvärdet 240; antagningsgränsen blev 240. \
         Platserna räckte inte till alla; betygspoängen utan språkpoäng avgjorde."
    );
    assert!(
        first_choice(&scene, "cim", "en")
            .ends_with("the grade points without language points decided.")
    );
    let scene = season_with("grade_count");
    assert_eq!(
        first_choice(&scene, "cim", "sv"),
        "Du är antagen. Du har meritvärdet 240; antagningsgränsen blev 240. \
         Platserna räckte inte till alla; antalet godkända ämnen avgjorde."
    );
    assert!(first_choice(&scene, "cim", "en").ends_with("the number of passed subjects decided."));
}
