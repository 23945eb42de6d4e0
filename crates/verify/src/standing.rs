//! Where each programme stands: who holds it lowest, who claims it highest.

use crate::case::{Case, NONE};

/// Holders and claimants of one programme, as far as the checks need them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// All who are placed there, also those who never listed it.
    pub(crate) admitted: u32,
    /// The choice of the holder with the lowest priority; holders off their list have none.
    pub(crate) lowest: u32,
    /// How many prefer the programme to what they have.
    pub(crate) claims: u32,
    /// The choice of the claimant with the highest priority.
    pub(crate) first: u32,
    /// Whether another claimant has the same priority as `first`.
    pub(crate) first_is_tied: bool,
}

impl Standing {
    /// The holder with the lowest priority, as a choice.
    pub(crate) fn lowest(&self) -> Option<usize> {
        (self.lowest != NONE).then_some(self.lowest as usize)
    }

    /// The claimant with the highest priority, as a choice.
    pub(crate) fn first(&self) -> Option<usize> {
        (self.first != NONE).then_some(self.first as usize)
    }
}

/// The standing of every programme. Reads each choice down to the placement once: O(choices).
pub(crate) fn standings<K: Ord>(case: &Case<'_, K>) -> Vec<Standing> {
    let blank =
        Standing { admitted: 0, lowest: NONE, claims: 0, first: NONE, first_is_tied: false };
    let mut standings = vec![blank; case.programmes()];
    for applicant in 0..case.applicants() {
        for choice in case.claims_of(applicant) {
            let at = &mut standings[case.programme_of(choice)];
            at.claims += 1;
            match at.first().map(|first| case.key[choice].cmp(&case.key[first])) {
                None | Some(std::cmp::Ordering::Greater) => {
                    at.first = choice as u32;
                    at.first_is_tied = false;
                }
                Some(std::cmp::Ordering::Equal) => at.first_is_tied = true,
                Some(std::cmp::Ordering::Less) => {}
            }
        }
        if let Some(programme) = case.placement[applicant] {
            let at = &mut standings[programme as usize];
            at.admitted += 1;
            if let Some(held) = case.held(applicant)
                && at.lowest().is_none_or(|lowest| case.key[held] < case.key[lowest])
            {
                at.lowest = held as u32;
            }
        }
    }
    standings
}
