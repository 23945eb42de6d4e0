//! Equals have equal odds, by Pearson's χ² with fixed seeds, and a lottery that favours somebody is
//! found out.

use antagning_matching::{
    ApplicantIx, LotteryDraw, LotteryNumbers, ProgrammeIx, SplitMixLottery, TieBreaking,
};

use super::broken::{BOTH, lotteries};
use crate::textbook::Instance;

const APPLICANTS: usize = 24;
const SEATS: u32 = 7;
const DRAWS: u64 = 20_000;

/// Far out in χ² with 23 degrees of freedom: a fair lottery is above in fewer than one seed of a
/// hundred thousand.
const MOST: f64 = 68.6;

/// One programme that all want, among equals; the others have somewhere to go.
fn symmetric() -> Instance {
    Instance { seats: vec![SEATS, 10], lists: vec![vec![(0, 5), (1, 5)]; APPLICANTS] }
}

/// χ² of how often each is placed at the first programme and at the second.
fn chi_squared<N: LotteryNumbers>(lottery: impl Fn(u64) -> N) -> [f64; 2] {
    let lotteries = lotteries(&symmetric());
    let mut scratch = LotteryDraw::new(&lotteries);
    let mut placed = [[0_u32; APPLICANTS]; 2];
    for draw in 0..DRAWS {
        let matching = scratch.run(&lotteries, lottery(draw));
        for applicant in (0..APPLICANTS as u32).map(ApplicantIx::new) {
            if let Some(choice) = matching.choice_of(applicant) {
                placed[choice][applicant.index()] += 1;
            }
        }
    }
    // Seats are drawn without replacement, so the variance of a count is that of a coin, and the
    // counts add up: Pearson's sum is scaled by the share that is left over.
    let statistic = |counts: &[u32; APPLICANTS], seats: u32| {
        let share = f64::from(seats) / APPLICANTS as f64;
        let expected = DRAWS as f64 * share;
        let scale = (APPLICANTS as f64 - 1.0) / (APPLICANTS as f64 * (1.0 - share));
        let sum: f64 =
            counts.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
        sum * scale
    };
    [statistic(&placed[0], SEATS), statistic(&placed[1], 10)]
}

#[test]
fn equals_have_equal_odds() {
    for tie_breaking in BOTH {
        for seed in 0..5 {
            let found = chi_squared(|draw| SplitMixLottery::new(seed, draw, tie_breaking));
            assert!(
                found.iter().all(|&sum| sum < MOST),
                "{tie_breaking:?}, seed {seed}: {found:?}"
            );
        }
    }
}

/// Favours applicant 0 a little: where it says so their number is halved.
#[derive(Clone, Copy)]
struct Biased(SplitMixLottery, bool);

impl LotteryNumbers for Biased {
    fn number(&self, applicant: ApplicantIx, programme: ProgrammeIx) -> u32 {
        let number = self.0.number(applicant, programme);
        if applicant.index() == 0 && self.1 { number / 2 } else { number }
    }
}

#[test]
fn a_lottery_that_favours_somebody_is_found_out() {
    let biased = |draw: u64| {
        let fair = SplitMixLottery::new(1, draw, TieBreaking::Single);
        Biased(fair, draw.is_multiple_of(5))
    };
    assert!(chi_squared(biased)[0] > MOST);
}

/// A generator whose outputs follow the applicant's number too closely.
#[derive(Clone, Copy)]
struct Linear(u32);

impl LotteryNumbers for Linear {
    fn number(&self, applicant: ApplicantIx, _: ProgrammeIx) -> u32 {
        (applicant.index() as u32 + 1).wrapping_mul(self.0 * 3)
    }
}

#[test]
fn a_bad_generator_is_found_out() {
    assert!(chi_squared(|draw| Linear(draw as u32 + 1))[0] > MOST);
}
