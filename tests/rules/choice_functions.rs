//! Substitutable, size-monotone and consistent: what the rules make of every kind of quota group
//! and of reception has the three properties that deferred acceptance needs, on all subsets of
//! random applicants.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::season::{Programme, Season};
use crate::seasons::{SAFE, applicant, groups, season_of};
use crate::{library, reference};

/// Sets of applicants are bits of a word.
type Set = u32;

/// What the groups of a programme rank by and whom they are open to, in order of precedence.
type Kind = &'static [(&'static str, &'static str)];

const KINDS: [(&str, Kind); 12] = [
    ("no groups", &[]),
    ("grades alone", &[("", "all")]),
    ("free quota before grades", &[("free_quota", "all"), ("", "all")]),
    ("grades before free quota", &[("merit", "all"), ("free_quota", "all")]),
    ("test and grades", &[("test", "all"), ("merit", "all")]),
    ("merit and a passed test", &[("merit+test", "test_passed"), ("", "all")]),
    ("test sixteen times", &[("merit+16*test", "test"), ("16*test", "all")]),
    ("locked seats", &[("manual", "all"), ("merit", "all")]),
    ("sport", &[("", "sport_approval"), ("", "all")]),
    ("conditions", &[("", "MU>=C"), ("merit+test", "test>=3"), ("", "MU")]),
    ("several terms", &[("test merit", "all"), ("free_quota merit", "all"), ("", "all")]),
    ("all together", &[("manual", "all"), ("free_quota", "all"), ("test", "all"), ("", "all")]),
];

/// Up to six applicants to one programme of that kind.
fn season(kind: Kind) -> impl Strategy<Value = Season> {
    let programme = (0..=3_u32, groups(kind.to_vec(), 2)).prop_map(|(seats, groups)| {
        vec![Programme { id: String::new(), path: "BA", seats, groups }]
    });
    season_of(&SAFE, programme, vec(applicant(1, 1), 1..=6))
}

fn members(set: Set) -> impl Iterator<Item = usize> {
    (0..Set::BITS as usize).filter(move |member| set >> member & 1 == 1)
}

/// Whom the library takes of each set of applicants, when no others apply.
fn chosen(season: &Season) -> Vec<Set> {
    let of = |set: Set| {
        let placed = library::place(&season.of(members(set)));
        members(set).zip(placed).filter(|(_, placed)| placed.is_some()).map(|(m, _)| 1 << m).sum()
    };
    (0..1 << season.applicants.len()).map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_kind_has_all_three_properties(
        (kind, season) in (0..KINDS.len())
            .prop_flat_map(|kind| (Just(KINDS[kind].0), season(KINDS[kind].1)))
    ) {
        let chosen = chosen(&season);
        for (larger, &from_larger) in (0..).zip(&chosen) {
            let nested = (0..).zip(&chosen).filter(|(smaller, _): &(Set, _)| smaller & !larger == 0);
            for (smaller, &from_smaller) in nested {
                let turned_away = smaller & !from_smaller;
                prop_assert_eq!(turned_away & from_larger, 0, "substitutable: {}", kind);
                prop_assert!(
                    from_smaller.count_ones() <= from_larger.count_ones(),
                    "size-monotone: {}", kind
                );
                if from_larger & !smaller == 0 {
                    prop_assert_eq!(from_smaller, from_larger, "consistent: {}", kind);
                }
            }
        }
    }
}

/// The seasons above do try something: in each kind every group takes somebody, somebody is turned
/// away, and taking fewer applicants leads to another choice.
#[test]
fn every_kind_is_tried() {
    let mut runner = TestRunner::deterministic();
    for (name, kind) in KINDS {
        let mut by_group = vec![0; kind.len().max(1)];
        let (mut turned_away, mut displaced, mut second_hand) = (0, 0, 0);
        for _ in 0..150 {
            let season = season(kind).new_tree(&mut runner).expect("a season").current();
            let placed = library::place(&season);
            assert_eq!(placed, reference::place(&season), "{name}: {season:?}");
            for (applicant, placed) in season.applicants.iter().zip(&placed) {
                match placed {
                    Some((_, group)) => {
                        by_group[group.unwrap_or(0)] += 1;
                        second_hand += u32::from(applicant.wishes[0].second_hand);
                    }
                    None => turned_away += 1,
                }
            }
            let without_first = library::place(&season.of(1..season.applicants.len()));
            displaced += u32::from(without_first[..] != placed[1..]);
        }
        assert!(by_group.iter().all(|taken| *taken > 5), "{name}: {by_group:?}");
        let counts = [turned_away, displaced, second_hand];
        assert!(counts.iter().all(|count| *count > 5), "{name}: {counts:?}");
    }
}
