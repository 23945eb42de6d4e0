//! The rules on random seasons: choice functions of every kind of quota group, strategy-proofness,
//! invariance, improvement, and agreement with an admission computed from the definitions.
//!
//! A `season` in plain vectors is run three ways: by the rules and the matching in memory
//! (`library`), by the whole library from a folder on disk (`folder`), and by the definitions alone
//! (`reference`), which share no code with the library.

mod agreement;
mod choice_functions;
mod folder;
mod improvement;
mod invariance;
mod library;
mod reference;
mod season;
mod seasons;
mod strategy;
