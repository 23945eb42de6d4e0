//! Random changes of every kind, each followed by a full run on the changed market.

use antagning_matching::{ApplicantIx, Incremental, Move, ProgrammeIx, deferred_acceptance};
use proptest::prelude::*;

use super::how_many;
use super::season::{self, Change, Outcome, Season, markets, outcome, passing};
use crate::grouped::instances as grouped;
use crate::grouped::textbook::GroupedInstance;
use crate::instances::{dense, draw};

/// So many changes of each market.
const CHANGES: u64 = 30;

/// Makes one change, and checks everything that it tells and does.
fn check(season: &mut Season, matching: &mut Incremental, drawn: u64) {
    let change = season.change(drawn);
    let before = outcome(matching);
    let copy = matching.clone();
    let (moves, net) = season::apply(change, season, matching);
    season.apply(change);
    let after = outcome(matching);
    assert_eq!(after, season.rerun(), "{change:?}");
    check_moves(&before, &after, &moves, &net);
    // Nothing is noted when there was no seat to remove.
    if matching.changes() > copy.changes() {
        let changed = matching.clone();
        assert!(matching.undo());
        assert_eq!(*matching, copy, "undone: {change:?}");
        season::apply(change, season, matching);
        assert_eq!(*matching, changed, "done again: {change:?}");
    }
}

/// The moves lead from one outcome to the other, each from where the one before it left off.
fn check_moves(before: &Outcome, after: &Outcome, moves: &[Move], net: &[Move]) {
    let mut placements = before.placements.clone();
    for step in moves {
        let placement = &mut placements[step.applicant.index()];
        assert_eq!(step.from, std::mem::replace(placement, step.to));
        assert_ne!(step.from, step.to);
    }
    assert_eq!(placements, after.placements);
    let both = before.placements.iter().zip(&after.placements).enumerate();
    let differing = both.filter(|(_, (before, after))| before != after);
    let expected = differing.map(|(applicant, (&from, &to))| {
        let applicant = ApplicantIx::new(applicant as u32);
        Move { applicant, from, to }
    });
    assert_eq!(net, expected.collect::<Vec<_>>());
}

/// Seats, live choices and reserve lists, held against those of the changed market.
fn check_queries(season: &Season, matching: &Incremental) {
    let today = season.today().market().expect("a sound market");
    let rerun = deferred_acceptance(&today);
    for (number, programme) in season.instance.programmes.iter().enumerate() {
        let index = ProgrammeIx::new(number as u32);
        assert_eq!(matching.seats(index), today.seats(index));
        if programme.plain {
            let expected: Vec<_> = rerun.reserves(index).collect();
            assert_eq!(matching.reserves(index).collect::<Vec<_>>(), expected);
            continue;
        }
        for group in 0..programme.groups.len() {
            assert_eq!(matching.group_seats(index, group), programme.groups[group].0);
            let expected: Vec<_> = rerun.group_reserves(index, group).collect();
            assert_eq!(matching.group_reserves(index, group).collect::<Vec<_>>(), expected);
        }
    }
    for (number, live) in season.live.iter().enumerate() {
        let applicant = ApplicantIx::new(number as u32);
        let found = (0..live.len()).map(|position| matching.is_live(applicant, position));
        assert_eq!(&found.collect::<Vec<_>>(), live);
    }
}

fn check_all(instance: GroupedInstance, changes: impl IntoIterator<Item = u64>) {
    let mut season = Season::new(instance);
    let mut matching = season.incremental();
    let began = matching.clone();
    assert_eq!(outcome(&matching), season.rerun());
    for drawn in changes {
        check(&mut season, &mut matching, drawn);
    }
    check_queries(&season, &matching);
    while matching.undo() {}
    assert_eq!(matching, began, "all undone");
}

fn check_changes(changes: u64) {
    let mut state = 4;
    for instance in markets().take(changes.div_ceil(CHANGES) as usize) {
        check_all(instance, (0..CHANGES).map(|_| draw(&mut state)));
    }
}

/// `ANTAGNING_TRIALS=1000000 cargo test --release -p antagning-matching --test matching thousands`
#[test]
fn thousands_of_changes_equal_a_full_run() {
    check_changes(how_many(30_000));
}

/// The same, in markets and changes that shrink.
fn changes() -> impl Strategy<Value = Vec<u64>> {
    proptest::collection::vec(any::<u64>(), 0..12)
}

proptest! {
    #[test]
    fn plain_programmes(instance in dense(), changes in changes()) {
        check_all(season::plain(&instance), changes);
    }

    #[test]
    fn grouped_programmes(instance in grouped::dense(), changes in changes()) {
        check_all(instance, changes);
    }

    #[test]
    fn groups_that_pass_on_seats(instance in passing(), changes in changes()) {
        check_all(instance, changes);
    }

    #[test]
    fn few_seats_and_long_reserve_lists(instance in grouped::scarce(), changes in changes()) {
        check_all(instance, changes);
    }
}

/// The full run that all this is held against is not the library's alone.
#[test]
fn the_full_run_equals_the_textbook() {
    let mut state = 5;
    for instance in markets().take(200) {
        let mut season = Season::new(instance);
        (0..20).for_each(|_| season.apply(season.change(draw(&mut state))));
        let today = season.today();
        let market = today.market().expect("a sound market");
        let matching = deferred_acceptance(&market);
        let applicants = (0..market.applicants() as u32).map(ApplicantIx::new);
        let found: Vec<_> = applicants.map(|applicant| matching.choice_of(applicant)).collect();
        assert_eq!(found, today.deferred_acceptance());
    }
}

/// Each kind of change is drawn, and each is seen to move somebody.
#[test]
fn every_kind_of_change_moves_somebody() {
    let mut state = 6;
    let mut moved = [0; 6];
    for instance in markets().take(400) {
        let mut season = Season::new(instance);
        let mut matching = season.incremental();
        for _ in 0..20 {
            let change = season.change(draw(&mut state));
            let kind = match change {
                Change::AddSeat { .. } => 0,
                Change::RemoveSeat { .. } => 1,
                Change::Withdraw(_) => 2,
                Change::Restore(_) => 3,
                Change::List(..) => 4,
                Change::Replace(..) => 5,
            };
            let (moves, _) = season::apply(change, &season, &mut matching);
            moved[kind] += usize::from(moves.len() > 1);
            season.apply(change);
        }
    }
    assert!(moved.iter().all(|&moved| moved > 100), "{moved:?}");
}
