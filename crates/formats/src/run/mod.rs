//! Run folders: what a run proposes, with everything needed to check it again.

mod approval;
mod extra;
mod manifest;
mod read;
mod rows;
mod seal;
mod write;

pub use approval::{Approval, ApprovalError};
pub use extra::{ForecastRow, ForecastTable, ProposalRow, ProposalTable};
pub use manifest::{
    CONTRACT_VERSION, CheckLine, Counts, HeldCounts, Manifest, ManifestError, OverAdmission,
    OwnSeats, Predecessor, Timings, manifest_digest_holds,
};
pub use read::{OutcomeTable, PlacementTable, ProgrammeTable, RunFiles};
pub use rows::{OutcomeRow, Placed, PlacementRow, ResultRow};
pub use seal::{digest_holds, sealed};
pub use write::RunWriter;

/// The files of a run folder beside the manifest, in the order of their names.
pub const RUN_FILES: [&str; 3] = ["outcomes.csv", "placements.csv", "programmes.csv"];

/// The files that only some run folders have, in the order of their names.
pub const EXTRA_FILES: [&str; 2] = ["forecast.csv", "proposals.csv"];

/// The name of the manifest.
pub const MANIFEST: &str = "manifest.json";
