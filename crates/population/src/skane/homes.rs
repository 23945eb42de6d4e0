//! Where those live whom an offer admits.

use super::people::Cohort;
use super::places::Municipality;
use super::published::{Offer, Published};
use super::seats::travel_km;
use crate::geography::readiness;
use crate::random::running_sums;

impl Cohort<'_> {
    /// For each offer the running sums of its admitted over the home municipalities.
    ///
    /// Near homes first, and those where merits are high for selective offers, balanced so that
    /// every offer has its admitted and every municipality its share of them (iterative proportional fitting).
    pub(super) fn homes(&self) -> Vec<Vec<f64>> {
        let municipalities = &self.published.municipalities;
        let mut flows: Vec<Vec<f64>> = self
            .published
            .offers
            .iter()
            .zip(self.sizes)
            .map(|(offer, size)| {
                let place = &municipalities[offer.municipality];
                let scale = travel_km(offer);
                let high = (size.mean - 235.0) / 45.0;
                municipalities
                    .iter()
                    .map(|home| {
                        readiness(home.distance(place), scale)
                            * home.applicants
                            * libm::exp(home.merit_tilt * high)
                    })
                    .collect()
            })
            .collect();
        let inhabitants: f64 = municipalities.iter().map(|home| home.applicants).sum();
        let placed: u32 = self.sizes.iter().map(|size| size.admitted).sum();
        for _ in 0..100 {
            for (home, municipality) in municipalities.iter().enumerate() {
                let due = f64::from(placed) * municipality.applicants / inhabitants;
                let sum: f64 = flows.iter().map(|row| row[home]).sum();
                for row in &mut flows {
                    row[home] *= due / sum;
                }
            }
            for (row, size) in flows.iter_mut().zip(self.sizes) {
                let sum: f64 = row.iter().sum();
                for flow in row {
                    *flow *= f64::from(size.admitted) / sum;
                }
            }
        }
        flows.into_iter().map(running_sums).collect()
    }

    /// For each offer how many of its admitted come from outside the area, if it may admit them,
    /// and the running sums over the municipalities there.
    pub(super) fn outside(&self) -> Vec<(f64, Vec<f64>)> {
        const TRAVEL_KM: f64 = 20.0;
        let Published { municipalities, outside, offers, .. } = self.published;
        let of_offer = |offer: &Offer| {
            let place = &municipalities[offer.municipality];
            let near =
                |home: &Municipality| home.applicants * readiness(home.distance(place), TRAVEL_KM);
            let running = running_sums(outside.iter().map(near));
            let within: f64 = municipalities.iter().map(near).sum();
            let beyond = running.last().copied().unwrap_or(0.0);
            ((0.7 * beyond / (within + beyond)).min(0.1), running)
        };
        offers.iter().map(of_offer).collect()
    }
}
