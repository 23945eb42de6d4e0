//! `applicants.csv`.

use crate::code::Code;
use crate::column::{Ids, Interner, TextColumn};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::field::{self, FieldFault};
use crate::season::programmes::warn_of_unusual_code;
use crate::table::Table;

/// What is known of the applicants beside their choices, a row an applicant in the order of ids.
///
/// None of it decides anything under the rules of this version: home municipality and year of
/// birth are fields of their own, and no identity number is ever taken apart.
#[derive(Clone, Debug, Default)]
pub struct Applicants {
    /// `home_municipality`, may be empty.
    pub home_municipality: TextColumn,
    /// `school`, the lower-secondary school that sends the applicant (avlämnande skola), may be empty.
    pub school: TextColumn,
    /// `birth_year`, when it is given.
    pub birth_year: Vec<Option<u16>>,
    /// `sex` as written, may be empty.
    pub sex: TextColumn,
    /// `protected`: the identity is protected.
    pub protected: Vec<bool>,
    /// The line of each applicant in the file.
    pub line: Vec<u32>,
}

impl Applicants {
    pub(super) fn read(mut table: Table, report: &mut Diagnostics) -> (Ids, Self) {
        let id = table.require("applicant_id", report);
        let columns = ["home_municipality", "school", "birth_year", "sex", "protected"];
        let [home, school, birth_year, sex, protected] = columns.map(|name| table.column(name));
        table.report_other_columns(report);
        let Some(id) = id else { return (Ids::unread(), Self::default()) };

        let mut ids = Interner::default();
        let mut read = Self::default();
        let mut rows = table.rows(id);
        while let Some(row) = rows.next(report) {
            let year = row.parse_optional(birth_year, parse_year, report);
            let is_protected = row.parse_optional(protected, field::flag, report);
            if let Some(column) = home {
                warn_of_unusual_code(&row, column, report);
            }
            if let Some(column) = sex
                && !["", "F", "M", "K", "X"]
                    .iter()
                    .any(|known| row.get(column).eq_ignore_ascii_case(known))
            {
                report.push(row.diagnostic(column, (Code::UnusualSex, "not a known mark")));
            }
            let Some(applicant) = row.id(id, report) else {
                rows.lost.unnamed = true;
                continue;
            };
            let (number, new) = ids.intern(applicant);
            if !new {
                let first = read.line[number as usize];
                let fault = row.diagnostic(id, (Code::DuplicateId, "the applicant stands twice"));
                report.push(fault.hint(format!("keep one of the rows; the first is line {first}")));
                continue;
            }
            read.home_municipality.push(row.get_optional(home));
            read.school.push(row.get_optional(school));
            read.birth_year.push(year);
            read.sex.push(row.get_optional(sex));
            read.protected.push(is_protected.unwrap_or(false));
            read.line.push(u32::try_from(row.line).unwrap_or(u32::MAX));
        }
        if rows.met() == 0 {
            let message = "the file has no applicant";
            report.push(Diagnostic::new(Code::NoRows, "applicants.csv", message));
            rows.lost.unnamed = true;
        }
        let (ids, order) = ids.into_sorted();
        (ids.with_lost(rows.lost), read.sorted(&order))
    }

    fn sorted(self, order: &[u32]) -> Self {
        if order.is_sorted() {
            return self;
        }
        let by = |row: &u32| *row as usize;
        Self {
            home_municipality: self.home_municipality.reordered(order),
            school: self.school.reordered(order),
            birth_year: order.iter().map(|row| self.birth_year[by(row)]).collect(),
            sex: self.sex.reordered(order),
            protected: order.iter().map(|row| self.protected[by(row)]).collect(),
            line: order.iter().map(|row| self.line[by(row)]).collect(),
        }
    }
}

fn parse_year(text: &str) -> Result<u16, FieldFault> {
    match field::whole_number(text, 9_999)? {
        year @ 1900..=2100 => Ok(year as u16),
        _ => Err((Code::AbsurdYear, "not a year of birth")),
    }
}
