//! What a run over ties costs.

use antagning_matching::{TiedDeferredAcceptance, tied_deferred_acceptance};

use super::instances::in_classes;
use super::outcome::{RULES, market, placements};

/// Whole classes are displaced without memory being asked for.
#[test]
fn repeated_runs_allocate_nothing() {
    let larger = market(&in_classes(2_000, 130, [700, 90]));
    let smaller = market(&in_classes(300, 7, [70, 10]));
    let expected = RULES.map(|rule| placements(&tied_deferred_acceptance(&larger, rule)));
    assert_ne!(expected[0], expected[1]);
    let mut scratch = TiedDeferredAcceptance::new(&larger);
    let counted = allocation_counter::measure(|| {
        for rule in RULES {
            assert_eq!(scratch.run(&larger, rule).market().applicants(), 2_000);
            assert_eq!(scratch.run(&smaller, rule).market().applicants(), 300);
        }
    });
    assert_eq!(counted.count_total, 0);
    for (rule, expected) in RULES.into_iter().zip(expected) {
        assert_eq!(placements(&scratch.run(&larger, rule)), expected);
    }
    // The counter counts: the convenience function has memory of its own.
    let once = || drop(tied_deferred_acceptance(&larger, RULES[0]));
    assert!(allocation_counter::measure(once).count_total > 0);
}
