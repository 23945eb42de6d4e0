//! Rectangular tables of counts by two groupings.

use crate::statistics::audit::Audit;
use crate::statistics::count_table::CountTable;
use crate::statistics::suppression::Suppression;

/// Counts by two groupings, and which of them are hidden.
#[derive(Clone, Debug)]
pub(super) struct Cross {
    rows: usize,
    columns: usize,
    counts: Vec<u64>,
    hidden: Vec<bool>,
}

impl Cross {
    /// Counts pairs of row and column.
    pub(super) fn count(
        rows: usize,
        columns: usize,
        pairs: impl Iterator<Item = (usize, usize)>,
    ) -> Self {
        let mut counts = vec![0; rows * columns];
        pairs.for_each(|(row, column)| counts[row * columns + column] += 1);
        Self { rows, columns, hidden: vec![false; counts.len()], counts }
    }

    /// Hides small counts and what would tell them from the sums of rows and columns; everything
    /// where that is not enough.
    pub(super) fn protect(&mut self, suppression: Suppression, audit: &mut Audit) {
        self.protect_by(suppression, self.columns, |_, column| Some(column), audit);
    }

    /// [`Cross::protect`] with other known sums than those of the columns: `sum_of` tells which
    /// sum a cell belongs to, or that the cell itself is known.
    pub(super) fn protect_by(
        &mut self,
        suppression: Suppression,
        sums: usize,
        sum_of: impl Fn(usize, usize) -> Option<usize>,
        audit: &mut Audit,
    ) {
        let mut table = CountTable::new(self.rows, sums);
        let mut cells = Vec::new();
        for (cell, count) in self.counts.iter().enumerate() {
            if let Some(sum) = sum_of(cell / self.columns, cell % self.columns) {
                table.push(cell / self.columns, sum, *count);
                cells.push(cell);
            }
        }
        if table.protect(suppression).is_err() {
            return self.withhold();
        }
        for (number, cell) in cells.into_iter().enumerate() {
            self.hidden[cell] = table.is_hidden(number);
        }
        audit.add(&table);
    }

    /// Hides everything.
    pub(super) fn withhold(&mut self) {
        self.hidden.fill(true);
    }

    /// Hides one count.
    pub(super) fn hide(&mut self, row: usize, column: usize) {
        self.hidden[row * self.columns + column] = true;
    }

    /// The count, unless it is hidden.
    pub(super) fn get(&self, row: usize, column: usize) -> Option<u64> {
        let cell = row * self.columns + column;
        (!self.hidden[cell]).then(|| self.counts[cell])
    }

    /// The count, hidden or not.
    pub(super) fn true_count(&self, row: usize, column: usize) -> u64 {
        self.counts[row * self.columns + column]
    }

    /// All counts, hidden or not.
    pub(super) fn true_counts(&self) -> &[u64] {
        &self.counts
    }
}
