//! The library equals the textbook, in any order and under any names; and both equal brute force.

use antagning_matching::{MarketBuilder, ProgrammeIx, deferred_acceptance, programme_proposing};
use proptest::prelude::*;

use crate::brute_force::stable_matchings;
use crate::instances::{dense, sparse, tiny};
use crate::outcome::{
    NOBODY, applicants, is_stable, nobody_worse, optimal, placements, with_used_scratch,
};
use crate::textbook::Instance;

/// The instance with applicants and programmes in other orders: `people[i]` is who stands in row
/// `i`, `names[q]` the new number of programme `q`.
pub(crate) fn relabelled(instance: &Instance, people: &[usize], names: &[usize]) -> Instance {
    let mut seats = vec![0; names.len()];
    for (programme, &name) in names.iter().enumerate() {
        seats[name] = instance.seats[programme];
    }
    let renamed = |&applicant: &usize| {
        instance.lists[applicant].iter().map(|&(programme, key)| (names[programme], key)).collect()
    };
    Instance { seats, lists: people.iter().map(renamed).collect() }
}

/// The instance with an order of its applicants and one of its programmes, at random.
pub(crate) fn with_order(
    instances: impl Strategy<Value = Instance>,
) -> impl Strategy<Value = (Instance, Vec<usize>, Vec<usize>)> {
    instances.prop_flat_map(|instance| {
        let people: Vec<_> = (0..instance.lists.len()).collect();
        let names: Vec<_> = (0..instance.seats.len()).collect();
        (Just(instance), Just(people).prop_shuffle(), Just(names).prop_shuffle())
    })
}

fn same_in_any_order(
    (instance, people, names): (Instance, Vec<usize>, Vec<usize>),
) -> Result<(), TestCaseError> {
    let expected = instance.deferred_acceptance();
    prop_assert_eq!(&optimal(&instance), &expected);
    let found = optimal(&relabelled(&instance, &people, &names));
    let moved: Vec<_> = people.iter().map(|&applicant| expected[applicant]).collect();
    prop_assert_eq!(found, moved);
    Ok(())
}

/// The instance with so many empty programmes before its own that only the wide word holds them.
fn wide(instance: &Instance) -> antagning_matching::Market {
    const EMPTY: u32 = 1 << 16;
    let mut builder = MarketBuilder::new();
    for _ in 0..EMPTY {
        builder.add_programme(1);
    }
    for &seats in &instance.seats {
        builder.add_programme(seats);
    }
    for list in &instance.lists {
        let shifted =
            |&(programme, key): &(usize, u64)| (ProgrammeIx::new(EMPTY + programme as u32), key);
        builder.add_applicant(list.iter().map(shifted));
    }
    builder.build().expect("a sound market")
}

proptest! {
    #[test]
    fn dense_markets_equal_the_textbook_in_any_order(drawn in with_order(dense())) {
        same_in_any_order(drawn)?;
    }

    #[test]
    fn sparse_markets_equal_the_textbook_in_any_order(drawn in with_order(sparse())) {
        same_in_any_order(drawn)?;
    }

    #[test]
    fn scratch_memory_forgets_the_market_before(instance in sparse(), before in sparse()) {
        prop_assert_eq!(with_used_scratch(&instance, &before), instance.deferred_acceptance());
    }

    #[test]
    fn tiny_markets_equal_brute_force(instance in tiny()) {
        let stable = stable_matchings(&instance);
        let best = stable.iter().find(|best| {
            stable.iter().all(|other| nobody_worse(other, best, NOBODY))
        });
        prop_assert_eq!(Some(&optimal(&instance)), best);
        let market = instance.market().expect("a sound market");
        let worst = stable.iter().find(|worst| {
            stable.iter().all(|other| nobody_worse(worst, other, NOBODY))
        });
        prop_assert_eq!(Some(&placements(&programme_proposing(&market))), worst);
    }

    #[test]
    fn the_definition_of_stability_holds(instance in sparse()) {
        prop_assert!(is_stable(&instance, &optimal(&instance)));
        let market = instance.market().expect("a sound market");
        prop_assert!(is_stable(&instance, &placements(&programme_proposing(&market))));
    }
}

proptest! {
    // Each case builds 65 536 programmes.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(8)))]
    #[test]
    fn narrow_and_wide_words_agree(instance in sparse()) {
        let market = wide(&instance);
        let wide = deferred_acceptance(&market);
        prop_assert_eq!(placements(&wide), optimal(&instance));
        let narrow_market = instance.market().expect("a sound market");
        let narrow = programme_proposing(&narrow_market);
        prop_assert_eq!(placements(&programme_proposing(&market)), placements(&narrow));
        for applicant in applicants(&wide) {
            let ranks = |market: &antagning_matching::Market| {
                let length = market.list(applicant).len();
                (0..length).map(|position| market.rank_at(applicant, position)).collect::<Vec<_>>()
            };
            prop_assert_eq!(ranks(&market), ranks(&narrow_market));
        }
    }
}

/// A ranking of more than 65 536 needs the wide word although there is one programme only.
#[test]
fn a_ranking_too_long_for_the_narrow_word() {
    for applicants in [1 << 16, (1 << 16) + 1] {
        let seats = applicants as u32 - 3;
        let instance = Instance {
            seats: vec![seats],
            lists: (0..applicants as u64).map(|key| vec![(0, key * 7919 % 65_539)]).collect(),
        };
        assert_eq!(optimal(&instance), instance.deferred_acceptance());
    }
}

/// A deferred acceptance that keeps whoever came first must not pass for the textbook's.
#[test]
fn the_oracle_catches_a_broken_variant() {
    let first_come = |instance: &Instance| {
        let mut seats = instance.seats.clone();
        let serve = |list: &Vec<(usize, u64)>| {
            let position = list.iter().position(|&(programme, _)| seats[programme] > 0)?;
            seats[list[position].0] -= 1;
            Some(position)
        };
        instance.lists.iter().map(serve).collect::<Vec<_>>()
    };
    let instance = Instance { seats: vec![1, 1], lists: vec![vec![(0, 1), (1, 1)], vec![(0, 2)]] };
    assert_ne!(first_come(&instance), instance.deferred_acceptance());
    assert!(!is_stable(&instance, &first_come(&instance)));
    assert_eq!(stable_matchings(&instance), [vec![Some(1), Some(0)]]);
}
