//! `grades.csv`.

use crate::code::Code;
use crate::column::Ids;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::table::Table;

/// The grades, a row an applicant in the order of ids, a column a subject.
///
/// Cells are kept as written: which texts are grades is for a rule set to say. The few distinct
/// texts stand once in `texts`, a cell is the index of its text.
#[derive(Clone, Debug, Default)]
pub struct Grades {
    /// The subject codes that head the columns, as written.
    pub subjects: Vec<String>,
    /// The distinct texts; the first is the empty one.
    pub texts: Vec<String>,
    /// Row-major cells.
    pub cells: Vec<u8>,
    /// Cells whose text found no place among `texts`, where they read as empty: no scale has so
    /// many grades, so only a column that holds something else can overflow.
    pub overflow: Vec<OverflowCell>,
    /// The line of each applicant in the file, 0 for an applicant without a row.
    pub line: Vec<u32>,
}

/// A cell beyond the distinct texts that [`Grades`] keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverflowCell {
    /// The column, as an index of [`Grades::subjects`].
    pub subject: usize,
    /// The line in the file.
    pub line: u64,
    /// The text as written.
    pub text: String,
}

impl Grades {
    /// The file's name, for diagnostics.
    pub const FILE: &'static str = "grades.csv";

    /// More distinct texts than this are no grades; cells with later ones overflow.
    const MOST_TEXTS: usize = 250;

    /// The cells of one applicant.
    ///
    /// # Panics
    /// When there is no such applicant.
    #[must_use]
    pub fn row(&self, applicant: usize) -> &[u8] {
        &self.cells[applicant * self.subjects.len()..][..self.subjects.len()]
    }

    pub(super) fn read(mut table: Table, applicants: &Ids, report: &mut Diagnostics) -> Self {
        let Some(id) = table.require("applicant_id", report) else { return Self::default() };
        let columns: Vec<(usize, String)> =
            table.other_columns().map(|(column, name)| (column, name.to_owned())).collect();
        let mut read = Self {
            subjects: columns.iter().map(|(_, name)| name.clone()).collect(),
            texts: vec![String::new()],
            cells: vec![0; applicants.len() * columns.len()],
            overflow: Vec::new(),
            line: vec![0; applicants.len()],
        };
        // Nearly every cell is one letter.
        let mut of_letter = [None; 256];
        let mut rows = table.rows(id);
        let mut next = 0;
        while let Some(row) = rows.next(report) {
            let found = applicants.find_at(next, row.get(id));
            let Some(number) = found.map(|number| number as usize) else {
                let Some(applicant) = row.id(id, report) else { continue };
                if applicants.surely_lacks(applicant) {
                    report.push(row.diagnostic(id, (Code::UnknownApplicant, "no such applicant")));
                }
                continue;
            };
            next = number + 1;
            if read.line[number] != 0 {
                let first = read.line[number];
                let fault =
                    row.diagnostic(id, (Code::DuplicateId, "the applicant has two rows of grades"));
                report.push(fault.hint(format!("keep one of the rows; the first is line {first}")));
                continue;
            }
            read.line[number] = u32::try_from(row.line).unwrap_or(u32::MAX);
            for (subject, (column, _)) in columns.iter().enumerate() {
                let text = row.get(*column);
                let cell = match *text.as_bytes() {
                    [] => continue,
                    [letter] => {
                        *of_letter[usize::from(letter)].get_or_insert_with(|| read.text(text))
                    }
                    _ => read.text(text),
                };
                match cell {
                    Some(cell) => read.cells[number * columns.len() + subject] = cell,
                    None => read.overflow.push(OverflowCell {
                        subject,
                        line: row.line,
                        text: text.to_owned(),
                    }),
                }
            }
        }
        if rows.met() == 0 {
            report.push(Diagnostic::new(Code::NoRows, Self::FILE, "the file has no grades"));
        }
        read
    }

    /// The index of a text, or `None` when there are too many.
    fn text(&mut self, text: &str) -> Option<u8> {
        let known = self.texts.iter().position(|known| known == text);
        let index = match known {
            Some(index) => index,
            None if self.texts.len() == Self::MOST_TEXTS => return None,
            None => {
                self.texts.push(text.to_owned());
                self.texts.len() - 1
            }
        };
        u8::try_from(index).ok()
    }
}
