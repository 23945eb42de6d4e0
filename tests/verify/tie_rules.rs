//! Ties that are admitted or rejected as a whole: hand-made counter-examples, every placement of
//! tiny markets, and the figures and positions that go with them.

use antagning_verify::{CutoffKind, Outcome, Property, Status, Ties, Violation, check};
use proptest::prelude::*;

use crate::brute_force::all_placements;
use crate::market::{Market, tied};
use crate::naive::claims;
use crate::published::Publication;

fn faults(market: &Market, ties: Ties, placement: &[Option<u32>]) -> Vec<Violation> {
    let mut table = market.with(placement);
    table.ties = ties;
    check(&table.case().expect("the columns fit")).violations().to_vec()
}

/// One programme that everybody wants, and so many seats.
fn single(seats: u32, keys: &[u32]) -> Market {
    Market { seats: vec![seats], lists: keys.iter().map(|&key| vec![(0, key)]).collect() }
}

fn first(admitted: usize, of: usize) -> Vec<Option<u32>> {
    (0..of).map(|a| (a < admitted).then_some(0)).collect()
}

#[test]
fn a_right_admission_is_proven_with_what_was_examined() {
    let market = single(2, &[9, 5, 5, 1]);
    for (ties, admitted) in [(Ties::AdmitAll, 3), (Ties::RejectAll, 1)] {
        let mut table = market.with(&first(admitted, 4));
        table.ties = ties;
        let verdict = check(&table.case().expect("the columns fit"));
        let examined: Vec<_> =
            verdict.checks().iter().map(|c| (c.property.code(), c.examined, c.outcome)).collect();
        let proven = |code, examined| (code, examined, Outcome::Proven);
        assert_eq!(
            examined,
            [
                proven("capacity", 1),
                proven("on_list", admitted),
                proven("no_wasted_seat", 4 - admitted),
                proven("no_justified_envy", 4 - admitted),
                proven("equal_treatment", 4 - admitted),
                proven("applicant_optimal", 4),
            ],
        );
        assert_eq!(verdict.of(Property::StrictPriorities), None);
    }
}

#[test]
fn equals_of_the_admitted_may_not_wait() {
    let market = single(2, &[9, 5, 5, 1]);
    let unequal = Violation::UnequalTreatment { applicant: 2, programme: 0, holder: 1 };
    for ties in [Ties::AdmitAll, Ties::RejectAll] {
        assert_eq!(faults(&market, ties, &first(2, 4)), std::slice::from_ref(&unequal));
    }
}

#[test]
fn nobody_is_admitted_beyond_the_tie() {
    let market = single(2, &[9, 5, 5, 1]);
    let beyond = Violation::BeyondTheTie { programme: 0, seats: 2, admitted: 4, ahead: 3 };
    assert_eq!(faults(&market, Ties::AdmitAll, &first(4, 4)), [beyond]);
    let over = |admitted| Violation::OverCapacity { programme: 0, seats: 2, admitted };
    assert_eq!(faults(&market, Ties::RejectAll, &first(3, 4)), [over(3)]);
}

#[test]
fn a_programme_without_seats_admits_nobody_tied_or_not() {
    let market = single(0, &[5, 5]);
    for ties in [Ties::AdmitAll, Ties::RejectAll] {
        assert_eq!(faults(&market, ties, &[None, None]), []);
        let over = Violation::OverCapacity { programme: 0, seats: 0, admitted: 2 };
        assert_eq!(faults(&market, ties, &[Some(0), Some(0)]), [over]);
    }
}

#[test]
fn a_seat_is_wasted_when_all_equals_would_fit() {
    let wasted = |applicant, vacant| Violation::WastedSeat { applicant, programme: 0, vacant };
    let market = single(3, &[9, 5, 5, 1]);
    let both = [wasted(1, 2), wasted(2, 2)];
    assert_eq!(faults(&market, Ties::RejectAll, &first(1, 4)), both);
    let all = [wasted(1, 2), wasted(2, 2), wasted(3, 2)];
    assert_eq!(faults(&market, Ties::AdmitAll, &first(1, 4)), all);
    // Three with one key do not fit in two seats, and so nobody behind them does either.
    let market = single(3, &[9, 5, 5, 5, 1]);
    assert_eq!(faults(&market, Ties::RejectAll, &first(1, 5)), []);
}

#[test]
fn envy_is_envy() {
    let market = single(2, &[9, 8, 5, 5]);
    let envy = Violation::JustifiedEnvy { applicant: 1, programme: 0, holder: 2 };
    let without = [Some(0), None, Some(0), Some(0)];
    assert_eq!(faults(&market, Ties::AdmitAll, &without), [envy]);
}

#[test]
fn two_who_could_trade() {
    let market = Market::new(&[1, 1], &[&[(0, 1), (1, 2)], &[(1, 1), (0, 2)]]);
    let better = Violation::BetterAdmission { applicant: 0, programme: 0, better_off: 2 };
    for ties in [Ties::AdmitAll, Ties::RejectAll] {
        assert_eq!(faults(&market, ties, &[Some(1), Some(0)]), std::slice::from_ref(&better));
        assert_eq!(faults(&market, ties, &[Some(0), Some(1)]), []);
    }
}

/// What a programme makes of all who would have it: the lowest key that is admitted.
fn limit(ties: Ties, seats: usize, mut keys: Vec<u32>) -> Option<u32> {
    keys.sort_unstable();
    let admissible = |&&key: &&u32| {
        let with = keys.iter().filter(|&&other| other >= key).count();
        let above = keys.iter().filter(|&&other| other > key).count();
        if ties == Ties::AdmitAll { above < seats } else { with <= seats }
    };
    keys.iter().find(admissible).copied()
}

/// Whether every programme admits just those at or above the limit among all who would have it.
fn is_stable(market: &Market, ties: Ties, placement: &[Option<u32>]) -> bool {
    let claims = claims(market, placement);
    let on_list = |a: usize| placement[a].is_none_or(|q| market.key(a, q).is_some());
    (0..placement.len()).all(on_list)
        && (0..market.seats.len() as u32).all(|q| {
            let held = (0..placement.len()).filter(|&a| placement[a] == Some(q));
            let held: Vec<u32> = held.filter_map(|a| market.key(a, q)).collect();
            let waiting: Vec<u32> = claims.iter().filter(|c| c.1 == q).map(|c| c.2).collect();
            let all = [held.as_slice(), &waiting].concat();
            let limit = limit(ties, market.seats[q as usize] as usize, all);
            held.iter().all(|&key| limit.is_some_and(|limit| key >= limit))
                && waiting.iter().all(|&key| limit.is_none_or(|limit| key < limit))
        })
}

/// What an office publishes that keeps ties together, from the strict one: positions are already
/// shared there, and vacant seats can be fewer than none only by admitting all.
fn publication(market: &Market, placement: &[Option<u32>]) -> Publication {
    let table = market.with(placement);
    Publication::honest(market, &table)
}

proptest! {
    #[test]
    fn exactly_the_best_stable_placement_is_accepted(
        market in tied(5, 3),
        ties in prop::sample::select(&[Ties::AdmitAll, Ties::RejectAll][..]),
    ) {
        let all = all_placements(&market);
        let stable: Vec<_> = all.iter().filter(|p| is_stable(&market, ties, p)).collect();
        let nobody_better = |best: &[Option<u32>], other: &[Option<u32>]| {
            (0..best.len()).all(|a| market.rank(a, best[a]) <= market.rank(a, other[a]))
        };
        let best: Vec<_> =
            stable.iter().filter(|p| stable.iter().all(|other| nobody_better(p, other))).collect();
        prop_assert_eq!(best.len(), 1, "an applicant-optimal stable placement exists and is unique");
        for placement in &all {
            let faults = faults(&market, ties, placement);
            prop_assert_eq!(faults.is_empty(), placement == *best[0]);
            // What is stable but not the best has one fault; what is not stable has others.
            let only_not_best = matches!(&faults[..], [Violation::BetterAdmission { .. }]);
            prop_assert_eq!(only_not_best, is_stable(&market, ties, placement) && placement != *best[0]);
        }
    }

    #[test]
    fn positions_are_shared_and_a_changed_one_is_named(
        market in tied(8, 2),
        ties in prop::sample::select(&[Ties::AdmitAll, Ties::RejectAll][..]),
    ) {
        // Nobody is placed, so everybody waits everywhere.
        let nowhere = vec![None; market.lists.len()];
        let mut table = market.with(&nowhere);
        table.ties = ties;
        let publication = publication(&market, &nowhere);
        prop_assert_eq!(publication.faults(&table), []);
        for choice in 0..publication.reserve_position.len() {
            for to in [None, Some(0), Some(1), Some(2), Some(3)] {
                let found = publication.reserve_position[choice];
                let mut changed = publication.clone();
                changed.reserve_position[choice] = to;
                let expected: Vec<_> = (to != found).then(|| Violation::WrongReservePosition {
                    applicant: table.offsets.iter().filter(|&&start| start <= choice).count() - 1,
                    choice,
                    programme: table.programme[choice] as usize,
                    published: to,
                    found,
                }).into_iter().collect();
                prop_assert_eq!(changed.faults(&table), expected);
            }
        }
    }
}

#[test]
fn no_seat_is_vacant_where_more_are_admitted() {
    let market = single(2, &[9, 5, 5, 1]);
    let mut table = market.with(&first(3, 4));
    table.ties = Ties::AdmitAll;
    let mut publication = publication(&market, &first(1, 4));
    publication.status[1..3].fill(Status::Admitted);
    publication.reserve_position = vec![None, None, None, Some(1)];
    let row = &mut publication.programmes[0];
    (row.admitted, row.vacant, row.reserves) = (3, 0, 1);
    (row.cutoff_kind, row.cutoff) = (CutoffKind::Value, Some(table.score[1]));
    let sum: u64 = table.score[..3].iter().sum();
    (row.median, row.mean) = (Some(table.score[1]), Some((2 * sum + 3) / 6));
    assert_eq!(publication.faults(&table), []);
}
