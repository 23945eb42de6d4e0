//! What a season of any size is made from.

use crate::PopulationError;

/// The figures of a synthetic season.
///
/// ```
/// use antagning_population::Recipe;
/// let recipe = Recipe { seed: 7, ..Recipe::new(55_000, 1_500) };
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// Applicants, at most [`Recipe::MOST`].
    pub applicants: u32,
    /// Programmes, between 1 and [`Recipe::MOST`].
    pub programmes: u32,
    /// The same seed gives the same season, byte for byte, on every machine.
    pub seed: u64,
    /// Seats in all, per hundred applicants, at most [`Recipe::MOST_SEATS_PERCENT`].
    pub seats_percent: u32,
    /// The longest list of choices, between 1 and [`Recipe::LONGEST_LIST`].
    pub longest_list: u32,
}

impl Recipe {
    /// The seed of [`Recipe::new`], with which the committed Skåne season is made too.
    pub const DEFAULT_SEED: u64 = 1;
    /// The largest number of applicants or programmes.
    pub const MOST: u32 = 100_000_000;
    /// The most seats per hundred applicants.
    pub const MOST_SEATS_PERCENT: u32 = 1_000;
    /// The longest list of choices that a recipe may ask for.
    pub const LONGEST_LIST: u32 = 100;

    /// A recipe with 105 seats per hundred applicants, lists of 1–8 choices and the default seed.
    #[must_use]
    pub fn new(applicants: u32, programmes: u32) -> Self {
        Self {
            applicants,
            programmes,
            seed: Self::DEFAULT_SEED,
            seats_percent: 105,
            longest_list: 8,
        }
    }

    pub(crate) fn check(&self) -> Result<(), PopulationError> {
        let wrong = |text: String| Err(PopulationError::Recipe(text));
        if self.programmes == 0 {
            return wrong("a season needs at least one programme".into());
        }
        if self.applicants > Self::MOST || self.programmes > Self::MOST {
            return wrong(format!("at most {} applicants or programmes", Self::MOST));
        }
        if !(1..=Self::LONGEST_LIST).contains(&self.longest_list) {
            return wrong(format!("a list has between 1 and {} choices", Self::LONGEST_LIST));
        }
        if self.seats_percent > Self::MOST_SEATS_PERCENT {
            return wrong(format!(
                "at most {} seats per hundred applicants",
                Self::MOST_SEATS_PERCENT
            ));
        }
        Ok(())
    }
}
