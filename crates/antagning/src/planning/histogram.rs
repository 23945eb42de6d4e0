//! Whole numbers and how often there were any.

/// How often each value came, in the order of the values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Histogram {
    counts: Vec<(i64, u64)>,
    /// Where the value stands that came last: it is likely to come again.
    last: usize,
}

impl Histogram {
    /// Nothing counted.
    pub(crate) const fn new() -> Self {
        Self { counts: Vec::new(), last: 0 }
    }

    /// Counts a value so often. O(different values), and O(1) for the one that came last.
    pub(crate) fn add(&mut self, value: i64, times: u64) {
        if let Some((known, count)) = self.counts.get_mut(self.last)
            && *known == value
        {
            *count += times;
            return;
        }
        self.last = match self.counts.binary_search_by_key(&value, |(value, _)| *value) {
            Ok(at) => {
                self.counts[at].1 += times;
                at
            }
            Err(at) => {
                self.counts.insert(at, (value, times));
                at
            }
        };
    }

    /// Adds all that another has counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        other.counts.iter().for_each(|(value, times)| self.add(*value, *times));
    }

    /// The values with how often they came.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, u64)> + '_ {
        self.counts.iter().copied()
    }

    /// How many values were counted.
    pub(crate) fn total(&self) -> u64 {
        self.counts.iter().map(|(_, times)| times).sum()
    }

    /// The least value that so many thousandths of them do not exceed; of 0 thousandths the least.
    pub(crate) fn quantile(&self, thousandths: u64) -> Option<i64> {
        let wanted = (u128::from(self.total()) * u128::from(thousandths)).div_ceil(1_000).max(1);
        let mut seen = 0;
        let found = self.counts.iter().find(|(_, times)| {
            seen += u128::from(*times);
            seen >= wanted
        });
        found.map(|(value, _)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::Histogram;

    #[test]
    fn a_quantile_is_a_value_that_there_was() {
        let mut counts = Histogram::default();
        for (value, times) in [(20, 5), (30, 1), (10, 4), (20, 10)] {
            counts.add(value, times);
        }
        assert_eq!(counts.iter().collect::<Vec<_>>(), [(10, 4), (20, 15), (30, 1)]);
        let all = [0, 50, 200, 201, 500, 950, 951, 1_000].map(|part| counts.quantile(part));
        assert_eq!(all, [10, 10, 10, 20, 20, 20, 30, 30].map(Some));
        assert_eq!(Histogram::default().quantile(500), None);
    }

    #[test]
    fn two_of_them_add_up_to_that_of_all() {
        let values = [3, -1, 3, 7, 7, 7, -1, 0];
        let of = |values: &[i64]| {
            let mut counts = Histogram::default();
            values.iter().for_each(|value| counts.add(*value, 1));
            counts
        };
        let mut merged = of(&values[5..]);
        merged.merge(&of(&values[..5]));
        assert!(merged.iter().eq(of(&values).iter()));
        assert_eq!(merged.total(), 8);
    }
}
