//! The forecast of a run, made again.

use antagning_formats::{ForecastRow, Manifest};

use crate::proof::of_run::rows::Rows;
use crate::rounds::{expected, total};

/// What `forecast.csv` and the manifest's figures about it say otherwise than the run's tables do;
/// `None` for a run without either.
pub(super) fn faults(rows: &Rows<'_>, manifest: &Manifest) -> Option<Vec<String>> {
    let stated = manifest.counts.over_admission;
    let Some(table) = &rows.files.forecast else {
        let missing = || vec!["forecast.csv: the manifest states figures of it".to_owned()];
        return stated.map(|_| missing());
    };
    let mut faults = Vec::new();
    let rate = manifest.no_show_percent.unwrap_or(0);
    let programmes = &rows.files.programmes;
    let mut counted = Vec::with_capacity(table.counts.len());
    for (row, (programme_id, counts)) in table.programme_id.iter().zip(&table.counts).enumerate() {
        let [seats, planned_seats, admitted, coming] = *counts;
        let of_run =
            rows.offers.number.get(programme_id).map(|number| rows.offers.row[*number as usize]);
        let of_run = of_run.map(|at| (programmes.counts[at][0], programmes.counts[at][3]));
        if of_run != Some((seats, admitted)) || coming != expected(admitted, rate) {
            faults.push(format!(
                "forecast.csv:{}: {programme_id} does not agree with the run",
                row + 2
            ));
        }
        counted.push(ForecastRow {
            programme_id,
            seats,
            planned_seats,
            admitted,
            expected: coming,
        });
    }
    let ids = rows.offers.row.iter().map(|row| programmes.programme_id.get(*row));
    if !ids.eq(table.programme_id.iter()) {
        faults.push("forecast.csv: the programmes are not those of the run".to_owned());
    }
    if stated != total(&counted) {
        faults.push("manifest.json: over_admission does not agree with forecast.csv".to_owned());
    }
    Some(faults)
}
