//! Constructed examples, markets at the edge, and what the builder refuses.

use antagning_matching::{
    ApplicantIx, Claim, Cutoff, MarketBuilder, MarketError, ProgrammeIx, QuotaGroup,
    deferred_acceptance, programme_proposing,
};

const fn a(number: u32) -> ApplicantIx {
    ApplicantIx::new(number)
}

const fn p(number: u32) -> ProgrammeIx {
    ProgrammeIx::new(number)
}

const fn group(seats: u32, unfilled_to: Option<usize>) -> QuotaGroup {
    QuotaGroup { seats, unfilled_to }
}

/// One grouped programme, and what each of its applicants claims there.
fn single(groups: &[QuotaGroup], claims: &[&[(usize, u64)]]) -> MarketBuilder<u64> {
    let mut builder = MarketBuilder::new();
    let programme = builder.add_grouped_programme(groups);
    for claims in claims {
        builder.add_applicant_with_claims([(programme, Claim::Groups(claims))]);
    }
    builder
}

fn admitted(groups: &[QuotaGroup], claims: &[&[(usize, u64)]]) -> Vec<u32> {
    let market = single(groups, claims).build().expect("a sound market");
    let matching = deferred_acceptance(&market);
    let mut admitted: Vec<_> = matching.admitted_to(p(0)).map(|ix| ix.index() as u32).collect();
    admitted.sort_unstable();
    admitted
}

/// Nine seats, a third on the test and two thirds on merit. Numbers 0 to 2 lead in both. With the
/// test first they sit there, and merit takes six more. With merit first they use merit seats, and
/// the test reaches down to 9, 10 and 11, whose merit would not do.
#[test]
fn precedence_decides_who_gets_in() {
    let keys = |test: usize, merit: usize| {
        let both = |n: u64| vec![(test, 100 - n), (merit, 340 - n)];
        let only_merit = |n: u64| vec![(merit, 340 - n)];
        let (leading, middle, tested) = (0..3, 3..9, 9..12);
        leading.map(both).chain(middle.map(only_merit)).chain(tested.map(both)).collect::<Vec<_>>()
    };
    let run = |groups: &[QuotaGroup], keys: Vec<Vec<(usize, u64)>>| {
        admitted(groups, &keys.iter().map(Vec::as_slice).collect::<Vec<_>>())
    };
    let test_first = run(&[group(3, Some(1)), group(6, None)], keys(0, 1));
    assert_eq!(test_first, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    let merit_first = run(&[group(6, Some(1)), group(3, None)], keys(1, 0));
    assert_eq!(merit_first, [0, 1, 2, 3, 4, 5, 9, 10, 11]);
}

/// Test and merit for the first hand, and a copy of each for the second, without seats of its own.
#[test]
fn the_second_hand_gets_what_the_first_leaves() {
    let groups = [group(2, Some(1)), group(2, Some(2)), group(0, Some(3)), group(0, None)];
    let first: [&[(usize, u64)]; 2] = [&[(0, 5), (1, 200)], &[(1, 100)]];
    let second: [&[(usize, u64)]; 3] = [&[(2, 9), (3, 340)], &[(3, 330)], &[(3, 320)]];
    let all = [&first[..], &second].concat();
    let market = single(&groups, &all).build().expect("a sound market");
    let matching = deferred_acceptance(&market);
    // Two seats are left: one by the test of the first hand, which passes to merit, and so on.
    assert_eq!(matching.admitted_to(p(0)).collect::<Vec<_>>(), [a(0), a(1), a(2), a(3)]);
    let taken = [0, 1, 2, 3].map(|group| matching.seats_filled(p(0), group));
    assert_eq!(taken, [1, 1, 1, 1]);
    assert_eq!(matching.reserves(p(0)).collect::<Vec<_>>(), [a(4)]);
    assert_eq!(matching.group_cutoff(p(0), 1), Cutoff::AllAdmitted);
    assert_eq!(matching.group_cutoff(p(0), 2), Cutoff::AllAdmitted);
    assert_eq!(matching.group_cutoff(p(0), 3), Cutoff::Value(a(3)));
    // Somebody of the first hand more, however weak, goes before all of the second.
    let weak: [&[(usize, u64)]; 1] = [&[(1, 1)]];
    assert_eq!(admitted(&groups, &[&all[..], &weak].concat()), [0, 1, 2, 5]);
}

/// Passed on through two groups and taken back by those two takers who come later.
#[test]
fn seats_are_taken_back_along_the_whole_way() {
    let groups = [group(2, Some(1)), group(0, Some(2)), group(0, None)];
    let (first, second, third): (&[_], &[_], &[_]) = (&[(0, 1)], &[(1, 1)], &[(2, 1)]);
    assert_eq!(admitted(&groups, &[third]), [0]);
    assert_eq!(admitted(&groups, &[third, second, &[(2, 2)]]), [1, 2]);
    assert_eq!(admitted(&groups, &[third, second, first]), [1, 2]);
    assert_eq!(admitted(&groups, &[third, second, first, &[(0, 2)]]), [2, 3]);
}

#[test]
fn a_seat_that_nobody_is_passed_stays_vacant() {
    let market = single(&[group(1, None), group(1, None)], &[&[(1, 1)], &[(1, 2)]]);
    let market = market.build().expect("a sound market");
    for matching in [deferred_acceptance(&market), programme_proposing(&market)] {
        assert_eq!((matching.vacancies(p(0)), matching.admitted_count(p(0))), (1, 1));
        assert_eq!(matching.group_cutoff(p(0), 0), Cutoff::NoneAdmitted);
        assert_eq!(matching.cutoff(p(0)), Cutoff::Value(a(1)));
    }
}

#[test]
fn no_seats() {
    let market = single(&[group(0, Some(1)), group(0, None)], &[&[(1, 4), (0, 1)], &[(1, 5)]]);
    let market = market.build().expect("a sound market");
    for matching in [deferred_acceptance(&market), programme_proposing(&market)] {
        assert_eq!(matching.statistics().placed, 0);
        assert_eq!(matching.group_of(a(0)), None);
        assert_eq!(matching.cutoff(p(0)), Cutoff::NoneAdmitted);
        assert_eq!(matching.group_reserves(p(0), 1).collect::<Vec<_>>(), [a(1), a(0)]);
        // No seat in any group lets anybody in; the order is that of the ranking.
        assert_eq!(matching.reserves(p(0)).collect::<Vec<_>>(), [a(0), a(1)]);
    }
}

#[test]
fn more_seats_than_anyone_can_fill() {
    let groups = [group(u32::MAX - 1, Some(1)), group(1, None)];
    let market = single(&groups, &[&[(0, 1)], &[(1, 1)]]).build().expect("a sound market");
    for matching in [deferred_acceptance(&market), programme_proposing(&market)] {
        assert_eq!(matching.admitted_count(p(0)), 2);
        assert_eq!(matching.vacancies(p(0)), u32::MAX - 2);
    }
}

#[test]
fn faulty_groups_are_refused() {
    let refused = |groups: &[QuotaGroup]| {
        // A faulty choice besides: the groups come first.
        let error = single(groups, &[&[(9, 1)]]).build().expect_err("faulty groups");
        assert!(error.to_string().contains("programme 0"), "{error}");
        error
    };
    assert_eq!(refused(&[]), MarketError::NoGroups { programme: p(0) });
    for (to, at) in [(0, 0), (0, 1), (1, 1), (2, 1), (7, 0)] {
        let mut groups = [group(1, None); 2];
        groups[at].unfilled_to = Some(to);
        let expected = MarketError::UnfilledToNoLaterGroup { programme: p(0), group: at };
        assert_eq!(refused(&groups), expected, "{at} to {to}");
    }
    let seats = u64::from(u32::MAX) + 1;
    let found = refused(&[group(u32::MAX, None), group(1, None)]);
    assert_eq!(found, MarketError::TooManySeats { programme: p(0), seats });
}

#[test]
fn faulty_claims_are_refused_the_first_one_first() {
    let refused = |claim: Claim<'_, u64>, at: ProgrammeIx| {
        let mut builder = MarketBuilder::new();
        builder.add_grouped_programme(&[group(1, None); 2]);
        builder.add_programme(1);
        builder.add_applicant([(p(1), 1)]);
        let sound =
            if at == p(0) { (p(1), Claim::Plain(2)) } else { (p(0), Claim::Groups(&[(1, 2)])) };
        builder.add_applicant_with_claims([sound, (at, claim)]);
        builder.add_applicant([(p(9), 1)]);
        builder.build().expect_err("a faulty claim")
    };
    let (applicant, programme, position) = (a(1), p(0), 1);
    assert_eq!(
        refused(Claim::Plain(1), p(0)),
        MarketError::PlainClaimOnGroups { applicant, programme, position }
    );
    for groups in [&[][..], &[(0, 1)]] {
        assert_eq!(
            refused(Claim::Groups(groups), p(1)),
            MarketError::GroupClaimOnPlain { applicant, programme: p(1), position }
        );
    }
    assert_eq!(
        refused(Claim::Groups(&[]), p(0)),
        MarketError::OpenToNoGroup { applicant, programme, position }
    );
    assert_eq!(
        refused(Claim::Groups(&[(3, 1), (0, 1), (2, 1)]), p(0)),
        MarketError::UnknownGroup { applicant, programme, position, group: 2 }
    );
    assert_eq!(
        refused(Claim::Groups(&[(1, 1), (0, 1), (1, 2)]), p(0)),
        MarketError::RepeatedGroup { applicant, programme, position, group: 1 }
    );
}

/// A claim on groups in a market that has none at all.
#[test]
fn claims_on_groups_in_a_plain_market_are_refused() {
    let mut builder = MarketBuilder::new();
    let programme = builder.add_programme(1);
    let applicant = builder.add_applicant_with_claims([(programme, Claim::Groups(&[(0, 1)]))]);
    let error = builder.build().expect_err("a claim on groups");
    assert_eq!(error, MarketError::GroupClaimOnPlain { applicant, programme, position: 0 });
}

/// Equal priorities in different groups are no tie; within one they are, and it is named.
#[test]
fn ties_are_refused_by_group() {
    let groups = [group(1, Some(1)), group(1, None)];
    assert!(single(&groups, &[&[(0, 7)], &[(1, 7)]]).build().is_ok());

    let mut builder = single(&groups, &[&[(0, 7), (1, 3)], &[(1, 3)], &[(1, 3), (0, 7)]]);
    let plain = builder.add_programme(1);
    for _ in 0..2 {
        builder.add_applicant([(plain, 5)]);
    }
    let ties = vec![
        (p(0), Some(0), vec![a(0), a(2)]),
        (p(0), Some(1), vec![a(0), a(1), a(2)]),
        (plain, None, vec![a(3), a(4)]),
    ];
    let expected = MarketError::UnresolvedTiesInGroups { applicants: 5, programmes: 2, ties };
    assert_eq!(builder.build().expect_err("tied"), expected);

    // Ties at plain programmes alone are told as in a market without groups.
    let mut builder = single(&groups, &[&[(0, 7)]]);
    let plain = builder.add_programme(1);
    for _ in 0..2 {
        builder.add_applicant([(plain, 5)]);
    }
    let groups = vec![(plain, vec![a(1), a(2)])];
    let expected = MarketError::UnresolvedTies { applicants: 2, programmes: 1, groups };
    assert_eq!(builder.build().expect_err("tied"), expected);
}

#[test]
#[should_panic(expected = "group 2 of a programme with 2")]
fn a_group_that_does_not_exist_panics() {
    let market = single(&[group(1, None); 2], &[]).build().expect("a sound market");
    let _ = deferred_acceptance(&market).seats_filled(p(0), 2);
}
