//! A negative control: after a new seat, the vacancy chain alone is not enough.
//!
//! The chain (the best claimant of the free seat moves in and leaves a seat free in turn) ends in a
//! stable matching, but not always in the one that applicants like best. A test on realistic
//! markets alone would not notice; these are small and dense.

use crate::instances::uniform;
use crate::outcome::{NOBODY, Placements, is_stable, nobody_worse, optimal};
use crate::textbook::Instance;

/// Fills a free seat of `programme` by a chain of moves to more wanted programmes.
fn vacancy_chain(instance: &Instance, placements: &mut Placements, programme: usize) {
    let mut free = Some(programme);
    while let Some(programme) = free.take() {
        let claims = instance.lists.iter().enumerate().filter_map(|(applicant, list)| {
            let wanted = &list[..placements[applicant].unwrap_or(list.len())];
            let position = wanted.iter().position(|&(wanted, _)| wanted == programme)?;
            Some((list[position].1, applicant, position))
        });
        if let Some((_, applicant, position)) = claims.max() {
            free = placements[applicant].map(|left| instance.lists[applicant][left].0);
            placements[applicant] = Some(position);
        }
    }
}

#[test]
fn a_vacancy_chain_alone_is_stable_but_not_always_optimal() {
    let mut differing = 0;
    for seed in 0..400 {
        let mut instance = uniform(8, 7, seed);
        let mut chained = optimal(&instance);
        instance.seats[0] += 1;
        vacancy_chain(&instance, &mut chained, 0);
        let rerun = optimal(&instance);
        assert!(is_stable(&instance, &chained), "seed {seed}");
        assert!(nobody_worse(&chained, &rerun, NOBODY), "seed {seed}");
        differing += u32::from(chained != rerun);
    }
    assert!(differing > 0, "the chain alone must be caught");
}
