//! A better grade or test never hurts whoever has it: they get what they had, or a choice that they
//! like better.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::library;
use crate::season::{Placed, SUBJECTS, Season};
use crate::seasons::{BY_RANK, PATHS, SAFE, season};

/// Without the introductory programme: a better grade closes it, by law.
fn seasons() -> impl Strategy<Value = Season> {
    const NATIONAL: &[&str] = PATHS.split_at(3).0;
    prop_oneof![season(&SAFE, NATIONAL, 7), season(&BY_RANK, NATIONAL, 7)]
}

fn place(season: &Season, applicant: usize, placed: Placed) -> usize {
    let place = |(programme, _): (usize, _)| {
        let mut list = season.applicants[applicant].wishes.iter();
        list.position(|wish| wish.programme == programme).expect("only what is listed")
    };
    placed.map_or(usize::MAX, place)
}

/// The places in their list before and after.
fn places(before: &Season, after: &Season, applicant: usize) -> [usize; 2] {
    [before, after].map(|season| place(season, applicant, library::place(season)[applicant]))
}

/// One applicant with a grade raised by one step; without the grade, or with the best, as before.
fn with_better_grade(season: &Season, applicant: usize, subject: usize) -> Season {
    let mut better = season.clone();
    let grade = &mut better.applicants[applicant].grades[subject];
    *grade = match *grade {
        'F' => 'E',
        'E' => 'D',
        'D' => 'C',
        'C' => 'B',
        'B' | 'A' => 'A',
        none => none,
    };
    better
}

/// One applicant with more points in every test, each passed.
fn with_better_tests(season: &Season, applicant: usize, more: u32) -> Season {
    let mut better = season.clone();
    for wish in &mut better.applicants[applicant].wishes {
        wish.test = wish.test.map(|(halves, _)| (halves + more, true));
    }
    better
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_better_grade_never_hurts(
        season in seasons(), applicant in any::<Index>(), subject in 0..SUBJECTS.len(),
    ) {
        let applicant = applicant.index(season.applicants.len());
        let better = with_better_grade(&season, applicant, subject);
        let [before, after] = places(&season, &better, applicant);
        prop_assert!(after <= before, "{before} {after}");
    }

    #[test]
    fn a_better_test_never_hurts(
        season in seasons(), applicant in any::<Index>(), more in 1..12_u32,
    ) {
        let applicant = applicant.index(season.applicants.len());
        let better = with_better_tests(&season, applicant, more);
        let [before, after] = places(&season, &better, applicant);
        prop_assert!(after <= before, "{before} {after}");
    }
}

/// The trials above do change something for somebody.
#[test]
fn some_are_helped() {
    let mut runner = TestRunner::deterministic();
    let (mut by_grades, mut by_tests) = (0, 0);
    for _ in 0..400 {
        let season = seasons().new_tree(&mut runner).expect("a season").current();
        let [before, after] = places(&season, &with_better_grade(&season, 0, 2), 0);
        by_grades += u32::from(after < before);
        let [before, after] = places(&season, &with_better_tests(&season, 0, 12), 0);
        by_tests += u32::from(after < before);
    }
    assert!(by_grades > 0 && by_tests > 0, "{by_grades} {by_tests}");
}
