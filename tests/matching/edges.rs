//! Markets at the edge, what the builder refuses, and what a matching answers.

use antagning_matching::{
    ApplicantIx, Cutoff, Market, MarketBuilder, MarketError, ProgrammeIx, deferred_acceptance,
    programme_proposing,
};

use crate::textbook::Instance;

/// An applicant's choices: programme and priority.
type List<'a> = &'a [(usize, u64)];

fn instance(seats: &[u32], lists: &[List<'_>]) -> Instance {
    Instance { seats: seats.to_vec(), lists: lists.iter().map(|list| list.to_vec()).collect() }
}

fn market(seats: &[u32], lists: &[List<'_>]) -> Market {
    instance(seats, lists).market().expect("a sound market")
}

const fn a(number: u32) -> ApplicantIx {
    ApplicantIx::new(number)
}

const fn p(number: u32) -> ProgrammeIx {
    ProgrammeIx::new(number)
}

#[test]
fn nothing_at_all() {
    let empty = MarketBuilder::<u64>::new().build().expect("an empty market");
    assert_eq!((empty.applicants(), empty.programmes(), empty.choices()), (0, 0, 0));
    for matching in [deferred_acceptance(&empty), programme_proposing(&empty)] {
        assert_eq!(matching.statistics().placed, 0);
    }
}

#[test]
fn nobody_lists_anything() {
    let market = market(&[2], &[&[], &[]]);
    let matching = deferred_acceptance(&market);
    assert_eq!(matching.programme_of(a(1)), None);
    assert_eq!(matching.statistics().unplaced, 2);
    assert_eq!(matching.vacancies(p(0)), 2);
    assert_eq!(matching.cutoff(p(0)), Cutoff::NoneAdmitted);
}

#[test]
fn no_seats() {
    let market = market(&[0, 1], &[&[(0, 5), (1, 5)], &[(0, 4)]]);
    for matching in [deferred_acceptance(&market), programme_proposing(&market)] {
        assert_eq!(matching.choice_of(a(0)), Some(1));
        assert_eq!(matching.choice_of(a(1)), None);
        assert_eq!(matching.cutoff(p(0)), Cutoff::NoneAdmitted);
        assert_eq!(matching.reserves(p(0)).collect::<Vec<_>>(), [a(0), a(1)]);
        assert_eq!(matching.cutoff(p(1)), Cutoff::AllAdmitted);
    }
}

#[test]
fn more_seats_than_anyone_can_fill() {
    let market = market(&[u32::MAX], &[&[(0, 5)], &[(0, 4)]]);
    let matching = deferred_acceptance(&market);
    assert_eq!(matching.admitted_count(p(0)), 2);
    assert_eq!(matching.vacancies(p(0)), u32::MAX - 2);
}

#[test]
fn one_programme_answers_everything() {
    let market = market(&[2, 1], &[&[(0, 10)], &[(0, 40)], &[(0, 20), (1, 20)], &[(0, 30)]]);
    let ranking: Vec<_> = market.ranking(p(0)).collect();
    assert_eq!(ranking, [(a(1), 0), (a(3), 0), (a(2), 0), (a(0), 0)]);
    assert_eq!(market.ranking(p(1)).collect::<Vec<_>>(), [(a(2), 1)]);
    assert_eq!(market.list(a(2)).collect::<Vec<_>>(), [p(0), p(1)]);
    assert_eq!((market.rank_at(a(2), 0), market.rank_at(a(2), 1)), (2, 0));
    assert_eq!((market.choices(), market.seats(p(0))), (5, 2));

    let matching = deferred_acceptance(&market);
    assert_eq!(matching.admitted_to(p(0)).collect::<Vec<_>>(), [a(1), a(3)]);
    assert_eq!(matching.last_admitted(p(0)), Some(a(3)));
    assert_eq!(matching.reserves(p(0)).collect::<Vec<_>>(), [a(2), a(0)]);
    assert_eq!(matching.cutoff(p(0)), Cutoff::Value(a(3)));
    assert_eq!(matching.programme_of(a(2)), Some(p(1)));
    // Full, and yet nobody was turned away.
    assert_eq!((matching.vacancies(p(1)), matching.cutoff(p(1))), (0, Cutoff::AllAdmitted));
    let statistics = matching.statistics();
    assert_eq!((statistics.placed, statistics.unplaced), (3, 1));
    assert_eq!(statistics.by_choice, [2, 1]);
    assert_eq!((statistics.proposals, statistics.rejections), (5, 2));
}

#[test]
fn matchings_of_different_markets_are_compared_by_who_is_placed_where() {
    let fewer = deferred_acceptance(&market(&[1, 1], &[&[(0, 1)]]));
    let more = deferred_acceptance(&market(&[1, 1], &[&[(1, 1)], &[(0, 1)], &[]]));
    assert_eq!(fewer.applicants_who_differ(&more), 2);
    assert_eq!(more.applicants_who_differ(&fewer), 2);
}

/// Everybody is tied everywhere, and a tie that decides nothing is refused as well.
#[test]
fn ties_are_refused_and_listed() {
    let all: List<'_> = &[(1, 7), (0, 7)];
    let error = instance(&[9, 9], &[all, all, &[(0, 8)], &[]]).market().expect_err("tied");
    let groups = vec![(p(0), vec![a(0), a(1)]), (p(1), vec![a(0), a(1)])];
    assert_eq!(error, MarketError::UnresolvedTies { applicants: 2, programmes: 2, groups });
    assert!(error.to_string().contains("2 applicants"), "{error}");
}

/// Two tied groups at one programme, best first, and the tied in ascending order.
#[test]
fn tied_groups_follow_the_ranking() {
    let lists: [List<'_>; 5] = [&[(0, 1)], &[(0, 5)], &[(0, 3)], &[(0, 1)], &[(0, 5)]];
    let error = instance(&[1], &lists).market().expect_err("tied");
    let groups = vec![(p(0), vec![a(1), a(4)]), (p(0), vec![a(0), a(3)])];
    assert_eq!(error, MarketError::UnresolvedTies { applicants: 4, programmes: 1, groups });
}

/// Why ties are refused: parted by the order of rows, that order would decide who is placed.
#[test]
fn a_tie_left_to_row_order_would_change_the_result() {
    let by_row = |lists: [List<'_>; 2]| {
        let mut tied = instance(&[1], &lists);
        assert!(matches!(tied.market(), Err(MarketError::UnresolvedTies { .. })));
        for (row, list) in tied.lists.iter_mut().enumerate() {
            list.iter_mut().for_each(|(_, priority)| *priority = *priority * 2 + 1 - row as u64);
        }
        tied.deferred_acceptance()
    };
    let (anna, björn): (List<'_>, List<'_>) = (&[(0, 7)], &[(0, 7)]);
    let [annas, björns] = by_row([anna, björn])[..] else { panic!("two applicants") };
    let [björns_then, annas_then] = by_row([björn, anna])[..] else { panic!("two applicants") };
    assert_ne!((annas, björns), (annas_then, björns_then));
}

#[test]
fn faulty_choices_are_refused_the_first_one_first() {
    let unknown = |applicant, programme, position| MarketError::UnknownProgramme {
        applicant: a(applicant),
        programme: p(programme),
        position,
    };
    let repeated = MarketError::RepeatedProgramme { applicant: a(0), programme: p(0), position: 1 };
    let refused = |lists: &[List<'_>]| instance(&[1], lists).market().expect_err("faulty");
    assert_eq!(refused(&[&[(0, 1), (1, 1)]]), unknown(0, 1, 1));
    assert_eq!(refused(&[&[(0, 1), (0, 1)], &[(1, 1)]]), repeated);
    assert_eq!(refused(&[&[(7, 1)], &[(0, 1), (0, 2)]]), unknown(0, 7, 0));
    // Ties come last.
    assert_eq!(refused(&[&[(0, 1)], &[(0, 1)], &[(1, 1)]]), unknown(2, 1, 0));
}
