//! Explanations, word for word: every status and reason, in both languages.

use serde_json::{Value, json};

use crate::crowd::Crowd;
use crate::scene::Scene;
use crate::seasons::{EveryReason, SEED};

fn seeded() -> String {
    format!("[lottery]\nseed = \"{SEED}\"\n")
}

fn explained(scene: &Scene, applicant: &str, language: &str) -> String {
    scene.antagning(&format!("explain out {applicant} --lang {language}")).succeeds().stdout
}

/// What stands below the headline of every explanation.
const NOTICES: [&str; 2] = [
    "Det här är ett förslag. En människa granskar det och fattar beslutet (för kommunala skolor: \
     KL 6 kap. 38 §).\n",
    "This is a proposal. A human official reviews it and decides (at municipal schools: KL 6 kap. \
     38 §).\n",
];

fn assert_told(scene: &Scene, applicant: &str, swedish: &str, english: &str) {
    let texts = [("sv", swedish, NOTICES[0]), ("en", english, NOTICES[1])];
    for (language, expected, notice) in texts {
        let (headline, choices) = expected.split_once('\n').expect("a headline");
        let expected = format!("{headline}\n{notice}{choices}");
        assert_eq!(explained(scene, applicant, language), expected);
    }
}

fn assert_explained(applicant: &str, swedish: &str, english: &str) {
    assert_told(&Scene::with_run(&EveryReason::new().files()), applicant, swedish, english);
}

#[test]
fn admitted_ahead_of_others_and_struck() {
    assert_explained(
        "ada",
        "\
Du föreslås bli antagen till Naturvetenskapsprogrammet, Norra gymnasiet.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   Du föreslås bli antagen. Du har meritvärdet 340. Antagningsgränsen visas inte, eftersom färre än 5 föreslås bli antagna.

2. Norra gymnasiet
   Valet prövas inte, eftersom du föreslås bli antagen till ett val som du har rangordnat högre.
",
        "\
You are proposed for admission to Naturvetenskapsprogrammet, Norra gymnasiet.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   You are proposed for admission. You have a merit value of 340. The cutoff is not shown, because fewer than 5 are proposed for admission.

2. Norra gymnasiet
   The choice is not considered, because you are proposed for admission to one that you ranked higher.
",
    );
}

#[test]
fn reserve_below_the_cutoff_reserve_without_seats_and_seats_for_all() {
    assert_explained(
        "bo",
        "\
Du föreslås bli antagen till Norra gymnasiet.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   Du föreslås bli reserv nummer 1. Platserna räckte inte till alla, och andra står före dig i rangordningen. Du har meritvärdet 280. Antagningsgränsen visas inte, eftersom färre än 5 föreslås bli antagna.

2. Estetiska programmet
   Du föreslås bli reserv nummer 1. Utbildningen har inga platser.

3. Norra gymnasiet
   Du föreslås bli antagen. Alla behöriga som ville gå här fick plats.
",
        "\
You are proposed for admission to Norra gymnasiet.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   You are proposed as number 1 on the reserve list. There were not seats for everyone, and others stand before you in the ranking. You have a merit value of 280. The cutoff is not shown, because fewer than 5 are proposed for admission.

2. Estetiska programmet
   You are proposed as number 1 on the reserve list. The programme has no seats.

3. Norra gymnasiet
   You are proposed for admission. Every eligible applicant who wanted a seat here got one.
",
    );
}

#[test]
fn reserve_by_lot() {
    assert_told(
        &Scene::with_run(&Crowd::tied(&seeded()).files()),
        "c2",
        "\
Du föreslås bli antagen till El, Norra.

1. Naturvetenskap, Norra
   Du föreslås bli reserv nummer 2. Du har meritvärdet 240; antagningsgränsen är 240. Platserna räckte inte till alla; lottning avgjorde.

2. El, Norra
   Du föreslås bli antagen. Alla behöriga som ville gå här fick plats.
",
        "\
You are proposed for admission to El, Norra.

1. Naturvetenskap, Norra
   You are proposed as number 2 on the reserve list. You have a merit value of 240; the cutoff is 240. There were not seats for everyone; a lottery decided.

2. El, Norra
   You are proposed for admission. Every eligible applicant who wanted a seat here got one.
",
    );
}

#[test]
fn admitted_by_lot() {
    assert_told(
        &Scene::with_run(&Crowd::tied(&seeded()).files()),
        "c3",
        "\
Du föreslås bli antagen till Naturvetenskap, Norra.

1. Naturvetenskap, Norra
   Du föreslås bli antagen. Du har meritvärdet 240; antagningsgränsen är 240. Platserna räckte inte till alla; lottning avgjorde.

2. El, Norra
   Valet prövas inte, eftersom du föreslås bli antagen till ett val som du har rangordnat högre.
",
        "\
You are proposed for admission to Naturvetenskap, Norra.

1. Naturvetenskap, Norra
   You are proposed for admission. You have a merit value of 240; the cutoff is 240. There were not seats for everyone; a lottery decided.

2. El, Norra
   The choice is not considered, because you are proposed for admission to one that you ranked higher.
",
    );
}

#[test]
fn reserve_below_the_cutoff() {
    assert_told(
        &Scene::with_run(&Crowd::tied(&seeded()).files()),
        "d1",
        "\
Du föreslås bli antagen till El, Norra.

1. Naturvetenskap, Norra
   Du föreslås bli reserv nummer 5. Du har meritvärdet 200; antagningsgränsen är 240. Mer än 240 hade räckt. Med exakt 240 hade lottning kunnat avgöra.

2. El, Norra
   Du föreslås bli antagen. Alla behöriga som ville gå här fick plats.
",
        "\
You are proposed for admission to El, Norra.

1. Naturvetenskap, Norra
   You are proposed as number 5 on the reserve list. You have a merit value of 200; the cutoff is 240. More than 240 would have been enough. With exactly 240, a lottery could have decided.

2. El, Norra
   You are proposed for admission. Every eligible applicant who wanted a seat here got one.
",
    );
}

#[test]
fn ineligible_without_required_subjects() {
    assert_explained(
        "fia",
        "\
Du föreslås inte bli antagen till något av dina val.

1. Naturvetenskapsprogrammet, Norra gymnasiet
   Du är inte behörig: du saknar godkänt betyg i svenska (eller svenska som andraspråk), engelska och fysik (SkolL 16 kap. 31 § och GyF 7 kap. 1 § 2).

2. Norra gymnasiet
   Du är inte behörig: du saknar godkänt betyg i svenska (eller svenska som andraspråk) och engelska (SkolL 16 kap. 30 §).
",
        "\
You are not proposed for admission to any of your choices.

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
Du föreslås inte bli antagen till något av dina val.

1. Estetiska programmet
   Du är inte behörig: du har godkänt betyg i 7 ämnen, men det krävs 12 (SkolL 16 kap. 31 §).

2. Norra gymnasiet
   Du är inte behörig: du har godkänt betyg i 7 ämnen, men det krävs 8 (SkolL 16 kap. 30 §).
",
        "\
You are not proposed for admission to any of your choices.

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
            "status": "reserve", "reason": "behind_others", "score": "280",
            "keys": { "reception": "first_hand", "merit": "280" },
            "cutoff_kind": "suppressed", "reserve_position": 1,
            "provision": "GyF 7 kap. 4 §", "setting": "[ranking] keys",
        },
        {
            "choice_rank": 2, "programme_id": "es", "title": "Estetiska programmet",
            "status": "reserve", "reason": "no_seats", "score": "280",
            "keys": { "reception": "first_hand", "merit": "280" },
            "cutoff_kind": "none_admitted", "reserve_position": 1,
            "setting": "programmes.csv capacity",
        },
        {
            "choice_rank": 3, "programme_id": "ee", "title": "Norra gymnasiet",
            "status": "admitted", "reason": "seats_for_all", "score": "280",
            "keys": { "reception": "first_hand", "merit": "280" },
            "cutoff_kind": "suppressed",
            "provision": "GyF 7 kap. 2 §", "setting": "programmes.csv capacity",
        },
    ]);
    assert_eq!(json!(of("bo", "sv")), bo);
    assert_eq!(json!(of("bo", "en")), bo);

    let fia = of("fia", "sv");
    assert_eq!(fia[0]["missing"], "SV/SVA EN FY");
    assert_eq!(fia[0]["provision"], "SkolL 16 kap. 31 § och GyF 7 kap. 1 § 2");
    assert_eq!(of("gun", "sv")[1]["missing"], "7/8");

    assert_eq!(fia[0]["setting"], "programmes.csv study_path_code");
    assert_eq!(fia[0].get("keys"), None);
}

#[test]
fn json_has_what_was_compared() {
    let scene = Scene::with_run(&Crowd::tied(&seeded()).files());
    let of = |applicant: &str| {
        let command = format!("explain out {applicant} --format json");
        let answer = scene.antagning(&command).succeeds().json();
        assert_eq!(
            (&answer["round"], &answer["rule_set"]),
            (&"final".into(), &"gymnasium-2025".into())
        );
        assert_eq!(answer["notices"].as_array().map(Vec::len), Some(1));
        answer["choices"][0].clone()
    };
    let (c2, d1) = (of("c2"), of("d1"));
    assert_eq!(c2["reason"], "lost_tie");
    assert_eq!(c2["decided_by"], "lottery");
    assert_eq!(c2["setting"], "[ranking] keys, [lottery] seed");
    assert_eq!(c2.get("provision"), None);
    assert_eq!((&c2["cutoff"], &c2["cutoff_kind"]), (&"240".into(), &"value".into()));
    assert_eq!(c2.get("sufficient"), None);
    // The number that anyone can draw again: the first 8 bytes of SHA-256.
    let digest = crate::counting::sha256(format!("{SEED}\nc2"));
    let number = u64::from_str_radix(&digest[..16], 16).expect("a number");
    assert_eq!(c2["lottery_number"], number);

    assert_eq!(d1["reason"], "below_cutoff");
    assert_eq!(d1["decided_by"], "merit");
    assert_eq!(d1["provision"], "GyF 7 kap. 4 §");
    assert_eq!(d1["sufficient"], json!({ "more_than": "240", "at_equal": "lottery" }));
    assert_eq!(d1.get("lottery_number"), None);
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
