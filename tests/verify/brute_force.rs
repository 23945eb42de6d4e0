//! Every placement of tiny markets, on the list or off it.

use proptest::prelude::*;

use crate::market::{Market, strict};
use crate::naive::instability;

/// All ways to place everybody somewhere or nowhere.
pub(crate) fn all_placements(market: &Market) -> Vec<Vec<Option<u32>>> {
    let places: Vec<Option<u32>> = (0..market.seats.len() as u32).map(Some).chain([None]).collect();
    market.lists.iter().fold(vec![Vec::new()], |placements, _| {
        let extended = |so_far: &Vec<Option<u32>>| {
            places.iter().map(|&p| [so_far.as_slice(), &[p]].concat()).collect::<Vec<_>>()
        };
        placements.iter().flat_map(extended).collect()
    })
}

proptest! {
    #[test]
    fn exactly_the_best_stable_placement_is_accepted(market in strict(4, 3)) {
        let (accepted, stable): (Vec<_>, Vec<_>) = {
            let all = all_placements(&market);
            let accepted = all.iter().filter(|p| market.faults(p).is_empty()).cloned().collect();
            (accepted, all.into_iter().filter(|p| instability(&market, p).is_empty()).collect())
        };
        let nobody_better = |best: &Vec<Option<u32>>, other: &Vec<Option<u32>>| {
            (0..best.len()).all(|a| market.rank(a, best[a]) <= market.rank(a, other[a]))
        };
        let best: Vec<_> = stable
            .iter()
            .filter(|p| stable.iter().all(|other| nobody_better(p, other)))
            .cloned()
            .collect();
        prop_assert_eq!(best.len(), 1, "an applicant-optimal stable placement exists and is unique");
        prop_assert_eq!(&accepted, &best);
        prop_assert_eq!(accepted, vec![market.optimum()]);
    }
}
