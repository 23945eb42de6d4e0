//! Whom each offer admits: merit, quota group and test points of everyone, before they are people.

use super::merits::{Shape, merits, values};
use super::published::Offer;
use super::seats::Size;
use super::selection::{First, Last, Test};
use crate::cohort::Needs;
use crate::random::{Draws, Purpose};

/// The greatest merit, in steps, and half points of a step.
const GREATEST: u32 = 136;
const STEP: u32 = 5;

/// What brings somebody into an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    /// Merit in steps.
    pub(crate) steps: u32,
    /// Admitted by the group that is filled first.
    pub(crate) by_first: bool,
    /// Test points, in half points.
    pub(crate) points: Option<u32>,
}

/// The roles of an offer: in the group that is filled first, then in the last one, whose lowest
/// and mean are the published ones.
pub(crate) fn roles(
    seed: u64,
    index: usize,
    offer: &Offer,
    size: &Size,
    needs: &Needs,
) -> Vec<Role> {
    let mut draws = Draws::new(seed, Purpose::Groups, index as u64);
    let mut roles = first_roles(&mut draws, offer, size, needs);
    let count = size.admitted - size.by_first;
    if let (Last::Sum(factor), Some(test)) = (offer.last_group(), offer.test()) {
        let sums = Sums { offer, test, factor, usual: size.mean, least: needs.least_steps() };
        roles.extend(sums.roles(&mut draws, count));
        return roles;
    }
    let merits = merits(count, needs.least_steps(), size.lowest, size.mean);
    roles.extend(merits.into_iter().map(|steps| {
        let points = match (offer.last_group(), offer.test()) {
            (Last::Passed, Some(test)) => Some(drawn(&mut draws, test, test.pass, test.maximum)),
            _ => None,
        };
        Role { steps, by_first: false, points }
    }));
    roles
}

/// One of the results of a test, each as likely.
pub(crate) fn drawn(draws: &mut Draws, test: Test, least: u32, most: u32) -> u32 {
    let results: Vec<u32> = test.results(least, most).collect();
    results.get(draws.below(results.len())).copied().unwrap_or(test.pass)
}

/// Those whom the group admits that is filled first.
fn first_roles(draws: &mut Draws, offer: &Offer, size: &Size, needs: &Needs) -> Vec<Role> {
    let Some(first) = offer.selection.as_ref().and_then(|selection| selection.first) else {
        return Vec::new();
    };
    let least = needs.least_steps();
    let lowest = size.lowest.unwrap_or(least);
    let usual = (size.mean / 2.5) as u32;
    let between = |steps: u32| steps.clamp(least, GREATEST);
    (0..size.by_first)
        .map(|_| {
            let (steps, points) = match first {
                First::Test => {
                    let steps = f64::from(usual) - 6.0 + 9.0 * draws.bell();
                    // The best fifth of the scale.
                    let points =
                        offer.test().map(|t| drawn(draws, t, t.maximum * 4 / 5, t.maximum));
                    (between(steps as u32), points)
                }
                First::Sport => (between(lowest.saturating_sub(10) + draws.below(20) as u32), None),
                First::FreeQuota | First::Manual => {
                    (between(lowest.saturating_sub(2 + draws.below(12) as u32)), None)
                }
            };
            Role { steps, by_first: true, points }
        })
        .collect()
}

/// Merit and test points that add up to the published figures.
struct Sums<'a> {
    offer: &'a Offer,
    test: Test,
    factor: u32,
    /// The mean merit to aim at, in points.
    usual: f64,
    /// The least merit, in steps.
    least: u32,
}

impl Sums<'_> {
    fn roles(&self, draws: &mut Draws, count: u32) -> Vec<Role> {
        let mean = self.offer.mean_points() + 0.5;
        // In half points; off the grid of merits where the test has half points.
        let lowest = self.offer.lowest_points().map(|points| (points * 2.0) as u32);
        let greatest = GREATEST + self.factor * self.test.maximum / STEP;
        let shape = Shape { centre: mean, deviation: 40.0, greatest };
        let least = self.least + (self.factor * self.test.pass).div_ceil(STEP);
        let on_grid = lowest.map(|lowest| lowest.div_ceil(STEP));
        let mut sums: Vec<u32> = values(&shape, count, least, on_grid, mean)
            .into_iter()
            .map(|steps| steps * STEP)
            .collect();
        if let (Some(lowest), Some(first)) = (lowest, sums.first_mut()) {
            *first = lowest;
        }
        let mut roles: Vec<Role> = sums.iter().map(|sum| self.split(draws, *sum, mean)).collect();
        self.leave_the_grid(draws, &mut roles);
        roles
    }

    /// A sum in half points as merit and test points.
    fn split(&self, draws: &mut Draws, sum: u32, mean: f64) -> Role {
        let wanted = self.usual + 0.35 * (f64::from(sum) / 2.0 - mean) + 16.0 * draws.bell();
        let apart = |points: &u32| {
            let merit = f64::from(sum - self.factor * points) / 2.0;
            (merit - wanted).abs()
        };
        let fits = |points: &u32| {
            let merit = sum.checked_sub(self.factor * points);
            merit.is_some_and(|merit| {
                merit.is_multiple_of(STEP) && (self.least..=GREATEST).contains(&(merit / STEP))
            })
        };
        let fitting = self.test.results(self.test.pass, self.test.maximum).filter(fits);
        let points = fitting.min_by(|a, b| apart(a).total_cmp(&apart(b))).unwrap_or(self.test.pass);
        let steps = sum.saturating_sub(self.factor * points) / STEP;
        Role { steps, by_first: false, points: Some(points) }
    }

    /// Where the test is finer than merits are, points move from one to the next; their sum stays.
    fn leave_the_grid(&self, draws: &mut Draws, roles: &mut [Role]) {
        if self.factor > 1 || self.test.step.is_multiple_of(STEP) {
            return;
        }
        for pair in roles.get_mut(1..).unwrap_or_default().chunks_exact_mut(2) {
            let [lower, upper] = pair else { continue };
            let moved = draws.below((STEP / self.test.step) as usize) as u32 * self.test.step;
            let (Some(less), Some(more)) = (lower.points, upper.points) else { continue };
            // Less than a step is moved, so that nobody gets below the lowest.
            let apart = lower.steps * STEP + less < upper.steps * STEP + more;
            if apart && less + moved <= self.test.maximum && more >= self.test.pass + moved {
                (lower.points, upper.points) = (Some(less + moved), Some(more - moved));
            }
        }
    }
}
