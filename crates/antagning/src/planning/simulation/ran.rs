//! What a run of a scenario came to.

use crate::planning::simulation::sheet::Sheet;

/// A run of a scenario: its figures, and the ids and titles of the offers that they are about.
pub(super) struct Ran {
    pub(super) sheet: Sheet,
    /// For each offer its number in the base; `None` when they are those of the base.
    pub(super) offers: Option<RanOffers>,
}

/// The offers of a season that is not the base.
pub(super) struct RanOffers {
    pub(super) source: Vec<Option<u32>>,
    pub(super) ids: Vec<String>,
    pub(super) titles: Vec<String>,
    /// The names of the quota groups by offer.
    pub(super) groups: Vec<Vec<String>>,
    /// How many list each offer, and how many have it first.
    pub(super) wanted: Vec<(u32, u32)>,
}
