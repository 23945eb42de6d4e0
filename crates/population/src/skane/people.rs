//! The cohort: who is admitted where, who is turned away, who is not eligible.

use super::published::Published;
use super::seats::{Size, travel_km};
use crate::cohort::{Needs, STEP, Sheet};
use crate::examiner::{Examiner, Standing};
use crate::generic::birth_year;
use crate::geography::readiness;
use crate::random::{Draws, Purpose, running_sums};
use crate::taste::{STUDY_PATHS, inclination, study_path};

/// An applicant of the season.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Index of the home municipality.
    pub(crate) home: usize,
    pub(crate) girl: bool,
    pub(crate) birth_year: u16,
    pub(crate) protected: bool,
    pub(crate) sheet: Sheet,
    pub(crate) standing: Standing,
    /// Code of the study path that they want most.
    pub(crate) wants: String,
    pub(crate) fate: Fate,
}

/// What admission will come to for a person, by offer index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Admitted to that offer.
    Admitted(usize),
    /// Eligible, but wants only full offers, that one most.
    TurnedAway(usize),
    /// Eligible for no national programme.
    Ineligible,
}

/// What the people of a season are drawn from.
pub(crate) struct Cohort<'a> {
    pub(crate) published: &'a Published,
    pub(crate) sizes: &'a [Size],
    /// The merits of those admitted to each offer, in steps.
    pub(crate) merits: &'a [Vec<u32>],
    /// What each offer asks for.
    pub(crate) needs: &'a [Needs],
    pub(crate) examiner: &'a Examiner,
    pub(crate) seed: u64,
}

impl Cohort<'_> {
    /// The admitted of every offer in turn, then those turned away, then those not eligible.
    pub(crate) fn people(&self, turned_away: usize, ineligible: usize) -> Vec<Person> {
        let homes = self.homes();
        let failing = self.published.municipalities.iter();
        let failing =
            running_sums(failing.map(|home| home.applicants * libm::exp(-home.merit_tilt)));
        let mut people = Vec::new();
        let draws = |index: usize| Draws::new(self.seed, Purpose::Applicants, index as u64);
        for (offer, merits) in self.merits.iter().enumerate() {
            for &steps in merits {
                let mut draws = draws(people.len());
                let home = draws.pick(&homes[offer]);
                people.push(self.person(&mut draws, home, steps, Fate::Admitted(offer)));
            }
        }
        let targets = self.targets(turned_away);
        for offer in targets {
            let mut draws = draws(people.len());
            let home = draws.pick(&homes[offer]);
            let steps = self.just_below(&mut draws, offer);
            people.push(self.person(&mut draws, home, steps, Fate::TurnedAway(offer)));
        }
        for _ in 0..ineligible {
            let mut draws = draws(people.len());
            let home = draws.pick(&failing);
            people.push(self.ineligible(&mut draws, home));
        }
        people
    }

    fn person(&self, draws: &mut Draws, home: usize, steps: u32, fate: Fate) -> Person {
        let (Fate::Admitted(offer) | Fate::TurnedAway(offer)) = fate else {
            return self.ineligible(draws, home);
        };
        let code = &self.published.offers[offer].code;
        let girl = draws.chance(share_of_girls(
            &self.published.offers[offer].name,
            study_path(code).girls,
            f64::from(steps) * STEP - self.sizes[offer].mean,
        ));
        let sheet = Sheet::with_merit(draws, steps, &self.needs[offer]);
        self.finish(draws, home, girl, sheet, code.clone(), fate)
    }

    fn ineligible(&self, draws: &mut Draws, home: usize) -> Person {
        let girl = draws.chance(0.43);
        let sheet = Sheet::of_ineligible(draws);
        let merit = f64::from(self.examiner.standing(&sheet).steps) * STEP;
        let wishes =
            STUDY_PATHS.iter().map(|path| path.share * inclination(path, merit + 40.0, girl));
        let wants = STUDY_PATHS[draws.pick(&running_sums(wishes))].code.to_owned();
        self.finish(draws, home, girl, sheet, wants, Fate::Ineligible)
    }

    fn finish(
        &self,
        draws: &mut Draws,
        home: usize,
        girl: bool,
        sheet: Sheet,
        wants: String,
        fate: Fate,
    ) -> Person {
        let standing = self.examiner.standing(&sheet);
        let protected = draws.chance(0.0008);
        let birth_year = birth_year(draws);
        Person { home, girl, birth_year, protected, sheet, standing, wants, fate }
    }

    /// For each offer the running sums of its admitted over the home municipalities.
    ///
    /// Near homes first, and those where merits are high for selective offers, balanced so that every offer has its admitted and every municipality its
    /// share of them (iterative proportional fitting).
    fn homes(&self) -> Vec<Vec<f64>> {
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

    /// The offers that people are turned away from: first each one that hardly anybody else could
    /// be turned away from, because few have a merit below its lowest; then by seats.
    fn targets(&self, count: usize) -> Vec<usize> {
        const FEW_BELOW: u32 = 8;
        let full = |offer: &usize| self.sizes[*offer].lowest.is_some();
        let mut targets: Vec<usize> = (0..self.sizes.len())
            .filter(|offer| {
                let least = self.needs[*offer].least_steps();
                self.sizes[*offer].lowest.is_some_and(|lowest| lowest < least + FEW_BELOW)
            })
            .collect();
        targets.truncate(count);
        let offers: Vec<usize> = (0..self.sizes.len()).filter(full).collect();
        if offers.is_empty() {
            return targets;
        }
        let seats = running_sums(offers.iter().map(|offer| f64::from(self.sizes[*offer].seats)));
        let mut draws = Draws::new(self.seed, Purpose::Admitted, 0);
        while targets.len() < count {
            targets.push(offers[draws.pick(&seats)]);
        }
        targets
    }

    /// A merit, in steps, with which one misses a full offer, sometimes by the lottery alone.
    fn just_below(&self, draws: &mut Draws, offer: usize) -> u32 {
        let lowest = self.sizes[offer].lowest.unwrap_or_default();
        let mut below = 0;
        while below < 30 && draws.chance(0.8) {
            below += 1;
        }
        lowest.saturating_sub(below).max(self.needs[offer].least_steps())
    }
}

/// Girls among those admitted to an offer, more of them the further a merit lies above its mean.
fn share_of_girls(name: &str, girls: f64, above_mean: f64) -> f64 {
    let girls = if name.contains("Barberare") { 0.25 } else { girls };
    let odds = girls / (1.0 - girls) * libm::exp(0.012 * above_mean);
    odds / (1.0 + odds)
}
