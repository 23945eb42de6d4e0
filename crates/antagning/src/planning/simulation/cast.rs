//! Who takes part in a run, and who they are in the base.

use antagning_formats::Listed;
use antagning_rules::{Assessment, Entrants};

/// The people of a run.
pub(super) trait Cast {
    /// What they bring to the matching.
    fn entrants(&self) -> &Entrants;
    /// One of them.
    fn person(&self, number: usize) -> Person;
    /// Where the choice of an entrant stands in the person's list.
    fn place(&self, number: usize, entrant: usize) -> Place;
}

/// Where a choice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// In the list, counted from 0.
    pub(super) position: u32,
    /// How well it suits by the list in the base ([`standing_at`]).
    pub(super) standing: u32,
    /// How well the same offer suits by its own place in the list in the base: other than `standing`
    /// where an offer that stood higher has gone up in it.
    pub(super) as_before: u32,
}

/// Somebody of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    /// The applicant of the base whose data these are.
    pub(super) source: usize,
    /// The number among the people of the base; `None` for whom the base does not have.
    pub(super) known: Option<usize>,
    /// How many choices the list has.
    pub(super) length: usize,
    /// Whoever has chosen nothing takes no part; whose choices are all gone does.
    pub(super) takes_part: bool,
}

/// Every applicant of a season once, with the list that they stated.
#[derive(Clone, Copy, Debug)]
pub(super) struct AsStated<'a> {
    pub(super) assessment: &'a Assessment<'a>,
    /// Where the season is not the base.
    pub(super) origin: Option<Origin<'a>>,
}

/// Who the applicants and choices of an edited season are in the base.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin<'a> {
    /// For each applicant the number in the base of whose data these are, and whether it is a copy.
    pub(super) applicant: &'a [(u32, bool)],
    /// For each choice the row in the base whose score it has, and where it stands beside it.
    pub(super) choice: &'a [(u32, Listed)],
    /// As [`Edited`](crate::planning::simulation::base::Edited) has them.
    pub(super) same: &'a [(u32, Listed)],
    /// Where the choices of each applicant of the base begin.
    pub(super) offsets: &'a [u32],
}

impl Cast for AsStated<'_> {
    fn entrants(&self) -> &Entrants {
        self.assessment.entrants()
    }

    fn person(&self, number: usize) -> Person {
        let length = |offsets: &[u32], number: usize| offsets[number + 1] - offsets[number];
        let own = length(self.assessment.dossiers().offsets, number) as usize;
        match self.origin {
            None => {
                Person { source: number, known: Some(number), length: own, takes_part: own > 0 }
            }
            Some(origin) => {
                let (source, is_copy) = origin.applicant[number];
                let source = source as usize;
                let takes_part = own > 0 || length(origin.offsets, source) > 0;
                Person { source, known: (!is_copy).then_some(source), length: own, takes_part }
            }
        }
    }

    fn place(&self, number: usize, entrant: usize) -> Place {
        let row = self.entrants().choice[entrant];
        let position = row - self.assessment.dossiers().offsets[number];
        let [standing, as_before] = match self.origin {
            None => [standing_at(position, Listed::Itself); 2],
            Some(origin) => {
                let first = origin.offsets[origin.applicant[number].0 as usize];
                [origin.choice, origin.same].map(|rows| {
                    let (before, listed) = rows[row as usize];
                    standing_at(before - first, listed)
                })
            }
        };
        Place { position, standing, as_before }
    }
}

/// How well a choice suits its applicant, by the place in the list of the base: less is better.
pub(super) fn standing_at(place: u32, listed: Listed) -> u32 {
    let beside = match listed {
        Listed::Above => 1,
        Listed::Itself => 2,
        Listed::Below => 3,
    };
    4 * place + beside
}
