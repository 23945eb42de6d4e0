//! What is published about each choice beside its reserve position.

use std::cmp::Ordering;

use crate::case::Case;
use crate::published::Status;
use crate::violation::Violation;

/// Compares published statuses with the placements.
pub(crate) fn check_statuses<K: Ord>(case: &Case<'_, K>, status: &[Status]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for applicant in 0..case.applicants() {
        let claimed_until = case.claims_of(applicant).end;
        for choice in case.list_of(applicant) {
            let found = match choice.cmp(&claimed_until) {
                Ordering::Less => Status::Reserve,
                Ordering::Equal => Status::Admitted,
                Ordering::Greater => Status::Struck,
            };
            if status[choice] != found {
                wrong.push(Violation::WrongStatus {
                    applicant,
                    choice,
                    programme: case.programme_of(choice),
                    published: status[choice],
                    found,
                });
            }
        }
    }
    wrong
}

/// Compares published groups with those that took the applicants or, for reserves, with the last
/// group that is open to them.
pub(crate) fn check_stated_groups<K: Ord>(
    case: &Case<'_, K>,
    group: &[Option<u32>],
) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for applicant in 0..case.applicants() {
        let claimed_until = case.claims_of(applicant).end;
        for choice in case.list_of(applicant) {
            let programme = case.programme_of(choice);
            let groups = case.groups.as_ref().filter(|groups| groups.has(programme));
            let found = groups.and_then(|groups| match choice.cmp(&claimed_until) {
                Ordering::Less => groups.last_open(choice),
                Ordering::Equal => groups.columns.placement_group[applicant],
                Ordering::Greater => None,
            });
            let published = group[choice];
            if published != found {
                wrong.push(Violation::WrongStatedGroup {
                    applicant,
                    choice,
                    programme,
                    published,
                    found,
                });
            }
        }
    }
    wrong
}
