//! The quota groups of an offer: when their rows are published, and what the offer's own row tells
//! of them.

use antagning_formats::ProgrammeTable;
use antagning_rules::{GroupRanking, QuotaGroup, RankingTerm};

use crate::statistics::suppression::Suppression;

/// A quota group of an offer. Scores are ten-thousandths.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) seats: u64,
    pub(super) admitted: u64,
    pub(super) vacant: u64,
    pub(super) reserves: u64,
    pub(super) kind: String,
    pub(super) cutoff: Option<u64>,
    pub(super) median: Option<u64>,
    pub(super) mean: Option<u64>,
    /// The later group of the offer that its unfilled seats pass on to.
    later: Option<usize>,
    /// Whoever is eligible is ranked in it.
    open_to_all: bool,
}

impl Group {
    /// The group without figures.
    pub(super) fn new(group: &QuotaGroup) -> Self {
        let by_merit = |term: &RankingTerm| matches!(term, RankingTerm::Points { merit: true, .. });
        let ranks_all = match &group.ranking {
            GroupRanking::Manual => false,
            GroupRanking::Terms(terms) => terms.iter().all(by_merit),
        };
        Self {
            name: group.name.clone(),
            seats: u64::from(group.seats),
            later: group.unfilled_to.map(|later| later as usize),
            open_to_all: ranks_all && group.open_to.is_empty(),
            ..Self::default()
        }
    }

    /// Takes the figures of a row of the run. Where officials made the order, no score says
    /// anything about who was admitted.
    pub(super) fn read(&mut self, table: &ProgrammeTable, row: usize) {
        let [_, _, _, admitted, vacant, reserves] = table.counts[row].map(u64::from);
        (self.admitted, self.vacant, self.reserves) = (admitted, vacant, reserves);
        table.cutoff_kind.get(row).clone_into(&mut self.kind);
        let scores = if self.kind == "manual" { [None; 3] } else { table.scores[row] };
        [self.cutoff, self.median, self.mean] = scores;
    }
}

/// Whether the number of admitted of the whole offer would tell a small number of admitted of one
/// group, or of several together, although the groups' own rows are hidden: everybody knows how
/// many seats the groups have and where unfilled ones go, that a full offer is full in every group
/// that passes nothing on, and that somebody who waits does so in every group that is open to them.
///
/// Two groups cover one another when somebody could be moved from one to the other and everything
/// still agreed. What is told are the sums of groups that are covered by no further one.
pub(super) fn total_tells(groups: &[Group], reserves: u64, suppression: Suppression) -> bool {
    let left = seats_left(groups);
    let open_to_all = groups.iter().any(|group| group.open_to_all);
    let is_known_full = |group: usize| {
        reserves > 0 && left[group] == 0 && (groups[group].open_to_all || !open_to_all)
    };
    let movable = |from: usize, to: usize| {
        let (down, up) = (onwards(groups, from), onwards(groups, to));
        let apart = |path: &[usize], other: &[usize]| -> Vec<usize> {
            path.iter().copied().filter(|group| !other.contains(group)).collect()
        };
        groups[from].admitted > 0
            && apart(&up, &down).into_iter().all(|group| left[group] > 0)
            && !apart(&down, &up).into_iter().any(is_known_full)
    };
    let mut covered: Vec<usize> = (0..groups.len()).collect();
    for from in 0..groups.len() {
        for to in (0..groups.len()).filter(|to| *to != from && movable(from, *to)) {
            let (one, other) = (covered[from], covered[to]);
            covered.iter_mut().filter(|part| **part == other).for_each(|part| *part = one);
        }
    }
    (0..groups.len()).any(|part| {
        let members = groups.iter().zip(&covered).filter(|(_, of)| **of == part);
        suppression.hides(members.map(|(group, _)| group.admitted).sum())
    })
}

/// The seats that each group and those that pass seats on to it leave, before it passes them on.
fn seats_left(groups: &[Group]) -> Vec<u64> {
    let mut left: Vec<u64> = groups.iter().map(|group| group.seats).collect();
    for (number, group) in groups.iter().enumerate() {
        left[number] = left[number].saturating_sub(group.admitted);
        if let Some(later) = group.later {
            left[later] += left[number];
        }
    }
    left
}

/// The group and all that its unfilled seats may come to.
fn onwards(groups: &[Group], group: usize) -> Vec<usize> {
    std::iter::successors(Some(group), |group| groups[*group].later).collect()
}

/// Lists of reserves beyond which they are not weighed against one another: any number of sums
/// would be too small by chance.
const MOST_WEIGHED: usize = 4;

/// Whether the numbers of reserves of the groups would tell a small number of persons: those who
/// wait in one group and not in another, or in both.
///
/// The lists overlap, so that nothing is a plain sum; every sum and difference is looked at, each
/// number taken once.
pub(super) fn reserves_tell(groups: &[Group], reserves: u64, suppression: Suppression) -> bool {
    // Nobody, and everybody, tell nothing.
    let waiting = groups.iter().map(|group| group.reserves);
    let numbers: Vec<u64> = waiting.filter(|waiting| ![0, reserves].contains(waiting)).collect();
    if numbers.len() > MOST_WEIGHED {
        return suppression.wanted_reach() > 0;
    }
    let mut sums = vec![0];
    for number in numbers.into_iter().chain([reserves]) {
        let number = i128::from(number);
        sums = sums.iter().flat_map(|sum| [sum - number, *sum, sum + number]).collect();
    }
    sums.into_iter().any(|sum| u64::try_from(sum).is_ok_and(|sum| suppression.hides(sum)))
}

#[cfg(test)]
mod tests {
    use super::{Group, reserves_tell, total_tells};
    use crate::statistics::suppression::Suppression;

    /// Seats, admitted, the group that is passed on to, open to all.
    type Row = (u64, u64, Option<usize>, bool);

    fn tells(rows: &[Row], reserves: u64) -> bool {
        let group = |&(seats, admitted, later, open_to_all): &Row| Group {
            seats,
            admitted,
            later,
            open_to_all,
            ..Group::default()
        };
        let groups: Vec<Group> = rows.iter().map(group).collect();
        total_tells(&groups, reserves, Suppression::DEFAULT)
    }

    #[test]
    fn a_group_that_passes_seats_on_is_covered_by_the_one_that_gets_them() {
        assert!(!tells(&[(2, 1, Some(1), false), (28, 29, None, true)], 30));
        assert!(!tells(&[(2, 2, Some(1), false), (28, 28, None, true)], 30));
        assert!(!tells(&[(2, 2, Some(1), false), (28, 28, None, true)], 0));
        // The 26 who are ranked together with the two, and the four apart from them.
        let apart = (4, 4, None, false);
        assert!(tells(&[(2, 2, Some(2), false), apart, (26, 26, None, true)], 0));
        assert!(tells(&[(2, 2, Some(2), false), apart, (26, 26, None, true)], 30));
    }

    #[test]
    fn full_groups_that_pass_nothing_on_are_told_by_the_total() {
        assert!(tells(&[(2, 2, None, false), (28, 28, None, true)], 0));
        // Of 29 it may be any of the 30 seats that is free, unless somebody waits for the others.
        assert!(!tells(&[(2, 1, None, false), (28, 28, None, true)], 0));
        assert!(tells(&[(2, 1, None, false), (28, 28, None, true)], 6));
        // Nobody, and many, may be told.
        assert!(!tells(&[(9, 0, None, false), (28, 28, None, true)], 6));
        assert!(!tells(&[(9, 9, None, false), (28, 28, None, true)], 6));
    }

    #[test]
    fn a_restricted_group_is_known_to_be_full_where_none_is_open_to_all() {
        let others = [(28, 28, None, false), (9, 2, None, false)];
        assert!(tells(&others, 6));
        let open = [(28, 28, None, false), (9, 2, None, false), (5, 5, None, true)];
        assert!(!tells(&open, 6));
    }

    #[test]
    fn several_groups_together_are_told_as_one_would_be() {
        // Three in two groups that share their seats; nobody knows how, everybody how many.
        let rows = [(1, 1, Some(1), false), (2, 2, None, false), (20, 20, None, true)];
        assert!(tells(&rows, 9));
        let rows = [(1, 1, Some(1), false), (5, 5, None, false), (20, 20, None, true)];
        assert!(!tells(&rows, 9));
    }

    #[test]
    fn overlapping_reserves_are_weighed_against_one_another() {
        let tells = |all: u64, groups: &[u64]| {
            let group = |reserves: &u64| Group { reserves: *reserves, ..Group::default() };
            let groups: Vec<Group> = groups.iter().map(group).collect();
            reserves_tell(&groups, all, Suppression::DEFAULT)
        };
        assert!(!tells(30, &[0, 30]));
        assert!(!tells(30, &[10, 30]));
        // Two wait in the second group alone; two in one and not in the other; three in both.
        assert!(tells(30, &[28, 30]));
        assert!(tells(60, &[40, 42]));
        assert!(tells(30, &[13, 20]));
        assert!(tells(90, &[3, 90]));
        assert!(!tells(0, &[0, 0]));
        assert!(tells(900, &[100, 200, 300, 400, 500]));
    }
}
