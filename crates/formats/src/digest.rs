//! SHA-256 digests of files.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A file that was read or written: name, size in bytes and SHA-256 in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// The name inside its folder.
    pub name: String,
    /// The size in bytes.
    pub bytes: u64,
    /// SHA-256 over the bytes, hexadecimal, as `sha256sum` prints it.
    pub sha256: String,
}

pub(crate) fn digest(name: &str, bytes: &[u8]) -> InputFile {
    InputFile {
        name: name.to_owned(),
        bytes: bytes.len() as u64,
        sha256: hex(Sha256::digest(bytes).as_slice()),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
