//! The rule for preparatory dance education.

use crate::score::Score;

/// How a merit that was scaled up is rounded (GyF 7 kap. 4 § scales and says nothing of rounding).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DanceRounding {
    /// To the nearest ten-thousandth, which keeps any two merits in their exact order: fractions
    /// of at most fifteenths differ by far more, unless they are equal.
    #[default]
    Exact,
    /// To the nearest hundredth.
    Hundredth,
    /// Down to the half point.
    HalfDown,
}

impl DanceRounding {
    /// Every way of rounding.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Hundredth, Self::HalfDown];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Hundredth => "hundredth",
            Self::HalfDown => "half_down",
        }
    }

    /// The way of that name, or `None`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rounding| rounding.name() == name)
    }

    /// The sum of so many grades scaled up to `full` grades: `sum · full / grades`.
    ///
    /// A sum of as many grades or more is what it is.
    pub(crate) fn scale(self, sum: Score, grades: u32, full: usize) -> Score {
        let (grades, full) = (u64::from(grades), full as u64);
        if grades == 0 || grades >= full {
            return sum;
        }
        let scaled = sum.ten_thousandths() * full;
        let to_step = |step: u64, half_up: u64| {
            (scaled + half_up * grades * step / 2) / (grades * step) * step
        };
        Score::from_ten_thousandths(match self {
            Self::Exact => to_step(1, 1),
            Self::Hundredth => to_step(Score::ONE / 100, 1),
            Self::HalfDown => to_step(Score::ONE / 2, 0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::DanceRounding;
    use crate::score::Score;

    /// GyF 7 kap. 4 §: fourteen grades that sum to 220 give 1760/7.
    #[test]
    fn fourteen_grades_count_as_sixteen() {
        let sum = Score::parse("220").unwrap();
        let scaled = DanceRounding::ALL.map(|rounding| rounding.scale(sum, 14, 16).to_string());
        assert_eq!(scaled, ["251.4286", "251.43", "251"]);
        assert_eq!(DanceRounding::Exact.scale(sum, 16, 16), sum);
        assert_eq!(DanceRounding::Exact.scale(sum, 0, 16), sum);
    }

    /// Ten-thousandths never turn two merits round, nor make equal what is not: all pairs of sums
    /// on the grade grid, from as many subjects as there can be, a language choice on top or not.
    #[test]
    fn ten_thousandths_keep_the_exact_order() {
        let step = 25_000; // 2.5 points
        let mut merits = Vec::new();
        for grades in 1..=16_u64 {
            for sum in 0..=8 * grades {
                for language in 0..=8 {
                    let scaled = DanceRounding::Exact.scale(
                        Score::from_ten_thousandths(sum * step),
                        grades as u32,
                        16,
                    );
                    let exact = (sum * 16 + language * grades, grades); // in grid steps, as a fraction
                    merits.push((exact, scaled.ten_thousandths() + language * step));
                }
            }
        }
        merits.sort_by(|((a, n), _), ((b, m), _)| (a * m).cmp(&(b * n)));
        for pair in merits.windows(2) {
            let [((a, n), worse), ((b, m), better)] = pair else { unreachable!() };
            if a * m == b * n {
                assert!(worse.abs_diff(*better) == 0, "{a}/{n} and {b}/{m}");
            } else {
                assert!(worse < better, "{a}/{n} and {b}/{m}");
            }
        }
    }
}
