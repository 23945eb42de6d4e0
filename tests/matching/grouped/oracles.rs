//! The library equals the textbook, in any order and under any names, in any word.

use antagning_matching::{DeferredAcceptance, MarketBuilder, deferred_acceptance};
use proptest::prelude::*;

use super::instances::{dense, relabelled, sparse};
use super::textbook::GroupedInstance;
use crate::outcome::{applicants, placements, programmes};

fn with_order(
    instances: impl Strategy<Value = GroupedInstance>,
) -> impl Strategy<Value = (GroupedInstance, Vec<usize>, Vec<usize>)> {
    instances.prop_flat_map(|instance| {
        let people: Vec<_> = (0..instance.lists.len()).collect();
        let names: Vec<_> = (0..instance.programmes.len()).collect();
        (Just(instance), Just(people).prop_shuffle(), Just(names).prop_shuffle())
    })
}

fn same_in_any_order(
    (instance, people, names): (GroupedInstance, Vec<usize>, Vec<usize>),
) -> Result<(), TestCaseError> {
    let expected = instance.deferred_acceptance();
    let market = instance.market().expect("a sound market");
    let matching = deferred_acceptance(&market);
    prop_assert_eq!(&placements(&matching), &expected);
    let market = relabelled(&instance, &people, &names).market().expect("a sound market");
    let found = deferred_acceptance(&market);
    let moved: Vec<_> = people.iter().map(|&applicant| expected[applicant]).collect();
    prop_assert_eq!(placements(&found), moved);
    let groups: Vec<_> = applicants(&matching).map(|ix| matching.group_of(ix)).collect();
    for (row, applicant) in applicants(&found).enumerate() {
        prop_assert_eq!(found.group_of(applicant), groups[people[row]]);
    }
    Ok(())
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

    /// From a grouped market to a plain one and back, scratch memory keeps nothing.
    #[test]
    fn scratch_memory_forgets_the_market_before(
        instance in sparse(), before in sparse(), plain in crate::instances::sparse()
    ) {
        let before = before.market().expect("a sound market");
        let mut scratch = DeferredAcceptance::new(&before);
        scratch.run(&before);
        let market = instance.market().expect("a sound market");
        prop_assert_eq!(placements(&scratch.run(&market)), instance.deferred_acceptance());
        let market = plain.market().expect("a sound market");
        prop_assert_eq!(placements(&scratch.run(&market)), plain.deferred_acceptance());
    }

    /// Everything that a matching says of groups, from the definition.
    #[test]
    fn groups_are_answered_for_by_the_choice_function(instance in sparse()) {
        let market = instance.market().expect("a sound market");
        let matching = deferred_acceptance(&market);
        for q in programmes(&matching) {
            let groups = &instance.programmes[q.index()].groups;
            let all: Vec<_> = matching.admitted_to(q).map(|ix| ix.index()).collect();
            let chosen = instance.chosen(q.index(), &all);
            prop_assert_eq!(&all, &chosen.concat());
            prop_assert_eq!(matching.admitted_count(q), all.len());
            prop_assert_eq!(matching.vacancies(q) as usize + all.len(), market.seats(q) as usize);
            let listed = market.ranking(q).count();
            prop_assert_eq!(market.ranking(q).len(), listed);
            let as_listed = market.ranking(q).enumerate().all(|(rank, (ix, position))| {
                instance.position(ix.index(), q.index()) == Some(position)
                    && market.rank_at(ix, position) == rank
            });
            prop_assert!(as_listed);
            if market.groups(q).is_empty() {
                continue;
            }
            prop_assert_eq!(market.groups(q).len(), groups.len());
            for (g, taken) in chosen.iter().enumerate() {
                let admitted: Vec<_> =
                    matching.admitted_to_group(q, g).map(|ix| ix.index()).collect();
                prop_assert_eq!(&admitted, taken);
                prop_assert_eq!(matching.seats_filled(q, g) as usize, taken.len());
                let ranked: Vec<_> = market.group_ranking(q, g).map(|(ix, position)| {
                    let keys = instance.keys(ix.index(), position);
                    keys.iter().find(|&&(open, _)| open == g).expect("open").1
                }).collect();
                prop_assert!(ranked.is_sorted_by(|a, b| a > b));
                for &applicant in taken {
                    let ix = antagning_matching::ApplicantIx::new(applicant as u32);
                    prop_assert_eq!(matching.group_of(ix), Some(g));
                }
            }
        }
        let proposals: usize = instance.deferred_acceptance().iter().zip(&instance.lists)
            .map(|(placed, list)| placed.map_or(list.len(), |position| position + 1))
            .sum();
        prop_assert_eq!(matching.statistics().proposals, proposals);
        let choices: usize = instance.lists.iter().map(Vec::len).sum();
        prop_assert_eq!(market.choices(), choices);
        for (applicant, list) in applicants(&matching).zip(&instance.lists) {
            let listed: Vec<_> = market.list(applicant).map(|q| q.index()).collect();
            prop_assert_eq!(listed, list.iter().map(|&(q, _)| q).collect::<Vec<_>>());
        }
    }
}

proptest! {
    // Each case builds 65 536 programmes.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(8)))]
    #[test]
    fn narrow_and_wide_words_agree(instance in sparse()) {
        const EMPTY: u32 = 1 << 16;
        let mut builder = MarketBuilder::new();
        for _ in 0..EMPTY {
            builder.add_programme(1);
        }
        instance.add_to(&mut builder, EMPTY);
        let wide = builder.build().expect("a sound market");
        let expected = instance.deferred_acceptance();
        prop_assert_eq!(placements(&deferred_acceptance(&wide)), expected);
    }
}

#[test]
fn repeated_runs_allocate_nothing() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..20 {
        let instance = sparse().new_tree(&mut runner).expect("an instance").current();
        let market = instance.market().expect("a sound market");
        let mut scratch = DeferredAcceptance::new(&market);
        let counted = allocation_counter::measure(|| {
            for _ in 0..3 {
                assert_eq!(scratch.run(&market).market().programmes(), instance.programmes.len());
            }
        });
        assert_eq!(counted.count_total, 0);
    }
}
