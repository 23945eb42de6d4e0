//! The published tables: what they count, what they hide, and whether an adversary can tell it.

mod attacker;
mod brute_force;
mod by_hand;
mod command;
mod differencing;
mod folder;
mod grouped;
mod groups;
mod rounds;
mod seasons;
mod skane;
mod tables;
