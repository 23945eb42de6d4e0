//! Lottery numbers that anyone can recompute.

use sha2::{Digest, Sha256};

/// The lottery number of an applicant; the **lower** number goes first.
///
/// It is the first 8 bytes, big-endian, of SHA-256 over the seed, a line feed and the applicant's
/// id. With a programme (a lottery of its own for every programme) a further line feed and the
/// programme's id follow. Standard tools give the same:
///
/// ```text
/// printf 'seed\nA17' | sha256sum | cut -c1-16
/// ```
///
/// The number depends on no order and on nobody else.
#[must_use]
pub fn number(seed: &str, applicant: &str, programme: Option<&str>) -> u64 {
    let mut hash = Sha256::new();
    hash.update(seed);
    hash.update("\n");
    hash.update(applicant);
    if let Some(programme) = programme {
        hash.update("\n");
        hash.update(programme);
    }
    hash.finalize().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}
