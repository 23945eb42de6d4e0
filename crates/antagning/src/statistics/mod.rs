//! The tables that offices publish, with small counts suppressed.
//!
//! Each table is protected against readers who know the sums that its rows and columns share with
//! the other tables of the folder ([`CountTable`]); the shared sums themselves are made large
//! enough beforehand, by putting small categories together. So the tables need not be looked at
//! together: a shift inside one of them changes nothing in another.

mod areas;
mod audit;
mod choice_ranks;
mod count_table;
mod cross;
mod files;
mod grouping;
mod groups;
mod offers;
mod programmes;
mod register;
mod rounds;
mod skanegy;
mod study_paths;
mod summary;
mod suppression;
mod unplaced;

use std::path::{Path, PathBuf};

use antagning_formats::{RunFiles, StagedFolder};

use crate::error::Error;
use crate::run::Run;
use crate::season::Season;

use areas::Areas;
use audit::Audit;
use choice_ranks::ChoiceRanks;
use cross::Cross;
use offers::{Offer, protect_admitted, protect_first};
use register::{Fate, Register};
use study_paths::StudyPaths;
use unplaced::Unplaced;

pub use count_table::{CountTable, Interval};
pub use files::StatisticsFile;
pub use summary::{FileSummary, StatisticsSummary};
pub use suppression::Suppression;

/// The tables of a run, ready to be written.
#[derive(Clone, Debug)]
pub struct Statistics {
    files: Vec<StatisticsFile>,
    summary: StatisticsSummary,
}

impl Statistics {
    /// Counts a run of a season, which must be the season that the run was made of and a run that
    /// the verifier finds proven.
    ///
    /// O(choices), and for the suppression O(small counts × cells) in each table at worst.
    ///
    /// # Errors
    /// [`Error::OtherSeason`] when a file of the season is not the one that the run lists,
    /// [`Error::Violated`] when the run does not hold or one beside it that it continues is altered,
    /// [`Error::Rejected`] when it cannot be read.
    pub fn new(season: &Season, run: &Run, suppression: Suppression) -> Result<Self, Error> {
        run.refuse_other_season(&season.data.inputs)?;
        let proof = run.verify();
        if !proof.holds() {
            return Err(Error::Violated(Box::new(proof)));
        }
        let run_files = run.files()?;
        let mut tables = Tables::new(season, &run_files, suppression);
        let offers = &mut tables.offers;
        let earlier = rounds::protect(season, run, &run_files, offers, suppression)?;
        let files = files::all(season, run.manifest(), &tables, &earlier);
        let summary = StatisticsSummary::new(run.manifest(), suppression, &tables, &files);
        Ok(Self { files, summary })
    }

    /// The tables as they will be written, in the order of their names.
    #[must_use]
    pub fn files(&self) -> &[StatisticsFile] {
        &self.files
    }

    /// What was counted, and how much of it is hidden.
    #[must_use]
    pub fn summary(&self) -> &StatisticsSummary {
        &self.summary
    }

    /// Writes the folder, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `out` or the file system refuses.
    pub fn write(&self, out: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let out = out.as_ref();
        self.write_files(out).map_err(|source| Error::Output { path: out.to_owned(), source })
    }

    fn write_files(&self, out: &Path) -> std::io::Result<PathBuf> {
        let folder = StagedFolder::new(out)?;
        for file in &self.files {
            folder.write(file.name(), &file.to_csv()?)?;
        }
        let mut text = serde_json::to_string_pretty(&self.summary)?;
        text.push('\n');
        folder.write("statistics.json", text.as_bytes())?;
        folder.publish()
    }
}

/// All that is counted, with what is hidden.
#[derive(Clone, Debug)]
struct Tables {
    register: Register,
    offers: Vec<Offer>,
    areas: Areas,
    first_choices: Cross,
    admitted: Cross,
    choice_ranks: ChoiceRanks,
    unplaced: Unplaced,
    audit: Audit,
}

/// Sides of the tables that cannot be published at all, since a total is small or a number would
/// be told whatever else is hidden.
#[derive(Clone, Copy, Debug, Default)]
struct Withheld {
    first_choices: bool,
    admitted: bool,
}

impl Tables {
    fn new(season: &Season, files: &RunFiles, suppression: Suppression) -> Self {
        let programmes = &season.data.programmes;
        let mut audit = Audit::new(suppression);
        let register = Register::new(season, files, suppression);
        let mut offers = Offer::all(season, files);
        offers.iter_mut().for_each(|offer| offer.hide_local(suppression));
        let paths = StudyPaths::new(programmes, &offers, season.rule_set(), suppression);

        let [chose, placed, unplaced] = register.totals().map(|count| suppression.hides(count));
        let mut withheld = Withheld { first_choices: chose || unplaced, admitted: chose || placed };
        let areas =
            protect_offers(season, &mut offers, &paths, suppression, &mut withheld, &mut audit);
        offers.iter_mut().for_each(|offer| offer.hide_groups(suppression));

        let (homes, schools) = (register.home_names.len(), areas.len());
        let of_first = register.first.iter().zip(&register.home);
        let of_first = of_first.filter_map(|(offer, home)| Some((*home, areas.of[(*offer)?])));
        let mut first_choices = Cross::count(homes, schools, of_first);
        let of_placed = register.fate.iter().zip(&register.home);
        let of_placed = of_placed.filter_map(|(fate, home)| match fate {
            Fate::Placed { programme, .. } => Some((*home, areas.of[*programme])),
            _ => None,
        });
        let mut admitted = Cross::count(homes, schools, of_placed);
        let mut choice_ranks = ChoiceRanks::new(&register, &paths, suppression, &mut audit);
        let mut unplaced = Unplaced::new(&register, suppression, &mut audit);
        if withheld.first_choices {
            first_choices.withhold();
        } else {
            first_choices.protect(suppression, &mut audit);
        }
        if withheld.admitted {
            admitted.withhold();
        } else {
            admitted.protect(suppression, &mut audit);
        }
        if withheld.first_choices || withheld.admitted {
            // Who chose less who is placed is who is unplaced: none of the three may tell another.
            choice_ranks.withhold();
            unplaced.withhold();
        }
        Self { register, offers, areas, first_choices, admitted, choice_ranks, unplaced, audit }
    }
}

/// Protects the figures of the offers. A school municipality whose sums would tell a hidden number
/// is published together with others; a side that no such blurring saves is withheld.
fn protect_offers(
    season: &Season,
    offers: &mut [Offer],
    paths: &StudyPaths,
    suppression: Suppression,
    withheld: &mut Withheld,
    audit: &mut Audit,
) -> Areas {
    let programmes = &season.data.programmes;
    let mut blurred: Vec<String> = Vec::new();
    loop {
        let areas = Areas::new(programmes, offers, &blurred, suppression);
        let admitted =
            (!withheld.admitted).then(|| protect_admitted(offers, &areas, suppression)).transpose();
        let first = (!withheld.first_choices)
            .then(|| protect_first(offers, &areas, &paths.of, paths.names.len(), suppression))
            .transpose();
        if let (Ok(admitted), Ok(first)) = (&admitted, &first) {
            admitted.iter().chain(first).for_each(|table| audit.add(table));
            for offer in offers.iter_mut() {
                offer.hides_admitted |= withheld.admitted;
                offer.hides_first |= withheld.first_choices;
            }
            return areas;
        }
        let pinned = admitted.as_ref().err().into_iter().chain(first.as_ref().err()).flatten();
        let mut names: Vec<String> = pinned.map(|area| areas.names[*area].clone()).collect();
        names.retain(|name| !blurred.contains(name) && name != grouping::OTHER);
        if names.is_empty() {
            // The combined municipalities are not enough: another one must join them.
            let alone = areas.names.iter().find(|name| *name != grouping::OTHER);
            names.extend(alone.filter(|name| !blurred.contains(name)).cloned());
        }
        if names.is_empty() {
            withheld.admitted |= admitted.is_err();
            withheld.first_choices |= first.is_err();
        }
        blurred.append(&mut names);
    }
}
