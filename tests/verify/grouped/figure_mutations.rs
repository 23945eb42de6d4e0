//! Honest publications about groups are accepted; one changed cell is found and named.

use antagning_verify::{CutoffKind, PublishedProgramme, Status, Violation};
use proptest::prelude::*;
use proptest::sample::Index;

use super::instances::markets;
use super::market::{Market, Table};
use super::matching::optimum;
use super::publication::Publication;

fn honest(market: &Market) -> (Table, Publication) {
    let places = optimum(market);
    (market.with(&places), Publication::honest(market, &places))
}

/// Changes a row for the worse, by some amount.
type Falsify = fn(&mut PublishedProgramme, u64);

const FALSIFY: [(&str, Falsify); 10] = [
    ("seats", |row, by| row.seats += by),
    ("applicants", |row, by| row.applicants = row.applicants.wrapping_sub(by)),
    ("first_choice_applicants", |row, by| row.first_choice_applicants += by),
    ("admitted", |row, by| row.admitted += by),
    ("vacant", |row, by| row.vacant = row.vacant.wrapping_sub(by)),
    ("reserves", |row, by| row.reserves += by),
    ("cutoff_kind", |row, by| {
        use CutoffKind::{AllEligibleAdmitted, ByGroup, Manual, NoneAdmitted, Other, Value};
        let kinds = [AllEligibleAdmitted, ByGroup, Manual, NoneAdmitted, Other, Value];
        let others: Vec<_> = kinds.into_iter().filter(|kind| *kind != row.cutoff_kind).collect();
        row.cutoff_kind = others[by as usize % others.len()];
    }),
    ("cutoff", |row, by| row.cutoff = row.cutoff.map_or(Some(by), |score| score.checked_add(by))),
    ("median", |row, by| row.median = row.median.map_or(Some(by), |score| score.checked_sub(by))),
    ("mean", |row, by| row.mean = row.mean.filter(|_| by < 500).map_or(Some(by), |_| None)),
];

/// The applicant and programme of a choice.
fn whose(table: &Table, choice: usize) -> (usize, usize) {
    let applicant = table.offsets.iter().filter(|&&start| start <= choice).count() - 1;
    (applicant, table.programme[choice] as usize)
}

proptest! {
    #[test]
    fn an_honest_publication_is_accepted(market in markets(30, 6, 4, 5)) {
        let (table, publication) = honest(&market);
        prop_assert_eq!(publication.faults(&table), []);
    }

    #[test]
    fn every_changed_figure_is_named(market in markets(14, 4, 3, 4), by in 1..1_000_u64) {
        let (table, publication) = honest(&market);
        for row in 0..publication.programmes.len() {
            for (column, falsify) in FALSIFY {
                let mut changed = publication.clone();
                falsify(&mut changed.programmes[row], by);
                let verdict = changed.verdict(&table);
                let named: Vec<_> = verdict.violations().iter().map(|fault| match fault {
                    Violation::WrongFigure { programme, group, figure, .. } => {
                        Some((*programme as u32, *group, *figure))
                    }
                    _ => None,
                }).collect();
                let of = &publication.programmes[row];
                prop_assert_eq!(named, [Some((of.programme, of.group, column))]);
            }
        }
    }

    #[test]
    fn every_changed_group_statement_is_named(market in markets(14, 4, 4, 4)) {
        let (table, publication) = honest(&market);
        for choice in 0..publication.group.len() {
            for to in [None, Some(0), Some(1), Some(2), Some(3), Some(u32::MAX)] {
                let found = publication.group[choice];
                let mut changed = publication.clone();
                changed.group[choice] = to;
                let (applicant, programme) = whose(&table, choice);
                let expected: Vec<_> = (to != found).then_some(Violation::WrongStatedGroup {
                    applicant, choice, programme, published: to, found,
                }).into_iter().collect();
                prop_assert_eq!(changed.faults(&table), expected);
            }
        }
    }

    #[test]
    fn every_changed_position_is_named(market in markets(14, 3, 3, 2)) {
        let (table, publication) = honest(&market);
        for choice in 0..publication.reserve_position.len() {
            for to in [None, Some(0), Some(1), Some(2), Some(3), Some(9)] {
                let found = publication.reserve_position[choice];
                let mut changed = publication.clone();
                changed.reserve_position[choice] = to;
                let (applicant, programme) = whose(&table, choice);
                let expected: Vec<_> = (to != found).then_some(Violation::WrongReservePosition {
                    applicant, choice, programme, published: to, found,
                }).into_iter().collect();
                prop_assert_eq!(changed.faults(&table), expected);
            }
        }
    }

    #[test]
    fn one_changed_status_is_named(market in markets(14, 3, 3, 2), which: Index) {
        let (table, mut publication) = honest(&market);
        if !publication.status.is_empty() {
            let choice = which.index(publication.status.len());
            let found = std::mem::replace(&mut publication.status[choice], Status::Other);
            let (applicant, programme) = whose(&table, choice);
            let published = Status::Other;
            let wrong = Violation::WrongStatus { applicant, choice, programme, published, found };
            prop_assert_eq!(publication.faults(&table), [wrong]);
        }
    }
}
