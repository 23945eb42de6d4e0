//! A part of a study: what some of its draws came to, whole numbers all of it.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use antagning_formats::{
    Cell, CellType, InputFile, Scenario, StagedFolder, TableFormat, TypedTable, digest_holds,
    sealed,
};
use serde::{Deserialize, Serialize};

use crate::planning::histogram::Histogram;
use crate::planning::simulation::uncertainty::Variation;
use crate::planning::simulation::uncertainty::key::{Figure, Key, Kind};
use crate::planning::simulation::uncertainty::rows;

/// What a study is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settings {
    pub(super) engine_version: String,
    /// The files of the season.
    pub(super) season: Vec<InputFile>,
    pub(super) scenarios: Vec<ScenarioFile>,
    pub(super) draws: u32,
    #[serde(flatten)]
    pub(super) variation: Variation,
}

/// A scenario, and the digest of the file that it stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct ScenarioFile {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) sha256: String,
}

impl ScenarioFile {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let (name, description) = (scenario.name.text.clone(), scenario.description.clone());
        Self { name, description, sha256: scenario.sha256.to_string() }
    }
}

impl Settings {
    /// The names of the base and of the scenarios.
    pub(super) fn names(&self) -> Vec<String> {
        let scenarios = self.scenarios.iter().map(|scenario| scenario.name.clone());
        std::iter::once("base".to_owned()).chain(scenarios).collect()
    }
}

/// `part.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) status: String,
    #[serde(flatten)]
    pub(super) settings: Settings,
    /// The first draw of the part, counted from 0.
    pub(super) first_draw: u32,
    /// One more than its last.
    pub(super) end_draw: u32,
    /// The other files of the part.
    pub(super) files: Vec<InputFile>,
    /// SHA-256 over this file with this value left empty.
    pub(super) part_sha256: String,
}

/// What is told of a file that has another digest than it is said to have.
pub(super) const NOT_AS_WRITTEN: &str = "it is not as it was written";

/// What is told of a row that no study writes.
pub(super) const NO_ROW: &str = "no row of such a table";

/// How the head begins to state its own digest.
const OWN_DIGEST: &str = "\"part_sha256\": \"";

impl Head {
    pub(super) const FILE: &str = "part.json";
    /// The histograms, without the ending.
    const TALLIES: &str = "tallies";

    /// Writes the histograms and the head beside the rows, and publishes the folder.
    pub(super) fn write(
        folder: StagedFolder,
        settings: Settings,
        draws: Range<u32>,
        figures: &BTreeMap<Key, Histogram>,
    ) -> io::Result<PathBuf> {
        let columns = [
            ("scenario", CellType::Whole),
            ("kind", CellType::Text),
            ("name", CellType::Text),
            ("part", CellType::Text),
            ("figure", CellType::Text),
            ("value", CellType::Whole),
            ("draws", CellType::Whole),
        ];
        let mut table = TypedTable::create(&folder, Self::TALLIES, &columns, TableFormat::Csv)?;
        for (key, counts) in figures {
            for (value, draws) in counts.iter() {
                table.row(&[
                    Cell::Whole(key.scenario as i64),
                    Cell::Text(key.kind.name()),
                    Cell::Text(&key.name),
                    Cell::Text(&key.part),
                    Cell::Text(key.figure.name()),
                    Cell::Whole(value),
                    Cell::Whole(draws as i64),
                ])?;
            }
        }
        table.finish()?;
        let files =
            Self::names().iter().map(|name| folder.digest(name)).collect::<Result<_, _>>()?;
        let (first_draw, end_draw) = (draws.start, draws.end);
        let status = "part of a study; working material".to_owned();
        let part_sha256 = String::new();
        let head = Self { status, settings, first_draw, end_draw, files, part_sha256 };
        let (text, _) = sealed(&head, OWN_DIGEST)?;
        folder.write(Self::FILE, text.as_bytes())?;
        folder.publish()
    }

    /// Which version wrote a head; the rest of it may be as that version has it. What is wrong is
    /// told with its line.
    pub(super) fn version(text: &[u8]) -> Result<String, (u64, String)> {
        #[derive(Deserialize)]
        struct Version {
            engine_version: String,
        }
        let version: Version = serde_json::from_slice(text).map_err(no_head)?;
        Ok(version.engine_version)
    }

    /// Reads the text of a head, which must have the digest that it states. What is wrong is told with
    /// its line.
    pub(super) fn from_text(text: &[u8]) -> Result<Self, (u64, String)> {
        let head = serde_json::from_slice(text).map_err(no_head)?;
        let holds = std::str::from_utf8(text).is_ok_and(|text| digest_holds(text, OWN_DIGEST));
        if holds { Ok(head) } else { Err((0, NOT_AS_WRITTEN.to_owned())) }
    }

    /// The other files of a part: the rows and the histograms.
    pub(super) fn names() -> [String; 2] {
        [rows::TABLE, Self::TALLIES].map(|name| format!("{name}.csv"))
    }

    pub(super) fn draws(&self) -> Range<u32> {
        self.first_draw..self.end_draw
    }

    /// The histograms from the text of their table, whose draws must be as many as the part's. What
    /// is wrong is told with its line.
    pub(super) fn tallies(&self, text: &[u8]) -> Result<BTreeMap<Key, Histogram>, (u64, String)> {
        let mut figures: BTreeMap<Key, Histogram> = BTreeMap::new();
        let mut table = csv::Reader::from_reader(text);
        let mut record = csv::StringRecord::new();
        while table.read_record(&mut record).map_err(unreadable)? {
            let line = record.position().map_or(0, csv::Position::line);
            let (key, value, draws) = self.row(&record).ok_or_else(|| (line, NO_ROW.to_owned()))?;
            figures.entry(key).or_default().add(value, draws);
        }
        let draws = u64::from(self.end_draw - self.first_draw);
        for (key, counts) in &figures {
            let seen = counts.total();
            if seen > draws || seen < draws && !key.figure.may_lack() {
                let (kind, figure) = (key.kind.name(), key.figure.name());
                let told = format!("{kind} {} {figure} counts {seen} of {draws} draws", key.name);
                return Err((0, told));
            }
        }
        Ok(figures)
    }

    fn row(&self, record: &csv::StringRecord) -> Option<(Key, i64, u64)> {
        let cells: Vec<&str> = record.iter().collect();
        let [scenario, kind, name, part, figure, value, draws] = cells[..] else { return None };
        let scenario = scenario.parse().ok()?;
        let key = Key {
            scenario,
            kind: Kind::parse(kind)?,
            name: name.to_owned(),
            part: part.to_owned(),
            figure: Figure::parse(figure)?,
        };
        let (value, draws) = (value.parse().ok()?, draws.parse().ok()?);
        let can_be = scenario <= self.settings.scenarios.len()
            && (1..=u64::from(self.end_draw - self.first_draw)).contains(&draws)
            && self.may_be(key.figure, value);
        can_be.then_some((key, value, draws))
    }

    /// Whether a figure may have a value: one that can be told as a decimal, and whose sums of squares
    /// over all draws can be told exactly.
    fn may_be(&self, figure: Figure, value: i64) -> bool {
        let most = i64::MAX.unsigned_abs() / u64::from(self.settings.draws.max(10_000));
        value.unsigned_abs() <= most && (!figure.is_share() || (0..=1).contains(&value))
    }
}

fn no_head(error: serde_json::Error) -> (u64, String) {
    (error.line() as u64, format!("it is no head of a part: {error}"))
}

/// Why a table cannot be read, and its line.
pub(super) fn unreadable(error: csv::Error) -> (u64, String) {
    let line = error.position().map_or(0, csv::Position::line);
    (line, format!("it cannot be read: {error}"))
}
