//! What a scenario expects, and whether a row is that.

use std::collections::BTreeMap;
use std::fmt;

/// A row of the run folder, by column; a space in a value is written as a comma.
pub(crate) type Row = BTreeMap<String, String>;

/// The outcome of one choice.
pub(crate) struct Expected {
    /// Applicant and rank, status and reason.
    head: [String; 4],
    reserve_position: String,
    cells: Vec<(String, String)>,
}

/// The figures of a programme or of a quota group.
pub(crate) struct ExpectedResult {
    programme: String,
    group: String,
    cells: Vec<(String, String)>,
}

/// Words up to the first `COLUMN=VALUE`, and those.
fn split(text: &str) -> (Vec<&str>, Vec<(String, String)>) {
    let (cells, words): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().partition(|word| word.contains('='));
    let cell = |word: &str| {
        let (column, value) = word.split_once('=').expect("partitioned");
        // The scenarios say `group` for short.
        let column = if column == "group" { "quota_group" } else { column };
        (column.to_owned(), value.to_owned())
    };
    (words, cells.into_iter().map(cell).collect())
}

fn cells_agree(cells: &[(String, String)], row: &Row) -> bool {
    cells.iter().all(|(column, value)| {
        row.get(column).unwrap_or_else(|| panic!("no column {column}")) == value
    })
}

fn write_cells(f: &mut fmt::Formatter<'_>, cells: &[(String, String)]) -> fmt::Result {
    cells.iter().try_for_each(|(column, value)| write!(f, " {column}={value}"))
}

impl Expected {
    pub(crate) fn read(text: &str) -> Self {
        let (words, cells) = split(text);
        let (head, position) = match words[..] {
            [a, b, c, d] => ([a, b, c, d], ""),
            [a, b, c, d, position] => ([a, b, c, d], position),
            _ => panic!("expect {text}"),
        };
        let (head, reserve_position) = (head.map(str::to_owned), position.to_owned());
        Self { head, reserve_position, cells }
    }

    /// Whether the row is about the same choice.
    pub(crate) fn is_about(&self, row: &Row) -> bool {
        self.head[..2] == [row["applicant_id"].clone(), row["choice_rank"].clone()]
    }

    pub(crate) fn holds(&self, row: &Row) -> bool {
        self.is_about(row)
            && self.head[2..] == [row["status"].clone(), row["reason"].clone()]
            && self.reserve_position == row["reserve_position"]
            && cells_agree(&self.cells, row)
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.head.join(" "), self.reserve_position)?;
        write_cells(f, &self.cells)
    }
}

impl ExpectedResult {
    pub(crate) fn read(text: &str) -> Self {
        let (words, cells) = split(text);
        let (programme, group) = match words[..] {
            [programme] => (programme, ""),
            [programme, group] => (programme, group),
            _ => panic!("result {text}"),
        };
        Self { programme: programme.to_owned(), group: group.to_owned(), cells }
    }

    /// Whether the row is about the same programme and group.
    pub(crate) fn is_about(&self, row: &Row) -> bool {
        self.programme == row["programme_id"] && self.group == row["quota_group"]
    }

    pub(crate) fn holds(&self, row: &Row) -> bool {
        cells_agree(&self.cells, row)
    }
}

impl fmt::Display for ExpectedResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.programme, self.group)?;
        write_cells(f, &self.cells)
    }
}
