//! A figure over draws: its mean and how surely that is known, and how it spreads.

use std::num::NonZeroU32;

use serde::{Serialize, Serializer};

use crate::planning::histogram::Histogram;
use crate::planning::lottery::Odds;

/// A decimal in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub i64);

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / 1e4)
    }
}

/// A figure over draws, all of it in the figure's own unit. Sums are whole numbers, so it is the same
/// in whatever order draws were counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Distribution {
    /// Draws in which there is such a figure.
    pub draws: u64,
    /// The mean over them.
    pub mean: Decimal,
    /// The lower end of the mean's 95 % interval: Student's; of a share Wilson's. `None` after one
    /// draw.
    pub low: Option<Decimal>,
    /// The upper end.
    pub high: Option<Decimal>,
    /// The standard deviation of one draw; `None` after one draw.
    pub deviation: Option<Decimal>,
    /// The least.
    pub min: Decimal,
    /// What 2.5 % of the draws do not exceed.
    pub percentile_2_5: Decimal,
    /// What half of the draws do not exceed.
    pub median: Decimal,
    /// What 97.5 % of the draws do not exceed.
    pub percentile_97_5: Decimal,
    /// The greatest.
    pub max: Decimal,
}

impl Distribution {
    /// Of what was counted, in ten-thousandths where `is_decimal`; `is_share` when the values are 0
    /// and 1. `None` when nothing was counted.
    pub(super) fn new(counts: &Histogram, is_decimal: bool, is_share: bool) -> Option<Self> {
        let scale = if is_decimal { 1 } else { 10_000 };
        let quantile = |thousandths| Some(Decimal(counts.quantile(thousandths)? * scale));
        let (min, max) = (quantile(0)?, quantile(1_000)?);
        let (mut draws, mut sum, mut squares) = (0_u64, 0_i128, 0_i128);
        for (value, times) in counts.iter() {
            let (value, of_all) = (i128::from(value), i128::from(times));
            draws += times;
            sum += value * of_all;
            squares += value * value * of_all;
        }
        let (n, unit) = (draws as f64, scale as f64);
        let mean = sum as f64 * unit / n;
        let rounded = |ten_thousandths: f64| Decimal(ten_thousandths.round() as i64);
        let all = i128::from(draws);
        let variance =
            (draws > 1).then(|| (all * squares - sum * sum) as f64 * unit * unit / (n * (n - 1.0)));
        let (low, high) = match variance {
            _ if is_share => {
                // Requests have at most 2³² − 1 draws.
                let odds = Odds::new(sum as u32, NonZeroU32::new(draws as u32)?);
                (Some(rounded(odds.low * unit)), Some(rounded(odds.high * unit)))
            }
            None => (None, None),
            Some(variance) => {
                let width = student(draws - 1) * (variance / n).sqrt();
                (Some(rounded(mean - width)), Some(rounded(mean + width)))
            }
        };
        Some(Self {
            draws,
            mean: rounded(mean),
            low,
            high,
            deviation: variance.map(|variance| rounded(variance.sqrt())),
            min,
            percentile_2_5: quantile(25)?,
            median: quantile(500)?,
            percentile_97_5: quantile(975)?,
            max,
        })
    }
}

/// The 97.5 % quantile of Student's distribution with 1, 2, 3 … degrees of freedom.
const STUDENT: [f64; 30] = [
    12.706_204_736,
    4.302_652_730,
    3.182_446_305,
    2.776_445_105,
    2.570_581_836,
    2.446_911_851,
    2.364_624_252,
    2.306_004_135,
    2.262_157_163,
    2.228_138_852,
    2.200_985_160,
    2.178_812_830,
    2.160_368_656,
    2.144_786_688,
    2.131_449_546,
    2.119_905_299,
    2.109_815_578,
    2.100_922_040,
    2.093_024_054,
    2.085_963_447,
    2.079_613_845,
    2.073_873_068,
    2.068_657_610,
    2.063_898_562,
    2.059_538_553,
    2.055_529_439,
    2.051_830_516,
    2.048_407_142,
    2.045_229_642,
    2.042_272_456,
];

/// The same for any number of degrees of freedom from 1: beyond the table by the expansion around the
/// normal quantile (Cornish and Fisher 1937), to six decimals.
fn student(freedom: u64) -> f64 {
    if let Some(quantile) = STUDENT.get(freedom as usize - 1) {
        return *quantile;
    }
    let (z, v) = (Odds::QUANTILE, freedom as f64);
    let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z);
    z + (z3 + z) / (4.0 * v)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * v * v)
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * v * v * v)
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Distribution, student};
    use crate::planning::histogram::Histogram;
    use crate::planning::simulation::uncertainty::luck::{Luck, below};

    /// With x = √v · tan θ the density is cos^(v−1) θ: the quantile leaves 95 % of it inside.
    #[test]
    fn the_quantiles_are_those_of_the_density() {
        let inside = |freedom: u64, end: f64| {
            let steps = 200_000;
            let width = end / f64::from(steps);
            let at = |step: i32| (f64::from(step) * width).cos().powi(freedom as i32 - 1);
            let weight = |step: i32| match step {
                0 => 1.0,
                step if step == steps => 1.0,
                step => f64::from(2 + 2 * (step % 2)),
            };
            (0..=steps).map(|step| weight(step) * at(step)).sum::<f64>() * width / 3.0
        };
        for freedom in (1..=34).chain([60, 1_000]) {
            let end = (student(freedom) / (freedom as f64).sqrt()).atan();
            let share = inside(freedom, end) / inside(freedom, std::f64::consts::FRAC_PI_2);
            assert!((share - 0.95).abs() < 2e-7, "{freedom}: {share}");
        }
        assert!((student(10_000_000) - 1.959_964).abs() < 1e-6);
    }

    fn of(values: impl IntoIterator<Item = i64>, is_share: bool) -> Distribution {
        let mut counts = Histogram::default();
        values.into_iter().for_each(|value| counts.add(value, 1));
        Distribution::new(&counts, false, is_share).unwrap()
    }

    /// By hand: 2, 4, 4, 6 have mean 4 and variance 8/3.
    #[test]
    fn figures_are_those_found_by_hand() {
        let found = of([4, 2, 6, 4], false);
        assert_eq!((found.draws, found.mean), (4, Decimal(40_000)));
        assert_eq!(found.deviation, Some(Decimal(16_330)));
        // 3.182446 · √(8/3/4) = 2.598457.
        assert_eq!((found.low, found.high), (Some(Decimal(14_015)), Some(Decimal(65_985))));
        let ends =
            [found.min, found.percentile_2_5, found.median, found.percentile_97_5, found.max];
        assert_eq!(ends, [2, 2, 4, 6, 6].map(|value| Decimal(value * 10_000)));
        let once = of([7], false);
        assert_eq!((once.mean, once.low, once.deviation), (Decimal(70_000), None, None));
        let share = of([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], true);
        assert_eq!((share.mean, share.low), (Decimal(1_000), Some(Decimal(179))));
        assert!(Distribution::new(&Histogram::default(), true, false).is_none());
    }

    /// Of many means of few draws, 95 % must have the truth in their interval, and with the normal
    /// quantile in the place of Student's clearly fewer would.
    #[test]
    fn intervals_cover_the_truth_as_often_as_they_say() {
        let (mut covered, mut narrow) = (0, 0);
        let studies = 4_000;
        for study in 0..studies {
            let number = Luck::new(11, study).list(0);
            // The sum of twelve uniform numbers is close to normal, with mean 12 · 499.5.
            let value =
                |draw: u64| (0..12).map(|i| below(number(12 * draw + i), 1_000)).sum::<u128>();
            let found = of((0..5).map(|draw| value(draw) as i64), false);
            let (low, high) = (found.low.unwrap().0, found.high.unwrap().0);
            covered += u32::from((low..=high).contains(&59_940_000));
            let half = (high - low) as f64 / 2.0 * 1.96 / student(4);
            narrow += u32::from((found.mean.0 - 59_940_000).abs() as f64 <= half);
        }
        let share = f64::from(covered) / studies as f64;
        // Four standard errors of 0.0034.
        assert!((share - 0.95).abs() < 0.014, "{share}");
        assert!(f64::from(narrow) / (studies as f64) < 0.90);
    }
}
