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
        let index = self.index;
        self.steps().map(move |(place, from, to)| Move::new(index, place, from, to))
    }

    /// What it all came to: one move for each applicant who ended up elsewhere than before, by
    /// applicant. O(moves · log(moves)).
    #[must_use]
    pub fn net(&self) -> Vec<Move> {
        let by_place = self.by_place();
        let mut net: Vec<_> =
            by_place.map(|(place, (from, to))| Move::new(self.index, place, from, to)).collect();
        net.sort_unstable_by_key(|step| step.applicant);
        net
    }

    /// Each place that ended up elsewhere than before, with the choice that it held and the one
    /// that it holds.
    pub(super) fn by_place(&self) -> impl Iterator<Item = (usize, (usize, usize))> + use<> {
        let mut net: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (place, from, to) in self.steps() {
            net.entry(place).or_insert((from, to)).1 = to;
        }
        net.into_iter().filter(|(_, (from, to))| from != to)
    }

    /// The moves: place, choice given up, choice taken.
    fn steps(&self) -> impl DoubleEndedIterator<Item = (usize, usize, usize)> + use<'_> {
        self.steps.iter().filter_map(|step| match *step {
            Step::Move { place, from, to } => Some((place as usize, from as usize, to as usize)),
            Step::Seats { .. } | Step::List { .. } => None,
        })
    }
}

impl Move {
    fn new(index: &Index, place: usize, from: usize, to: usize) -> Self {
        Self {
            applicant: index.applicant_in_place(place),
            from: Placement::new(index, place, from),
            to: Placement::new(index, place, to),
        }
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
