//! Complementary suppression in a table of counts with known margins.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

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
    cells: Vec<Cell>,
    rows: Vec<Vec<usize>>,
    columns: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    row: usize,
    column: usize,
    count: u64,
    room: u64,
    hidden: bool,
    sensitive: bool,
}

/// The values that a reader of the published table cannot rule out for a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lowest.
    pub lowest: u64,
    /// The highest.
    pub highest: u64,
}

/// Whether a cell is moved up or down.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// A row or a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Row(usize),
    Column(usize),
}

/// How much a search for cycles may change a cell: −count … room.
struct Shift {
    by: Vec<i128>,
}

/// Hiding a cell costs its readers what it would have told, and a little for each cell.
const COST_OF_A_CELL: u64 = 20;

impl CountTable {
    /// An empty table.
    #[must_use]
    pub fn new(rows: usize, columns: usize) -> Self {
        Self { cells: Vec::new(), rows: vec![vec![]; rows], columns: vec![vec![]; columns] }
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
        let number = self.cells.len();
        self.rows[row].push(number);
        self.columns[column].push(number);
        self.cells.push(Cell { row, column, count, room, hidden: false, sensitive: false });
        number
    }

    /// Hides a cell that is to be protected, whatever its count.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn protect_cell(&mut self, cell: usize) {
        self.cells[cell].sensitive = true;
        self.cells[cell].hidden = true;
    }

    /// Hides a cell that needs no protection of its own.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn hide(&mut self, cell: usize) {
        self.cells[cell].hidden = true;
    }

    /// Whether the cell is hidden.
    ///
    /// # Panics
    /// When there is no such cell.
    #[must_use]
    pub fn is_hidden(&self, cell: usize) -> bool {
        self.cells[cell].hidden
    }

    /// Hides the small counts, and as few and as small further cells as a greedy search finds, so
    /// that each hidden small count could as well be a published one where the table allows it,
    /// and has at least two possible values.
    ///
    /// O(small cells × cells) at worst.
    ///
    /// # Errors
    /// The cells that can be told exactly whatever is hidden: margins must be blurred first.
    pub fn protect(&mut self, suppression: Suppression) -> Result<(), Vec<usize>> {
        for number in 0..self.cells.len() {
            if suppression.hides(self.cells[number].count) {
                self.protect_cell(number);
            }
        }
        self.protect_marked(suppression)
    }

    /// [`CountTable::protect`] for the cells of [`CountTable::protect_cell`] alone.
    pub(crate) fn protect_marked(&mut self, suppression: Suppression) -> Result<(), Vec<usize>> {
        let wanted = suppression.wanted_reach();
        let mut shift = Shift::of(self);
        for number in self.sensitive() {
            if self.reach(number, Direction::Up, wanted, &mut shift) < wanted {
                self.hide_a_cycle(number, wanted);
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
        self.interval_within(cell, reach, &mut Shift::of(self))
    }

    /// The fewest values that any hidden small count can take, counted up to `most`; `None` when
    /// none is hidden.
    #[must_use]
    pub fn narrowest(&self, most: u64) -> Option<u64> {
        let mut shift = Shift::of(self);
        let values = |number| self.interval_within(number, most, &mut shift).values();
        self.sensitive().map(values).min().map(|values| values.min(most))
    }

    /// The numbers of the cells that are hidden for themselves.
    pub(crate) fn sensitive(&self) -> impl Iterator<Item = usize> + use<> {
        let sensitive = self.cells.iter().enumerate().filter(|(_, cell)| cell.sensitive);
        sensitive.map(|(number, _)| number).collect::<Vec<_>>().into_iter()
    }

    fn interval_within(&self, cell: usize, reach: u64, shift: &mut Shift) -> Interval {
        let count = self.cells[cell].count;
        if !self.cells[cell].hidden {
            return Interval { lowest: count, highest: count };
        }
        Interval {
            lowest: count - self.reach(cell, Direction::Down, reach, shift),
            highest: count + self.reach(cell, Direction::Up, reach, shift),
        }
    }

    /// How far the cell can move, up to `limit`, when only hidden cells move with it: a maximum
    /// flow, found path by path.
    fn reach(&self, number: usize, direction: Direction, limit: u64, shift: &mut Shift) -> u64 {
        let cell = &self.cells[number];
        let own = match direction {
            Direction::Up => cell.room,
            Direction::Down => cell.count,
        };
        let limit = i128::from(limit.min(own));
        let mut reached = 0;
        let mut touched = Vec::new();
        while reached < limit {
            let Some(path) = self.path(number, direction, shift) else { break };
            let free = path.iter().map(|(cell, way)| shift.free(&self.cells[*cell], *cell, *way));
            let step = free.min().unwrap_or(limit).min(limit - reached);
            for (cell, way) in path {
                shift.by[cell] += if way == Direction::Up { step } else { -step };
                touched.push(cell);
            }
            reached += step;
        }
        touched.iter().for_each(|cell| shift.by[*cell] = 0);
        u64::try_from(reached).unwrap_or(limit as u64)
    }

    /// A path of hidden cells that closes the cycle of `number`, the fewest cells first.
    fn path(
        &self,
        number: usize,
        direction: Direction,
        shift: &Shift,
    ) -> Option<Vec<(usize, Direction)>> {
        let (start, goal) = self.ends(number, direction);
        let mut came: Vec<Option<usize>> = vec![None; self.rows.len() + self.columns.len()];
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            if node == goal {
                return Some(self.walk_back(start, goal, &came));
            }
            for (cell, next, way) in self.arcs(node) {
                let open = cell != number
                    && self.cells[cell].hidden
                    && shift.free(&self.cells[cell], cell, way) > 0;
                if open && next != start && came[self.index(next)].is_none() {
                    came[self.index(next)] = Some(cell);
                    queue.push_back(next);
                }
            }
        }
        None
    }

    /// Hides the cheapest cycle through a cell, upwards by the full step before a smaller one,
    /// since such a cycle leaves the cell open to be large.
    fn hide_a_cycle(&mut self, number: usize, wanted: u64) {
        let upwards = (1..=wanted).rev().map(|step| (Direction::Up, step));
        let downwards = (1..=self.cells[number].count).rev().map(|step| (Direction::Down, step));
        for (direction, step) in upwards.chain(downwards) {
            if let Some(cycle) = self.cheapest(number, direction, step) {
                cycle.iter().for_each(|(cell, _)| self.cells[*cell].hidden = true);
                return;
            }
        }
    }

    fn cheapest(
        &self,
        number: usize,
        direction: Direction,
        step: u64,
    ) -> Option<Vec<(usize, Direction)>> {
        let own = &self.cells[number];
        if (if direction == Direction::Up { own.room } else { own.count }) < step {
            return None;
        }
        let (start, goal) = self.ends(number, direction);
        let nodes = self.rows.len() + self.columns.len();
        let (mut came, mut least) = (vec![None; nodes], vec![u64::MAX; nodes]);
        least[self.index(start)] = 0;
        let mut heap = BinaryHeap::from([Reverse((0, start))]);
        while let Some(Reverse((cost, node))) = heap.pop() {
            if node == goal {
                return Some(self.walk_back(start, goal, &came));
            }
            if cost > least[self.index(node)] {
                continue;
            }
            for (cell, next, way) in self.arcs(node) {
                let of = &self.cells[cell];
                let free = if way == Direction::Up { of.room } else { of.count };
                if cell == number || free < step {
                    continue;
                }
                let cost =
                    cost + if of.hidden { 1 } else { COST_OF_A_CELL.saturating_add(of.count) };
                if cost < least[self.index(next)] {
                    least[self.index(next)] = cost;
                    came[self.index(next)] = Some(cell);
                    heap.push(Reverse((cost, next)));
                }
            }
        }
        None
    }

    /// Where the rest of a cycle begins and ends: a cell that went up is made good in its column.
    fn ends(&self, number: usize, direction: Direction) -> (Node, Node) {
        let (row, column) =
            (Node::Row(self.cells[number].row), Node::Column(self.cells[number].column));
        match direction {
            Direction::Up => (column, row),
            Direction::Down => (row, column),
        }
    }

    /// From a row a cell goes up and leads to its column; from a column one goes down.
    fn arcs(&self, node: Node) -> impl Iterator<Item = (usize, Node, Direction)> + '_ {
        let (cells, way) = match node {
            Node::Row(row) => (&self.rows[row], Direction::Up),
            Node::Column(column) => (&self.columns[column], Direction::Down),
        };
        cells.iter().map(move |&cell| {
            let next = match node {
                Node::Row(_) => Node::Column(self.cells[cell].column),
                Node::Column(_) => Node::Row(self.cells[cell].row),
            };
            (cell, next, way)
        })
    }

    fn walk_back(
        &self,
        start: Node,
        goal: Node,
        came: &[Option<usize>],
    ) -> Vec<(usize, Direction)> {
        let mut path = Vec::new();
        let mut node = goal;
        while node != start {
            let Some(cell) = came[self.index(node)] else { break };
            let (from, way) = match node {
                Node::Row(_) => (Node::Column(self.cells[cell].column), Direction::Down),
                Node::Column(_) => (Node::Row(self.cells[cell].row), Direction::Up),
            };
            path.push((cell, way));
            node = from;
        }
        path
    }

    fn index(&self, node: Node) -> usize {
        match node {
            Node::Row(row) => row,
            Node::Column(column) => self.rows.len() + column,
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

impl Shift {
    fn of(table: &CountTable) -> Self {
        Self { by: vec![0; table.cells.len()] }
    }

    fn free(&self, cell: &Cell, number: usize, way: Direction) -> i128 {
        match way {
            Direction::Up => i128::from(cell.room) - self.by[number],
            Direction::Down => i128::from(cell.count) + self.by[number],
        }
    }
}
