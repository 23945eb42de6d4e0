//! Each kind of violation of an admission, in the smallest market that shows it.

use antagning_verify::{Outcome, Property, Step, Violation, check};

use crate::market::Market;

#[test]
fn a_right_admission_is_proven_with_what_was_examined() {
    // Three for two seats at 0; the lowest of them goes to 1, which has a seat to spare.
    let market = Market::new(&[2, 2], &[&[(0, 9), (1, 1)], &[(0, 8)], &[(0, 7), (1, 2)]]);
    let table = market.with(&[Some(0), Some(0), Some(1)]);
    let verdict = check(&table.case().expect("the columns fit"));
    assert!(verdict.holds());
    assert_eq!(verdict.violations(), []);
    let examined: Vec<_> =
        verdict.checks().iter().map(|c| (c.property.code(), c.examined, c.outcome)).collect();
    let proven = |code, examined| (code, examined, Outcome::Proven);
    assert_eq!(
        examined,
        [
            proven("capacity", 2),
            proven("on_list", 3),
            proven("no_wasted_seat", 1),
            proven("no_justified_envy", 1),
            proven("strict_priorities", 1),
            proven("applicant_optimal", 1),
        ],
    );
}

#[test]
fn over_capacity() {
    let market = Market::new(&[1], &[&[(0, 2)], &[(0, 1)]]);
    let faults = market.faults(&[Some(0), Some(0)]);
    assert_eq!(faults, [Violation::OverCapacity { programme: 0, seats: 1, admitted: 2 }]);
}

#[test]
fn a_programme_without_seats_admits_nobody() {
    let market = Market::new(&[0], &[&[(0, 2)], &[(0, 1)]]);
    assert_eq!(market.faults(&[None, None]), []);
    let faults = market.faults(&[Some(0), None]);
    assert_eq!(faults, [Violation::OverCapacity { programme: 0, seats: 0, admitted: 1 }]);
}

#[test]
fn off_list() {
    let market = Market::new(&[1, 1], &[&[(0, 1)], &[]]);
    let faults = market.faults(&[Some(0), Some(1)]);
    assert_eq!(faults, [Violation::OffList { applicant: 1, programme: 1 }]);
}

#[test]
fn a_holder_off_the_list_is_named_once_and_not_by_everyone_who_envies_them() {
    let market = Market::new(&[1], &[&[(0, 3)], &[(0, 2)], &[]]);
    let faults = market.faults(&[None, None, Some(0)]);
    assert_eq!(faults, [Violation::OffList { applicant: 2, programme: 0 }]);
}

#[test]
fn wasted_seat() {
    let market = Market::new(&[3, 1], &[&[(0, 1), (1, 1)], &[(0, 2)]]);
    let faults = market.faults(&[Some(1), Some(0)]);
    assert_eq!(faults, [Violation::WastedSeat { applicant: 0, programme: 0, vacant: 2 }]);
}

#[test]
fn justified_envy_names_the_holder_with_the_lowest_priority() {
    let market = Market::new(&[2], &[&[(0, 5)], &[(0, 1)], &[(0, 4)], &[(0, 3)]]);
    let faults = market.faults(&[Some(0), Some(0), None, None]);
    let envy = |applicant| Violation::JustifiedEnvy { applicant, programme: 0, holder: 1 };
    assert_eq!(faults, [envy(2), envy(3)]);
}

#[test]
fn equal_keys_between_a_holder_and_a_claimant() {
    let market = Market::new(&[2], &[&[(0, 9)], &[(0, 5)], &[(0, 5)], &[(0, 4)]]);
    let faults = market.faults(&[Some(0), Some(0), None, None]);
    assert_eq!(faults, [Violation::EqualKeys { programme: 0, applicants: vec![1, 2] }]);
}

#[test]
fn equal_keys_between_the_first_in_reserve() {
    let market = Market::new(&[1], &[&[(0, 9)], &[(0, 5)], &[(0, 5)], &[(0, 4)]]);
    let faults = market.faults(&[Some(0), None, None, None]);
    assert_eq!(faults, [Violation::EqualKeys { programme: 0, applicants: vec![1, 2] }]);
}

#[test]
fn equal_keys_that_decide_nothing_are_let_be() {
    let market =
        Market::new(&[2, 1], &[&[(0, 5)], &[(0, 5)], &[(1, 3), (0, 5)], &[(0, 4)], &[(0, 3)]]);
    assert_eq!(market.faults(&[Some(0), Some(0), Some(1), None, None]), []);
}

#[test]
fn two_who_could_trade() {
    let market = Market::new(&[1, 1], &[&[(0, 1), (1, 2)], &[(1, 1), (0, 2)]]);
    let faults = market.faults(&[Some(1), Some(0)]);
    let steps = vec![Step { applicant: 0, from: 1, to: 0 }, Step { applicant: 1, from: 0, to: 1 }];
    assert_eq!(faults, [Violation::ImprovementCycle { steps }]);
    assert_eq!(market.faults(&[Some(0), Some(1)]), []);
}

#[test]
fn an_unplaced_claimant_ahead_stands_in_the_way_of_a_trade() {
    // As above, but applicant 2 comes before both at the places that they would rather have.
    let market = Market::new(&[1, 1], &[&[(0, 1), (1, 9)], &[(1, 1), (0, 9)], &[(0, 5), (1, 5)]]);
    assert_eq!(market.faults(&[Some(1), Some(0), None]), []);
}

#[test]
fn trades_are_not_looked_for_while_the_admission_is_unstable() {
    let market = Market::new(&[1, 1, 1], &[&[(0, 1), (1, 2)], &[(1, 1), (0, 2)], &[(2, 1)]]);
    let table = market.with(&[Some(1), Some(0), None]);
    let verdict = check(&table.case().expect("the columns fit"));
    assert_eq!(
        verdict.violations(),
        [Violation::WastedSeat { applicant: 2, programme: 2, vacant: 1 }]
    );
    let optimal = verdict.of(Property::ApplicantOptimal).expect("it is on record");
    assert_eq!((optimal.examined, optimal.outcome), (0, Outcome::NotExamined));
    let waste = verdict.of(Property::NoWastedSeat).expect("it is on record");
    assert_eq!(waste.outcome, Outcome::Refuted { violations: 1 });
    assert!(!verdict.holds());
}
