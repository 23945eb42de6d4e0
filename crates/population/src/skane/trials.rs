//! Test results, approvals and places on lists of those who ask for an offer, such that it comes
//! to admit those it was made for.

use super::lists::List;
use super::people::{Fate, Person};
use super::published::Offer;
use super::reach::Reach;
use super::roles::drawn;
use super::seats::Size;
use super::selection::{First, Last, Test};
use crate::random::{Draws, Purpose};

/// Half points of a step of merit.
const STEP: u32 = 5;

/// What somebody brought to an offer beside their grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trial {
    /// Points in the skill test, in half points, and whether they are a pass where that matters.
    Test { points: u32, passed: Option<bool> },
    /// Approval for the sport.
    Approved,
    /// A place on the free quota's list.
    Listed(u32),
    /// A seat by name.
    Placed,
}

/// Everybody's trials, each with the offer that it is about.
pub(crate) type Trials = Vec<Vec<(usize, Trial)>>;

/// Whether somebody with that merit can take part in the ranking of the offer and lose.
pub(crate) fn can_lose(offer: &Offer, size: &Size, steps: u32) -> bool {
    let Some(lowest) = size.lowest else { return false };
    match (offer.last_group(), offer.test()) {
        (Last::Merit, _) => true,
        (Last::Sum(factor), Some(test)) => {
            let sum = steps * STEP + factor * test.pass;
            offer.lowest_points().is_some_and(|lowest| sum < (lowest * 2.0) as u32)
        }
        _ => steps < lowest,
    }
}

/// Draws what everybody brings to the offers with quota groups that they ask for.
pub(crate) fn trials(reach: Reach<'_>, lists: &[List], seed: u64) -> Trials {
    let Reach { published, people, sizes, .. } = reach;
    let mut places: Vec<Place> =
        published.offers.iter().zip(sizes).map(|(offer, size)| Place::new(offer, size)).collect();
    for person in people.iter().filter(|person| person.by_first) {
        if let Some(offer) = person.admitted_to() {
            places[offer].admits(person);
        }
    }
    let of_person = |(index, (person, list)): (usize, (&Person, &List))| {
        let mut draws = Draws::new(seed, Purpose::Trials, index as u64);
        let mut above = true;
        let mut trials = Vec::new();
        for &choice in &list.offers {
            let here = person.is_admitted_to(choice);
            above &= !here;
            let place = &mut places[choice];
            let trial = if here {
                place.of_admitted(&mut draws, person)
            } else {
                let takes_part = person.fate != Fate::Out
                    && !published.is_outside(person.home)
                    && list.dropped != Some(choice)
                    && reach.eligible(index, choice);
                place.of_asking(&mut draws, person.standing.steps, above, takes_part)
            };
            trials.extend(trial.map(|trial| (choice, trial)));
        }
        trials
    };
    people.iter().zip(lists).enumerate().map(of_person).collect()
}

/// An offer, and how far its lists have come.
struct Place<'a> {
    offer: &'a Offer,
    size: &'a Size,
    /// The lowest merit and the fewest points in the group that is filled first.
    lowest_first: u32,
    fewest_first: u32,
    /// On the free quota's list, with a seat and without.
    with_seat: u32,
    without_seat: u32,
    /// Somebody waits in the last group.
    waited_for: bool,
}

impl<'a> Place<'a> {
    fn new(offer: &'a Offer, size: &'a Size) -> Self {
        Self {
            offer,
            size,
            lowest_first: u32::MAX,
            fewest_first: u32::MAX,
            with_seat: 0,
            without_seat: 0,
            waited_for: false,
        }
    }

    /// Takes somebody in whom the group admits that is filled first.
    fn admits(&mut self, person: &Person) {
        self.lowest_first = self.lowest_first.min(person.standing.steps);
        self.fewest_first = self.fewest_first.min(person.points.unwrap_or(u32::MAX));
    }

    fn first(&self) -> Option<First> {
        self.offer.selection.as_ref()?.first
    }

    /// What brings somebody in whom the offer admits.
    fn of_admitted(&mut self, draws: &mut Draws, person: &Person) -> Option<Trial> {
        if let Some(points) = person.points {
            return Some(Trial::Test { points, passed: (!person.by_first).then_some(true) });
        }
        if !person.by_first {
            return match (self.offer.last_group(), self.first(), self.offer.test()) {
                (Last::Sport, ..) => Some(Trial::Approved),
                (_, Some(First::Test), Some(test)) => self.behind_the_first(draws, test),
                _ => None,
            };
        }
        self.first().map(|first| match first {
            First::FreeQuota => {
                self.with_seat += 1;
                Trial::Listed(self.with_seat)
            }
            First::Manual => Trial::Placed,
            First::Sport | First::Test => Trial::Approved,
        })
    }

    /// What somebody has to show who asks for the offer and is not admitted there. `above`: before
    /// the choice that admits them, so that it must not suffice.
    fn of_asking(
        &mut self,
        draws: &mut Draws,
        steps: u32,
        above: bool,
        takes_part: bool,
    ) -> Option<Trial> {
        let waits = above && takes_part && can_lose(self.offer, self.size, steps);
        let must_wait = waits && !self.waited_for;
        self.waited_for |= waits;
        let lowest = self.size.lowest.unwrap_or(0);
        match (self.first(), self.offer.last_group(), self.offer.test()) {
            (Some(First::Test), _, Some(test)) => self.behind_the_first(draws, test),
            (Some(First::Sport), ..) => {
                let loses = steps < lowest.min(self.lowest_first);
                (loses && draws.chance(0.2)).then_some(Trial::Approved)
            }
            (Some(First::FreeQuota), ..) => {
                let full = self.size.by_first == self.seats_set_aside();
                (full && waits && draws.chance(0.12)).then(|| {
                    self.without_seat += 1;
                    Trial::Listed(self.size.by_first + self.without_seat)
                })
            }
            (None, Last::Sport, _) => {
                let may = if above { waits } else { true };
                (must_wait || may && draws.chance(0.4)).then_some(Trial::Approved)
            }
            (None, Last::Passed, Some(test)) => match above {
                true if must_wait || waits && draws.chance(0.7) => {
                    passed(draws, test, test.maximum)
                }
                true => failed_or_absent(draws, test),
                false => any(draws, test),
            },
            (None, Last::Sum(factor), Some(test)) => match above {
                true if must_wait || waits && draws.chance(0.7) => {
                    let sum = self.offer.lowest_points().map_or(0, |lowest| (lowest * 2.0) as u32);
                    let most = (sum - 1).saturating_sub(steps * STEP) / factor;
                    passed(draws, test, most)
                }
                true => failed_or_absent(draws, test),
                false => any(draws, test),
            },
            _ => None,
        }
    }

    fn seats_set_aside(&self) -> u32 {
        let selection = self.offer.selection.as_ref();
        selection.map_or(0, |selection| selection.seats(self.size.seats)[0])
    }

    /// A result in the test of the group that is filled first, too low for it.
    fn behind_the_first(&self, draws: &mut Draws, test: Test) -> Option<Trial> {
        let most = self.fewest_first.min(test.maximum).checked_sub(test.step)?;
        draws
            .chance(0.7)
            .then(|| Trial::Test { points: drawn(draws, test, test.pass, most), passed: None })
    }
}

/// A pass with so many points at most.
fn passed(draws: &mut Draws, test: Test, most: u32) -> Option<Trial> {
    Some(Trial::Test { points: drawn(draws, test, test.pass, most), passed: Some(true) })
}

/// No pass, or no test at all.
fn failed_or_absent(draws: &mut Draws, test: Test) -> Option<Trial> {
    if draws.chance(0.3) {
        return None;
    }
    let failures: Vec<u32> = test.failures().collect();
    let points = failures[draws.below(failures.len())];
    Some(Trial::Test { points, passed: Some(false) })
}

/// Whatever somebody shows for whom it does not matter any more.
fn any(draws: &mut Draws, test: Test) -> Option<Trial> {
    match draws.unit() {
        0.0..0.5 => None,
        0.5..0.9 => passed(draws, test, test.maximum),
        _ => failed_or_absent(draws, test),
    }
}
