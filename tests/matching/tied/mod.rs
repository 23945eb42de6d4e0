//! Ties: the class at the cutoff admitted whole or rejected whole.

mod answers;
mod bracket;
mod choice_functions;
mod edges;
mod instances;
mod oracles;
mod outcome;
mod scaling;
mod stability;
mod strategy;
pub(crate) mod textbook;
