//! Season folders: what an office has, in columns.

mod applicants;
mod choices;
mod date;
mod decisions;
mod edition;
mod events;
mod grades;
mod programmes;
mod published;
mod quota_groups;
mod settings;
mod test_scores;

use std::path::Path;

use crate::code::Code;
use crate::column::Ids;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::digest::InputFile;
use crate::table::Table;

pub use applicants::Applicants;
pub use choices::Choices;
pub use date::is_date;
pub use decisions::Decision;
pub use edition::{
    EditedApplicant, EditedChoice, EditedGroup, EditedOffer, EditedSeason, Edition, Listed,
};
pub use events::Event;
pub use grades::{Grades, OverflowCell};
pub use programmes::{Programmes, Provider};
pub use published::PublishedFigures;
pub use quota_groups::QuotaGroups;
pub use settings::{PlausibilitySettings, Setting, Settings};
pub use test_scores::TestScores;

/// The files of a season folder that a run acts on.
pub const SEASON_FILES: [&str; 9] = [
    "applicants.csv",
    "choices.csv",
    "decisions.csv",
    "events.csv",
    "grades.csv",
    "programmes.csv",
    "quota_groups.csv",
    "rules.toml",
    "test_scores.csv",
];

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
    /// `events.csv`, in the order of the file; empty when it is not there.
    pub events: Vec<Event>,
    /// `quota_groups.csv`; no programme has a group when it is not there.
    pub quota_groups: QuotaGroups,
    /// `test_scores.csv`; empty when it is not there.
    pub test_scores: TestScores,
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
        if let Some(table) = required(folder, "programmes.csv", &mut season.inputs, report) {
            season.programmes = Programmes::read(table, report);
        } else {
            season.programmes.ids = Ids::unread();
        }
        // The choices, the largest file, are read beside the applicants and their grades; who the
        // applicants of the choices are is told when both are there.
        let (programmes, mut choices) = (&season.programmes.ids, Part::default());
        let (rows, people) = rayon::join(
            || {
                let table =
                    required(folder, "choices.csv", &mut choices.inputs, &mut choices.report)?;
                Some(choices::Rows::read(table, programmes, &mut choices.report))
            },
            || People::read(folder),
        );
        season.tie(rows, choices, people, report);
        if let Some(table) = Table::open(folder, Decision::FILE, &mut season.inputs, report) {
            let (applicants, programmes) = (&season.applicant_ids, &season.programmes.ids);
            season.decisions = Decision::read(table, applicants, programmes, report);
        }
        if let Some(table) = Table::open(folder, Event::FILE, &mut season.inputs, report) {
            let (applicants, programmes) = (&season.applicant_ids, &season.programmes.ids);
            season.events = Event::read(table, applicants, programmes, report);
        }
        season.read_groups(folder, report);
        season.inputs.sort_by(|a, b| a.name.cmp(&b.name));
        season
    }

    /// Reads the quota groups and the tests that they may be ranked by.
    fn read_groups(&mut self, folder: &Path, report: &mut Diagnostics) {
        let table = Table::open(folder, QuotaGroups::FILE, &mut self.inputs, report);
        self.quota_groups = match table {
            Some(table) => QuotaGroups::read(table, &self.programmes, report),
            None => QuotaGroups::none(self.programmes.ids.len()),
        };
        if let Some(table) = Table::open(folder, TestScores::FILE, &mut self.inputs, report) {
            self.test_scores = TestScores::read(table, self, report);
        }
    }

    /// Ties choices and grades to the applicants.
    fn tie(
        &mut self,
        rows: Option<choices::Rows>,
        mut choices: Part,
        people: People,
        report: &mut Diagnostics,
    ) {
        let People { ids, applicants, unread_grades, mut grades, part, mut grades_part } = people;
        let programmes = &self.programmes.ids;
        (self.applicant_ids, self.choices) = match (rows, &applicants) {
            (Some(rows), Some(_)) => {
                let choices = rows.of_known(&ids, programmes, &mut choices.report);
                (ids, choices)
            }
            (Some(rows), None) => rows.of_choosers(programmes, &mut choices.report),
            (None, Some(_)) => (ids, Choices::default()),
            (None, None) => (Ids::unread(), Choices::default()),
        };
        if let Some(table) = unread_grades {
            grades = Some(Grades::read(table, &self.applicant_ids, &mut grades_part.report));
        }
        (self.applicants, self.grades) = (applicants, grades);
        for part in [part, choices, grades_part] {
            self.inputs.extend(part.inputs);
            report.append(part.report);
        }
    }
}

/// What reading a file by itself told.
#[derive(Default)]
struct Part {
    inputs: Vec<InputFile>,
    report: Diagnostics,
}

/// The applicants and their grades, read beside the choices.
#[derive(Default)]
struct People {
    ids: Ids,
    applicants: Option<Applicants>,
    grades: Option<Grades>,
    /// Grades that must wait for the choices to tell who the applicants are.
    unread_grades: Option<Table>,
    part: Part,
    grades_part: Part,
}

impl People {
    fn read(folder: &Path) -> Self {
        let mut people = Self::default();
        let Part { inputs, report } = &mut people.part;
        if let Some(table) = Table::open(folder, "applicants.csv", inputs, report) {
            let (ids, applicants) = Applicants::read(table, report);
            (people.ids, people.applicants) = (ids, Some(applicants));
        }
        let Part { inputs, report } = &mut people.grades_part;
        let table = Table::open(folder, Grades::FILE, inputs, report);
        if people.applicants.is_some() {
            people.grades = table.map(|table| Grades::read(table, &people.ids, report));
        } else {
            people.unread_grades = table;
        }
        people
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

/// A file that nobody reads may be a misspelt one: `grade.csv` would silently leave all ineligible.
fn report_other_files(folder: &Path, report: &mut Diagnostics) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            let table = [".csv", ".toml", ".xlsx", ".txt"].iter().any(|end| name.ends_with(end));
            let known = SEASON_FILES.iter().chain(&COMPANIONS).any(|known| known == name);
            table && !known
        })
        .collect();
    names.sort();
    for name in names {
        report.push(Diagnostic::new(Code::UnknownFile, name, "the file is not part of a season"));
    }
}
