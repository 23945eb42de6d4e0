//! A season made ready for lotteries, and how positions in its market are read.

use antagning_matching::{ApplicantIx, DrawnMatching, Lotteries, LotteryNumbers, ProgrammeIx};
use antagning_rules::Assessment;

use crate::error::Error;
use crate::season::Season;

/// What all draws share.
pub(crate) struct Ground<'s> {
    pub(crate) season: &'s Season,
    pub(crate) assessment: &'s Assessment<'s>,
    pub(crate) lotteries: Lotteries,
    /// The programmes without groups and the quota groups: a row of the cutoffs each.
    pub(crate) rows: Vec<(usize, Option<usize>)>,
    /// What the season comes to when everybody is at the best choice that any lottery gives them.
    pub(crate) best: Figures,
}

/// What became of applicants: sums, of which differences can be added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) placed: u64,
    pub(crate) first_choices: u64,
    /// Choice ranks; without a placement one more than the list is long.
    pub(crate) ranks: u64,
}

impl Figures {
    /// The figures after somebody has moved from one share of them to another.
    pub(crate) fn moved(self, from: Self, to: Self) -> Self {
        Self {
            placed: self.placed + to.placed - from.placed,
            first_choices: self.first_choices + to.first_choices - from.first_choices,
            ranks: self.ranks + to.ranks - from.ranks,
        }
    }
}

impl<'s> Ground<'s> {
    pub(crate) fn new(season: &'s Season, assessment: &'s Assessment<'s>) -> Result<Self, Error> {
        let lotteries = assessment.lotteries().map_err(|error| season.no_market(&error))?;
        let quotas = &season.selection.quotas;
        let rows = (0..season.data.programmes.ids.len()).flat_map(|programme| {
            let groups = quotas.of(programme).len();
            let plain = (groups == 0).then_some((programme, None));
            plain.into_iter().chain((0..groups).map(move |group| (programme, Some(group))))
        });
        let rows = rows.collect();
        let best = Figures::default();
        let mut ground = Self { season, assessment, lotteries, rows, best };
        ground.best = (0..ground.lotteries.applicants())
            .map(|applicant| {
                ground.share(applicant, ground.lotteries.best_choice_of(number(applicant)))
            })
            .fold(best, |sum, share| sum.moved(Figures::default(), share));
        Ok(ground)
    }

    /// How many applicants have a choice that takes part.
    pub(crate) fn taking_part(&self) -> usize {
        self.assessment.entrants().offsets.windows(2).filter(|list| list[0] < list[1]).count()
    }

    /// Those whose bounds differ.
    pub(crate) fn dependents(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.lotteries.applicants()).filter(|&a| self.lotteries.may_depend(number(a)))
    }

    /// The entrant at a position of an applicant's list in the market.
    pub(crate) fn entrant(&self, applicant: usize, position: usize) -> usize {
        self.assessment.entrants().offsets[applicant] + position
    }

    /// The rank that the applicant gave an entrant's choice, counted from 1.
    pub(crate) fn choice_rank(&self, applicant: usize, entrant: usize) -> u32 {
        let first = self.season.data.choices.offsets[applicant];
        self.assessment.entrants().choice[entrant] - first + 1
    }

    /// What an applicant adds to the figures by their position in the market's list.
    pub(crate) fn share(&self, applicant: usize, position: Option<usize>) -> Figures {
        let offsets = &self.season.data.choices.offsets;
        let length = offsets[applicant + 1] - offsets[applicant];
        if length == 0 {
            return Figures::default();
        }
        let Some(position) = position else {
            return Figures { ranks: u64::from(length) + 1, ..Figures::default() };
        };
        let rank = self.choice_rank(applicant, self.entrant(applicant, position));
        Figures { placed: 1, first_choices: u64::from(rank == 1), ranks: u64::from(rank) }
    }

    /// The score of the last one admitted in a row, in ten-thousandths, where somebody was turned
    /// away and officials did not make the order.
    pub(crate) fn cutoff<N: LotteryNumbers>(
        &self,
        matching: &DrawnMatching<'_, N>,
        (programme, group): (usize, Option<usize>),
    ) -> Option<u64> {
        let index = ProgrammeIx::new(programme as u32);
        let last = match group {
            None if matching.turned_away(index, None) => matching.last_admitted(index, None)?,
            None => return None,
            Some(group) => {
                let quotas = self.season.selection.quotas.of(programme);
                if quotas[group].is_ranked_by_hand() {
                    return None;
                }
                // A group stands in the market once for each tier, and the last tier's is the limit.
                let tiers = self.lotteries.groups(index).len() / quotas.len();
                let mut units = (0..tiers).rev().map(|tier| tier * quotas.len() + group);
                if !units.clone().any(|unit| matching.turned_away(index, Some(unit))) {
                    return None;
                }
                units.find_map(|unit| matching.last_admitted(index, Some(unit)))?
            }
        };
        let applicant = last.index();
        let entrants = self.assessment.entrants();
        let list = entrants.offsets[applicant]..entrants.offsets[applicant + 1];
        let entrant = list.into_iter().find(|&e| entrants.programme[e] as usize == programme)?;
        let choice = entrants.choice[entrant] as usize;
        if self.assessment.ruling(choice).placed_by_hand {
            return None;
        }
        let score = match group {
            None => self.assessment.score(applicant, choice),
            Some(group) => self.assessment.group_score(choice, group as u16)?,
        };
        Some(score.ten_thousandths())
    }
}

pub(crate) fn number(applicant: usize) -> ApplicantIx {
    // The files number applicants with 32 bits.
    ApplicantIx::new(applicant as u32)
}
