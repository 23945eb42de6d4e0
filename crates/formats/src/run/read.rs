//! Reads a finished run folder.

use std::path::Path;

use crate::column::TextColumn;
use crate::diagnostic::Diagnostics;
use crate::digest::InputFile;
use crate::field;
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

/// The run's `programmes.csv` in columns. Scores are ten-thousandths.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeTable {
    /// `programme_id`.
    pub programme_id: TextColumn,
    /// `seats`, `applicants`, `first_choice_applicants`, `admitted`, `vacant`, `reserves`.
    pub counts: Vec<[u32; 6]>,
    /// `cutoff_kind`.
    pub cutoff_kind: TextColumn,
    /// `cutoff`, `median`, `mean`.
    pub scores: Vec<[Option<u64>; 3]>,
    /// `name`.
    pub name: TextColumn,
    /// `school`.
    pub school: TextColumn,
    /// `study_path_code`.
    pub study_path_code: TextColumn,
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
        let columns =
            ["applicant_id", "programme_id", "choice_rank"].map(|name| table.require(name, report));
        let [Some(applicant), Some(programme), Some(rank)] = columns else {
            return Self::default();
        };
        let mut read = Self::default();
        let mut rows = table.rows(0);
        while let Some(row) = rows.next(report) {
            read.applicant_id.push(row.get(applicant));
            read.programme_id.push(row.get(programme));
            read.choice_rank.push(count(&row, rank, report));
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
            read.choice_rank.push(count(&row, rank, report));
            read.programme_id.push(row.get(programme));
            read.status.push(row.get(status));
            read.reason.push(row.get(reason));
            read.score.push(score_of(&row, score, report).unwrap_or(0));
            read.cutoff.push(score_of(&row, cutoff, report));
            read.reserve_position.push(count(&row, position, report));
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
        let texts = ["programme_id", "cutoff_kind", "name", "school", "study_path_code"]
            .map(|name| table.require(name, report));
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
            read.cutoff_kind.push(row.get(texts[1]));
            read.scores.push(scores.map(|column| score_of(&row, column, report)));
            read.name.push(row.get(texts[2]));
            read.school.push(row.get(texts[3]));
            read.study_path_code.push(row.get(texts[4]));
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

/// A count; an empty cell is 0.
fn count(row: &Row<'_>, column: usize, report: &mut Diagnostics) -> u32 {
    row.parse_optional(column, |text| field::whole_number(text, u32::MAX), report).unwrap_or(0)
}

fn score_of(row: &Row<'_>, column: usize, report: &mut Diagnostics) -> Option<u64> {
    row.parse_optional(column, field::decimal, report)
}
