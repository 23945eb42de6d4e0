//! Seat planning: what a plan is said to gain, the limits it keeps, and how good it is.

mod cases;
mod exhaustive;
mod hand_checked;
mod middle_sized;
mod quality;
