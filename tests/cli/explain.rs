//! Explanations, word for word: every status and reason, in both languages.

use serde_json::{Value, json};

use crate::scene::Scene;
use crate::seasons::{EveryReason, SEED};

fn explained(scene: &Scene, applicant: &str, language: &str) -> String {
    scene.antagning(&format!("explain out {applicant} --lang {language}")).succeeds().stdout
}

fn assert_explained(applicant: &str, swedish: &str, english: &str) {
    let scene = Scene::with_run(&EveryReason::new().files());
    assert_eq!(explained(&scene, applicant, "sv"), swedish);
    assert_eq!(explained(&scene, applicant, "en"), english);
}

#[test]
fn admitted_ahead_of_others_and_struck() {
    assert_explained(
        "ada",
        "\
Förslaget är att du antas till Naturvetenskapsprogrammet, Norra gymnasiet.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   Du är antagen. Du har meritvärdet 340; antagningsgränsen blev 340.

2. Norra gymnasiet
   Valet prövades inte, eftersom du är antagen till ett val som du har rangordnat högre.
",
        "\
The proposal is to admit you to Naturvetenskapsprogrammet, Norra gymnasiet.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   You are admitted. You have a merit value of 340; the cutoff is 340.

2. Norra gymnasiet
   The choice was not considered, because you are admitted to one that you ranked higher.
",
    );
}

#[test]
fn reserve_below_the_cutoff_reserve_without_seats_and_seats_for_all() {
    assert_explained(
        "bo",
        "\
Förslaget är att du antas till Norra gymnasiet.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   Du är reserv nummer 1. Du har meritvärdet 280; antagningsgränsen blev 340. Med exakt 340 hade lottning kunnat avgöra.

2. Estetiska programmet
   Du är reserv nummer 1. Utbildningen har inga platser.

3. Norra gymnasiet
   Du är antagen. Alla behöriga som ville gå här fick plats.
",
        "\
The proposal is to admit you to Norra gymnasiet.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   You are number 1 on the reserve list. You have a merit value of 280; the cutoff is 340. With exactly 340, a lottery could have decided.

2. Estetiska programmet
   You are number 1 on the reserve list. The programme has no seats.

3. Norra gymnasiet
   You are admitted. Every eligible applicant who wanted a seat here got one.
",
    );
}

#[test]
fn reserve_by_lot() {
    assert_explained(
        "cim",
        "\
Du har inte fått någon plats i den här antagningen.

1. Bygg- och anläggningsprogrammet, Södra, gymnasiet
   Du är reserv nummer 1. Du har meritvärdet 240; antagningsgränsen blev 240. Platserna räckte inte till alla; lottning avgjorde.
",
        "\
You have not got a place in this admission.

1. Bygg- och anläggningsprogrammet, Södra, gymnasiet
   You are number 1 on the reserve list. You have a merit value of 240; the cutoff is 240. There were not seats for everyone; a lottery decided.
",
    );
}

#[test]
fn admitted_by_lot() {
    assert_explained(
        "dan",
        "\
Förslaget är att du antas till Bygg- och anläggningsprogrammet, Södra, gymnasiet.

1. Bygg- och anläggningsprogrammet, Södra, gymnasiet
   Du är antagen. Du har meritvärdet 240; antagningsgränsen blev 240. Platserna räckte inte till alla; lottning avgjorde.
",
        "\
The proposal is to admit you to Bygg- och anläggningsprogrammet, Södra, gymnasiet.

1. Bygg- och anläggningsprogrammet, Södra, gymnasiet
   You are admitted. You have a merit value of 240; the cutoff is 240. There were not seats for everyone; a lottery decided.
",
    );
}

#[test]
fn ineligible_without_required_subjects() {
    assert_explained(
        "fia",
        "\
Du har inte fått någon plats i den här antagningen.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   Du är inte behörig: du saknar godkänt betyg i svenska (eller svenska som andraspråk), engelska och fysik (SkolL 16 kap. 31 § och GyF 7 kap. 1 § 2).

2. Norra gymnasiet
   Du är inte behörig: du saknar godkänt betyg i svenska (eller svenska som andraspråk) och engelska (SkolL 16 kap. 30 §).
",
        "\
You have not got a place in this admission.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   You are not eligible: you have no pass in Swedish (or Swedish as a second language), English and physics (SkolL 16 kap. 31 § och GyF 7 kap. 1 § 2).

2. Norra gymnasiet
   You are not eligible: you have no pass in Swedish (or Swedish as a second language) and English (SkolL 16 kap. 30 §).
",
    );
}

#[test]
fn ineligible_with_too_few_passes() {
    assert_explained(
        "gun",
        "\
Du har inte fått någon plats i den här antagningen.

1. Estetiska programmet
   Du är inte behörig: du har godkänt betyg i 7 ämnen, men det krävs 12 (SkolL 16 kap. 31 §).

2. Norra gymnasiet
   Du är inte behörig: du har godkänt betyg i 7 ämnen, men det krävs 8 (SkolL 16 kap. 30 §).
",
        "\
You have not got a place in this admission.

1. Estetiska programmet
   You are not eligible: you have passed 7 subjects, but 12 are needed (SkolL 16 kap. 31 §).

2. Norra gymnasiet
   You are not eligible: you have passed 7 subjects, but 8 are needed (SkolL 16 kap. 30 §).
",
    );
}

#[test]
fn nothing_chosen() {
    assert_explained(
        "hal",
        "Du har inga val i den här antagningen.\n",
        "You have no choices in this admission.\n",
    );
}

#[test]
fn english_is_spoken_unless_swedish_is_asked_for() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let unasked = scene.antagning("explain out bo").succeeds().stdout;
    assert_eq!(unasked, explained(&scene, "bo", "en"));
}

#[test]
fn an_unknown_applicant_is_rejected() {
    let scene = Scene::with_run(&EveryReason::new().files());
    scene.antagning("explain out zoe").rejects().remarks("the run has no applicant zoe");
    scene.antagning("explain out Bo").rejects();
}

/// Codes, numbers and provisions do not depend on the language; only the texts do.
#[test]
fn json_has_the_codes() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let of = |applicant: &str, language: &str| -> Vec<Value> {
        let command = format!("explain out {applicant} --lang {language} --format json");
        let mut answer = scene.antagning(&command).succeeds().json();
        assert_eq!(answer["applicant_id"], applicant);
        let choices = answer["choices"].as_array_mut().expect("choices");
        for choice in choices.iter_mut() {
            let text = choice.as_object_mut().and_then(|fields| fields.remove("text"));
            assert!(text.is_some_and(|text| text.as_str().is_some_and(|t| t.len() > 20)));
        }
        choices.clone()
    };
    let bo = json!([
        {
            "choice_rank": 1, "programme_id": "na",
            "title": "Naturvetenskapsprogrammet, Norra gymnasiet",
            "status": "reserve", "reason": "below_cutoff", "decided_by": "merit",
            "score": "280", "cutoff": "340", "reserve_position": 1,
        },
        {
            "choice_rank": 2, "programme_id": "es", "title": "Estetiska programmet",
            "status": "reserve", "reason": "no_seats", "score": "280", "reserve_position": 1,
        },
        {
            "choice_rank": 3, "programme_id": "ee", "title": "Norra gymnasiet",
            "status": "admitted", "reason": "seats_for_all", "score": "280",
        },
    ]);
    assert_eq!(json!(of("bo", "sv")), bo);
    assert_eq!(json!(of("bo", "en")), bo);

    let fia = of("fia", "sv");
    assert_eq!(fia[0]["missing"], "SV/SVA EN FY");
    assert_eq!(fia[0]["provision"], "SkolL 16 kap. 31 § och GyF 7 kap. 1 § 2");
    assert_eq!(of("gun", "sv")[1]["missing"], "7/8");

    // The number that anyone can draw again: the first 8 bytes of SHA-256.
    let cim = of("cim", "sv");
    let digest = crate::counting::sha256(format!("{SEED}\ncim"));
    let number = u64::from_str_radix(&digest[..16], 16).expect("a number");
    assert_eq!(cim[0]["lottery_number"], number);
}

/// Nobody is told anything about somebody else.
#[test]
fn explanations_name_no_other_applicant() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let others = |own: &str| {
        let all = ["ada", "bo", "cim", "dan", "eli", "fia", "gun", "hal"];
        all.into_iter().filter(move |id| *id != own).collect::<Vec<_>>()
    };
    for applicant in ["ada", "bo", "cim", "dan", "eli", "fia", "gun", "hal"] {
        let command = format!("explain out {applicant} --format json --lang sv");
        let answer = scene.antagning(&command).succeeds().stdout;
        let words: Vec<_> = answer.split(|c: char| !c.is_alphanumeric()).collect();
        for other in others(applicant) {
            assert!(!words.contains(&other), "{applicant} is told of {other}");
        }
    }
}
