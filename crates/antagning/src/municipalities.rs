//! Names and places of municipalities.

use std::sync::LazyLock;

/// A municipality and its main town.
struct Municipality {
    code: &'static str,
    name: &'static str,
    /// Degrees north and east (WGS 84); for drawing, no decision depends on it.
    place: (f64, f64),
}

/// Those of `data/municipalities.csv`, by code.
static KNOWN: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/municipalities.csv").lines().skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split(',');
        let (code, name) = (cells.next()?, cells.next()?);
        let mut degrees = || cells.next()?.parse().ok();
        Some(Municipality { code, name, place: (degrees()?, degrees()?) })
    })
    .collect()
});

fn find(code: &str) -> Option<&'static Municipality> {
    let found = KNOWN.binary_search_by_key(&code, |known| known.code);
    found.ok().map(|at| &KNOWN[at])
}

/// The municipality's name, or the code where no name is known.
pub(crate) fn name(code: &str) -> &str {
    find(code).map_or(code, |known| known.name)
}

/// Latitude and longitude of the main town, in degrees, where they are known.
pub(crate) fn place(code: &str) -> Option<(f64, f64)> {
    find(code).map(|known| known.place)
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, name, place};

    #[test]
    fn names_are_found_by_code() {
        assert!(KNOWN.is_sorted_by_key(|known| known.code));
        assert_eq!(name("1280"), "Malmö");
        assert_eq!(name("1060"), "Olofström");
        assert_eq!(name("0180"), "0180");
    }

    #[test]
    fn every_row_is_read_and_stands_in_the_south() {
        let rows = include_str!("../../../data/municipalities.csv").lines().count() - 1;
        assert_eq!(KNOWN.len(), rows);
        for known in KNOWN.iter() {
            let (north, east) = known.place;
            assert!(
                (55.0..57.0).contains(&north) && (12.0..17.0).contains(&east),
                "{}",
                known.name
            );
        }
        // Malmö lies south and west of Lund.
        let (malmo, lund) = (place("1280").unwrap(), place("1281").unwrap());
        assert!(malmo.0 < lund.0 && malmo.1 < lund.1);
        assert_eq!(place("0180"), None);
    }
}
