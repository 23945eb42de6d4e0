//! Municipalities and class sizes, as they stand in the data folder.

use std::path::Path;

use super::table::Table;
use crate::PopulationError;

/// A municipality where applicants live or schools stand.
#[derive(Debug, Clone)]
pub(crate) struct Municipality {
    pub(crate) code: String,
    pub(crate) name: String,
    latitude: f64,
    longitude: f64,
    /// Applicants who live there, as a weight.
    pub(crate) applicants: f64,
    /// How much higher (or lower) merits are there than in the region, in standard deviations.
    pub(crate) merit_tilt: f64,
}

impl Municipality {
    /// Kilometres as the crow flies; good to some hundred metres at this latitude.
    pub(crate) fn distance(&self, other: &Self) -> f64 {
        let north = (self.latitude - other.latitude) * 111.2;
        let east = (self.longitude - other.longitude) * 62.5;
        libm::sqrt(north * north + east * east)
    }
}

/// Those of the area, with the generator's own figures.
pub(crate) fn municipalities(folder: &Path) -> Result<Vec<Municipality>, PopulationError> {
    let table = Table::read(folder, "assumed/municipalities.csv")?;
    let assumed = table.rows(["code", "latitude", "longitude", "applicants", "merit_tilt"])?;
    let mut municipalities = Vec::new();
    for [code, name] in
        Table::read(folder, "published/municipalities.csv")?.rows(["kommunkod", "kommun"])?
    {
        let figures = assumed.iter().find(|row| row[0] == code).map(|row| {
            let [_, figures @ ..] = row;
            figures.each_ref().map(|figure| figure.parse().ok().filter(|x: &f64| x.is_finite()))
        });
        let Some([Some(latitude), Some(longitude), Some(applicants), Some(merit_tilt)]) = figures
        else {
            return table.wrong(format!("no figures for municipality {code}"));
        };
        municipalities.push(Municipality {
            code,
            name,
            latitude,
            longitude,
            applicants,
            merit_tilt,
        });
    }
    Ok(municipalities)
}

/// Those outside the area.
pub(crate) fn outside(folder: &Path) -> Result<Vec<Municipality>, PopulationError> {
    let table = Table::read(folder, "assumed/outside-municipalities.csv")?;
    let mut outside = Vec::new();
    for [code, name, figures @ ..] in
        table.rows(["code", "name", "latitude", "longitude", "applicants"])?
    {
        let figures = figures.map(|figure| figure.parse().ok().filter(|x: &f64| x.is_finite()));
        let [Some(latitude), Some(longitude), Some(applicants)] = figures else {
            return table.wrong(format!("a figure of {name} is no number"));
        };
        outside.push(Municipality { code, name, latitude, longitude, applicants, merit_tilt: 0.0 });
    }
    Ok(outside)
}

/// The seats of ordinary offers (no introduction programmes, no units for a few pupils, none
/// that stand for a whole school), without repeats.
pub(crate) fn class_sizes(folder: &Path) -> Result<[Vec<u32>; 2], PopulationError> {
    let table = Table::read(folder, "published/seats-other-regions.csv")?;
    let mut sizes = [Vec::new(), Vec::new()];
    for [programme, places] in table.rows(["program", "places"])? {
        let code = programme.split(' ').next().unwrap_or_default();
        if code.starts_with("IM") {
            continue;
        }
        let Ok(seats) = places.parse() else {
            return table.wrong(format!("{programme}: {places} is no number of seats"));
        };
        let preparatory = ["EK", "ES", "HU", "NA", "SA", "TE"].contains(&code);
        if (8..=102).contains(&seats) {
            sizes[usize::from(preparatory)].push(seats);
        }
    }
    for seats in &mut sizes {
        seats.sort_unstable();
        seats.dedup();
        if seats.is_empty() {
            return table.wrong("no class sizes".into());
        }
    }
    Ok(sizes)
}
