//! Over-admission (överintag): seats offered beside seats planned, and how many may come.

use antagning_formats::{ForecastRow, OverAdmission};
use antagning_rules::Outcomes;

use crate::season::Season;

/// A row a programme, in the order of programmes; none in a season that neither plans seats nor
/// expects anybody to stay away.
pub(crate) fn forecast<'s>(season: &'s Season, outcomes: &Outcomes) -> Vec<ForecastRow<'s>> {
    let programmes = &season.data.programmes;
    let rate = season.plan.rounds.no_show_percent;
    if rate.is_none() && programmes.planned.iter().all(Option::is_none) {
        return Vec::new();
    }
    let results = outcomes.programmes.iter().zip(&programmes.planned);
    let rows = programmes.ids.iter().zip(results);
    rows.map(|(programme_id, (result, planned))| ForecastRow {
        programme_id,
        seats: result.seats,
        planned_seats: planned.unwrap_or(result.seats),
        admitted: result.admitted,
        expected: expected(result.admitted, rate.unwrap_or(0)),
    })
    .collect()
}

/// How many of the admitted come when so many in a hundred do not, rounded half up.
pub(crate) fn expected(admitted: u32, no_show_percent: u32) -> u32 {
    let hundredths = u64::from(admitted) * u64::from(100 - no_show_percent.min(100));
    // No more than were admitted.
    ((hundredths + 50) / 100) as u32
}

/// The figures of all programmes together; `None` without rows.
pub(crate) fn total(rows: &[ForecastRow<'_>]) -> Option<OverAdmission> {
    let mut total = OverAdmission::default();
    for row in rows {
        total.planned_seats += u64::from(row.planned_seats);
        total.over_admission += i64::from(row.seats) - i64::from(row.planned_seats);
        total.expected += u64::from(row.expected);
        total.programmes_overfull += u64::from(row.expected > row.planned_seats);
    }
    (!rows.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::expected;

    #[test]
    fn halves_come() {
        let came: Vec<u32> = (0..=10).map(|admitted| expected(admitted, 25)).collect();
        assert_eq!(came, [0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8]);
        assert_eq!((expected(u32::MAX, 0), expected(7, 100)), (u32::MAX, 0));
    }
}
