//! The published figures of quota groups, recounted from the placements.

use crate::case::Case;
use crate::division::Division;
use crate::groups::Groups;
use crate::published::{CutoffKind, PublishedProgramme};
use crate::scores::{mean, median};

/// How many applied to each group, by the order of the columns of groups.
pub(crate) struct GroupApplications {
    all: Vec<u64>,
    first: Vec<u64>,
}

impl GroupApplications {
    /// Counts every choice at all groups that it has a claim on.
    pub(crate) fn count<K: Ord>(
        case: &Case<'_, K>,
        groups: &Groups<'_>,
        first_application: &[bool],
    ) -> Self {
        let mut counts = Self {
            all: vec![0; groups.columns.seats.len()],
            first: vec![0; groups.columns.seats.len()],
        };
        for (choice, &first) in first_application.iter().enumerate() {
            let before = groups.columns.offsets[case.programme_of(choice)];
            for &group in &groups.columns.claim_group[groups.claims(choice)] {
                counts.all[before + group as usize] += 1;
                counts.first[before + group as usize] += u64::from(first);
            }
        }
        counts
    }
}

/// What the row of a group must say; `remaining` are the seats that each group has left.
pub(crate) fn recount_group<K: Ord>(
    case: &Case<'_, K>,
    groups: &Groups<'_>,
    division: &Division,
    group: u32,
    applications: &GroupApplications,
    remaining: &[u32],
) -> PublishedProgramme {
    let columns = &groups.columns;
    let stated = |choice: usize| columns.placement_group[case.applicant_of(choice)];
    let claims = |choice: &u32| groups.claim(*choice as usize, group);
    let holders = division.holders.iter().map(|&choice| choice as usize);
    let admitted: Vec<usize> = holders.clone().filter(|&c| stated(c) == Some(group)).collect();
    let admitted_claims = admitted.iter().filter_map(|&choice| groups.claim(choice, group));
    let reserves = division.waiting.iter().filter_map(claims).count();
    let taken_later = holders.clone().any(|choice| {
        groups.claim(choice, group).is_some() && stated(choice).is_some_and(|other| other > group)
    });
    let cutoff_kind = if admitted.is_empty() {
        CutoffKind::NoneAdmitted
    } else if groups.is_ranked_by_hand(division.programme, group as usize)
        || admitted.iter().all(|&choice| case.by_hand(choice))
    {
        CutoffKind::Manual
    } else if reserves == 0 && !taken_later {
        CutoffKind::AllEligibleAdmitted
    } else {
        CutoffKind::Value
    };
    let lowest = admitted_claims.clone().min_by_key(|&claim| &columns.claim_key[claim]);
    let mut scores: Vec<u64> = admitted_claims.map(|claim| columns.claim_score[claim]).collect();
    let at = columns.offsets[division.programme] + group as usize;
    PublishedProgramme {
        programme: division.programme as u32,
        group: Some(group),
        seats: columns.seats[at].into(),
        applicants: applications.all[at],
        first_choice_applicants: applications.first[at],
        admitted: admitted.len() as u64,
        vacant: remaining[group as usize].into(),
        reserves: reserves as u64,
        cutoff_kind,
        cutoff: lowest
            .filter(|_| cutoff_kind == CutoffKind::Value)
            .map(|claim| columns.claim_score[claim]),
        median: median(&mut scores),
        mean: mean(&scores),
    }
}
