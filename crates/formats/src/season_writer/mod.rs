//! A season folder, written as a stream: whole or not at all.

mod block;
mod rows;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use crate::StagedFolder;
use crate::cell::{number, optional, text};

pub use block::SeasonBlock;
pub use rows::{ApplicantRow, DecisionRow, ProgrammeRow, QuotaGroupRow, TestScoreRow};

/// Writes a season folder row by row, in memory independent of its size.
///
/// Files are UTF-8 with commas and line feeds; a field is quoted when it must be. `quota_groups.csv`,
/// `test_scores.csv` and `decisions.csv` are there when they have a row. The folder appears under
/// its name at [`SeasonWriter::finish`], and not at all without it.
#[derive(Debug)]
pub struct SeasonWriter {
    folder: StagedFolder,
    programmes: BufWriter<File>,
    applicants: BufWriter<File>,
    grades: BufWriter<File>,
    choices: BufWriter<File>,
    quota_groups: Option<BufWriter<File>>,
    test_scores: Option<BufWriter<File>>,
    decisions: Option<BufWriter<File>>,
    line: Vec<u8>,
}

impl SeasonWriter {
    /// Begins a season at `target`, whose `grades.csv` has one column for each of `subjects`.
    ///
    /// # Errors
    /// `AlreadyExists` when something stands at `target`; otherwise what the file system reported.
    pub fn new(target: impl Into<PathBuf>, subjects: &[&str]) -> io::Result<Self> {
        let folder = StagedFolder::new(target)?;
        let programmes = begin(
            &folder,
            "programmes.csv",
            "programme_id,capacity,name,school,school_unit_code,municipality_code,\
             study_path_code,provider",
        )?;
        let applicants = begin(
            &folder,
            "applicants.csv",
            "applicant_id,home_municipality,birth_year,sex,protected",
        )?;
        let mut header = String::from("applicant_id");
        for subject in subjects {
            header.push(',');
            header.push_str(subject);
        }
        let grades = begin(&folder, "grades.csv", &header)?;
        let choices = begin(&folder, "choices.csv", "applicant_id,choice_rank,programme_id")?;
        Ok(Self {
            folder,
            programmes,
            applicants,
            grades,
            choices,
            quota_groups: None,
            test_scores: None,
            decisions: None,
            line: Vec::new(),
        })
    }

    /// Adds a row of `programmes.csv`.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn programme(&mut self, row: &ProgrammeRow<'_>) -> io::Result<()> {
        let line = &mut self.line;
        line.clear();
        text(line, row.programme_id);
        line.push(b',');
        number(line, u64::from(row.capacity));
        for field in [
            row.name,
            row.school,
            row.school_unit_code,
            row.municipality_code,
            row.study_path_code,
            row.provider,
        ] {
            line.push(b',');
            text(line, field);
        }
        line.push(b'\n');
        self.programmes.write_all(line)
    }

    /// Adds a row of `quota_groups.csv`.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn quota_group(&mut self, row: &QuotaGroupRow<'_>) -> io::Result<()> {
        let line = &mut self.line;
        line.clear();
        text(line, row.programme_id);
        line.push(b',');
        text(line, row.quota_group);
        for value in [row.precedence, row.seats] {
            line.push(b',');
            number(line, u64::from(value));
        }
        for field in [row.ranked_by, row.open_to, row.unfilled_to] {
            line.push(b',');
            text(line, field);
        }
        line.push(b',');
        optional(line, row.test_maximum);
        line.push(b'\n');
        let header = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,\
                      test_maximum";
        add(&self.folder, &mut self.quota_groups, "quota_groups.csv", header, line)
    }

    /// Adds the rows of a block behind those written so far.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn append(&mut self, block: &SeasonBlock) -> io::Result<()> {
        self.applicants.write_all(&block.applicants)?;
        self.grades.write_all(&block.grades)?;
        self.choices.write_all(&block.choices)?;
        let header = "applicant_id,programme_id,points,passed";
        let rows = &block.test_scores;
        add(&self.folder, &mut self.test_scores, "test_scores.csv", header, rows)?;
        let header = "applicant_id,programme_id,decision,value,reason,date";
        add(&self.folder, &mut self.decisions, "decisions.csv", header, &block.decisions)
    }

    /// Writes another file of the folder, such as `rules.toml`.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn file(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.folder.write(name, bytes)
    }

    /// Gives the season its final name and returns it.
    ///
    /// # Errors
    /// `AlreadyExists` when something has come to stand there meanwhile; otherwise what the file
    /// system reported. In both cases nothing of the folder remains.
    pub fn finish(self) -> io::Result<PathBuf> {
        let always = [self.programmes, self.applicants, self.grades, self.choices];
        let optional = [self.quota_groups, self.test_scores, self.decisions];
        for mut file in always.into_iter().chain(optional.into_iter().flatten()) {
            file.flush()?;
        }
        self.folder.publish()
    }
}

/// Begins a file with its header.
fn begin(folder: &StagedFolder, name: &str, header: &str) -> io::Result<BufWriter<File>> {
    let mut file = folder.create(name)?;
    writeln!(file, "{header}")?;
    Ok(file)
}

/// Adds rows to a file that begins with its first row.
fn add(
    folder: &StagedFolder,
    file: &mut Option<BufWriter<File>>,
    name: &str,
    header: &str,
    rows: &[u8],
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let file = match file {
        Some(file) => file,
        None => file.insert(begin(folder, name, header)?),
    };
    file.write_all(rows)
}
