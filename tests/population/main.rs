//! Generated seasons: the same on every run, valid, and with the statistics they claim.

mod committed;
mod generic;
mod season;
mod skane;
mod special;
