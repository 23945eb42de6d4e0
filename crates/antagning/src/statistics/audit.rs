//! What the protection of the tables amounts to.

use crate::statistics::count_table::CountTable;
use crate::statistics::suppression::Suppression;

/// The record of the protection of all tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Audit {
    threshold: u64,
    narrowest: Option<u64>,
}

impl Audit {
    pub(super) fn new(suppression: Suppression) -> Self {
        Self { threshold: u64::from(suppression.threshold()), narrowest: None }
    }

    /// Adds a protected table.
    pub(super) fn add(&mut self, table: &CountTable) {
        let narrowest = table.narrowest(self.threshold);
        self.narrowest = self.narrowest.into_iter().chain(narrowest).min();
    }

    /// The fewest values, counted up to the threshold, that any hidden small count can take.
    pub(super) fn narrowest(&self) -> Option<u64> {
        self.narrowest
    }
}
