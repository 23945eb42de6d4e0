//! What can be done: a seat is never taken back, so an error is mended by adding one.

use serde::Serialize;

use crate::error::Error;
use crate::what_if::chains;
use crate::what_if::seats::{Search, with_seat};
use crate::what_if::view::{Change, Moved, Seat, Unit, View};

/// The seat that must be added so that the applicant gets what they would have had and nobody else
/// has less than in the run, and what follows when it is. One is always enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remedy {
    /// The seat; `None` when nobody would lose one.
    pub seat: Option<AddedSeat>,
    /// What the applicant has then.
    pub applicant: Option<Seat>,
    /// Everybody else who is placed otherwise then: nobody has less.
    pub others: Vec<Moved>,
    /// The other way, where the applicant would have more: by hand.
    pub by_hand: Option<ByHand>,
}

/// A seat added at a programme or quota group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AddedSeat {
    /// The programme.
    pub programme_id: String,
    /// Its quota group; empty at a programme without.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// Its name and school, as far as the season has them.
    pub title: String,
    /// The seats in the run, those raised to the number of holders included.
    pub seats_before: u32,
    /// The seats then: as many where one is vacant already.
    pub seats_after: u32,
}

/// The applicant alone is moved, by hand; nobody else is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ByHand {
    /// Where the applicant is placed.
    pub seat: AddedSeat,
    /// The seat that they leave, which stays vacant for the reserve list; `None` when unplaced.
    pub leaves: Option<Seat>,
    /// How many wait for the programme that they leave.
    pub waiting: u32,
}

/// The placement by hand that mends the error, where the applicant would have had more.
pub(super) fn by_hand(before: View<'_>, after: View<'_>, applicant: usize) -> Option<ByHand> {
    let gains = after.change_since(before, applicant) == Change::Better;
    let unit = after.held(applicant).filter(|_| gains)?;
    let (programme, group) = (unit.0 as usize, unit.1);
    let outcomes = before.outcomes;
    let result = match group {
        Some(group) => {
            let groups = before.season.selection.quotas.range(programme);
            &outcomes.groups[groups.start + usize::from(group)]
        }
        None => &outcomes.programmes[programme],
    };
    let leaves = before.seat(applicant);
    let left = outcomes.placement[applicant];
    let waiting = left.map_or(0, |left| outcomes.programmes[left as usize].reserves);
    let seat = seat(before, unit, u32::from(result.vacant == 0));
    Some(ByHand { seat, leaves, waiting })
}

/// Finds the seats to add, adds them and proves what comes of it.
pub(super) fn find(
    before: View<'_>,
    after: View<'_>,
    applicant: usize,
    by_hand: Option<ByHand>,
) -> Result<Remedy, Error> {
    let added = Search::new(before, after.season, applicant).find(after.held(applicant))?;
    let season = with_seat(after.season, added);
    let admission = season.admit()?;
    let then = View { season: &season, outcomes: admission.matched() };
    Ok(Remedy {
        seat: added.map(|unit| seat(before, unit, 1)),
        applicant: then.seat(applicant),
        others: chains::moves(before, then, applicant),
        by_hand,
    })
}

fn seat(before: View<'_>, unit: Unit, added: u32) -> AddedSeat {
    let (programme_id, quota_group) = before.names(Some(unit));
    let programme = unit.0 as usize;
    let seats_before = match unit.1 {
        Some(group) => before.season.selection.quotas.of(programme)[usize::from(group)].seats,
        None => before.season.data.programmes.capacity[programme],
    };
    AddedSeat {
        programme_id: programme_id.to_owned(),
        quota_group: quota_group.to_owned(),
        title: before.season.title(programme),
        seats_before,
        seats_after: seats_before + added,
    }
}
