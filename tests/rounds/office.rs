//! An office that runs round after round of a season, as the library lets it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use antagning::{Continuation, Error, Run, Season, Severity};
use tempfile::TempDir;

use crate::happening::{Happening, Kind};
use crate::model::{Dice, Model};

const HEADER: &str = "date,event,applicant_id,programme_id,value,source\n";

/// A season folder and the runs of its chain beside it.
pub(crate) struct Office {
    folder: TempDir,
    pub(crate) model: Model,
    /// Every row of `events.csv` that a run has taken.
    told: String,
    pub(crate) runs: Vec<Run>,
}

/// Where an applicant is placed: the programme, and the group's name.
pub(crate) type Placed = Option<(usize, String)>;

impl Office {
    pub(crate) fn new(model: Model) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("season")).unwrap();
        fs::create_dir(folder.path().join("runs")).unwrap();
        model.write(&folder.path().join("season"));
        Self { folder, model, told: HEADER.to_owned(), runs: Vec::new() }
    }

    pub(crate) fn season(&self) -> PathBuf {
        self.folder.path().join("season")
    }

    fn write(&self, round: &str, happenings: &[Happening]) {
        fs::write(self.season().join("rules.toml"), self.model.rules(round)).unwrap();
        let rows: String = happenings.iter().map(Happening::row).collect();
        let text = format!("{}{rows}", self.told);
        let file = self.season().join("events.csv");
        // A file without a row is a fault.
        if text != HEADER {
            fs::write(file, text).unwrap();
        } else if file.exists() {
            fs::remove_file(file).unwrap();
        }
    }

    fn open(&self) -> Result<Season, Error> {
        let continuation = Continuation { after: self.runs.last(), date: None };
        Season::open_in_chain(self.season(), continuation)
    }

    /// Runs the next round with these events. Those that cannot be are told with their line and
    /// taken out, until the rest can be; what was taken is given back.
    pub(crate) fn run(&mut self, round: &str, mut happenings: Vec<Happening>) -> Vec<Happening> {
        let out = self.folder.path().join("runs").join(self.runs.len().to_string());
        loop {
            self.write(round, &happenings);
            match self.open().and_then(|season| season.run(&out)) {
                Ok(run) => {
                    self.runs.push(run);
                    self.told += &happenings.iter().map(Happening::row).collect::<String>();
                    return happenings;
                }
                Err(error) => {
                    assert!(!out.exists(), "nothing is written for a rejected round");
                    self.take_out(&error, &mut happenings);
                }
            }
        }
    }

    fn take_out(&self, error: &Error, happenings: &mut Vec<Happening>) {
        let Error::Rejected(report) = error else { panic!("{error}") };
        let known = self.told.lines().count();
        let before = happenings.len();
        let errors: Vec<_> = report.iter().filter(|d| d.severity == Severity::Error).collect();
        assert!(errors.iter().all(|error| error.file == "events.csv"), "{errors:?}");
        let faulty: Vec<usize> =
            errors.iter().filter_map(|error| Some(error.line? as usize - 1 - known)).collect();
        if faulty.is_empty() {
            // Seats that are not there, or a placement of somebody who is not eligible.
            happenings.retain(|happening| happening.kind != Kind::SeatFilled);
        } else {
            let mut row = 0..;
            happenings.retain(|_| !faulty.contains(&row.next().unwrap()));
        }
        assert!(happenings.len() < before, "no event is at fault: {errors:?}");
    }

    /// Runs the last round again, elsewhere, with its new events in another order.
    pub(crate) fn again(&self, dice: &mut Dice, happenings: &[Happening]) -> [Run; 2] {
        let last = self.runs.len() - 1;
        let text = fs::read_to_string(self.season().join("events.csv"));
        let continuation = Continuation { after: self.runs[..last].last(), date: None };
        let run = |name: &str| {
            let season = Season::open_in_chain(self.season(), continuation).unwrap();
            let elsewhere = self.folder.path().join(format!("{name}-{last}"));
            fs::create_dir(&elsewhere).unwrap();
            season.run(elsewhere.join("run")).unwrap()
        };
        let same = run("same");
        if let Ok(text) = &text {
            let known = text.lines().count() - happenings.len();
            let mut rows: Vec<&str> = text.lines().take(known).collect();
            let new: Vec<&str> = text.lines().skip(known).collect();
            rows.extend(dice.shuffled(new.len()).iter().map(|row| new[*row]));
            fs::write(self.season().join("events.csv"), rows.join("\n") + "\n").unwrap();
        }
        let shuffled = run("shuffled");
        if let Ok(text) = text {
            fs::write(self.season().join("events.csv"), text).unwrap();
        }
        [same, shuffled]
    }

    /// Where everybody is placed by a run.
    pub(crate) fn placed(&self, run: &Run) -> Vec<Placed> {
        let text = fs::read_to_string(run.folder().join("placements.csv")).unwrap();
        let mut placed = vec![None; self.model.applicants.len()];
        for row in text.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let applicant: usize = cells[0].trim_start_matches('a').parse().unwrap();
            if !cells[1].is_empty() {
                let programme = cells[1].trim_start_matches('p').parse().unwrap();
                placed[applicant] = Some((programme, cells[2].to_owned()));
            }
        }
        placed
    }

    /// The list of each applicant as a run has it: programme, status and reason by rank.
    pub(crate) fn lists(&self, run: &Run) -> BTreeMap<usize, Vec<(usize, String, String)>> {
        let text = fs::read_to_string(run.folder().join("outcomes.csv")).unwrap();
        let mut lists: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for row in text.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let applicant = cells[0].trim_start_matches('a').parse().unwrap();
            let programme = cells[2].trim_start_matches('p').parse().unwrap();
            let choice = (programme, cells[3].to_owned(), cells[4].to_owned());
            lists.entry(applicant).or_default().push(choice);
        }
        lists
    }
}

/// The tables of a run, byte for byte.
pub(crate) fn tables(run: &Run) -> Vec<(String, String)> {
    let outputs = &run.manifest().outputs;
    let read = |name: &str| fs::read_to_string(run.folder().join(name)).unwrap();
    outputs.iter().map(|file| (file.name.clone(), read(&file.name))).collect()
}
