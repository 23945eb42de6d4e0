//! The figures of the manifest, counted again.

use antagning_formats::Manifest;

use crate::proof::of_run::rows::Rows;
use crate::proof::of_run::verdict::takes_part;

/// What `manifest.json` counts otherwise than the tables do.
pub(super) fn faults(rows: &Rows<'_>, manifest: &Manifest) -> Vec<String> {
    let counts = &manifest.counts;
    let placed = rows.placement.iter().flatten().count() as u64;
    let applicants = rows.placement.len() as u64;
    let outcomes = &rows.files.outcomes;
    let mut by_rank = vec![0; counts.placed_by_choice_rank.len()];
    for &rank in rows.files.placements.choice_rank.iter().filter(|rank| **rank > 0) {
        if let Some(count) = by_rank.get_mut(rank as usize - 1) {
            *count += 1;
        }
    }
    let eligible = outcomes.status.iter().filter(|status| takes_part(status)).count() as u64;
    let seats =
        rows.offers.row.iter().map(|row| u64::from(rows.files.programmes.counts[*row][0])).sum();
    let figures = [
        ("applicants", counts.applicants, applicants),
        ("programmes", counts.programmes, rows.offers.row.len() as u64),
        ("seats", counts.seats, seats),
        ("choices", counts.choices, outcomes.len() as u64),
        ("eligible_choices", counts.eligible_choices, eligible),
        ("placed", counts.placed, placed),
        ("unplaced", counts.unplaced, applicants - placed),
    ];
    let wrong = figures.iter().filter(|(_, stated, found)| stated != found);
    let mut faults: Vec<_> = wrong
        .map(|(name, stated, found)| {
            format!("manifest.json: {name} is {stated}, recounted {found}")
        })
        .collect();
    if by_rank != counts.placed_by_choice_rank {
        faults.push(
            "manifest.json: placed_by_choice_rank does not agree with placements.csv".to_owned(),
        );
    }
    faults
}
