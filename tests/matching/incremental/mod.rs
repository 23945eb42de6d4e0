//! Small changes: after each, the matching is that of a full run on the changed market.

mod chain_alone;
mod equals_rerun;
mod hand_checked;
mod kept_seat_effects;
mod order;
pub(crate) mod season;
mod seat_effects;

/// How many trials a test makes: as many as `ANTAGNING_TRIALS` says (a million takes half a minute
/// in release), else `usually`.
pub(crate) fn how_many(usually: u64) -> u64 {
    let wanted = std::env::var("ANTAGNING_TRIALS").ok();
    wanted.and_then(|wanted| wanted.parse().ok()).unwrap_or(usually)
}
