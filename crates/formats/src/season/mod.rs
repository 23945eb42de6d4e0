//! Season folders: what an office has, in columns.

mod applicants;
mod choices;
mod decisions;
mod grades;
mod programmes;
mod published;
mod settings;

use std::path::Path;

use crate::code::Code;
use crate::column::{Ids, Interner};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::digest::InputFile;
use crate::table::Table;

pub use applicants::Applicants;
pub use choices::Choices;
pub use decisions::Decision;
pub use grades::{Grades, OverflowCell};
pub use programmes::{Programmes, Provider};
pub use published::PublishedFigures;
pub use settings::{Setting, Settings};

/// Files of the contract that later rules act on; until then they may only be empty.
const NOT_YET: [&str; 2] = ["quota_groups.csv", "test_scores.csv"];

/// Files that may lie in a season folder without being part of the season.
const COMPANIONS: [&str; 1] = ["published.csv"];

/// A season as its files say, in columns; applicants and programmes are numbered in the text order
/// of their ids, choices stand by applicant and rank. Nothing depends on the order of rows.
#[derive(Clone, Debug, Default)]
pub struct Season {
    /// `programmes.csv`.
    pub programmes: Programmes,
    /// The ids of all applicants.
    pub applicant_ids: Ids,
    /// `applicants.csv`, when it is there.
    pub applicants: Option<Applicants>,
    /// `choices.csv`.
    pub choices: Choices,
    /// `grades.csv`, when it is there.
    pub grades: Option<Grades>,
    /// `decisions.csv`, in the order of applicants and programmes; empty when it is not there.
    pub decisions: Vec<Decision>,
    /// `rules.toml`, when it is there; empty otherwise.
    pub settings: Settings,
    /// The files that were read, in the order of their names.
    pub inputs: Vec<InputFile>,
}

impl Season {
    /// Reads a season folder with everything that is wrong in it.
    ///
    /// The season holds the rows that could be read, so that later checks can add what they find,
    /// and no choices when one of them could not: a list with a hole is nobody's wish. With an
    /// error among the diagnostics it must not be run.
    pub fn read(folder: &Path, report: &mut Diagnostics) -> Self {
        let mut season = Self::default();
        if !folder.is_dir() {
            let message =
                if folder.exists() { "this is not a folder" } else { "there is no such folder" };
            report.push(Diagnostic::new(
                Code::MissingFolder,
                folder.display().to_string(),
                message,
            ));
            return season;
        }
        report_other_files(folder, report);
        season.settings = Settings::read(folder, &mut season.inputs, report);
        // The large files are fetched while the small ones are read.
        let (large, ()) = rayon::join(
            || LargeFiles::open(folder),
            || season.read_programmes_and_applicants(folder, report),
        );
        season.read_choices_and_grades(large, report);
        if let Some(table) = Table::open(folder, Decision::FILE, &mut season.inputs, report) {
            let (applicants, programmes) = (&season.applicant_ids, &season.programmes.ids);
            season.decisions = Decision::read(table, applicants, programmes, report);
        }
        for file in NOT_YET {
            report_rows_not_supported(folder, file, &mut season.inputs, report);
        }
        season.inputs.sort_by(|a, b| a.name.cmp(&b.name));
        season
    }

    fn read_programmes_and_applicants(&mut self, folder: &Path, report: &mut Diagnostics) {
        if let Some(table) = required(folder, "programmes.csv", &mut self.inputs, report) {
            self.programmes = Programmes::read(table, report);
        } else {
            self.programmes.ids = Ids::unread();
        }
        if let Some(table) = Table::open(folder, "applicants.csv", &mut self.inputs, report) {
            let (ids, applicants) = Applicants::read(table, report);
            self.applicant_ids = ids;
            self.applicants = Some(applicants);
        }
    }

    /// Reads the two large files, side by side when the applicants are known beforehand.
    fn read_choices_and_grades(&mut self, large: LargeFiles, report: &mut Diagnostics) {
        let LargeFiles { choices, grades } = large;
        let (mut choice_report, mut grade_report) = (choices.report, grades.report);
        let programme_ids = &self.programmes.ids;
        if self.applicants.is_some() {
            let ids = &self.applicant_ids;
            let (choices, grades) = rayon::join(
                || {
                    let table = choices.table;
                    table.map(|table| Choices::read(table, ids, programme_ids, &mut choice_report))
                },
                || grades.table.map(|table| Grades::read(table, ids, &mut grade_report)),
            );
            self.choices = choices.unwrap_or_default();
            self.grades = grades;
        } else {
            let mut interner = Interner::default();
            if let Some(table) = choices.table {
                let rows = choices::Rows::read(
                    table,
                    &mut |id| choices::Applicant::Number(interner.intern(id).0),
                    programme_ids,
                    &mut choice_report,
                );
                let (ids, order) = interner.into_sorted();
                self.applicant_ids = ids.with_lost(rows.lost());
                self.choices = rows.renumbered(&order).into_choices(
                    &self.applicant_ids,
                    programme_ids,
                    &mut choice_report,
                );
            } else {
                self.applicant_ids = Ids::unread();
            }
            let ids = &self.applicant_ids;
            self.grades = grades.table.map(|table| Grades::read(table, ids, &mut grade_report));
        }
        self.inputs.extend(choices.inputs.into_iter().chain(grades.inputs));
        report.append(choice_report);
        report.append(grade_report);
    }
}

/// The files whose size grows with choices and subjects, opened but not yet taken apart.
struct LargeFiles {
    choices: OpenFile,
    grades: OpenFile,
}

/// A file that was opened by itself, with what was said of it.
#[derive(Default)]
struct OpenFile {
    table: Option<Table>,
    inputs: Vec<InputFile>,
    report: Diagnostics,
}

impl LargeFiles {
    fn open(folder: &Path) -> Self {
        let (mut choices, mut grades) = (OpenFile::default(), OpenFile::default());
        choices.table = required(folder, "choices.csv", &mut choices.inputs, &mut choices.report);
        grades.table = Table::open(folder, Grades::FILE, &mut grades.inputs, &mut grades.report);
        Self { choices, grades }
    }
}

/// Opens a file that must be there.
fn required(
    folder: &Path,
    file: &'static str,
    inputs: &mut Vec<InputFile>,
    report: &mut Diagnostics,
) -> Option<Table> {
    if folder.join(file).symlink_metadata().is_err() {
        report.push(Diagnostic::new(Code::MissingFile, file, "the file is missing"));
        return None;
    }
    Table::open(folder, file, inputs, report)
}

fn report_rows_not_supported(
    folder: &Path,
    file: &'static str,
    inputs: &mut Vec<InputFile>,
    report: &mut Diagnostics,
) {
    let Some(table) = Table::open(folder, file, inputs, report) else { return };
    let mut rows = table.rows(0);
    rows.next(&mut Diagnostics::default());
    if rows.met() > 0 {
        let message = "this file is not acted on yet, and a run without it would decide wrongly";
        report.push(Diagnostic::new(Code::NotSupportedYet, file, message));
    }
}

/// A file that nobody reads may be a misspelt one: `grade.csv` would silently leave all ineligible.
fn report_other_files(folder: &Path, report: &mut Diagnostics) {
    const READ: [&str; 6] = [
        "applicants.csv",
        "choices.csv",
        "decisions.csv",
        "grades.csv",
        "programmes.csv",
        "rules.toml",
    ];
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            let table = [".csv", ".toml", ".xlsx", ".txt"].iter().any(|end| name.ends_with(end));
            let known = READ.iter().chain(&NOT_YET).chain(&COMPANIONS).any(|known| known == name);
            table && !known
        })
        .collect();
    names.sort();
    for name in names {
        report.push(Diagnostic::new(Code::UnknownFile, name, "the file is not part of a season"));
    }
}
