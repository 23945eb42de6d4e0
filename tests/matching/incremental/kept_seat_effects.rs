//! What is known of a seat more is kept from one question to the next: whatever was asked, changed,
//! undone and kept before, the answer is that of a matching that was never asked.

use antagning_matching::{Incremental, ProgrammeIx, SeatEffect};

use super::how_many;
use super::season::{self, Season, markets};
use crate::instances::draw;

/// Of a seat more and of a seat less, at every programme and group.
fn answers(matching: &mut Incremental) -> [Vec<SeatEffect>; 2] {
    let market = matching.market().clone();
    let programmes = (0..market.programmes() as u32).map(ProgrammeIx::new);
    let seats = programmes.flat_map(|programme| {
        let groups = market.groups(programme).len();
        let plain = (groups == 0).then_some((programme, None));
        plain.into_iter().chain((0..groups).map(move |group| (programme, Some(group))))
    });
    let seats: Vec<_> = seats.collect();
    [true, false].map(|more| {
        let effects = match more {
            true => matching.effects_of_seats_more(),
            false => matching.effects_of_seats_less(),
        };
        let effect = |&(programme, group): &(ProgrammeIx, Option<usize>)| match group {
            None => effects.at(programme),
            Some(group) => effects.in_group(programme, group),
        };
        seats.iter().map(effect).collect()
    })
}

/// Two matchings through the same changes, of which one is asked now and then.
fn check(season: &mut Season, steps: usize, state: &mut u64) {
    let mut unasked = season.incremental();
    let mut asked = season.incremental();
    // As it was before each change that can be undone.
    let mut before: Vec<Season> = Vec::new();
    for _ in 0..steps {
        let drawn = draw(state);
        match drawn % 8 {
            0 | 1 => {
                assert_eq!(unasked.undo(), asked.undo());
                if let Some(undone) = before.pop() {
                    *season = undone;
                }
            }
            2 => {
                unasked.keep();
                asked.keep();
                before.clear();
            }
            3 => asked = asked.clone(),
            4 => _ = asked.effects_of_seats_more(),
            _ => {
                let change = season.change(draw(state));
                season::apply(change, season, &mut unasked);
                season::apply(change, season, &mut asked);
                if asked.changes() > before.len() {
                    before.push(season.clone());
                }
                season.apply(change);
            }
        }
        if drawn >> 8 & 1 == 1 {
            assert_eq!(answers(&mut asked), answers(&mut unasked.clone()));
        }
        assert_eq!(asked, unasked, "asking changes nothing");
    }
}

#[test]
fn an_answer_does_not_depend_on_what_was_asked_before() {
    let mut state = 5;
    for instance in markets().take(how_many(600).min(50_000) as usize) {
        check(&mut Season::new(instance), 40, &mut state);
    }
}
