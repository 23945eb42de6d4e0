//! Rounds: whatever happens, a seat that is held is kept or left for something that its holder
//! wants more.
//!
//! A small season (`model`) and events (`happening`) are drawn by chance and run round after round
//! by the library (`office`); an `oracle` computes each round from the definitions. `chain` breaks
//! chains, `approval` signs runs, `explain` reads what reserves are told, and `skane` plays a whole
//! summer of the demonstration season. Rounds in words are in `tests/scenarios`.

mod happening;
mod invariants;
mod model;
mod office;
mod oracle;
