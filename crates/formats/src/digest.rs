//! SHA-256 digests of files.

use std::io;

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

impl InputFile {
    /// Size and digest of what is read, under a name; memory does not grow with it.
    ///
    /// # Errors
    /// What reading reported.
    pub fn of(name: &str, mut read: impl io::Read) -> io::Result<Self> {
        let (mut hash, mut buffer, mut bytes) = (Sha256::new(), vec![0; 1 << 16], 0);
        loop {
            let more = read.read(&mut buffer)?;
            if more == 0 {
                let sha256 = hex(hash.finalize().as_slice());
                return Ok(Self { name: name.to_owned(), bytes, sha256 });
            }
            hash.update(&buffer[..more]);
            bytes += more as u64;
        }
    }
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
