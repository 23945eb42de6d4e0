//! Plans that can be checked on paper.

use antagning_matching::{SeatChange, plan_seats};

use super::cases::{Aim, Case};
use crate::grouped::textbook::{GroupedInstance, Programme};

fn plain(seats: u32) -> Programme {
    Programme { groups: vec![(seats, None)], plain: true }
}

/// Two seats that complete each other: one in arts moves anna up, and leaves her seat in crafts
/// empty, since björn holds one and nobody else wants it; a seat in dance does nothing else than
/// place david. Two in arts move anna and björn.
fn instance() -> GroupedInstance {
    let claim = |programme: usize, key: u64| (programme, vec![(0, key)]);
    GroupedInstance {
        programmes: vec![plain(0), plain(2), plain(0)],
        lists: vec![
            vec![claim(0, 9), claim(1, 9)],
            vec![claim(0, 8), claim(1, 8)],
            vec![claim(1, 7)],
            vec![claim(2, 6)],
        ],
    }
}

#[test]
fn seats_go_where_they_gain_most() {
    let planned = |seats, rounds| {
        let case = Case::free(instance(), Aim::Ranks, SeatChange::Add, seats);
        plan_seats(&case.problem, 1, |progress| progress.rounds < rounds)
    };
    // Anna moves up, and the third applicant gets her seat: two ranks.
    assert_eq!((planned(1, 0).greedy.order, planned(1, 0).greedy.gain), (vec![0], 2));
    // Then björn moves up alone, or david is placed: one rank each.
    assert_eq!(planned(2, 500).best.gain, 3);
    assert_eq!(planned(3, 500).best.gain, 4);
    // A fourth seat has nobody to go to, and stays out of the plan.
    assert_eq!(planned(9, 500).best.order.len(), 3);
}

#[test]
fn the_same_rounds_give_the_same_plan() {
    let case = Case::free(instance(), Aim::Ranks, SeatChange::Add, 2);
    let planned = |seed| plan_seats(&case.problem, seed, |progress| progress.rounds < 64);
    assert_eq!(planned(3), planned(3));
    assert_eq!(planned(3).rounds, 64);
    let stopped = plan_seats(&case.problem, 3, |_| false);
    assert_eq!((&stopped.best, stopped.rounds), (&stopped.greedy, 0));
}

/// And does not leave the search beside it waiting.
#[test]
#[should_panic(expected = "enough")]
fn who_asks_may_panic() {
    let case = Case::free(instance(), Aim::Ranks, SeatChange::Add, 2);
    plan_seats(
        &case.problem,
        3,
        |progress| if progress.rounds < 100 { true } else { panic!("enough") },
    );
}

#[test]
fn seats_are_taken_where_it_hurts_least() {
    let case = Case::free(instance(), Aim::Placed, SeatChange::Take, 5);
    let planned = plan_seats(&case.problem, 1, |progress| progress.rounds < 100);
    // There are two seats, and both are held.
    assert_eq!((planned.best.order, planned.best.gain), (vec![1, 1], -2_002));
}

/// Three offers with one applicant more than seats could be spared: greed takes single seats, and a
/// class of three can only come in the place of all of them.
#[test]
fn a_large_step_takes_the_place_of_small_ones() {
    let claim = |programme: usize, key: u64| vec![(programme, vec![(0, key)])];
    let instance = GroupedInstance {
        programmes: vec![plain(1), plain(2), plain(3)],
        lists: vec![claim(0, 1), claim(1, 2), claim(2, 3)],
    };
    let mut case = Case::free(instance, Aim::Placed, SeatChange::Take, 3);
    case.problem.options[2].step = 3;
    let planned = plan_seats(&case.problem, 1, |progress| progress.rounds < 300);
    assert_eq!(planned.greedy.gain, -2_002);
    assert_eq!((planned.best.order, planned.best.gain), (vec![2], -1_001));
}

#[test]
fn nothing_can_be_planned_where_there_is_nothing() {
    let empty = GroupedInstance { programmes: vec![], lists: vec![] };
    for change in [SeatChange::Add, SeatChange::Take] {
        let case = Case::free(empty.clone(), Aim::Placed, change, 3);
        let planned = plan_seats(&case.problem, 1, |_| true);
        assert_eq!((planned.best.order, planned.best.gain), (vec![], 0));
        // Nobody wants a seat, and there is none to take.
        let unwanted = GroupedInstance { programmes: vec![plain(0)], lists: vec![] };
        let case = Case::free(unwanted, Aim::Placed, change, 3);
        let planned = plan_seats(&case.problem, 1, |progress| progress.rounds < 100);
        assert_eq!((planned.best.order, planned.best.gain), (vec![], 0));
    }
}
