//! Nothing at all, and columns that do not fit together.

use antagning_verify::{
    Applications, Case, Columns, Published, ShapeError, Status, Ties, check, check_published,
};

use crate::market::{Market, Table};

fn table() -> Table {
    let market = Market::new(&[1, 1], &[&[(0, 1), (1, 2)], &[(1, 1)]]);
    market.with(&[Some(0), Some(1)])
}

#[test]
fn markets_without_applicants_programmes_or_choices_are_right() {
    for seats in [&[][..], &[0], &[3, 0]] {
        for applicants in [0, 1, 5] {
            let market = Market::new(seats, &vec![&[][..]; applicants]);
            assert_eq!(market.faults(&vec![None; applicants]), []);
            let table = market.with(&vec![None; applicants]);
            let case = table.case().expect("the columns fit");
            let sizes = (case.applicants(), case.programmes(), case.choices());
            assert_eq!(sizes, (applicants, seats.len(), 0));
            assert!(check(&case).holds());
        }
    }
}

#[test]
fn offsets_are_needed_even_without_applicants() {
    let nothing: Columns<'_, u8> = Columns {
        seats: &[],
        offsets: &[],
        programme: &[],
        key: &[],
        score: &[],
        placement: &[],
        by_hand: &[],
        ties: Ties::Strict,
        groups: None,
    };
    let error = Case::new(nothing).expect_err("one offset is missing");
    assert_eq!(error, ShapeError::Length { column: "offsets", expected: 1, found: 0 });
}

/// The fault that one change to a good table makes.
fn fault(change: impl FnOnce(&mut Table)) -> ShapeError {
    let mut table = table();
    assert!(table.case().is_ok());
    change(&mut table);
    table.case().map(|_| ()).expect_err("the change is a fault of shape")
}

#[test]
fn columns_of_different_lengths_are_refused() {
    let length = |column, expected, found| ShapeError::Length { column, expected, found };
    assert_eq!(fault(|t| t.key.truncate(2)), length("key", 3, 2));
    assert_eq!(fault(|t| t.score.push(0)), length("score", 3, 4));
    assert_eq!(fault(|t| t.by_hand.push(true)), length("by_hand", 3, 1));
    assert_eq!(fault(|t| t.placement.truncate(1)), length("offsets", 2, 3));
    assert_eq!(fault(|t| t.offsets[2] = 2), length("programme", 2, 3));
}

#[test]
fn offsets_out_of_order_are_refused() {
    let offsets = |position| ShapeError::Offsets { column: "offsets", position };
    assert_eq!(fault(|t| t.offsets[0] = 1), offsets(0));
    assert_eq!(fault(|t| t.offsets = vec![0, 3, 2]), offsets(2));
    assert_eq!(fault(|t| t.offsets[1] = usize::MAX), offsets(1));
}

#[test]
fn references_to_unknown_programmes_are_refused() {
    let unknown = |column, position| ShapeError::UnknownProgramme { column, position };
    assert_eq!(fault(|t| t.programme[2] = 2), unknown("programme", 2));
    assert_eq!(fault(|t| t.placement[1] = Some(u32::MAX)), unknown("placement", 1));
    assert_eq!(fault(|t| t.seats.truncate(1)), unknown("placement", 1));
    let error = Applications::count(2, [(1, true), (2, false)]).expect_err("there is no 2");
    assert_eq!(error, unknown("applications", 1));
}

#[test]
fn a_programme_listed_twice_is_refused() {
    let error = fault(|t| t.programme[1] = 0);
    assert_eq!(error, ShapeError::RepeatedChoice { applicant: 0, programme: 0 });
    assert_eq!(error.to_string(), "applicant 0 lists programme 0 more than once");
}

#[test]
fn claims_about_another_market_are_refused() {
    let table = table();
    let case = table.case().expect("the columns fit");
    let applications = Applications::count(2, []).expect("no row is out of range");
    let too_few = Applications::count(1, []).expect("no row is out of range");
    let status = [Status::Admitted; 3];
    let good = Published {
        programmes: &[],
        status: &status,
        reserve_position: &[None; 3],
        group: &[None; 3],
        first_application: &[false; 3],
        applications: &applications,
    };
    let length = |column, expected, found| Err(ShapeError::Length { column, expected, found });
    assert!(check_published(&case, &good).is_ok());
    let bad = Published { status: &status[..2], ..good };
    assert_eq!(check_published(&case, &bad), length("status", 3, 2));
    let bad = Published { reserve_position: &[], ..good };
    assert_eq!(check_published(&case, &bad), length("reserve_position", 3, 0));
    let bad = Published { group: &[None; 4], ..good };
    assert_eq!(check_published(&case, &bad), length("group", 3, 4));
    let bad = Published { first_application: &[], ..good };
    assert_eq!(check_published(&case, &bad), length("first_application", 3, 0));
    let bad = Published { applications: &too_few, ..good };
    assert_eq!(check_published(&case, &bad), length("applications", 2, 1));
}
