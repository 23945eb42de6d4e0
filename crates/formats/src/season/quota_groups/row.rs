//! One row of `quota_groups.csv`.

use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::field::{self, FieldFault};
use crate::season::programmes::MOST_SEATS;
use crate::table::{Row, Table};

/// Beyond any order of a programme's groups; a larger precedence stands in the wrong column.
const LAST_PRECEDENCE: u32 = 10_000;

/// Where the columns stand.
pub(super) struct Columns {
    pub(super) programme: usize,
    name: usize,
    precedence: usize,
    seats: usize,
    ranked_by: Option<usize>,
    open_to: Option<usize>,
    unfilled_to: Option<usize>,
    maximum: Option<usize>,
}

/// One readable row.
#[derive(Default)]
pub(super) struct Group {
    pub(super) programme: u32,
    pub(super) name: String,
    pub(super) precedence: u32,
    pub(super) seats: u32,
    pub(super) ranked_by: String,
    pub(super) open_to: String,
    pub(super) unfilled_to: String,
    pub(super) maximum: Option<u64>,
    /// `test_maximum` as written.
    pub(super) maximum_text: String,
    pub(super) line: u32,
}

impl Columns {
    pub(super) fn of(table: &mut Table, report: &mut Diagnostics) -> Option<Self> {
        let required = ["programme_id", "quota_group", "precedence", "seats"]
            .map(|name| table.require(name, report));
        let [ranked_by, open_to, unfilled_to, maximum] =
            ["ranked_by", "open_to", "unfilled_to", "test_maximum"].map(|name| table.column(name));
        table.report_other_columns(report);
        let [Some(programme), Some(name), Some(precedence), Some(seats)] = required else {
            return None;
        };
        Some(Self { programme, name, precedence, seats, ranked_by, open_to, unfilled_to, maximum })
    }

    /// The row without its programme; what is wrong is reported.
    pub(super) fn group(&self, row: &Row<'_>, report: &mut Diagnostics) -> Option<Group> {
        let name = row.parse(self.name, parse_name, report);
        let precedence = row.parse(self.precedence, parse_precedence, report);
        let seats = row.parse(self.seats, |text| field::whole_number(text, MOST_SEATS), report);
        let maximum = row.parse_optional(self.maximum, field::decimal, report);
        let maximum_text = row.get_optional(self.maximum);
        if maximum.is_none() && !maximum_text.is_empty() {
            return None;
        }
        let text = |column| row.get_optional(column).to_owned();
        Some(Group {
            programme: 0,
            name: name?,
            precedence: precedence?,
            seats: seats?,
            ranked_by: text(self.ranked_by),
            open_to: text(self.open_to),
            unfilled_to: text(self.unfilled_to),
            maximum,
            maximum_text: maximum_text.to_owned(),
            line: u32::try_from(row.line).unwrap_or(u32::MAX),
        })
    }
}

/// The run folder writes `name=value` and parts several by a space.
fn parse_name(text: &str) -> Result<String, FieldFault> {
    let fits = |c: char| c.is_alphabetic() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if text.chars().all(fits) {
        return Ok(text.to_owned());
    }
    Err((Code::BadGroupName, "a group's name has letters, digits, _ and - only"))
}

fn parse_precedence(text: &str) -> Result<u32, FieldFault> {
    match field::whole_number(text, LAST_PRECEDENCE)? {
        0 => Err((Code::ZeroRank, "precedences begin with 1")),
        precedence => Ok(precedence),
    }
}
