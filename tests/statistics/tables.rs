//! Tables small enough to be followed by hand.

use antagning::{CountTable, Interval, Suppression};

/// A table from its rows; cells are numbered row by row.
fn table(rows: &[&[u64]]) -> CountTable {
    let mut table = CountTable::new(rows.len(), rows[0].len());
    for (row, counts) in rows.iter().enumerate() {
        counts.iter().enumerate().for_each(|(column, count)| {
            table.push(row, column, *count);
        });
    }
    table
}

fn hidden(table: &CountTable, cells: usize) -> Vec<usize> {
    (0..cells).filter(|cell| table.is_hidden(*cell)).collect()
}

#[test]
fn a_small_count_takes_three_others_with_it() {
    // The 3 alone would follow from its row; with the 20 from its column; the cheapest cycle of
    // cells that can give four goes over 20, 30 and 10.
    let mut table = table(&[&[3, 20, 90], &[10, 30, 90], &[90, 90, 90]]);
    table.protect(Suppression::DEFAULT).unwrap();
    assert_eq!(hidden(&table, 9), [0, 1, 3, 4]);
    assert_eq!(table.interval(0, 100), Interval { lowest: 0, highest: 13 });
    assert_eq!(table.narrowest(5), Some(5));
}

#[test]
fn small_counts_cover_one_another_as_far_as_they_reach() {
    let mut table = table(&[&[1, 50, 2], &[60, 70, 80], &[3, 90, 4]]);
    table.protect(Suppression::below(3)).unwrap();
    // The 1 can become 3 over 3, 4 and 2; the 2 cannot become 4 that way, since the 1 cannot give
    // two, and takes the middle column.
    assert_eq!(hidden(&table, 9), [0, 1, 2, 6, 7, 8]);
    assert_eq!(table.interval(0, 9), Interval { lowest: 0, highest: 4 });
}

#[test]
fn a_list_with_a_known_sum_hides_at_least_two() {
    let mut list = CountTable::new(1, 1);
    for count in [2, 30, 8, 12] {
        list.push(0, 0, count);
    }
    list.protect(Suppression::DEFAULT).unwrap();
    assert_eq!(hidden(&list, 4), [0, 2]);
    assert_eq!(list.interval(0, 99), Interval { lowest: 0, highest: 10 });
}

#[test]
fn what_cannot_grow_may_shrink() {
    // A full class of three seats beside one with ten free ones.
    let mut list = CountTable::new(1, 1);
    list.push_with_room(0, 0, 3, 0);
    list.push_with_room(0, 0, 20, 10);
    list.push_with_room(0, 0, 30, 0);
    list.protect(Suppression::DEFAULT).unwrap();
    assert_eq!(hidden(&list, 3), [0, 1]);
    assert_eq!(list.interval(0, 99), Interval { lowest: 0, highest: 3 });
}

#[test]
fn full_classes_with_a_known_sum_tell_everything() {
    let mut list = CountTable::new(1, 1);
    for count in [3, 20, 30] {
        list.push_with_room(0, 0, count, 0);
    }
    assert_eq!(list.protect(Suppression::DEFAULT), Err(vec![0]));
}

#[test]
fn zeros_and_large_counts_stay_when_nothing_is_small() {
    let mut table = table(&[&[0, 5], &[5, 0]]);
    table.protect(Suppression::DEFAULT).unwrap();
    assert!(hidden(&table, 4).is_empty());
    assert_eq!(table.narrowest(5), None);
    assert_eq!(table.interval(1, 9), Interval { lowest: 5, highest: 5 });
}
