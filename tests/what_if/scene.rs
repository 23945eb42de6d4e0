//! A folder with a season and its run, and what they would have been.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use antagning::{Continuation, Counterfactual, Error, Run, Season, Supposition, WhatIf};
use tempfile::TempDir;

/// Everybody's seat: programme, quota group, choice rank.
pub(crate) type Placements = BTreeMap<String, Option<(String, String, u32)>>;

/// A folder of its own, gone when the test is over.
pub(crate) struct Scene(TempDir);

impl Scene {
    /// A scene with a season in `season`.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let scene = Self(TempDir::new().expect("a temporary folder"));
        scene.folder("season", files);
        scene
    }

    /// A scene with a season in `season` and its run in `run`.
    pub(crate) fn with_run(files: &[(&str, &str)]) -> Self {
        let scene = Self::new(files);
        scene.run("season", "run");
        scene
    }

    pub(crate) fn folder(&self, name: &str, files: &[(&str, &str)]) {
        fs::create_dir_all(self.path(name)).expect("a folder");
        for (file, text) in files {
            fs::write(self.path(name).join(file), text).expect("a file");
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn run(&self, season: &str, out: &str) -> Run {
        self.try_run(season, out).unwrap_or_else(|error| panic!("{}", told(&error)))
    }

    pub(crate) fn try_run(&self, season: &str, out: &str) -> Result<Run, Error> {
        Season::open(self.path(season))?.run(self.path(out))
    }

    pub(crate) fn run_after(&self, before: &str, out: &str) -> Run {
        let before = Run::open(self.path(before)).expect("a run");
        let continuation = Continuation { after: Some(&before), date: None };
        let season = Season::open_in_chain(self.path("season"), continuation);
        let season = season.unwrap_or_else(|error| panic!("{}", told(&error)));
        season.run(self.path(out)).unwrap_or_else(|error| panic!("{}", told(&error)))
    }

    /// What would have happened: decisions with the programmes that they are about.
    pub(crate) fn try_what_if(
        &self,
        applicant: &str,
        decisions: &[(&str, &str)],
    ) -> Result<Counterfactual, Error> {
        let run = Run::open(self.path("run"))?;
        let supposed = decisions.iter().map(|(text, programme)| {
            Supposition::parse(text, Some(*programme).filter(|id| !id.is_empty()))
        });
        let supposed: Vec<_> = supposed.collect();
        WhatIf::open(self.path("season"), &run)?.suppose(applicant, &supposed)
    }

    pub(crate) fn what_if(&self, applicant: &str, decisions: &[(&str, &str)]) -> Counterfactual {
        let answer = self.try_what_if(applicant, decisions);
        answer.unwrap_or_else(|error| panic!("{}", told(&error)))
    }

    pub(crate) fn placements(&self, run: &str) -> Placements {
        let text = fs::read_to_string(self.path(run).join("placements.csv")).expect("placements");
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
        let column = |name: &str| head.iter().position(|cell| *cell == name).expect("a column");
        let [id, programme, group, rank] =
            ["applicant_id", "programme_id", "quota_group", "choice_rank"].map(column);
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            let placed = || (cells[programme].to_owned(), cells[group].to_owned());
            let rank = cells[rank].parse().ok();
            (cells[id].to_owned(), rank.map(|rank| (placed().0, placed().1, rank)))
        };
        lines.map(row).collect()
    }
}

/// An error with all its findings.
pub(crate) fn told(error: &Error) -> String {
    match error {
        Error::Rejected(findings) => {
            findings.iter().map(|finding| format!("{finding}\n")).collect()
        }
        error => error.to_string(),
    }
}

/// `grades.csv`: sixteen subjects with one letter, and English and mathematics of their own.
pub(crate) fn grades(rows: &[(&str, char, char, char)]) -> String {
    let mut text = "applicant_id,EN,MA,SV,BI,FY,KE,TK,GE,HI,RE,SH,BL,HKK,IDH,MU,SL\n".to_owned();
    for (id, english, mathematics, other) in rows {
        let others = vec![other.to_string(); 14].join(",");
        text += &format!("{id},{english},{mathematics},{others}\n");
    }
    text
}

/// `choices.csv` from an applicant a line: `ada: na ee`.
pub(crate) fn choices(lists: &str) -> String {
    let mut text = "applicant_id,choice_rank,programme_id\n".to_owned();
    for list in lists.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (id, programmes) = list.split_once(':').expect("a colon");
        for (rank, programme) in (1..).zip(programmes.split_whitespace()) {
            text += &format!("{id},{rank},{programme}\n");
        }
    }
    text
}
