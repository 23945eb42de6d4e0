//! Which ranks of a ranking share a priority.

use std::ops::Range;

use crate::deferred_acceptance::worst_below;
use crate::expansion::offsets;
use crate::ties::Ties;
use crate::{ApplicantIx, MarketError, ProgrammeIx};

/// The tied classes of every ranking: runs of ranks with one priority, most of them one rank long.
#[derive(Debug)]
pub(crate) struct TieClasses {
    /// One bit a rank, set where a class begins, laid out as the bitmaps of
    /// [`Index::words`](crate::market::Index). The bits that follow a ranking are set as well, so
    /// that its last class has an end.
    begins: Vec<u64>,
    /// How many applicants are tied anywhere.
    pub(crate) applicants: usize,
    /// How many programmes have a tie.
    pub(crate) programmes: usize,
}

/// Notes the classes while a market is built.
pub(crate) struct TieRecorder {
    begins: Vec<u64>,
    words: Vec<u32>,
    /// Whether each applicant is tied anywhere.
    tied: Vec<bool>,
    programmes: usize,
    last: Option<ProgrammeIx>,
}

impl TieRecorder {
    /// For so many applicants, and at each programme so many of them.
    pub(crate) fn new(applicants: usize, counts: &[u32]) -> Self {
        let words = offsets(counts.iter().map(|count| count.div_ceil(64)));
        let length = words[counts.len()] as usize + 1;
        let begins = vec![u64::MAX; length];
        Self { begins, words, tied: vec![false; applicants], programmes: 0, last: None }
    }

    pub(crate) fn classes(self) -> TieClasses {
        let applicants = self.tied.iter().filter(|&&tied| tied).count();
        TieClasses { begins: self.begins, applicants, programmes: self.programmes }
    }
}

impl Ties for TieRecorder {
    fn tied(
        &mut self,
        programme: ProgrammeIx,
        rank: u32,
        applicants: impl ExactSizeIterator<Item = ApplicantIx>,
    ) {
        let begins = &mut self.begins[self.words[programme.index()] as usize..];
        for follower in rank + 1..rank + applicants.len() as u32 {
            begins[(follower / 64) as usize] &= !(1 << (follower % 64));
        }
        for applicant in applicants {
            self.tied[applicant.index()] = true;
        }
        if self.last != Some(programme) {
            self.programmes += 1;
            self.last = Some(programme);
        }
    }

    fn permitted(&mut self) -> Result<(), MarketError> {
        Ok(())
    }
}

impl TieClasses {
    /// Whether a class begins at a rank of the ranking whose bitmaps begin at `words`.
    pub(crate) fn begins_at(&self, words: u32, rank: u32) -> bool {
        self.begins[words as usize + (rank / 64) as usize] >> (rank % 64) & 1 == 1
    }

    /// The class of a rank in the ranking whose bitmaps begin at `words`. O(1 + class / 64).
    pub(crate) fn class_of(&self, words: u32, rank: u32) -> Range<u32> {
        let begins = &self.begins[words as usize..];
        // The best rank begins a class.
        let start = worst_below(begins, rank + 1).unwrap_or(0);
        let mut word = ((rank + 1) / 64) as usize;
        let mut rest = begins[word] & (u64::MAX << ((rank + 1) % 64));
        while rest == 0 {
            word += 1;
            rest = begins[word];
        }
        start..word as u32 * 64 + rest.trailing_zeros()
    }
}

/// The words of a bitmap that hold these ranks, without any others, each with its first rank.
pub(crate) fn words_of(bits: &[u64], ranks: Range<u32>) -> impl Iterator<Item = (u32, u64)> + '_ {
    let words = if ranks.is_empty() { 0..0 } else { ranks.start / 64..(ranks.end - 1) / 64 + 1 };
    words.map(move |word| {
        let first = word * 64;
        let above = u64::MAX << ranks.start.saturating_sub(first);
        let below = u64::MAX >> (first + 63).saturating_sub(ranks.end - 1);
        (first, bits[word as usize] & above & below)
    })
}
