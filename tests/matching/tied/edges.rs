//! Markets with ties at the edge, and what the builder refuses.

use antagning_matching::{
    ApplicantIx, Claim, Cutoff, MarketBuilder, MarketError, ProgrammeIx, QuotaGroup, TieRule,
    tied_deferred_acceptance,
};

use super::outcome::{RULES, market, placed};
use crate::textbook::Instance;

const P: ProgrammeIx = ProgrammeIx::new(0);

/// One programme, and applicants with these priorities there.
fn one(seats: u32, priorities: &[u64]) -> Instance {
    let lists = priorities.iter().map(|&key| vec![(0, key)]).collect();
    Instance { seats: vec![seats], lists }
}

#[test]
fn nothing_at_all() {
    let empty = MarketBuilder::<u64>::new().build_with_ties().expect("an empty market");
    assert_eq!((empty.applicants(), empty.programmes(), empty.choices()), (0, 0, 0));
    for rule in RULES {
        assert_eq!(tied_deferred_acceptance(&empty, rule).statistics().placed, 0);
    }
}

#[test]
fn nobody_lists_anything() {
    let market = market(&Instance { seats: vec![2, 0], lists: vec![Vec::new(); 3] });
    for rule in RULES {
        let matching = tied_deferred_acceptance(&market, rule);
        assert_eq!(matching.statistics().unplaced, 3);
        assert_eq!((matching.vacancies(P), matching.cutoff(P)), (2, Cutoff::NoneAdmitted));
    }
}

/// No seat, nobody admitted: not even a class that could not be divided.
#[test]
fn no_seats() {
    let market = market(&one(0, &[5, 5, 4]));
    for rule in RULES {
        let matching = tied_deferred_acceptance(&market, rule);
        assert_eq!(matching.admitted_count(P), 0);
        assert_eq!(matching.cutoff(P), Cutoff::NoneAdmitted);
        let ahead: Vec<_> = matching.reserves(P).map(|(_, ahead)| ahead).collect();
        assert_eq!(ahead, [0, 0, 2]);
    }
}

#[test]
fn more_seats_than_anyone_can_fill() {
    let market = market(&one(u32::MAX, &[5, 5]));
    for rule in RULES {
        let matching = tied_deferred_acceptance(&market, rule);
        assert_eq!((matching.admitted_count(P), matching.vacancies(P)), (2, u32::MAX - 2));
        assert_eq!(matching.cutoff(P), Cutoff::AllAdmitted);
    }
}

/// Class sizes around the words of the bitmap, with every number of seats around the class.
#[test]
fn all_tied() {
    for tied in [1, 2, 63, 64, 65, 127, 128, 129] {
        for seats in [1, tied as u32 - 1, tied as u32, tied as u32 + 1] {
            let instance = one(seats, &vec![7; tied]);
            let admitted = |rule| placed(&instance, rule).iter().flatten().count();
            let fits = tied <= seats as usize;
            assert_eq!(admitted(TieRule::AdmitAll), if seats > 0 { tied } else { 0 });
            assert_eq!(admitted(TieRule::RejectAll), if fits { tied } else { 0 });
        }
    }
}

/// Seats stay vacant although there are reserves, and a class goes beyond the seats.
#[test]
fn one_programme_answers_everything() {
    let market = market(&one(3, &[10, 20, 30, 20, 40, 10]));
    let [c, e] = [2, 4].map(ApplicantIx::new);
    let [b, d] = [1, 3].map(ApplicantIx::new);
    let [a, f] = [0, 5].map(ApplicantIx::new);
    assert_eq!((market.tied_applicants(), market.tied_programmes()), (4, 1));
    let ranks = [e, c, b, d, a, f].map(|applicant| market.rank_at(applicant, 0));
    assert_eq!(ranks, [0, 1, 2, 2, 4, 4]);

    let all = tied_deferred_acceptance(&market, TieRule::AdmitAll);
    assert_eq!(all.admitted_to(P).collect::<Vec<_>>(), [e, c, b, d]);
    assert_eq!((all.admitted_count(P), all.vacancies(P)), (4, 0));
    assert_eq!(all.reserves(P).collect::<Vec<_>>(), [(a, 0), (f, 0)]);
    assert!(matches!(all.cutoff(P), Cutoff::Value(last) if last == b || last == d));

    let none = tied_deferred_acceptance(&market, TieRule::RejectAll);
    assert_eq!(none.admitted_to(P).collect::<Vec<_>>(), [e, c]);
    assert_eq!((none.admitted_count(P), none.vacancies(P)), (2, 1));
    assert_eq!(none.reserves(P).collect::<Vec<_>>(), [(b, 0), (d, 0), (a, 2), (f, 2)]);
    assert_eq!(none.cutoff(P), Cutoff::Value(c));
    assert_eq!(all.applicants_who_differ(&none), 2);
}

/// All of the best class is too much, and so nobody is admitted to a programme with seats.
#[test]
fn nobody_where_the_best_class_is_too_large() {
    let matching = tied_deferred_acceptance(&market(&one(1, &[9, 9, 1])), TieRule::RejectAll);
    assert_eq!((matching.cutoff(P), matching.vacancies(P)), (Cutoff::NoneAdmitted, 1));
    assert_eq!(matching.reserves(P).count(), 3);
}

/// The scratch memory can be given up, and the matching stays.
#[test]
fn a_matching_of_its_own() {
    let market = market(&one(1, &[9, 9]));
    let mut scratch = antagning_matching::TiedDeferredAcceptance::new(&market);
    let kept = scratch.run(&market, TieRule::AdmitAll).into_owned();
    assert_eq!(scratch.run(&market, TieRule::RejectAll).admitted_count(P), 0);
    assert_eq!((kept.admitted_count(P), kept.admitted_to(P).count()), (2, 2));
}

#[test]
fn quota_groups_are_refused_and_faulty_choices_first() {
    let mut builder = MarketBuilder::new();
    builder.add_programme(1);
    let grouped = builder.add_grouped_programme(&[QuotaGroup { seats: 1, unfilled_to: None }]);
    builder.add_applicant_with_claims([(P, Claim::Plain(1)), (grouped, Claim::Groups(&[(0, 1)]))]);
    let error = builder.clone().build_with_ties().expect_err("quota groups");
    assert_eq!(error, MarketError::GroupsWithTies { programme: grouped });
    assert!(error.to_string().contains("programme 1 has quota groups"), "{error}");
    builder.clone().build().expect("no ties");

    let applicant = builder.add_applicant([(P, 1), (P, 1)]);
    let error = builder.build_with_ties().expect_err("a repetition");
    let repeated = MarketError::RepeatedProgramme { applicant, programme: P, position: 1 };
    assert_eq!(error, repeated);
}
