//! Outcomes at a programme with quota groups.

use crate::assessment::Assessment;
use crate::line::{Line, OfGroup};
use crate::outcome::{CutoffKind, Outcomes, ProgrammeResult};

/// Who was admitted to a programme with quota groups and who waits for it, as entrants.
pub(crate) struct GroupedProgramme<'a> {
    assessment: &'a Assessment<'a>,
    programme: usize,
    admitted: &'a [u32],
    waiting: &'a [u32],
}

/// Whom each quota group is open to, and how many of them wanted the programme most.
pub(crate) fn group_demand(assessment: &Assessment<'_>) -> Vec<(u32, u32)> {
    let (dossiers, entrants) = (assessment.dossiers(), assessment.entrants());
    let mut demand = vec![(0, 0); dossiers.quotas.len()];
    for (position, &entrant) in entrants.claims.entrant.iter().enumerate() {
        let entrant = entrant as usize;
        let first = dossiers.quotas.range(entrants.programme[entrant] as usize).start;
        let most_wanted = dossiers.offsets.binary_search(&entrants.choice[entrant]).is_ok();
        for claim in entrants.claims.at(position) {
            let count = &mut demand[first + usize::from(entrants.claims.group[claim])];
            count.0 += 1;
            count.1 += u32::from(most_wanted);
        }
    }
    demand
}

impl<'a> GroupedProgramme<'a> {
    pub(crate) fn new(
        assessment: &'a Assessment<'a>,
        programme: usize,
        admitted: &'a [u32],
        waiting: &'a [u32],
    ) -> Self {
        Self { assessment, programme, admitted, waiting }
    }

    /// Writes the outcomes and the figures of every group, and gives those of the programme. A
    /// reserve's outcome is that of the last group that turned them away.
    pub(crate) fn settle(
        &self,
        outcomes: &mut Outcomes,
        demand: (u32, u32),
        group_demand: &[(u32, u32)],
        scores: &mut Vec<u64>,
        offered: Option<&[bool]>,
    ) -> ProgrammeResult {
        let entrants = self.assessment.entrants();
        let claims = &entrants.claims;
        let quotas = self.assessment.dossiers().quotas;
        let (groups, first) = (quotas.of(self.programme), quotas.range(self.programme).start);
        let group_of =
            |entrant: u32| outcomes.choices[entrants.choice[entrant as usize] as usize].group;
        let taken: Vec<(u32, u16)> = self
            .admitted
            .iter()
            .filter_map(|entrant| Some((*entrant, group_of(*entrant)?)))
            .collect();
        let vacant = self.vacant(&taken);
        let on = |entrant: u32, group: u16| claims.on(entrant as usize, group).map(|c| c as u32);
        for (number, group) in (0..).zip(groups) {
            let of_taken = |wanted: &dyn Fn(u16) -> bool| -> Vec<u32> {
                let taken = taken.iter().filter(|(_, by)| wanted(*by));
                taken.filter_map(|(entrant, _)| on(*entrant, number)).collect()
            };
            let admitted = of_taken(&|by| by == number);
            let taken_later = of_taken(&|by| by > number);
            let mut waiting: Vec<u32> =
                self.waiting.iter().filter_map(|entrant| on(*entrant, number)).collect();
            let ranking = OfGroup { assessment: self.assessment, group, number };
            let line =
                Line::new(ranking, group.seats, &admitted, &mut waiting, &taken_later, offered);
            let is_last = |claim: u32| {
                let entrant = claims.entrant_of(claim as usize);
                claims.of(entrant).end == claim as usize + 1
            };
            line.settle(outcomes, is_last);
            let at = first + usize::from(number);
            let by_hand = group.is_ranked_by_hand();
            let vacant = vacant[usize::from(number)];
            outcomes.groups.push(line.result(group_demand[at], vacant, by_hand, scores));
        }
        self.total(&outcomes.groups[first..], demand)
    }

    /// The figures of the whole programme; a limit only where there is one group.
    fn total(
        &self,
        groups: &[ProgrammeResult],
        (applicants, first_choice_applicants): (u32, u32),
    ) -> ProgrammeResult {
        let (entrants, seats) =
            (self.assessment.entrants(), self.assessment.dossiers().seats[self.programme]);
        let by_hand = |entrant: &u32| {
            self.assessment.ruling(entrants.choice[*entrant as usize] as usize).placed_by_hand
        };
        let admitted = self.admitted.len() as u32;
        let only = Some(&groups[0]).filter(|_| groups.len() == 1);
        let cutoff = match only {
            _ if admitted == 0 => CutoffKind::NoneAdmitted,
            _ if self.admitted.iter().all(by_hand) => CutoffKind::Manual,
            Some(only) => only.cutoff,
            None if self.waiting.is_empty() => CutoffKind::AllEligibleAdmitted,
            None => CutoffKind::ByGroup,
        };
        ProgrammeResult {
            seats,
            applicants,
            first_choice_applicants,
            admitted,
            vacant: seats - admitted,
            reserves: self.waiting.len() as u32,
            cutoff,
            median: only.and_then(|group| group.median),
            mean: only.and_then(|group| group.mean),
            decided_by: only.and_then(|group| group.decided_by),
        }
    }

    /// The seats that are left in each group when all have passed on what they pass on.
    fn vacant(&self, taken: &[(u32, u16)]) -> Vec<u32> {
        let claims = &self.assessment.entrants().claims;
        let groups = self.assessment.dossiers().quotas.of(self.programme);
        let taken: Vec<(u32, u16)> =
            taken.iter().map(|(entrant, by)| (claims.tier_of(*entrant as usize), *by)).collect();
        let mut left: Vec<u32> = groups.iter().map(|group| group.seats).collect();
        for tier in (0..self.assessment.chain().tiers()).rev() {
            for (number, group) in groups.iter().enumerate() {
                let here = taken.iter().filter(|taken| **taken == (tier, number as u16));
                left[number] -= here.count() as u32;
                if let Some(later) = group.unfilled_to {
                    left[later as usize] += std::mem::take(&mut left[number]);
                }
            }
        }
        left
    }
}
