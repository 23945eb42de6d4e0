//! `published.csv`: official figures that a run of the season can be compared with.

use std::path::Path;

use crate::column::Ids;
use crate::diagnostic::Diagnostics;
use crate::field;
use crate::season::required;
use crate::table::Table;

/// What an office published about one programme. Scores are ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedFigures {
    /// The programme, as its number.
    pub programme: u32,
    /// The lowest admitted merit; absent where none was published.
    pub lowest: Option<u64>,
    /// The mean merit of the admitted.
    pub mean: Option<u64>,
    /// Whether merit alone decided; false where a skill test counted.
    pub on_merit: bool,
}

impl PublishedFigures {
    /// Reads the file of a season folder: `programme_id`, `min_merit`, `mean_merit` and
    /// `decided_by` (`merit`, or what else counted).
    pub fn read(folder: &Path, programmes: &Ids, report: &mut Diagnostics) -> Vec<Self> {
        let table = required(folder, "published.csv", &mut Vec::new(), report);
        table.map_or_else(Vec::new, |table| Self::rows(table, programmes, report))
    }

    fn rows(mut table: Table, programmes: &Ids, report: &mut Diagnostics) -> Vec<Self> {
        let columns = ["programme_id", "min_merit", "mean_merit", "decided_by"]
            .map(|name| table.require(name, report));
        table.report_other_columns(report);
        let [Some(id), Some(lowest), Some(mean), Some(decided_by)] = columns else {
            return Vec::new();
        };
        let mut figures = Vec::new();
        let mut rows = table.rows(id);
        while let Some(row) = rows.next(report) {
            let Some(programme) = row.known_id(id, programmes, report) else { continue };
            figures.push(Self {
                programme,
                lowest: row.parse_optional(lowest, field::decimal, report),
                mean: row.parse_optional(mean, field::decimal, report),
                on_merit: row.get(decided_by).eq_ignore_ascii_case("merit"),
            });
        }
        figures
    }
}
