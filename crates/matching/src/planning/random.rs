//! Chance in whole numbers: the same on every machine.

/// The published generator SplitMix64.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound, which is above 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }
}

/// e^(−loss / temperature) in units of 2⁻³²; 0 where it is less than 2⁻³⁰.
#[derive(Clone, Debug)]
pub(super) struct Boltzmann {
    /// e⁻ˣ for x in sixteenths.
    table: Vec<u64>,
    /// Losses and temperature lose so many bits, so that products fit.
    shift: u32,
    /// Sixteenths of the temperature in a unit of loss, in units of 2⁻³².
    sixteenths: u64,
}

impl Boltzmann {
    /// Parts of a unit of loss that temperatures are told in.
    pub(super) const PARTS: i64 = 256;
    const ONE: u64 = 1 << 32;
    /// The 16th root of 1/e, in units of 2⁻³².
    const ROOT: u64 = 4_034_748_368;

    /// The temperature is yet to be set.
    pub(super) fn new() -> Self {
        let next = |&last: &u64| Some(last * Self::ROOT >> 32).filter(|&next| next > 4);
        let table = std::iter::successors(Some(Self::ONE), next).collect();
        Self { table, shift: 0, sixteenths: 0 }
    }

    /// Sets the temperature, which is above 0.
    pub(super) fn set_temperature(&mut self, temperature: i64) {
        let bits = i64::BITS - temperature.leading_zeros();
        self.shift = bits.saturating_sub(32);
        self.sixteenths = (16 * Self::PARTS as u64) * Self::ONE / (temperature as u64 >> self.shift);
    }

    /// The weight of a loss, which is not below 0.
    pub(super) fn weight(&self, loss: i64) -> u64 {
        let at = u128::from(loss as u64 >> self.shift) * u128::from(self.sixteenths) >> 32;
        self.table.get(at as usize).copied().filter(|_| at < 1 << 16).unwrap_or(0)
    }
}
