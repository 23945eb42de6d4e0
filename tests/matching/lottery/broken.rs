//! The same market with its ties broken by given lottery numbers, for a whole new run.

use std::cmp::Reverse;

use antagning_matching::{
    ApplicantIx, Lotteries, LotteryDraw, LotteryNumbers, ProgrammeIx, SplitMixLottery, TieBreaking,
};

use crate::outcome::Placements;
use crate::textbook::Instance;

/// Lottery numbers that a test has made up: by programme (or the same row for all, when there is
/// one) and applicant.
#[derive(Clone, Copy)]
pub(super) struct Given<'a>(pub(super) &'a [Vec<u32>]);

impl LotteryNumbers for Given<'_> {
    fn number(&self, applicant: ApplicantIx, programme: ProgrammeIx) -> u32 {
        self.0[programme.index().min(self.0.len() - 1)][applicant.index()]
    }
}

pub(super) const BOTH: [TieBreaking; 2] = [TieBreaking::Single, TieBreaking::Multiple];

/// The number of each applicant at a programme.
pub(super) fn numbers(lottery: SplitMixLottery, programme: usize, applicant: usize) -> u32 {
    lottery.number(ApplicantIx::new(applicant as u32), ProgrammeIx::new(programme as u32))
}

pub(super) fn lotteries(instance: &Instance) -> Lotteries {
    Lotteries::new(&instance.builder().build_with_ties().expect("a sound market"))
}

/// The instance with keys that are all different at each programme: in the order of the given ones,
/// of the lottery numbers (the lower first), and of applicants.
pub(super) fn broken(instance: &Instance, numbers: impl LotteryNumbers) -> Instance {
    let mut rankings = vec![Vec::new(); instance.seats.len()];
    for (applicant, list) in instance.lists.iter().enumerate() {
        for &(programme, key) in list {
            let number = numbers
                .number(ApplicantIx::new(applicant as u32), ProgrammeIx::new(programme as u32));
            rankings[programme].push((key, Reverse(number), Reverse(applicant)));
        }
    }
    rankings.iter_mut().for_each(|ranking| ranking.sort_unstable());
    let mut broken = instance.clone();
    for (applicant, list) in broken.lists.iter_mut().enumerate() {
        for (programme, key) in list {
            let at = rankings[*programme].iter().position(|entry| entry.2.0 == applicant);
            *key = at.expect("everybody is ranked") as u64;
        }
    }
    broken
}

/// The placements of one draw.
pub(super) fn drawn(
    lotteries: &Lotteries,
    scratch: &mut LotteryDraw,
    numbers: impl LotteryNumbers,
) -> Placements {
    let matching = scratch.run(lotteries, numbers);
    (0..lotteries.applicants() as u32)
        .map(|applicant| matching.choice_of(ApplicantIx::new(applicant)))
        .collect()
}
