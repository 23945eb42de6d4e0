//! A finished run as who holds what, for those who go on from there in other ways.

use crate::Market;

use super::{DeferredAcceptance, worst_below};

/// The applicant-optimal stable matching as deferred acceptance leaves it, without what is out of
/// date.
pub(crate) struct Seating {
    /// The choice that each place holds; the sentinel of its list when unplaced.
    pub(crate) held: Vec<u32>,
    /// One bit a rank: who holds a seat of the unit.
    pub(crate) holding: Vec<u64>,
    /// By unit.
    pub(crate) units: Vec<SeatedUnit>,
}

/// How a unit stands.
pub(crate) struct SeatedUnit {
    /// The first rank after the worst holder; 0 when nobody holds a seat.
    pub(crate) limit: u32,
    /// Seats that nobody holds, with those passed on from other groups.
    pub(crate) vacant: u32,
}

impl Seating {
    /// Runs deferred acceptance. O(choices).
    pub(crate) fn new(market: &Market) -> Self {
        let index = &*market.index;
        let mut run = DeferredAcceptance::default();
        run.propose_all(index);
        run.end_passing();
        let DeferredAcceptance { units, accepted: mut holding, held, .. } = run;
        let mut seated = Vec::with_capacity(index.seats.len());
        for (number, unit) in units[..index.seats.len()].iter().enumerate() {
            let bits = &mut holding[unit.words as usize..index.words[number + 1] as usize];
            // The worst holder is at the limit, unless nobody is left to hold anything.
            let is_held = |rank: u32| {
                let entry = (unit.ranking + rank) as usize;
                held[index.holder[entry] as usize] == index.choice_at[entry]
            };
            let has_any = !bits.is_empty() && (unit.limit > 0 || bits[0] & 1 == 1 && is_held(0));
            clear_from(bits, if has_any { unit.limit.saturating_add(1) } else { 0 });
            let limit = worst_below(bits, bits.len() as u32 * 64).map_or(0, |worst| worst + 1);
            seated.push(SeatedUnit { limit, vacant: unit.vacant });
        }
        holding.truncate(index.words[index.seats.len()] as usize);
        Self { held, holding, units: seated }
    }
}

/// Clears all bits from one on.
fn clear_from(bits: &mut [u64], from: u32) {
    let word = (from / 64) as usize;
    if let Some((first, rest)) = bits.get_mut(word..).and_then(<[u64]>::split_first_mut) {
        *first &= (1 << (from % 64)) - 1;
        rest.fill(0);
    }
}
