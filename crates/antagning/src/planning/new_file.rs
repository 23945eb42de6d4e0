//! Single files that a command writes beside its answer.

use std::path::Path;

use antagning_formats::StagedFile;

use crate::error::Error;

/// Writes a new file, whole or not at all.
///
/// # Errors
/// [`Error::Output`] when something stands at `file` or the file system refuses.
pub(super) fn write_new_file(file: &Path, text: &str) -> Result<(), Error> {
    StagedFile::write(file, text.as_bytes())
        .map_err(|source| Error::Output { path: file.to_owned(), source })
}
