//! Lists drawn around the stated one: the Mallows model.

use crate::planning::simulation::uncertainty::luck::below;

/// Draws the order of lists.
///
/// An order has probability proportional to φ^d, where d counts the pairs that stand the other way
/// round than stated. Choices are inserted one after the other as stated, each above j of those that
/// stand there with a probability proportional to φ^j: that gives just this distribution.
///
/// # Reference
/// * C. L. Mallows, *Non-null Ranking Models*, Biometrika 44 (1957).
/// * J.-P. Doignon, A. Pekeč and M. Regenwetter, *The Repeated Insertion Model for Rankings*,
///   Psychometrika 69 (2004).
#[derive(Clone, Debug)]
pub(super) struct Mallows {
    /// φ^j as a whole number for j = 0, 1, 2 …, added up: entry j is the sum before it.
    sums: Vec<u64>,
}

/// What φ⁰ is counted as.
const ONE: u64 = 1 << 48;

impl Mallows {
    /// For lists of at most so many choices, φ in hundredths.
    pub(super) fn new(percent: u32, longest: usize) -> Self {
        let (mut sums, mut weight, mut sum) = (vec![0], ONE, 0);
        for _ in 0..longest {
            sum += weight;
            sums.push(sum);
            weight = (u128::from(weight) * u128::from(percent) / 100) as u64;
        }
        Self { sums }
    }

    /// Whether lists stay as they are stated.
    pub(super) fn is_still(&self) -> bool {
        self.sums.get(2).is_none_or(|sum| *sum == ONE)
    }

    /// Draws an order of so many choices:
    /// `order` has the places of the
    /// stated list as they come to stand; `number` gives the number for each step. O(length²).
    pub(super) fn draw(&self, length: usize, number: impl Fn(u64) -> u64, order: &mut Vec<u32>) {
        order.clear();
        for stated in 0..length {
            let drawn = below(number(stated as u64), u128::from(self.sums[stated + 1])) as u64;
            let above = self.sums[1..=stated].partition_point(|sum| *sum <= drawn);
            order.insert(stated - above, stated as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Mallows, ONE};
    use crate::planning::simulation::uncertainty::luck::Luck;

    fn inversions(order: &[u32]) -> i32 {
        let later = |at: usize| order[at + 1..].iter().filter(|other| **other < order[at]).count();
        (0..order.len()).map(|at| later(at) as i32).sum()
    }

    /// Every order of four choices by every way to insert them, with its exact probability.
    #[test]
    fn probabilities_are_those_of_the_model() {
        for percent in [0, 1, 30, 70, 100] {
            let mallows = Mallows::new(percent, 4);
            let phi = f64::from(percent) / 100.0;
            let mut found: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
            for way in 0..24_u64 {
                let above = [way % 2, way / 2 % 3, way / 6];
                let mut probability = 1.0;
                let number = |step: u64| {
                    // The least number that leads there.
                    let Some(above) = step.checked_sub(1).map(|at| above[at as usize]) else {
                        return 0;
                    };
                    let sums = &mallows.sums;
                    let least = u128::from(sums[above as usize]) << 64;
                    least.div_ceil(u128::from(sums[step as usize + 1])) as u64
                };
                for (step, above) in (1..).zip(above) {
                    let weight = mallows.sums[above as usize + 1] - mallows.sums[above as usize];
                    probability *= weight as f64 / mallows.sums[step + 1] as f64;
                }
                if probability > 0.0 {
                    let mut order = Vec::new();
                    mallows.draw(4, number, &mut order);
                    *found.entry(order).or_insert(0.0) += probability;
                }
            }
            let all: f64 = [1.0, 3.0, 5.0, 6.0, 5.0, 3.0, 1.0]
                .iter()
                .zip(0..)
                .map(|(count, d)| count * phi.powi(d))
                .sum();
            assert_eq!(found.len(), if percent == 0 { 1 } else { 24 });
            for (order, probability) in found {
                let wanted = phi.powi(inversions(&order)) / all;
                assert!((probability - wanted).abs() < 1e-12, "{percent} {order:?}");
            }
        }
    }

    /// χ² over the orders of three choices: 5 degrees of freedom, 99.9 % below 20.5.
    #[test]
    fn orders_come_as_often_as_they_should() {
        let chi = |drawn: u32, wanted: f64| {
            let (mallows, mut order) = (Mallows::new(drawn, 3), Vec::new());
            let mut seen: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
            for person in 0..30_000 {
                mallows.draw(3, Luck::new(1, 2).list(person), &mut order);
                *seen.entry(order.clone()).or_insert(0.0) += 1.0;
            }
            let all = 1.0 + 2.0 * wanted + 2.0 * wanted.powi(2) + wanted.powi(3);
            let part = |(order, seen): (Vec<u32>, f64)| {
                let expected = 30_000.0 * wanted.powi(inversions(&order)) / all;
                (seen - expected).powi(2) / expected
            };
            assert_eq!(seen.len(), 6);
            seen.into_iter().map(part).sum::<f64>()
        };
        for (percent, phi) in [(20, 0.2), (50, 0.5), (100, 1.0)] {
            let found = chi(percent, phi);
            assert!(found < 20.5, "{percent}: {found}");
        }
        assert!(chi(50, 0.6) > 100.0);
    }

    #[test]
    fn lists_stay_as_they_are_without_dispersion() {
        let mut order = Vec::new();
        Mallows::new(0, 9).draw(9, |_| u64::MAX, &mut order);
        assert_eq!(order, (0..9).collect::<Vec<_>>());
        assert!(Mallows::new(0, 9).is_still() && Mallows::new(50, 1).is_still());
        assert!(!Mallows::new(1, 2).is_still());
        // Long lists too: weights fall to nothing and never overflow.
        Mallows::new(100, 60_000).draw(3, |_| u64::MAX, &mut order);
        assert_eq!(order, [2, 1, 0]);
        assert_eq!(Mallows::new(100, 60_000).sums[60_000], 60_000 * ONE);
        Mallows::new(60, 40).draw(40, |_| 1 << 63, &mut order);
        assert_eq!(order.len(), 40);
    }
}
