//! Run folders: what a run proposes, with everything needed to check it again.

mod manifest;
mod read;
mod rows;
mod write;

pub use manifest::{
    CONTRACT_VERSION, CheckLine, Counts, Manifest, ManifestError, Timings, manifest_digest_holds,
};
pub use read::{OutcomeTable, PlacementTable, ProgrammeTable, RunFiles};
pub use rows::{OutcomeRow, Placed, PlacementRow, ResultRow};
pub use write::RunWriter;

/// The files of a run folder beside the manifest, in the order of their names.
pub const RUN_FILES: [&str; 3] = ["outcomes.csv", "placements.csv", "programmes.csv"];

/// The name of the manifest.
pub const MANIFEST: &str = "manifest.json";
