//! The mechanism against its oracles, its theorems and hand-checked instances.
//!
//! `PROPTEST_CASES` raises the number of random markets of each property.

mod brute_force;
mod chains;
mod changes;
mod edges;
mod grouped;
mod hand_checked;
mod incremental;
mod instances;
mod lottery;
mod mechanisms;
mod oracles;
mod outcome;
mod planning;
mod scaling;
mod strategy;
mod textbook;
mod tied;
mod two_sides;
mod warm_start;
