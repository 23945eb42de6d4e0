//! From a matching to outcomes with reasons.

use crate::assessment::{Assessment, Bar};
use crate::grades::Shortfall;
use crate::grouped::{GroupedProgramme, group_demand};
use crate::line::{Line, Plain};
use crate::outcome::{Outcome, Outcomes, Reason, Status};
use crate::ruling::{Closed, Lapse};

/// Where a matching places an applicant: the position (from 0) among their entrants, and at a
/// programme with quota groups the part of it that took them.
pub type Held = Option<(usize, Option<usize>)>;

impl Outcomes {
    /// Derives outcomes and figures from a matching of the assessment's market, which `held`
    /// tells applicant by applicant.
    ///
    /// O(choices + claims · log claims), where claims are the choices that an applicant prefers to
    /// what they have; a programme's ranking is never walked as a whole.
    ///
    /// # Panics
    /// When the matching is of another market.
    #[must_use]
    pub fn new(assessment: &Assessment<'_>, held: impl Fn(usize) -> Held) -> Self {
        Self::settled(assessment, held, None)
    }

    /// [`Outcomes::new`] where nobody is moved without being asked by phone: everybody stays where
    /// they hold a seat or are placed by hand, and the moves that the matching would make are
    /// offers.
    ///
    /// # Panics
    /// When the matching is of another market.
    #[must_use]
    pub fn by_phone(assessment: &Assessment<'_>, matched: impl Fn(usize) -> Held) -> Self {
        let entrants = assessment.entrants();
        let kept = |applicant: usize| -> Held {
            let list = entrants.offsets[applicant]..entrants.offsets[applicant + 1];
            let ruling = |at: usize| assessment.ruling(entrants.choice[at] as usize);
            let at = list.clone().find(|at| ruling(*at).goes_first())?;
            let groups = assessment.dossiers().quotas.of(entrants.programme[at] as usize);
            Some((at - list.start, ruling(at).group_by_hand(groups)))
        };
        let mut offered = vec![false; assessment.dossiers().programme.len()];
        for (applicant, bounds) in entrants.offsets.windows(2).enumerate() {
            let (matched, kept) = (matched(applicant), kept(applicant));
            let moves = matched.map(|(at, _)| at) != kept.map(|(at, _)| at);
            if let Some((at, _)) = matched.filter(|_| moves) {
                offered[entrants.choice[bounds[0] + at] as usize] = true;
            }
        }
        Self::settled(assessment, kept, Some(&offered))
    }

    fn settled(
        assessment: &Assessment<'_>,
        held: impl Fn(usize) -> Held,
        offered: Option<&[bool]>,
    ) -> Self {
        let dossiers = assessment.dossiers();
        let (applicants, programmes) = (dossiers.offsets.len() - 1, dossiers.seats.len());
        let struck = Outcome {
            status: Status::Struck,
            reason: Reason::AdmittedHigher,
            reserve_position: 0,
            decided_by: None,
            group: None,
        };
        let mut outcomes = Self {
            placement: Vec::with_capacity(applicants),
            placed_rank: Vec::with_capacity(applicants),
            choices: vec![struck; dossiers.programme.len()],
            programmes: Vec::with_capacity(programmes),
            groups: Vec::with_capacity(dossiers.quotas.len()),
        };
        outcomes.mark_barred(assessment);
        let (admitted, waiting) = outcomes.place(assessment, held);
        let demand = demand(assessment);
        let group_demand = group_demand(assessment);
        let mut admitted = ByProgramme::new(programmes, admitted, assessment);
        let mut waiting = ByProgramme::new(programmes, waiting, assessment);
        let mut scores = Vec::new();
        for (programme, demand) in demand.into_iter().enumerate() {
            let (admitted, waiting) = (admitted.of(programme), waiting.of(programme));
            let seats = dossiers.seats[programme];
            let result = if dossiers.quotas.of(programme).is_empty() {
                let line = Line::new(Plain(assessment), seats, admitted, waiting, &[], offered);
                line.settle(&mut outcomes, |_| true);
                let vacant = seats.saturating_sub(admitted.len() as u32);
                line.result(demand, vacant, false, &mut scores)
            } else {
                let groups = GroupedProgramme::new(assessment, programme, admitted, waiting);
                groups.settle(&mut outcomes, demand, &group_demand, &mut scores, offered)
            };
            outcomes.programmes.push(result);
        }
        outcomes
    }

    /// Places everybody; gives the entrants that are admitted and those who wait.
    fn place(
        &mut self,
        assessment: &Assessment<'_>,
        held: impl Fn(usize) -> Held,
    ) -> (Vec<u32>, Vec<u32>) {
        let (dossiers, entrants) = (assessment.dossiers(), assessment.entrants());
        let (mut admitted, mut waiting) = (Vec::new(), Vec::new());
        for (applicant, bounds) in entrants.offsets.windows(2).enumerate() {
            let held = held(applicant);
            let entrant = held.map(|(position, _)| bounds[0] + position);
            // The files number applicants and choices with 32 bits.
            waiting.extend(bounds[0] as u32..entrant.unwrap_or(bounds[1]) as u32);
            admitted.extend(entrant.map(|entrant| entrant as u32));
            self.placement.push(entrant.map(|entrant| entrants.programme[entrant]));
            let rank = |entrant: usize| entrants.choice[entrant] - dossiers.offsets[applicant] + 1;
            self.placed_rank.push(entrant.map_or(0, rank));
            if let (Some(entrant), Some((_, Some(unit)))) = (entrant, held) {
                let groups = dossiers.quotas.of(entrants.programme[entrant] as usize).len();
                let choice = entrants.choice[entrant] as usize;
                self.choices[choice].group = Some((unit % groups) as u16);
            }
        }
        (admitted, waiting)
    }

    fn mark_barred(&mut self, assessment: &Assessment<'_>) {
        for (choice, outcome) in self.choices.iter_mut().enumerate() {
            (outcome.status, outcome.reason) = match assessment.bar(choice) {
                None => continue,
                Some(Bar::Withdrawn) => (Status::Withdrawn, Reason::Withdrawn),
                Some(Bar::Lapsed(lapse)) => match lapse {
                    Lapse::AnsweredNo => (Status::Withdrawn, Reason::AnsweredNo),
                    Lapse::NoShow => (Status::Withdrawn, Reason::NoShow),
                    Lapse::NotWaiting => (Status::Withdrawn, Reason::NotWaiting),
                    Lapse::OfferClosed => (Status::NotReceived, Reason::OfferClosed),
                },
                Some(Bar::Closed(Closed::TooOld)) => (Status::Ineligible, Reason::TooOld),
                Some(Bar::Closed(Closed::UnfinishedCompulsorySchool)) => {
                    (Status::Ineligible, Reason::UnfinishedCompulsorySchool)
                }
                Some(Bar::Closed(Closed::NoRightToEducation)) => {
                    (Status::Ineligible, Reason::NoRightToEducation)
                }
                Some(Bar::Closed(Closed::FinishedProgramme)) => {
                    (Status::Ineligible, Reason::FinishedProgramme)
                }
                Some(Bar::NotReceived) => (Status::NotReceived, Reason::NotReceived),
                Some(Bar::Individual) => (Status::NotReceived, Reason::IndividualPlacement),
                Some(Bar::NoGroupOpen) => (Status::Ineligible, Reason::NoGroupOpen),
                Some(Bar::EligibleForTarget) => (Status::Ineligible, Reason::EligibleForTarget),
                Some(Bar::Ineligible(Shortfall { mean: Some(_), .. })) => {
                    (Status::Ineligible, Reason::TooLowMean)
                }
                Some(Bar::Ineligible(Shortfall { missing: 0, .. })) => {
                    (Status::Ineligible, Reason::TooFewPasses)
                }
                Some(Bar::Ineligible(_)) => (Status::Ineligible, Reason::RequiredSubjectsMissing),
            };
        }
    }
}

/// How many chose each programme, and how many of them wanted it most.
fn demand(assessment: &Assessment<'_>) -> Vec<(u32, u32)> {
    let dossiers = assessment.dossiers();
    let mut demand = vec![(0, 0); dossiers.seats.len()];
    for bounds in dossiers.offsets.windows(2) {
        let list = &dossiers.programme[bounds[0] as usize..bounds[1] as usize];
        for (position, &programme) in list.iter().enumerate() {
            let count = &mut demand[programme as usize];
            count.0 += 1;
            count.1 += u32::from(position == 0);
        }
    }
    demand
}

/// Entrants by programme, in the order they were given.
struct ByProgramme {
    offsets: Vec<usize>,
    entrants: Vec<u32>,
}

impl ByProgramme {
    fn new(programmes: usize, entrants: Vec<u32>, assessment: &Assessment<'_>) -> Self {
        let programme = |entrant: u32| assessment.entrants().programme[entrant as usize] as usize;
        let mut offsets = vec![0; programmes + 1];
        entrants.iter().for_each(|entrant| offsets[programme(*entrant) + 1] += 1);
        for i in 0..programmes {
            offsets[i + 1] += offsets[i];
        }
        let mut next = offsets.clone();
        let mut grouped = vec![0; entrants.len()];
        for entrant in entrants {
            let place = &mut next[programme(entrant)];
            grouped[*place] = entrant;
            *place += 1;
        }
        Self { offsets, entrants: grouped }
    }

    fn of(&mut self, programme: usize) -> &mut [u32] {
        &mut self.entrants[self.offsets[programme]..self.offsets[programme + 1]]
    }
}
