//! A warm start against a whole new run of the market with fewer seats.

use antagning_matching::{
    ApplicantIx, DeferredAcceptance, Matching, ProgrammeIx, WarmStart, deferred_acceptance,
};
use proptest::prelude::*;

use crate::grouped::instances as grouped;
use crate::grouped::textbook::GroupedInstance;
use crate::instances::draw;

/// Everything that a matching answers about people and offers, but for vacant seats.
fn answers(instance: &GroupedInstance, matching: &Matching<'_>) -> Vec<String> {
    let people = (0..instance.lists.len()).map(|applicant| {
        let applicant = ApplicantIx::new(applicant as u32);
        format!("{:?} {:?}", matching.choice_of(applicant), matching.group_of(applicant))
    });
    let offers = instance.programmes.iter().enumerate().map(|(number, programme)| {
        let index = ProgrammeIx::new(number as u32);
        let groups = if programme.plain { 0 } else { programme.groups.len() };
        let filled: Vec<u32> =
            (0..groups).map(|group| matching.seats_filled(index, group)).collect();
        format!("{} {:?} {filled:?}", matching.admitted_count(index), matching.cutoff(index))
    });
    people.chain(offers).collect()
}

/// Takes seats by lot, ever more of them, and compares.
fn check(most: &GroupedInstance, mut state: u64) {
    let start = WarmStart::new(&most.market().expect("a sound market"));
    let mut scratch = DeferredAcceptance::default();
    for round in 1..=6 {
        let mut changed = most.clone();
        let mut fewer = Vec::new();
        for (number, programme) in changed.programmes.iter_mut().enumerate() {
            for (group, (seats, _)) in programme.groups.iter_mut().enumerate() {
                let taken = (draw(&mut state) % 6 < round) as u64 * draw(&mut state)
                    % (u64::from(*seats) + 1);
                *seats -= taken as u32;
                let group = (!programme.plain).then_some(group);
                fewer.push((ProgrammeIx::new(number as u32), group, taken as u32));
            }
        }
        let warm = start.run(&mut scratch, fewer.iter().copied());
        let cold = changed.market().expect("a sound market");
        let cold = deferred_acceptance(&cold);
        assert_eq!(answers(&changed, &warm), answers(&changed, &cold), "{fewer:?}");
        let taken = |programme: ProgrammeIx| -> u32 {
            fewer.iter().filter(|(of, ..)| *of == programme).map(|(.., seats)| seats).sum()
        };
        for number in 0..changed.programmes.len() {
            let programme = ProgrammeIx::new(number as u32);
            let left = cold.vacancies(programme) + taken(programme);
            assert_eq!(warm.vacancies(programme), left);
        }
    }
}

proptest! {
    #[test]
    fn fewer_seats_equal_a_new_run_in_dense_markets(most in grouped::dense(), state: u64) {
        check(&most, state);
    }

    #[test]
    fn fewer_seats_equal_a_new_run_where_seats_are_scarce(most in grouped::scarce(), state: u64) {
        check(&most, state);
    }

    #[test]
    fn fewer_seats_equal_a_new_run_in_sparse_markets(most in grouped::sparse(), state: u64) {
        check(&most, state);
    }
}

#[test]
fn nothing_taken_is_the_market_itself() {
    let market = crate::instances::uniform(400, 30, 5).market().expect("a sound market");
    let start = WarmStart::new(&market);
    let mut scratch = DeferredAcceptance::default();
    let warm = start.run(&mut scratch, []);
    assert_eq!(warm.applicants_who_differ(&deferred_acceptance(&market)), 0);
    assert_eq!(warm.statistics(), deferred_acceptance(&market).statistics());
}

#[test]
#[should_panic(expected = "3 seats to take of 2")]
fn more_seats_than_there_are_cannot_be_taken() {
    let mut builder = antagning_matching::MarketBuilder::<u64>::new();
    let programme = builder.add_programme(2);
    let start = WarmStart::new(&builder.build().expect("a sound market"));
    start.run(&mut DeferredAcceptance::default(), [(programme, None, 3)]);
}
