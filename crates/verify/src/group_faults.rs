//! What is wrong at programmes with quota groups.

use crate::case::Case;
use crate::division::Division;
use crate::groups::Groups;
use crate::violation::Violation;

/// Where placements differ from what the groups choose.
#[derive(Default)]
pub(crate) struct GroupFaults {
    pub(crate) wasted: Vec<Violation>,
    pub(crate) envious: Vec<Violation>,
    pub(crate) tied: Vec<Violation>,
    pub(crate) misplaced: Vec<Violation>,
}

impl GroupFaults {
    pub(crate) fn find<K: Ord>(case: &Case<'_, K>) -> Self {
        let mut faults = Self::default();
        let Some(groups) = &case.groups else { return faults };
        faults.misplaced = unfounded(case, groups);
        for division in &case.divisions {
            let at = &case.standings[division.programme];
            if at.admitted as usize == division.holders.len() {
                faults.compare(case, groups, division);
            }
        }
        faults
    }

    /// Names everybody whom the groups choose otherwise than the placements have it, once each.
    fn compare<K: Ord>(&mut self, case: &Case<'_, K>, groups: &Groups<'_>, division: &Division) {
        let programme = division.programme;
        let stated = |holder: usize| groups.columns.placement_group[case.applicant_of(holder)];
        let mut to_leave = Vec::new();
        for (holder, found) in division.of_holders() {
            let (applicant, stated) = (case.applicant_of(holder), stated(holder));
            if found.is_none() {
                to_leave.push(holder);
            } else if found != stated && is_open(groups, holder, stated) {
                self.misplaced.push(Violation::WrongGroup { applicant, programme, stated, found });
            }
        }
        for (choice, group) in division.of_waiting().filter(|(_, group)| group.is_some()) {
            let applicant = case.applicant_of(choice);
            let same_group = to_leave.iter().position(|&holder| stated(holder) == group);
            if to_leave.is_empty() {
                // The groups choose more than are admitted, so there are seats to spare.
                let vacant = case.seats[programme] - case.standings[programme].admitted;
                self.wasted.push(Violation::WastedSeat { applicant, programme, vacant });
            } else {
                let holder = case.applicant_of(to_leave.remove(same_group.unwrap_or(0)));
                self.envious.push(Violation::JustifiedEnvy { applicant, programme, holder });
            }
        }
        self.misplaced.extend(to_leave.into_iter().map(|holder| Violation::WrongGroup {
            applicant: case.applicant_of(holder),
            programme,
            stated: stated(holder),
            found: None,
        }));
        self.tied.extend(division.chosen.ties.iter().map(|tie| {
            let applicants = tie.iter().map(|&choice| case.applicant_of(choice as usize));
            Violation::EqualKeys { programme, applicants: applicants.collect() }
        }));
    }
}

fn is_open(groups: &Groups<'_>, choice: usize, group: Option<u32>) -> bool {
    group.is_some_and(|group| groups.claim(choice, group).is_some())
}

/// Stated groups that are not open to the applicant where they are placed.
fn unfounded<K: Ord>(case: &Case<'_, K>, groups: &Groups<'_>) -> Vec<Violation> {
    let stated = groups.columns.placement_group.iter().enumerate();
    stated
        .filter(|&(applicant, &group)| match case.held(applicant) {
            Some(held) if case.has_groups(case.programme_of(held)) => !is_open(groups, held, group),
            _ => group.is_some(),
        })
        .map(|(applicant, &group)| Violation::UnfoundedGroup {
            applicant,
            programme: case.placement[applicant].map(|q| q as usize),
            group,
        })
        .collect()
}
