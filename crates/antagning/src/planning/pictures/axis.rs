//! Scales.

/// From values to places on a line, both ends given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    from: f64,
    to: f64,
    left: f64,
    right: f64,
}

impl Axis {
    /// Values from `from` to `to` between two places. Where the values are one and the same they
    /// stand on the left.
    pub(super) fn new((from, to): (f64, f64), (left, right): (f64, f64)) -> Self {
        Self { from, to, left, right }
    }

    /// Where a value stands.
    pub(super) fn at(&self, value: f64) -> f64 {
        let span = self.to - self.from;
        if span <= 0.0 {
            return self.left;
        }
        self.left + (value - self.from) / span * (self.right - self.left)
    }

    /// Round values on the scale, about `wanted` of them, none further than the ends. All are whole.
    pub(super) fn ticks(&self, wanted: u32) -> Vec<i64> {
        let span = (self.to - self.from).max(1.0);
        let mut step: i64 = 1;
        // 1, 2, 5, 10, 20, 50 …
        for factor in [2.0, 2.5, 2.0].iter().cycle() {
            if span / step as f64 <= f64::from(wanted) {
                break;
            }
            step = (step as f64 * factor) as i64;
        }
        let first = (self.from / step as f64).ceil() as i64;
        let last = (self.to / step as f64).floor() as i64;
        (first..=last).map(|tick| tick * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Axis;

    #[test]
    fn ticks_are_round_and_within() {
        let axis = |from, to| Axis::new((from, to), (0.0, 100.0));
        assert_eq!(axis(0.0, 15.0).ticks(4), [0, 5, 10, 15]);
        assert_eq!(axis(-7.0, 15.0).ticks(6), [-5, 0, 5, 10, 15]);
        assert_eq!(axis(82.5, 312.0).ticks(6), [100, 150, 200, 250, 300]);
        assert_eq!(axis(3.0, 3.0).ticks(4), [3]);
        assert_eq!(axis(0.0, 1e6).ticks(5), [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]);
    }

    #[test]
    fn values_stand_in_proportion() {
        let axis = Axis::new((10.0, 20.0), (100.0, 200.0));
        assert_eq!([10.0, 15.0, 20.0].map(|value| axis.at(value)), [100.0, 150.0, 200.0]);
        assert_eq!(Axis::new((5.0, 5.0), (100.0, 200.0)).at(5.0), 100.0);
    }
}
