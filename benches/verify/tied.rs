//! The season without lottery numbers, its ties admitted or rejected as a whole.

use std::collections::{BTreeMap, VecDeque};

use antagning_verify::Ties;

/// The best placement where ties are kept together: applicants ask, and a programme gives up its
/// lowest class of equals whenever the rule for ties has no place for it.
pub(crate) fn placement(seats: &[u32], lists: &[Vec<(u32, u64)>], ties: Ties) -> Vec<Option<u32>> {
    let mut classes: Vec<BTreeMap<u64, Vec<usize>>> = vec![BTreeMap::new(); seats.len()];
    let mut held = vec![0; seats.len()];
    let mut limit = vec![None; seats.len()];
    let mut next = vec![0; lists.len()];
    let mut queue: VecDeque<usize> = (0..lists.len()).collect();
    while let Some(applicant) = queue.pop_front() {
        let Some(&(programme, key)) = lists[applicant].get(next[applicant]) else { continue };
        next[applicant] += 1;
        let q = programme as usize;
        if limit[q].is_some_and(|limit| key <= limit) {
            queue.push_back(applicant);
            continue;
        }
        classes[q].entry(key).or_default().push(applicant);
        held[q] += 1;
        let lowest = classes[q].first_key_value().map_or(0, |(_, class)| class.len());
        let seats = seats[q] as usize;
        let excess =
            if ties == Ties::AdmitAll { held[q] - lowest >= seats } else { held[q] > seats };
        if excess && let Some((key, class)) = classes[q].pop_first() {
            held[q] -= class.len();
            limit[q] = Some(key);
            queue.extend(class);
        }
    }
    let mut placement = vec![None; lists.len()];
    for (programme, classes) in (0..).zip(&classes) {
        classes.values().flatten().for_each(|&applicant| placement[applicant] = Some(programme));
    }
    placement
}
