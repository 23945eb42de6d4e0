//! The lists of choices.
//!
//! Everybody has a weight for every offer (what they want, how near it is, how large, how far
//! above their merit) and their list is a draw without replacement by these weights
//! (Plackett–Luce), given where they are admitted: whatever stands above that offer is out of
//! reach for them, and what stands below is free. Admission then gives everyone the first
//! offer within their reach, which is the one they were made for.

use rayon::prelude::*;

use super::cases::Case;
use super::people::{Fate, Person};
use super::published::Published;
use super::reach::Reach;
use super::seats::{Size, travel_km};
use crate::generic::list_length;
use crate::geography::readiness;
use crate::random::{Draws, Purpose, running_sums};
use crate::taste::affinity;

const LONGEST: u32 = 8;
/// Admitted to their first choice, of those admitted.
const FIRST_CHOICE: f64 = 0.785;
/// Few ask for what they cannot be eligible for.
const NOT_ELIGIBLE: f64 = 0.15;
/// Few care for a test or a sport.
const SPECIAL: f64 = 0.5;

/// What somebody asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    /// Offers in the order of choice.
    pub(crate) offers: Vec<usize>,
    /// The one of them within reach that drops out: withdrawn, or not received.
    pub(crate) dropped: Option<usize>,
}

/// Draws everybody's list.
pub(crate) struct Lists<'a> {
    reach: Reach<'a>,
    published: &'a Published,
    people: &'a [Person],
    sizes: &'a [Size],
    seed: u64,
    /// The different study path codes.
    codes: Vec<String>,
    /// By wanted code, home and offer.
    appeal: Vec<Vec<Vec<f64>>>,
    /// By steps that one's merit lies below the lowest admitted.
    hope: Vec<f64>,
}

impl<'a> Lists<'a> {
    pub(crate) fn new(reach: Reach<'a>, seed: u64) -> Self {
        let Reach { published, people, sizes, .. } = reach;
        let mut codes: Vec<String> = people.iter().map(|person| person.wants.clone()).collect();
        codes.sort_unstable();
        codes.dedup();
        let appeal = codes
            .iter()
            .map(|code| {
                published
                    .homes()
                    .map(|home| {
                        published
                            .offers
                            .iter()
                            .zip(sizes)
                            .map(|(offer, size)| {
                                let place = &published.municipalities[offer.municipality];
                                let special = if offer.merit_suffices() { 1.0 } else { SPECIAL };
                                special
                                    * affinity(code, &offer.code)
                                    * readiness(home.distance(place), travel_km(offer))
                                    * f64::from(size.admitted)
                            })
                            .collect()
                    })
                    .collect()
            })
            .collect();
        let hope = (0..=137).map(|steps| libm::exp(-f64::from(steps) / 16.0)).collect();
        Self { reach, published, people, sizes, seed, codes, appeal, hope }
    }

    /// Everybody's list. Parallel over people, each with draws of their own.
    pub(crate) fn draw(&self) -> Vec<List> {
        let ambition = self.ambition();
        let mut lists: Vec<List> = (0..self.people.len())
            .into_par_iter()
            .map(|person| self.list(person, ambition))
            .collect();
        self.give_reserves(&mut lists);
        lists
    }

    /// The person's weight for every offer.
    fn weights(&self, person: usize) -> Vec<f64> {
        let Person { home, standing, wants, .. } = &self.people[person];
        let Ok(code) = self.codes.binary_search(wants) else {
            return vec![0.0; self.sizes.len()];
        };
        let appeal = &self.appeal[code][*home];
        let offers = appeal.iter().zip(self.sizes).enumerate();
        offers
            .map(|(offer, (appeal, size))| {
                let missing = size.lowest.map_or(0, |low| low.saturating_sub(standing.steps));
                let open = if self.reach.eligible(person, offer) { 1.0 } else { NOT_ELIGIBLE };
                appeal * self.hope[missing as usize] * open
            })
            .collect()
    }

    /// The factor on offers out of reach with which [`FIRST_CHOICE`] comes out: how far people go
    /// by last year's lowest merits is not known, how many get their first choice roughly is.
    fn ambition(&self) -> f64 {
        let sums: Vec<(f64, f64)> = (0..self.people.len())
            .into_par_iter()
            .filter(|person| matches!(self.people[*person].fate, Fate::Admitted(_)))
            .map(|person| {
                let (mut within, mut beyond) = (0.0, 0.0);
                for (offer, weight) in self.weights(person).into_iter().enumerate() {
                    match self.reach.reaches(person, offer) {
                        true => within += weight,
                        false if self.reach.may_precede(person, offer) => beyond += weight,
                        false => {}
                    }
                }
                (within, beyond)
            })
            .collect();
        let (mut low, mut high) = (0.0, 100.0);
        for _ in 0..60 {
            let factor = (low + high) / 2.0;
            let first: f64 =
                sums.iter().map(|(within, beyond)| within / (within + factor * beyond)).sum();
            if first > FIRST_CHOICE * sums.len() as f64 { low = factor } else { high = factor }
        }
        low
    }

    fn list(&self, person: usize, ambition: f64) -> List {
        let mut draws = Draws::new(self.seed, Purpose::Choices, person as u64);
        let length = list_length(&mut draws, LONGEST);
        let mut within = self.weights(person);
        let mut beyond = vec![0.0; within.len()];
        // Out of reach as well, but for the end of the list alone.
        let mut later = vec![0.0; within.len()];
        for (offer, weight) in within.iter_mut().enumerate() {
            if !self.reach.reaches(person, offer) {
                let may_precede = self.reach.may_precede(person, offer);
                let out_of_reach = if may_precede { &mut beyond } else { &mut later };
                out_of_reach[offer] = ambition * *weight;
                *weight = 0.0;
            }
        }
        let mut list = Vec::with_capacity(LONGEST as usize);
        let mut dropped = None;
        match self.people[person].fate {
            Fate::Admitted(offer) => {
                let sum: f64 = within.iter().sum();
                within[offer] = 0.0;
                dropped = self.drop_one(&mut draws, person, &mut within);
                list.extend(dropped);
                while list.len() + 1 < LONGEST as usize {
                    let out_of_reach: f64 = beyond.iter().sum();
                    if !draws.chance(out_of_reach / (out_of_reach + sum)) {
                        break;
                    }
                    move_one(&mut draws, &mut beyond, &mut list);
                }
                list.push(offer);
                for (weight, (beyond, later)) in within.iter_mut().zip(beyond.iter().zip(&later)) {
                    *weight += beyond + later;
                }
                while list.len() < length && move_one(&mut draws, &mut within, &mut list) {}
            }
            Fate::TurnedAway(offer) => {
                list.push(offer);
                beyond[offer] = 0.0;
                let length = length.min(4);
                while list.len() < length && move_one(&mut draws, &mut beyond, &mut list) {}
            }
            Fate::Ineligible | Fate::Out => {
                while list.len() < length && move_one(&mut draws, &mut beyond, &mut list) {}
            }
        }
        List { offers: list, dropped }
    }

    /// An offer within reach that drops out of the person's list, if one does.
    fn drop_one(&self, draws: &mut Draws, person: usize, within: &mut [f64]) -> Option<usize> {
        let Person { case, home, .. } = self.people[person];
        let may_drop = |offer: usize| match case {
            Case::Withdraws => true,
            Case::NotReceived => self.published.is_second_hand(home, offer),
            _ => false,
        };
        let weights = within.iter().enumerate();
        let mut droppable: Vec<f64> =
            weights.map(|(offer, weight)| if may_drop(offer) { *weight } else { 0.0 }).collect();
        let mut dropped = Vec::new();
        move_one(draws, &mut droppable, &mut dropped);
        let dropped = dropped.pop()?;
        within[dropped] = 0.0;
        Some(dropped)
    }

    /// Sees to it that every full offer turns somebody eligible away, as a lowest merit says.
    ///
    /// Where the draw left nobody, the person with the greatest weight for the offer who misses it
    /// and has room on their list asks for it first.
    fn give_reserves(&self, lists: &mut [List]) {
        let mut reserves = vec![0_u32; self.sizes.len()];
        for (person, list) in lists.iter().enumerate() {
            for &offer in &list.offers {
                if list.dropped == Some(offer) {
                    continue;
                }
                if self.reach.reaches(person, offer) {
                    break;
                }
                reserves[offer] += u32::from(self.reach.can_wait_for(person, offer));
            }
        }
        for (offer, size) in self.sizes.iter().enumerate() {
            let Some(lowest) = size.lowest else { continue };
            if reserves[offer] > 0 {
                continue;
            }
            let chosen = (0..self.people.len())
                .filter(|&person| {
                    let list = &lists[person].offers;
                    list.len() < LONGEST as usize
                        && !list.contains(&offer)
                        && self.reach.can_wait_for(person, offer)
                })
                .map(|person| {
                    let person_of = &self.people[person];
                    let appeal = self
                        .codes
                        .binary_search(&person_of.wants)
                        .map_or(0.0, |code| self.appeal[code][person_of.home][offer]);
                    let missing = lowest.saturating_sub(person_of.standing.steps);
                    (appeal * self.hope[missing as usize], person)
                })
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((_, person)) = chosen {
                lists[person].offers.insert(0, offer);
            }
        }
    }
}

/// Draws an offer by weight and moves it to the list; false when no weight is left.
pub(crate) fn move_one(draws: &mut Draws, weights: &mut [f64], list: &mut Vec<usize>) -> bool {
    let running = running_sums(weights.iter().copied());
    if running.last().is_none_or(|sum| *sum <= 0.0) {
        return false;
    }
    let offer = draws.pick(&running);
    weights[offer] = 0.0;
    list.push(offer);
    true
}
