//! What can go wrong while a season is made.

use std::io;
use std::path::PathBuf;

/// Why no season was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PopulationError {
    /// The recipe cannot be followed; the text says which figure and why.
    #[error("{0}")]
    Recipe(String),
    /// A published or assumed table cannot be used.
    #[error("{}: {reason}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and on which line where that is known.
        reason: String,
    },
    /// The file system reported a failure.
    #[error(transparent)]
    Io(#[from] io::Error),
}
