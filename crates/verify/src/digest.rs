//! SHA-256 digests of files, against those that a manifest lists.

use sha2::{Digest, Sha256};

use crate::verdict::{Property, Verdict};
use crate::violation::Violation;

/// The SHA-256 of the bytes as 64 lower-case hexadecimal digits, as `sha256sum` prints it.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16));
    Sha256::digest(bytes).iter().flat_map(digits).flatten().collect()
}

/// A file that a manifest lists, and what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestClaim {
    /// The name of the file.
    pub file: String,
    /// The SHA-256 that is listed, in hexadecimal of either case.
    pub expected: String,
    /// The SHA-256 of the file that is there, if it is there; see [`sha256_hex`].
    pub found: Option<String>,
}

/// Compares digests: every file listed must be there and be the one that was listed.
pub fn check_digests(claims: impl IntoIterator<Item = DigestClaim>) -> Verdict {
    let mut examined = 0;
    let mut wrong = Vec::new();
    for DigestClaim { file, expected, found } in claims {
        examined += 1;
        match found {
            None => wrong.push(Violation::MissingFile { file }),
            Some(found) if !found.eq_ignore_ascii_case(&expected) => {
                wrong.push(Violation::WrongDigest { file, expected, found });
            }
            Some(_) => {}
        }
    }
    let mut verdict = Verdict::default();
    verdict.record(Property::Digests, examined, wrong);
    verdict
}
