//! Small markets, where every plan can be tried.

use antagning_matching::{PlannedSeats, SeatChange, SeatPlan, plan_seats};

use super::cases::{Aim, Case};
use crate::incremental::how_many;
use crate::incremental::season::markets;
use crate::instances::draw;

/// So many rounds suffice on markets as small as these.
const ROUNDS: u64 = 4_000;

fn planned(case: &Case) -> PlannedSeats {
    plan_seats(&case.problem, 5, |progress| progress.rounds < ROUNDS)
}

/// The most that any plan within the limits gains, among those with the least steps where they can
/// all be had; and of those that take seats, among those that take the most.
fn best_of_all(case: &Case) -> Option<(u32, i64)> {
    let options = &case.problem.options;
    let least: Vec<u32> = options.iter().map(|option| option.least).collect();
    if !case.is_within(&least) {
        return None;
    }
    let mut best = None;
    let mut steps = least.clone();
    loop {
        if case.is_within(&steps) {
            best = best.max(Some((taken(case, &steps), case.gain_by_textbook(&steps))));
        }
        // Counts up, the first option fastest.
        let Some(next) = (0..steps.len()).find(|&at| steps[at] < options[at].most) else {
            return best;
        };
        steps[..next].copy_from_slice(&least[..next]);
        steps[next] += 1;
    }
}

/// Seats taken, which go before what is lost by it; added ones do not count.
fn taken(case: &Case, steps: &[u32]) -> u32 {
    match case.problem.change {
        SeatChange::Add => 0,
        SeatChange::Take => case.seats(steps),
    }
}

fn check_said(case: &Case, plan: &SeatPlan) {
    let steps = case.steps(&plan.order);
    assert!(case.is_within(&steps), "{steps:?}");
    assert_eq!(plan.gain, case.gain_by_textbook(&steps), "{steps:?}");
    assert_eq!(plan.seats(&case.problem), case.seats(&steps));
}

/// How the plans of many cases compare with the best of all.
#[derive(Debug, Default)]
struct Tally {
    cases: u64,
    greedy_missed: u64,
    search_missed: u64,
}

impl Tally {
    fn add(&mut self, case: &Case) {
        let planned = planned(case);
        check_said(case, &planned.greedy);
        check_said(case, &planned.best);
        let Some(best) = best_of_all(case) else { return };
        let score = |plan: &SeatPlan| (taken(case, &case.steps(&plan.order)), plan.gain);
        assert!(score(&planned.greedy) <= score(&planned.best));
        assert!(score(&planned.best) <= best, "{best:?} by trying all");
        self.cases += 1;
        self.greedy_missed += u64::from(score(&planned.greedy) < best);
        self.search_missed += u64::from(score(&planned.best) < best);
    }
}

fn small_cases() -> impl Iterator<Item = (Case, u64)> {
    let small = markets().filter(|instance| {
        let places: usize = instance.programmes.iter().map(|p| p.groups.len()).sum();
        (2..=6).contains(&places) && instance.lists.len() > 2
    });
    let mut state = 3;
    small.take(how_many(300) as usize).enumerate().map(move |(number, instance)| {
        let (aim, seats) = (Aim::ALL[number % 4], 1 + (draw(&mut state) % 4) as u32);
        let change = if number % 3 == 2 { SeatChange::Take } else { SeatChange::Add };
        (Case::free(instance, aim, change, seats), draw(&mut state))
    })
}

/// Greedy plans and those of the search, against all allocations of the seats.
#[test]
fn the_search_finds_the_best_plan_of_all() {
    let mut tally = Tally::default();
    small_cases().for_each(|(case, _)| tally.add(&case));
    assert!(tally.cases > 100, "{tally:?}");
    assert_eq!(tally.search_missed, 0, "{tally:?}");
    // Otherwise nothing would be left to search for.
    assert!(tally.greedy_missed > 0, "{tally:?}");
}

#[test]
fn the_search_finds_the_best_plan_within_limits() {
    let mut tally = Tally::default();
    small_cases().for_each(|(case, mut state)| tally.add(&case.limited(&mut state)));
    assert!(tally.cases > 100, "{tally:?}");
    assert_eq!(tally.search_missed, 0, "{tally:?}");
    assert!(tally.greedy_missed > 0, "{tally:?}");
}
