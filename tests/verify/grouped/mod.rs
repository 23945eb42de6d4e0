//! Programmes with quota groups and reception tiers.

mod brute_force;
mod by_hand;
mod choice_function;
mod counter_examples;
mod figure_mutations;
mod figures;
mod instances;
mod market;
mod matching;
mod mutations;
mod naive;
mod publication;
mod sentences;
mod shape;
