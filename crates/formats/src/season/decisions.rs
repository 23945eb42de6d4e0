//! `decisions.csv`: what humans decided.

use crate::column::Ids;
use crate::diagnostic::Diagnostics;
use crate::season::date::parse_date;
use crate::table::Table;

/// A decision by a human, as it is written; which kinds there are is for the rules to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The applicant, as a number.
    pub applicant: u32,
    /// The programme, as a number, unless the decision is about the whole application.
    pub programme: Option<u32>,
    /// The kind of decision.
    pub kind: String,
    /// What it needs to be told beside its kind; may be empty.
    pub value: String,
    /// Why it was taken; may be empty.
    pub reason: String,
    /// When it was taken, `YYYY-MM-DD`; may be empty.
    pub date: String,
    /// Its line in the file.
    pub line: u32,
}

impl Decision {
    /// The file's name, for diagnostics.
    pub const FILE: &'static str = "decisions.csv";

    pub(super) fn read(
        mut table: Table,
        applicants: &Ids,
        programmes: &Ids,
        report: &mut Diagnostics,
    ) -> Vec<Self> {
        let applicant = table.require("applicant_id", report);
        let decision = table.require("decision", report);
        let [programme, value, reason, date] =
            ["programme_id", "value", "reason", "date"].map(|name| table.column(name));
        table.report_other_columns(report);
        let (Some(applicant), Some(decision)) = (applicant, decision) else { return Vec::new() };
        let mut read = Vec::new();
        let mut rows = table.rows(applicant);
        while let Some(row) = rows.next(report) {
            let kind = row.parse(decision, |text| Ok(text.to_ascii_lowercase()), report);
            let date_text = row.parse_optional(date, parse_date, report).unwrap_or_default();
            let named = programme.filter(|column| !row.get(*column).is_empty());
            let number = named.map(|column| row.known_id(column, programmes, report));
            let applicant = row.known_applicant(applicant, applicants, report);
            let (Some(applicant), Some(kind)) = (applicant, kind) else { continue };
            if number == Some(None) {
                continue;
            }
            read.push(Self {
                applicant,
                programme: number.flatten(),
                kind,
                value: row.get_optional(value).to_owned(),
                reason: row.get_optional(reason).to_owned(),
                date: date_text,
                line: u32::try_from(row.line).unwrap_or(u32::MAX),
            });
        }
        // The order of rows must not matter, to messages neither.
        read.sort_by(|a, b| {
            (a.applicant, a.programme, &a.kind, a.line).cmp(&(
                b.applicant,
                b.programme,
                &b.kind,
                b.line,
            ))
        });
        read
    }
}
