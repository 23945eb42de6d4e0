//! Counting over draws, with memory that does not grow with them.

use antagning_matching::{DrawnMatching, LotteryDraw, LotteryNumbers};

use super::ground::{Figures, Ground};
use crate::planning::histogram::Histogram;

/// Sums over draws. Two tallies of different draws add up to that of all of them.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) draws: u32,
    /// By entrant: draws in which somebody who was moved from their best choice holds this one.
    pub(super) admitted: Vec<u32>,
    /// By applicant: draws in which they were moved from their best choice.
    pub(super) moved: Vec<u32>,
    pub(super) placed: Range,
    pub(super) first_choices: Range,
    pub(super) ranks: Range,
    /// By row: the cutoffs that there were, in ten-thousandths, and in how many draws.
    pub(super) cutoffs: Vec<Histogram>,
}

/// Sum, least and greatest of a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) sum: u64,
    pub(super) min: u64,
    pub(super) max: u64,
}

impl Range {
    const NONE: Self = Self { sum: 0, min: u64::MAX, max: 0 };

    fn with(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    fn add(&mut self, value: u64) {
        *self = self.with(Self { sum: value, min: value, max: value });
    }
}

impl Tally {
    pub(super) fn empty(ground: &Ground<'_>) -> Self {
        Self {
            draws: 0,
            admitted: vec![0; ground.assessment.entrants().choice.len()],
            moved: vec![0; ground.lotteries.applicants()],
            placed: Range::NONE,
            first_choices: Range::NONE,
            ranks: Range::NONE,
            cutoffs: vec![Histogram::new(); ground.rows.len()],
        }
    }

    /// The sums over these lotteries.
    pub(super) fn of<N: LotteryNumbers>(
        ground: &Ground<'_>,
        lotteries: impl IntoIterator<Item = N>,
        drawn: impl Fn(u32),
    ) -> Self {
        let mut tally = Self::empty(ground);
        let mut scratch = LotteryDraw::new(&ground.lotteries);
        for numbers in lotteries {
            tally.add(ground, &scratch.run(&ground.lotteries, numbers));
            drawn(1);
        }
        tally
    }

    fn add<N: LotteryNumbers>(&mut self, ground: &Ground<'_>, matching: &DrawnMatching<'_, N>) {
        self.draws += 1;
        let mut figures: Figures = ground.best;
        for applicant in matching.moved() {
            let (best, now) =
                (ground.lotteries.best_choice_of(applicant), matching.choice_of(applicant));
            let applicant = applicant.index();
            self.moved[applicant] += 1;
            if let Some(position) = now {
                self.admitted[ground.entrant(applicant, position)] += 1;
            }
            figures = figures.moved(ground.share(applicant, best), ground.share(applicant, now));
        }
        self.placed.add(figures.placed);
        self.first_choices.add(figures.first_choices);
        self.ranks.add(figures.ranks);
        for (row, cutoffs) in ground.rows.iter().zip(&mut self.cutoffs) {
            if let Some(cutoff) = ground.cutoff(matching, *row) {
                cutoffs.add(cutoff as i64, 1);
            }
        }
    }

    pub(super) fn with(mut self, other: Self) -> Self {
        self.draws += other.draws;
        let add = |(one, other): (&mut u32, u32)| *one += other;
        self.admitted.iter_mut().zip(other.admitted).for_each(add);
        self.moved.iter_mut().zip(other.moved).for_each(add);
        self.placed = self.placed.with(other.placed);
        self.first_choices = self.first_choices.with(other.first_choices);
        self.ranks = self.ranks.with(other.ranks);
        for (cutoffs, other) in self.cutoffs.iter_mut().zip(&other.cutoffs) {
            cutoffs.merge(other);
        }
        self
    }

    /// How often an applicant was admitted at a position of their list in the market.
    pub(super) fn admitted_at(
        &self,
        ground: &Ground<'_>,
        applicant: usize,
        position: usize,
    ) -> u32 {
        let moved_here = self.admitted[ground.entrant(applicant, position)];
        let best = ground.lotteries.best_choice_of(super::ground::number(applicant));
        let stayed = if best == Some(position) { self.draws - self.moved[applicant] } else { 0 };
        moved_here + stayed
    }
}
