//! From a matching to outcomes with reasons.

use antagning_matching::{ApplicantIx, Cutoff, Matching, ProgrammeIx};

use crate::assessment::{Assessment, Bar};
use crate::chain::RankingKey;
use crate::grades::Shortfall;
use crate::ruling::Closed;
use crate::score::Score;

/// What became of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Placed here (antagen).
    Admitted,
    /// On the reserve list (reserv).
    Reserve,
    /// Not eligible (obehörig).
    Ineligible,
    /// Not received by the provider (ej mottagen).
    NotReceived,
    /// Below the admitted choice (struken).
    Struck,
    /// Withdrawn by the applicant (återtaget).
    Withdrawn,
}

impl Status {
    /// Every status, in the order of this type.
    pub const ALL: [Self; 6] = [
        Self::Admitted,
        Self::Reserve,
        Self::Ineligible,
        Self::NotReceived,
        Self::Struck,
        Self::Withdrawn,
    ];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::Reserve => "reserve",
            Self::Ineligible => "ineligible",
            Self::NotReceived => "not_received",
            Self::Struck => "struck",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Why a choice has its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Admitted; nobody who wanted the seat was turned away.
    SeatsForAll,
    /// Admitted ahead of somebody who was turned away.
    AheadOfOthers,
    /// Reserve; all admitted have a better first key (merit or score).
    BelowCutoff,
    /// Reserve; equal in the first key that counts, behind in a later one.
    LostTie,
    /// Reserve; received in second hand, behind those received in first hand.
    SecondHand,
    /// Reserve; applied late, behind those who applied in time.
    Late,
    /// Reserve; the programme has no seat, or none beside those given by hand.
    NoSeats,
    /// Ineligible; a required subject is not passed.
    RequiredSubjectsMissing,
    /// Ineligible; the required subjects are passed, but too few subjects in all.
    TooFewPasses,
    /// Ineligible; older than the law allows.
    TooOld,
    /// Ineligible; has completed a national programme.
    FinishedProgramme,
    /// Not received; the provider has decided so.
    NotReceived,
    /// Struck; admitted to a choice that stands higher.
    AdmittedHigher,
    /// Withdrawn; the applicant has asked for it.
    Withdrawn,
    /// Admitted; an official has placed the applicant here.
    PlacedByHand,
}

impl Reason {
    /// Every reason, in the order of this type.
    pub const ALL: [Self; 15] = [
        Self::SeatsForAll,
        Self::AheadOfOthers,
        Self::BelowCutoff,
        Self::LostTie,
        Self::SecondHand,
        Self::Late,
        Self::NoSeats,
        Self::RequiredSubjectsMissing,
        Self::TooFewPasses,
        Self::TooOld,
        Self::FinishedProgramme,
        Self::NotReceived,
        Self::AdmittedHigher,
        Self::Withdrawn,
        Self::PlacedByHand,
    ];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SeatsForAll => "seats_for_all",
            Self::AheadOfOthers => "ahead_of_others",
            Self::BelowCutoff => "below_cutoff",
            Self::LostTie => "lost_tie",
            Self::SecondHand => "second_hand",
            Self::Late => "late",
            Self::NoSeats => "no_seats",
            Self::RequiredSubjectsMissing => "required_subjects_missing",
            Self::TooFewPasses => "too_few_passes",
            Self::TooOld => "too_old",
            Self::FinishedProgramme => "finished_programme",
            Self::NotReceived => "not_received",
            Self::AdmittedHigher => "admitted_higher",
            Self::Withdrawn => "withdrawn",
            Self::PlacedByHand => "placed_by_hand",
        }
    }
}

/// What became of one choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The status.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// Position on the reserve list, from 1; 0 when not on it.
    pub reserve_position: u32,
    /// The key of the chain that parted the applicant from the other side of the line: a reserve
    /// from the last admitted, an admitted one from the first reserve.
    pub decided_by: Option<RankingKey>,
}

/// What kind of lower limit a programme came to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutoffKind {
    /// Somebody was turned away; the score of the last admitted is the limit.
    Value(Score),
    /// Every eligible applicant who wanted a seat got one.
    AllEligibleAdmitted,
    /// Nobody is admitted.
    NoneAdmitted,
}

impl CutoffKind {
    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Value(_) => "value",
            Self::AllEligibleAdmitted => "all_eligible_admitted",
            Self::NoneAdmitted => "none_admitted",
        }
    }

    /// The limit, where there is one.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Value(score) => Some(score),
            Self::AllEligibleAdmitted | Self::NoneAdmitted => None,
        }
    }
}

/// The figures of one programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgrammeResult {
    /// Seats.
    pub seats: u32,
    /// Applicants who chose it at any rank, eligible or not.
    pub applicants: u32,
    /// Those who wanted it most.
    pub first_choice_applicants: u32,
    /// Admitted.
    pub admitted: u32,
    /// Seats that nobody holds.
    pub vacant: u32,
    /// Eligible applicants who prefer it to what they have.
    pub reserves: u32,
    /// The lower limit.
    pub cutoff: CutoffKind,
    /// Median score of the admitted, rounded half up to a ten-thousandth.
    pub median: Option<Score>,
    /// Mean score of the admitted, rounded half up to a ten-thousandth.
    pub mean: Option<Score>,
    /// The key that parted the last admitted from the first reserve.
    pub decided_by: Option<RankingKey>,
}

/// The outcome of every choice and the figures of every programme.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// The programme of each applicant.
    pub placement: Vec<Option<u32>>,
    /// The choice rank that each applicant was placed at, from 1; 0 when unplaced.
    pub placed_rank: Vec<u32>,
    /// A row a choice of the dossiers.
    pub choices: Vec<Outcome>,
    /// A row a programme.
    pub programmes: Vec<ProgrammeResult>,
}

impl Outcomes {
    /// Derives outcomes and figures from the matching of the assessment's market.
    /// O(choices + admitted · log admitted).
    ///
    /// # Panics
    /// When the matching is of another market.
    #[must_use]
    pub fn new(assessment: &Assessment<'_>, matching: &Matching<'_>) -> Self {
        let dossiers = assessment.dossiers();
        let applicants = dossiers.offsets.len() - 1;
        let unknown = Outcome {
            status: Status::Struck,
            reason: Reason::AdmittedHigher,
            reserve_position: 0,
            decided_by: None,
        };
        let mut outcomes = Self {
            placement: Vec::with_capacity(applicants),
            placed_rank: Vec::with_capacity(applicants),
            choices: vec![unknown; dossiers.programme.len()],
            programmes: Vec::with_capacity(dossiers.seats.len()),
        };
        outcomes.place(assessment, matching);
        outcomes.mark_barred(assessment);
        let mut demand = vec![(0, 0); dossiers.seats.len()];
        for applicant in 0..applicants {
            let list = dossiers.offsets[applicant]..dossiers.offsets[applicant + 1];
            for choice in list.clone() {
                let count = &mut demand[dossiers.programme[choice as usize] as usize];
                count.0 += 1;
                count.1 += u32::from(choice == list.start);
            }
        }
        let mut scores = Vec::new();
        for (programme, demand) in demand.into_iter().enumerate() {
            let result = outcomes.settle(assessment, matching, programme, demand, &mut scores);
            outcomes.programmes.push(result);
        }
        outcomes
    }

    fn place(&mut self, assessment: &Assessment<'_>, matching: &Matching<'_>) {
        let dossiers = assessment.dossiers();
        let entrants = assessment.entrants();
        for applicant in 0..dossiers.offsets.len() - 1 {
            // The files number applicants with 32 bits.
            let position = matching.choice_of(ApplicantIx::new(applicant as u32));
            let entrant = position.map(|position| entrants.offsets[applicant] + position);
            self.placement.push(entrant.map(|entrant| entrants.programme[entrant]));
            self.placed_rank.push(
                entrant.map_or(0, |entrant| {
                    entrants.choice[entrant] - dossiers.offsets[applicant] + 1
                }),
            );
        }
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

    /// Walks one programme's ranking: admitted, reserves with their positions, figures.
    fn settle(
        &mut self,
        assessment: &Assessment<'_>,
        matching: &Matching<'_>,
        programme: usize,
        (applicants, first_choice_applicants): (u32, u32),
        scores: &mut Vec<u64>,
    ) -> ProgrammeResult {
        let entrants = assessment.entrants();
        let ix = ProgrammeIx::new(programme as u32);
        let entrant_of = |applicant: ApplicantIx, position: usize| {
            entrants.offsets[applicant.index()] + position
        };
        scores.clear();
        let (mut last_admitted, mut first_reserve, mut reserves) = (None, None, 0);
        for (applicant, position) in matching.market().ranking(ix) {
            let entrant = entrant_of(applicant, position);
            let choice = entrants.choice[entrant] as usize;
            let outcome = &mut self.choices[choice];
            match matching.choice_of(applicant) {
                Some(held) if held < position => {}
                Some(held) if held == position => {
                    outcome.status = Status::Admitted;
                    outcome.reason = if assessment.ruling(choice).placed_by_hand {
                        Reason::PlacedByHand
                    } else {
                        Reason::SeatsForAll
                    };
                    last_admitted = Some(entrant);
                    scores.push(entrants.score[entrant]);
                }
                _ => {
                    reserves += 1;
                    outcome.status = Status::Reserve;
                    outcome.reserve_position = reserves;
                    first_reserve = first_reserve.or(Some(entrant));
                }
            }
        }
        let decided_by = self.give_reasons(assessment, matching, ix, last_admitted, first_reserve);
        let cutoff = match (matching.cutoff(ix), last_admitted) {
            (Cutoff::Value(_), Some(last)) => {
                CutoffKind::Value(Score::from_ten_thousandths(entrants.score[last]))
            }
            (Cutoff::AllAdmitted, Some(_)) => CutoffKind::AllEligibleAdmitted,
            _ => CutoffKind::NoneAdmitted,
        };
        scores.sort_unstable();
        ProgrammeResult {
            seats: assessment.dossiers().seats[programme],
            applicants,
            first_choice_applicants,
            admitted: scores.len() as u32,
            vacant: matching.vacancies(ix),
            reserves,
            cutoff,
            median: median(scores),
            mean: mean(scores),
            decided_by,
        }
    }

    /// What parted the two sides of the line, for everybody on either side of it.
    fn give_reasons(
        &mut self,
        assessment: &Assessment<'_>,
        matching: &Matching<'_>,
        programme: ProgrammeIx,
        last_admitted: Option<usize>,
        first_reserve: Option<usize>,
    ) -> Option<RankingKey> {
        let first_reserve = first_reserve?;
        let (entrants, chain) = (assessment.entrants(), assessment.chain());
        // Placements by hand go first: when the last admitted is one, no seat was left to rank for.
        let by_hand =
            |entrant: usize| assessment.ruling(entrants.choice[entrant] as usize).placed_by_hand;
        for (applicant, position) in matching.market().ranking(programme) {
            let entrant = entrants.offsets[applicant.index()] + position;
            let outcome = &mut self.choices[entrants.choice[entrant] as usize];
            let own = &entrants.priority[entrant];
            match outcome.status {
                Status::Admitted if outcome.reason == Reason::PlacedByHand => {}
                Status::Admitted => {
                    outcome.reason = Reason::AheadOfOthers;
                    outcome.decided_by = chain.deciding_key(own, &entrants.priority[first_reserve]);
                }
                Status::Reserve => match last_admitted {
                    Some(last) if !by_hand(last) => {
                        outcome.decided_by = chain.deciding_key(own, &entrants.priority[last]);
                        let behind = entrants.score[entrant] < entrants.score[last];
                        outcome.reason = match outcome.decided_by {
                            Some(RankingKey::Reception) => Reason::SecondHand,
                            Some(RankingKey::OnTime) => Reason::Late,
                            _ if behind => Reason::BelowCutoff,
                            _ => Reason::LostTie,
                        };
                    }
                    _ => outcome.reason = Reason::NoSeats,
                },
                _ => {}
            }
        }
        let last = last_admitted?;
        chain.deciding_key(&entrants.priority[last], &entrants.priority[first_reserve])
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
