//! The independent checker: hand-made counter-examples, mutations of right admissions, and every
//! placement of tiny markets.

mod brute_force;
mod counter_examples;
mod digests;
mod edges;
mod improvement;
mod lottery;
mod market;
mod mutations;
mod naive;
mod programme_proposing;
mod published;
mod published_mutations;
mod sentences;
mod textbook;
