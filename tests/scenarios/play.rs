//! Runs a scenario and compares what came of it with what it expects.

use std::fs;
use std::path::Path;

use antagning::{Continuation, Error, Language, Run, Season, Severity};

use crate::expectation::Row;
use crate::scenario::{Round, Scenario};

impl Scenario {
    /// Everything that came out otherwise than expected; each round continues the one before.
    pub(crate) fn faults(&self) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let (runs, mut before) = (folder.path().join("runs"), None);
        fs::create_dir(&runs).unwrap();
        for (number, round) in self.rounds.iter().enumerate() {
            let season = folder.path().join(format!("season-{number}"));
            round.season.write(&season);
            let date = round.date.as_deref();
            let continuation = Continuation { after: before.as_ref(), date };
            let run = Season::open_in_chain(&season, continuation)
                .and_then(|season| season.run(runs.join(number.to_string())));
            let faults = match &run {
                Ok(run) => round.faults_of(run),
                Err(error) => round.faults_of_rejection(error),
            };
            if !faults.is_empty() {
                let place = |fault| format!("round {}: {fault}", number + 1);
                return faults.into_iter().map(place).collect();
            }
            before = run.ok();
        }
        Vec::new()
    }
}

impl Round {
    fn faults_of_rejection(&self, error: &Error) -> Vec<String> {
        let Error::Rejected(findings) = error else { return vec![error.to_string()] };
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let errors: Vec<_> = errors.collect();
        let as_expected = errors.iter().map(|error| error.code.name()).eq(&self.errors);
        if as_expected && self.outcomes.is_empty() && self.results.is_empty() {
            return Vec::new();
        }
        errors.iter().map(|error| format!("found error {error}")).collect()
    }

    fn faults_of(&self, run: &Run) -> Vec<String> {
        let mut faults: Vec<String> =
            self.errors.iter().map(|code| format!("expected error {code}")).collect();
        let chain = Run::open(run.folder()).unwrap().verify_chain(None);
        if !chain.proof.holds() || !chain.complete {
            let violations = chain.proof.violations();
            faults.push(format!("the chain cannot be proven from its files: {violations:?}"));
        }
        let rows = rows(&run.folder().join("outcomes.csv"));
        self.compare_outcomes(&rows, &mut faults);
        self.compare_results(&run.folder().join("programmes.csv"), &mut faults);
        for (file, expected) in
            [("proposals.csv", &self.proposals), ("forecast.csv", &self.forecast)]
        {
            let found = lines(&run.folder().join(file));
            if found != *expected {
                faults.push(format!("{file}: expected {expected:?}, found {found:?}"));
            }
        }
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

/// The rows of a table that may not be there, cells parted by spaces, `*` for an empty one.
fn lines(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let cell = |cell: &str| if cell.is_empty() { "*".to_owned() } else { cell.to_owned() };
    let line = |row: &str| row.split(',').map(cell).collect::<Vec<_>>().join(" ");
    text.lines().skip(1).map(line).collect()
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
