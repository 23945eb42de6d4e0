//! The admission under examination, as borrowed columns.

use std::ops::Range;

use crate::columns::{Columns, Ties};
use crate::division::{Division, divisions};
use crate::groups::Groups;
use crate::shape::{ShapeError, offsets_fit, same_length};
use crate::standing::{Standing, standings};

/// Stands for "no choice" and "no applicant" in columns of 32-bit indices.
pub(crate) const NONE: u32 = u32::MAX;

/// An admission whose columns are known to fit together.
#[derive(Debug)]
pub struct Case<'a, K> {
    pub(crate) seats: &'a [u32],
    pub(crate) offsets: &'a [usize],
    pub(crate) programme: &'a [u32],
    pub(crate) key: &'a [K],
    pub(crate) score: &'a [u64],
    pub(crate) placement: &'a [Option<u32>],
    by_hand: &'a [bool],
    pub(crate) ties: Ties,
    /// The quota groups, when any programme has them.
    pub(crate) groups: Option<Groups<'a>>,
    /// The choice through which each applicant holds a place; `NONE` when they hold none or one
    /// that is not on their list.
    held: Vec<u32>,
    /// Where each programme stands.
    pub(crate) standings: Vec<Standing>,
    /// Whom each programme with groups ought to have.
    pub(crate) divisions: Vec<Division>,
}

impl<'a, K: Ord> Case<'a, K> {
    /// Checks that the columns belong together, and notes who holds and who claims each programme.
    ///
    /// O(choices + programmes), and at programmes with groups what it takes to choose once; keeps
    /// 4 bytes an applicant, 28 a programme and 16 a choice of a programme with groups.
    ///
    /// # Errors
    ///
    /// The first fault of shape that stands in the way: see [`ShapeError`]. A placement that is
    /// off the applicant's list is not such a fault but something for [`check`](crate::check).
    pub fn new(columns: Columns<'a, K>) -> Result<Self, ShapeError> {
        let Columns { seats, offsets, programme, key, score, placement, by_hand, ties, groups } =
            columns;
        let choices = programme.len();
        offsets_fit(("offsets", offsets), placement.len(), ("programme", choices))?;
        same_length("key", choices, key.len())?;
        same_length("score", choices, score.len())?;
        if !by_hand.is_empty() {
            same_length("by_hand", choices, by_hand.len())?;
        }
        if [choices, seats.len(), placement.len()].iter().any(|&n| n >= NONE as usize) {
            return Err(ShapeError::TooLarge);
        }
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
        let groups = match groups {
            Some(columns) => Groups::new(columns, seats, programme, placement.len())?,
            None => None,
        };
        if groups.is_some() && ties != Ties::Strict {
            return Err(ShapeError::TiesAmongGroups);
        }
        let mut case = Self {
            seats,
            offsets,
            programme,
            key,
            score,
            placement,
            by_hand,
            ties,
            groups,
            held,
            standings: Vec::new(),
            divisions: Vec::new(),
        };
        case.standings = standings(&case);
        case.divisions = divisions(&case);
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

    /// Whether an official placed the applicant through the choice.
    pub(crate) fn by_hand(&self, choice: usize) -> bool {
        self.by_hand.get(choice) == Some(&true)
    }

    /// Whether the programme has quota groups.
    pub(crate) fn has_groups(&self, programme: usize) -> bool {
        self.groups.as_ref().is_some_and(|groups| groups.has(programme))
    }

    /// Whom a programme with groups has and ought to have.
    pub(crate) fn division(&self, programme: usize) -> Option<&Division> {
        let at = self.divisions.binary_search_by_key(&programme, |division| division.programme);
        at.ok().map(|at| &self.divisions[at])
    }
}
