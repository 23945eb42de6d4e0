//! Pictures for reports, as SVG: one file, readable in print and on a screen, light or dark.

mod arrow;
mod axis;
mod canvas;
mod cutoffs;
mod displacement;
mod ink;
mod map;
mod names;
mod plan;
mod rows;
mod seats;
mod words;

use std::path::Path;

use crate::error::Error;
use crate::planning::new_file::write_new_file;

/// A picture as an SVG document: no scripts, no fonts or links from elsewhere, the same bytes
/// everywhere. What it shows stands in it as text as well, for screen readers and as tooltips.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture(String);

impl Picture {
    /// The document.
    #[must_use]
    pub fn as_svg(&self) -> &str {
        &self.0
    }

    /// Writes the document to a new file, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `file` or the file system refuses.
    pub fn write(&self, file: impl AsRef<Path>) -> Result<(), Error> {
        write_new_file(file.as_ref(), &self.0)
    }
}
