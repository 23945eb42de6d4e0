//! The rows of some applicants.

use super::rows::{ApplicantRow, DecisionRow, TestScoreRow};
use crate::cell::{decimal, number, text};

/// The rows of some applicants, formatted but not yet written.
///
/// Blocks can be filled on many threads and then appended in order, so that the files do not
/// depend on the number of threads.
#[derive(Debug, Clone, Default)]
pub struct SeasonBlock {
    pub(super) applicants: Vec<u8>,
    pub(super) grades: Vec<u8>,
    pub(super) choices: Vec<u8>,
    pub(super) test_scores: Vec<u8>,
    pub(super) decisions: Vec<u8>,
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
    /// [`SeasonWriter`](crate::SeasonWriter) was made with, `None` where the applicant has no
    /// grade.
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

    /// Adds a row of `test_scores.csv`.
    pub fn test_score(&mut self, row: &TestScoreRow<'_>) {
        let out = &mut self.test_scores;
        text(out, row.applicant_id);
        out.push(b',');
        text(out, row.programme_id);
        out.push(b',');
        decimal(out, row.points);
        out.extend_from_slice(match row.passed {
            None => b",\n",
            Some(true) => b",1\n",
            Some(false) => b",0\n",
        });
    }

    /// Adds a row of `decisions.csv`.
    pub fn decision(&mut self, row: &DecisionRow<'_>) {
        let out = &mut self.decisions;
        text(out, row.applicant_id);
        for field in [row.programme_id, row.decision, row.value, row.reason, row.date] {
            out.push(b',');
            text(out, field);
        }
        out.push(b'\n');
    }
}
