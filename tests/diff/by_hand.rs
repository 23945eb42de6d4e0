//! Chains that can be followed with a finger, one kind of event at a time.

use crate::scene::{Scene, lines, movements};

/// One seat each; ann has A, bea B, cia C, and dan waits for all of them.
fn ladder() -> Scene {
    Scene::market(
        "A=1 B=1 C=1",
        "ann: A=9 B=9 C=9
         bea: A=8 B=8 C=8
         cia: A=7 B=7 C=7
         dan: A=6 B=6 C=6",
    )
}

const LADDER: &str =
    "bea B>A took_seat_of(ann), cia C>B took_seat_of(bea), dan ->C took_seat_of(cia)";

#[test]
fn nothing_happened() {
    let diff = ladder().reserve("");
    assert!(diff.transitions[0].moves.is_empty());
    assert!(diff.transitions[0].chains.is_empty());
    assert_eq!(diff.transitions[0].counts.movements["unchanged"], 4);
    assert_eq!(diff.runs[1].label, "reserve_2");
}

#[test]
fn a_seat_that_is_given_up_moves_everybody_below() {
    for (event, cause) in [
        ("2025-07-10,withdrawal,ann,,,x", "withdrawal"),
        ("2025-07-10,answer,ann,,decline,x", "answer"),
        ("2025-07-10,no_show,ann,,,x", "no_show"),
    ] {
        let diff = ladder().reserve(&format!("{event}\n"));
        assert_eq!(lines(&diff), [format!("{cause} ann@A: ann A>-, {LADDER}")], "{event}");
        let expected = ["ann left", "bea moved_up", "cia moved_up", "dan newly_placed"];
        assert_eq!(movements(&diff), expected, "{event}");
    }
}

#[test]
fn a_seat_may_be_given_up_alone() {
    let diff = ladder().reserve("2025-07-10,withdrawal,ann,A,,x\n");
    assert_eq!(lines(&diff), ["withdrawal ann@A: ann A>B, bea B>A took_seat_of(ann)"]);
    assert_eq!(movements(&diff), ["ann moved_down", "bea moved_up"]);
}

#[test]
fn seats_added_and_closed() {
    let diff = ladder().reserve("2025-07-10,seats,,A,+1,x\n");
    let moved = "bea B>A, cia C>B took_seat_of(bea), dan ->C took_seat_of(cia)";
    assert_eq!(lines(&diff), [format!("seats_added -@A: {moved}")]);
    // Two seats more, and one of them stays vacant: it moved nobody.
    let diff = ladder().reserve("2025-07-10,seats,,C,+2,x\n");
    assert_eq!(lines(&diff), ["seats_added -@C: dan ->C"]);
    // Nobody comes to a closed offer, whoever leaves it.
    let events = "2025-07-10,offer_closed,,A,,x\n2025-07-10,withdrawal,ann,,,x\n";
    assert_eq!(lines(&ladder().reserve(events)), ["withdrawal ann@A: ann A>-"]);
}

#[test]
fn two_causes_are_two_chains() {
    let scene = Scene::market(
        "A=1 B=1",
        "ann: A=9
         bea: B=9
         cia: A=5
         dan: B=5",
    );
    let diff = scene.reserve("2025-07-10,withdrawal,ann,,,x\n2025-07-10,no_show,bea,,,x\n");
    let expected = [
        "withdrawal ann@A: ann A>-, cia ->A took_seat_of(ann)",
        "no_show bea@B: bea B>-, dan ->B took_seat_of(bea)",
    ];
    assert_eq!(lines(&diff), expected);
}

#[test]
fn who_asks_late_or_for_something_else_acts_by_their_own() {
    let lists = "ann: A=9
                 bea: A=8";
    let scene = Scene::market("A=1 B=1", lists);
    scene.write("applicants.csv", "applicant_id\nann\nbea\nnew\n");
    let events = "2025-07-10,late_application,new,,B=5,x\n2025-07-11,changed_choices,ann,,A,x\n";
    let diff = scene.reserve(events);
    assert_eq!(lines(&diff), ["late_application new@B: new ->B"]);
    let scene = Scene::market("A=1 B=1", lists);
    let diff = scene.reserve("2025-07-10,changed_choices,bea,,B=3 A,x\n");
    assert_eq!(lines(&diff), ["changed_choices bea@B: bea ->B"]);
    assert_eq!(movements(&diff), ["bea newly_placed"]);
}

#[test]
fn placed_by_hand() {
    let scene = Scene::market(
        "A=2 B=1",
        "ann: A=9
         bea: B=9
         cia: B=8 A=6
         dan: A=5",
    );
    let diff = scene.reserve("2025-07-10,seats,,B,+1,x\n2025-07-11,seat_filled,cia,B,,x\n");
    assert_eq!(lines(&diff), ["seat_filled cia@B: cia A>B, dan ->A took_seat_of(cia)"]);
}

/// Nobody may be moved without both: x and y have each other's seat, and z, who stood in their
/// way, wants nothing any more.
#[test]
fn a_trade_is_told_by_whose_wish_stood_in_its_way() {
    let scene = Scene::market(
        "A=1 B=1",
        "x: A=1 B=3
         y: B=1 A=3
         z: A=2",
    );
    let diff = scene.reserve("2025-07-10,withdrawal,z,,,x\n");
    let expected = ["cycle withdrawal z@A: x B>A took_seat_of(y), y A>B took_seat_of(x)"];
    assert_eq!(lines(&diff), expected);
}

/// A graded season: bo lacks the grades for na; cy is behind ada.
fn graded() -> Scene {
    let subjects = "SV,EN,MA,BI,FY,KE,TK,GE,HI,RE,SH,BL";
    let grades = |id: &str, all: &str, ma: &str| {
        let cells = subjects.split(',').map(|s| if s == "MA" { ma } else { all });
        format!("{id},{}\n", cells.collect::<Vec<_>>().join(","))
    };
    let text = format!(
        "applicant_id,{subjects}\n{}{}{}",
        grades("ada", "B", "B"),
        grades("bo", "A", "F"),
        grades("cy", "C", "C"),
    );
    Scene::new(&[
        ("programmes.csv", "programme_id,capacity,study_path_code\nna,1,NA\nba,1,BA\n"),
        ("applicants.csv", "applicant_id\nada\nbo\ncy\n"),
        (
            "choices.csv",
            "applicant_id,choice_rank,programme_id\nada,1,na\nada,2,ba\nbo,1,na\ncy,1,na\n",
        ),
        ("grades.csv", &text),
        ("rules.toml", "round = \"preliminary\"\n[lottery]\nseed = \"s\"\n"),
    ])
}

#[test]
fn grades_and_appeals_displace_before_seats_are_held() {
    for (event, cause) in [
        ("new_grade,bo,,MA=A", "new_grade"),
        ("grade_corrected,bo,,MA=A", "grade_corrected"),
        ("appeal_won,bo,na,", "appeal_won"),
    ] {
        let scene = graded();
        let first = scene.run(None, "first");
        scene.write("rules.toml", "round = \"final\"\n[lottery]\nseed = \"s\"\n");
        scene.write("events.csv", &format!("{}2025-06-20,{event},x\n", crate::scene::EVENTS));
        let second = scene.run(Some(&first), "second");
        let diff = antagning::Diff::new(&[second], None).expect("the run before lies beside it");
        let expected = format!("{cause} bo@na: bo ->na, ada na>ba displaced_by(bo)");
        assert_eq!(lines(&diff), [expected], "{event}");
        assert_eq!(movements(&diff), ["ada moved_down", "bo newly_placed"]);
        assert_eq!(diff.runs[0].label, "preliminary_1");
    }
}

/// A seat by test for bea, one for all for ann; cia waits.
fn two_groups() -> Scene {
    let scene = Scene::market(
        "A=2",
        "ann: A=9
         bea: A=8
         cia: A=7",
    );
    scene.write(
        "quota_groups.csv",
        "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to\n\
         A,test,1,1,test,test,rest\nA,rest,2,1,,,\n",
    );
    scene.write("test_scores.csv", TESTS);
    scene
}

const TESTS: &str = "applicant_id,programme_id,points,passed\nann,A,5,1\nbea,A,9,1\n";

#[test]
fn a_seat_of_a_quota_group_is_followed_where_it_passes_on() {
    let diff = two_groups().reserve("2025-07-10,withdrawal,bea,,,x\n");
    assert_eq!(lines(&diff), ["withdrawal bea@A: bea A>-, cia ->A took_seat_of(bea)"]);
    let groups = diff.transitions[0].moves.iter().map(|a_move| {
        let seat = a_move.from.as_ref().or(a_move.to.as_ref()).expect("a seat");
        (&*a_move.applicant_id, &*seat.quota_group)
    });
    assert_eq!(groups.collect::<Vec<_>>(), [("bea", "test"), ("cia", "rest")]);
}

#[test]
fn another_group_of_the_same_programme_is_no_move() {
    let scene = two_groups();
    let first = scene.run(None, "first");
    scene.write("test_scores.csv", &TESTS.replace("ann,A,5", "ann,A,10"));
    let second = scene.run(None, "second");
    let diff = antagning::Diff::new(&[first, second], None).expect("runs");
    assert_eq!(movements(&diff), ["ann other_group", "bea other_group"]);
    assert_eq!(lines(&diff), [""; 0]);
}
