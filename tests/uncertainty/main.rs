//! Studies over draws: against seasons with the draw written into their files, in parts, and refused.

mod common;
mod faults;
mod many;
mod merging;
#[path = "../simulate/model.rs"]
#[allow(dead_code, reason = "the model of another test, which uses more of it")]
mod model;
mod oracle;
mod skane;
mod study;
mod written;
