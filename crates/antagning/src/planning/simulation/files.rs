//! A simulation as tables.

use std::path::{Path, PathBuf};

use antagning_formats::StagedFolder;

use crate::error::Error;
use crate::planning::simulation::{
    FiguresDifference, OfferFigures, ScenarioFigures, ScenarioReport, Simulation,
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

impl Simulation {
    /// Writes `scenarios.csv`, `groups.csv`, `offers.csv`, `opened.csv`, `flows.csv` and
    /// `simulation.json` into a folder, whole or not at all. The base's rows stand first, and of a scenario those that differ.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `out` or the file system refuses.
    pub fn write(&self, out: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let out = out.as_ref();
        self.write_files(out).map_err(|source| Error::Output { path: out.to_owned(), source })
    }

    fn write_files(&self, out: &Path) -> std::io::Result<PathBuf> {
        let folder = StagedFolder::new(out)?;
        let own = ["scenario", "description", "seats", "arrived", "gone"];
        let header = [&own[..], &FIGURES].concat();
        folder.write("scenarios.csv", &self.table(&header, |run| vec![scenario(run)])?)?;
        let header = [&["scenario", "kind", "group"][..], &FIGURES].concat();
        folder.write("groups.csv", &self.table(&header, groups)?)?;
        let header = [
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
        folder.write("offers.csv", &self.table(&header, offers)?)?;
        let header =
            ["scenario", "programme_id", "applicants", "first_choices", "admitted", "title"];
        folder.write("opened.csv", &self.table(&header, opened)?)?;
        let header =
            ["scenario", "home_municipality", "school_municipality", "placed_before", "placed"];
        folder.write("flows.csv", &self.table(&header, flows)?)?;
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        folder.write("simulation.json", text.as_bytes())?;
        folder.publish()
    }

    fn table(
        &self,
        header: &[&str],
        rows: impl Fn(&ScenarioReport) -> Vec<Vec<String>>,
    ) -> std::io::Result<Vec<u8>> {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(header)?;
        for run in std::iter::once(&self.base).chain(&self.scenarios) {
            for row in rows(run) {
                table.write_record(row)?;
            }
        }
        table.into_inner().map_err(csv::IntoInnerError::into_error)
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
