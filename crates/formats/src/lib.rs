//! Season and run folders: reading with diagnostics, writing whole or not at all.

mod staging;

pub use staging::StagedFolder;
