//! The lists of choices.
//!
//! Everybody has a weight for every offer (what they want, how near it is, how large, how far
//! above their merit) and their list is a draw without replacement by these weights
//! (Plackett–Luce), given where they are admitted: whatever stands above that offer is out of
//! reach for them, and what stands below is free. Admission then gives everyone the first
//! offer within their reach, which is the one they were made for.

use rayon::prelude::*;

use super::numbers::Numbers;
use super::people::{Fate, Person};
use super::published::Published;
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

/// Draws everybody's list, as offer indices in the order of choice.
pub(crate) struct Lists<'a> {
    people: &'a [Person],
    sizes: &'a [Size],
    numbers: &'a Numbers,
    /// By offer: its eligibility rule.
    rules: &'a [usize],
    seed: u64,
    /// The different study path codes.
    codes: Vec<String>,
    /// By wanted code, home and offer.
    appeal: Vec<Vec<Vec<f64>>>,
    /// By steps that one's merit lies below the lowest admitted.
    hope: Vec<f64>,
}

impl<'a> Lists<'a> {
    pub(crate) fn new(
        published: &Published,
        people: &'a [Person],
        sizes: &'a [Size],
        numbers: &'a Numbers,
        rules: &'a [usize],
        seed: u64,
    ) -> Self {
        let mut codes: Vec<String> = people.iter().map(|person| person.wants.clone()).collect();
        codes.sort_unstable();
        codes.dedup();
        let appeal = codes
            .iter()
            .map(|code| {
                published
                    .municipalities
                    .iter()
                    .map(|home| {
                        published
                            .offers
                            .iter()
                            .zip(sizes)
                            .map(|(offer, size)| {
                                let place = &published.municipalities[offer.municipality];
                                affinity(code, &offer.code)
                                    * readiness(home.distance(place), travel_km(offer))
                                    * f64::from(size.admitted)
                            })
                            .collect()
                    })
                    .collect()
            })
            .collect();
        let hope = (0..=137).map(|steps| libm::exp(-f64::from(steps) / 16.0)).collect();
        Self { people, sizes, numbers, rules, seed, codes, appeal, hope }
    }

    /// Everybody's list. Parallel over people, each with draws of their own.
    pub(crate) fn draw(&self) -> Vec<Vec<usize>> {
        let ambition = self.ambition();
        let mut lists: Vec<Vec<usize>> = (0..self.people.len())
            .into_par_iter()
            .map(|person| self.list(person, ambition))
            .collect();
        self.give_reserves(&mut lists);
        lists
    }

    fn eligible(&self, person: usize, offer: usize) -> bool {
        self.people[person].standing.eligible >> self.rules[offer] & 1 == 1
    }

    /// Whether the person is admitted to the offer if they ask for it before any other.
    fn reaches(&self, person: usize, offer: usize) -> bool {
        let merit = self.people[person].standing.steps;
        self.eligible(person, offer)
            && self.numbers.cutoffs[offer].is_none_or(|(lowest, last)| {
                merit > lowest || merit == lowest && self.numbers.lottery[person] <= last
            })
    }

    /// The person's weight for every offer.
    fn weights(&self, person: usize) -> Vec<f64> {
        let Person { home, standing, wants, .. } = &self.people[person];
        let Ok(code) = self.codes.binary_search(wants) else {
            return vec![0.0; self.sizes.len()];
        };
        let appeal = &self.appeal[code][*home];
        let offers = appeal.iter().zip(&self.numbers.cutoffs).enumerate();
        offers
            .map(|(offer, (appeal, cutoff))| {
                let missing = cutoff.map_or(0, |(lowest, _)| lowest.saturating_sub(standing.steps));
                let open = if self.eligible(person, offer) { 1.0 } else { NOT_ELIGIBLE };
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
                    let sum = if self.reaches(person, offer) { &mut within } else { &mut beyond };
                    *sum += weight;
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

    fn list(&self, person: usize, ambition: f64) -> Vec<usize> {
        let mut draws = Draws::new(self.seed, Purpose::Choices, person as u64);
        let length = list_length(&mut draws, LONGEST);
        let mut within = self.weights(person);
        let mut beyond = vec![0.0; within.len()];
        for (offer, weight) in within.iter_mut().enumerate() {
            if !self.reaches(person, offer) {
                beyond[offer] = ambition * *weight;
                *weight = 0.0;
            }
        }
        let mut list = Vec::with_capacity(LONGEST as usize);
        match self.people[person].fate {
            Fate::Admitted(offer) => {
                let sum: f64 = within.iter().sum();
                while list.len() + 1 < LONGEST as usize {
                    let out_of_reach: f64 = beyond.iter().sum();
                    if !draws.chance(out_of_reach / (out_of_reach + sum)) {
                        break;
                    }
                    move_one(&mut draws, &mut beyond, &mut list);
                }
                list.push(offer);
                within[offer] = 0.0;
                for (weight, beyond) in within.iter_mut().zip(&beyond) {
                    *weight += beyond;
                }
                while list.len() < length && move_one(&mut draws, &mut within, &mut list) {}
            }
            Fate::TurnedAway(offer) => {
                list.push(offer);
                beyond[offer] = 0.0;
                let length = length.min(4);
                while list.len() < length && move_one(&mut draws, &mut beyond, &mut list) {}
            }
            Fate::Ineligible => {
                while list.len() < length && move_one(&mut draws, &mut beyond, &mut list) {}
            }
        }
        list
    }

    /// Sees to it that every full offer turns somebody eligible away, as a lowest merit says.
    ///
    /// Where the draw left nobody, the person with the greatest weight for the offer who misses it
    /// and has room on their list asks for it first.
    fn give_reserves(&self, lists: &mut [Vec<usize>]) {
        let mut reserves = vec![0_u32; self.sizes.len()];
        for (person, list) in lists.iter().enumerate() {
            for &offer in list {
                if self.reaches(person, offer) {
                    break;
                }
                reserves[offer] += u32::from(self.eligible(person, offer));
            }
        }
        for (offer, cutoff) in self.numbers.cutoffs.iter().enumerate() {
            let Some((lowest, _)) = *cutoff else { continue };
            if reserves[offer] > 0 {
                continue;
            }
            let chosen = (0..self.people.len())
                .filter(|&person| {
                    let list = &lists[person];
                    list.len() < LONGEST as usize
                        && !list.contains(&offer)
                        && self.eligible(person, offer)
                        && !self.reaches(person, offer)
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
                lists[person].insert(0, offer);
            }
        }
    }
}

/// Draws an offer by weight and moves it to the list; false when no weight is left.
fn move_one(draws: &mut Draws, weights: &mut [f64], list: &mut Vec<usize>) -> bool {
    let running = running_sums(weights.iter().copied());
    if running.last().is_none_or(|sum| *sum <= 0.0) {
        return false;
    }
    let offer = draws.pick(&running);
    weights[offer] = 0.0;
    list.push(offer);
    true
}
