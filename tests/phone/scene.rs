//! A folder of its own with a season and its runs.

use std::fs;
use std::path::PathBuf;

use antagning::phone::Answer;
use antagning::{Continuation, Error, Language, PhoneSession, PhoneSettings, Run, Season};
use serde_json::Value;
use tempfile::TempDir;

/// The first day of every session.
pub(crate) const DAY: &str = "2025-09-01";

pub(crate) struct Scene(TempDir);

impl Scene {
    /// A season in `season` and its final run in `run`.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let scene = Self(TempDir::new().expect("a temporary folder"));
        fs::create_dir(scene.path("season")).expect("a folder");
        for (name, text) in files {
            fs::write(scene.path("season").join(name), text).expect("a file");
        }
        let season = Season::open(scene.path("season")).unwrap_or_else(|error| panic!("{error:?}"));
        season.admit().expect("an admission").write(scene.path("run")).expect("a run");
        scene
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn run(&self, name: &str) -> Run {
        Run::open(self.path(name)).expect("a run")
    }

    pub(crate) fn open(&self, run: &str, date: &str) -> Result<PhoneSession, Error> {
        let settings = PhoneSettings {
            date: Some(date),
            by: "Lind, A.",
            language: Language::En,
            ..PhoneSettings::default()
        };
        PhoneSession::open(&self.run(run), settings)
    }

    pub(crate) fn session(&self) -> PhoneSession {
        self.open("run", DAY).expect("a session")
    }

    /// Appends what the journal of a run came to, and makes the reserve run after it.
    pub(crate) fn run_after(&self, run: &str, out: &str, date: &str) -> Run {
        let rows = PhoneSession::events(&self.run(run), None).expect("events");
        let path = self.path("season").join("events.csv");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text + rows.split_once('\n').expect("a header").1,
            Err(_) => rows,
        };
        fs::write(path, text).expect("events.csv");
        let before = self.run(run);
        let continuation = Continuation { after: Some(&before), date: Some(date) };
        let season = Season::open_in_chain(self.path("season"), continuation)
            .unwrap_or_else(|error| panic!("{error:?}"));
        let admission = season.admit().unwrap_or_else(|error| panic!("{error:?}"));
        admission.write(self.path(out)).expect("a run")
    }

    /// The rows of a table of a run, as cells of the named columns.
    pub(crate) fn table(&self, name: &str, columns: &[&str]) -> Vec<Vec<String>> {
        let text = fs::read_to_string(self.path(name)).expect("a table");
        let mut rows =
            text.lines().map(|row| row.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().expect("a header");
        let at = |column: &&str| header.iter().position(|name| name == column).expect("a column");
        let at: Vec<usize> = columns.iter().map(at).collect();
        rows.map(|row| at.iter().map(|at| row[*at].clone()).collect()).collect()
    }

    /// Who is placed where by a run.
    pub(crate) fn placements(&self, run: &str) -> Vec<(String, String, String)> {
        let columns = ["applicant_id", "programme_id", "quota_group"];
        let rows = self.table(&format!("{run}/placements.csv"), &columns);
        let placed = rows.into_iter().filter(|row| !row[1].is_empty());
        placed.map(|row| (row[0].clone(), row[1].clone(), row[2].clone())).collect()
    }
}

/// Who holds which seat in a session.
pub(crate) fn placements(session: &PhoneSession) -> Vec<(String, String, String)> {
    let rows = session.placements();
    rows.map(|(a, p, g)| (a.to_owned(), p.to_owned(), g.to_owned())).collect()
}

pub(crate) fn json(answer: &Answer) -> Value {
    serde_json::to_value(answer).expect("a document")
}

/// Everything that a session tells of its state.
pub(crate) fn everything(
    session: &mut PhoneSession,
) -> (Vec<(String, String, String)>, [Value; 3]) {
    let told = ["calls", "free", "log"].map(|command| json(&session.answer(command)));
    (placements(session), told)
}
