//! Small changes worked out on paper.

use antagning_matching::{
    ApplicantIx, Claim, Incremental, MarketBuilder, Placement, ProgrammeIx, QuotaGroup,
};

fn at(programme: ProgrammeIx, choice: usize) -> Option<Placement> {
    Some(Placement { programme, group: None, choice })
}

fn chain(moves: antagning_matching::Moves<'_>) -> Vec<(ApplicantIx, Option<Placement>)> {
    moves.iter().map(|step| (step.applicant, step.to)).collect()
}

/// Anna and björn hold what the other wants more, since cecilia, who gets neither, is preferred to
/// björn at P. When she withdraws, nobody leaves a seat, and yet the two exchange theirs.
///
/// ```text
/// anna:    Q > P       P (1 seat): anna > cecilia > björn
/// björn:   P > Q       Q (1 seat): björn > anna
/// cecilia: P
/// ```
#[test]
fn an_unplaced_applicant_can_be_in_the_way() {
    let mut builder = MarketBuilder::new();
    let [p, q] = [1, 1].map(|seats| builder.add_programme(seats));
    let anna = builder.add_applicant([(q, 1), (p, 3)]);
    let björn = builder.add_applicant([(p, 1), (q, 2)]);
    let cecilia = builder.add_applicant([(p, 2)]);
    let mut matching = Incremental::new(&builder.build().expect("a sound market"));
    assert_eq!(matching.placement_of(anna), at(p, 1));
    assert_eq!(matching.placement_of(björn), at(q, 1));
    assert_eq!(matching.reserves(p).collect::<Vec<_>>(), [cecilia, björn]);

    let net = matching.withdraw(cecilia).net();
    let moved: Vec<_> = net.iter().map(|step| (step.applicant, step.to)).collect();
    assert_eq!(moved, [(anna, at(q, 0)), (björn, at(p, 0))]);

    // Her return takes it all back, one displacing the other.
    let back = chain(matching.restore(cecilia));
    let expected = [(cecilia, at(p, 0)), (björn, at(q, 1)), (anna, at(p, 1)), (cecilia, None)];
    assert_eq!(back, expected);
}

/// A higher merit: two rows for the same person, one of which is live.
#[test]
fn a_new_priority_is_another_row() {
    let mut builder = MarketBuilder::new();
    let arts = builder.add_programme(1);
    // The priority is a merit and then the version.
    let anna = builder.add_applicant([(arts, (280, 0))]);
    let björn = builder.add_applicant([(arts, (290, 0))]);
    let anna_appealed = builder.add_applicant([(arts, (300, 1))]);
    let mut matching = Incremental::without_applicants(&builder.build().expect("a sound market"));
    matching.restore(anna);
    matching.restore(björn);
    assert_eq!(matching.programme_of(björn), Some(arts));
    let chain = chain(matching.replace(anna, anna_appealed));
    assert_eq!(chain, [(anna_appealed, at(arts, 0)), (björn, None)]);
    matching.undo();
    assert_eq!(matching.programme_of(björn), Some(arts));
}

/// The seat of the test group passes on to merit while nobody needs it; whoever comes with a test
/// takes it back, and when they withdraw it passes on again.
#[test]
fn a_seat_passes_on_and_is_taken_back() {
    let mut builder = MarketBuilder::new();
    let by_test = QuotaGroup { seats: 1, unfilled_to: Some(1) };
    let by_merit = QuotaGroup { seats: 1, unfilled_to: None };
    let dance = builder.add_grouped_programme(&[by_test, by_merit]);
    let anna = builder.add_applicant_with_claims([(dance, Claim::Groups(&[(0, 50)]))]);
    let björn = builder.add_applicant_with_claims([(dance, Claim::Groups(&[(1, 300)]))]);
    let cecilia = builder.add_applicant_with_claims([(dance, Claim::Groups(&[(1, 290)]))]);
    let mut matching = Incremental::new(&builder.build().expect("a sound market"));
    let in_group = |group| Some(Placement { programme: dance, group: Some(group), choice: 0 });
    let placed = |matching: &Incremental| {
        [anna, björn, cecilia].map(|applicant| matching.group_of(applicant))
    };
    assert_eq!(placed(&matching), [Some(0), Some(1), None]);
    assert_eq!(chain(matching.withdraw(anna)), [(anna, None), (cecilia, in_group(1))]);
    assert_eq!(chain(matching.restore(anna)), [(anna, in_group(0)), (cecilia, None)]);
    // A seat more for the test group passes on.
    assert_eq!(chain(matching.add_group_seat(dance, 0)), [(cecilia, in_group(1))]);
    // Merit gives up its own seat; the one passed on stays.
    let moves = matching.remove_group_seat(dance, 1).expect("a seat of its own");
    assert_eq!(chain(moves), [(cecilia, None)]);
    assert!(matching.remove_group_seat(dance, 1).is_none());
    assert_eq!(matching.seats(dance), 2);
    assert_eq!(matching.group_seats(dance, 1), 0);
    assert_eq!(matching.vacancies(dance), 0);
}

/// Björn is the only reserve of the test group, and stands between anna and cecilia. When he
/// withdraws, anna's seat would pass on to merit, where cecilia is the reserve: so the two exchange.
///
/// ```text
/// anna:    arts > dance by test     dance: 1 seat by test (anna > björn), unfilled to merit
/// björn:   dance by test                   none by merit (cecilia)
/// cecilia: dance by merit > arts    arts (1 seat): cecilia > anna
/// ```
#[test]
fn a_cycle_can_lead_through_a_seat_that_passes_on() {
    let mut builder = MarketBuilder::new();
    let by_test = QuotaGroup { seats: 1, unfilled_to: Some(1) };
    let by_merit = QuotaGroup { seats: 0, unfilled_to: None };
    let dance = builder.add_grouped_programme(&[by_test, by_merit]);
    let arts = builder.add_programme(1);
    let anna = builder
        .add_applicant_with_claims([(arts, Claim::Plain(250)), (dance, Claim::Groups(&[(0, 60)]))]);
    let björn = builder.add_applicant_with_claims([(dance, Claim::Groups(&[(0, 50)]))]);
    let cecilia = builder.add_applicant_with_claims([
        (dance, Claim::Groups(&[(1, 300)])),
        (arts, Claim::Plain(300)),
    ]);
    let mut matching = Incremental::new(&builder.build().expect("a sound market"));
    let placed = |matching: &Incremental| {
        [anna, björn, cecilia].map(|applicant| matching.programme_of(applicant))
    };
    assert_eq!(placed(&matching), [Some(dance), None, Some(arts)]);
    matching.withdraw(björn);
    assert_eq!(placed(&matching), [Some(arts), None, Some(dance)]);
    assert_eq!(matching.group_of(cecilia), Some(1));
}

/// To drop a reserve wish moves nobody; to take it up again does not either, unless there is room.
#[test]
fn a_reserve_wish_is_dropped_and_taken_up() {
    let mut builder = MarketBuilder::new();
    let [arts, science] = [1, 2].map(|seats| builder.add_programme(seats));
    let anna = builder.add_applicant([(arts, 300)]);
    let björn = builder.add_applicant([(arts, 280), (science, 280)]);
    let mut matching = Incremental::new(&builder.build().expect("a sound market"));
    assert_eq!(chain(matching.change_list(björn, |position| position == 1)), []);
    assert_eq!(matching.reserves(arts).count(), 0);
    assert!(!matching.is_live(björn, 0) && matching.is_live(björn, 1));
    assert_eq!(chain(matching.withdraw(anna)), [(anna, None)]);
    assert_eq!(matching.vacancies(arts), 1);
    let net = matching.restore(björn).net();
    assert_eq!(net.len(), 1);
    assert_eq!((net[0].from, net[0].to), (at(science, 1), at(arts, 0)));
}

#[test]
#[should_panic(expected = "a programme with groups")]
fn a_seat_of_a_grouped_programme_needs_its_group() {
    let mut builder = MarketBuilder::<u32>::new();
    let dance = builder.add_grouped_programme(&[QuotaGroup { seats: 1, unfilled_to: None }]);
    Incremental::new(&builder.build().expect("a sound market")).add_seat(dance);
}
