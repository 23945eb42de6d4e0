//! The mechanism of an admission: markets, deferred acceptance, and matchings that answer
//! questions. It knows no file, no clock and no country.
//!
//! A [`MarketBuilder`] takes programmes with seats and applicants with lists and priorities, and
//! checks them once. From the [`Market`] it builds, everything follows without an error path:
//!
//! ```
//! use antagning_matching::{Cutoff, MarketBuilder, deferred_acceptance};
//!
//! let mut builder = MarketBuilder::new();
//! let arts = builder.add_programme(1);
//! let science = builder.add_programme(1);
//! // The priority is a score and then a lottery number; the greater goes first.
//! let anna = builder.add_applicant([(arts, (285, 7)), (science, (285, 7))]);
//! let björn = builder.add_applicant([(arts, (285, 9))]);
//! let market = builder.build()?;
//!
//! let matching = deferred_acceptance(&market);
//! assert_eq!(matching.programme_of(björn), Some(arts));
//! assert_eq!(matching.choice_of(anna), Some(1));
//! assert_eq!(matching.cutoff(arts), Cutoff::Value(björn));
//! assert_eq!(matching.reserves(arts).collect::<Vec<_>>(), [anna]);
//! # Ok::<(), antagning_matching::MarketError>(())
//! ```
//!
//! # Guarantees
//!
//! * The same input gives the same matching on every machine: no floating point, no hashing, no
//!   threads, no `unsafe`.
//! * The order of adding decides nothing. Equal priorities at a programme are an error
//!   ([`MarketError::UnresolvedTies`]), never a silent choice.
//! * One matching takes time linear in the number of choices, and a repeated one
//!   ([`DeferredAcceptance`]) allocates nothing.
//!
//! # Structure
//!
//! Every programme here is one ranking with one number of seats, and the inner loop in
//! `deferred_acceptance` is made for just that. A programme whose seats are divided among ordered
//! quota groups chooses by a function instead of a limit; it belongs in a module of its own, as a
//! market with a second and slower path to the same [`Matching`], and leaves this one alone.

mod builder;
mod deferred_acceptance;
mod error;
mod index;
mod market;
mod matching;
mod packed;
mod programme_proposing;
mod statistics;

pub use builder::MarketBuilder;
pub use deferred_acceptance::{DeferredAcceptance, deferred_acceptance};
pub use error::MarketError;
pub use index::{ApplicantIx, ProgrammeIx};
pub use market::Market;
pub use matching::{Cutoff, Matching};
pub use programme_proposing::programme_proposing;
pub use statistics::RankStatistics;
