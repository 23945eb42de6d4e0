//! Where equals are admitted or rejected together one seat may not be enough.

use antagning::Change;

use crate::by_hand::{moves, seats};
use crate::random::{Tally, check};
use crate::scene::Scene;
use crate::seasons::Season;

/// b and c fill `p` as equals. With the applicant's right score there are three for two seats, who
/// are rejected together: three seats are needed, and the applicant's alone would not help.
#[test]
fn equals_who_are_rejected_together_need_a_seat_each() {
    let scene = Scene::with_run(&[
        ("programmes.csv", "programme_id,capacity\np,2\n"),
        (
            "choices.csv",
            "applicant_id,choice_rank,programme_id,score\na,1,p,1\nb,1,p,5\nc,1,p,5\nd,1,p,4\n",
        ),
        ("rules.toml", "[ranking]\nkeys = [\"score\"]\nat_cutoff = \"reject_all\"\n"),
    ]);
    let answer = scene.what_if("a", &[("score:p=5", "")]);
    assert_eq!((answer.change, answer.others.len()), (Change::Same, 2));
    assert_eq!(seats(&answer), [("p", "", 1)]);
    let answer = scene.what_if("a", &[("score:p=6", "")]);
    assert_eq!(answer.change, Change::Better);
    let lost = moves(&answer.others);
    assert_eq!(lost, [(1, "b", "p", "", Change::Worse), (2, "c", "p", "", Change::Worse)]);
    assert_eq!(seats(&answer), [("p", "", 1)]);
}

#[test]
fn random_markets_with_equals() {
    for (rule, first) in [("reject_all", 0), ("admit_all", 10_000)] {
        let mut tally = Tally::default();
        for seed in first..first + 400 {
            check(&Season::market(seed, Some(rule)), seed, &mut tally);
        }
        assert!(tally.better > 20 && tally.with_losers > 10, "{rule}: {tally:?}");
        println!("{rule}: {tally:?}");
    }
}
