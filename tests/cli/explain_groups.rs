//! Explanations at programmes with quota groups and of introductory programmes.

use serde_json::{Value, json};

use crate::grouped::Grouped;
use crate::scene::Scene;

fn choices(scene: &Scene, applicant: &str, language: &str) -> Vec<Value> {
    let command = format!("explain out {applicant} --lang {language} --format json");
    let answer = scene.antagning(&command).succeeds().json();
    answer["choices"].as_array().expect("choices").clone()
}

fn assert_told(scene: &Scene, applicant: &str, choice: usize, swedish: &str, english: &str) {
    for (language, expected) in [("sv", swedish), ("en", english)] {
        let found = choices(scene, applicant, language);
        assert_eq!(found[choice - 1]["text"], expected, "{applicant}");
    }
}

#[test]
fn the_group_that_takes_an_applicant_is_named_with_its_own_figures() {
    let scene = Grouped::run();
    assert_told(
        &scene,
        "p12",
        1,
        "Du föreslås bli antagen i urvalsgruppen prov. Du har 432 i meritvärde och \
         provpoäng (gånger 16) tillsammans; antagningsgränsen är 376.",
        "You are proposed for admission in the quota group prov. You have 432 in merit \
         value and test points (16 times) together; the cutoff is 376.",
    );
}

#[test]
fn the_place_on_the_free_quota_is_told() {
    let scene = Grouped::run();
    assert_told(
        &scene,
        "p04",
        1,
        "Du föreslås bli antagen i urvalsgruppen fri_kvot. Du står på plats 1 på listan för \
         fri kvot.",
        "You are proposed for admission in the quota group fri_kvot. You stand in place 1 \
         on the list of the free quota.",
    );
    assert_told(
        &scene,
        "p02",
        1,
        "Du föreslås bli reserv nummer 5 i urvalsgruppen betyg. Du har meritvärdet 240; \
         antagningsgränsen är 280. Du prövades i urvalsgrupperna fri_kvot och betyg. I \
         urvalsgruppen fri_kvot står du på plats 2 på listan för fri kvot; de som föreslås bli \
         antagna där går före dig (GyF 7 kap. 3 §).",
        "You are proposed as number 5 on the reserve list of the quota group betyg. You \
         have a merit value of 240; the cutoff is 280. You were considered in the quota \
         groups fri_kvot and betyg. In the quota group fri_kvot you stand in place 2 on the \
         list of the free quota; those who are proposed for admission there go before you \
         (GyF 7 kap. 3 §).",
    );
    assert_told(
        &scene,
        "p14",
        3,
        "Du föreslås bli reserv nummer 1 i urvalsgruppen fri_kvot. Du står på plats 2 på \
         listan för fri kvot. De som föreslås bli antagna står före dig på listan (GyF 7 \
         kap. 3 §).",
        "You are proposed as number 1 on the reserve list of the quota group fri_kvot. You \
         stand in place 2 on the list of the free quota. Those who are proposed for \
         admission stand before you on the list (GyF 7 kap. 3 §).",
    );
}

#[test]
fn reserves_are_told_of_every_group_that_they_were_considered_in() {
    let scene = Grouped::run();
    assert_told(
        &scene,
        "p09",
        1,
        "Du föreslås bli reserv nummer 12 i urvalsgruppen betyg. Du har meritvärdet 160; \
         antagningsgränsen är 280. Du prövades i urvalsgrupperna prov och betyg.",
        "You are proposed as number 12 on the reserve list of the quota group betyg. You \
         have a merit value of 160; the cutoff is 280. You were considered in the quota \
         groups prov and betyg.",
    );
    let es = &choices(&scene, "p09", "en")[0];
    assert_eq!(
        es["groups"],
        json!([
            { "quota_group": "prov", "ranked_by": "merit+16*test", "values": { "merit+16*test": "304" } },
            { "quota_group": "betyg", "ranked_by": "merit", "values": { "merit": "160" } },
        ])
    );
    assert_eq!(es["quota_group"], "betyg");
}

#[test]
fn unmet_conditions_are_told_in_words() {
    let scene = Grouped::run();
    assert_told(
        &scene,
        "p09",
        3,
        "Platserna är delade på urvalsgrupper, och ingen av dem är öppen för dig. Det här \
         fattas, till en grupp eller flera: minst betyget B i matematik, minst 10 poäng på \
         färdighetsprovet, godkänt färdighetsprov, plats på listan för fri kvot, \
         godkännande för idrotten och färdighetsprov (GyF 5 kap. 15 §, GyF 5 kap. 26 och 30 \
         §§, GyF 7 kap. 3 §, GyF 7 kap. 5 §).",
        "The seats are divided among quota groups, and none of them is open to you. This is \
         lacking, for one group or several: at least the grade B in mathematics, at least \
         10 points in the skill test, a passed skill test, a place on the list of the free \
         quota, an approval for the sport and a skill test (GyF 5 kap. 15 §, GyF 5 kap. 26 \
         och 30 §§, GyF 7 kap. 3 §, GyF 7 kap. 5 §).",
    );
    assert_told(
        &scene,
        "p09",
        4,
        "Platserna här ges bara genom särskilda beslut, och något sådant finns inte för \
         dig.",
        "The seats here are only given by decisions of their own, and there is none for \
         you.",
    );
}

#[test]
fn introductory_programmes_say_whom_they_are_for() {
    let scene = Grouped::run();
    assert_told(
        &scene,
        "p08",
        3,
        "Introduktionsprogrammet är för den som inte är behörig till programmet som det \
         leder till, och dit är du behörig (SkolL 17 kap. 10 §).",
        "The introductory programme is for those who are not eligible for the programme \
         that it leads to, and you are eligible for that one (SkolL 17 kap. 10 §).",
    );
    assert_told(
        &scene,
        "p08",
        4,
        "Hit kommer elever en och en genom särskilda beslut; ingen rangordnas (SkolL 17 \
         kap. 4, 11, 12 och 21 §§).",
        "Pupils come here one by one, by decisions of their own; nobody is ranked (SkolL 17 \
         kap. 4, 11, 12 och 21 §§).",
    );
}

#[test]
fn human_decisions_are_told_in_words() {
    let scene = Grouped::run();
    assert_told(
        &scene,
        "p07",
        3,
        "Du föreslås bli antagen. Alla behöriga som ville gå här fick plats. Beslut som \
         gäller valet: undantag från kravet på godkänt betyg i engelska.",
        "You are proposed for admission. Every eligible applicant who wanted a seat here \
         got one. Decisions about the choice: an exemption from the pass in English.",
    );
    assert_told(
        &scene,
        "p23",
        1,
        "Du föreslås bli antagen i urvalsgruppen betyg. Det bygger på ett särskilt beslut.",
        "You are proposed for admission in the quota group betyg. This follows a decision \
         of its own.",
    );
    assert_told(
        &scene,
        "p24",
        1,
        "Du föreslås bli reserv nummer 13 i urvalsgruppen betyg. Du är mottagen i andra \
         hand. Alla som är mottagna i första hand går före (SkolL 16 kap. 47 §). Du \
         prövades i urvalsgrupperna prov och betyg.",
        "You are proposed as number 13 on the reserve list of the quota group betyg. You \
         are received in second hand. All who are received in first hand go before (SkolL \
         16 kap. 47 §). You were considered in the quota groups prov and betyg.",
    );
    assert_eq!(choices(&scene, "p24", "en")[0]["keys"]["reception"], "second_hand");
    assert_eq!(choices(&scene, "p24", "en")[0]["decisions"], json!(["second_hand"]));
}
