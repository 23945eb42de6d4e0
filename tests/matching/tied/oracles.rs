//! The library equals the textbook, in any order and under any names; and without ties it equals
//! deferred acceptance.

use antagning_matching::{
    ApplicantIx, ProgrammeIx, TieRule, TiedDeferredAcceptance, TiedMatching, deferred_acceptance,
    tied_deferred_acceptance,
};
use proptest::prelude::*;

use super::instances::{in_classes, tied};
use super::outcome::{RULES, applicants, market, placed, placements, programmes};
use super::textbook;
use crate::instances::{dense, sparse};
use crate::oracles::{relabelled, with_order};
use crate::textbook::Instance;

/// By programme: who is admitted and who waits behind how many, as sets, with their true names.
type Answers = Vec<(Vec<usize>, Vec<(usize, usize)>)>;

fn answers(matching: &TiedMatching<'_>, name: impl Fn(ApplicantIx) -> usize) -> Answers {
    let of = |programme: ProgrammeIx| {
        let mut admitted: Vec<_> = matching.admitted_to(programme).map(&name).collect();
        let reserves = matching.reserves(programme);
        let mut reserves: Vec<_> = reserves.map(|(ix, ahead)| (ahead, name(ix))).collect();
        admitted.sort_unstable();
        reserves.sort_unstable();
        (admitted, reserves)
    };
    programmes(matching).map(of).collect()
}

fn same_in_any_order(
    (instance, people, names): (Instance, Vec<usize>, Vec<usize>),
) -> Result<(), TestCaseError> {
    let (one, other) = (market(&instance), market(&relabelled(&instance, &people, &names)));
    for rule in RULES {
        let expected = textbook::tied_deferred_acceptance(&instance, rule);
        let one = tied_deferred_acceptance(&one, rule);
        prop_assert_eq!(&placements(&one), &expected);
        let other = tied_deferred_acceptance(&other, rule);
        let moved: Vec<_> = people.iter().map(|&applicant| expected[applicant]).collect();
        prop_assert_eq!(placements(&other), moved);
        let one = answers(&one, ApplicantIx::index);
        let other = answers(&other, |applicant| people[applicant.index()]);
        for (programme, answer) in one.iter().enumerate() {
            prop_assert_eq!(&other[names[programme]], answer);
        }
    }
    Ok(())
}

/// Everything that both kinds of matching can be asked.
fn same_without_ties(instance: &Instance) -> Result<(), TestCaseError> {
    let strict = instance.market().expect("a market without ties");
    let strict = deferred_acceptance(&strict);
    let market = market(instance);
    prop_assert_eq!((market.tied_applicants(), market.tied_programmes()), (0, 0));
    for rule in RULES {
        let tied = tied_deferred_acceptance(&market, rule);
        prop_assert_eq!(tied.statistics(), strict.statistics());
        for applicant in applicants(&tied) {
            prop_assert_eq!(tied.choice_of(applicant), strict.choice_of(applicant));
            prop_assert_eq!(tied.programme_of(applicant), strict.programme_of(applicant));
            for position in 0..market.list(applicant).len() {
                let rank = strict.market().rank_at(applicant, position);
                prop_assert_eq!(market.rank_at(applicant, position), rank);
            }
        }
        for q in programmes(&tied) {
            let admitted: Vec<_> = tied.admitted_to(q).collect();
            prop_assert_eq!(admitted, strict.admitted_to(q).collect::<Vec<_>>());
            prop_assert_eq!(tied.admitted_count(q), strict.admitted_count(q));
            prop_assert_eq!(tied.vacancies(q), strict.vacancies(q));
            prop_assert_eq!(tied.cutoff(q), strict.cutoff(q));
            let reserves = strict.reserves(q).enumerate().map(|(ahead, ix)| (ix, ahead));
            prop_assert!(tied.reserves(q).eq(reserves));
            prop_assert!(market.ranking(q).eq(strict.market().ranking(q)));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn dense_markets_equal_the_textbook_in_any_order(drawn in with_order(tied(dense()))) {
        same_in_any_order(drawn)?;
    }

    #[test]
    fn sparse_markets_equal_the_textbook_in_any_order(drawn in with_order(tied(sparse()))) {
        same_in_any_order(drawn)?;
    }

    #[test]
    fn dense_markets_without_ties_equal_deferred_acceptance(instance in dense()) {
        same_without_ties(&instance)?;
    }

    #[test]
    fn sparse_markets_without_ties_equal_deferred_acceptance(instance in sparse()) {
        same_without_ties(&instance)?;
    }

    #[test]
    fn scratch_memory_forgets_the_market_before(
        instance in tied(sparse()), before in tied(sparse())
    ) {
        let (market, before) = (market(&instance), market(&before));
        let mut scratch = TiedDeferredAcceptance::new(&before);
        for rule in RULES {
            scratch.run(&before, TieRule::RejectAll);
            let expected = textbook::tied_deferred_acceptance(&instance, rule);
            prop_assert_eq!(placements(&scratch.run(&market, rule)), expected);
        }
    }
}

/// Rankings too long for the narrow word, and classes over many words of the bitmap.
#[test]
fn long_rankings_and_large_classes_equal_the_textbook() {
    for applicants in [1 << 16, (1 << 16) + 1] {
        for class in [1, 63, 64, 65, 20_000, applicants] {
            let instance = in_classes(applicants, class, [30_000, 7_000]);
            for rule in RULES {
                let expected = textbook::tied_deferred_acceptance(&instance, rule);
                assert!(placed(&instance, rule) == expected, "{applicants}, {class}, {rule:?}");
            }
        }
    }
}

/// The two rules and the lottery are three different things.
#[test]
fn the_rules_differ() {
    let lists = [5, 4, 4, 3].map(|key| vec![(0, key)]).to_vec();
    let instance = Instance { seats: vec![2], lists };
    let admitted = |rule| placed(&instance, rule).iter().flatten().count();
    assert_eq!((admitted(TieRule::AdmitAll), admitted(TieRule::RejectAll)), (3, 1));
}
