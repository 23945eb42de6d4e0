//! How a programme with quota groups chooses, written from its definition.

use std::cmp::Reverse;

use crate::case::Case;
use crate::columns::ClaimKey;
use crate::groups::Groups;

/// What a programme's groups make of a set of choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// The group that takes each of the choices, in the order in which they were given.
    pub(crate) group: Vec<Option<u32>>,
    /// The seats that each group has left in the end.
    pub(crate) remaining: Vec<u32>,
    /// Choices with equal keys that decide whom a group takes, or whom it turns away first.
    pub(crate) ties: Vec<Vec<u32>>,
}

/// Chooses among choices of one programme with groups, as
/// [`GroupColumns`](crate::GroupColumns) defines it; equal keys go by the order of choices.
///
/// O(tiers · groups · choices · log choices).
pub(crate) fn choose(groups: &Groups<'_>, programme: usize, choices: &[u32]) -> Chosen {
    let columns = &groups.columns;
    let unfilled_to = groups.unfilled_to(programme);
    let mut taken: Vec<Option<u32>> = vec![None; choices.len()];
    let mut remaining = groups.seats_of(programme).to_vec();
    let mut ties = Vec::new();

    let mut open: Vec<(Reverse<&ClaimKey>, u32, usize)> = Vec::with_capacity(choices.len());
    for tier in (0..columns.tiers).rev() {
        for (group, to) in unfilled_to.iter().enumerate() {
            open.clear();
            for (at, &choice) in choices.iter().enumerate() {
                if taken[at].is_none()
                    && columns.tier[choice as usize] == tier
                    && let Some(claim) = groups.claim(choice as usize, group as u32)
                {
                    open.push((Reverse(&columns.claim_key[claim]), choice, at));
                }
            }
            open.sort_unstable();
            let takes = open.len().min(remaining[group] as usize);
            for &(_, _, at) in &open[..takes] {
                taken[at] = Some(group as u32);
            }
            if let Some(&(first_turned_away, ..)) = open.get(takes) {
                let equal: Vec<u32> =
                    open.iter().filter(|o| o.0 == first_turned_away).map(|o| o.1).collect();
                if equal.len() > 1 && !ties.contains(&equal) {
                    ties.push(equal);
                }
            }
            remaining[group] -= takes as u32;
            if let Some(to) = *to {
                remaining[to as usize] += std::mem::take(&mut remaining[group]);
            }
        }
    }
    Chosen { group: taken, remaining, ties }
}

/// Who holds and who claims a programme with groups, and whom its groups choose among all these.
#[derive(Clone, Debug, Default)]
pub(crate) struct Division {
    pub(crate) programme: usize,
    /// The choices through which places are held; holders off their list have none.
    pub(crate) holders: Vec<u32>,
    /// The choices of those who prefer the programme to what they have.
    pub(crate) waiting: Vec<u32>,
    /// What the groups make of the holders and, after them, of those who wait.
    pub(crate) chosen: Chosen,
}

impl Division {
    /// The group that ought to have each holder.
    pub(crate) fn of_holders(&self) -> impl Iterator<Item = (usize, Option<u32>)> + '_ {
        self.holders
            .iter()
            .zip(&self.chosen.group)
            .map(|(&choice, &group)| (choice as usize, group))
    }

    /// The group that ought to have each of those who wait.
    pub(crate) fn of_waiting(&self) -> impl Iterator<Item = (usize, Option<u32>)> + '_ {
        let groups = &self.chosen.group[self.holders.len()..];
        self.waiting.iter().zip(groups).map(|(&choice, &group)| (choice as usize, group))
    }
}

/// The division of every programme with groups, in the order of programmes.
pub(crate) fn divisions<K: Ord>(case: &Case<'_, K>) -> Vec<Division> {
    let Some(groups) = &case.groups else { return Vec::new() };
    let mut divisions = vec![Division::default(); case.programmes()];
    for applicant in 0..case.applicants() {
        for choice in case.claims_of(applicant) {
            if groups.has(case.programme_of(choice)) {
                divisions[case.programme_of(choice)].waiting.push(choice as u32);
            }
        }
        if let Some(held) = case.held(applicant)
            && groups.has(case.programme_of(held))
        {
            divisions[case.programme_of(held)].holders.push(held as u32);
        }
    }
    let with_groups = divisions.into_iter().enumerate().filter(|(q, _)| groups.has(*q));
    with_groups
        .map(|(programme, division)| {
            let all = [division.holders.as_slice(), &division.waiting].concat();
            Division { programme, chosen: choose(groups, programme, &all), ..division }
        })
        .collect()
}
