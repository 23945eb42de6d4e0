//! Runs compared: who moved, why, and what changed at each offer and in each municipality.
//!
//! Working material for offices: it names applicants and hides no small number.

mod acts;
mod cause;
mod chains;
mod files;
mod movement;
mod municipalities;
mod offers;
mod pairing;
mod places;
mod tables;
mod text;
mod transition;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::Error;
use crate::rounds::predecessor_of;
use crate::run::Run;

use places::Places;
use tables::Tables;

pub use cause::{Link, Root};
pub use chains::{ChainStep, MoveChain};
pub use movement::{Movement, Seat};
pub use municipalities::{MunicipalityFigures, MunicipalityHistory};
pub use offers::{OfferFigures, OfferHistory};
pub use transition::{Move, MovementCounts, Transition};

/// Two or more runs, each compared with the one before it.
#[derive(Clone, Debug, Serialize)]
pub struct Diff {
    /// That this is working material.
    pub notice: &'static str,
    /// The runs in the order given.
    pub runs: Vec<ComparedRun>,
    /// What happened between each run and the next.
    pub transitions: Vec<Transition>,
    /// Every offer, in the order of ids.
    pub offers: Vec<OfferHistory>,
    /// Every municipality, in the order of codes; empty without a season.
    pub municipalities: Vec<MunicipalityHistory>,
}

/// A run of a [`Diff`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedRun {
    /// What its columns are named by: round and place in the chain, such as `final_2`; a further
    /// run of the same name gets a number.
    pub label: String,
    /// The folder.
    pub run: PathBuf,
    /// The digest that its manifest states for itself.
    pub manifest_sha256: String,
}

impl Diff {
    /// What a diff says of itself wherever it is written.
    pub const NOTICE: &'static str = "working material, not for publication";

    /// Compares runs in the order given; one alone with the run that it continues. With a season
    /// offers get their municipalities and pupils their homes; it need not be that of any run.
    ///
    /// O(runs · (applicants + choices) · log).
    ///
    /// # Errors
    /// [`Error::Violated`] when a file is not what its run wrote, [`Error::Rejected`] when one, or
    /// the season, cannot be read, [`Error::NothingToCompare`] when there is one run and the one
    /// before does not lie beside it.
    pub fn new(runs: &[Run], season: Option<&Path>) -> Result<Self, Error> {
        let before = match runs {
            [] => return Err(Error::NothingToCompare(PathBuf::new())),
            [only] => Some(
                predecessor_of(only)
                    .ok_or_else(|| Error::NothingToCompare(only.folder().to_owned()))?,
            ),
            _ => None,
        };
        let runs: Vec<&Run> = before.iter().chain(runs).collect();
        let tables = runs.iter().map(|run| Tables::read(run)).collect::<Result<Vec<_>, _>>()?;
        let places = season.map(Places::read).transpose()?;
        let mut compared: Vec<ComparedRun> = Vec::new();
        for run in &runs {
            let label = label(run, &compared);
            let manifest_sha256 = run.manifest().manifest_sha256.clone();
            compared.push(ComparedRun { label, run: run.folder().to_owned(), manifest_sha256 });
        }
        let mut transitions = Vec::new();
        for (labels, pair) in compared.windows(2).zip(tables.windows(2)) {
            let labels = [&*labels[0].label, &*labels[1].label];
            transitions.push(Transition::new(labels, &pair[0].index(), &pair[1].index()));
        }
        let offers = OfferHistory::all(&tables, &transitions, places.as_ref());
        let municipalities = places
            .as_ref()
            .map_or(Vec::new(), |places| MunicipalityHistory::all(&offers, &tables, places));
        Ok(Self { notice: Self::NOTICE, runs: compared, transitions, offers, municipalities })
    }

    /// Writes `moves.csv`, `chains.csv`, `offers.csv`, with a season `municipalities.csv`, and
    /// `diff.json`: a folder that appears whole or not at all.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `out` or the file system refuses.
    pub fn write(&self, out: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let out = out.as_ref();
        files::write(self, out).map_err(|source| Error::Output { path: out.to_owned(), source })
    }
}

/// A name that no run before it has.
fn label(run: &Run, before: &[ComparedRun]) -> String {
    let plain = format!("{}_{}", run.manifest().round, run.manifest().sequence);
    let mut label = plain.clone();
    let mut number = 2;
    while before.iter().any(|run| run.label == label) {
        label = format!("{plain}_{number}");
        number += 1;
    }
    label
}
