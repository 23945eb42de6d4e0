//! Random draws that are the same on every machine and with any number of threads.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream of draws is for; streams of different purposes never meet.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Map = 1,
    Programmes = 2,
    Applicants = 3,
    Sizes = 4,
    Admitted = 5,
    Numbers = 6,
    Choices = 7,
    Groups = 8,
    Trials = 9,
    Introductory = 10,
}

/// One stream of draws: a ChaCha8 stream of its own for each purpose and index.
///
/// Only exact operations on `f64` are used here (sum, product, quotient), so that results do not
/// depend on the platform's mathematical library.
pub(crate) struct Draws(ChaCha8Rng);

impl Draws {
    pub(crate) fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream((purpose as u64) << 56 | index);
        Self(rng)
    }

    /// Uniform in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Uniform among `0..count`; 0 when `count` is 0.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        ((u64::from(self.0.next_u32()) * count as u64) >> 32) as usize
    }

    /// True with that probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Bell-shaped with mean 0, variance 1 and a range of ±3.46: four uniform draws added.
    pub(crate) fn bell(&mut self) -> f64 {
        let bits = self.0.next_u64();
        let sum: u64 = (0..4).map(|i| bits >> (16 * i) & 0xffff).sum();
        (sum as f64 / 65_536.0 + 2.0 / 65_536.0 - 2.0) * 1.732_050_807_568_877_2
    }

    /// An index, drawn by weights given as their running sums; 0 when all are 0.
    pub(crate) fn pick(&mut self, running: &[f64]) -> usize {
        let total = running.last().copied().unwrap_or(0.0);
        let point = self.unit() * total;
        running.partition_point(|sum| *sum <= point).min(running.len().saturating_sub(1))
    }
}

/// Running sums of weights, for [`Draws::pick`].
pub(crate) fn running_sums(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    weights
        .into_iter()
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect()
}
