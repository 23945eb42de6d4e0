//! From a matching to outcomes with reasons.

use antagning_matching::{ApplicantIx, Matching};

use crate::assessment::{Assessment, Bar};
use crate::chain::RankingKey;
use crate::grades::Shortfall;
use crate::outcome::{CutoffKind, Outcome, Outcomes, ProgrammeResult, Reason, Status};
use crate::ruling::Closed;
use crate::score::Score;

impl Outcomes {
    /// Derives outcomes and figures from the matching of the assessment's market.
    ///
    /// O(choices + claims · log claims), where claims are the choices that an applicant prefers to
    /// what they have; a programme's ranking is never walked as a whole.
    ///
    /// # Panics
    /// When the matching is of another market.
    #[must_use]
    pub fn new(assessment: &Assessment<'_>, matching: &Matching<'_>) -> Self {
        let dossiers = assessment.dossiers();
        let (applicants, programmes) = (dossiers.offsets.len() - 1, dossiers.seats.len());
        let struck = Outcome {
            status: Status::Struck,
            reason: Reason::AdmittedHigher,
            reserve_position: 0,
            decided_by: None,
        };
        let mut outcomes = Self {
            placement: Vec::with_capacity(applicants),
            placed_rank: Vec::with_capacity(applicants),
            choices: vec![struck; dossiers.programme.len()],
            programmes: Vec::with_capacity(programmes),
        };
        outcomes.mark_barred(assessment);
        let (admitted, claims) = outcomes.place(assessment, matching);
        let demand = demand(assessment);
        let (admitted, mut claims) = (
            Groups::new(programmes, admitted, assessment),
            Groups::new(programmes, claims, assessment),
        );
        let mut scores = Vec::new();
        for (programme, demand) in demand.into_iter().enumerate() {
            let claims = claims.of(programme);
            let priority = &assessment.entrants().priority;
            claims.sort_unstable_by(|a, b| priority[*b as usize].cmp(&priority[*a as usize]));
            let line = Line::new(assessment, admitted.shared(programme), claims);
            outcomes.settle(assessment, &line);
            let result = line.result(assessment, programme, demand, &mut scores);
            outcomes.programmes.push(result);
        }
        outcomes
    }

    /// Places everybody; gives the entrants that are admitted and those that are claims.
    fn place(
        &mut self,
        assessment: &Assessment<'_>,
        matching: &Matching<'_>,
    ) -> (Vec<u32>, Vec<u32>) {
        let (dossiers, entrants) = (assessment.dossiers(), assessment.entrants());
        let (mut admitted, mut claims) = (Vec::new(), Vec::new());
        for (applicant, bounds) in entrants.offsets.windows(2).enumerate() {
            // The files number applicants and choices with 32 bits.
            let position = matching.choice_of(ApplicantIx::new(applicant as u32));
            let held = position.map(|position| bounds[0] + position);
            claims.extend(bounds[0] as u32..held.unwrap_or(bounds[1]) as u32);
            admitted.extend(held.map(|entrant| entrant as u32));
            self.placement.push(held.map(|entrant| entrants.programme[entrant]));
            let rank = |entrant: usize| entrants.choice[entrant] - dossiers.offsets[applicant] + 1;
            self.placed_rank.push(held.map_or(0, rank));
        }
        (admitted, claims)
    }

    fn mark_barred(&mut self, assessment: &Assessment<'_>) {
        for (choice, outcome) in self.choices.iter_mut().enumerate() {
            (outcome.status, outcome.reason) = match assessment.bar(choice) {
                None => continue,
                Some(Bar::Withdrawn) => (Status::Withdrawn, Reason::Withdrawn),
                Some(Bar::Closed(Closed::TooOld)) => (Status::Ineligible, Reason::TooOld),
                Some(Bar::Closed(Closed::FinishedProgramme)) => {
                    (Status::Ineligible, Reason::FinishedProgramme)
                }
                Some(Bar::NotReceived) => (Status::NotReceived, Reason::NotReceived),
                Some(Bar::Ineligible(Shortfall { missing: 0, .. })) => {
                    (Status::Ineligible, Reason::TooFewPasses)
                }
                Some(Bar::Ineligible(_)) => (Status::Ineligible, Reason::RequiredSubjectsMissing),
            };
        }
    }

    /// The outcomes of everybody on either side of one programme's line.
    fn settle(&mut self, assessment: &Assessment<'_>, line: &Line<'_>) {
        let entrants = assessment.entrants();
        for &entrant in line.admitted {
            let choice = entrants.choice[entrant as usize] as usize;
            let (reason, decided_by) = if assessment.ruling(choice).placed_by_hand {
                (Reason::PlacedByHand, None)
            } else if let Some(first_reserve) = line.first_reserve {
                let priority = &entrants.priority;
                let key = assessment
                    .chain()
                    .deciding_key(&priority[entrant as usize], &priority[first_reserve]);
                (Reason::AheadOfOthers, key)
            } else {
                (Reason::SeatsForAll, None)
            };
            let status = Status::Admitted;
            self.choices[choice] = Outcome { status, reason, reserve_position: 0, decided_by };
        }
        for (&entrant, reserve_position) in line.claims.iter().zip(1..) {
            let (reason, decided_by) = line.why_not(assessment, entrant as usize);
            let choice = entrants.choice[entrant as usize] as usize;
            let status = Status::Reserve;
            self.choices[choice] = Outcome { status, reason, reserve_position, decided_by };
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
struct Groups {
    offsets: Vec<usize>,
    entrants: Vec<u32>,
}

impl Groups {
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

    fn shared(&self, programme: usize) -> &[u32] {
        &self.entrants[self.offsets[programme]..self.offsets[programme + 1]]
    }

    fn of(&mut self, programme: usize) -> &mut [u32] {
        &mut self.entrants[self.offsets[programme]..self.offsets[programme + 1]]
    }
}

/// The line between the admitted and the reserves of one programme.
struct Line<'a> {
    admitted: &'a [u32],
    /// Best first.
    claims: &'a [u32],
    last_admitted: Option<usize>,
    first_reserve: Option<usize>,
    /// All seats were given by hand, so that none was left to rank for.
    by_hand: bool,
}

impl<'a> Line<'a> {
    fn new(assessment: &Assessment<'_>, admitted: &'a [u32], claims: &'a [u32]) -> Self {
        let entrants = assessment.entrants();
        let last = admitted.iter().map(|e| *e as usize).min_by_key(|e| entrants.priority[*e]);
        // Placements by hand go first: when the last admitted is one, all are.
        let by_hand = |entrant| assessment.ruling(entrants.choice[entrant] as usize).placed_by_hand;
        Self {
            admitted,
            claims,
            last_admitted: last,
            first_reserve: claims.first().map(|entrant| *entrant as usize),
            by_hand: last.is_some_and(by_hand),
        }
    }

    /// Why a claim was not granted, and the key that parted it from the last admitted.
    fn why_not(&self, assessment: &Assessment<'_>, entrant: usize) -> (Reason, Option<RankingKey>) {
        let entrants = assessment.entrants();
        let last = match self.last_admitted {
            None => return (Reason::NoSeats, None),
            Some(_) if self.by_hand => return (Reason::SeatsGivenByHand, None),
            Some(last) => last,
        };
        let priority = &entrants.priority;
        let decided_by = assessment.chain().deciding_key(&priority[entrant], &priority[last]);
        let reason = match decided_by {
            Some(RankingKey::Reception) => Reason::SecondHand,
            Some(RankingKey::OnTime) => Reason::Late,
            _ if entrants.score[entrant] < entrants.score[last] => Reason::BelowCutoff,
            _ => Reason::LostTie,
        };
        (reason, decided_by)
    }

    fn result(
        &self,
        assessment: &Assessment<'_>,
        programme: usize,
        (applicants, first_choice_applicants): (u32, u32),
        scores: &mut Vec<u64>,
    ) -> ProgrammeResult {
        let entrants = assessment.entrants();
        scores.clear();
        scores.extend(self.admitted.iter().map(|entrant| entrants.score[*entrant as usize]));
        scores.sort_unstable();
        let cutoff = match (self.last_admitted, self.first_reserve) {
            (None, _) => CutoffKind::NoneAdmitted,
            (Some(_), None) => CutoffKind::AllEligibleAdmitted,
            (Some(last), Some(_)) => {
                CutoffKind::Value(Score::from_ten_thousandths(entrants.score[last]))
            }
        };
        let decided_by = self.last_admitted.zip(self.first_reserve).and_then(|(last, first)| {
            assessment.chain().deciding_key(&entrants.priority[last], &entrants.priority[first])
        });
        let seats = assessment.dossiers().seats[programme];
        let admitted = self.admitted.len() as u32;
        ProgrammeResult {
            seats,
            applicants,
            first_choice_applicants,
            admitted,
            vacant: seats - admitted,
            reserves: self.claims.len() as u32,
            cutoff,
            median: median(scores),
            mean: mean(scores),
            decided_by,
        }
    }
}

/// The middle of sorted scores, or of the two middle ones, rounded half up.
fn median(sorted: &[u64]) -> Option<Score> {
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some(Score::from_ten_thousandths((lower + upper).div_ceil(2)))
}

fn mean(scores: &[u64]) -> Option<Score> {
    let count = u128::try_from(scores.len()).ok().filter(|count| *count > 0)?;
    let sum: u128 = scores.iter().copied().map(u128::from).sum();
    let rounded = (2 * sum + count) / (2 * count);
    u64::try_from(rounded).ok().map(Score::from_ten_thousandths)
}
