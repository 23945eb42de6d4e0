//! Places that an official gave: what a cutoff may say.

use antagning_verify::{CutoffKind, FigureValue, Violation};

use super::market::{Market, Place, Programme, grouped, plain, score, wish};
use super::publication::Publication;

/// Two who have a place at the only programme and one who waits, and who were placed by hand.
fn kinds_found(
    programme: Programme,
    groups: [u32; 2],
    by_hand: [bool; 3],
) -> Vec<(Option<u32>, CutoffKind)> {
    let stated = |group: u32| (!programme.plain).then_some(group);
    let market = Market::new(
        std::slice::from_ref(&programme),
        &[
            &[wish(0, &[(groups[0], 9 << 8)])],
            &[wish(0, &[(groups[1], 8 << 8)])],
            &[wish(0, &[(groups[1], 7 << 8)])],
        ],
    );
    let places: [Place; 3] = [Some((0, stated(groups[0]))), Some((0, stated(groups[1]))), None];
    let mut publication = Publication::honest(&market, &places);
    let mut table = market.with(&places);
    assert_eq!(publication.faults(&table), []);
    table.by_hand = by_hand.to_vec();
    assert_eq!(table.faults(), []);
    // A cutoff that was published as a value is wrong along with its kind.
    for violation in publication.faults(&table) {
        let Violation::WrongFigure { programme: 0, group, figure, found, .. } = violation else {
            panic!("unexpected: {violation:?}");
        };
        let mut rows = publication.programmes.iter_mut();
        let row = rows.find(|row| row.group == group).expect("it is there");
        match (figure, found) {
            ("cutoff_kind", FigureValue::Kind(kind)) => row.cutoff_kind = kind,
            ("cutoff", FigureValue::Absent) => row.cutoff = None,
            other => panic!("unexpected: {other:?}"),
        }
    }
    assert_eq!(publication.faults(&table), []);
    assert!(
        publication
            .programmes
            .iter()
            .all(|row| row.cutoff.is_some() == (row.cutoff_kind == CutoffKind::Value))
    );
    publication.programmes.iter().map(|row| (row.group, row.cutoff_kind)).collect()
}

use CutoffKind::{AllEligibleAdmitted, ByGroup, Manual, Value};

#[test]
fn a_plain_programme_is_manual_when_all_are_placed_by_hand() {
    let kinds = |by_hand| kinds_found(plain(2), [0, 0], by_hand);
    assert_eq!(kinds([true, true, false]), [(None, Manual)]);
    assert_eq!(kinds([true, false, false]), [(None, Value)]);
    assert_eq!(kinds([false, false, true]), [(None, Value)]);
}

#[test]
fn so_is_one_with_a_single_group() {
    let kinds = |by_hand| kinds_found(grouped(&[(2, None)]), [0, 0], by_hand);
    assert_eq!(kinds([true, true, false]), [(None, Manual), (Some(0), Manual)]);
    assert_eq!(kinds([true, false, false]), [(None, Value), (Some(0), Value)]);
}

#[test]
fn groups_are_manual_one_by_one() {
    let two = grouped(&[(1, None), (1, None)]);
    let kinds = |by_hand| kinds_found(two.clone(), [0, 1], by_hand);
    assert_eq!(kinds([true, true, false]), [(None, Manual), (Some(0), Manual), (Some(1), Manual)]);
    assert_eq!(kinds([true, false, false]), [(None, ByGroup), (Some(0), Manual), (Some(1), Value)]);
    assert_eq!(
        kinds([false, true, false]),
        [(None, ByGroup), (Some(0), AllEligibleAdmitted), (Some(1), Manual)]
    );
}

#[test]
fn a_programme_filled_by_hand_is_manual_though_nobody_waits() {
    let market = Market::new(&[plain(2)], &[&[wish(0, &[(0, 9 << 8)])]]);
    let places = [Some((0, None))];
    let mut publication = Publication::honest(&market, &places);
    let mut table = market.with(&places);
    table.by_hand = vec![true];
    let found = FigureValue::Kind(Manual);
    let published = FigureValue::Kind(AllEligibleAdmitted);
    assert_eq!(
        publication.faults(&table),
        [Violation::WrongFigure {
            programme: 0,
            group: None,
            figure: "cutoff_kind",
            published,
            found
        }]
    );
    publication.programmes[0].cutoff_kind = Manual;
    assert_eq!(publication.programmes[0].median, Some(score(9 << 8)));
    assert_eq!(publication.faults(&table), []);
}

#[test]
fn a_group_that_humans_ranked_is_manual_whoever_is_in_it() {
    let market = Market::new(
        &[grouped(&[(1, None), (1, None)])],
        &[&[wish(0, &[(0, 9 << 8)])], &[wish(0, &[(0, 8 << 8)])], &[wish(0, &[(1, 7 << 8)])]],
    );
    let places = [Some((0, Some(0))), None, None];
    let mut publication = Publication::honest(&market, &places);
    let mut table = market.with(&places);
    table.ranked_by_hand = vec![true, true];
    let row = publication.programmes.iter_mut().find(|row| row.group == Some(0));
    let row = row.expect("it is there");
    (row.cutoff_kind, row.cutoff) = (Manual, None);
    // The other group took nobody, which no order of humans changes.
    assert_eq!(publication.faults(&table), []);
}
