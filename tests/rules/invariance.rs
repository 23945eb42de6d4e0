//! Neither the order of rows nor the numbers that applicants and programmes have decide anything.

use proptest::prelude::*;

use crate::folder::Folder;
use crate::library;
use crate::season::Season;
use crate::seasons::{BY_RANK, PATHS, SAFE, season};

/// The same season with applicants and programmes numbered otherwise; ids stay with them.
fn renumbered(season: &Season, applicants: &[usize], programmes: &[usize]) -> Season {
    let mut other = season.of(applicants.iter().copied());
    other.programmes = programmes.iter().map(|p| season.programmes[*p].clone()).collect();
    let number = |old: usize| programmes.iter().position(|p| *p == old).expect("a permutation");
    let wishes = other.applicants.iter_mut().flat_map(|applicant| &mut applicant.wishes);
    wishes.for_each(|wish| wish.programme = number(wish.programme));
    other
}

fn renumbering() -> impl Strategy<Value = (Season, Vec<usize>, Vec<usize>)> {
    let seasons = prop_oneof![season(&SAFE, &PATHS, 8), season(&BY_RANK, &PATHS, 8)];
    seasons.prop_flat_map(|season| {
        let order = |count: usize| Just((0..count).collect::<Vec<_>>()).prop_shuffle();
        let (applicants, programmes) = (season.applicants.len(), season.programmes.len());
        (Just(season), order(applicants), order(programmes))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn numbers_decide_nothing((season, applicants, programmes) in renumbering()) {
        let placed = library::place(&season);
        let other = library::place(&renumbered(&season, &applicants, &programmes));
        for (number, applicant) in applicants.iter().enumerate() {
            let old = other[number].map(|(programme, group)| (programmes[programme], group));
            prop_assert_eq!(placed[*applicant], old);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_rows_decides_nothing(
        season in prop_oneof![season(&SAFE, &PATHS, 8), season(&BY_RANK, &PATHS, 8)]
            .prop_filter("a season has a choice", has_choice),
        order in 1..u64::MAX,
    ) {
        let (written, shuffled) = (Folder::of(&season, 0), Folder::of(&season, order));
        prop_assert_eq!(written.place(), shuffled.place());
        prop_assert_eq!(written.tables(), shuffled.tables());
    }
}

pub(crate) fn has_choice(season: &Season) -> bool {
    season.applicants.iter().any(|applicant| !applicant.wishes.is_empty())
}
