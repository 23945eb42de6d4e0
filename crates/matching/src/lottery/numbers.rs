//! Lottery numbers that follow from what they are for, and from no order of drawing.

use crate::split_mix::output;
use crate::{ApplicantIx, ProgrammeIx};

/// The numbers of one lottery.
pub trait LotteryNumbers: Copy {
    /// The number of an applicant at a programme; the lower goes first. Of two who draw the same,
    /// the one added first goes first.
    fn number(&self, applicant: ApplicantIx, programme: ProgrammeIx) -> u32;
}

/// Whether an applicant has one lottery number or many.
///
/// # Reference
///
/// A. Abdulkadiroğlu, P. A. Pathak and A. E. Roth, *Strategy-proofness versus Efficiency in Matching
/// with Indifferences*, American Economic Review 99 (2009).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TieBreaking {
    /// One number for all programmes.
    Single,
    /// A number of its own at each programme.
    Multiple,
}

/// A lottery out of many, drawn with the published generator SplitMix64.
///
/// Output *n* of the generator with seed *s* is `mix(s + (n + 1) · 0x9e3779b97f4a7c15)`, counted
/// from *n* = 0, so any of them is had at once. With *d* for output `draw` of the generator with
/// seed `seed`, an applicant's number is the upper half of output `applicant` of the generator with
/// seed *d* (single), or with seed *e*, which is output `programme` of the generator with seed *d*
/// (multiple); applicants and programmes are counted from 0 in the order of adding.
///
/// Two draw the same number with probability 2⁻³².
///
/// ```
/// use antagning_matching::{ApplicantIx, LotteryNumbers, ProgrammeIx, SplitMixLottery, TieBreaking};
///
/// let lottery = SplitMixLottery::new(2025, 3, TieBreaking::Single);
/// let number = |programme| lottery.number(ApplicantIx::new(7), ProgrammeIx::new(programme));
/// assert_eq!(number(0), number(1));
/// ```
///
/// # Reference
///
/// G. L. Steele, D. Lea and C. H. Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA
/// 2014.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitMixLottery {
    stream: u64,
    tie_breaking: TieBreaking,
}

impl SplitMixLottery {
    /// Lottery number `draw` of those that a seed gives.
    #[must_use]
    pub fn new(seed: u64, draw: u64, tie_breaking: TieBreaking) -> Self {
        Self { stream: output(seed, draw), tie_breaking }
    }
}

impl LotteryNumbers for SplitMixLottery {
    #[inline]
    fn number(&self, applicant: ApplicantIx, programme: ProgrammeIx) -> u32 {
        let stream = match self.tie_breaking {
            TieBreaking::Single => self.stream,
            TieBreaking::Multiple => output(self.stream, programme.index() as u64),
        };
        (output(stream, applicant.index() as u64) >> 32) as u32
    }
}
