//! What a seat more or less would do, held against full runs with that seat.

use antagning_matching::{
    ApplicantIx, Incremental, MarketBuilder, ProgrammeIx, SeatEffect, SeatEffects,
};

use super::how_many;
use super::season::{self, Change, Outcome, Season, markets};
use crate::instances::draw;

/// Moved, the applicant with a placement in one of the two only, and ranks: of full runs.
type Effect = (u32, Option<ApplicantIx>, u64);

fn told(effect: SeatEffect) -> Effect {
    (effect.moved, effect.applicant, effect.ranks)
}

/// From everybody's placement in two full runs.
fn expected(season: &Season, before: &Outcome, change: Change) -> Effect {
    let mut changed = season.clone();
    changed.apply(change);
    let after = changed.rerun();
    let mut effect = (0, None, 0);
    let both = before.placements.iter().zip(&after.placements).enumerate();
    for (applicant, (before, after)) in both.filter(|(_, (before, after))| before != after) {
        effect.0 += 1;
        if before.is_none() || after.is_none() {
            assert_eq!(effect.1, None, "one seat, one applicant");
            effect.1 = Some(ApplicantIx::new(applicant as u32));
        }
        let live = &season.live[applicant];
        let rank = |choice: Option<usize>| {
            let above = &live[..choice.unwrap_or(live.len())];
            above.iter().filter(|&&live| live).count() as u64
        };
        let choices = [before, after].map(|placement| placement.map(|placement| placement.choice));
        effect.2 += rank(choices[0]).abs_diff(rank(choices[1]));
    }
    effect
}

fn at(effects: SeatEffects<'_>, season: &Season, programme: usize, group: usize) -> Effect {
    let index = ProgrammeIx::new(programme as u32);
    told(match season.instance.programmes[programme].plain {
        true => effects.at(index),
        false => effects.in_group(index, group),
    })
}

fn check(season: &Season, matching: &mut Incremental) {
    let unchanged = matching.clone();
    let programmes = season.instance.programmes.iter().enumerate();
    let seats = programmes
        .flat_map(|(programme, at)| (0..at.groups.len()).map(move |group| (programme, group)));
    let seats: Vec<_> = seats.collect();
    let all = |effects: SeatEffects<'_>| -> Vec<_> {
        seats.iter().map(|&(programme, group)| at(effects, season, programme, group)).collect()
    };
    let more = all(matching.effects_of_seats_more());
    let less = all(matching.effects_of_seats_less());
    assert_eq!(*matching, unchanged);
    let before = season.rerun();
    for ((&(programme, group), more), less) in seats.iter().zip(more).zip(less) {
        let change = Change::AddSeat { programme, group };
        assert_eq!(more, expected(season, &before, change), "{change:?}");
        let change = Change::RemoveSeat { programme, group };
        assert_eq!(less, expected(season, &before, change), "{change:?}");
    }
}

fn check_markets(markets_checked: usize) {
    let mut state = 8;
    for instance in markets().take(markets_checked) {
        let mut season = Season::new(instance);
        let mut matching = season.incremental();
        for _ in 0..3 {
            check(&season, &mut matching);
            for _ in 0..4 {
                let change = season.change(draw(&mut state));
                season::apply(change, &season, &mut matching);
                season.apply(change);
            }
        }
    }
}

#[test]
fn every_effect_equals_a_full_run_with_that_seat() {
    check_markets(how_many(500) as usize);
}

/// ```text
/// anna:    P        P (1 seat): björn > anna      Q (1 seat): cecilia > björn
/// björn:   Q > P
/// cecilia: Q
/// ```
#[test]
fn a_chain_on_paper() {
    let mut builder = MarketBuilder::new();
    let [p, q, unwanted] = [1, 1, 0].map(|seats| builder.add_programme(seats));
    let anna = builder.add_applicant([(p, 1)]);
    let _björn = builder.add_applicant([(q, 1), (p, 2)]);
    let cecilia = builder.add_applicant([(q, 3)]);
    let mut matching = Incremental::new(&builder.build().expect("a sound market"));
    let more = matching.effects_of_seats_more();
    assert_eq!(told(more.at(p)), (1, Some(anna), 1));
    // Björn gains a place in his list, and anna from none to her only choice.
    assert_eq!(told(more.at(q)), (2, Some(anna), 2));
    assert_eq!(more.at(unwanted), SeatEffect::default());
    let less = matching.effects_of_seats_less();
    // Björn had the seat, and has no more wishes.
    assert_eq!(told(less.at(p)), (1, Some(ApplicantIx::new(1)), 1));
    assert_eq!(told(less.at(q)), (1, Some(cecilia), 1));
    assert_eq!(less.at(unwanted), SeatEffect::default());
}

/// A seat at P moves anna to P and björn to Q, who also stood before cecilia at P and no longer
/// does; and so cecilia and david, who hold what the other wants more, can exchange.
///
/// ```text
/// anna:    P > Q         P (1 seat): david > anna > björn > cecilia
/// björn:   Q > P > R     Q (1 seat): anna > björn
/// cecilia: P > S         R (1 seat): björn > eva
/// david:   S > P         S (1 seat): cecilia > david
/// eva:     R
/// ```
#[test]
fn the_second_in_line_may_leave_it_too() {
    let mut builder = MarketBuilder::new();
    let [p, q, r, s] = [1; 4].map(|seats| builder.add_programme(seats));
    let _anna = builder.add_applicant([(p, 3), (q, 2)]);
    let _björn = builder.add_applicant([(q, 1), (p, 2), (r, 2)]);
    let cecilia = builder.add_applicant([(p, 1), (s, 2)]);
    let david = builder.add_applicant([(s, 1), (p, 4)]);
    let eva = builder.add_applicant([(r, 1)]);
    let mut matching = Incremental::new(&builder.build().expect("a sound market"));
    assert_eq!(matching.programme_of(cecilia), Some(s));
    assert_eq!(matching.programme_of(david), Some(p));
    let more = matching.effects_of_seats_more();
    assert_eq!(told(more.at(p)), (5, Some(eva), 6));
    matching.add_seat(p);
    assert_eq!(matching.programme_of(cecilia), Some(p));
    assert_eq!(matching.programme_of(david), Some(s));
}
