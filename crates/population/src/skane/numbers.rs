//! Applicant ids and, through them, the lottery.

use antagning_rules::{Lottery, LotteryScope};

use super::people::{Fate, Person};
use super::published::Offer;
use super::seats::Size;
use crate::random::{Draws, Purpose};

/// Each person's id and lottery number, and what it takes to be admitted to each full offer.
pub(crate) struct Numbers {
    /// By person: the number in the applicant id.
    pub(crate) ids: Vec<u32>,
    /// By person.
    pub(crate) lottery: Vec<u64>,
    /// By offer: the lowest merit in steps and the last lottery number admitted with it; `None`
    /// where every eligible applicant gets in, or merit alone does not suffice.
    pub(crate) cutoffs: Vec<Option<(u32, u64)>>,
}

/// The id with that number; ids are fictitious.
pub(crate) fn applicant_id(number: u32) -> String {
    format!("A{number:05}")
}

/// Hands out the ids.
///
/// An id decides the lottery number, so at a full offer those admitted with the lowest merit get
/// ids below a random point of the lottery: the last seats fall inside the class of that merit,
/// and others with the same merit can lose the draw.
pub(crate) fn hand_out(
    people: &[Person],
    offers: &[Offer],
    sizes: &[Size],
    lottery_seed: &str,
    seed: u64,
) -> Numbers {
    let lottery = Lottery::new(lottery_seed, LotteryScope::Applicant);
    let mut draws = Draws::new(seed, Purpose::Numbers, 0);
    let mut free: Vec<(u64, u32)> =
        (1..=people.len() as u32).map(|id| (lottery.number(&applicant_id(id), ""), id)).collect();
    for last in (1..free.len()).rev() {
        free.swap(last, draws.below(last + 1));
    }
    let points: Vec<u64> =
        sizes.iter().map(|_| ((0.25 + 0.7 * draws.unit()) * u64::MAX as f64) as u64).collect();

    let mut given: Vec<Option<(u64, u32)>> = vec![None; people.len()];
    let mut cutoffs: Vec<Option<(u32, u64)>> =
        sizes.iter().map(|size| Some((size.lowest?, 0))).collect();
    for (cutoff, offer) in cutoffs.iter_mut().zip(offers) {
        *cutoff = cutoff.filter(|_| offer.merit_suffices());
    }
    for (person, given) in people.iter().zip(&mut given) {
        if let Fate::Admitted(offer) = person.fate
            && let Some((lowest, last)) = &mut cutoffs[offer]
            && *lowest == person.standing.steps
            && !person.by_first
        {
            *given = take(&mut free, |number| number < points[offer]);
            *last = (*last).max(given.map_or(0, |(number, _)| number));
        }
    }
    for (person, given) in people.iter().zip(&mut given) {
        if let Fate::TurnedAway(offer) = person.fate
            && let Some((lowest, last)) = cutoffs[offer]
            && lowest == person.standing.steps
        {
            *given = take(&mut free, |number| number > last);
        }
    }
    let numbers = given.into_iter().map(|given| given.or_else(|| free.pop()).unwrap_or_default());
    let (lottery, ids) = numbers.unzip();
    Numbers { ids, lottery, cutoffs }
}

fn take(free: &mut Vec<(u64, u32)>, fits: impl Fn(u64) -> bool) -> Option<(u64, u32)> {
    let found = free.iter().rposition(|(number, _)| fits(*number))?;
    Some(free.swap_remove(found))
}
