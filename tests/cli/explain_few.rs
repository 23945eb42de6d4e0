//! Where few stand on the other side of the line, no figure of theirs is told.

use serde_json::Value;

use crate::crowd::{Crowd, letters_of};
use crate::scene::{Files, Scene};

const SEEDED: &str = "[lottery]\nseed = \"x\"\n";

/// The explanation of the first choice of each, in both languages.
fn told(files: Files<'_>, applicants: &[&str]) -> Vec<Value> {
    let scene = Scene::with_run(files);
    let both = applicants.iter().flat_map(|id| [(id, "sv"), (id, "en")]);
    both.map(|(id, language)| {
        let command = format!("explain out {id} --lang {language} --format json");
        scene.antagning(&command).succeeds().json()["choices"][0].clone()
    })
    .collect()
}

/// `na` with this many seats: all but one go to applicants with 320, for the rest stand `last` and
/// those behind with their merits.
fn crowd(seats: usize, last: f64, behind: &[(&str, f64)]) -> Crowd {
    let ids = ["a1", "a2", "a3", "a4", "a5"];
    let mut applicants: Vec<_> =
        ids[..seats - 1].iter().map(|id| (*id, letters_of(320.0))).collect();
    applicants.push(("last", letters_of(last)));
    applicants.extend(behind.iter().map(|(id, merit)| (*id, letters_of(*merit))));
    Crowd::new(seats, &applicants, SEEDED)
}

/// Whether lots were drawn, or the last admitted has more: with fewer than five admitted a reserve
/// cannot tell, and so not what that person's merit is.
#[test]
fn a_reserve_is_not_told_what_the_last_of_four_has() {
    let behind = [("b", 240.0)];
    let more = told(&crowd(4, 280.0, &behind).files(), &["b"]);
    let lots = told(&crowd(4, 240.0, &behind).files(), &["b"]);
    // Whoever of the two lost the lottery is the reserve.
    let other = told(&crowd(4, 240.0, &behind).files(), &["last"]);
    let reserve = if lots[0]["status"] == "reserve" { lots } else { other };
    assert_eq!(reserve, more);
    assert_eq!(more[0]["reason"], "behind_others");
    for field in ["cutoff", "decided_by", "lottery_number", "sufficient"] {
        assert_eq!(more[0].get(field), None, "{field}");
    }
    assert_eq!(more[0]["cutoff_kind"], "suppressed");
    assert!(more[0]["text"].as_str().is_some_and(|text| text.contains("färre än 5")));
}

#[test]
fn with_five_admitted_the_cutoff_is_told() {
    let told = told(&crowd(5, 280.0, &[("b", 240.0)]).files(), &["b"]);
    assert_eq!(told[0]["cutoff"], "280");
    assert_eq!(told[0]["reason"], "below_cutoff");
    assert_eq!(told[0]["decided_by"], "merit");
}

/// An admitted applicant is told that lots decided only when at least five wait: with one, it would
/// tell that person's merit.
#[test]
fn an_admitted_applicant_is_not_told_what_the_only_reserve_has() {
    let tied = [("b", 240.0)];
    let season = crowd(5, 240.0, &tied);
    let both = told(&season.files(), &["last", "b"]);
    let admitted = both.iter().find(|choice| choice["status"] == "admitted").expect("one of them");
    assert_eq!(admitted["reason"], "ahead_of_others");
    assert_eq!(admitted["cutoff"], "240");
    for field in ["decided_by", "lottery_number"] {
        assert_eq!(admitted.get(field), None, "{field}");
    }
    assert!(
        admitted["text"].as_str().is_some_and(|text| text.ends_with("antagningsgränsen är 240."))
    );

    let behind = [("b", 240.0), ("d1", 200.0), ("d2", 200.0), ("d3", 200.0), ("d4", 200.0)];
    let five = told(&crowd(5, 240.0, &behind).files(), &["last", "b"]);
    let admitted = five.iter().find(|choice| choice["status"] == "admitted").expect("one of them");
    assert_eq!(admitted["decided_by"], "lottery");
}

/// That officials placed the only one admitted is about that person.
#[test]
fn nobody_is_told_that_the_few_were_placed_by_hand() {
    let header = "applicant_id,programme_id,decision,value,reason,date\n";
    let decisions = |ids: &[&str]| {
        let row = |id: &&str| format!("{id},na,manual_placement,,skäl,2025-06-20\n");
        header.to_owned() + &ids.iter().map(row).collect::<String>()
    };
    let four = crowd(4, 280.0, &[("b", 240.0)]);
    let plain = told(&four.files(), &["b"]);
    let by_hand = decisions(&["a1", "a2", "a3", "last"]);
    assert_eq!(told(&four.with("decisions.csv", &by_hand), &["b"]), plain);

    let five = crowd(5, 280.0, &[("b", 240.0)]);
    let by_hand = decisions(&["a1", "a2", "a3", "a4", "last"]);
    let told = told(&five.with("decisions.csv", &by_hand), &["b"]);
    assert_eq!(told[0]["reason"], "seats_given_by_hand");
    assert_eq!(told[0]["cutoff_kind"], "manual");
}

/// Where equals are rejected together, a seat may be left though somebody waits.
#[test]
fn equals_are_told_that_they_are_rejected_together() {
    let rules = "[ranking]\nkeys = [\"merit\"]\nat_cutoff = \"reject_all\"\n";
    let tied = Crowd::tied(rules);
    let found = told(&tied.files(), &["c1", "d1", "a1"]);
    assert_eq!(found[0]["reason"], "equals_rejected");
    assert_eq!(found[0]["setting"], "[ranking] at_cutoff");
    assert!(found[1]["text"].as_str().is_some_and(|text| text.contains("together or not at all")));
    // Three are admitted: whether d1 is parted from them by merit is not told.
    assert_eq!(found[2]["reason"], "behind_others");
    assert_eq!(found[4]["status"], "admitted");
}
