//! Sessions by phone: by hand, at random against an oracle, and what becomes of journals.

mod after_reserve;
mod by_hand;
mod journal;
mod model;
mod oracle;
mod random;
mod scene;
mod season;
