//! A share of draws, and how surely it tells the odds.

use std::num::NonZeroU32;

use serde::Serialize;

/// How often something happened in so many draws, with a 95 % confidence interval.
///
/// # Reference
/// E. B. Wilson, *Probable Inference, the Law of Succession, and Statistical Inference*, Journal of
/// the American Statistical Association 22 (1927): the score interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Odds {
    /// Draws in which it happened.
    pub draws: u32,
    /// Their share of all draws.
    pub share: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Odds {
    /// The 97.5 % quantile of the standard normal distribution.
    pub(crate) const QUANTILE: f64 = 1.959_963_984_540_054;

    /// The odds of what happened in `draws` draws out of so many, at most all.
    #[must_use]
    pub fn new(draws: u32, of: NonZeroU32) -> Self {
        let of = of.get();
        let (count, square) = (f64::from(of), Self::QUANTILE * Self::QUANTILE);
        let share = f64::from(draws) / count;
        let middle = share + square / (2.0 * count);
        let width = Self::QUANTILE
            * (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt();
        let scale = 1.0 + square / count;
        // Rounding must not carry the ends beyond what there is.
        let low = if draws == 0 { 0.0 } else { (middle - width) / scale };
        let high = if draws == of { 1.0 } else { (middle + width) / scale };
        Self { draws, share, low, high }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::Odds;

    fn odds(draws: u32, of: u32) -> Odds {
        Odds::new(draws, NonZeroU32::new(of).expect("draws"))
    }

    /// The interval by its definition: its ends are the odds under which the share found is just
    /// 1.96 standard errors away.
    #[test]
    fn the_ends_are_so_far_away_as_the_definition_says() {
        for (draws, of) in [(1, 10), (37, 100), (500, 1_000), (9_990, 10_000)] {
            let odds = odds(draws, of);
            for end in [odds.low, odds.high] {
                let error = (end * (1.0 - end) / f64::from(of)).sqrt();
                assert!(((odds.share - end).abs() / error - 1.959_964).abs() < 1e-5);
            }
        }
    }

    #[test]
    fn what_never_or_always_happened_may_have_been_chance() {
        let never = odds(0, 100);
        assert_eq!((never.share, never.low), (0.0, 0.0));
        assert!((never.high - 0.036_99).abs() < 1e-4);
        let always = odds(100, 100);
        assert_eq!((always.share, always.high), (1.0, 1.0));
        assert!((always.low - (1.0 - 0.036_99)).abs() < 1e-4);
    }
}
