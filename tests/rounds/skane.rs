//! A summer of the Skåne season: preliminary, final, then reserve rounds with every kind of event,
//! the last of them by phone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use antagning::{Continuation, Error, Run, Season, Severity};

use crate::model::Dice;

const SKANE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/skane-2025");
const HEADER: &str = "date,event,applicant_id,programme_id,value,source\n";
const KINDS: [&str; 11] = [
    "answer",
    "withdrawal",
    "no_show",
    "late_application",
    "changed_choices",
    "new_grade",
    "grade_corrected",
    "appeal_won",
    "seats",
    "offer_closed",
    "seat_filled",
];

type Rows = Vec<BTreeMap<String, String>>;

fn rows(file: &Path) -> Rows {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

struct Summer {
    folder: tempfile::TempDir,
    dice: Dice,
    events: String,
    runs: Vec<Run>,
    met: BTreeMap<String, usize>,
}

impl Summer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let season = folder.path().join("season");
        fs::create_dir(&season).unwrap();
        for entry in fs::read_dir(SKANE).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, season.join(path.file_name().unwrap())).unwrap();
            }
        }
        // Somebody who has applied nowhere yet.
        let append = |name: &str, row: &str| {
            let text = fs::read_to_string(season.join(name)).unwrap();
            let columns = text.lines().next().unwrap().split(',').count();
            let cells = row.split(',').chain(std::iter::repeat("")).take(columns);
            let row = cells.collect::<Vec<_>>().join(",");
            fs::write(season.join(name), format!("{text}{row}\n")).unwrap();
        };
        append("applicants.csv", "B00001,1280,2009");
        append("grades.csv", "B00001,C,C,C");
        let rules = fs::read_to_string(season.join("rules.toml")).unwrap();
        let keys = "[\"on_time\", \"reception\", \"merit\", \"lottery\"]";
        let rules = rules.replace("[\"reception\", \"merit\", \"lottery\"]", keys);
        let rules = format!("{rules}\n[reserve]\nphone_from = \"2025-08-20\"\n");
        fs::write(season.join("rules.toml"), rules).unwrap();
        let events = HEADER.to_owned();
        Self { folder, dice: Dice::new(2025), events, runs: Vec::new(), met: BTreeMap::new() }
    }

    fn season(&self) -> PathBuf {
        self.folder.path().join("season")
    }

    /// Runs a round with these events; those that are told to be impossible are left out.
    fn run(&mut self, round: &str, date: &str, events: Vec<String>) {
        let rules = fs::read_to_string(self.season().join("rules.toml")).unwrap();
        let rules = rules.lines().map(|line| match line.starts_with("round = ") {
            true => format!("round = \"{round}\"\n"),
            false => format!("{line}\n"),
        });
        fs::write(self.season().join("rules.toml"), rules.collect::<String>()).unwrap();
        let known = self.events.lines().count();
        let mut new = events;
        let out = self.folder.path().join(format!("runs-{}", self.runs.len()));
        let season = loop {
            if known > 1 || !new.is_empty() {
                fs::write(self.season().join("events.csv"), self.events.clone() + &new.concat())
                    .unwrap();
            }
            let continuation = Continuation { after: self.runs.last(), date: Some(date) };
            match Season::open_in_chain(self.season(), continuation) {
                Ok(season) => break season,
                Err(Error::Rejected(report)) => {
                    let errors = report.iter().filter(|d| d.severity == Severity::Error);
                    let lines: BTreeSet<usize> = errors
                        .map(|error| error.line.unwrap_or_else(|| panic!("{error}")) as usize)
                        .collect();
                    let mut line = known..;
                    new.retain(|_| !lines.contains(&(line.next().unwrap() + 1)));
                }
                Err(error) => panic!("{error}"),
            }
        };
        self.runs.push(season.run(out).unwrap());
        for row in &new {
            *self.met.entry(row.split(',').nth(1).unwrap().to_owned()).or_insert(0) += 1;
        }
        self.events += &new.concat();
    }

    fn last(&self) -> &Run {
        self.runs.last().unwrap()
    }

    fn table(&self, name: &str) -> Rows {
        rows(&self.last().folder().join(name))
    }

    /// Events of every kind about a share of everybody and everything.
    fn draw(&mut self, date: &str) -> Vec<String> {
        let outcomes = self.table("outcomes.csv");
        let mut lists: BTreeMap<&str, Vec<&BTreeMap<String, String>>> = BTreeMap::new();
        for row in &outcomes {
            lists.entry(&row["applicant_id"]).or_default().push(row);
        }
        let programmes: Vec<String> = self
            .table("programmes.csv")
            .iter()
            .filter(|row| row["quota_group"].is_empty() && !row["cutoff_kind"].contains("group"))
            .map(|row| row["programme_id"].clone())
            .collect();
        let dice = &mut self.dice;
        let mut events = Vec::new();
        let mut tell = |kind: &str, applicant: &str, programme: &str, value: &str| {
            let mut row = String::new();
            writeln!(row, "{date},{kind},{applicant},{programme},{value},office").unwrap();
            events.push(row);
        };
        for (applicant, list) in &lists {
            let place = list.iter().position(|row| row["status"] == "admitted");
            let ids: Vec<&str> = list.iter().map(|row| &row["programme_id"][..]).collect();
            match (dice.roll(100), place) {
                (0..=3, Some(_)) => tell("answer", applicant, "", "decline"),
                (4..=20, Some(_)) => tell("answer", applicant, "", "accept"),
                (21..=40, Some(_)) => tell("answer", applicant, "", "accept_and_wait"),
                (41, Some(at)) => tell("no_show", applicant, ids[at], ""),
                (42, _) => tell("withdrawal", applicant, ids[0], ""),
                (43, None) => tell("withdrawal", applicant, "", ""),
                (44..=45, _) => {
                    let mut list: Vec<&str> = ids.clone();
                    let new = dice.pick(&programmes.iter().map(String::as_str).collect::<Vec<_>>());
                    list.retain(|id| *id != new);
                    list.insert(dice.roll(list.len() + 1), new);
                    tell("changed_choices", applicant, "", &list.join(" "));
                }
                (46, _) => tell("new_grade", applicant, "", "MA=C"),
                (47, _) => tell("grade_corrected", applicant, "", "EN=B"),
                (48, _) => tell("appeal_won", applicant, ids[0], ""),
                _ => {}
            }
        }
        let ids = dice.shuffled(programmes.len());
        let mut ids = ids.iter().map(|at| programmes[*at].as_str());
        let mut next = || ids.next().unwrap();
        (0..20).for_each(|_| tell("seats", "", next(), "+1"));
        (0..10).for_each(|_| tell("seats", "", next(), "-1"));
        (0..3).for_each(|_| tell("offer_closed", "", next(), ""));
        (0..3).for_each(|_| tell("seat_filled", "", next(), "1"));
        let (applicant, programme) = ("B00001", next());
        tell("late_application", applicant, "", programme);
        // A reserve who is eligible and waits is given a seat that is added for them.
        let waits = outcomes.iter().filter(|row| {
            row["status"] == "reserve" && row["quota_group"].is_empty() && row["choice_rank"] == "1"
        });
        let waits: Vec<_> = waits.collect();
        let row = waits[dice.roll(waits.len())];
        let named = |event: &String| {
            [&row["applicant_id"], &row["programme_id"]].iter().any(|id| event.contains(&id[..]))
        };
        events.retain(|event| !named(event));
        let (applicant, programme) = (&row["applicant_id"], &row["programme_id"]);
        events.push(format!("{date},seats,,{programme},+1,office\n"));
        events.push(format!("{date},seat_filled,{applicant},{programme},,office\n"));
        events
    }

    /// Everything that must hold between the last round and the one before.
    fn check(&self) {
        let chain = self.last().verify_chain(Some(self.folder.path()));
        assert!(chain.proof.holds() && chain.complete, "{:?}", chain.proof.violations());
        let [.., before, now] = &self.runs[..] else { return };
        if before.manifest().round == "preliminary" {
            return;
        }
        let held = rows(&before.folder().join("placements.csv"));
        let held = held.iter().filter(|row| !row["programme_id"].is_empty());
        let outcomes = rows(&now.folder().join("outcomes.csv"));
        let mut lists: BTreeMap<&str, Vec<(&str, &str, &str)>> = BTreeMap::new();
        for row in &outcomes {
            let choice = (&row["programme_id"][..], &row["status"][..], &row["reason"][..]);
            lists.entry(&row["applicant_id"]).or_default().push(choice);
        }
        let (mut kept, mut moved, mut left) = (0, 0, 0);
        for row in held {
            let list = &lists[&row["applicant_id"][..]];
            let at = list.iter().position(|(id, ..)| *id == row["programme_id"]).unwrap();
            let (_, status, reason) = list[at];
            let up = list[..at].iter().any(|(_, status, _)| *status == "admitted");
            match (status, reason) {
                ("admitted", "holds_seat" | "placed_by_hand") => kept += 1,
                ("struck", _) if up => moved += 1,
                ("withdrawn", "withdrawn" | "answered_no" | "no_show") => left += 1,
                other => panic!("{row:?} is {other:?} now"),
            }
        }
        let by_phone = now.manifest().moves == "by_phone";
        assert!(kept > 10_000 && left > 100, "{kept} kept, {moved} moved up, {left} left");
        assert!(by_phone || moved > 50, "{moved} moved up");
        let held = now.manifest().counts.held.unwrap();
        assert_eq!((held.kept, held.moved_up), (kept, moved));
    }
}

#[test]
fn a_summer_in_skane() {
    let mut summer = Summer::new();
    summer.run("preliminary", "2025-04-15", Vec::new());
    summer.check();
    summer.run("final", "2025-07-01", Vec::new());
    summer.check();
    for date in ["2025-07-20", "2025-08-05", "2025-08-25"] {
        let events = summer.draw(date);
        summer.run("reserve", date, events);
        summer.check();
    }
    assert_eq!(summer.last().manifest().moves, "by_phone");
    assert!(summer.table("proposals.csv").len() > 50);
    for kind in KINDS {
        assert!(summer.met.contains_key(kind), "no {kind}: {:?}", summer.met);
    }
}
