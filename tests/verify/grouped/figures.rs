//! Published figures of groups, counted by hand.

use antagning_verify::{
    Applications, CutoffKind, FigureValue, PublishedProgramme, Status, Violation,
};

use super::market::{Market, Place, Table, grouped, score, wish};
use super::publication::Publication;

/// A seat by test and two by merit. 0, 1 and 4 have a test, and 0 is taken by it; merit takes 1
/// and 2; 3 and 4 wait.
fn market() -> (Market, Vec<Place>) {
    let market = Market::new(
        &[grouped(&[(1, Some(1)), (2, None)])],
        &[
            &[wish(0, &[(0, 9 << 8), (1, 3 << 8)])],
            &[wish(0, &[(0, 8 << 8), (1, 6 << 8)])],
            &[wish(0, &[(1, 5 << 8)])],
            &[wish(0, &[(1, 4 << 8)])],
            &[wish(0, &[(0, 7 << 8), (1, 2 << 8)])],
        ],
    );
    (market, vec![Some((0, Some(0))), Some((0, Some(1))), Some((0, Some(1))), None, None])
}

fn hand_counted() -> Publication {
    use Status::{Admitted, Reserve};
    let total = PublishedProgramme {
        programme: 0,
        group: None,
        seats: 3,
        applicants: 6,
        first_choice_applicants: 4,
        admitted: 3,
        vacant: 0,
        reserves: 2,
        cutoff_kind: CutoffKind::ByGroup,
        cutoff: None,
        median: None,
        mean: None,
    };
    let by_test = PublishedProgramme {
        group: Some(0),
        seats: 1,
        applicants: 3,
        first_choice_applicants: 2,
        admitted: 1,
        // Only the last applicant waits with a test.
        reserves: 1,
        cutoff_kind: CutoffKind::Value,
        cutoff: Some(score(9 << 8)),
        median: Some(score(9 << 8)),
        mean: Some(score(9 << 8)),
        ..total
    };
    let by_merit = PublishedProgramme {
        group: Some(1),
        seats: 2,
        applicants: 5,
        first_choice_applicants: 3,
        admitted: 2,
        reserves: 2,
        cutoff_kind: CutoffKind::Value,
        cutoff: Some(score(5 << 8)),
        median: Some(score(5 << 8) + 6_173),
        mean: Some(score(5 << 8) + 6_173),
        ..total
    };
    let rows = [(0, true), (0, true), (0, true), (0, false), (0, false), (0, true)];
    Publication {
        programmes: vec![by_merit, total, by_test],
        status: vec![Admitted, Admitted, Admitted, Reserve, Reserve],
        reserve_position: vec![None, None, None, Some(1), Some(2)],
        group: vec![Some(0), Some(1), Some(1), Some(1), Some(1)],
        first_application: vec![true, true, true, false, false],
        applications: Applications::count(1, rows).expect("all are known"),
    }
}

fn table() -> Table {
    let (market, places) = market();
    market.with(&places)
}

#[test]
fn hand_counted_figures_are_accepted() {
    assert_eq!(table().faults(), []);
    let verdict = hand_counted().verdict(&table());
    assert_eq!(verdict.violations(), []);
    let examined: Vec<_> =
        verdict.checks().iter().map(|c| (c.property.code(), c.examined)).collect();
    assert_eq!(
        examined,
        [("figures", 30), ("statuses", 5), ("stated_groups", 5), ("reserve_positions", 2)]
    );
}

#[test]
fn a_group_whose_only_rejected_was_taken_later_has_a_cutoff() {
    let (mut market, places) = market();
    market.lists.truncate(3);
    let publication = Publication::honest(&market, &places[..3]);
    let of = |group| {
        let rows = &publication.programmes;
        *rows.iter().find(|row| row.group == group).expect("it is there")
    };
    assert_eq!(of(Some(0)).cutoff, Some(score(9 << 8)));
    assert_eq!(of(Some(1)).cutoff_kind, CutoffKind::AllEligibleAdmitted);
    assert_eq!(of(None).cutoff_kind, CutoffKind::AllEligibleAdmitted);
    assert_eq!(publication.faults(&market.with(&places[..3])), []);
}

#[test]
fn seats_count_as_vacant_where_they_end_up() {
    // Nobody has a test, so its two seats are merit's, and one of the three remains.
    let market = Market::new(
        &[grouped(&[(2, Some(1)), (1, None)])],
        &[&[wish(0, &[(1, 1)])], &[wish(0, &[(1, 2)])]],
    );
    let places = [Some((0, Some(1))), Some((0, Some(1)))];
    let publication = Publication::honest(&market, &places);
    let vacant: Vec<_> = publication.programmes.iter().map(|row| row.vacant).collect();
    assert_eq!(vacant, [1, 0, 1]);
    assert_eq!(publication.faults(&market.with(&places)), []);
}

#[test]
fn the_row_of_a_programme_with_one_group_says_what_the_group_says() {
    let market =
        Market::new(&[grouped(&[(1, None)])], &[&[wish(0, &[(0, 9 << 8)])], &[wish(0, &[(0, 1)])]]);
    let places = [Some((0, Some(0))), None];
    let publication = Publication::honest(&market, &places);
    assert_eq!(publication.programmes[0].cutoff_kind, CutoffKind::Value);
    assert_eq!(publication.programmes[0].cutoff, Some(score(9 << 8)));
    // It is the claim's score that counts, not the choice's.
    let mut table = market.with(&places);
    table.score.fill(0);
    assert_eq!(publication.faults(&table), []);
    table.claim_score.fill(7);
    let figure = |group, figure| Violation::WrongFigure {
        programme: 0,
        group,
        figure,
        published: FigureValue::Score(score(9 << 8)),
        found: FigureValue::Score(7),
    };
    let both = [None, Some(0)];
    let expected = both.map(|group| ["cutoff", "median", "mean"].map(|name| figure(group, name)));
    assert_eq!(publication.faults(&table), expected.concat());
}

#[test]
fn a_group_row_missing_twice_or_about_no_group_is_found() {
    let mut publication = hand_counted();
    publication.programmes[0] = publication.programmes[2];
    publication.programmes.push(PublishedProgramme { group: Some(2), ..publication.programmes[1] });
    let rows = |group, published, found| Violation::WrongFigure {
        programme: 0,
        group: Some(group),
        figure: "rows",
        published: FigureValue::Count(published),
        found: FigureValue::Count(found),
    };
    let faults = publication.faults(&table());
    assert_eq!(faults, [rows(2, 1, 0), rows(0, 2, 1), rows(1, 0, 1)]);
}

#[test]
fn reserves_share_the_order_of_a_group_but_have_their_own_last() {
    // Two wait for the test alone; one of them, and another, for merit: who is behind in the test
    // counts both ahead there.
    let market = Market::new(
        &[grouped(&[(1, None), (1, None)])],
        &[
            &[wish(0, &[(0, 9)])],
            &[wish(0, &[(1, 9)])],
            &[wish(0, &[(0, 8), (1, 1)])],
            &[wish(0, &[(0, 7)])],
            &[wish(0, &[(1, 2)])],
        ],
    );
    let places = [Some((0, Some(0))), Some((0, Some(1))), None, None, None];
    let publication = Publication::honest(&market, &places);
    let table = market.with(&places);
    assert_eq!(publication.reserve_position, [None, None, Some(2), Some(2), Some(1)]);
    assert_eq!(publication.group[2..], [Some(1), Some(0), Some(1)]);
    assert_eq!(publication.faults(&table), []);
}

#[test]
fn equal_keys_leave_the_reserve_order_of_a_group_open() {
    let claims = |priority| [wish(0, &[(0, priority)])];
    let market = Market::new(
        &[grouped(&[(1, None)])],
        &[&claims(9), &claims(8), &claims(3), &claims(3), &claims(1)],
    );
    let places = [Some((0, Some(0))), None, None, None, None];
    let mut publication = Publication::honest(&market, &places);
    let table = market.with(&places);
    let tie = Violation::EqualKeys { programme: 0, applicants: vec![2, 3] };
    publication.reserve_position = vec![None, Some(1), Some(3), Some(2), Some(4)];
    assert_eq!(publication.faults(&table), [tie]);
    publication.reserve_position[2] = Some(4);
    assert_eq!(publication.faults(&table).len(), 2);
}

#[test]
fn a_tie_for_the_first_place_in_reserve_is_named_by_one_check_only() {
    let claims = |priority| [wish(0, &[(0, priority)])];
    let market = Market::new(&[grouped(&[(1, None)])], &[&claims(9), &claims(3), &claims(3)]);
    let places = [Some((0, Some(0))), None, None];
    let mut publication = Publication::honest(&market, &places);
    publication.reserve_position = vec![None, Some(2), Some(1)];
    let table = market.with(&places);
    assert_eq!(publication.faults(&table), []);
    assert_eq!(table.faults(), [Violation::EqualKeys { programme: 0, applicants: vec![1, 2] }]);
}
