//! Who moved, from where and to where.

use std::collections::BTreeMap;

use crate::market::Index;
use crate::{ApplicantIx, ProgrammeIx};

use super::journal::Step;

/// What a change of an [`Incremental`](super::Incremental) did.
#[derive(Clone, Copy, Debug)]
pub struct Moves<'a> {
    pub(super) index: &'a Index,
    pub(super) steps: &'a [Step],
}

/// One applicant's move from one placement to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Move {
    /// Who moved.
    pub applicant: ApplicantIx,
    /// What they had; `None` is no placement.
    pub from: Option<Placement>,
    /// What they got; `None` is no placement.
    pub to: Option<Placement>,
}

/// Where somebody is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Placement {
    /// The programme.
    pub programme: ProgrammeIx,
    /// The quota group (counted from 0) that took them, when the programme has any.
    pub group: Option<usize>,
    /// The position (counted from 0) of the programme in their list.
    pub choice: usize,
}

impl Moves<'_> {
    /// Every move, in the order of the chain: after a rejection chain's move comes that of whoever
    /// was displaced by it, after a vacancy chain's that of whoever takes the seat left, and after
    /// the chain the cycles, in which everybody takes the seat that the next one leaves. Nobody
    /// else moved, but some may have moved to and fro: see [`net`](Self::net).
    ///
    /// A move between groups of one programme is a move.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Move> {
        let Self { index, steps } = *self;
        steps.iter().filter_map(move |step| match *step {
            Step::Move { place, from, to } => {
                let place = place as usize;
                Some(Move {
                    applicant: ApplicantIx::new(index.applicant_in[place]),
                    from: Placement::new(index, place, from as usize),
                    to: Placement::new(index, place, to as usize),
                })
            }
            Step::Seats { .. } | Step::List { .. } => None,
        })
    }

    /// What it all came to: one move for each applicant who ended up elsewhere than before, by
    /// applicant. O(moves · log(moves)).
    #[must_use]
    pub fn net(&self) -> Vec<Move> {
        let mut net: BTreeMap<ApplicantIx, Move> = BTreeMap::new();
        for step in self.iter() {
            net.entry(step.applicant).or_insert(step).to = step.to;
        }
        net.into_values().filter(|step| step.from != step.to).collect()
    }
}

impl Placement {
    /// What a place has that holds this choice.
    pub(super) fn new(index: &Index, place: usize, choice: usize) -> Option<Self> {
        (choice < index.sentinel(place) as usize).then(|| {
            let (programme, group) = index.group_at(choice);
            let programme = ProgrammeIx::new(programme as u32);
            Self { programme, group, choice: index.position(place, choice) }
        })
    }
}
