//! The independent checker of a finished admission.
//!
//! From the seats, the applicants' lists, their priorities and the placements alone, [`check`]
//! proves that an admission is feasible, stable and the best stable one for the applicants, or
//! names the people and programmes that show the contrary. Programmes may divide their seats among
//! quota groups, and equal priorities may be decided strictly, admitted or rejected as a whole. [`check_published`] recounts every
//! figure that an office publishes about it, [`check_digests`] compares the files with the
//! digests that a manifest lists, and [`lottery::number`] recomputes a lottery number.
//!
//! The crate reads no file and shares no code with the crates that compute an admission: it
//! judges a result without repeating how the result came about.
//!
//! # Example
//!
//! Two programmes with a seat each. Everybody was given their second choice, although trading
//! places would have harmed nobody's priority:
//!
//! ```
//! use antagning_verify::{Case, Columns, Names, Ties, check};
//!
//! struct Ids;
//! impl Names for Ids {
//!     fn applicant(&self, applicant: usize) -> &str {
//!         ["Ada", "Bo"][applicant]
//!     }
//!     fn programme(&self, programme: usize) -> &str {
//!         ["NA", "SA"][programme]
//!     }
//! }
//!
//! let case = Case::new(Columns {
//!     seats: &[1, 1],
//!     offsets: &[0, 2, 4],           // Ada's choices are 0..2, Bo's are 2..4
//!     programme: &[0, 1, 1, 0],      // Ada: NA, SA. Bo: SA, NA.
//!     key: &[1_u8, 2, 1, 2],         // each is ahead of the other at their second choice
//!     score: &[10_000, 20_000, 10_000, 20_000],
//!     placement: &[Some(1), Some(0)],
//!     by_hand: &[],
//!     ties: Ties::Strict,
//!     groups: None,
//! })?;
//! let verdict = check(&case);
//! assert!(!verdict.holds());
//! assert_eq!(
//!     verdict.violations()[0].describe(&Ids),
//!     "2 applicants could each have a place they prefer, with nobody passed over, by trading: \
//!      Ada from SA to NA, Bo from NA to SA",
//! );
//! # Ok::<(), antagning_verify::ShapeError>(())
//! ```

mod case;
mod claimants;
mod columns;
mod describe;
pub mod digest;
mod division;
mod group_faults;
mod group_figures;
mod groups;
pub mod lottery;
mod plain_faults;
mod published;
mod recomputation;
mod recount;
mod reserves;
mod scores;
mod shape;
mod shared_positions;
mod stability;
mod standing;
mod statements;
mod verdict;
mod violation;

pub use case::Case;
pub use columns::{ClaimKey, Columns, GroupColumns, Ties};
pub use describe::Names;
pub use digest::{DigestClaim, check_digests};
pub use published::{Applications, CutoffKind, Published, PublishedProgramme, Status};
pub use recount::{check_published, check_published_before_moves};
pub use shape::ShapeError;
pub use stability::check;
pub use verdict::{Check, Outcome, Property, Verdict};
pub use violation::{FigureValue, Step, Violation};
