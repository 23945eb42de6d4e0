//! The counterfactual for an appeal: by hand, refused, in a chain of rounds, and on random seasons
//! against whole runs made through files.

mod by_hand;
mod grouped;
mod random;
mod refused;
mod rounds;
mod scene;
mod seasons;
mod tied;
