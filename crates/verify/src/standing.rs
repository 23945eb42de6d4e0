//! Where each programme stands: who holds it lowest, who claims it highest.

use std::cmp::Ordering;

use crate::case::{Case, NONE};

/// Holders and claimants of one programme, as far as the checks need them. At a programme with
/// groups nobody is lowest or first: its [`Division`](crate::division::Division) tells the rest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// All who are placed there, also those who never listed it.
    pub(crate) admitted: u32,
    /// How many of these an official placed.
    pub(crate) by_hand: u32,
    /// The choice of the holder with the lowest priority; holders off their list have none.
    pub(crate) lowest: u32,
    /// How many holders have the same priority as `lowest`.
    pub(crate) as_low: u32,
    /// How many prefer the programme to what they have.
    pub(crate) claims: u32,
    /// The choice of the claimant with the highest priority.
    pub(crate) first: u32,
    /// How many claimants have the same priority as `first`.
    pub(crate) as_high: u32,
}

impl Standing {
    const BLANK: Self = Self {
        admitted: 0,
        by_hand: 0,
        lowest: NONE,
        as_low: 0,
        claims: 0,
        first: NONE,
        as_high: 0,
    };

    /// The holder with the lowest priority, as a choice.
    pub(crate) fn lowest(&self) -> Option<usize> {
        (self.lowest != NONE).then_some(self.lowest as usize)
    }

    /// The claimant with the highest priority, as a choice.
    pub(crate) fn first(&self) -> Option<usize> {
        (self.first != NONE).then_some(self.first as usize)
    }

    /// Whether another claimant has the same priority as the first.
    pub(crate) fn first_is_tied(&self) -> bool {
        self.as_high > 1
    }

    /// Whether somebody is admitted and all of them are so by hand.
    pub(crate) fn all_by_hand(&self) -> bool {
        self.admitted > 0 && self.by_hand == self.admitted
    }
}

/// The standing of every programme. Reads each choice down to the placement once: O(choices).
pub(crate) fn standings<K: Ord>(case: &Case<'_, K>) -> Vec<Standing> {
    let mut standings = vec![Standing::BLANK; case.programmes()];
    for applicant in 0..case.applicants() {
        for choice in case.claims_of(applicant) {
            let programme = case.programme_of(choice);
            let at = &mut standings[programme];
            at.claims += 1;
            if case.has_groups(programme) {
                continue;
            }
            match at.first().map(|first| case.key[choice].cmp(&case.key[first])) {
                None | Some(Ordering::Greater) => (at.first, at.as_high) = (choice as u32, 1),
                Some(Ordering::Equal) => at.as_high += 1,
                Some(Ordering::Less) => {}
            }
        }
        let Some(programme) = case.placement[applicant].map(|q| q as usize) else { continue };
        let at = &mut standings[programme];
        at.admitted += 1;
        let Some(held) = case.held(applicant) else { continue };
        at.by_hand += u32::from(case.by_hand(held));
        if case.has_groups(programme) {
            continue;
        }
        match at.lowest().map(|lowest| case.key[held].cmp(&case.key[lowest])) {
            None | Some(Ordering::Less) => (at.lowest, at.as_low) = (held as u32, 1),
            Some(Ordering::Equal) => at.as_low += 1,
            Some(Ordering::Greater) => {}
        }
    }
    standings
}
