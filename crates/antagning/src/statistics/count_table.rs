//! Complementary suppression in a table of counts with known margins.

use crate::statistics::network::{Cell, Direction, Network, Shift};
use crate::statistics::suppression::Suppression;

/// A table of counts of which everybody knows the row sums, the column sums and every cell that is
/// not hidden.
///
/// A hidden cell can take exactly those values to which the hidden cells can be shifted along
/// alternating cycles, one up and the next down, without changing a margin. So a cell is hidden
/// *with* the cells of such a cycle (Cox 1980, "Suppression methodology and statistical disclosure
/// control"; the cheapest cycle is a shortest path), and the cycle is the proof: shifted along it,
/// the table is another one that agrees with everything published. Cells may stand several in one
/// place, so that a list with a known sum is a table too.
///
/// Taking the margins as known errs on the safe side: who knows less can tell less.
#[derive(Clone, Debug)]
pub struct CountTable {
    rows: usize,
    network: Network,
}

/// The values that a reader of the published table cannot rule out for a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lowest.
    pub lowest: u64,
    /// The highest.
    pub highest: u64,
}

impl CountTable {
    /// An empty table.
    #[must_use]
    pub fn new(rows: usize, columns: usize) -> Self {
        Self { rows, network: Network::new(rows + columns) }
    }

    /// Adds a cell; gives its number.
    ///
    /// # Panics
    /// When there is no such row or column.
    pub fn push(&mut self, row: usize, column: usize, count: u64) -> usize {
        self.push_with_room(row, column, count, u64::MAX)
    }

    /// Adds a cell that cannot be more than `room` larger, as everybody knows; gives its number.
    ///
    /// # Panics
    /// When there is no such row or column.
    pub fn push_with_room(&mut self, row: usize, column: usize, count: u64, room: u64) -> usize {
        assert!(row < self.rows, "a row of the table");
        self.network.push(Cell::new(row, self.rows + column, count, room))
    }

    /// Adds the sum of the column `of`, known to nobody by itself, as a cell of the column
    /// `column`; it cannot be more than `room` larger. Gives its number. So columns form a
    /// hierarchy, and a published sum is a cell that is not hidden.
    ///
    /// # Panics
    /// When there is no such column.
    pub fn push_sum(&mut self, of: usize, column: usize, count: u64, room: u64) -> usize {
        self.network.push(Cell::new(self.rows + of, self.rows + column, count, room))
    }

    /// Makes a cell known, hidden or not: nothing that it could cover is covered by it.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn fix(&mut self, cell: usize) {
        self.network.fix(cell);
    }

    /// Hides a cell that is to be protected, whatever its count.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn protect_cell(&mut self, cell: usize) {
        self.network.mark_sensitive(cell);
        self.network.hide(cell);
    }

    /// Hides a cell that needs no protection of its own.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn hide(&mut self, cell: usize) {
        self.network.hide(cell);
    }

    /// Whether the cell is hidden.
    ///
    /// # Panics
    /// When there is no such cell.
    #[must_use]
    pub fn is_hidden(&self, cell: usize) -> bool {
        self.network.cell(cell).hidden
    }

    /// Hides the small counts, and as few and as small further cells as a greedy search finds, so
    /// that each hidden small count could as well be a published one where the table allows it,
    /// and has at least two possible values.
    ///
    /// O(cells + small cells × cells that are hidden or not zero) at worst.
    ///
    /// # Errors
    /// The cells that can be told exactly whatever is hidden: margins must be blurred first.
    pub fn protect(&mut self, suppression: Suppression) -> Result<(), Vec<usize>> {
        for number in 0..self.network.len() {
            if suppression.hides(self.network.cell(number).count) {
                self.protect_cell(number);
            }
        }
        self.protect_marked(suppression)
    }

    /// [`CountTable::protect`] for the cells of [`CountTable::protect_cell`] alone.
    pub(crate) fn protect_marked(&mut self, suppression: Suppression) -> Result<(), Vec<usize>> {
        let wanted = suppression.wanted_reach();
        let mut shift = self.network.shift();
        for number in self.sensitive() {
            if self.network.reach(number, Direction::Up, wanted, &mut shift) < wanted {
                self.network.hide_a_cycle(number, wanted);
            }
        }
        let pinned = |number: &usize| self.interval_within(*number, 1, &mut shift).is_exact();
        let pinned: Vec<usize> = self.sensitive().filter(pinned).collect();
        if pinned.is_empty() { Ok(()) } else { Err(pinned) }
    }

    /// The exact values that are possible for a cell, looked for at most `reach` away from its
    /// count on either side.
    ///
    /// # Panics
    /// When there is no such cell.
    #[must_use]
    pub fn interval(&self, cell: usize, reach: u64) -> Interval {
        self.interval_within(cell, reach, &mut self.network.shift())
    }

    /// The fewest values that any hidden small count can take, counted up to `most`; `None` when
    /// none is hidden.
    #[must_use]
    pub fn narrowest(&self, most: u64) -> Option<u64> {
        let mut shift = self.network.shift();
        let values = |number| self.interval_within(number, most, &mut shift).values();
        self.sensitive().map(values).min().map(|values| values.min(most))
    }

    /// The numbers of the cells that are hidden for themselves.
    fn sensitive(&self) -> impl Iterator<Item = usize> + use<> {
        let numbers = 0..self.network.len();
        let sensitive = numbers.filter(|number| self.network.cell(*number).sensitive);
        sensitive.collect::<Vec<_>>().into_iter()
    }

    fn interval_within(&self, cell: usize, reach: u64, shift: &mut Shift) -> Interval {
        let Cell { count, hidden, .. } = *self.network.cell(cell);
        if !hidden {
            return Interval { lowest: count, highest: count };
        }
        Interval {
            lowest: count - self.network.reach(cell, Direction::Down, reach, shift),
            highest: count + self.network.reach(cell, Direction::Up, reach, shift),
        }
    }
}

impl Interval {
    /// How many values it holds.
    #[must_use]
    pub fn values(self) -> u64 {
        self.highest - self.lowest + 1
    }

    fn is_exact(self) -> bool {
        self.lowest == self.highest
    }
}
