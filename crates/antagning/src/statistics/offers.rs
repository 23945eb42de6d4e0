//! The figures of each offer and of its quota groups, and which of them are hidden.

use antagning_formats::{ProgrammeTable, RunFiles};

use crate::season::Season;
use crate::statistics::areas::Areas;
use crate::statistics::count_table::CountTable;
use crate::statistics::groups::{Group, reserves_tell, total_tells};
use crate::statistics::suppression::Suppression;

/// The figures of one offer. Scores are ten-thousandths.
#[derive(Clone, Debug, Default)]
pub(super) struct Offer {
    pub(super) seats: u64,
    pub(super) applicants: u64,
    pub(super) first: u64,
    pub(super) admitted: u64,
    pub(super) vacant: u64,
    pub(super) reserves: u64,
    pub(super) kind: String,
    pub(super) cutoff: Option<u64>,
    pub(super) median: Option<u64>,
    pub(super) mean: Option<u64>,
    /// In order of precedence.
    pub(super) groups: Vec<Group>,
    /// `applicants` is hidden.
    pub(super) hides_applicants: bool,
    /// `first` is hidden.
    pub(super) hides_first: bool,
    /// Everything that tells of the admitted is hidden: `admitted`, `vacant`, `reserves` and the
    /// cutoff with its kind, median and mean, since a reserve means that every seat is taken.
    pub(super) hides_admitted: bool,
    /// `reserves` is hidden.
    pub(super) hides_reserves: bool,
    /// `mean` is hidden, here and in the rows of all groups.
    pub(super) hides_mean: bool,
    /// Everything but the seats is hidden in the rows of all groups.
    pub(super) hides_groups: bool,
    /// `reserves` is hidden in the rows of all groups.
    pub(super) hides_group_reserves: bool,
}

impl Offer {
    /// The offers of a run, numbered as the season's programmes; nothing is hidden yet.
    pub(super) fn all(season: &Season, files: &RunFiles) -> Vec<Self> {
        let table = &files.programmes;
        let groups = |programme: usize| season.selection.quotas.of(programme).iter();
        let mut offers: Vec<Self> = (0..season.data.programmes.ids.len())
            .map(|offer| Self {
                groups: groups(offer).map(Group::new).collect(),
                ..Self::default()
            })
            .collect();
        for (row, id) in table.programme_id.iter().enumerate() {
            let Some(programme) = season.data.programmes.ids.find(id) else { continue };
            let offer = &mut offers[programme as usize];
            match table.quota_group.get(row) {
                "" => offer.read(table, row),
                name => {
                    let group = offer.groups.iter_mut().find(|group| group.name == name);
                    group.into_iter().for_each(|group| group.read(table, row));
                }
            }
        }
        offers
    }

    /// Takes the figures of the offer's own row of the run.
    fn read(&mut self, table: &ProgrammeTable, row: usize) {
        let counts = table.counts[row].map(u64::from);
        [self.seats, self.applicants, self.first, self.admitted, self.vacant, self.reserves] =
            counts;
        table.cutoff_kind.get(row).clone_into(&mut self.kind);
        [self.cutoff, self.median, self.mean] = table.scores[row];
    }

    /// Whether an average of the offer or of one of its groups is hidden.
    pub(super) fn hides(&self, mean: Option<u64>) -> bool {
        self.hides_mean && mean.is_some()
    }

    /// Hides what concerns the offer alone: small numbers of applicants and of reserves, and
    /// numbers that would tell a small rest (not a first choice; neither admitted nor reserve).
    ///
    /// A hidden number of applicants can be any larger one: nothing else is summed from it. A
    /// hidden number of reserves can be any larger one up to the rest, which is unpublished; where
    /// the rest is too small to give way, the number of applicants is hidden with it.
    pub(super) fn hide_local(&mut self, suppression: Suppression) {
        let not_first = self.applicants.saturating_sub(self.first);
        let rest = self.rest();
        let tight = |slack: u64| slack < suppression.wanted_reach();
        self.hides_reserves = suppression.hides(self.reserves);
        self.hides_applicants =
            [self.applicants, not_first, rest].into_iter().any(|count| suppression.hides(count))
                || self.hides_reserves && tight(rest)
                || suppression.hides(self.first) && tight(not_first);
    }

    /// Hides the rows of the quota groups, all or none of them, once it is settled what the offer's
    /// own row hides: where that hides a number, a part of it could tell it; where a group has a
    /// small number, the total less the other groups would.
    pub(super) fn hide_groups(&mut self, suppression: Suppression) {
        let is_small = |group: &Group| suppression.hides(group.admitted);
        self.hides_groups = self.hides_admitted || self.groups.iter().any(is_small);
        self.hides_group_reserves = self.hides_groups
            || self.hides_reserves
            || reserves_tell(&self.groups, self.reserves, suppression);
    }

    /// Applicants who are neither admitted nor reserves: ineligible, or admitted higher up.
    fn rest(&self) -> u64 {
        self.applicants.saturating_sub(self.admitted + self.reserves)
    }

    /// How many more could be admitted for all that a reader knows.
    fn room_for_admitted(&self) -> u64 {
        if self.hides_applicants { self.vacant } else { self.vacant.min(self.rest()) }
    }

    fn room_for_first(&self) -> u64 {
        if self.hides_applicants { u64::MAX } else { self.applicants.saturating_sub(self.first) }
    }
}

/// Hides numbers of admitted, with the sum of each school area taken as known. Gives the areas
/// whose sum would tell a hidden number whatever else is hidden.
pub(super) fn protect_admitted(
    offers: &mut [Offer],
    areas: &Areas,
    suppression: Suppression,
) -> Result<CountTable, Vec<usize>> {
    let mut table = CountTable::new(areas.len(), areas.len());
    for (offer, area) in offers.iter().zip(&areas.of) {
        let cell = table.push_with_room(*area, *area, offer.admitted, offer.room_for_admitted());
        if total_tells(&offer.groups, offer.reserves, suppression) {
            table.protect_cell(cell);
        }
    }
    let outcome = table.protect(suppression);
    outcome.map_err(|pinned| pinned.iter().map(|offer| areas.of[*offer]).collect::<Vec<_>>())?;
    for (number, offer) in offers.iter_mut().enumerate() {
        offer.hides_admitted = table.is_hidden(number);
    }
    Ok(table)
}

/// Hides numbers of first choices, with the sums of each school area and of each study path taken
/// as known. Gives the areas whose sum would tell a hidden number whatever else is hidden.
pub(super) fn protect_first(
    offers: &mut [Offer],
    areas: &Areas,
    path_of: &[usize],
    paths: usize,
    suppression: Suppression,
) -> Result<CountTable, Vec<usize>> {
    let mut table = CountTable::new(areas.len(), paths);
    for ((offer, area), path) in offers.iter().zip(&areas.of).zip(path_of) {
        table.push_with_room(*area, *path, offer.first, offer.room_for_first());
    }
    let outcome = table.protect(suppression);
    outcome.map_err(|pinned| pinned.iter().map(|offer| areas.of[*offer]).collect::<Vec<_>>())?;
    for (number, offer) in offers.iter_mut().enumerate() {
        offer.hides_first = table.is_hidden(number);
    }
    Ok(table)
}
