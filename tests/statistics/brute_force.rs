//! Random tables against every table that agrees with what is published.

use antagning::{CountTable, Suppression};
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Instance {
    rows: usize,
    columns: usize,
    /// Count and room of each cell, row by row.
    cells: Vec<(u64, u64)>,
    threshold: u32,
}

fn instances() -> impl Strategy<Value = Instance> {
    (1..=3usize, 1..=3usize, 2..=4u32).prop_flat_map(|(rows, columns, threshold)| {
        let cell = (0..=6u64, prop_oneof![Just(9u64), 0..=2u64]);
        prop::collection::vec(cell, rows * columns).prop_map(move |cells| Instance {
            rows,
            columns,
            cells,
            threshold,
        })
    })
}

/// The lowest and highest value of each cell over all tables with the same margins in which the
/// cells that are not hidden have their own counts.
fn possible(instance: &Instance, hidden: &[bool]) -> Vec<(u64, u64)> {
    let mut search = Search {
        instance,
        hidden,
        rows: vec![0; instance.rows],
        columns: vec![0; instance.columns],
        current: vec![],
        found: instance.cells.iter().map(|(count, _)| (*count, *count)).collect(),
    };
    for (cell, (count, _)) in instance.cells.iter().enumerate() {
        search.rows[cell / instance.columns] += count;
        search.columns[cell % instance.columns] += count;
    }
    search.go();
    search.found
}

struct Search<'i> {
    instance: &'i Instance,
    hidden: &'i [bool],
    /// What is left of each row sum and column sum.
    rows: Vec<u64>,
    columns: Vec<u64>,
    current: Vec<u64>,
    found: Vec<(u64, u64)>,
}

impl Search<'_> {
    fn go(&mut self) {
        let cell = self.current.len();
        if cell == self.instance.cells.len() {
            if self.rows.iter().chain(&self.columns).all(|left| *left == 0) {
                for (bounds, value) in self.found.iter_mut().zip(&self.current) {
                    *bounds = (bounds.0.min(*value), bounds.1.max(*value));
                }
            }
            return;
        }
        let (row, column) = (cell / self.instance.columns, cell % self.instance.columns);
        if column == 0 && row > 0 && self.rows[row - 1] > 0 {
            return;
        }
        let (count, room) = self.instance.cells[cell];
        let values = if self.hidden[cell] { 0..=count + room } else { count..=count };
        for value in values {
            if value > self.rows[row] || value > self.columns[column] {
                break;
            }
            self.rows[row] -= value;
            self.columns[column] -= value;
            self.current.push(value);
            self.go();
            self.current.pop();
            self.rows[row] += value;
            self.columns[column] += value;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_hidden_small_count_can_be_told(instance in instances()) {
        let mut table = CountTable::new(instance.rows, instance.columns);
        for (cell, (count, room)) in instance.cells.iter().enumerate() {
            let (row, column) = (cell / instance.columns, cell % instance.columns);
            table.push_with_room(row, column, *count, *room);
        }
        let suppression = Suppression::below(instance.threshold);
        let outcome = table.protect(suppression);
        let hidden: Vec<bool> = (0..instance.cells.len()).map(|c| table.is_hidden(c)).collect();
        let possible_now = possible(&instance, &hidden);
        let small: Vec<usize> =
            (0..hidden.len()).filter(|c| suppression.hides(instance.cells[*c].0)).collect();
        let pinned = outcome.err().unwrap_or_default();
        for cell in &small {
            prop_assert!(hidden[*cell]);
            let (lowest, highest) = possible_now[*cell];
            prop_assert_eq!(lowest == highest, pinned.contains(cell), "cell {}", cell);
        }
        // The table's own audit is exact.
        for (cell, (lowest, highest)) in possible_now.iter().enumerate() {
            let interval = table.interval(cell, 100);
            prop_assert_eq!((interval.lowest, interval.highest), (*lowest, *highest));
        }
        // What cannot be protected could not be protected by hiding everything either.
        let with_all_hidden = possible(&instance, &vec![true; hidden.len()]);
        for cell in pinned {
            let (lowest, highest) = with_all_hidden[cell];
            prop_assert_eq!(lowest, highest);
        }
    }
}
