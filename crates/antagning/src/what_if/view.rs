//! A season with what came of it, and how two of them differ for somebody.

use antagning_rules::Outcomes;
use serde::Serialize;

use crate::season::Season;

/// A season and what the matching gives in it.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) season: &'a Season,
    pub(super) outcomes: &'a Outcomes,
}

/// A seat that somebody has, as the applicant ranked it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seat {
    /// The programme.
    pub programme_id: String,
    /// Its quota group; empty at a programme without.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// Its name and school, as far as the season has them.
    pub title: String,
    /// The applicant's rank of it, from 1.
    pub choice_rank: u32,
}

/// Whether somebody is better off, by their own list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Placed higher, or at all.
    Better,
    /// Placed lower, or not at all.
    Worse,
    /// At the same programme, or nowhere as before.
    Same,
    /// The list as it should have been does not have the seat of the run: nobody can compare.
    OtherList,
}

/// Somebody who is placed otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The chain that they stand in, from 1: each takes the seat that the one before leaves, or
    /// leaves it to the one before.
    pub chain: u32,
    /// The applicant.
    pub applicant_id: String,
    /// The seat in the run; `None` when unplaced.
    pub from: Option<Seat>,
    /// The seat then; `None` when unplaced.
    pub to: Option<Seat>,
    /// Better or worse.
    pub change: Change,
}

/// Programme and quota group of a seat, the group counted within the programme.
pub(super) type Unit = (u32, Option<u16>);

/// The rank of whoever is not placed: after every choice.
const UNPLACED: u32 = u32::MAX;

impl<'a> View<'a> {
    /// The seat of an applicant.
    pub(super) fn held(self, applicant: usize) -> Option<Unit> {
        let programme = self.outcomes.placement[applicant]?;
        let choices = self.season.data.choices.of(applicant);
        let choice = choices.start + self.outcomes.placed_rank[applicant] as usize - 1;
        Some((programme, self.outcomes.choices[choice].group))
    }

    /// The rank that an applicant gave to what they have; whoever has nothing stands after all.
    pub(super) fn rank(self, applicant: usize) -> u32 {
        Some(self.outcomes.placed_rank[applicant]).filter(|rank| *rank > 0).unwrap_or(UNPLACED)
    }

    /// The ids of programme and quota group, empty where there is none.
    pub(super) fn names(self, unit: Option<Unit>) -> (&'a str, &'a str) {
        let Some((programme, group)) = unit else { return ("", "") };
        let groups = self.season.selection.quotas.of(programme as usize);
        let group = group.map_or("", |group| &groups[usize::from(group)].name);
        (self.season.data.programmes.ids.get(programme as usize), group)
    }

    /// The seat of an applicant, as it is told.
    pub(super) fn seat(self, applicant: usize) -> Option<Seat> {
        let held = self.held(applicant)?;
        let (programme_id, quota_group) = self.names(Some(held));
        Some(Seat {
            programme_id: programme_id.to_owned(),
            quota_group: quota_group.to_owned(),
            title: self.season.title(held.0 as usize),
            choice_rank: self.outcomes.placed_rank[applicant],
        })
    }

    /// Whether an applicant is better off than before, by the list that they have here.
    pub(super) fn change_since(self, before: View<'_>, applicant: usize) -> Change {
        let was = match before.outcomes.placement[applicant] {
            None => UNPLACED,
            Some(programme) => {
                let choices = &self.season.data.choices;
                let list = &choices.programme[choices.of(applicant)];
                match (1..).zip(list).find(|(_, listed)| **listed == programme) {
                    Some((rank, _)) => rank,
                    None => return Change::OtherList,
                }
            }
        };
        match self.rank(applicant).cmp(&was) {
            std::cmp::Ordering::Less => Change::Better,
            std::cmp::Ordering::Equal => Change::Same,
            std::cmp::Ordering::Greater => Change::Worse,
        }
    }
}
