//! What planners and researchers ask: what else could be, and how sure that is.
//!
//! Working material, never a decision. Nothing outside this room uses it.

mod chain_path;
mod histogram;
pub mod lottery;
pub(crate) mod mechanisms;
mod new_file;
pub(crate) mod pictures;
pub mod seat_plan;
pub(crate) mod seat_values;
pub(crate) mod simulation;
