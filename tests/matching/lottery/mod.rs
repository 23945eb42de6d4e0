//! Many lotteries over one market.

mod bounds;
mod broken;
mod edges;
mod equals_rerun;
mod grouped;
mod odds;
