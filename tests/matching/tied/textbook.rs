//! Deferred acceptance over ties as the paper has it: rounds of proposals to programmes that weigh
//! all who ever asked them anew each time. (A class that was rejected is not taken piecemeal later:
//! its members still want in.)
//!
//! The oracle of the tests and the check of the bench. Of the library it knows the rules' names.

use antagning_matching::TieRule;

use crate::textbook::Instance;

/// How many of a programme's applicants, given their priorities from the highest to the lowest, it
/// keeps: the lowest class is rejected, and again, for as long as the rule says.
pub(crate) fn kept(rule: TieRule, seats: usize, priorities: &[u64]) -> usize {
    let mut kept = priorities.len();
    while kept > 0 {
        let lowest = priorities[kept - 1];
        let higher = priorities[..kept].iter().rposition(|&priority| priority > lowest);
        let others = higher.map_or(0, |rank| rank + 1);
        let rejects = match rule {
            TieRule::AdmitAll => others >= seats,
            TieRule::RejectAll => kept > seats,
        };
        if !rejects {
            break;
        }
        kept = others;
    }
    kept
}

/// The position in each applicant's list where they are placed.
pub(crate) fn tied_deferred_acceptance(instance: &Instance, rule: TieRule) -> Vec<Option<usize>> {
    let mut next = vec![0; instance.lists.len()];
    loop {
        let mut asked = vec![Vec::new(); instance.seats.len()];
        for (applicant, (list, &next)) in instance.lists.iter().zip(&next).enumerate() {
            for (position, &(programme, priority)) in list.iter().enumerate().take(next + 1) {
                asked[programme].push((priority, applicant, position));
            }
        }
        let mut rejected = false;
        for (asked, &seats) in asked.iter_mut().zip(&instance.seats) {
            asked.sort_unstable_by(|a, b| b.cmp(a));
            let priorities: Vec<_> = asked.iter().map(|&(priority, ..)| priority).collect();
            for &(_, applicant, position) in &asked[kept(rule, seats as usize, &priorities)..] {
                if next[applicant] == position {
                    next[applicant] += 1;
                    rejected = true;
                }
            }
        }
        if !rejected {
            break;
        }
    }
    let placed = next.into_iter().zip(&instance.lists);
    placed.map(|(next, list)| (next < list.len()).then_some(next)).collect()
}
