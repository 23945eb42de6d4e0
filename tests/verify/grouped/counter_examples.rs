//! Each kind of violation at a programme with groups, in the smallest market that shows it.

use antagning_verify::{Outcome, Property, Violation, check};

use super::market::{Market, Place, grouped, plain, wish};

/// A seat by test and a seat by merit; everybody has merit, and applicants 0 and 1 a test.
fn test_and_merit() -> Market {
    Market::new(
        &[grouped(&[(1, None), (1, None)])],
        &[
            &[wish(0, &[(0, 900), (1, 320)])],
            &[wish(0, &[(0, 800), (1, 280)])],
            &[wish(0, &[(1, 300)])],
        ],
    )
}

const fn group(group: u32) -> Place {
    Some((0, Some(group)))
}

#[test]
fn a_right_admission_is_proven_with_what_was_examined() {
    let market = test_and_merit();
    let table = market.with(&[group(0), None, group(1)]);
    let verdict = check(&table.case().expect("the columns fit"));
    let examined: Vec<_> =
        verdict.checks().iter().map(|c| (c.property.code(), c.examined, c.outcome)).collect();
    let proven = |code, examined| (code, examined, Outcome::Proven);
    assert_eq!(
        examined,
        [
            proven("capacity", 1),
            proven("on_list", 2),
            proven("no_wasted_seat", 1),
            proven("no_justified_envy", 1),
            proven("strict_priorities", 1),
            proven("quota_groups", 3),
            proven("applicant_optimal", 0),
        ],
    );
}

#[test]
fn somebody_who_should_be_in_for_somebody_who_should_be_out() {
    let envy = |applicant, holder| Violation::JustifiedEnvy { applicant, programme: 0, holder };
    // Merit would take 2 before 1.
    assert_eq!(test_and_merit().faults(&[group(0), group(1), None]), [envy(2, 1)]);
    // The test would take 0 before 1.
    assert_eq!(test_and_merit().faults(&[None, group(0), group(1)]), [envy(0, 1)]);
}

#[test]
fn envy_names_the_holder_in_the_group_that_would_take_the_applicant() {
    let market = Market::new(
        &[grouped(&[(1, None), (1, None)])],
        &[
            &[wish(0, &[(0, 1)])],
            &[wish(0, &[(1, 1)])],
            &[wish(0, &[(1, 2)])],
            &[wish(0, &[(0, 2)])],
        ],
    );
    let envy = |applicant, holder| Violation::JustifiedEnvy { applicant, programme: 0, holder };
    assert_eq!(market.faults(&[group(0), group(1), None, None]), [envy(2, 1), envy(3, 0)]);
}

#[test]
fn a_seat_wasted() {
    let wasted = Violation::WastedSeat { applicant: 2, programme: 0, vacant: 1 };
    assert_eq!(test_and_merit().faults(&[group(0), None, None]), [wasted]);
}

#[test]
fn a_seat_that_no_group_may_give_them_is_not_wasted() {
    // The only seat is by test, and who wants it has none.
    let market = Market::new(&[grouped(&[(1, None), (0, None)])], &[&[wish(0, &[(1, 300)])]]);
    assert_eq!(market.faults(&[None]), []);
    // Passed on to merit, it is theirs.
    let market = Market::new(&[grouped(&[(1, Some(1)), (0, None)])], &[&[wish(0, &[(1, 300)])]]);
    assert_eq!(
        market.faults(&[None]),
        [Violation::WastedSeat { applicant: 0, programme: 0, vacant: 1 }]
    );
    assert_eq!(market.faults(&[group(1)]), []);
}

#[test]
fn more_than_the_seats() {
    let faults = test_and_merit().faults(&[group(0), group(1), group(1)]);
    assert_eq!(
        faults,
        [
            Violation::OverCapacity { programme: 0, seats: 2, admitted: 3 },
            Violation::WrongGroup { applicant: 1, programme: 0, stated: Some(1), found: None },
        ]
    );
}

#[test]
fn more_than_the_seats_of_a_group_that_passes_none_on() {
    let market = Market::new(
        &[grouped(&[(1, None), (1, None)])],
        &[&[wish(0, &[(0, 2)])], &[wish(0, &[(0, 1)])]],
    );
    let wrong = Violation::WrongGroup { applicant: 1, programme: 0, stated: Some(0), found: None };
    assert_eq!(market.faults(&[group(0), group(0)]), [wrong]);
}

#[test]
fn two_in_each_others_group() {
    let market = Market::new(
        &[grouped(&[(1, None), (1, None)])],
        &[&[wish(0, &[(0, 2), (1, 1)])], &[wish(0, &[(0, 1), (1, 2)])]],
    );
    assert_eq!(market.faults(&[group(0), group(1)]), []);
    let wrong = |applicant, stated, found| Violation::WrongGroup {
        applicant,
        programme: 0,
        stated: Some(stated),
        found: Some(found),
    };
    assert_eq!(market.faults(&[group(1), group(0)]), [wrong(0, 1, 0), wrong(1, 0, 1)]);
}

#[test]
fn a_group_that_is_closed_missing_or_unstated() {
    let unfounded =
        |applicant, group| Violation::UnfoundedGroup { applicant, programme: Some(0), group };
    let market = test_and_merit();
    assert_eq!(market.faults(&[group(0), None, group(0)]), [unfounded(2, Some(0))]);
    assert_eq!(market.faults(&[group(0), None, group(2)]), [unfounded(2, Some(2))]);
    assert_eq!(market.faults(&[Some((0, None)), None, group(1)]), [unfounded(0, None)]);
}

#[test]
fn a_group_for_somebody_who_is_unplaced_or_at_a_plain_programme() {
    let mut table = test_and_merit().with(&[group(0), None, group(1)]);
    table.placement_group[1] = Some(1);
    let unfounded = |applicant, programme, group| Violation::UnfoundedGroup {
        applicant,
        programme,
        group: Some(group),
    };
    assert_eq!(table.faults(), [unfounded(1, None, 1)]);
    let market = Market::new(
        &[plain(1), grouped(&[(1, None)])],
        &[&[wish(0, &[(0, 1)])], &[wish(1, &[(0, 1)])]],
    );
    let mut table = market.with(&[Some((0, None)), Some((0, Some(0)))]);
    assert_eq!(table.faults(), []);
    table.placement_group[0] = Some(0);
    assert_eq!(table.faults(), [unfounded(0, Some(0), 0)]);
}

#[test]
fn a_holder_off_the_list_is_named_and_the_programme_left_at_that() {
    let market = Market::new(&[grouped(&[(1, None)])], &[&[wish(0, &[(0, 1)])], &[]]);
    let mut table = market.with(&[None, None]);
    table.placement[1] = Some(0);
    assert_eq!(table.faults(), [Violation::OffList { applicant: 1, programme: 0 }]);
}

#[test]
fn equal_keys_that_decide_whom_a_group_takes_or_turns_away_first() {
    let tie = |applicants| Violation::EqualKeys { programme: 0, applicants };
    let programme = [grouped(&[(1, None)])];
    let claims = |priority| [wish(0, &[(0, priority)])];
    let market = Market::new(&programme, &[&claims(5), &claims(5), &claims(4)]);
    assert_eq!(market.faults(&[group(0), None, None]), [tie(vec![0, 1])]);
    let market = Market::new(&programme, &[&claims(9), &claims(5), &claims(5)]);
    assert_eq!(market.faults(&[group(0), None, None]), [tie(vec![1, 2])]);
    let market = Market::new(&programme, &[&claims(9), &claims(5), &claims(4), &claims(4)]);
    assert_eq!(market.faults(&[group(0), None, None, None]), [], "who comes first is clear");
}

#[test]
fn equal_keys_in_different_tiers_or_groups_decide_nothing() {
    let mut second_hand = wish(0, &[(0, 5)]);
    second_hand.tier = 0;
    let market = Market::new(&[grouped(&[(1, None)])], &[&[wish(0, &[(0, 5)])], &[second_hand]]);
    assert_eq!(market.faults(&[group(0), None]), []);
    let market = Market::new(
        &[grouped(&[(1, None), (1, None)])],
        &[&[wish(0, &[(0, 5)])], &[wish(0, &[(1, 5)])]],
    );
    assert_eq!(market.faults(&[group(0), group(1)]), []);
}

#[test]
fn two_who_could_trade() {
    // Each is ahead at the group of the programme that they want less.
    let market = Market::new(
        &[grouped(&[(1, None)]), grouped(&[(1, None)])],
        &[&[wish(0, &[(0, 1)]), wish(1, &[(0, 2)])], &[wish(1, &[(0, 1)]), wish(0, &[(0, 2)])]],
    );
    let second = Some((1, Some(0)));
    let better = Violation::BetterAdmission { applicant: 0, programme: 0, better_off: 2 };
    assert_eq!(market.faults(&[second, second]), [better]);
    assert_eq!(market.faults(&[group(0), group(0)]), []);
}

#[test]
fn two_who_could_trade_behind_a_stronger_claim_on_another_group() {
    // 0 and 2 could trade places; 3 is ahead of 2 at programme 0, but not in the group of the seat
    // that 0 would leave.
    let market = Market::new(
        &[grouped(&[(1, None), (1, None)]), plain(1)],
        &[
            &[wish(1, &[(0, 1)]), wish(0, &[(0, 9)])],
            &[wish(0, &[(1, 10)])],
            &[wish(0, &[(0, 1)]), wish(1, &[(0, 2)])],
            &[wish(0, &[(1, 9)])],
        ],
    );
    let before = [Some((1, Some(0))), group(1), Some((1, None)), None];
    let better = Violation::BetterAdmission { applicant: 0, programme: 1, better_off: 2 };
    assert_eq!(market.faults(&before), [better]);
    assert_eq!(market.faults(&[Some((0, None)), group(1), group(0), None]), []);
}

#[test]
fn a_cycle_of_claims_that_groups_do_not_let_turn_is_no_fault() {
    // 1 would rather be at programme 1, and the first there in reserve; 2, who is there, would
    // rather be at programme 0, but has no claim on the seat that 1 would leave.
    let market = Market::new(
        &[grouped(&[(1, None), (1, None)]), plain(1)],
        &[
            &[wish(0, &[(0, 9)])],
            &[wish(1, &[(0, 1)]), wish(0, &[(1, 9)])],
            &[wish(0, &[(0, 1)]), wish(1, &[(0, 2)])],
        ],
    );
    let examined = |market: &Market, places: &[Place]| {
        let verdict = check(&market.with(places).case().expect("the columns fit"));
        assert_eq!(verdict.violations(), []);
        verdict.of(Property::ApplicantOptimal).expect("it is on record").examined
    };
    let places = [group(0), Some((1, Some(1))), Some((1, None))];
    assert_eq!(examined(&market, &places), 3, "all applicants of an admission computed anew");
    // With nobody to close the cycle, the graph and its only edge are enough.
    let mut market = market;
    market.lists[1].remove(0);
    assert_eq!(examined(&market, &[group(0), group(1), Some((1, None))]), 1);
}

#[test]
fn the_best_admission_is_not_looked_for_while_the_admission_is_unstable() {
    let market = test_and_merit();
    let table = market.with(&[None, None, group(1)]);
    let verdict = check(&table.case().expect("the columns fit"));
    let optimal = verdict.of(Property::ApplicantOptimal).expect("it is on record");
    assert_eq!((optimal.examined, optimal.outcome), (0, Outcome::NotExamined));
    assert!(!verdict.holds());
}
