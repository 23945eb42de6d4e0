//! Honest publications are accepted; one changed cell is found and named.

use antagning_verify::{CutoffKind, PublishedProgramme, Status, Violation};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::market::{Market, Table, strict};
use crate::published::Publication;

fn honest(market: &Market) -> (Table, Publication) {
    let table = market.with(&market.optimum());
    let publication = Publication::honest(market, &table);
    (table, publication)
}

/// Changes a row for the worse, by some amount.
type Falsify = fn(&mut PublishedProgramme, u64);

/// The columns, each with a way to falsify it.
const FALSIFY: [(&str, Falsify); 10] = [
    ("seats", |row, by| row.seats = row.seats.wrapping_sub(by)),
    ("applicants", |row, by| row.applicants += by),
    ("first_choice_applicants", |row, by| row.first_choice_applicants += by),
    ("admitted", |row, by| row.admitted = row.admitted.wrapping_sub(by)),
    ("vacant", |row, by| row.vacant += by),
    ("reserves", |row, by| row.reserves = row.reserves.wrapping_sub(by)),
    ("cutoff_kind", |row, _| {
        row.cutoff_kind = match row.cutoff_kind {
            CutoffKind::Value => CutoffKind::AllEligibleAdmitted,
            CutoffKind::AllEligibleAdmitted => CutoffKind::Other,
            _ => CutoffKind::Value,
        };
    }),
    ("cutoff", |row, by| row.cutoff = row.cutoff.map_or(Some(0), |score| score.checked_sub(by))),
    ("median", |row, by| row.median = row.median.map_or(Some(by), |score| score.checked_add(by))),
    ("mean", |row, by| row.mean = row.mean.map_or(Some(0), |_| Some(by).filter(|by| *by > 9))),
];

proptest! {
    #[test]
    fn an_honest_publication_is_accepted(market in strict(30, 8)) {
        let (table, publication) = honest(&market);
        prop_assert_eq!(publication.faults(&table), []);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(market in strict(20, 6), turn: Index) {
        let (table, mut publication) = honest(&market);
        let rows = publication.programmes.len();
        publication.programmes.rotate_left(turn.index(rows + 1));
        prop_assert_eq!(publication.faults(&table), []);
    }

    #[test]
    fn one_changed_figure_is_named(
        market in strict(20, 6),
        which: Index,
        column in prop::sample::select(&FALSIFY[..]),
        by in 1..1_000_u64,
    ) {
        let (table, mut publication) = honest(&market);
        if !publication.programmes.is_empty() {
            let row = which.index(publication.programmes.len());
            column.1(&mut publication.programmes[row], by);
            let verdict = publication.verdict(&table);
            let named: Vec<_> = verdict.violations().iter().map(|fault| match fault {
                Violation::WrongFigure { programme, figure, .. } => Some((*programme, *figure)),
                _ => None,
            }).collect();
            prop_assert_eq!(named, [Some((row, column.0))]);
        }
    }

    #[test]
    fn one_changed_status_is_named(
        market in strict(20, 6),
        which: Index,
        to in prop::sample::select(
            &[Status::Admitted, Status::Reserve, Status::Struck, Status::Other][..],
        ),
    ) {
        let (table, mut publication) = honest(&market);
        if !publication.status.is_empty() {
            let choice = which.index(publication.status.len());
            let found = publication.status[choice];
            publication.status[choice] = to;
            let expected: Vec<_> = (to != found).then(|| Violation::WrongStatus {
                applicant: table.offsets.iter().filter(|&&start| start <= choice).count() - 1,
                choice,
                programme: table.programme[choice] as usize,
                published: to,
                found,
            }).into_iter().collect();
            prop_assert_eq!(publication.faults(&table), expected);
        }
    }

    #[test]
    fn one_changed_reserve_position_is_named(
        market in strict(20, 4),
        which: Index,
        to in prop::option::of(0..8_u32),
    ) {
        let (table, mut publication) = honest(&market);
        if !publication.status.is_empty() {
            let choice = which.index(publication.status.len());
            let found = publication.reserve_position[choice];
            publication.reserve_position[choice] = to;
            let expected: Vec<_> = (to != found).then(|| Violation::WrongReservePosition {
                applicant: table.offsets.iter().filter(|&&start| start <= choice).count() - 1,
                choice,
                programme: table.programme[choice] as usize,
                published: to,
                found,
            }).into_iter().collect();
            prop_assert_eq!(publication.faults(&table), expected);
        }
    }

    #[test]
    fn two_reserves_who_swap_positions_are_named(market in strict(20, 4), which: Index) {
        let (table, mut publication) = honest(&market);
        let reserves: Vec<usize> =
            (0..table.key.len()).filter(|&c| publication.reserve_position[c].is_some()).collect();
        if !reserves.is_empty() {
            let one = *which.get(&reserves);
            let others = reserves.iter().filter(|&&c| table.programme[c] == table.programme[one]);
            if let Some(&other) = others.clone().find(|&&c| c != one) {
                publication.reserve_position.swap(one, other);
                let verdict = publication.verdict(&table);
                let mut named: Vec<_> = verdict.violations().iter().map(|fault| match fault {
                    Violation::WrongReservePosition { choice, .. } => *choice,
                    _ => usize::MAX,
                }).collect();
                named.sort_unstable();
                prop_assert_eq!(named, [one.min(other), one.max(other)]);
            }
        }
    }
}
