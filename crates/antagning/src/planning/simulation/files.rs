//! A simulation as tables.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use antagning_formats::StagedFolder;

use crate::error::Error;
use crate::planning::simulation::{
    FiguresDifference, OfferFigures, STATUS, ScenarioFigures, ScenarioReport, Simulation,
};

/// The columns of figures, and behind them those of differences.
const FIGURES: [&str; 16] = [
    "applicants",
    "placed",
    "unplaced",
    "first_choices",
    "mean_rank",
    "ranks",
    "applicants_difference",
    "placed_difference",
    "unplaced_difference",
    "first_choices_difference",
    "mean_rank_difference",
    "ranks_difference",
    "better_off",
    "worse_off",
    "newly_placed",
    "newly_unplaced",
];

/// The columns of `offers.csv`.
const OFFERS: [&str; 13] = [
    "scenario",
    "programme_id",
    "quota_group",
    "seats_before",
    "admitted_before",
    "cutoff_kind_before",
    "cutoff_before",
    "seats",
    "admitted",
    "cutoff_kind",
    "cutoff",
    "cutoff_difference",
    "title",
];

/// The rows that a report has in a table.
type Rows = fn(&ScenarioReport) -> Vec<Vec<String>>;

/// A folder of tables that is written report by report, and appears whole or not at all:
/// `scenarios.csv`, `groups.csv`, `offers.csv`, `opened.csv`, `flows.csv` and `simulation.json`.
/// The base's rows stand first, and of a scenario those that differ.
#[derive(Debug)]
pub struct SimulationFolder {
    folder: StagedFolder,
    tables: Vec<(csv::Writer<BufWriter<File>>, Rows)>,
    json: BufWriter<File>,
    /// Reports so far, the base among them.
    reports: usize,
}

impl SimulationFolder {
    /// Begins the folder.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `out` or the file system refuses.
    pub fn new(out: impl AsRef<Path>) -> Result<Self, Error> {
        let out = out.as_ref();
        Self::begin(out).map_err(|source| Error::Output { path: out.to_owned(), source })
    }

    /// Adds a report, that of the base first.
    ///
    /// # Errors
    /// [`Error::Output`] when the file system refuses.
    pub fn add(&mut self, report: &ScenarioReport) -> Result<(), Error> {
        self.write(report).map_err(|source| self.refused(source))
    }

    /// Ends the folder and gives it its name.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands there by now or the file system refuses.
    pub fn publish(self) -> Result<PathBuf, Error> {
        let path = self.folder.target().to_owned();
        self.end().map_err(|source| Error::Output { path, source })
    }

    fn begin(out: &Path) -> io::Result<Self> {
        let folder = StagedFolder::new(out)?;
        let own = ["scenario", "description", "seats", "arrived", "gone"];
        let of_scenarios = [&own[..], &FIGURES].concat();
        let of_groups = [&["scenario", "kind", "group"][..], &FIGURES].concat();
        let opened_offers =
            ["scenario", "programme_id", "applicants", "first_choices", "admitted", "title"];
        let of_flows =
            ["scenario", "home_municipality", "school_municipality", "placed_before", "placed"];
        let files: [(&str, &[&str], Rows); 5] = [
            ("scenarios.csv", &of_scenarios, |run| vec![scenario(run)]),
            ("groups.csv", &of_groups, groups),
            ("offers.csv", &OFFERS, offers),
            ("opened.csv", &opened_offers, opened),
            ("flows.csv", &of_flows, flows),
        ];
        let mut tables = Vec::new();
        for (name, header, rows) in files {
            let mut table = csv::Writer::from_writer(folder.create(name)?);
            table.write_record(header)?;
            tables.push((table, rows));
        }
        let json = folder.create("simulation.json")?;
        Ok(Self { folder, tables, json, reports: 0 })
    }

    fn write(&mut self, report: &ScenarioReport) -> io::Result<()> {
        for (table, rows) in &mut self.tables {
            for row in rows(report) {
                table.write_record(row)?;
            }
        }
        // What a whole `Simulation` looks like. No line break stands in a string of JSON.
        let (before, margin) = match self.reports {
            0 => (format!("{{\n  \"status\": \"{STATUS}\",\n  \"base\": "), "\n  "),
            1 => (",\n  \"scenarios\": [\n    ".to_owned(), "\n    "),
            _ => (",\n    ".to_owned(), "\n    "),
        };
        let text = serde_json::to_string_pretty(report)?.replace('\n', margin);
        self.reports += 1;
        write!(self.json, "{before}{text}")
    }

    fn end(mut self) -> io::Result<PathBuf> {
        for (table, _) in &mut self.tables {
            table.flush()?;
        }
        let end = if self.reports > 1 { "\n  ]\n}\n" } else { ",\n  \"scenarios\": []\n}\n" };
        self.json.write_all(end.as_bytes())?;
        self.json.flush()?;
        self.folder.publish()
    }

    fn refused(&self, source: io::Error) -> Error {
        Error::Output { path: self.folder.target().to_owned(), source }
    }
}

impl Simulation {
    /// Writes the folder of tables, whole or not at all: see [`SimulationFolder`].
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `out` or the file system refuses.
    pub fn write(&self, out: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let mut folder = SimulationFolder::new(out)?;
        for report in std::iter::once(&self.base).chain(&self.scenarios) {
            folder.add(report)?;
        }
        folder.publish()
    }
}

fn text(number: Option<impl ToString>) -> String {
    number.map_or(String::new(), |number| number.to_string())
}

fn figures(
    figures: &ScenarioFigures,
    difference: Option<&FiguresDifference>,
) -> impl Iterator<Item = String> {
    let own = [
        figures.applicants.to_string(),
        figures.placed.to_string(),
        figures.unplaced.to_string(),
        figures.first_choices.to_string(),
        text(figures.mean_rank),
        figures.ranks.to_string(),
    ];
    let other = match difference {
        None => [const { String::new() }; 10],
        Some(d) => [
            d.applicants.to_string(),
            d.placed.to_string(),
            d.unplaced.to_string(),
            d.first_choices.to_string(),
            text(d.mean_rank),
            d.ranks.to_string(),
            d.better_off.to_string(),
            d.worse_off.to_string(),
            d.newly_placed.to_string(),
            d.newly_unplaced.to_string(),
        ],
    };
    own.into_iter().chain(other)
}

fn scenario(run: &ScenarioReport) -> Vec<String> {
    let counts = [run.seats, run.arrived, run.gone].map(|count| count.to_string());
    let own = [run.name.clone(), run.description.clone()].into_iter().chain(counts);
    own.chain(figures(&run.figures, run.difference.as_ref())).collect()
}

fn groups(run: &ScenarioReport) -> Vec<Vec<String>> {
    let row = |group: &super::GroupFigures| {
        let own = [run.name.clone(), group.kind.to_owned(), group.group.clone()].into_iter();
        own.chain(figures(&group.figures, group.difference.as_ref())).collect()
    };
    run.groups.iter().map(row).collect()
}

fn offers(run: &ScenarioReport) -> Vec<Vec<String>> {
    let cells = |offer: Option<&OfferFigures>| {
        [
            text(offer.map(|offer| offer.seats)),
            text(offer.map(|offer| offer.admitted)),
            text(offer.map(|offer| offer.cutoff_kind)),
            text(offer.and_then(|offer| offer.cutoff)),
        ]
    };
    let row = |offer: &super::OfferDifference| {
        let own = [run.name.clone(), offer.programme_id.clone(), offer.quota_group.clone()];
        let figures = cells(offer.before.as_ref()).into_iter().chain(cells(offer.after.as_ref()));
        let last = [text(offer.cutoff_difference()), offer.title.clone()];
        own.into_iter().chain(figures).chain(last).collect()
    };
    run.offers.iter().map(row).collect()
}

fn opened(run: &ScenarioReport) -> Vec<Vec<String>> {
    let row = |offer: &super::OpenedOffer| {
        vec![
            run.name.clone(),
            offer.programme_id.clone(),
            offer.applicants.to_string(),
            offer.first_choices.to_string(),
            offer.admitted.to_string(),
            offer.title.clone(),
        ]
    };
    run.opened.iter().map(row).collect()
}

fn flows(run: &ScenarioReport) -> Vec<Vec<String>> {
    let row = |flow: &super::Flow| {
        vec![
            run.name.clone(),
            flow.home_municipality.clone(),
            flow.school_municipality.clone(),
            text(flow.before),
            flow.placed.to_string(),
        ]
    };
    run.flows.iter().map(row).collect()
}
