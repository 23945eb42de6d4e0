//! `programmes.csv`.

use crate::code::Code;
use crate::column::{Ids, Interner, TextColumn};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::field::{self, FieldFault};
use crate::table::Table;

/// Who runs a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// A municipality.
    Municipal,
    /// An independent provider.
    Independent,
    /// A region.
    Regional,
}

/// The programmes in the text order of their ids; the columns have a row a programme.
#[derive(Clone, Debug, Default)]
pub struct Programmes {
    /// `programme_id`.
    pub ids: Ids,
    /// `capacity`, in seats.
    pub capacity: Vec<u32>,
    /// `planned_seats`, the seats that the school has, when they are given.
    pub planned: Vec<Option<u32>>,
    /// `name`, may be empty.
    pub name: TextColumn,
    /// `school`, may be empty.
    pub school: TextColumn,
    /// `school_unit_code`, may be empty.
    pub school_unit_code: TextColumn,
    /// `municipality_code`, may be empty.
    pub municipality_code: TextColumn,
    /// `study_path_code`, may be empty.
    pub study_path_code: TextColumn,
    /// `provider`, when it is given.
    pub provider: Vec<Option<Provider>>,
    /// The line of each programme in the file.
    pub line: Vec<u32>,
    /// Whether the file has a column `study_path_code`.
    pub has_study_paths: bool,
    /// Programmes whose capacity could not be read, or is one thing in one row and perhaps another
    /// in the next.
    pub(super) doubtful_capacity: Vec<bool>,
}

/// More seats than any programme in the country has: a figure in the wrong column.
pub(super) const MOST_SEATS: u32 = 1_000_000;

impl Programmes {
    pub(super) const FILE: &'static str = "programmes.csv";

    pub(super) fn read(mut table: Table, report: &mut Diagnostics) -> Self {
        let (id, capacity) =
            (table.require("programme_id", report), table.require("capacity", report));
        let [name, school, unit, municipality, path, provider, planned] = [
            "name",
            "school",
            "school_unit_code",
            "municipality_code",
            "study_path_code",
            "provider",
            "planned_seats",
        ]
        .map(|name| table.column(name));
        table.report_other_columns(report);
        let (Some(id), Some(capacity)) = (id, capacity) else {
            return Self { ids: Ids::unread(), ..Self::default() };
        };

        let mut ids = Interner::default();
        let mut read = Self { has_study_paths: path.is_some(), ..Self::default() };
        let mut rows = table.rows(id);
        while let Some(row) = rows.next(report) {
            let parse_seats = |text: &str| field::whole_number(text, MOST_SEATS);
            let seats = row.parse(capacity, parse_seats, report);
            let planned = row.parse_optional(planned, parse_seats, report);
            let provider = row.parse_optional(provider, parse_provider, report);
            if let Some(column) = municipality {
                warn_of_unusual_code(&row, column, report);
            }
            let Some(programme) = row.id(id, report) else {
                rows.lost.unnamed = true;
                continue;
            };
            let (number, new) = ids.intern(programme);
            if !new {
                let first = read.line[number as usize];
                read.doubtful_capacity[number as usize] = true;
                let fault = row.diagnostic(id, (Code::DuplicateId, "the programme stands twice"));
                report.push(fault.hint(format!("keep one of the rows; the first is line {first}")));
                continue;
            }
            read.capacity.push(seats.unwrap_or(0));
            read.doubtful_capacity.push(seats.is_none());
            read.planned.push(planned);
            read.name.push(row.get_optional(name));
            read.school.push(row.get_optional(school));
            read.school_unit_code.push(row.get_optional(unit));
            read.municipality_code.push(row.get_optional(municipality));
            read.study_path_code.push(row.get_optional(path));
            read.provider.push(provider);
            read.line.push(u32::try_from(row.line).unwrap_or(u32::MAX));
        }
        if rows.met() == 0 {
            report.push(Diagnostic::new(Code::NoRows, Self::FILE, "the file has no programme"));
            rows.lost.unnamed = true;
        }
        let (ids, order) = ids.into_sorted();
        read.sorted(ids.with_lost(rows.lost), &order)
    }

    fn sorted(self, ids: Ids, order: &[u32]) -> Self {
        let by = |row: &u32| *row as usize;
        Self {
            ids,
            capacity: order.iter().map(|row| self.capacity[by(row)]).collect(),
            planned: order.iter().map(|row| self.planned[by(row)]).collect(),
            name: self.name.reordered(order),
            school: self.school.reordered(order),
            school_unit_code: self.school_unit_code.reordered(order),
            municipality_code: self.municipality_code.reordered(order),
            study_path_code: self.study_path_code.reordered(order),
            provider: order.iter().map(|row| self.provider[by(row)]).collect(),
            line: order.iter().map(|row| self.line[by(row)]).collect(),
            has_study_paths: self.has_study_paths,
            doubtful_capacity: order.iter().map(|row| self.doubtful_capacity[by(row)]).collect(),
        }
    }
}

fn parse_provider(text: &str) -> Result<Provider, FieldFault> {
    match text.to_ascii_lowercase().as_str() {
        "municipal" => Ok(Provider::Municipal),
        "independent" => Ok(Provider::Independent),
        "regional" => Ok(Provider::Regional),
        _ => Err((Code::UnknownProvider, "no such kind of provider")),
    }
}

/// Municipality codes are only passed on to statistics: an odd one is worth a word, not a stop.
pub(super) fn warn_of_unusual_code(
    row: &crate::table::Row<'_>,
    column: usize,
    report: &mut Diagnostics,
) {
    let code = row.get(column);
    if !code.is_empty() && (code.len() != 4 || !code.bytes().all(|byte| byte.is_ascii_digit())) {
        report.push(row.diagnostic(column, (Code::UnusualCode, "not a municipality code")));
    }
}
