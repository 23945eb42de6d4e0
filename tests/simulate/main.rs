//! Scenarios against seasons that have the change written into their files, and by hand.

mod by_hand;
mod equals_written;
mod faults;
mod model;
mod paths;
mod taste;
