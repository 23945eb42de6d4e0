//! Figures and digests counted by the test itself, from the files alone.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::scene::Scene;

/// SHA-256 in hexadecimal, as `sha256sum` prints it.
pub(crate) fn sha256(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes everything");
        text
    })
}

/// The counts that a manifest must state, from the season's files and the run's tables.
pub(crate) fn counts(scene: &Scene, season: &str, run: &str) -> Value {
    let programmes = scene.table(&format!("{season}/programmes.csv"));
    let choices = scene.table(&format!("{season}/choices.csv"));
    let placements = scene.table(&format!("{run}/placements.csv"));
    let outcomes = scene.table(&format!("{run}/outcomes.csv"));
    let seats: u64 = programmes.cells("capacity").map(|seats| seats.parse::<u64>().unwrap()).sum();
    let applicants = placements.rows.len();
    let unplaced = placements.cells("programme_id").filter(|id| id.is_empty()).count();
    let ineligible = outcomes.cells("status").filter(|status| *status == "ineligible").count();
    let ranks: Vec<usize> =
        placements.cells("choice_rank").filter_map(|rank| rank.parse().ok()).collect();
    let longest = ranks.iter().copied().max().unwrap_or(0);
    let by_rank: Vec<usize> =
        (1..=longest).map(|rank| ranks.iter().filter(|r| **r == rank).count()).collect();
    json!({
        "applicants": applicants,
        "programmes": programmes.rows.len(),
        "seats": seats,
        "choices": choices.rows.len(),
        "eligible_choices": choices.rows.len() - ineligible,
        "placed": applicants - unplaced,
        "unplaced": unplaced,
        "placed_by_choice_rank": by_rank,
    })
}
