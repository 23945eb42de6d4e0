//! The claimant graph: a stable admission that is not the best is refused, with a real remedy.

use antagning_verify::{Step, Violation};
use proptest::prelude::*;

use crate::market::{Market, dense, strict};
use crate::naive::instability;
use crate::programme_proposing::programme_proposing;

/// The cycles in a list that holds nothing else.
fn cycles(faults: &[Violation]) -> Option<Vec<&[Step]>> {
    faults
        .iter()
        .map(|fault| match fault {
            Violation::ImprovementCycle { steps } => Some(steps.as_slice()),
            _ => None,
        })
        .collect()
}

/// Applies reported cycles until none is left; gives the end and the number of rounds.
fn improve(market: &Market, start: &[Option<u32>]) -> (Vec<Option<u32>>, usize) {
    let mut placement = start.to_vec();
    for round in 0.. {
        let faults = market.faults(&placement);
        if faults.is_empty() {
            return (placement, round);
        }
        let before = placement.clone();
        for steps in cycles(&faults).expect("a stable placement has no other fault") {
            assert!(steps.len() > 1);
            for (step, next) in steps.iter().zip(steps.iter().cycle().skip(1)) {
                assert_eq!(before[step.applicant], Some(step.from as u32));
                assert_eq!(step.from, next.to, "each takes the seat that the next one leaves");
                placement[step.applicant] = Some(step.to as u32);
                let rank = |placement: &[Option<u32>]| {
                    market.rank(step.applicant, placement[step.applicant])
                };
                assert!(rank(&placement) < rank(&before), "everybody who moves is better off");
            }
        }
        assert_eq!(instability(market, &placement), [], "the trade keeps it stable");
    }
    unreachable!("every round improves somebody's rank")
}

#[test]
fn rows_of_a_latin_square_trade_up_to_the_optimum() {
    // Applicant i wants i, i+1, …; programme q wants q+1, q+2, …: everybody's last wish is the
    // programme that wants them most.
    for size in 2..=9_u32 {
        let list = |i: u32| (0..size).map(|k| ((i + k) % size, k)).collect();
        let market = Market { seats: vec![1; size as usize], lists: (0..size).map(list).collect() };
        let worst = programme_proposing(&market.seats, &market.lists);
        assert!((0..size).all(|i| worst[i as usize] == Some((i + size - 1) % size)));
        let (best, rounds) = improve(&market, &worst);
        assert!((0..size).all(|i| best[i as usize] == Some(i)));
        assert_eq!(rounds, size as usize - 1);
    }
}

#[test]
fn a_programme_with_many_seats_trades_one_at_a_time() {
    // Programmes 0 and 1 have two seats each and every holder would rather be at the other.
    let there = [(1, 1), (0, 8)];
    let here = [(0, 1), (1, 8)];
    let market = Market::new(&[2, 2], &[&there, &[(1, 2), (0, 9)], &here, &[(0, 2), (1, 9)]]);
    let stuck = [Some(0), Some(0), Some(1), Some(1)];
    let faults = market.faults(&stuck);
    let steps = vec![Step { applicant: 3, from: 1, to: 0 }, Step { applicant: 1, from: 0, to: 1 }];
    assert_eq!(faults, [Violation::ImprovementCycle { steps }]);
    assert_eq!(improve(&market, &stuck), (vec![Some(1), Some(1), Some(0), Some(0)], 2));
}

#[test]
fn a_chain_of_claims_as_long_as_there_are_programmes_is_no_cycle() {
    // Everybody but the first would rather have what the one before has.
    let size = 200_000_u32;
    let list = |i: u32| match i {
        0 => vec![(0, 2)],
        _ => vec![(i - 1, 1), (i, 2)],
    };
    let market = Market { seats: vec![1; size as usize], lists: (0..size).map(list).collect() };
    let own: Vec<_> = (0..size).map(Some).collect();
    assert_eq!(market.faults(&own), []);
    // Close the chain, and it is one cycle.
    let mut closed = market;
    closed.lists[0] = vec![(size - 1, 1), (0, 2)];
    let faults = closed.faults(&own);
    assert!(
        matches!(&faults[..], [Violation::ImprovementCycle { steps }] if steps.len() == size as usize)
    );
}

proptest! {
    #[test]
    fn the_programmes_optimum_is_refused_where_it_differs(market in dense()) {
        let worst = programme_proposing(&market.seats, &market.lists);
        let (best, rounds) = improve(&market, &worst);
        prop_assert_eq!(&best, &market.optimum());
        prop_assert_eq!(rounds == 0, worst == best);
    }

    #[test]
    fn likewise_with_several_seats_and_short_lists(market in strict(12, 5)) {
        let worst = programme_proposing(&market.seats, &market.lists);
        let (best, rounds) = improve(&market, &worst);
        prop_assert_eq!(&best, &market.optimum());
        prop_assert_eq!(rounds == 0, worst == best);
    }
}
