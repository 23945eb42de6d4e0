//! One CSV file as a table: decoded, with its separator and header found, its rows checked.

use std::borrow::Cow;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use csv::StringRecord;

use crate::code::Code;
use crate::column::{Ids, LostRows};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::digest::{InputFile, digest};
use crate::field::FieldFault;
use crate::text;

/// A CSV file whose header has been read.
pub(crate) struct Table {
    file: Cow<'static, str>,
    text: String,
    delimiter: u8,
    header: Vec<String>,
    header_line: u64,
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
    let path = folder.join(file);
    if path.metadata().is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
        // A pipe or a device would be waited for, or never end.
        report.push(Diagnostic::new(Code::UnreadableFile, file, "this is not a regular file"));
        return None;
    }
    match fs::read(&path) {
        Ok(bytes) => {
            inputs.push(digest(file, &bytes));
            Some(bytes)
        }
        // A link that leads nowhere is there, unlike a file that is not.
        Err(error)
            if error.kind() == ErrorKind::NotFound
                && folder.join(file).symlink_metadata().is_err() =>
        {
            None
        }
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

    /// Opens a file that the caller names, or reports why not.
    pub(crate) fn open_path(path: &Path, report: &mut Diagnostics) -> Option<Self> {
        let name = path.display().to_string();
        match fs::read(path) {
            Ok(bytes) => {
                let text = text::decode(bytes, &name, report)?;
                Self::from_text(name, text, report)
            }
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                report.push(Diagnostic::new(Code::UnreadableFile, name, message));
                None
            }
        }
    }

    pub(crate) fn from_text(
        file: impl Into<Cow<'static, str>>,
        text: String,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        let file = file.into();
        // The CSV reader counts line feeds; old exports end lines with a carriage return alone.
        let mut text = if text.contains('\n') { text } else { text.replace('\r', "\n") };
        let stated = take_separator_hint(&mut text);
        if text.trim().is_empty() {
            report.push(Diagnostic::new(Code::EmptyFile, file, "the file is empty"));
            return None;
        }
        let ends_with_line_break = text.ends_with(['\n', '\r']);
        if !ends_with_line_break {
            // A quotation mark that is never closed then shows as a cell with a line break.
            text.push('\n');
        }
        let header = text.lines().find(|line| !line.is_empty());
        let delimiter = stated.or_else(|| header.map(delimiter)).unwrap_or(b',');
        let mut record = StringRecord::new();
        // Reading from memory cannot fail, and there is a line.
        let _read = reader(&text, delimiter).read_record(&mut record);
        let header_line = line_of(&record, &text);
        let mut header: Vec<String> = record.iter().map(|name| trimmed(name).to_owned()).collect();
        // Exports often end every row with separators, the header too.
        while header.len() > 1 && header.last().is_some_and(String::is_empty) {
            header.pop();
        }
        let mut used = vec![false; header.len()];
        for (i, name) in header.iter().enumerate() {
            if !name.is_empty()
                && header[..i].iter().any(|earlier| earlier.eq_ignore_ascii_case(name))
            {
                used[i] = true;
                let fault =
                    Diagnostic::new(Code::DuplicateColumn, file.clone(), "the column stands twice");
                report.push(fault.line(header_line).column(name));
            }
        }
        Some(Self { file, text, delimiter, header, header_line, used, ends_with_line_break })
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
                Diagnostic::new(Code::MissingColumn, self.file.clone(), "the column is missing");
            report.push(
                diagnostic
                    .line(self.header_line)
                    .column(name)
                    .hint(format!("add the column; the header found has: {found}")),
            );
        }
        position
    }

    /// How the header writes the name of a column.
    pub(crate) fn name(&self, column: usize) -> &str {
        &self.header[column]
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
            let warning = Diagnostic::new(Code::UnknownColumn, self.file.clone(), message);
            report.push(warning.line(self.header_line).column(name));
        }
    }

    /// The rows below the header, `id` being the column that says what a row is about. Rows with
    /// too few or too many fields are reported and left out.
    pub(crate) fn rows(&self, id: usize) -> Rows<'_> {
        let mut reader = reader(&self.text, self.delimiter);
        let mut record = StringRecord::new();
        let _header = reader.read_record(&mut record);
        let lost = LostRows::default();
        let line = self.header_line;
        Rows { table: self, reader, record, id, rows: 0, line, lost, cut_off: false }
    }
}

/// Reads the rows of a [`Table`] one by one.
pub(crate) struct Rows<'t> {
    table: &'t Table,
    reader: csv::Reader<&'t [u8]>,
    record: StringRecord,
    id: usize,
    rows: usize,
    line: u64,
    /// The rows that were left out; whoever leaves out more adds them.
    pub(crate) lost: LostRows,
    cut_off: bool,
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
            self.line = line_of(&self.record, &self.table.text);
            self.rows += 1;
            if self.is_whole(report) {
                break;
            }
            self.lose();
        }
        Some(Row { table: self.table, record: &self.record, line: self.line })
    }

    /// Remembers what the row was about, if that can still be told: its id is whole when another
    /// field follows it.
    fn lose(&mut self) {
        let whole = self.id + 1 < self.record.len() && !self.record.as_slice().contains('\n');
        match self.record.get(self.id).map(trimmed) {
            Some(id) if whole && !id.is_empty() => self.lost.ids.push(id.to_owned()),
            _ => self.lost.unnamed = true,
        }
    }

    fn is_whole(&mut self, report: &mut Diagnostics) -> bool {
        let (fields, wanted) = (self.record.len(), self.table.header.len());
        let (file, line) = (&self.table.file, self.line);
        let end = self.reader.position().byte() >= self.table.text.len() as u64;
        let last_and_open = end && !self.table.ends_with_line_break;
        let cells = self.record.as_slice();
        if last_and_open && cells.find('\n').is_some_and(|at| at + 1 == cells.len()) {
            self.cut_off = true;
            let message = "the last cell begins with a quotation mark and does not end with one";
            report.push(Diagnostic::new(Code::TruncatedLine, file.clone(), message).line(line));
            return false;
        }
        if cells.contains('\n') {
            let message = "a cell goes on over several lines";
            report.push(Diagnostic::new(Code::LineBreakInField, file.clone(), message).line(line));
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
            report.push(Diagnostic::new(Code::TooManyFields, file.clone(), message).line(line));
        } else if last_and_open {
            self.cut_off = true;
            report.push(Diagnostic::new(Code::TruncatedLine, file.clone(), message).line(line));
        } else {
            report.push(Diagnostic::new(Code::TooFewFields, file.clone(), message).line(line));
        }
        false
    }

    fn finish(&self, report: &mut Diagnostics) {
        let file = self.table.file.clone();
        if !self.table.ends_with_line_break && !self.cut_off {
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

    /// An identifier: not empty, no invisible character. What is wrong is reported.
    pub(crate) fn id(&self, column: usize, report: &mut Diagnostics) -> Option<&'r str> {
        let id = self.get(column);
        if id.is_empty() {
            report.push(self.diagnostic(column, (Code::MissingValue, "the cell is empty")));
            return None;
        }
        let plain = id.bytes().all(|byte| (b' '..0x7f).contains(&byte));
        if !plain && id.chars().any(is_invisible) {
            let message = "the id holds an invisible character";
            report.push(self.diagnostic(column, (Code::BadCharacter, message)));
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
        // What is found has been looked at where it stands.
        let found = programmes.find(self.get(column));
        if found.is_none() && programmes.surely_lacks(self.id(column, report)?) {
            report.push(self.diagnostic(column, (Code::UnknownProgramme, "no such programme")));
        }
        found
    }

    /// The number of an applicant's identifier; one that stands nowhere is reported.
    pub(crate) fn known_applicant(
        &self,
        column: usize,
        applicants: &Ids,
        report: &mut Diagnostics,
    ) -> Option<u32> {
        let found = applicants.find(self.get(column));
        if found.is_none() && applicants.surely_lacks(self.id(column, report)?) {
            report.push(self.diagnostic(column, (Code::UnknownApplicant, "no such applicant")));
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
        Diagnostic::new(code, self.table.file.clone(), message)
            .line(self.line)
            .column(self.table.header[column].as_str())
            .value(self.get(column))
    }
}

/// Controls, and the marks without width that word processors and web pages leave behind.
fn is_invisible(c: char) -> bool {
    let mark = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffd}');
    c.is_control() || mark
}

/// The line that a record begins on: its position is that of the end of the record before, with
/// line breaks and empty lines still to come.
fn line_of(record: &StringRecord, text: &str) -> u64 {
    let Some(position) = record.position() else { return 1 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let ahead = text.as_bytes().get(start..).unwrap_or_default();
    let breaks = ahead.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + breaks.filter(|byte| **byte == b'\n').count() as u64
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// The separator that a first line `sep=;` tells a spreadsheet. The line is emptied, not taken out,
/// so that lines are counted as a text editor counts them.
fn take_separator_hint(text: &mut String) -> Option<u8> {
    let line = text.lines().next()?;
    let length = line.len();
    let [s, e, p, b'=', separator @ (b',' | b';' | b'\t')] = line.trim_matches('"').as_bytes()
    else {
        return None;
    };
    let (is_hint, separator) = ([*s, *e, *p].eq_ignore_ascii_case(b"sep"), *separator);
    is_hint.then(|| {
        text.drain(..length);
        separator
    })
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
