//! Explanations where another key than merit decides, and in a market season.

use crate::crowd::{Crowd, letters_of};
use crate::scene::Scene;
use crate::seasons::grades;

/// What the explanation says of the first choice.
pub(crate) fn first_choice(scene: &Scene, applicant: &str, language: &str) -> String {
    let command = format!("explain out {applicant} --lang {language} --format json");
    let answer = scene.antagning(&command).succeeds().json();
    answer["choices"][0]["text"].as_str().expect("a sentence").to_owned()
}

fn with_keys(keys: &str) -> String {
    format!("[ranking]\nkeys = [{keys}]\n[lottery]\nseed = \"x\"\n")
}

/// Five with 20–24 points and bea with 17.5, for five seats.
fn market() -> Scene {
    let choices = "applicant_id,choice_rank,programme_id,score\nann,1,P,20\nbea,1,P,17.5\n\
        f1,1,P,21\nf2,1,P,22\nf3,1,P,23\nf4,1,P,24\n";
    Scene::with_run(&[("programmes.csv", "programme_id,capacity\nP,5\n"), ("choices.csv", choices)])
}

#[test]
fn a_market_season_speaks_of_scores() {
    let scene = market();
    assert_eq!(
        first_choice(&scene, "ann", "sv"),
        "Du föreslås bli antagen. Du har 20 poäng; antagningsgränsen är 20."
    );
    assert_eq!(
        first_choice(&scene, "ann", "en"),
        "You are proposed for admission. You have a score of 20; the cutoff is 20."
    );
    assert_eq!(
        first_choice(&scene, "bea", "sv"),
        "Du föreslås bli reserv nummer 1. Du har 17,5 poäng; antagningsgränsen är 20."
    );
    assert_eq!(
        first_choice(&scene, "bea", "en"),
        "You are proposed as number 1 on the reserve list. You have a score of 17.5; the cutoff \
         is 20."
    );
}

/// At s mia has 30, lo 20 and kim 10, and four others have more; at t lo goes before mia. Had kim
/// 25, more than the cutoff of 20, lo would have gone to t, mia from there to s, and kim would be a
/// reserve all the same. So nobody may be told that more than the cutoff would have been enough.
#[test]
fn scores_of_their_own_at_each_programme_promise_nothing() {
    let choices = |kim: &str| {
        format!(
            "applicant_id,choice_rank,programme_id,score\nkim,1,s,{kim}\n\
             lo,1,s,20\nlo,2,t,2\nmia,1,t,1\nmia,2,s,30\n\
             f1,1,s,41\nf2,1,s,42\nf3,1,s,43\nf4,1,s,44\n"
        )
    };
    let scene = Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity\ns,5\nt,1\n"),
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

/// No merit is above 340: nothing is promised for more.
#[test]
fn at_the_highest_merit_nothing_is_promised_that_nobody_can_reach() {
    let best = "A-AAAAAAAAAAAAAAAA".to_owned();
    let mut applicants: Vec<_> =
        ["a1", "a2", "a3", "a4", "a5"].iter().map(|id| (*id, best.clone())).collect();
    applicants.push(("bo", letters_of(280.0)));
    let season = |rules: &str| Scene::with_run(&Crowd::new(5, &applicants, rules).files());
    let with_lots = first_choice(&season(&with_keys("\"merit\", \"lottery\"")), "bo", "en");
    assert!(
        with_lots.ends_with("the cutoff is 340. With exactly 340, a lottery could have decided.")
    );
}

/// All four c have the same merit, but c1 puts na second.
#[test]
fn choice_rank_before_merit_names_the_key_that_decided() {
    let crowd = Crowd::tied(&with_keys("\"choice_rank\", \"merit\", \"lottery\""));
    let scene = Scene::with_season(&crowd.files());
    let choices = scene.read("season/choices.csv");
    let choices = choices.replace("c1,1,na\nc1,2,ee\n", "c1,1,full\nc1,2,na\n");
    scene.write("season/choices.csv", choices);
    let programmes = scene.read("season/programmes.csv") + "full,0,,,NA\n";
    scene.write("season/programmes.csv", programmes);
    scene.antagning("run season --out out").succeeds();
    let answer = scene.antagning("explain out c1 --lang sv --format json").succeeds().json();
    assert_eq!(
        answer["choices"][1]["text"],
        "Du föreslås bli reserv nummer 7. Du har meritvärdet 240; antagningsgränsen är 240. \
         Platserna räckte inte till alla; hur högt valet var rangordnat avgjorde."
    );
    assert_eq!(answer["choices"][1]["keys"]["choice_rank"], "2");
    // Lots are drawn for two seats among the three who put na first.
    let told: Vec<_> = ["c2", "c3", "c4"].map(|id| first_choice(&scene, id, "en")).to_vec();
    assert!(told.iter().all(|text| text.ends_with("a lottery decided.")), "{told:?}");
}

/// The 240 of c1 are made with a language on top: fewer grade points than the others, one pass
/// more.
#[test]
fn further_grade_keys_are_named() {
    let season_with = |key: &str| {
        let rules = format!("[ranking]\nkeys = [\"merit\", \"{key}\", \"lottery\"]\n");
        let crowd = Crowd::tied(&rules);
        let text = crowd.files()[2].1.to_owned();
        let line = text.lines().find(|line| line.starts_with("c1,")).expect("the grades of c1");
        let with_language = grades(&[("c1", "C-CCCCCCCDDDDDDDDA")]);
        let with_language = with_language.lines().nth(1).expect("a line");
        let text = text.replace(line, with_language);
        let scene = Scene::with_run(&crowd.with("grades.csv", &text));
        scene.antagning("verify out").succeeds();
        scene
    };
    let scene = season_with("grade_points");
    assert_eq!(
        first_choice(&scene, "c1", "sv"),
        "Du föreslås bli reserv nummer 2. Du har meritvärdet 240; antagningsgränsen är 240. \
         Platserna räckte inte till alla; betygspoängen utan språkpoäng avgjorde."
    );
    assert!(
        first_choice(&scene, "c1", "en")
            .ends_with("the grade points without language points decided.")
    );
    let scene = season_with("grade_count");
    assert_eq!(
        first_choice(&scene, "c1", "sv"),
        "Du föreslås bli antagen. Du har meritvärdet 240; antagningsgränsen är 240. \
         Platserna räckte inte till alla; antalet godkända ämnen avgjorde."
    );
    assert!(first_choice(&scene, "c1", "en").ends_with("the number of passed subjects decided."));
}
