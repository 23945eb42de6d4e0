//! Reads a finished run folder.

use std::path::Path;

use crate::code::Code;
use crate::column::TextColumn;
use crate::diagnostic::Diagnostics;
use crate::digest::InputFile;
use crate::field::{self, FieldFault};
use crate::run::RUN_FILES;
use crate::table::{Row, Table};

/// The tables of a run folder, row by row as they stand there. Nothing is trusted: ids are texts,
/// numbers may be anything that can be read as one.
#[derive(Clone, Debug, Default)]
pub struct RunFiles {
    /// `placements.csv`.
    pub placements: PlacementTable,
    /// `outcomes.csv`.
    pub outcomes: OutcomeTable,
    /// `programmes.csv`.
    pub programmes: ProgrammeTable,
    /// The digests of the files as they are now.
    pub found: Vec<InputFile>,
}

/// `placements.csv` in columns; 0 as choice rank stands for an empty cell.
#[derive(Clone, Debug, Default)]
pub struct PlacementTable {
    /// `applicant_id`.
    pub applicant_id: TextColumn,
    /// `programme_id`, empty when unplaced.
    pub programme_id: TextColumn,
    /// `quota_group`, empty when unplaced or placed at a plain programme.
    pub quota_group: TextColumn,
    /// `choice_rank`.
    pub choice_rank: Vec<u32>,
}

/// `outcomes.csv` in columns. Scores are ten-thousandths; 0 as reserve position is an empty cell.
#[derive(Clone, Debug, Default)]
pub struct OutcomeTable {
    /// `applicant_id`.
    pub applicant_id: TextColumn,
    /// `choice_rank`.
    pub choice_rank: Vec<u32>,
    /// `programme_id`.
    pub programme_id: TextColumn,
    /// `status`.
    pub status: TextColumn,
    /// `reason`.
    pub reason: TextColumn,
    /// `quota_group`, empty at a plain programme.
    pub quota_group: TextColumn,
    /// `score`.
    pub score: Vec<u64>,
    /// `cutoff`.
    pub cutoff: Vec<Option<u64>>,
    /// `reserve_position`.
    pub reserve_position: Vec<u32>,
    /// `decided_by`.
    pub decided_by: TextColumn,
    /// `detail`.
    pub detail: TextColumn,
    /// `keys`.
    pub keys: TextColumn,
    /// `decisions`.
    pub decisions: TextColumn,
    /// The line of each row.
    pub line: Vec<u32>,
}

/// The run's `programmes.csv` in columns: a row a programme and, below it, one for each of its
/// quota groups. Scores are ten-thousandths.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeTable {
    /// `programme_id`.
    pub programme_id: TextColumn,
    /// `quota_group`, empty for the programme as a whole.
    pub quota_group: TextColumn,
    /// `seats`, `applicants`, `first_choice_applicants`, `admitted`, `vacant`, `reserves`.
    pub counts: Vec<[u32; 6]>,
    /// `cutoff_kind`.
    pub cutoff_kind: TextColumn,
    /// `cutoff`, `median`, `mean`.
    pub scores: Vec<[Option<u64>; 3]>,
    /// `decided_by`.
    pub decided_by: TextColumn,
    /// `name`.
    pub name: TextColumn,
    /// `school`.
    pub school: TextColumn,
    /// `study_path_code`.
    pub study_path_code: TextColumn,
    /// `ranked_by`, empty for the programme as a whole and in older runs.
    pub ranked_by: TextColumn,
    /// `unfilled_to`, empty for the programme as a whole and in older runs.
    pub unfilled_to: TextColumn,
}

impl RunFiles {
    /// Reads the tables with everything that is wrong in them.
    pub fn read(folder: &Path, report: &mut Diagnostics) -> Self {
        let mut files = Self::default();
        let found = &mut files.found;
        if let Some(table) = Table::open(folder, RUN_FILES[0], found, report) {
            files.outcomes = OutcomeTable::read(table, report);
        }
        if let Some(table) = Table::open(folder, RUN_FILES[1], found, report) {
            files.placements = PlacementTable::read(table, report);
        }
        if let Some(table) = Table::open(folder, RUN_FILES[2], found, report) {
            files.programmes = ProgrammeTable::read(table, report);
        }
        files
    }
}

impl PlacementTable {
    fn read(mut table: Table, report: &mut Diagnostics) -> Self {
        let columns = ["applicant_id", "programme_id", "quota_group", "choice_rank"]
            .map(|name| table.require(name, report));
        let [Some(applicant), Some(programme), Some(group), Some(rank)] = columns else {
            return Self::default();
        };
        let mut read = Self::default();
        let mut rows = table.rows(0);
        while let Some(row) = rows.next(report) {
            read.applicant_id.push(row.get(applicant));
            read.programme_id.push(row.get(programme));
            read.quota_group.push(row.get(group));
            let rank = row.parse_optional(rank, from_one, report);
            read.choice_rank.push(rank.unwrap_or(0));
        }
        read
    }
}

impl OutcomeTable {
    fn read(mut table: Table, report: &mut Diagnostics) -> Self {
        let columns = [
            "applicant_id",
            "choice_rank",
            "programme_id",
            "status",
            "reason",
            "quota_group",
            "score",
            "cutoff",
            "reserve_position",
            "decided_by",
            "detail",
            "keys",
            "decisions",
        ]
        .map(|name| table.require(name, report));
        let Some(columns) = whole(columns) else { return Self::default() };
        let [
            applicant,
            rank,
            programme,
            status,
            reason,
            group,
            score,
            cutoff,
            position,
            decided_by,
            detail,
            keys,
            decisions,
        ] = columns;
        let mut read = Self::default();
        let mut rows = table.rows(0);
        while let Some(row) = rows.next(report) {
            read.applicant_id.push(row.get(applicant));
            read.choice_rank.push(row.parse(rank, from_one, report).unwrap_or(0));
            read.programme_id.push(row.get(programme));
            read.status.push(row.get(status));
            read.reason.push(row.get(reason));
            read.quota_group.push(row.get(group));
            read.score.push(row.parse(score, field::decimal, report).unwrap_or(0));
            read.cutoff.push(score_of(&row, cutoff, report));
            let position = row.parse_optional(position, from_one, report);
            read.reserve_position.push(position.unwrap_or(0));
            read.decided_by.push(row.get(decided_by));
            read.detail.push(row.get(detail));
            read.keys.push(row.get(keys));
            read.decisions.push(row.get(decisions));
            read.line.push(u32::try_from(row.line).unwrap_or(u32::MAX));
        }
        read
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.choice_rank.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.choice_rank.is_empty()
    }
}

impl ProgrammeTable {
    fn read(mut table: Table, report: &mut Diagnostics) -> Self {
        let counts =
            ["seats", "applicants", "first_choice_applicants", "admitted", "vacant", "reserves"]
                .map(|name| table.require(name, report));
        let scores = ["cutoff", "median", "mean"].map(|name| table.require(name, report));
        let texts = [
            "programme_id",
            "quota_group",
            "cutoff_kind",
            "name",
            "school",
            "study_path_code",
            "decided_by",
        ]
        .map(|name| table.require(name, report));
        let [ranked_by, unfilled_to] = ["ranked_by", "unfilled_to"].map(|name| table.column(name));
        let (Some(counts), Some(scores), Some(texts)) =
            (whole(counts), whole(scores), whole(texts))
        else {
            return Self::default();
        };
        let mut read = Self::default();
        let mut rows = table.rows(0);
        while let Some(row) = rows.next(report) {
            read.programme_id.push(row.get(texts[0]));
            read.counts.push(counts.map(|column| count(&row, column, report)));
            read.quota_group.push(row.get(texts[1]));
            read.cutoff_kind.push(row.get(texts[2]));
            read.scores.push(scores.map(|column| score_of(&row, column, report)));
            read.name.push(row.get(texts[3]));
            read.school.push(row.get(texts[4]));
            read.study_path_code.push(row.get(texts[5]));
            read.decided_by.push(row.get(texts[6]));
            read.ranked_by.push(row.get_optional(ranked_by));
            read.unfilled_to.push(row.get_optional(unfilled_to));
        }
        read
    }
}

/// All columns, or nothing when one is missing.
fn whole<const N: usize>(columns: [Option<usize>; N]) -> Option<[usize; N]> {
    let mut found = [0; N];
    for (place, column) in found.iter_mut().zip(columns) {
        *place = column?;
    }
    Some(found)
}

fn count(row: &Row<'_>, column: usize, report: &mut Diagnostics) -> u32 {
    row.parse(column, |text| field::whole_number(text, u32::MAX), report).unwrap_or(0)
}

/// A rank or a position: where there is none the cell is empty, never 0.
fn from_one(text: &str) -> Result<u32, FieldFault> {
    match field::whole_number(text, u32::MAX)? {
        0 => Err((Code::ZeroRank, "ranks and positions begin with 1")),
        number => Ok(number),
    }
}

fn score_of(row: &Row<'_>, column: usize, report: &mut Diagnostics) -> Option<u64> {
    row.parse_optional(column, field::decimal, report)
}

#[cfg(test)]
mod tests {
    use super::{OutcomeTable, PlacementTable, ProgrammeTable};
    use crate::column::TextColumn;
    use crate::diagnostic::{Diagnostic, Diagnostics};
    use crate::run::rows::{OutcomeRow, Placed, PlacementRow, ResultRow, Row};
    use crate::table::Table;

    fn written<R: Row>(rows: &[R]) -> String {
        let mut out = R::HEADER.as_bytes().to_vec();
        rows.iter().for_each(|row| row.write(&mut out));
        String::from_utf8(out).unwrap()
    }

    fn read<T>(text: String, read: fn(Table, &mut Diagnostics) -> T) -> T {
        let mut report = Diagnostics::default();
        let table = Table::from_text("a.csv", text, &mut report).unwrap();
        let read = read(table, &mut report);
        assert_eq!(report.iter().map(ToString::to_string).collect::<Vec<_>>(), [""; 0]);
        read
    }

    fn cells(column: &TextColumn) -> Vec<&str> {
        column.iter().collect()
    }

    fn result<'a>(quota_group: &'a str, ranked_by: &'a str, unfilled_to: &'a str) -> ResultRow<'a> {
        ResultRow {
            programme_id: "P1",
            quota_group,
            seats: 30,
            applicants: 41,
            first_choice_applicants: 35,
            admitted: 29,
            vacant: 1,
            reserves: 2,
            cutoff_kind: "by_group",
            cutoff: None,
            median: Some(2_405_000),
            mean: Some(1),
            decided_by: "lottery",
            name: "Musik, sång",
            school: "S",
            study_path_code: "ESMUS",
            ranked_by,
            unfilled_to,
        }
    }

    #[test]
    fn placements_are_read_as_they_were_written() {
        let placed = |quota_group| Placed { programme_id: "P1", quota_group, choice_rank: 2 };
        let rows = [
            PlacementRow { applicant_id: "A1", placed: Some(placed("prov")) },
            PlacementRow { applicant_id: "A2", placed: Some(placed("")) },
            PlacementRow { applicant_id: "A3", placed: None },
        ];
        let table = read(written(&rows), PlacementTable::read);
        assert_eq!(cells(&table.applicant_id), ["A1", "A2", "A3"]);
        assert_eq!(cells(&table.programme_id), ["P1", "P1", ""]);
        assert_eq!(cells(&table.quota_group), ["prov", "", ""]);
        assert_eq!(table.choice_rank, [2, 2, 0]);
    }

    #[test]
    fn outcomes_are_read_as_they_were_written() {
        let row = |quota_group| OutcomeRow {
            applicant_id: "A1",
            choice_rank: 1,
            programme_id: "P1",
            status: "admitted",
            reason: "ahead_of_others",
            quota_group,
            score: 2_325_000,
            cutoff: Some(2_300_000),
            reserve_position: 0,
            decided_by: "merit",
            detail: "",
            keys: "grade_points=5",
            decisions: "",
        };
        let table = read(written(&[row("Övriga-2"), row("")]), OutcomeTable::read);
        assert_eq!(cells(&table.quota_group), ["Övriga-2", ""]);
        assert_eq!(cells(&table.reason), ["ahead_of_others"; 2]);
        assert_eq!(table.score, [2_325_000; 2]);
        assert_eq!(cells(&table.keys), ["grade_points=5"; 2]);
    }

    /// A run writes every number in one way.
    #[test]
    fn empty_cells_and_zeros_are_not_the_same() {
        let faults = |text: &str, read: fn(Table, &mut Diagnostics)| {
            let mut report = Diagnostics::default();
            read(Table::from_text("a.csv", text.to_owned(), &mut report).unwrap(), &mut report);
            let place = |d: &Diagnostic| format!("{} {}", d.code.name(), d.column.clone().unwrap());
            report.iter().map(place).collect::<Vec<_>>()
        };
        let placements = "applicant_id,programme_id,quota_group,choice_rank\nA1,,,0\n";
        let read = |table, report: &mut Diagnostics| drop(PlacementTable::read(table, report));
        assert_eq!(faults(placements, read), ["zero_rank choice_rank"]);
        let outcomes = format!("{}A1,,P1,reserve,no_seats,,,,0,,,,\n", OutcomeRow::HEADER);
        let read = |table, report: &mut Diagnostics| drop(OutcomeTable::read(table, report));
        let expected =
            ["missing_value choice_rank", "missing_value score", "zero_rank reserve_position"];
        assert_eq!(faults(&outcomes, read), expected);
        let programmes = written(&[result("", "", "")]).replace(",30,41,", ",,41,");
        let read = |table, report: &mut Diagnostics| drop(ProgrammeTable::read(table, report));
        assert_eq!(faults(&programmes, read), ["missing_value seats"]);
    }

    #[test]
    fn programmes_are_read_as_they_were_written() {
        let rows = [result("", "", ""), result("prov", "test", "betyg"), result("betyg", "", "")];
        let table = read(written(&rows), ProgrammeTable::read);
        assert_eq!(cells(&table.programme_id), ["P1"; 3]);
        assert_eq!(cells(&table.quota_group), ["", "prov", "betyg"]);
        assert_eq!(table.counts, [[30, 41, 35, 29, 1, 2]; 3]);
        assert_eq!(table.scores, [[None, Some(2_405_000), Some(1)]; 3]);
        assert_eq!(cells(&table.cutoff_kind), ["by_group"; 3]);
        assert_eq!(cells(&table.name), ["Musik, sång"; 3]);
        assert_eq!(cells(&table.ranked_by), ["", "test", ""]);
        assert_eq!(cells(&table.unfilled_to), ["", "betyg", ""]);
    }

    #[test]
    fn runs_from_before_the_columns_of_groups_are_read() {
        let text = written(&[result("", "", "")]);
        let older = text.replace(",ranked_by,unfilled_to\n", "\n").replace("ESMUS,,\n", "ESMUS\n");
        assert!(older.len() < text.len() - 20);
        let table = read(older, ProgrammeTable::read);
        assert_eq!((cells(&table.ranked_by), cells(&table.unfilled_to)), (vec![""], vec![""]));
        assert_eq!(cells(&table.study_path_code), ["ESMUS"]);
    }
}
