//! Small changes: after each, the matching is that of a full run on the changed market.

mod chain_alone;
mod equals_rerun;
mod hand_checked;
mod order;
mod season;
mod seat_effects;
