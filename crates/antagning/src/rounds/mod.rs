//! The rounds of a season: the run that it continues, what happened since then, and what that
//! makes of lists, seats and rulings.

mod approval;
mod chain;
mod chains_of_moves;
mod contradictions;
mod forecast;
mod kind;
mod link;
mod lists;
mod mending;
mod person;
mod proposals;
mod reader;
mod replay;
mod seats;
mod settings;
mod standing;

pub use approval::Signature;
pub(crate) use approval::today;
pub use chain::{Chain, ChainedRun};
pub(crate) use chain::{predecessor_of, refuse_continued, refuse_fork, run_before};
pub(crate) use chains_of_moves::{Beginning, Chain as ChainOfMoves, Move, Room, Seat, chains};
pub(crate) use forecast::{expected, forecast, total};
pub use link::Continuation;
pub(crate) use link::Link;
pub(crate) use mending::seats_to_add;
pub(crate) use proposals::proposals;
pub(crate) use reader::MOST_SEATS;
pub(crate) use settings::RoundSettings;
pub(crate) use standing::Standing;
