//! Quota groups: choice functions, and deferred acceptance over grouped and plain programmes.

mod choice_functions;
mod edges;
pub(crate) mod instances;
mod invariance;
mod oracles;
mod reserves;
mod stability;
mod strategy;
pub(crate) mod textbook;
