//! One CSV file as a table: decoded, with its separator and header found, its rows checked.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use csv::StringRecord;

use crate::code::Code;
use crate::column::Ids;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::digest::{InputFile, digest};
use crate::field::FieldFault;
use crate::text;

/// A CSV file whose header has been read.
pub(crate) struct Table {
    file: &'static str,
    text: String,
    delimiter: u8,
    header: Vec<String>,
    used: Vec<bool>,
    ends_with_line_break: bool,
}

/// Reads the bytes of a file that may be absent; everything but absence is reported.
pub(crate) fn read_file(
    folder: &Path,
    file: &'static str,
    inputs: &mut Vec<InputFile>,
    report: &mut Diagnostics,
) -> Option<Vec<u8>> {
    match fs::read(folder.join(file)) {
        Ok(bytes) => {
            inputs.push(digest(file, &bytes));
            Some(bytes)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => {
            let message = format!("the file cannot be read: {error}");
            report.push(Diagnostic::new(Code::UnreadableFile, file, message));
            None
        }
    }
}

impl Table {
    /// Opens a file of the folder, or reports why not; an absent file is `None` without a word.
    pub(crate) fn open(
        folder: &Path,
        file: &'static str,
        inputs: &mut Vec<InputFile>,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        let bytes = read_file(folder, file, inputs, report)?;
        let text = text::decode(bytes, file, report)?;
        Self::from_text(file, text, report)
    }

    fn from_text(file: &'static str, text: String, report: &mut Diagnostics) -> Option<Self> {
        let Some(first) = text.lines().find(|line| !line.is_empty()) else {
            report.push(Diagnostic::new(Code::EmptyFile, file, "the file is empty"));
            return None;
        };
        let delimiter = delimiter(first);
        let mut record = StringRecord::new();
        // Reading from memory cannot fail; a header that is not there was caught above.
        if !reader(&text, delimiter).read_record(&mut record).unwrap_or(false) {
            report.push(Diagnostic::new(Code::EmptyFile, file, "the file is empty"));
            return None;
        }
        let header: Vec<String> = record.iter().map(|name| trimmed(name).to_owned()).collect();
        for (i, name) in header.iter().enumerate() {
            if !name.is_empty()
                && header[..i].iter().any(|earlier| earlier.eq_ignore_ascii_case(name))
            {
                let message = "the column stands twice";
                report.push(
                    Diagnostic::new(Code::DuplicateColumn, file, message).line(1).column(name),
                );
            }
        }
        let ends_with_line_break = text.ends_with('\n') || text.ends_with('\r');
        let used = vec![false; header.len()];
        Some(Self { file, text, delimiter, header, used, ends_with_line_break })
    }

    /// The position of a column, case aside, or `None`.
    pub(crate) fn column(&mut self, name: &str) -> Option<usize> {
        let position = self.header.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        self.used[position] = true;
        Some(position)
    }

    /// The position of a column that must be there; its absence is reported.
    pub(crate) fn require(
        &mut self,
        name: &'static str,
        report: &mut Diagnostics,
    ) -> Option<usize> {
        let position = self.column(name);
        if position.is_none() {
            let found = self.header.join(", ");
            let diagnostic =
                Diagnostic::new(Code::MissingColumn, self.file, "the column is missing");
            report.push(
                diagnostic
                    .line(1)
                    .column(name)
                    .hint(format!("add the column; the header found has: {found}")),
            );
        }
        position
    }

    /// Every column that nobody asked for, for the caller to take or report.
    pub(crate) fn other_columns(&self) -> impl Iterator<Item = (usize, &str)> {
        let columns = self.header.iter().enumerate();
        columns.filter(|(i, _)| !self.used[*i]).map(|(i, name)| (i, name.as_str()))
    }

    /// Reports every column that nobody asked for.
    pub(crate) fn report_other_columns(&self, report: &mut Diagnostics) {
        for (_, name) in self.other_columns() {
            let message = "the column is not known";
            report.push(
                Diagnostic::new(Code::UnknownColumn, self.file, message).line(1).column(name),
            );
        }
    }

    /// The rows below the header. Rows with too few or too many fields are reported and left out.
    pub(crate) fn rows(&self) -> Rows<'_> {
        let mut reader = reader(&self.text, self.delimiter);
        let mut record = StringRecord::new();
        let _header = reader.read_record(&mut record);
        Rows { table: self, reader, record, rows: 0, line: 1 }
    }
}

/// Reads the rows of a [`Table`] one by one.
pub(crate) struct Rows<'t> {
    table: &'t Table,
    reader: csv::Reader<&'t [u8]>,
    record: StringRecord,
    rows: usize,
    line: u64,
}

impl Rows<'_> {
    /// The next whole row, or `None` at the end.
    pub(crate) fn next<'r>(&'r mut self, report: &mut Diagnostics) -> Option<Row<'r>> {
        loop {
            let more = self.reader.read_record(&mut self.record).unwrap_or(false);
            if !more {
                self.finish(report);
                return None;
            }
            self.line = self.record.position().map_or(0, csv::Position::line);
            self.rows += 1;
            if self.is_whole(report) {
                break;
            }
        }
        Some(Row { table: self.table, record: &self.record, line: self.line })
    }

    fn is_whole(&self, report: &mut Diagnostics) -> bool {
        let (fields, wanted) = (self.record.len(), self.table.header.len());
        let (file, line) = (self.table.file, self.line);
        if self.record.as_slice().contains('\n') {
            let message = "a cell goes on over several lines";
            report.push(Diagnostic::new(Code::LineBreakInField, file, message).line(line));
            return false;
        }
        if fields == wanted {
            return true;
        }
        let message = format!("the row has {fields} fields, the header {wanted}");
        if fields > wanted {
            // Exports often end every row with separators; empty cells beyond the header say nothing.
            if (wanted..fields).all(|i| trimmed(&self.record[i]).is_empty()) {
                return true;
            }
            report.push(Diagnostic::new(Code::TooManyFields, file, message).line(line));
        } else if self.reader.is_done() && !self.table.ends_with_line_break {
            report.push(Diagnostic::new(Code::TruncatedLine, file, message).line(line));
        } else {
            report.push(Diagnostic::new(Code::TooFewFields, file, message).line(line));
        }
        false
    }

    fn finish(&self, report: &mut Diagnostics) {
        let file = self.table.file;
        if self.rows > 0 && !self.table.ends_with_line_break {
            let message = "the last line does not end with a line break";
            report.push(Diagnostic::new(Code::NoFinalLineBreak, file, message).line(self.line));
        }
    }

    /// How many rows were met, whole or not.
    pub(crate) fn met(&self) -> usize {
        self.rows
    }
}

/// A row with as many fields as the header has columns.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r> {
    table: &'r Table,
    record: &'r StringRecord,
    pub(crate) line: u64,
}

impl<'r> Row<'r> {
    /// The cell without surrounding space.
    pub(crate) fn get(&self, column: usize) -> &'r str {
        trimmed(&self.record[column])
    }

    /// The cell of a column that may be absent; empty then.
    pub(crate) fn get_optional(&self, column: Option<usize>) -> &'r str {
        column.map_or("", |column| self.get(column))
    }

    /// An identifier: not empty, no control character. What is wrong is reported.
    pub(crate) fn id(&self, column: usize, report: &mut Diagnostics) -> Option<&'r str> {
        let id = self.get(column);
        if id.is_empty() {
            report.push(self.diagnostic(column, (Code::MissingValue, "the cell is empty")));
            return None;
        }
        let plain = id.bytes().all(|byte| (b' '..0x7f).contains(&byte));
        if !plain && id.chars().any(|c| c.is_control() || c == '\u{feff}' || c == '\u{200b}') {
            report.push(
                self.diagnostic(column, (Code::BadCharacter, "the id holds a control character")),
            );
            return None;
        }
        Some(id)
    }

    /// The number of a programme's identifier; an unknown one is reported.
    pub(crate) fn known_id(
        &self,
        column: usize,
        programmes: &Ids,
        report: &mut Diagnostics,
    ) -> Option<u32> {
        let found = programmes.find(self.id(column, report)?);
        if found.is_none() {
            report.push(self.diagnostic(column, (Code::UnknownProgramme, "no such programme")));
        }
        found
    }

    /// A typed cell that may be empty or whose column may be absent; what is wrong is reported.
    pub(crate) fn parse_optional<T>(
        &self,
        column: impl Into<Option<usize>>,
        parse: impl FnOnce(&str) -> Result<T, FieldFault>,
        report: &mut Diagnostics,
    ) -> Option<T> {
        let column = column.into().filter(|column| !self.get(*column).is_empty())?;
        self.parse(column, parse, report)
    }

    /// A typed cell that must not be empty; what is wrong is reported.
    pub(crate) fn parse<T>(
        &self,
        column: usize,
        parse: impl FnOnce(&str) -> Result<T, FieldFault>,
        report: &mut Diagnostics,
    ) -> Option<T> {
        let text = self.get(column);
        let parsed = if text.is_empty() {
            Err((Code::MissingValue, "the cell is empty"))
        } else {
            parse(text)
        };
        parsed.map_err(|fault| report.push(self.diagnostic(column, fault))).ok()
    }

    /// A finding about the cell.
    pub(crate) fn diagnostic(&self, column: usize, (code, message): FieldFault) -> Diagnostic {
        Diagnostic::new(code, self.table.file, message)
            .line(self.line)
            .column(self.table.header[column].as_str())
            .value(self.get(column))
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// The separator that stands most often in the header, outside quotation marks.
fn delimiter(header: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(0, b','), (0, b';'), (0, b'\t')];
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        if let Some((count, _)) = counts.iter_mut().find(|(_, known)| *known == byte && !quoted) {
            *count += 1;
        }
    }
    // The first of the list wins where counts are equal.
    counts.into_iter().rev().max_by_key(|(count, _)| *count).map_or(b',', |(_, byte)| byte)
}

/// `str::trim` for cells that rarely need it.
fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [] => cell,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        [only] if only.is_ascii_graphic() => cell,
        _ => cell.trim(),
    }
}
