//! Quota groups: which group the seat belongs to.

use antagning::Counterfactual;
use antagning::what_if::Change;

use crate::by_hand::{moves, seat};
use crate::scene::{Scene, choices, grades};

/// `es` has a seat for the test and merit together, one for the free quota and one for merit; what
/// the first two do not fill passes on. ada (A) and bo (B) have merit, cim (C) 50 points in the
/// test, dan (D) a place on the list, eli (E) and fia (D) neither.
fn run(decisions: &str) -> Scene {
    let choices = choices("ada: es\nbo: es\ncim: es\ndan: es\neli: es ba\nfia: es");
    let rows = [("ada", 'A'), ("bo", 'B'), ("cim", 'C'), ("dan", 'D'), ("eli", 'E'), ("fia", 'D')];
    let grades = grades(&rows.map(|(id, letter)| (id, letter, letter, letter)));
    let decisions = format!("applicant_id,programme_id,decision,value,reason\n{decisions}");
    Scene::with_run(&[
        ("programmes.csv", "programme_id,capacity,study_path_code\nba,1,BA\nes,3,ES\n"),
        (
            "quota_groups.csv",
            "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to\n\
             es,prov,1,1,merit+2*test,test,betyg\n\
             es,fri,2,1,free_quota,,betyg\n\
             es,betyg,3,1,,,\n",
        ),
        ("test_scores.csv", "applicant_id,programme_id,points\ncim,es,50\n"),
        ("choices.csv", &choices),
        ("grades.csv", &grades),
        ("decisions.csv", &decisions),
        ("rules.toml", "[lottery]\nseed = \"x\"\n"),
    ])
}

fn group(answer: &Counterfactual) -> (&str, Change) {
    (answer.after.as_ref().map_or("", |seat| &seat.quota_group), answer.change)
}

/// cim goes by the test, dan by the list, ada by merit; eli would go before dan on the list.
#[test]
fn a_better_place_on_the_free_quota() {
    let scene = run("dan,es,free_quota_rank,2,abroad\neli,es,free_quota_rank,3,abroad\n");
    let answer = scene.what_if("eli", &[("free_quota_rank:1", "es")]);
    assert_eq!(group(&answer), ("fri", Change::Better));
    assert_eq!(answer.replaced[0].value, "3");
    assert_eq!(moves(&answer.others), [(1, "dan", "es", "", Change::Worse)]);
    assert_eq!(seat(&answer), Some(("es", "fri")));
    let by_hand = answer.remedy.by_hand.as_ref().unwrap();
    assert_eq!((by_hand.seat.quota_group.as_str(), by_hand.seat.seats_after), ("fri", 2));
    assert_eq!(by_hand.leaves.as_ref().unwrap().programme_id, "ba");
    // In words, the offer as a whole and the group that the seat belongs to.
    let text = answer.to_text(antagning::Language::Sv);
    assert!(text.contains("en: es, fri (1 → 2).\n"), "{text}");
}

/// Without dan on the list its seat has passed on to merit, and bo has it. A place on the list
/// takes it back.
#[test]
fn a_seat_that_had_passed_on() {
    let scene = run("eli,es,late_application,,late\n");
    let answer = scene.what_if("dan", &[("free_quota_rank:1", "es")]);
    assert_eq!(group(&answer), ("fri", Change::Better));
    assert_eq!(moves(&answer.others), [(1, "bo", "es", "", Change::Worse)]);
    assert_eq!(seat(&answer), Some(("es", "fri")));
    let figures: Vec<_> = answer
        .offers
        .iter()
        .map(|o| (o.quota_group.as_str(), o.before.admitted, o.after.admitted))
        .collect();
    assert_eq!(figures, [("fri", 0, 1), ("betyg", 2, 1)]);
    // A placement by hand takes a seat of the last group.
    let answer = scene.what_if("fia", &[("manual_placement", "es")]);
    assert_eq!(group(&answer), ("betyg", Change::Better));
    assert_eq!(seat(&answer), Some(("es", "betyg")));
}

/// Nobody who only changes the group is said to move.
#[test]
fn another_group_is_no_move() {
    let scene = run("dan,es,free_quota_rank,2,abroad\n");
    let answer = scene.what_if("ada", &[("free_quota_rank:1", "es")]);
    // ada goes by the list now, bo by merit, and dan loses the seat.
    assert_eq!(group(&answer), ("fri", Change::Same));
    assert_eq!(
        moves(&answer.others),
        [(1, "bo", "", "es", Change::Better), (1, "dan", "es", "", Change::Worse)]
    );
    assert_eq!(answer.remedy.by_hand, None);
    assert_eq!(seat(&answer), Some(("es", "fri")));
}
