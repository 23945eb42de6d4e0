//! Documents that state their own digest.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::digest::hex;

/// The text of a document as JSON, with its digest put in where `field` (as the text has it, up to the
/// quotation mark of the value) begins to state it, and the digest: SHA-256 over the text with that
/// value left empty, as the document must have it. O(length).
///
/// # Errors
/// When the document is none of JSON.
pub fn sealed<T: Serialize>(
    document: &T,
    field: &str,
) -> Result<(String, String), serde_json::Error> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    let digest = hex(Sha256::digest(text.as_bytes()).as_slice());
    let at = text.rfind(field).map_or(text.len(), |at| at + field.len());
    text.insert_str(at, &digest);
    Ok((text, digest))
}

/// Whether a document has the digest that it states for itself in a field, as [`sealed`] puts it in.
/// O(length).
#[must_use]
pub fn digest_holds(text: &str, field: &str) -> bool {
    let Some(start) = text.rfind(field).map(|at| at + field.len()) else { return false };
    let Some(stated) = text.get(start..start + 64) else { return false };
    let unsealed = [&text[..start], &text[start + 64..]].concat();
    hex(Sha256::digest(unsealed.as_bytes()).as_slice()) == stated
}
