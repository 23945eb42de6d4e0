//! Which counts are too small to be published.

/// The size from which a count of persons may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suppression(u32);

impl Suppression {
    /// Counts 1–4 are hidden.
    pub const DEFAULT: Self = Self(5);

    /// Nothing is hidden: for internal use.
    pub const NONE: Self = Self(0);

    /// Counts from 1 up to `threshold` − 1 are hidden.
    #[must_use]
    pub const fn below(threshold: u32) -> Self {
        Self(threshold)
    }

    /// The smallest count above zero that is published.
    #[must_use]
    pub const fn threshold(self) -> u32 {
        self.0
    }

    /// Whether a count of persons is too small to be published. Nobody is not too small.
    #[must_use]
    pub const fn hides(self, count: u64) -> bool {
        0 < count && count < self.0 as u64
    }

    /// How far a hidden count should be able to move: so far that it could be a published one.
    pub(crate) const fn wanted_reach(self) -> u64 {
        self.0.saturating_sub(1) as u64
    }
}

impl Default for Suppression {
    fn default() -> Self {
        Self::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::Suppression;

    #[test]
    fn only_small_counts_of_somebody_are_hidden() {
        let hidden = |suppression: Suppression| -> Vec<u64> {
            (0..8).filter(|count| suppression.hides(*count)).collect()
        };
        assert_eq!(hidden(Suppression::DEFAULT), [1, 2, 3, 4]);
        assert_eq!(hidden(Suppression::below(3)), [1, 2]);
        assert!(hidden(Suppression::NONE).is_empty());
    }
}
