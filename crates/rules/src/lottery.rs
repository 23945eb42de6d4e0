//! The lottery that anyone can draw again.

use sha2::{Digest, Sha256};

/// Whether an applicant has one lottery number for all choices or one for each programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LotteryScope {
    /// One number for all choices (single tie-breaking).
    Applicant,
    /// One number for each choice (multiple tie-breaking).
    Programme,
}

/// A lottery with a published seed.
///
/// An applicant's number is the first 8 bytes, big-endian, of SHA-256 over the seed, a line feed,
/// the applicant id and, with scope `programme`, a further line feed and the programme id. The
/// lower number goes first. It depends on no order and on no other applicant, so a late
/// application moves nobody else's number.
///
/// ```
/// # use antagning_rules::{Lottery, LotteryScope};
/// // printf 'midsommar\nA17' | sha256sum | cut -c1-16
/// let lottery = Lottery::new("midsommar", LotteryScope::Applicant);
/// assert_eq!(format!("{:016x}", lottery.number("A17", "P1")), "f073568b40f81115");
/// ```
#[derive(Clone, Debug)]
pub struct Lottery {
    seeded: Sha256,
    scope: LotteryScope,
}

impl Lottery {
    /// The lottery of this seed and scope.
    #[must_use]
    pub fn new(seed: &str, scope: LotteryScope) -> Self {
        let mut seeded = Sha256::new();
        seeded.update(seed.as_bytes());
        seeded.update(b"\n");
        Self { seeded, scope }
    }

    /// Whether numbers differ between the choices of one applicant.
    #[must_use]
    pub fn scope(&self) -> LotteryScope {
        self.scope
    }

    /// The number of `applicant`, at `programme` where the scope asks for it; lower goes first.
    #[must_use]
    pub fn number(&self, applicant: &str, programme: &str) -> u64 {
        let mut hash = self.seeded.clone();
        hash.update(applicant.as_bytes());
        if self.scope == LotteryScope::Programme {
            hash.update(b"\n");
            hash.update(programme.as_bytes());
        }
        let digest = hash.finalize();
        let mut number = [0; 8];
        number.copy_from_slice(&digest[..8]);
        u64::from_be_bytes(number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lottery, LotteryScope};

    /// The values come from `printf 'seed\nA1' | sha256sum` and `printf 'seed\nA1\nP1' | sha256sum`.
    #[test]
    fn agrees_with_the_standard_tool() {
        let one = Lottery::new("seed", LotteryScope::Applicant);
        let each = Lottery::new("seed", LotteryScope::Programme);
        assert_eq!(format!("{:016x}", one.number("A1", "P1")), "33755efe082a94ba");
        assert_eq!(one.number("A1", "P1"), one.number("A1", "P2"));
        assert_eq!(format!("{:016x}", each.number("A1", "P1")), "dad5b628fa25abba");
        assert_ne!(each.number("A1", "P1"), each.number("A1", "P2"));
    }
}
