//! What is wrong with a placement, straight from the definitions: all pairs, no shortcut.

use std::collections::BTreeSet;

use antagning_verify::Violation;

use crate::market::Market;

/// Capacity, list, waste and envy, in the order in which the checker reports them.
pub(crate) fn instability(market: &Market, placement: &[Option<u32>]) -> Vec<Violation> {
    let mut faults = Vec::new();
    let everybody = 0..placement.len();
    let admitted = |q: u32| placement.iter().filter(|&&p| p == Some(q)).count() as u32;
    for (programme, &seats) in market.seats.iter().enumerate() {
        let admitted = admitted(programme as u32);
        if admitted > seats {
            faults.push(Violation::OverCapacity { programme, seats, admitted });
        }
    }
    for applicant in everybody.clone() {
        if let Some(q) = placement[applicant]
            && market.key(applicant, q).is_none()
        {
            faults.push(Violation::OffList { applicant, programme: q as usize });
        }
    }
    for (applicant, q, _) in claims(market, placement) {
        if admitted(q) < market.seats[q as usize] {
            let (programme, vacant) = (q as usize, market.seats[q as usize] - admitted(q));
            faults.push(Violation::WastedSeat { applicant, programme, vacant });
        }
    }
    for (applicant, q, key) in claims(market, placement) {
        let holders = everybody.clone().filter(|&a| placement[a] == Some(q));
        let lowest = holders.filter_map(|a| market.key(a, q).map(|key| (key, a))).min();
        if let Some((lowest, holder)) = lowest
            && key > lowest
            && admitted(q) >= market.seats[q as usize]
        {
            faults.push(Violation::JustifiedEnvy { applicant, programme: q as usize, holder });
        }
    }
    faults
}

/// Who prefers which programme to what they have, with which key.
pub(crate) fn claims(market: &Market, placement: &[Option<u32>]) -> Vec<(usize, u32, u32)> {
    let mut claims = Vec::new();
    for (applicant, list) in market.lists.iter().enumerate() {
        let rank = market.rank(applicant, placement[applicant]);
        claims.extend(list[..rank].iter().map(|&(q, key)| (applicant, q, key)));
    }
    claims
}

/// The groups with equal keys that decide who holds a seat or who is first in reserve, at
/// programmes without a vacant seat.
pub(crate) fn deciding_ties(
    market: &Market,
    placement: &[Option<u32>],
) -> BTreeSet<(usize, BTreeSet<usize>)> {
    let claims = claims(market, placement);
    let mut ties = BTreeSet::new();
    for q in 0..market.seats.len() as u32 {
        let placed: Vec<usize> =
            (0..placement.len()).filter(|&a| placement[a] == Some(q)).collect();
        if placed.len() < market.seats[q as usize] as usize {
            continue;
        }
        let with_key = |key: u32| -> BTreeSet<usize> {
            claims.iter().filter(|c| c.1 == q && c.2 == key).map(|c| c.0).collect()
        };
        let lowest = placed.iter().filter_map(|&a| market.key(a, q)).min();
        let highest = claims.iter().filter(|c| c.1 == q).map(|c| c.2).max();
        if let Some(lowest) = lowest
            && !with_key(lowest).is_empty()
        {
            let holders = placed.iter().copied().filter(|&a| market.key(a, q) == Some(lowest));
            ties.insert((q as usize, with_key(lowest).into_iter().chain(holders).collect()));
        }
        if let Some(highest) = highest
            && Some(highest) != lowest
            && with_key(highest).len() > 1
        {
            ties.insert((q as usize, with_key(highest)));
        }
    }
    ties
}
