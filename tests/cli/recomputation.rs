//! The whole way from files to placements, gone a second time with pen and paper.

use crate::oracle::{Chain, placements};
use crate::scene::Scene;

/// Runs a made-up season by a chain, compares it with the oracle, and counts what the last key
/// decided, so that a test can see that there was something to decide.
fn assert_recomputed(seed: u32, chain: &Chain<'_>) -> usize {
    let scene = Scene::with_generated(260, 9, seed);
    scene.write("season/rules.toml", chain.rules());
    let answer = scene.antagning("run season --out out").is_done();
    let expected = placements(&scene, chain);
    assert!(scene.read("out/placements.csv") == expected, "seed {seed}, chain {:?}", chain.keys);
    assert!(expected.lines().filter(|line| line.ends_with(",,,")).count() > 10);
    assert_eq!(answer.stderr.contains("[unsafe_ranking]"), chain.keys.contains(&"choice_rank"));
    scene.antagning("verify out --season season").is_done();
    let outcomes = scene.table("out/outcomes.csv");
    let last = chain.keys.last().expect("a key");
    outcomes.cells("decided_by").filter(|key| key == last).count()
}

#[test]
fn the_usual_chain_gives_what_pen_and_paper_give() {
    let chain =
        Chain { keys: &["merit", "lottery"], seed: "ett", lottery_at_each_programme: false };
    let decided: usize = (1..=6).map(|seed| assert_recomputed(seed, &chain)).sum();
    assert!(decided > 20, "lots decided {decided} times");
}

#[test]
fn a_lottery_at_each_programme_gives_what_pen_and_paper_give() {
    let chain =
        Chain { keys: &["merit", "lottery"], seed: "två", lottery_at_each_programme: true };
    let decided: usize = (1..=4).map(|seed| assert_recomputed(seed, &chain)).sum();
    assert!(decided > 12, "lots decided {decided} times");
}

#[test]
fn long_chains_give_what_pen_and_paper_give() {
    let chains: [&[&str]; 4] = [
        &["merit", "grade_points", "grade_count", "lottery"],
        &["grade_count", "merit", "lottery"],
        &["grade_points", "lottery"],
        &["merit", "choice_rank", "lottery"],
    ];
    for keys in chains {
        let chain = Chain { keys, seed: "tre", lottery_at_each_programme: false };
        let decided: usize = (7..=14).map(|seed| assert_recomputed(seed, &chain)).sum();
        assert!(decided > 0, "{keys:?}: lots decided nothing");
    }
}

/// With the rank before all else, who puts a programme first goes before everybody else there.
#[test]
fn choice_rank_before_merit_gives_what_pen_and_paper_give() {
    let keys = ["choice_rank", "merit", "lottery"];
    let chain = Chain { keys: &keys, seed: "fyra", lottery_at_each_programme: false };
    assert_recomputed(9, &chain);
}
