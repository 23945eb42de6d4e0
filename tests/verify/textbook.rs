//! Applicant-proposing deferred acceptance as a textbook has it: a queue and sorted sets.

use std::collections::{BTreeSet, VecDeque};

/// The applicant-optimal stable placement. `lists` holds for every applicant the programmes,
/// most wanted first, each with the applicant's priority there: greater goes first.
pub(crate) fn applicant_proposing<K: Ord + Copy>(
    seats: &[u32],
    lists: &[Vec<(u32, K)>],
) -> Vec<Option<u32>> {
    let mut held: Vec<BTreeSet<(K, usize)>> = vec![BTreeSet::new(); seats.len()];
    let mut next = vec![0; lists.len()];
    let mut queue: VecDeque<usize> = (0..lists.len()).collect();
    while let Some(applicant) = queue.pop_front() {
        let Some(&(programme, key)) = lists[applicant].get(next[applicant]) else { continue };
        next[applicant] += 1;
        let holders = &mut held[programme as usize];
        holders.insert((key, applicant));
        if holders.len() > seats[programme as usize] as usize
            && let Some((_, rejected)) = holders.pop_first()
        {
            queue.push_back(rejected);
        }
    }
    let mut placement = vec![None; lists.len()];
    for (programme, holders) in (0..).zip(&held) {
        for &(_, applicant) in holders {
            placement[applicant] = Some(programme);
        }
    }
    placement
}
