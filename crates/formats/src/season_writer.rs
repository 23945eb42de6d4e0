//! A season folder, written as a stream: whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use crate::StagedFolder;
use crate::cell::{number, text};

/// One row of `programmes.csv`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgrammeRow<'a> {
    /// The key that choices refer to.
    pub programme_id: &'a str,
    /// Seats.
    pub capacity: u32,
    /// The study path as applicants see it.
    pub name: &'a str,
    /// The school unit's name.
    pub school: &'a str,
    /// The school unit's code, or empty where none is known.
    pub school_unit_code: &'a str,
    /// Four digits, as text.
    pub municipality_code: &'a str,
    /// Two letters for a national programme, or what the office uses.
    pub study_path_code: &'a str,
    /// `municipal`, `independent` or `regional`.
    pub provider: &'a str,
}

/// One row of `applicants.csv`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ApplicantRow<'a> {
    /// Opaque key.
    pub applicant_id: &'a str,
    /// Four digits, as text.
    pub home_municipality: &'a str,
    /// Four digits.
    pub birth_year: u16,
    /// `F` or `M`.
    pub sex: &'a str,
    /// Whether the person's identity is protected.
    pub protected: bool,
}

/// The rows of some applicants, formatted but not yet written.
///
/// Blocks can be filled on many threads and then appended in order, so that the files do not
/// depend on the number of threads.
#[derive(Debug, Clone, Default)]
pub struct SeasonBlock {
    applicants: Vec<u8>,
    grades: Vec<u8>,
    choices: Vec<u8>,
}

impl SeasonBlock {
    /// Adds a row of `applicants.csv`.
    pub fn applicant(&mut self, row: &ApplicantRow<'_>) {
        let out = &mut self.applicants;
        text(out, row.applicant_id);
        out.push(b',');
        text(out, row.home_municipality);
        out.push(b',');
        number(out, u64::from(row.birth_year));
        out.push(b',');
        text(out, row.sex);
        out.extend_from_slice(if row.protected { b",1\n" } else { b",0\n" });
    }

    /// Adds a row of `grades.csv`: the letters in the order of the subjects that the
    /// [`SeasonWriter`] was made with, `None` where the applicant has no grade.
    pub fn grades(&mut self, applicant_id: &str, letters: impl IntoIterator<Item = Option<char>>) {
        let out = &mut self.grades;
        text(out, applicant_id);
        for letter in letters {
            out.push(b',');
            if let Some(letter) = letter {
                text(out, letter.encode_utf8(&mut [0; 4]));
            }
        }
        out.push(b'\n');
    }

    /// Adds a row of `choices.csv`; `choice_rank` counts from 1.
    pub fn choice(&mut self, applicant_id: &str, choice_rank: u32, programme_id: &str) {
        let out = &mut self.choices;
        text(out, applicant_id);
        out.push(b',');
        number(out, u64::from(choice_rank));
        out.push(b',');
        text(out, programme_id);
        out.push(b'\n');
    }
}

/// Writes a season folder row by row, in memory independent of its size.
///
/// Files are UTF-8 with commas and line feeds; a field is quoted when it must be. The folder
/// appears under its name at [`SeasonWriter::finish`], and not at all without it.
#[derive(Debug)]
pub struct SeasonWriter {
    folder: StagedFolder,
    programmes: BufWriter<File>,
    applicants: BufWriter<File>,
    grades: BufWriter<File>,
    choices: BufWriter<File>,
    line: Vec<u8>,
}

impl SeasonWriter {
    /// Begins a season at `target`, whose `grades.csv` has one column for each of `subjects`.
    ///
    /// # Errors
    /// `AlreadyExists` when something stands at `target`; otherwise what the file system reported.
    pub fn new(target: impl Into<PathBuf>, subjects: &[&str]) -> io::Result<Self> {
        let folder = StagedFolder::new(target)?;
        let begin = |name: &str, header: &str| -> io::Result<BufWriter<File>> {
            let mut file = folder.create(name)?;
            file.write_all(header.as_bytes())?;
            Ok(file)
        };
        let programmes = begin(
            "programmes.csv",
            "programme_id,capacity,name,school,school_unit_code,municipality_code,\
             study_path_code,provider\n",
        )?;
        let applicants =
            begin("applicants.csv", "applicant_id,home_municipality,birth_year,sex,protected\n")?;
        let mut header = String::from("applicant_id");
        for subject in subjects {
            header.push(',');
            header.push_str(subject);
        }
        header.push('\n');
        let grades = begin("grades.csv", &header)?;
        let choices = begin("choices.csv", "applicant_id,choice_rank,programme_id\n")?;
        Ok(Self { folder, programmes, applicants, grades, choices, line: Vec::new() })
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

    /// Adds the rows of a block behind those written so far.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn append(&mut self, block: &SeasonBlock) -> io::Result<()> {
        self.applicants.write_all(&block.applicants)?;
        self.grades.write_all(&block.grades)?;
        self.choices.write_all(&block.choices)
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
        for mut file in [self.programmes, self.applicants, self.grades, self.choices] {
            file.flush()?;
        }
        self.folder.publish()
    }
}
