//! Cycles of cells along which a table can be shifted without changing a sum.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// The cells of a table as arcs between its sums: what a sum gains by one cell it loses by
/// another.
#[derive(Clone, Debug)]
pub(super) struct Network {
    cells: Vec<Cell>,
    /// The cells at each node in the order of their numbers, plain zeros left out.
    arcs: Vec<Vec<usize>>,
    /// The plain zeros by the node that they lead from: where they lead to, and which they are,
    /// ascending. Most cells of a large table are such, and a search never needs two that lead
    /// to the same place.
    zeros: Vec<Vec<(usize, usize)>>,
    /// How many plain zeros lead to each node.
    zeros_to: Vec<usize>,
}

/// A count in two sums: moved up it adds to `to` what it takes from `from`. A cell of a row and a
/// column leads from the one to the other; the sum of a column, itself a cell of a further one,
/// leads from column to column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    from: usize,
    to: usize,
    pub(super) count: u64,
    room: u64,
    pub(super) hidden: bool,
    pub(super) sensitive: bool,
    fixed: bool,
}

/// Whether a cell is moved up or down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// How far a search for cycles has moved each cell: −count … room.
pub(super) struct Shift {
    by: Vec<i128>,
}

/// A way through the network: cells, and how each is moved.
type Path = Vec<(usize, Direction)>;

/// Hiding a cell costs its readers what it would have told, and a little for each cell.
const COST_OF_A_CELL: u64 = 20;

impl Cell {
    pub(super) fn new(from: usize, to: usize, count: u64, room: u64) -> Self {
        Self { from, to, count, room, hidden: false, sensitive: false, fixed: false }
    }

    /// A zero that nothing is known about and that is not hidden: it can only go up, by any
    /// number, and all such cost the same to hide.
    fn is_plain_zero(&self) -> bool {
        self.count == 0 && self.room == u64::MAX && !self.hidden && !self.fixed
    }

    fn cost(&self) -> u64 {
        if self.hidden { 1 } else { COST_OF_A_CELL.saturating_add(self.count) }
    }

    fn free(&self, way: Direction) -> u64 {
        match way {
            Direction::Up => self.room,
            Direction::Down => self.count,
        }
    }

    /// Whether the cell can be moved by a step.
    fn gives(&self, way: Direction, step: u64) -> bool {
        !self.fixed && self.free(way) >= step
    }

    /// From `from` a cell goes up and leads to `to`; from `to` it goes down and leads back.
    fn way_from(&self, node: usize) -> (usize, Direction) {
        if node == self.from { (self.to, Direction::Up) } else { (self.from, Direction::Down) }
    }
}

impl Direction {
    fn reversed(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

impl Network {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            cells: Vec::new(),
            arcs: vec![Vec::new(); nodes],
            zeros: vec![Vec::new(); nodes],
            zeros_to: vec![0; nodes],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn cell(&self, number: usize) -> &Cell {
        &self.cells[number]
    }

    pub(super) fn push(&mut self, cell: Cell) -> usize {
        let number = self.cells.len();
        self.cells.push(cell);
        if cell.is_plain_zero() {
            insert(&mut self.zeros[cell.from], (cell.to, number));
            self.zeros_to[cell.to] += 1;
        } else {
            self.arcs[cell.from].push(number);
            self.arcs[cell.to].push(number);
        }
        number
    }

    pub(super) fn mark_sensitive(&mut self, number: usize) {
        self.cells[number].sensitive = true;
    }

    pub(super) fn hide(&mut self, number: usize) {
        let was_plain = self.cells[number].is_plain_zero();
        self.cells[number].hidden = true;
        if was_plain {
            self.single_out(number);
        }
    }

    /// The cell can be moved no more.
    pub(super) fn fix(&mut self, number: usize) {
        let was_plain = self.cells[number].is_plain_zero();
        self.cells[number].fixed = true;
        if was_plain {
            self.single_out(number);
        }
    }

    fn single_out(&mut self, number: usize) {
        let Cell { from, to, .. } = self.cells[number];
        self.zeros[from].retain(|(_, zero)| *zero != number);
        self.zeros_to[to] -= 1;
        insert(&mut self.arcs[from], number);
        insert(&mut self.arcs[to], number);
    }

    pub(super) fn shift(&self) -> Shift {
        Shift { by: vec![0; self.cells.len()] }
    }

    /// How far the cell can move, up to `limit`, when only hidden cells move with it: a maximum
    /// flow, found path by path. `shift` is as new before and after.
    pub(super) fn reach(
        &self,
        number: usize,
        direction: Direction,
        limit: u64,
        shift: &mut Shift,
    ) -> u64 {
        let cell = &self.cells[number];
        if cell.fixed {
            return 0;
        }
        let limit = i128::from(limit.min(cell.free(direction)));
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
    fn path(&self, number: usize, direction: Direction, shift: &Shift) -> Option<Path> {
        let (start, goal) = self.ends(number, direction);
        let mut came: Vec<Option<usize>> = vec![None; self.arcs.len()];
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for &number_of_arc in &self.arcs[node] {
                let cell = &self.cells[number_of_arc];
                if !cell.hidden || cell.fixed || number_of_arc == number {
                    continue;
                }
                let (next, way) = cell.way_from(node);
                let open = next != start && came[next].is_none();
                if open && shift.free(cell, number_of_arc, way) > 0 {
                    came[next] = Some(number_of_arc);
                    if next == goal {
                        return Some(self.walk_back(start, goal, &came));
                    }
                    queue.push_back(next);
                }
            }
        }
        None
    }

    /// Hides the cheapest cycle through a cell, upwards by the full step before a smaller one,
    /// since such a cycle leaves the cell open to be large.
    pub(super) fn hide_a_cycle(&mut self, number: usize, wanted: u64) {
        let upwards = (1..=wanted).rev().map(|step| (Direction::Up, step));
        let downwards = (1..=self.cells[number].count).rev().map(|step| (Direction::Down, step));
        for (direction, step) in upwards.chain(downwards) {
            if let Some(cycle) = self.cheapest(number, direction, step) {
                cycle.iter().for_each(|(cell, _)| self.hide(*cell));
                return;
            }
        }
    }

    fn cheapest(&self, number: usize, direction: Direction, step: u64) -> Option<Path> {
        let own = &self.cells[number];
        if !own.gives(direction, step) {
            return None;
        }
        let (start, goal) = self.ends(number, direction);
        let rest = self.least_rest(goal, number, step)?;
        let nodes = self.arcs.len();
        let (mut came, mut least) = (vec![None; nodes], vec![u64::MAX; nodes]);
        least[start] = 0;
        let mut heap = BinaryHeap::from([Reverse((rest[start], start, 0))]);
        // The nodes that plain zeros lead to, and none has yet. Every plain zero costs the same,
        // and the nodes that they lead from are settled by ascending cost, since `rest` is the
        // same for all of these: so the first zero that leads somewhere is the cheapest.
        let mut unreached: Vec<usize> =
            (0..nodes).filter(|node| self.zeros_to[*node] > 0).collect();
        while let Some(Reverse((_, node, cost))) = heap.pop() {
            if node == goal {
                return Some(self.walk_back(start, goal, &came));
            }
            if cost > least[node] {
                continue;
            }
            let mut relax = |arc: usize, next: usize, cost: u64| {
                if cost < least[next] {
                    least[next] = cost;
                    came[next] = Some(arc);
                    heap.push(Reverse((cost.saturating_add(rest[next]), next, cost)));
                }
            };
            for &arc in &self.arcs[node] {
                let cell = &self.cells[arc];
                let (next, way) = cell.way_from(node);
                if arc != number && cell.gives(way, step) {
                    relax(arc, next, cost.saturating_add(cell.cost()));
                }
            }
            let zeros = &self.zeros[node];
            if !zeros.is_empty() {
                unreached.retain(|next| {
                    let at = zeros.partition_point(|(to, _)| to < next);
                    let zero = zeros.get(at).filter(|(to, _)| to == next);
                    zero.iter().for_each(|(_, arc)| relax(*arc, *next, cost + COST_OF_A_CELL));
                    zero.is_none()
                });
            }
        }
        None
    }

    /// For each node a lower bound of what a path to `goal` costs from there, such that no step
    /// lowers it by more than the step costs: the search then settles a node only once (Hart,
    /// Nilsson and Raphael 1968). `None` when nothing leads to the goal.
    fn least_rest(&self, goal: usize, number: usize, step: u64) -> Option<Vec<u64>> {
        let into_goal = self.arcs[goal].iter().filter_map(|&arc| {
            let cell = &self.cells[arc];
            let (before, back) = cell.way_from(goal);
            (arc != number && cell.gives(back.reversed(), step)).then(|| (before, cell.cost()))
        });
        let by_zero = (self.zeros_to[goal] > 0).then_some(COST_OF_A_CELL);
        let last_step = into_goal.clone().map(|(_, cost)| cost).chain(by_zero).min()?;
        let other = |zeros: &Vec<_>| last_step + u64::from(zeros.is_empty());
        let mut rest: Vec<u64> = self.zeros.iter().map(other).collect();
        into_goal.for_each(|(before, cost)| rest[before] = rest[before].min(cost));
        rest[goal] = 0;
        Some(rest)
    }

    /// Where the rest of a cycle begins and ends: a cell that went up is made good where it leads
    /// to.
    fn ends(&self, number: usize, direction: Direction) -> (usize, usize) {
        let Cell { from, to, .. } = self.cells[number];
        match direction {
            Direction::Up => (to, from),
            Direction::Down => (from, to),
        }
    }

    fn walk_back(&self, start: usize, goal: usize, came: &[Option<usize>]) -> Path {
        let mut path = Vec::new();
        let mut node = goal;
        while node != start {
            let Some(number) = came[node] else { break };
            let (before, back) = self.cells[number].way_from(node);
            path.push((number, back.reversed()));
            node = before;
        }
        path
    }
}

/// Puts something into an ascending list; at its end where lists grow in order.
fn insert<T: Ord>(list: &mut Vec<T>, new: T) {
    let at = match list.last() {
        Some(last) if *last > new => list.partition_point(|known| *known < new),
        _ => list.len(),
    };
    list.insert(at, new);
}

impl Shift {
    fn free(&self, cell: &Cell, number: usize, way: Direction) -> i128 {
        match way {
            Direction::Up => i128::from(cell.room) - self.by[number],
            Direction::Down => i128::from(cell.count) + self.by[number],
        }
    }
}
