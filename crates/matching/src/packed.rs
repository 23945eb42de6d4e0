//! A choice in one machine word: the unit, and the applicant's rank there.
//!
//! The inner loop reads every choice from memory once, so half the width is nearly half the time.

/// A word that holds a unit and a rank.
pub(crate) trait Packed: Copy {
    fn pack(unit: usize, rank: u32) -> Self;
    fn unit(self) -> usize;
    fn rank(self) -> u32;
}

impl Packed for u32 {
    #[inline]
    fn pack(unit: usize, rank: u32) -> Self {
        (unit as u32) << 16 | rank
    }

    #[inline]
    fn unit(self) -> usize {
        (self >> 16) as usize
    }

    #[inline]
    fn rank(self) -> u32 {
        self & 0xffff
    }
}

impl Packed for u64 {
    #[inline]
    fn pack(unit: usize, rank: u32) -> Self {
        (unit as u64) << 32 | u64::from(rank)
    }

    #[inline]
    fn unit(self) -> usize {
        (self >> 32) as usize
    }

    #[inline]
    fn rank(self) -> u32 {
        self as u32
    }
}

/// All choices of a market, in the narrowest word that holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choices {
    /// Unit and rank in 16 bits each.
    Narrow(Vec<u32>),
    /// Unit and rank in 32 bits each.
    Wide(Vec<u64>),
}

impl Choices {
    /// Whether units numbered up to and including `units` (the last one being the
    /// sentinel) and at most `longest` ranks at each fit the narrow word.
    pub(crate) fn fit_narrow(units: usize, longest: usize) -> bool {
        units < 1 << 16 && longest <= 1 << 16
    }

    pub(crate) fn unit_and_rank(&self, choice: usize) -> (usize, u32) {
        match self {
            Self::Narrow(words) => (words[choice].unit(), words[choice].rank()),
            Self::Wide(words) => (words[choice].unit(), words[choice].rank()),
        }
    }

    pub(crate) fn unit(&self, choice: usize) -> usize {
        match self {
            Self::Narrow(words) => words[choice].unit(),
            Self::Wide(words) => words[choice].unit(),
        }
    }

    pub(crate) fn rank(&self, choice: usize) -> u32 {
        match self {
            Self::Narrow(words) => words[choice].rank(),
            Self::Wide(words) => words[choice].rank(),
        }
    }
}
