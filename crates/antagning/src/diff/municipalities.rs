//! The figures of each municipality, run by run.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diff::offers::OfferHistory;
use crate::diff::places::Places;
use crate::diff::tables::Tables;

/// A municipality in every run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MunicipalityHistory {
    /// The code, or what the season writes in its place; empty for offers and pupils of unknown
    /// place.
    pub municipality: String,
    /// Its figures in each run.
    pub runs: Vec<MunicipalityFigures>,
    /// How many came to its offers between each run and the next, and how many left them.
    pub traffic: Vec<[u32; 2]>,
}

/// The figures of a municipality in one run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MunicipalityFigures {
    /// Seats of its offers.
    pub seats: u32,
    /// Admitted to them.
    pub admitted: u32,
    /// Seats of its offers without a holder.
    pub vacant: u32,
    /// Applicants who live there and are placed anywhere; `None` where the season does not tell
    /// where anybody lives.
    pub home_pupils_placed: Option<u32>,
}

impl MunicipalityHistory {
    /// Every municipality of an offer or of a pupil, in the order of codes.
    pub(super) fn all(offers: &[OfferHistory], tables: &[Tables], places: &Places) -> Vec<Self> {
        let mut municipalities: BTreeMap<&str, Self> = BTreeMap::new();
        let passages = tables.len().saturating_sub(1);
        let new = |code: &str| Self {
            municipality: code.to_owned(),
            runs: vec![MunicipalityFigures::default(); tables.len()],
            traffic: vec![[0; 2]; passages],
        };
        for offer in offers {
            let code = offer.municipality_code.as_str();
            let municipality = municipalities.entry(code).or_insert_with(|| new(code));
            for (sum, figures) in municipality.runs.iter_mut().zip(&offer.runs) {
                let Some(figures) = figures else { continue };
                sum.seats += figures.seats;
                sum.admitted += figures.admitted;
                sum.vacant += figures.vacant;
            }
            for (sum, traffic) in municipality.traffic.iter_mut().zip(&offer.traffic) {
                sum[0] += traffic[0];
                sum[1] += traffic[1];
            }
        }
        let mut known = false;
        for (run, table) in tables.iter().enumerate() {
            let placements = &table.files.placements;
            for (id, programme) in
                placements.applicant_id.iter().zip(placements.programme_id.iter())
            {
                let home = places.home(id);
                known |= home.is_some();
                if programme.is_empty() {
                    continue;
                }
                let home = home.unwrap_or_default();
                let municipality = municipalities.entry(home).or_insert_with(|| new(home));
                *municipality.runs[run].home_pupils_placed.get_or_insert(0) += 1;
            }
        }
        let mut all: Vec<Self> = municipalities.into_values().collect();
        for figures in all.iter_mut().flat_map(|municipality| &mut municipality.runs) {
            figures.home_pupils_placed =
                known.then_some(figures.home_pupils_placed.unwrap_or_default());
        }
        all
    }
}
