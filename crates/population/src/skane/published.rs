//! The published figures and the generator's own assumptions, as they stand in the data folder.

use std::path::Path;

use super::table::Table;
use crate::PopulationError;

/// What the Skåne season is made from: `published/` and `assumed/` of a data folder.
#[derive(Debug, Clone)]
pub struct Published {
    pub(crate) offers: Vec<Offer>,
    pub(crate) municipalities: Vec<Municipality>,
    /// Real class sizes of other regions in rising order: vocational, preparatory.
    pub(crate) class_sizes: [Vec<u32>; 2],
}

/// One published offer.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// Index of its municipality.
    pub(crate) municipality: usize,
    pub(crate) school: String,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) independent: bool,
    /// As published; empty where no lowest merit was published.
    pub(crate) lowest: String,
    /// As published, whole points.
    pub(crate) mean: String,
    pub(crate) decided_by: DecidedBy,
}

/// What the published figures of an offer measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecidedBy {
    /// Merit alone.
    Merit,
    /// Merit and points of a skill test, or a selection of its own.
    Test,
}

#[derive(Debug, Clone)]
pub(crate) struct Municipality {
    pub(crate) code: String,
    name: String,
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

impl Offer {
    /// The lowest merit in points, where one was published.
    pub(crate) fn lowest_points(&self) -> Option<f64> {
        self.lowest.parse().ok()
    }

    /// The mean in points; published means are cut to whole points.
    pub(crate) fn mean_points(&self) -> f64 {
        self.mean.parse().unwrap_or(0.0)
    }
}

impl Published {
    /// Reads `published/final-admission.csv`, `published/municipalities.csv`,
    /// `published/seats-other-regions.csv`, `assumed/municipalities.csv` and
    /// `assumed/independent-schools.csv` below `folder`.
    ///
    /// # Errors
    /// [`PopulationError::Table`] with the file and, where known, the line.
    pub fn open(folder: &Path) -> Result<Self, PopulationError> {
        let municipalities = municipalities(folder)?;
        let independent: Vec<String> = Table::read(folder, "assumed/independent-schools.csv")?
            .rows(["school"])?
            .into_iter()
            .map(|[school]| school)
            .collect();
        let table = Table::read(folder, "published/final-admission.csv")?;
        let mut offers = Vec::new();
        for row in table.rows([
            "municipality",
            "school",
            "program_code",
            "program",
            "min_merit",
            "mean_merit",
        ])? {
            let [municipality, school, code, name, lowest, mean] = row;
            let home = municipalities.iter().position(|known| known.name == municipality);
            let Some(municipality) = home else {
                return table.wrong(format!("unknown municipality {municipality}"));
            };
            if !is_points(&mean) || !(lowest.is_empty() || is_points(&lowest)) {
                return table.wrong(format!("{school}, {name}: the merit is no number"));
            }
            let independent = independent.contains(&school);
            let decided_by = decided_by(&name, &lowest, &mean);
            offers.push(Offer {
                municipality,
                school,
                code,
                name,
                independent,
                lowest,
                mean,
                decided_by,
            });
        }
        if offers.is_empty() {
            return table.wrong("no offers".into());
        }
        let class_sizes = class_sizes(folder)?;
        Ok(Self { offers, municipalities, class_sizes })
    }
}

/// Offers with a skill test or a selection of their own: the name says so (`spetsutbildning`,
/// `särskild variant`), or a value above 340, which no merit reaches, does.
fn decided_by(name: &str, lowest: &str, mean: &str) -> DecidedBy {
    const GREATEST_MERIT: f64 = 340.0;
    let name = name.to_lowercase();
    let beyond = |text: &str| text.parse().is_ok_and(|points: f64| points > GREATEST_MERIT);
    if name.contains("spetsutbildning")
        || name.contains("särskild variant")
        || beyond(lowest)
        || beyond(mean)
    {
        DecidedBy::Test
    } else {
        DecidedBy::Merit
    }
}

fn is_points(text: &str) -> bool {
    text.parse().is_ok_and(|points: f64| (0.0..=2_000.0).contains(&points))
}

fn municipalities(folder: &Path) -> Result<Vec<Municipality>, PopulationError> {
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

/// The seats of ordinary offers (no introduction programmes, no units for a few pupils, none
/// that stand for a whole school), without repeats.
fn class_sizes(folder: &Path) -> Result<[Vec<u32>; 2], PopulationError> {
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
