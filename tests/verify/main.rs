//! The independent checker: hand-made counter-examples, mutations of right admissions, and every
//! placement of tiny markets; without quota groups, with them, and with ties kept together.

mod brute_force;
mod counter_examples;
mod digests;
mod edges;
mod grouped;
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
mod tie_rules;
