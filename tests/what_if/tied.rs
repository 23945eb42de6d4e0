//! Where equals are admitted or rejected together.

use antagning::what_if::Change;

use crate::by_hand::{moves, seat};
use crate::random::{Tally, check};
use crate::scene::Scene;
use crate::seasons::Season;

/// b and c fill `p` as equals. Whether the applicant becomes a third of them or goes before them,
/// both are turned away, and one seat more saves both.
#[test]
fn one_seat_saves_all_equals() {
    let scene = Scene::with_run(&[
        ("programmes.csv", "programme_id,capacity\np,2\n"),
        (
            "choices.csv",
            "applicant_id,choice_rank,programme_id,score\na,1,p,1\nb,1,p,5\nc,1,p,5\nd,1,p,4\n",
        ),
        ("rules.toml", "[ranking]\nkeys = [\"score\"]\nat_cutoff = \"reject_all\"\n"),
    ]);
    let lost = [(1, "b", "p", "", Change::Worse), (2, "c", "p", "", Change::Worse)];
    for (score, change) in [("score:p=5", Change::Same), ("score:p=6", Change::Better)] {
        let answer = scene.what_if("a", &[(score, "")]);
        assert_eq!(answer.change, change);
        let mut told = moves(&answer.others);
        told.iter_mut().zip(1..).for_each(|(moved, number)| moved.0 = number);
        assert_eq!(told, lost);
        assert_eq!(seat(&answer), Some(("p", "")));
        assert_eq!(answer.remedy.applicant.as_ref().unwrap().programme_id, "p");
        assert!(answer.remedy.others.is_empty());
    }
}

#[test]
fn random_markets_with_equals() {
    for (rule, first) in [("reject_all", 0), ("admit_all", 10_000)] {
        let mut tally = Tally::default();
        for seed in first..first + 400 {
            check(&Season::market(seed, Some(rule)), seed, &mut tally);
        }
        assert!(tally.better > 20 && tally.with_losers > 20, "{rule}: {tally:?}");
    }
}
