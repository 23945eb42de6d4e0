//! The quota groups of an offer, and what the tables tell of them between the lines.

use antagning_rules::{Condition, GroupRanking, QuotaGroup, RankingTerm};

use crate::statistics::offers::Figures;
use crate::statistics::suppression::Suppression;

/// One of several quota groups of an offer.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) name: String,
    /// The later group that its unfilled seats pass on to, counted within the offer.
    pub(super) later: Option<usize>,
    pub(super) figures: Figures,
    openness: Openness,
}

/// Whom a group is open to, as anybody can read in the season's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Openness {
    /// Officials place applicants by name.
    ByHand,
    /// Those who meet these, limits of points and grades left out.
    Meeting(Vec<Condition>),
}

impl Group {
    /// The group without figures.
    pub(super) fn new(group: &QuotaGroup) -> Self {
        Self {
            name: group.name.clone(),
            later: group.unfilled_to.map(|later| later as usize),
            figures: Figures::default(),
            openness: Openness::of(group),
        }
    }

    /// Whether the group turned somebody away, as far as its row tells.
    fn turns_away(&self) -> bool {
        self.figures.reserves > 0 || self.figures.kind == "value"
    }
}

impl Openness {
    fn of(group: &QuotaGroup) -> Self {
        let terms = match &group.ranking {
            GroupRanking::Manual => return Self::ByHand,
            GroupRanking::Terms(terms) => terms,
        };
        let plain = |condition: &Condition| match condition {
            Condition::TestPassed | Condition::TestPoints(_) => Condition::TestTaken,
            Condition::Subject(subject, _) => Condition::Subject(subject.clone(), None),
            other => other.clone(),
        };
        let implied = terms.iter().filter_map(|term| match term {
            RankingTerm::FreeQuota => Some(Condition::FreeQuota),
            RankingTerm::Points { merit: false, .. } => Some(Condition::TestTaken),
            RankingTerm::Points { .. } => None,
        });
        Self::Meeting(group.open_to.iter().map(plain).chain(implied).collect())
    }

    fn is_for_all(&self) -> bool {
        *self == Self::Meeting(Vec::new())
    }

    /// Whether those whom `other` is open to may all be among those whom this one is open to.
    fn may_include(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::ByHand, _) => *other == Self::ByHand,
            (Self::Meeting(own), Self::ByHand) => own.is_empty(),
            (Self::Meeting(own), Self::Meeting(others)) => {
                own.iter().all(|condition| others.contains(condition))
            }
        }
    }
}

/// The groups that a reader may conclude to be full, once it is known that somebody waits or was
/// turned away: whoever waits does so in every group that is open to them.
///
/// A restricted group is not among them where the waiting may all be such as it is closed to.
pub(super) fn known_full(groups: &[Group]) -> Vec<bool> {
    let full = |group: &&Group| group.turns_away();
    let explained = groups.iter().filter(full).any(|group| group.openness.is_for_all());
    let concluded = |(number, group): (usize, &Group)| {
        let from_another = || {
            let others = groups.iter().enumerate().filter(|(other, _)| *other != number);
            let mut others = others.map(|(_, group)| group).filter(full);
            others.any(|other| group.openness.may_include(&other.openness))
        };
        group.turns_away() && (group.openness.is_for_all() || !explained || from_another())
    };
    groups.iter().enumerate().map(concluded).collect()
}

/// Groups beyond which their reserves are not weighed against one another.
const MOST_WEIGHED: usize = 4;

/// Whether the numbers of reserves of the groups would tell a small number of persons: those who
/// wait in one group and not in another, or in both.
///
/// The lists overlap, so that nothing is a plain sum; any sum and difference is looked at, each
/// number taken once.
pub(super) fn reserves_tell(reserves: u64, groups: &[Group], suppression: Suppression) -> bool {
    let waiting = groups.iter().map(|group| group.figures.reserves);
    // Nobody, and everybody, tell nothing.
    let numbers: Vec<u64> = waiting.filter(|waiting| ![0, reserves].contains(waiting)).collect();
    if numbers.len() > MOST_WEIGHED {
        return true;
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
    use super::{Condition, Figures, Group, Openness, known_full, reserves_tell};
    use crate::statistics::suppression::Suppression;

    fn group(reserves: u64, kind: &str, openness: Openness) -> Group {
        let figures = Figures { reserves, kind: kind.to_owned(), ..Figures::default() };
        Group { name: String::new(), later: None, figures, openness }
    }

    fn meeting(conditions: &[Condition]) -> Openness {
        Openness::Meeting(conditions.to_vec())
    }

    #[test]
    fn who_waits_for_all_tells_nothing_of_a_restricted_group() {
        let test = meeting(&[Condition::TestTaken]);
        let all = meeting(&[]);
        let groups = [group(3, "value", test.clone()), group(9, "value", all.clone())];
        assert_eq!(known_full(&groups), [false, true]);
        // Nobody waits in the open group: those who wait can only do so in the other.
        let groups = [group(3, "value", test.clone()), group(0, "all_eligible_admitted", all)];
        assert_eq!(known_full(&groups), [true, false]);
        // Who waits in one group with a test waits in the other as well.
        let both = [group(3, "value", test.clone()), group(4, "value", test)];
        assert_eq!(known_full(&both), [true, true]);
    }

    #[test]
    fn a_stricter_group_tells_of_a_wider_one_and_not_the_other_way_round() {
        let wide = meeting(&[Condition::TestTaken]);
        let strict = meeting(&[Condition::TestTaken, Condition::SportApproval]);
        let by_hand = Openness::ByHand;
        let all = group(9, "value", meeting(&[]));
        let of = |groups: [&Openness; 2]| {
            let groups = groups.map(|openness| group(2, "value", openness.clone()));
            known_full(&[&groups[..], std::slice::from_ref(&all)].concat())
        };
        assert_eq!(of([&wide, &strict]), [true, false, true]);
        assert_eq!(of([&by_hand, &strict]), [false, false, true]);
    }

    #[test]
    fn overlapping_reserves_are_weighed_against_one_another() {
        let tells = |all: u64, groups: &[u64]| {
            let groups: Vec<Group> =
                groups.iter().map(|n| group(*n, "value", Openness::ByHand)).collect();
            reserves_tell(all, &groups, Suppression::DEFAULT)
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
