//! How grouped programmes choose and what is stable, straight from the definitions: one seat at a
//! time, no shortcut.

use std::collections::BTreeMap;

use super::market::{Market, Place, TIERS};

/// Whom a programme's groups take of some applicants who list it, and the seats left in each.
///
/// A plain programme is one group that takes all tiers alike.
pub(crate) fn choose(
    market: &Market,
    programme: usize,
    applicants: &[usize],
) -> (BTreeMap<usize, u32>, Vec<u32>) {
    let groups = &market.programmes[programme].groups;
    let mut left: Vec<u32> = groups.iter().map(|group| group.0).collect();
    let mut taken = BTreeMap::new();
    for tier in (0..TIERS).rev() {
        for (group, &(_, unfilled_to)) in (0..).zip(groups) {
            while left[group as usize] > 0 {
                let priority = |&&applicant: &&usize| {
                    let wish = market.wish_for(applicant, programme).expect("listed");
                    let claim = wish.claims.iter().find(|claim| claim.0 == group)?;
                    (wish.tier == tier && !taken.contains_key(&applicant)).then_some(claim.1)
                };
                let open = applicants.iter().filter(|a| priority(a).is_some());
                let Some(&best) = open.max_by_key(|a| priority(a)) else { break };
                taken.insert(best, group);
                left[group as usize] -= 1;
            }
            if let Some(to) = unfilled_to {
                left[to as usize] += left[group as usize];
                left[group as usize] = 0;
            }
        }
    }
    (taken, left)
}

/// Who has a place at the programme, and who prefers it to what they have.
pub(crate) fn holders_and_waiting(
    market: &Market,
    places: &[Place],
    programme: usize,
) -> (Vec<usize>, Vec<usize>) {
    let position =
        |a: usize| market.lists[a].iter().position(|w| w.programme as usize == programme);
    let held = |a: usize| places[a].map_or(usize::MAX, |(position, _)| position);
    let listed = (0..places.len()).filter_map(|a| Some((a, position(a)?)));
    let holders = listed.clone().filter(|&(a, at)| at == held(a)).map(|(a, _)| a).collect();
    (holders, listed.filter(|&(a, at)| at < held(a)).map(|(a, _)| a).collect())
}

/// Whom the programme's groups would take of all who have a place there or would rather be there.
pub(crate) fn chosen_of_all(
    market: &Market,
    places: &[Place],
    programme: usize,
) -> BTreeMap<usize, u32> {
    let (holders, waiting) = holders_and_waiting(market, places, programme);
    choose(market, programme, &[holders, waiting].concat()).0
}

/// Whether every programme, given all who would rather be there, keeps just those it has, each in
/// the group that is stated.
pub(crate) fn is_stable(market: &Market, places: &[Place]) -> bool {
    (0..market.programmes.len()).all(|programme| {
        let stated = |applicant: usize| match market.programmes[programme].plain {
            true => Some(0),
            false => places[applicant].and_then(|(_, group)| group),
        };
        let chosen = chosen_of_all(market, places, programme);
        let (holders, _) = holders_and_waiting(market, places, programme);
        chosen.keys().eq(&holders) && holders.iter().all(|a| stated(*a) == chosen.get(a).copied())
    })
}

/// The rank that an applicant gives to a place: 0 for the most wanted.
pub(crate) fn rank(place: Place) -> usize {
    place.map_or(usize::MAX, |(position, _)| position)
}
