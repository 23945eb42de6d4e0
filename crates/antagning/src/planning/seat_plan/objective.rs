//! What a plan is to be best for.

use antagning_formats::StudyPathWeights;
use antagning_matching::{ApplicantIx, Market, Move, Placement, ProgrammeIx, Worth};
use antagning_rules::Assessment;
use serde::Serialize;

use crate::season::Season;

/// What a plan is to be best for: one figure, or a sum of several with weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objective {
    /// The weight of each applicant who is placed.
    pub placed: u32,
    /// The weight of each place in a list that somebody gains.
    pub ranks: u32,
    /// The weight of each applicant who gets their first choice.
    pub first_choices: u32,
    /// The weight of what the labour market needs, summed over the placed.
    pub labour: u32,
}

impl Default for Objective {
    fn default() -> Self {
        Self::RANKS
    }
}

impl Objective {
    const NONE: Self = Self { placed: 0, ranks: 0, first_choices: 0, labour: 0 };
    /// As many placed as possible.
    pub const PLACED: Self = Self { placed: 1, ..Self::NONE };
    /// The least sum of choice ranks, an unplaced applicant counting as list length + 1.
    pub const RANKS: Self = Self { ranks: 1, ..Self::NONE };
    /// As many first choices as possible.
    pub const FIRST_CHOICES: Self = Self { first_choices: 1, ..Self::NONE };
    /// The greatest sum of the labour market's weights of the study paths where people are placed.
    pub const LABOUR: Self = Self { labour: 1, ..Self::NONE };
    /// More than this no weight may be.
    pub const MOST_WEIGHT: u32 = 1_000;

    /// `placed`, `ranks`, `first`, `labour`, or a mix such as `placed=10,ranks=1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut objective = Self::NONE;
        for part in text.split(',').map(str::trim) {
            let (name, weight) = part.split_once('=').unwrap_or((part, "1"));
            let weight: u32 =
                weight.parse().ok().filter(|w| (1..=Self::MOST_WEIGHT).contains(w))?;
            let place = match name {
                "placed" => &mut objective.placed,
                "ranks" => &mut objective.ranks,
                "first" => &mut objective.first_choices,
                "labour" => &mut objective.labour,
                _ => return None,
            };
            if *place > 0 {
                return None;
            }
            *place = weight;
        }
        Some(objective)
    }

    /// As [`Objective::parse`] reads it.
    #[must_use]
    pub fn name(&self) -> String {
        let parts = [
            ("placed", self.placed),
            ("ranks", self.ranks),
            ("first", self.first_choices),
            ("labour", self.labour),
        ];
        let parts: Vec<_> = parts.into_iter().filter(|(_, weight)| *weight > 0).collect();
        match parts[..] {
            [(name, 1)] => name.to_owned(),
            _ => {
                let parts = parts.iter().map(|(name, weight)| format!("{name}={weight}"));
                parts.collect::<Vec<_>>().join(",")
            }
        }
    }

    /// Whether the sum of choice ranks is the objective: then less is better.
    pub(super) fn is_ranks(&self) -> bool {
        self.ranks > 0 && Self { ranks: 0, ..*self } == Self::NONE
    }

    /// Whether more seats can make nobody's share of the objective worse: everybody then has what
    /// they want as much or more, and only the labour market may want otherwise.
    pub(super) fn grows_with_seats(&self) -> bool {
        self.labour == 0
    }

    /// The value to make great.
    pub(super) fn value(&self, figures: Figures) -> i64 {
        let part = |weight: u32, figure: u64| i64::from(weight) * figure as i64;
        part(self.placed, figures.placed)
            + part(self.first_choices, figures.first_choices)
            + part(self.labour, figures.labour)
            - part(self.ranks, figures.ranks)
    }

    /// The value as people know it: ranks alone are told as their sum.
    pub(super) fn shown(&self, value: i64) -> i64 {
        if self.is_ranks() { -value / i64::from(self.ranks) } else { value }
    }
}

/// What became of the applicants with at least one choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Applicants who are placed.
    pub placed: u64,
    /// Applicants who are not.
    pub unplaced: u64,
    /// Applicants who got their first choice.
    pub first_choices: u64,
    /// The sum of choice ranks, an unplaced applicant counting as list length + 1.
    pub ranks: u64,
    /// The sum of the labour market's weights.
    pub labour: u64,
}

impl Figures {
    pub(super) fn with(self, share: Self) -> Self {
        Self {
            placed: self.placed + share.placed,
            unplaced: self.unplaced + share.unplaced,
            first_choices: self.first_choices + share.first_choices,
            ranks: self.ranks + share.ranks,
            labour: self.labour + share.labour,
        }
    }

    /// Without a share that was added before.
    pub(super) fn without(self, share: Self) -> Self {
        Self {
            placed: self.placed - share.placed,
            unplaced: self.unplaced - share.unplaced,
            first_choices: self.first_choices - share.first_choices,
            ranks: self.ranks - share.ranks,
            labour: self.labour - share.labour,
        }
    }
}

/// What placements are worth in a season.
pub(super) struct Valuer<'s> {
    objective: Objective,
    season: &'s Season,
    assessment: &'s Assessment<'s>,
    /// The labour market's weight by programme.
    labour: Vec<u64>,
    /// What a unit of the objective counts, a rank counting 1: more than all ranks there are.
    unit: i64,
}

impl<'s> Valuer<'s> {
    pub(super) fn new(
        season: &'s Season,
        assessment: &'s Assessment<'s>,
        objective: Objective,
        weights: &StudyPathWeights,
    ) -> Self {
        let programmes = &season.data.programmes;
        let paths = (0..programmes.ids.len()).map(|p| programmes.study_path_code.get(p));
        let ranks = season.data.choices.programme.len() as i64;
        Self {
            objective,
            season,
            assessment,
            labour: paths.map(|path| u64::from(weights.of(path))).collect(),
            unit: 1 + ranks,
        }
    }

    pub(super) fn objective(&self) -> Objective {
        self.objective
    }

    /// The figures after some applicants have moved.
    pub(super) fn moved(&self, figures: Figures, moves: &[Move]) -> Figures {
        let share = |applicant: ApplicantIx, placement: Option<Placement>| {
            let placement = placement.map(|at| (at.choice, at.programme));
            self.share(applicant.index(), placement)
        };
        moves.iter().fold(figures, |figures, step| {
            let (lost, won) = (share(step.applicant, step.from), share(step.applicant, step.to));
            figures.with(won).without(lost)
        })
    }

    /// What an applicant adds to the figures by their position in the market's list.
    pub(super) fn share(&self, applicant: usize, at: Option<(usize, ProgrammeIx)>) -> Figures {
        let offsets = &self.season.data.choices.offsets;
        let (first, end) = (offsets[applicant], offsets[applicant + 1]);
        if first == end {
            return Figures::default();
        }
        let Some((position, programme)) = at else {
            let ranks = u64::from(end - first) + 1;
            return Figures { unplaced: 1, ranks, ..Figures::default() };
        };
        let entrants = self.assessment.entrants();
        let choice = entrants.choice[entrants.offsets[applicant] + position];
        Figures {
            placed: 1,
            unplaced: 0,
            first_choices: u64::from(choice == first),
            ranks: u64::from(choice - first) + 1,
            labour: self.labour[programme.index()],
        }
    }

    /// The worth of placements for the planning: the objective, and where it is the same, ranks.
    pub(super) fn worth(&self, market: &Market) -> Worth {
        Worth::new(market, |applicant: ApplicantIx, placement| {
            let share = self.share(applicant.index(), placement);
            self.unit * self.objective.value(share) - share.ranks as i64
        })
    }

    /// The objective's value after a plan that gains so much of [worth](Self::worth).
    pub(super) fn value_after(&self, before: Figures, gain: i64) -> i64 {
        // Ranks alone never come to half a unit.
        let half = self.unit / 2;
        self.objective.value(before) + (gain + half).div_euclid(self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::Objective;

    #[test]
    fn objectives_are_read_as_they_are_named() {
        for text in ["placed", "ranks", "first", "labour", "placed=10,ranks=1", "ranks=3"] {
            assert_eq!(Objective::parse(text).unwrap().name(), text);
        }
        for text in ["", "seats", "placed=0", "placed=1001", "ranks,ranks", "placed=x", "ranks="] {
            assert_eq!(Objective::parse(text), None, "{text}");
        }
    }
}
