//! Truthful ranking is safe: under a chain without the rank of the choice no other list gets
//! anybody a choice that they like better. With it, the same search finds somebody.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::library;
use crate::season::{Season, Wish};
use crate::seasons::{BY_RANK, PATHS, SAFE, applicant, programme, season, season_of};

/// All ordered selections of the choices: permutations, truncations and both.
fn lists(choices: &[Wish]) -> Vec<Vec<Wish>> {
    let mut all = vec![Vec::new()];
    let mut shorter = 0..1;
    for _ in 0..choices.len() {
        for at in shorter.clone() {
            for choice in choices {
                let list: &Vec<Wish> = &all[at];
                if !list.iter().any(|listed| listed.programme == choice.programme) {
                    let longer = list.iter().chain([choice]).cloned().collect();
                    all.push(longer);
                }
            }
        }
        shorter = shorter.end..all.len();
    }
    all
}

/// The place in their true list that an applicant gets to in this season.
fn gained(truth: &Season, applicant: usize, stated: &Season) -> usize {
    let placed = library::place(stated)[applicant];
    let place = |(programme, _): (usize, _)| {
        let mut list = truth.applicants[applicant].wishes.iter();
        list.position(|wish| wish.programme == programme).expect("only what is listed")
    };
    placed.map_or(usize::MAX, place)
}

/// An applicant with a list that gets them more than the truth does.
fn profitable_misreport(truth: &Season) -> Option<(usize, Vec<usize>)> {
    for (applicant, honest) in truth.applicants.iter().enumerate() {
        let with_truth = gained(truth, applicant, truth);
        for list in lists(&honest.wishes) {
            let programmes = list.iter().map(|wish| wish.programme).collect();
            let mut stated = truth.clone();
            stated.applicants[applicant].wishes = list;
            if gained(truth, applicant, &stated) < with_truth {
                return Some((applicant, programmes));
            }
        }
    }
    None
}

/// Six applicants with two choices at least, to three vocational programmes.
fn crowded(chains: &'static [&'static [&'static str]]) -> impl Strategy<Value = Season> {
    season_of(chains, vec(programme(&["BA"], 1), 3), vec(applicant(3, 2), 6))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_misreport_helps_without_choice_rank(
        season in prop_oneof![season(&SAFE, &PATHS, 6), crowded(&SAFE)]
    ) {
        prop_assert_eq!(profitable_misreport(&season), None);
    }
}

/// The search sees what a chain with the rank of the choice rewards, with quota groups and
/// reception as above; crowded seasons, so that most choices are contested.
#[test]
fn the_search_finds_a_misreport_with_choice_rank() {
    for chain in BY_RANK.chunks(1) {
        let mut runner = TestRunner::deterministic();
        let seasons = crowded(chain);
        let random = (0..600).map(|_| seasons.new_tree(&mut runner).expect("a season").current());
        let rewarded = random.filter(|season| profitable_misreport(season).is_some());
        assert_eq!(rewarded.take(3).count(), 3, "{chain:?}");
    }
}

#[test]
fn the_search_tries_every_list() {
    let choices = [0, 1, 2].map(|programme| Wish { programme, ..Wish::default() });
    // None, three of one, six of two, six of three.
    assert_eq!(lists(&choices).len(), 1 + 3 + 6 + 6);
}
