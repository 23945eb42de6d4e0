//! Which changes led to a market, and in which order, leaves no trace.

use antagning_matching::{ApplicantIx, Incremental, ProgrammeIx};

use super::season::{self, Change, Season, markets};
use crate::instances::draw;

fn shuffled<T>(mut items: Vec<T>, state: &mut u64) -> Vec<T> {
    for last in (1..items.len()).rev() {
        items.swap(last, (draw(state) % (last as u64 + 1)) as usize);
    }
    items
}

/// The changed market reached in another way: from a market where nobody takes part, each seat
/// change and each final list coming in random order.
fn reached_otherwise(began: &Season, ended: &Season, state: &mut u64) -> Incremental {
    let market = began.instance.market().expect("a sound market");
    let mut matching = Incremental::without_applicants(&market);
    let mut changes = Vec::new();
    let programmes = began.instance.programmes.iter().zip(&ended.instance.programmes);
    for (programme, (before, after)) in programmes.enumerate() {
        for (group, (before, after)) in before.groups.iter().zip(&after.groups).enumerate() {
            let more = (before.0..after.0).map(|_| Change::AddSeat { programme, group });
            let less = (after.0..before.0).map(|_| Change::RemoveSeat { programme, group });
            changes.extend(more.chain(less));
        }
    }
    for (applicant, live) in ended.live.iter().enumerate() {
        let mask = live.iter().rev().fold(0, |mask, &live| mask << 1 | u64::from(live));
        changes.push(Change::List(applicant, mask));
    }
    for change in shuffled(changes, state) {
        season::apply(change, began, &mut matching);
    }
    matching
}

#[test]
fn the_order_of_changes_leaves_no_trace() {
    let mut state = 7;
    for instance in markets().take(400) {
        let began = Season::new(instance);
        let mut matching = began.incremental();
        let mut ended = began.clone();
        for _ in 0..30 {
            let change = ended.change(draw(&mut state));
            season::apply(change, &ended, &mut matching);
            ended.apply(change);
        }
        assert_eq!(matching, reached_otherwise(&began, &ended, &mut state));
    }
}

#[test]
fn a_matching_made_at_once_is_the_one_reached_by_arrivals() {
    let mut state = 8;
    for instance in markets().take(3_000) {
        let season = Season::new(instance);
        assert_eq!(season.incremental(), reached_otherwise(&season, &season, &mut state));
    }
}

#[test]
fn kept_changes_cannot_be_undone() {
    let instance = markets().next().expect("a market");
    let mut matching = Season::new(instance).incremental();
    matching.withdraw(ApplicantIx::new(0));
    matching.keep();
    let kept = matching.clone();
    matching.add_seat(ProgrammeIx::new(0));
    assert_eq!(matching.changes(), 1);
    assert_ne!(matching, kept);
    assert!(matching.undo());
    assert!(!matching.undo());
    assert_eq!(matching, kept);
}
