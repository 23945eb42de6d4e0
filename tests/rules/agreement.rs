//! The library admits whom the definitions admit, on every random season: in memory, and from
//! files, where the verifier holds as well.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::folder::Folder;
use crate::invariance::has_choice;
use crate::season::Season;
use crate::seasons::{BY_RANK, CONDITIONS, PATHS, RANKINGS, SAFE, season};
use crate::{library, reference};

fn seasons() -> impl Strategy<Value = Season> {
    prop_oneof![season(&SAFE, &PATHS, 9), season(&BY_RANK, &PATHS, 9)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn rules_and_matching_admit_whom_the_definitions_admit(season in seasons()) {
        prop_assert_eq!(library::place(&season), reference::place(&season));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_library_admits_whom_the_definitions_admit(
        season in seasons().prop_filter("a season has a choice", has_choice)
    ) {
        prop_assert_eq!(Folder::of(&season, 0).place(), reference::place(&season));
    }
}

/// The seasons above do try something: every ranking, condition and study path admits somebody, as
/// do plain programmes, placements by hand and seats that were passed on.
#[test]
fn the_seasons_try_everything() {
    let mut runner = TestRunner::deterministic();
    let (mut ranked, mut open, mut paths) =
        ([0; RANKINGS.len()], [0; CONDITIONS.len()], [0; PATHS.len()]);
    let (mut plain, mut by_hand, mut passed_on) = (0, 0, 0);
    for _ in 0..1_500 {
        let season = seasons().new_tree(&mut runner).expect("a season").current();
        let placed = reference::place(&season);
        for (applicant, place) in season.applicants.iter().zip(&placed) {
            let Some((number, group)) = *place else { continue };
            let programme = &season.programmes[number];
            let at = |all: &[&str], one: &str| all.iter().position(|known| *known == one);
            paths[at(&PATHS, programme.path).expect("a path")] += 1;
            let wish = applicant.wishes.iter().find(|wish| wish.programme == number);
            by_hand += u32::from(wish.expect("listed").by_hand);
            let Some(group_number) = group else {
                plain += 1;
                continue;
            };
            let group = &programme.groups[group_number];
            ranked[at(&RANKINGS, group.ranked_by).expect("a ranking")] += 1;
            open[at(&CONDITIONS, group.open_to).expect("a condition")] += 1;
            let same = placed.iter().filter(|other| **other == Some((number, Some(group_number))));
            passed_on += u32::from(same.count() as u32 > group.seats);
        }
    }
    let all = ranked.iter().chain(&open).chain(&paths).chain([&plain, &by_hand, &passed_on]);
    assert!(
        all.clone().all(|count| *count > 5),
        "{ranked:?} {open:?} {paths:?} {plain} {by_hand} {passed_on}"
    );
}
