//! The admission under examination, as borrowed columns.

use std::ops::Range;

use crate::shape::{ShapeError, same_length};
use crate::standing::{Standing, standings};

/// Stands for "no choice" and "no applicant" in columns of 32-bit indices.
pub(crate) const NONE: u32 = u32::MAX;

/// The columns that [`Case::new`] takes: a market and its placements as plain data.
///
/// Applicants and programmes are numbered from 0. Only choices that take part in the admission
/// belong here, that is, those where the applicant is eligible and received.
#[derive(Debug)]
pub struct Columns<'a, K> {
    /// Seats of each programme.
    pub seats: &'a [u32],
    /// Where each applicant's choices begin; one entry more than there are applicants, so that
    /// those of applicant `a` are `offsets[a]..offsets[a + 1]`, most wanted first.
    pub offsets: &'a [usize],
    /// The programme of each choice.
    pub programme: &'a [u32],
    /// The priority of each choice at its programme: the **greater** key goes first. Keys are
    /// compared within a programme only.
    pub key: &'a [K],
    /// The score of each choice as it is published, in ten-thousandths of a point.
    pub score: &'a [u64],
    /// The programme where each applicant is placed.
    pub placement: &'a [Option<u32>],
}

/// An admission whose columns are known to fit together.
#[derive(Debug)]
pub struct Case<'a, K> {
    pub(crate) seats: &'a [u32],
    pub(crate) offsets: &'a [usize],
    pub(crate) programme: &'a [u32],
    pub(crate) key: &'a [K],
    pub(crate) score: &'a [u64],
    pub(crate) placement: &'a [Option<u32>],
    /// The choice through which each applicant holds a place; `NONE` when they hold none or one
    /// that is not on their list.
    held: Vec<u32>,
    /// Where each programme stands.
    pub(crate) standings: Vec<Standing>,
}

impl<'a, K: Ord> Case<'a, K> {
    /// Checks that the columns belong together, and notes who holds and who claims each programme.
    ///
    /// O(choices + programmes); keeps 4 bytes an applicant and 20 a programme.
    ///
    /// # Errors
    ///
    /// The first fault of shape that stands in the way: see [`ShapeError`]. A placement that is
    /// off the applicant's list is not such a fault but something for [`check`](crate::check).
    pub fn new(columns: Columns<'a, K>) -> Result<Self, ShapeError> {
        let Columns { seats, offsets, programme, key, score, placement } = columns;
        let choices = programme.len();
        same_length("offsets", placement.len() + 1, offsets.len())?;
        same_length("key", choices, key.len())?;
        same_length("score", choices, score.len())?;
        if [choices, seats.len(), placement.len()].iter().any(|&n| n >= NONE as usize) {
            return Err(ShapeError::TooLarge);
        }
        if offsets[0] != 0 {
            return Err(ShapeError::Offsets { position: 0 });
        }
        if let Some(at) = offsets.windows(2).position(|w| w[1] < w[0] || w[1] > choices) {
            return Err(ShapeError::Offsets { position: at + 1 });
        }
        same_length("programme", offsets[placement.len()], choices)?;
        let known = |q: u32| (q as usize) < seats.len();
        if let Some(position) = placement.iter().position(|p| p.is_some_and(|q| !known(q))) {
            return Err(ShapeError::UnknownProgramme { column: "placement", position });
        }
        if let Some(position) = programme.iter().position(|&q| !known(q)) {
            return Err(ShapeError::UnknownProgramme { column: "programme", position });
        }

        let mut last_lister = vec![NONE; seats.len()];
        let mut held = vec![NONE; placement.len()];
        for (applicant, list) in offsets.windows(2).enumerate() {
            for (&q, choice) in programme[list[0]..list[1]].iter().zip(list[0]..) {
                let lister = &mut last_lister[q as usize];
                if *lister == applicant as u32 {
                    return Err(ShapeError::RepeatedChoice { applicant, programme: q as usize });
                }
                *lister = applicant as u32;
                if placement[applicant] == Some(q) {
                    held[applicant] = choice as u32;
                }
            }
        }
        let none = Vec::new();
        let mut case =
            Self { seats, offsets, programme, key, score, placement, held, standings: none };
        case.standings = standings(&case);
        Ok(case)
    }

    /// The number of applicants.
    #[must_use]
    pub fn applicants(&self) -> usize {
        self.placement.len()
    }

    /// The number of programmes.
    #[must_use]
    pub fn programmes(&self) -> usize {
        self.seats.len()
    }

    /// The number of choices that take part.
    #[must_use]
    pub fn choices(&self) -> usize {
        self.programme.len()
    }

    /// The choice through which the applicant holds a place that is on their list.
    pub(crate) fn held(&self, applicant: usize) -> Option<usize> {
        let choice = self.held[applicant];
        (choice != NONE).then_some(choice as usize)
    }

    /// All choices of the applicant, most wanted first.
    pub(crate) fn list_of(&self, applicant: usize) -> Range<usize> {
        self.offsets[applicant]..self.offsets[applicant + 1]
    }

    /// The applicant's choices that they prefer to what they have: their claims.
    ///
    /// Those above the placement; all of them without a placement, or with one off the list. So
    /// the choice right after the last claim, if the list goes on, is the one that is granted.
    pub(crate) fn claims_of(&self, applicant: usize) -> Range<usize> {
        let end = self.held(applicant).unwrap_or(self.offsets[applicant + 1]);
        self.offsets[applicant]..end
    }

    /// Whose list the choice stands in. O(log applicants).
    pub(crate) fn applicant_of(&self, choice: usize) -> usize {
        self.offsets.partition_point(|&start| start <= choice) - 1
    }

    /// The programme of a choice, as an index.
    pub(crate) fn programme_of(&self, choice: usize) -> usize {
        self.programme[choice] as usize
    }
}
