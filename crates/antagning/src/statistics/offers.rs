//! The figures of each offer and of its quota groups, and which of them are hidden.

use antagning_formats::{ProgrammeTable, RunFiles};

use crate::season::Season;
use crate::statistics::areas::Areas;
use crate::statistics::count_table::CountTable;
use crate::statistics::groups::{Group, reserves_tell};
use crate::statistics::suppression::Suppression;

/// The figures of a row: of an offer as a whole, or of one quota group. Scores are
/// ten-thousandths.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    pub(super) seats: u64,
    pub(super) admitted: u64,
    pub(super) vacant: u64,
    pub(super) reserves: u64,
    pub(super) kind: String,
    pub(super) cutoff: Option<u64>,
    pub(super) median: Option<u64>,
    pub(super) mean: Option<u64>,
    /// Everything that tells of the admitted is hidden: `admitted`, `vacant`, `reserves` and the
    /// cutoff with its kind, median and mean, since a reserve means that every seat is taken.
    pub(super) hides_admitted: bool,
    /// `reserves` is hidden.
    pub(super) hides_reserves: bool,
    /// `kind` is hidden.
    pub(super) hides_kind: bool,
}

/// One offer.
#[derive(Clone, Debug, Default)]
pub(super) struct Offer {
    pub(super) applicants: u64,
    pub(super) first: u64,
    /// The figures of the offer as a whole.
    pub(super) total: Figures,
    /// Its quota groups where there are several, in order of precedence; a single one has the
    /// figures of the whole.
    pub(super) groups: Vec<Group>,
    /// `applicants` is hidden.
    pub(super) hides_applicants: bool,
    /// `first` is hidden.
    pub(super) hides_first: bool,
    /// Whether somebody waits is hidden, since it would tell how many a group admitted; so is all
    /// that the groups' rows say of the admitted.
    pub(super) hides_waiting: bool,
}

impl Figures {
    /// The figures of a row of the run. Where humans made the order, no score says anything about
    /// who was admitted.
    fn read(table: &ProgrammeTable, row: usize) -> Self {
        let [seats, _, _, admitted, vacant, reserves] = table.counts[row].map(u64::from);
        let kind = table.cutoff_kind.get(row).to_owned();
        let scores = if kind == "manual" { [None; 3] } else { table.scores[row] };
        let [cutoff, median, mean] = scores;
        Self { seats, admitted, vacant, reserves, kind, cutoff, median, mean, ..Self::default() }
    }
}

impl Offer {
    /// The offers of a run, numbered as the season's programmes; nothing is hidden yet.
    pub(super) fn all(season: &Season, files: &RunFiles) -> Vec<Self> {
        let groups = |programme: usize| match season.selection.quotas.of(programme) {
            [] | [_] => Vec::new(),
            several => several.iter().map(Group::new).collect(),
        };
        let mut offers: Vec<Self> = (0..season.data.programmes.ids.len())
            .map(|programme| Self { groups: groups(programme), ..Self::default() })
            .collect();
        let table = &files.programmes;
        let rows = table.programme_id.iter().zip(table.quota_group.iter());
        for (row, (id, group)) in rows.enumerate() {
            let Some(programme) = season.data.programmes.ids.find(id) else { continue };
            let offer = &mut offers[programme as usize];
            let figures = Figures::read(table, row);
            if group.is_empty() {
                let [_, applicants, first, ..] = table.counts[row].map(u64::from);
                (offer.applicants, offer.first, offer.total) = (applicants, first, figures);
            } else if let Some(known) = offer.groups.iter_mut().find(|known| known.name == group) {
                known.figures = figures;
            }
        }
        offers
    }

    /// Hides what concerns the offer alone: small numbers of applicants and of reserves, and
    /// numbers that would tell a small rest (not a first choice; neither admitted nor reserve;
    /// waiting in one group and not in another).
    ///
    /// A hidden number of applicants can be any larger one: nothing else is summed from it. A
    /// hidden number of reserves can be any larger one up to the rest, which is unpublished; where
    /// the rest is too small to give way, the number of applicants is hidden with it.
    pub(super) fn hide_local(&mut self, suppression: Suppression) {
        let not_first = self.applicants.saturating_sub(self.first);
        let (rest, reserves) = (self.rest(), self.total.reserves);
        let tight = |slack: u64| slack < suppression.wanted_reach();
        self.total.hides_reserves = suppression.hides(reserves);
        self.hides_applicants =
            [self.applicants, not_first, rest].into_iter().any(|count| suppression.hides(count))
                || self.total.hides_reserves && tight(rest)
                || suppression.hides(self.first) && tight(not_first);
        let hides_groups =
            self.total.hides_reserves || reserves_tell(reserves, &self.groups, suppression);
        self.groups.iter_mut().for_each(|group| group.figures.hides_reserves = hides_groups);
    }

    /// Hides whether somebody waits, and what the groups' rows say of the admitted.
    pub(super) fn hide_waiting(&mut self) {
        self.hides_waiting = true;
        self.total.hides_kind = true;
        self.total.hides_reserves = true;
    }

    /// Hides everything that tells of the admitted.
    pub(super) fn withhold_admitted(&mut self) {
        let groups = self.groups.iter_mut().map(|group| &mut group.figures);
        groups.chain([&mut self.total]).for_each(|figures| figures.hides_admitted = true);
    }

    /// Applicants who are neither admitted nor reserves: ineligible, or admitted higher up.
    fn rest(&self) -> u64 {
        self.applicants.saturating_sub(self.total.admitted + self.total.reserves)
    }

    /// How many more could be admitted for all that a reader knows.
    pub(super) fn room_for_admitted(&self) -> u64 {
        let vacant = self.total.vacant;
        if self.hides_applicants { vacant } else { vacant.min(self.rest()) }
    }

    fn room_for_first(&self) -> u64 {
        if self.hides_applicants { u64::MAX } else { self.applicants.saturating_sub(self.first) }
    }
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
