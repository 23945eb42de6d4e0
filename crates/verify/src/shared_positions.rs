//! Reserve positions that are one more than the number of those ahead.

use crate::case::Case;
use crate::violation::Violation;

/// Compares the positions of the claimants of one programme where equal keys share a position.
pub(crate) fn check_shared_positions<K: Ord>(
    case: &Case<'_, K>,
    mut claimants: Vec<usize>,
    published: &[Option<u32>],
    wrong: &mut Vec<Violation>,
) {
    claimants.sort_by(|&a, &b| case.key[b].cmp(&case.key[a]));
    let mut ahead = 0;
    for equal in claimants.chunk_by(|&a, &b| case.key[a] == case.key[b]) {
        for &choice in equal {
            let found = Some(ahead + 1);
            if published[choice] != found {
                wrong.push(wrong_position(case, choice, published, found));
            }
        }
        ahead += equal.len() as u32;
    }
}

/// Compares the positions at programmes with groups: for each group the order of all reserves
/// with a claim on it, which is that of those for whom no later group is open.
pub(crate) fn check_group_orders<K: Ord>(
    case: &Case<'_, K>,
    published: &[Option<u32>],
    wrong: &mut Vec<Violation>,
) {
    let Some(groups) = &case.groups else { return };
    for division in &case.divisions {
        for group in 0..groups.count(division.programme) as u32 {
            let key_of = |&choice: &u32| {
                let claim = groups.claim(choice as usize, group)?;
                Some((&groups.columns.claim_key[claim], choice))
            };
            let mut order: Vec<_> = division.waiting.iter().filter_map(key_of).collect();
            order.sort_unstable_by(|a, b| b.0.cmp(a.0).then(a.1.cmp(&b.1)));
            let mut ahead = 0;
            for equal in order.chunk_by(|a, b| a.0 == b.0) {
                let choices: Vec<u32> = equal.iter().map(|&(_, choice)| choice).collect();
                let count = choices.len() as u32;
                if count > 1 && !division.chosen.ties.contains(&choices) {
                    wrong.push(Violation::EqualKeys {
                        programme: division.programme,
                        applicants: choices
                            .iter()
                            .map(|&c| case.applicant_of(c as usize))
                            .collect(),
                    });
                }
                // Equal keys are a violation of their own; any order among them is let pass.
                let open = ahead + 1..=ahead + count;
                for choice in choices.iter().map(|&choice| choice as usize) {
                    if groups.last_open(choice) == Some(group)
                        && !published[choice].is_some_and(|position| open.contains(&position))
                    {
                        wrong.push(wrong_position(case, choice, published, Some(ahead + 1)));
                    }
                }
                ahead += count;
            }
        }
    }
}

fn wrong_position<K: Ord>(
    case: &Case<'_, K>,
    choice: usize,
    published: &[Option<u32>],
    found: Option<u32>,
) -> Violation {
    Violation::WrongReservePosition {
        applicant: case.applicant_of(choice),
        choice,
        programme: case.programme_of(choice),
        published: published[choice],
        found,
    }
}
