//! A season made ready for draws: the base, or what a scenario makes of it.

use antagning_formats::Listed;
use antagning_rules::{Assessment, LotteryScope};

use crate::planning::simulation::base::Edited;
use crate::planning::simulation::sheet::Schools;
use crate::planning::simulation::uncertainty::luck::Hash;
use crate::season::Season;

/// What all draws of a season share.
pub(super) struct Subject<'s> {
    pub(super) assessment: &'s Assessment<'s>,
    /// The number of each applicant's id.
    pub(super) persons: Vec<u64>,
    /// The number of each programme's id, where lots are drawn at each.
    pub(super) programmes: Option<Vec<u64>>,
    /// Whoever officials have placed, or who holds a seat: there once in every cohort.
    pub(super) fixed: Vec<bool>,
    /// Where the season is not the base.
    pub(super) edited: Option<&'s Edited>,
    /// Where the choices of each applicant of the base begin.
    pub(super) base_offsets: &'s [u32],
    pub(super) schools: Schools,
    /// Seats by offer and quota group, as figures are told.
    pub(super) seats: Vec<u32>,
}

impl<'s> Subject<'s> {
    /// `seats` are those that figures are told with. Of an edited season, whoever the base's
    /// `fixed` holds is so here as well, but not their copies.
    pub(super) fn new(
        (season, assessment): (&'s Season, &'s Assessment<'s>),
        edited: Option<(&'s Edited, &[bool])>,
        base_offsets: &'s [u32],
        seats: Vec<u32>,
    ) -> Self {
        let (hash, data) = (Hash::new(), &season.data);
        let persons = data.applicant_ids.iter().map(|id| hash.of(id)).collect();
        let at_each = season.plan.lottery.scope() == LotteryScope::Programme;
        let programmes =
            at_each.then(|| data.programmes.ids.iter().map(|id| hash.of(id)).collect());
        let goes_first = |row: usize| assessment.ruling(row).goes_first();
        let fixed = (0..data.applicant_ids.len()).map(|applicant| {
            let in_base = edited.is_some_and(|(edited, fixed)| {
                let (source, is_copy) = edited.applicant[applicant];
                !is_copy && fixed[source as usize]
            });
            in_base || data.choices.of(applicant).any(goes_first)
        });
        Self {
            fixed: fixed.collect(),
            assessment,
            persons,
            programmes,
            edited: edited.map(|(edited, _)| edited),
            base_offsets,
            schools: Schools::of(season),
            seats,
        }
    }

    /// The applicant of the base whose data these are, and whether it is a copy.
    pub(super) fn source(&self, applicant: usize) -> (usize, bool) {
        self.edited.map_or((applicant, false), |edited| {
            let (source, is_copy) = edited.applicant[applicant];
            (source as usize, is_copy)
        })
    }

    /// The choices of an applicant: rows of the dossiers.
    pub(super) fn list(&self, applicant: usize) -> std::ops::Range<usize> {
        let offsets = self.assessment.dossiers().offsets;
        offsets[applicant] as usize..offsets[applicant + 1] as usize
    }

    /// How many choices an applicant of the base stated.
    pub(super) fn stated(&self, source: usize) -> usize {
        (self.base_offsets[source + 1] - self.base_offsets[source]) as usize
    }

    /// The place in the list that the source stated of the choice that a row comes from, and where
    /// the row stands beside it; and the same of the offer itself, as [`Edited::same`] has it.
    pub(super) fn origin(&self, row: usize, source: usize) -> [(u32, Listed); 2] {
        let itself = (row as u32, Listed::Itself);
        let rows = self.edited.map_or([itself; 2], |edited| [edited.choice[row], edited.same[row]]);
        rows.map(|(row, listed)| (row - self.base_offsets[source], listed))
    }
}
