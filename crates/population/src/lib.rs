//! Synthetic seasons, calibrated to published statistics.
//!
//! [`generate`] makes a season of any size from shares and distances; [`skane`] makes the Skåne
//! 2025 season from the published offers, such that admission gives the published lowest merits.
//! Both write a season folder, and the same seed gives the same bytes on every machine.

mod cohort;
mod error;
mod examiner;
mod generic;
mod geography;
mod progress;
mod random;
mod recipe;
mod skane;
mod supply;
mod taste;

pub use error::PopulationError;
pub use generic::generate;
pub use progress::{Progress, Stage};
pub use recipe::Recipe;
pub use skane::{Published, skane};
