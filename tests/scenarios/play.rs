//! Runs a scenario and compares what came of it with what it expects.

use std::fs;
use std::path::Path;

use antagning::{Error, Language, Run, Season, Severity};

use crate::expectation::Row;
use crate::scenario::Scenario;

impl Scenario {
    /// Everything that came out otherwise than expected.
    pub(crate) fn faults(&self) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let season = folder.path().join("season");
        self.season.write(&season);
        match Season::open(&season).and_then(|season| season.run(folder.path().join("run"))) {
            Ok(run) => self.faults_of(&run),
            Err(Error::Rejected(findings)) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                let errors: Vec<_> = errors.collect();
                let as_expected = errors.iter().map(|error| error.code.name()).eq(&self.errors);
                if as_expected && self.outcomes.is_empty() && self.results.is_empty() {
                    return Vec::new();
                }
                errors.iter().map(|error| format!("found error {error}")).collect()
            }
            Err(error) => vec![error.to_string()],
        }
    }

    fn faults_of(&self, run: &Run) -> Vec<String> {
        let mut faults: Vec<String> =
            self.errors.iter().map(|code| format!("expected error {code}")).collect();
        let proof = Run::open(run.folder()).unwrap().verify();
        if !proof.holds() {
            faults
                .push(format!("the run cannot be proven from its files: {:?}", proof.violations()));
        }
        let rows = rows(&run.folder().join("outcomes.csv"));
        self.compare_outcomes(&rows, &mut faults);
        self.compare_results(&run.folder().join("programmes.csv"), &mut faults);
        for code in &self.warnings {
            let warnings = &run.manifest().warnings;
            if !warnings.iter().any(|warning| warning["code"] == **code) {
                faults.push(format!("expected warning {code}, found {warnings:?}"));
            }
        }
        for row in &rows {
            for language in [Language::Sv, Language::En] {
                run.explain(&row["applicant_id"], language).unwrap();
            }
        }
        faults
    }

    fn compare_outcomes(&self, rows: &[Row], faults: &mut Vec<String>) {
        for expected in &self.outcomes {
            if !rows.iter().any(|row| expected.holds(row)) {
                faults.push(format!("expected {expected}"));
                let about = rows.iter().filter(|row| expected.is_about(row));
                faults.extend(about.map(|row| format!("found    {}", in_words(row))));
            }
        }
        for row in rows {
            let times = self.outcomes.iter().filter(|expected| expected.is_about(row)).count();
            if times != 1 {
                faults.push(format!("expected {times} times, found {}", in_words(row)));
            }
        }
    }

    fn compare_results(&self, file: &Path, faults: &mut Vec<String>) {
        let rows = rows(file);
        for expected in &self.results {
            let mut about = rows.iter().filter(|row| expected.is_about(row)).peekable();
            if about.peek().is_none_or(|row| !expected.holds(row)) {
                faults.push(format!("expected {expected}"));
                faults.extend(about.map(|row| format!("found    {row:?}")));
            }
        }
    }
}

fn rows(file: &Path) -> Vec<Row> {
    let text = fs::read_to_string(file).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = header.iter().zip(&record);
        cells.map(|(column, cell)| (column.to_owned(), cell.replace(' ', ","))).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// A row of outcomes as a scenario would expect it.
fn in_words(row: &Row) -> String {
    let head = ["applicant_id", "choice_rank", "status", "reason", "reserve_position"];
    let mut words: Vec<String> = head.iter().map(|column| row[*column].clone()).collect();
    for column in ["quota_group", "score", "cutoff", "decided_by", "detail", "keys"] {
        let value = &row[column];
        words.extend(Some(format!("{column}={value}")).filter(|_| !value.is_empty()));
    }
    words.join(" ")
}
