//! Runs compared: small chains by hand, and random seasons with random events.

mod altered;
mod by_hand;
mod displaced;
mod histories;
mod invariants;
mod random;
mod scene;
mod seasons_apart;
