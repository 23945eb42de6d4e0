//! The figures of each offer, run by run.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diff::places::Places;
use crate::diff::tables::Tables;
use crate::diff::transition::Transition;

/// An offer in every run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfferHistory {
    /// The programme.
    pub programme_id: String,
    /// Its name, by the last run that has it.
    pub name: String,
    /// Its school, by the last run that has it.
    pub school: String,
    /// The code of its municipality; empty without a season.
    pub municipality_code: String,
    /// Its figures in each run; `None` where the run has no such programme.
    pub runs: Vec<Option<OfferFigures>>,
    /// How many came between each run and the next, and how many left.
    pub traffic: Vec<[u32; 2]>,
}

/// The figures of an offer in one run. Scores are ten-thousandths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OfferFigures {
    /// Seats.
    pub seats: u32,
    /// Applicants, eligible or not.
    pub applicants: u32,
    /// Of these, those who ranked it first.
    pub first_choice_applicants: u32,
    /// Admitted.
    pub admitted: u32,
    /// Seats without a holder.
    pub vacant: u32,
    /// On the reserve list.
    pub reserves: u32,
    /// What kind of cutoff.
    pub cutoff_kind: String,
    /// The lowest score admitted, where there is one.
    pub cutoff: Option<u64>,
    /// The median of the admitted.
    pub median: Option<u64>,
    /// The mean of the admitted.
    pub mean: Option<u64>,
}

impl OfferFigures {
    /// The names of the counts, in the order of [`OfferFigures::counts`].
    pub(super) const COUNTS: [&'static str; 6] =
        ["seats", "applicants", "first_choice_applicants", "admitted", "vacant", "reserves"];
    /// The names of the scores, in the order of [`OfferFigures::scores`].
    pub(super) const SCORES: [&'static str; 3] = ["cutoff", "median", "mean"];

    pub(super) fn counts(&self) -> [u32; 6] {
        let Self { seats, applicants, first_choice_applicants, admitted, vacant, reserves, .. } =
            *self;
        [seats, applicants, first_choice_applicants, admitted, vacant, reserves]
    }

    pub(super) fn scores(&self) -> [Option<u64>; 3] {
        [self.cutoff, self.median, self.mean]
    }
}

impl OfferHistory {
    /// What people call it.
    pub(super) fn title(&self) -> String {
        match (self.name.as_str(), self.school.as_str()) {
            ("", _) => self.programme_id.clone(),
            (name, "") => name.to_owned(),
            (name, school) => format!("{name}, {school}"),
        }
    }

    /// How many came and left in all.
    pub(super) fn turnover(&self) -> u32 {
        self.traffic.iter().flatten().sum()
    }

    /// Every offer of every run, in the order of ids. O(offers · runs · log).
    pub(super) fn all(
        tables: &[Tables],
        transitions: &[Transition],
        places: Option<&Places>,
    ) -> Vec<Self> {
        let mut rows: Vec<BTreeMap<&str, usize>> = Vec::new();
        for run in tables {
            let table = &run.files.programmes;
            let of_run = table.programme_id.iter().enumerate();
            let whole = of_run.filter(|(row, _)| table.quota_group.get(*row).is_empty());
            rows.push(whole.map(|(row, id)| (id, row)).collect());
        }
        let ids: BTreeSet<&str> = rows.iter().flat_map(|rows| rows.keys().copied()).collect();
        let traffic: Vec<_> = transitions.iter().map(Transition::traffic).collect();
        let offer = |id: &str| {
            let mut offer = Self {
                programme_id: id.to_owned(),
                name: String::new(),
                school: String::new(),
                municipality_code: String::new(),
                runs: Vec::new(),
                traffic: traffic.iter().map(|t| t.get(id).copied().unwrap_or_default()).collect(),
            };
            for (run, rows) in tables.iter().zip(&rows) {
                let table = &run.files.programmes;
                offer.runs.push(rows.get(id).map(|row| figures(run, *row)));
                if let Some(row) = rows.get(id) {
                    offer.name = table.name.get(*row).to_owned();
                    offer.school = table.school.get(*row).to_owned();
                }
            }
            if let Some(place) = places.and_then(|places| places.offer(id)) {
                offer.name = place.name.to_owned();
                offer.school = place.school.to_owned();
                offer.municipality_code = place.municipality_code.to_owned();
            }
            offer
        };
        ids.into_iter().map(offer).collect()
    }
}

fn figures(run: &Tables, row: usize) -> OfferFigures {
    let table = &run.files.programmes;
    let [seats, applicants, first_choice_applicants, admitted, vacant, reserves] =
        table.counts[row];
    let [cutoff, median, mean] = table.scores[row];
    let cutoff_kind = table.cutoff_kind.get(row).to_owned();
    OfferFigures {
        seats,
        applicants,
        first_choice_applicants,
        admitted,
        vacant,
        reserves,
        cutoff_kind,
        cutoff,
        median,
        mean,
    }
}
