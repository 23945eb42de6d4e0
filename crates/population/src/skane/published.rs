//! The published figures and the generator's own assumptions, as they stand in the data folder.

use std::path::Path;

use super::places::{Municipality, class_sizes, municipalities, outside};
use super::selection::{Last, Selection, Test, selections};
use super::table::Table;
use crate::PopulationError;

/// What the Skåne season is made from: `published/` and `assumed/` of a data folder.
#[derive(Debug, Clone)]
pub struct Published {
    pub(crate) offers: Vec<Offer>,
    /// Those of the area.
    pub(crate) municipalities: Vec<Municipality>,
    /// Those outside it that a few applicants come from.
    pub(crate) outside: Vec<Municipality>,
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
    /// Its quota groups, when it has any.
    pub(crate) selection: Option<Selection>,
}

/// What the published figures of an offer measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecidedBy {
    /// Merit alone.
    Merit,
    /// Merit and points of a skill test, or a selection of its own.
    Test,
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

    /// What the group asks for that the published figures are about.
    pub(crate) fn last_group(&self) -> Last {
        self.selection.as_ref().map_or(Last::Merit, |selection| selection.last)
    }

    /// Its skill test.
    pub(crate) fn test(&self) -> Option<Test> {
        self.selection.as_ref()?.test
    }

    /// Whether merit alone can bring anybody in.
    pub(crate) fn merit_suffices(&self) -> bool {
        self.last_group() == Last::Merit
    }

    /// Whether it takes pupils from the whole country in first hand (assumed by name and code).
    pub(crate) fn is_nationwide(&self) -> bool {
        self.name.contains("petsutbildning") || ["FL", "FO", "FI", "DS"].contains(&&*self.code)
    }
}

impl Published {
    /// Reads `published/final-admission.csv`, `published/municipalities.csv`,
    /// `published/seats-other-regions.csv`, `assumed/municipalities.csv`,
    /// `assumed/outside-municipalities.csv`, `assumed/independent-schools.csv` and
    /// `assumed/quota-groups.csv` below `folder`.
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
                selection: None,
            });
        }
        if offers.is_empty() {
            return table.wrong("no offers".into());
        }
        for ([school, program], selection) in selections(folder)? {
            let of = |offer: &&mut Offer| offer.school == school && offer.name == program;
            let mut found = false;
            for offer in offers.iter_mut().filter(of) {
                offer.selection = Some(selection.clone());
                found = true;
            }
            if !found {
                return table.wrong(format!("{school}, {program}: quota groups of no offer"));
            }
        }
        let class_sizes = class_sizes(folder)?;
        let outside = outside(folder)?;
        Ok(Self { offers, municipalities, outside, class_sizes })
    }

    /// A home municipality: those of the area first, then those outside.
    pub(crate) fn home(&self, index: usize) -> &Municipality {
        let beyond = index.wrapping_sub(self.municipalities.len());
        self.outside.get(beyond).unwrap_or_else(|| &self.municipalities[index])
    }

    /// All home municipalities by index.
    pub(crate) fn homes(&self) -> impl Iterator<Item = &Municipality> {
        self.municipalities.iter().chain(&self.outside)
    }

    /// Whether the offer takes somebody who lives there in second hand, after all others: a
    /// municipal school, and no education for the whole country (SkolL 16 kap. 43–47 §§).
    pub(crate) fn is_second_hand(&self, home: usize, offer: usize) -> bool {
        let offer = &self.offers[offer];
        self.is_outside(home) && !offer.independent && !offer.is_nationwide()
    }

    /// Whether that home municipality lies outside the area.
    pub(crate) fn is_outside(&self, home: usize) -> bool {
        home >= self.municipalities.len()
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
