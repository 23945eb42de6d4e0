//! Those who lost their seats go on side by side.
//!
//! Whoever is displaced stands anywhere in memory: their place, the choice that they held and the
//! next one are three misses, each waiting for the one before. When many are displaced at once, a
//! wave of them is looked up together, so that the misses of all are under way at the same time. As
//! the order of proposals decides nothing, the matching is the same.

use crate::market::Index;
use crate::packed::{Choices, Packed};

use super::{DeferredAcceptance, seat};

/// So many are looked up together: their next choices fit the first cache.
const WAVE: usize = 128;

impl DeferredAcceptance {
    /// Has those in `displaced` go on, and whom they displace, until nobody is left.
    pub(super) fn go_on(&mut self, index: &Index) {
        match (&index.choices, index.grouping.is_some()) {
            (Choices::Narrow(choices), false) => self.go_on_in_waves::<_, false>(index, choices),
            (Choices::Narrow(choices), true) => self.go_on_in_waves::<_, true>(index, choices),
            (Choices::Wide(choices), false) => self.go_on_in_waves::<_, false>(index, choices),
            (Choices::Wide(choices), true) => self.go_on_in_waves::<_, true>(index, choices),
        }
    }

    fn go_on_in_waves<C: Packed, const GROUPED: bool>(&mut self, index: &Index, choices: &[C]) {
        let Self { units, accepted, held, passing, displaced, .. } = self;
        let mut wave = [(0, 0, C::pack(0, 0)); WAVE];
        while !displaced.is_empty() {
            let rest = displaced.len().saturating_sub(WAVE);
            let wave = &mut wave[..displaced.len() - rest];
            for (proposal, entry) in wave.iter_mut().zip(displaced.drain(rest..)) {
                let place = index.holder[entry as usize];
                let next = held[place as usize] + 1;
                *proposal = (place, next, choices[next as usize]);
            }
            for &mut (place, mut at, mut choice) in wave {
                while choice.rank() >= units[choice.unit()].limit {
                    at += 1;
                    choice = choices[at as usize];
                }
                held[place as usize] = at;
                let (unit, rank) = (choice.unit(), choice.rank());
                if let Some(entry) = seat::<GROUPED>(units, passing, unit, rank, accepted) {
                    displaced.push(entry);
                }
            }
        }
    }
}
