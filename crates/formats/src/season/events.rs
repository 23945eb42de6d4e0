//! `events.csv`: what happened after the application, row by row.

use crate::column::Ids;
use crate::diagnostic::Diagnostics;
use crate::season::date::parse_date;
use crate::table::{Row, Table};

/// Something that happened, as it is written; which kinds there are and what their values may say
/// is for the rounds to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happened, `YYYY-MM-DD`.
    pub date: String,
    /// The kind of event.
    pub kind: String,
    /// The applicant, as a number, where one is named.
    pub applicant: Option<u32>,
    /// The programme, as a number, where one is named.
    pub programme: Option<u32>,
    /// What it needs to be told beside its kind; may be empty.
    pub value: String,
    /// Who reported it.
    pub source: String,
    /// Why; may be empty.
    pub reason: String,
    /// Its line in the file.
    pub line: u32,
}

impl Event {
    /// The file's name, for diagnostics.
    pub const FILE: &'static str = "events.csv";

    /// Reads the rows that are sound by themselves, in the order of the file.
    pub(super) fn read(
        mut table: Table,
        applicants: &Ids,
        programmes: &Ids,
        report: &mut Diagnostics,
    ) -> Vec<Self> {
        let required = ["date", "event", "source"].map(|name| table.require(name, report));
        let [applicant, programme, value, reason] =
            ["applicant_id", "programme_id", "value", "reason"].map(|name| table.column(name));
        table.report_other_columns(report);
        let [Some(date), Some(kind), Some(source)] = required else { return Vec::new() };
        let mut read = Vec::new();
        let mut rows = table.rows(kind);
        while let Some(row) = rows.next(report) {
            let date = row.parse(date, parse_date, report);
            let kind = row.parse(kind, |text| Ok(text.to_ascii_lowercase()), report);
            let source = row.parse(source, |text| Ok(text.to_owned()), report);
            let applicant =
                named(&row, applicant, |column| row.known_applicant(column, applicants, report));
            let programme =
                named(&row, programme, |column| row.known_id(column, programmes, report));
            let (Some(date), Some(kind), Some(source)) = (date, kind, source) else { continue };
            let (Ok(applicant), Ok(programme)) = (applicant, programme) else { continue };
            read.push(Self {
                date,
                kind,
                applicant,
                programme,
                value: row.get_optional(value).to_owned(),
                source,
                reason: row.get_optional(reason).to_owned(),
                line: u32::try_from(row.line).unwrap_or(u32::MAX),
            });
        }
        read
    }
}

/// A cell names what does not exist.
struct Unknown;

/// What a cell names, if it names anything.
fn named(
    row: &Row<'_>,
    column: Option<usize>,
    find: impl FnOnce(usize) -> Option<u32>,
) -> Result<Option<u32>, Unknown> {
    match column.filter(|column| !row.get(*column).is_empty()) {
        None => Ok(None),
        Some(column) => find(column).map(Some).ok_or(Unknown),
    }
}
