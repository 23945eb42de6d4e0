//! Runs that take seats from some: other figures, other seats, other lots.

use antagning::{Diff, Run};

use crate::scene::{Scene, lines, movements};

fn two(scene: &Scene, change: impl FnOnce(&Scene)) -> (Run, Run) {
    let first = scene.run(None, "first");
    change(scene);
    (first, scene.run(None, "second"))
}

fn diff(runs: &(Run, Run)) -> Diff {
    Diff::new(&[runs.0.clone(), runs.1.clone()], None).expect("runs that can be compared")
}

const LISTS: &str = "ann: A=9 B=9
                     bea: A=8 B=8
                     cia: B=7";

#[test]
fn a_higher_score_pushes_everybody_below_down() {
    let scene = Scene::market("A=1 B=1", LISTS);
    let runs = two(&scene, |s| s.write_market("A=1 B=1", &LISTS.replace("A=8", "A=10")));
    let there = diff(&runs);
    let expected = ["score_raised bea@A: bea B>A, ann A>B displaced_by(bea)"];
    assert_eq!(lines(&there), expected);
    assert_eq!(movements(&there), ["ann moved_down", "bea moved_up"]);
    assert_eq!((&*there.runs[0].label, &*there.runs[1].label), ("final_1", "final_1_2"));
    let back = diff(&(runs.1, runs.0));
    assert_eq!(lines(&back), ["score_lowered bea@A: bea A>B, ann B>A took_seat_of(bea)"]);
}

#[test]
fn one_act_may_move_others_on_both_sides() {
    let lists = "ann: A=9 B=9
                 bea: B=8
                 cia: A=7";
    let scene = Scene::market("A=1 B=1", lists);
    let runs = two(&scene, |s| s.write_market("A=1 B=1", &lists.replace("A=9 B=9", "B=9")));
    let chain = "ann A>B, bea B>- displaced_by(ann), cia ->A took_seat_of(ann)";
    assert_eq!(lines(&diff(&runs)), [format!("changed_choices ann@A: {chain}")]);
}

#[test]
fn a_seat_less_is_followed_down() {
    let scene = Scene::market("A=1 B=1", LISTS);
    let runs = two(&scene, |s| s.write_market("A=0 B=1", LISTS));
    let expected = ["seats_removed -@A: ann A>B, bea B>- displaced_by(ann)"];
    assert_eq!(lines(&diff(&runs)), expected);
    assert_eq!(movements(&diff(&runs)), ["ann moved_down", "bea lost_seat"]);
}

#[test]
fn another_lottery_is_told_as_such() {
    let scene = Scene::market(
        "A=1",
        "ann: A=5
         bea: A=5
         cia: A=5
         dan: A=5",
    );
    let first = scene.run(None, "first");
    for seed in 0..20 {
        scene.write(
            "rules.toml",
            &format!("[ranking]\nkeys = [\"score\", \"lottery\"]\n[lottery]\nseed = \"{seed}\"\n"),
        );
        let second = scene.run(None, &format!("second-{seed}"));
        let diff = Diff::new(&[first.clone(), second], None).expect("runs");
        let chains = &diff.transitions[0].chains;
        if let [chain] = &chains[..] {
            assert_eq!((chain.root.cause, chain.steps.len()), ("settings", 2));
            return;
        }
    }
    panic!("no seed drew another lot");
}
