//! Rounds: whatever happens, a seat that is held is kept or left for something that its holder
//! wants more.
//!
//! A small season (`model`) and events (`happening`) are drawn by chance and run round after round
//! by the library (`office`), and compared with an `oracle` that computes each round from the
//! definitions (`invariants`). `explain` reads what applicants of a reserve round are told, and
//! `skane` plays a whole summer of the demonstration season. Rounds in words are in
//! `tests/scenarios`; broken chains and signatures, through the binary, in `tests/cli`.

mod explain;
mod happening;
mod invariants;
mod model;
mod office;
mod oracle;
mod skane;
