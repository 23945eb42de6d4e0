//! Runs of seasons that have not got the same applicants and programmes.

use antagning::Diff;

use crate::scene::{Scene, lines, movements};

#[test]
fn what_only_one_run_has_is_told() {
    let scene = Scene::market(
        "A=1 B=1",
        "ann: A=9
         bea: B=9 A=1
         cia: A=2",
    );
    let first = scene.run(None, "first");
    scene.write_market(
        "A=1 C=2",
        "bea: A=1 C=1
         cia: A=2
         dan: C=5",
    );
    let second = scene.run(None, "second");
    let diff = Diff::new(&[first.clone(), second.clone()], None).expect("runs");
    let counts = &diff.transitions[0].counts;
    assert_eq!((counts.applicants_added, counts.applicants_removed), (1, 1));
    assert_eq!((counts.programmes_added, counts.programmes_removed), (1, 1));
    assert_eq!(
        movements(&diff),
        ["ann left", "bea changed", "cia newly_placed", "dan newly_placed"]
    );
    let expected = [
        "applicant_removed ann@A: ann A>-, cia ->A took_seat_of(ann)",
        "changed_choices bea@B: bea B>C",
        "applicant_added dan@C: dan ->C",
    ];
    assert_eq!(lines(&diff), expected);
    let ids: Vec<_> = diff.offers.iter().map(|offer| &*offer.programme_id).collect();
    assert_eq!(ids, ["A", "B", "C"]);
    assert_eq!(
        diff.offers.iter().map(|o| o.runs[1].is_some()).collect::<Vec<_>>(),
        [true, false, true]
    );
    let out = scene.path("out");
    let files = crate::scene::written(&diff, &out);
    let offers = String::from_utf8(files.iter().find(|f| f.0 == "offers.csv").unwrap().1.clone());
    let offers = offers.unwrap();
    let row = offers.lines().find(|line| line.starts_with("B,")).expect("the offer that is gone");
    assert_eq!(row.matches(',').count(), offers.lines().next().unwrap().matches(',').count());
    assert_eq!(files.iter().filter(|f| f.0 == "municipalities.csv").count(), 0);
}

#[test]
fn an_offer_that_ends_takes_its_seats_with_it() {
    let scene = Scene::market(
        "A=1 B=1",
        "ann: A=9 B=9
         bea: B=8",
    );
    let first = scene.run(None, "first");
    scene.write_market("B=1", "ann: B=9\nbea: B=8");
    let second = scene.run(None, "second");
    let diff = Diff::new(&[first, second], None).expect("runs");
    // The list that ann has now does not ask for what is no more.
    let expected = ["changed_choices ann@A: ann A>B, bea B>- displaced_by(ann)"];
    assert_eq!(lines(&diff), expected);
}
