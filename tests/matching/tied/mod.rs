//! Ties: the class at the cutoff admitted whole or rejected whole.

mod answers;
mod bracket;
mod choice_functions;
mod edges;
pub(crate) mod instances;
mod oracles;
pub(crate) mod outcome;
mod scaling;
mod stability;
mod strategy;
pub(crate) mod textbook;
