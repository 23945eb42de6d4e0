//! Chance in whole numbers: the same on every machine.

use crate::split_mix::output;

/// Draws one after another.
#[derive(Clone, Debug)]
pub(super) struct Random {
    seed: u64,
    drawn: u64,
}

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    /// A number below a bound, which is above 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        let drawn = output(self.seed, self.drawn);
        self.drawn += 1;
        ((u128::from(drawn) * u128::from(bound)) >> 64) as u64
    }
}

/// e^(−loss / temperature) in units of 2⁻³²; 0 where it is less than 2⁻³⁰.
#[derive(Clone, Debug)]
pub(super) struct Boltzmann {
    /// e⁻ˣ for x in sixteenths.
    table: Vec<i64>,
    /// Losses and temperature lose so many bits, so that products fit.
    shift: u32,
    /// Sixteenths of the temperature in a unit of loss, in units of 2⁻³².
    sixteenths: u64,
    /// The least loss of weight 0.
    vanishing: u64,
}

impl Boltzmann {
    /// Parts of a unit of loss that temperatures are told in.
    pub(super) const PARTS: i64 = 256;
    const ONE: i64 = 1 << 32;
    /// The 16th root of 1/e, in units of 2⁻³².
    const ROOT: i64 = 4_034_748_368;

    /// The temperature is yet to be set.
    pub(super) fn new() -> Self {
        let next = |&last: &i64| {
            let next = (i128::from(last) * i128::from(Self::ROOT)) >> 32;
            i64::try_from(next).ok().filter(|&next| next > 4)
        };
        let table = std::iter::successors(Some(Self::ONE), next).collect();
        Self { table, shift: 0, sixteenths: 0, vanishing: 0 }
    }

    /// Sets the temperature, which is above 0.
    pub(super) fn set_temperature(&mut self, temperature: i64) {
        self.shift = (i64::BITS - temperature.leading_zeros()).saturating_sub(32);
        let one = (16 * Self::PARTS * Self::ONE) as u64;
        self.sixteenths = one / (temperature as u64 >> self.shift);
        self.vanishing = ((self.table.len() as u64) << 32).div_ceil(self.sixteenths);
    }

    /// The weight of a loss, which is not below 0.
    pub(super) fn weight(&self, loss: i64) -> i64 {
        let loss = loss as u64 >> self.shift;
        if loss < self.vanishing {
            self.table[((loss * self.sixteenths) >> 32) as usize]
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Boltzmann;

    #[test]
    fn weights_are_those_of_the_exponential_function() {
        for scale in [1, 1_000, 1 << 50] {
            let mut boltzmann = Boltzmann::new();
            boltzmann.set_temperature(3 * scale * Boltzmann::PARTS / 2);
            for loss in 0..30 {
                let told = boltzmann.weight(loss * scale) as f64 / f64::from(2.0_f32.powi(32));
                // A sixteenth is the finest step, and the table is rounded down.
                let exact = (-loss as f64 / 1.5).exp();
                assert!(told > exact - 1e-8 && told < exact * 1.07, "{loss}: {told} {exact}");
            }
            assert_eq!(boltzmann.weight(i64::MAX), 0);
        }
    }
}
