//! All placements of tiny markets: exactly the best stable one is accepted.

use proptest::prelude::*;

use super::instances::markets;
use super::market::{Market, Place};
use super::matching::optimum;
use super::naive::{is_stable, rank};

/// Every way to place everybody on their list or nowhere, in whatever group.
fn all_placements(market: &Market) -> Vec<Vec<Place>> {
    (0..market.lists.len()).fold(vec![Vec::new()], |placements, applicant| {
        let places = market.all_places(applicant);
        let extended = |so_far: &Vec<Place>| {
            places.iter().map(|&p| [so_far.as_slice(), &[p]].concat()).collect::<Vec<_>>()
        };
        placements.iter().flat_map(extended).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn exactly_the_best_stable_placement_is_accepted(market in markets(4, 3, 3, 2)) {
        let all = all_placements(&market);
        let accepted: Vec<_> = all.iter().filter(|p| market.faults(p).is_empty()).collect();
        let stable: Vec<_> = all.iter().filter(|p| is_stable(&market, p)).collect();
        let is_best = |best: &[Place]| {
            stable.iter().all(|other| best.iter().zip(*other).all(|(b, o)| rank(*b) <= rank(*o)))
        };
        let best: Vec<_> = stable.iter().copied().filter(|p| is_best(p)).collect();
        prop_assert_eq!(best.len(), 1, "an applicant-optimal stable placement exists and is unique");
        prop_assert_eq!(&accepted, &best);
        prop_assert_eq!(accepted, [&optimum(&market)]);
    }
}
