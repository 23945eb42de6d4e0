//! The cohort: who is admitted where, who is turned away, who is not eligible.

use super::cases::{Case, case};
use super::published::{Offer, Published};
use super::roles::Role;
use super::seats::Size;
use crate::cohort::{Needs, STEP, Sheet};
use crate::examiner::{Examiner, Standing};
use crate::generic::birth_year;
use crate::random::{Draws, Purpose, running_sums};
use crate::taste::{STUDY_PATHS, inclination, study_path};

/// An applicant of the season.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Index of the home municipality, see [`Published::home`].
    pub(crate) home: usize,
    pub(crate) girl: bool,
    pub(crate) birth_year: u16,
    pub(crate) protected: bool,
    /// The grades that count, after any new one.
    pub(crate) sheet: Sheet,
    pub(crate) standing: Standing,
    /// Code of the study path that they want most.
    pub(crate) wants: String,
    pub(crate) fate: Fate,
    /// Admitted by the quota group that is filled first.
    pub(crate) by_first: bool,
    /// Points in the test of the offer that admits them, in half points.
    pub(crate) points: Option<u32>,
    pub(crate) case: Case,
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
    /// Takes no part: too old, finished already, or withdrawn.
    Out,
}

impl Person {
    /// The offer that admits them.
    pub(crate) fn admitted_to(&self) -> Option<usize> {
        match self.fate {
            Fate::Admitted(offer) => Some(offer),
            _ => None,
        }
    }

    pub(crate) fn is_admitted_to(&self, offer: usize) -> bool {
        self.fate == Fate::Admitted(offer)
    }
}

/// What the people of a season are drawn from.
pub(crate) struct Cohort<'a> {
    pub(crate) published: &'a Published,
    pub(crate) sizes: &'a [Size],
    /// Those admitted to each offer.
    pub(crate) roles: &'a [Vec<Role>],
    /// What each offer asks for.
    pub(crate) needs: &'a [Needs],
    pub(crate) examiner: &'a Examiner,
    pub(crate) seed: u64,
}

/// How many there are of each kind beside the admitted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Others {
    pub(crate) turned_away: u32,
    pub(crate) out: u32,
    pub(crate) ineligible: u32,
}

/// Of those who are turned away by a municipal school, from outside the area.
const TURNED_AWAY_FROM_OUTSIDE: f64 = 0.1;

impl Cohort<'_> {
    /// The admitted of every offer in turn, then those turned away, those who take no part, and
    /// those not eligible.
    pub(crate) fn people(&self, others: Others) -> Vec<Person> {
        let homes = self.homes();
        let outside = self.outside();
        let failing = self.published.municipalities.iter();
        let failing =
            running_sums(failing.map(|home| home.applicants * libm::exp(-home.merit_tilt)));
        let area = self.published.municipalities.len();
        let mut people = Vec::new();
        let draws = |index: usize| Draws::new(self.seed, Purpose::Applicants, index as u64);
        for (offer, roles) in self.roles.iter().enumerate() {
            let (share, near) = &outside[offer];
            for role in roles {
                let mut draws = draws(people.len());
                let from_outside = draws.chance(*share) && self.may_come(offer, role, &mut draws);
                let home = match from_outside {
                    true => area + draws.pick(near),
                    false => draws.pick(&homes[offer]),
                };
                people.push(self.admitted(&mut draws, home, offer, role));
            }
        }
        for offer in self.targets(others.turned_away as usize) {
            let mut draws = draws(people.len());
            let of = &self.published.offers[offer];
            let second_hand = !of.independent && !of.is_nationwide() && of.merit_suffices();
            let (home, steps) = match draws.chance(TURNED_AWAY_FROM_OUTSIDE) && second_hand {
                true => (area + draws.pick(&outside[offer].1), self.just_above(&mut draws, offer)),
                false => (draws.pick(&homes[offer]), self.just_below(&mut draws, offer)),
            };
            let sheet = Sheet::with_merit(&mut draws, steps, &self.needs[offer], &[]);
            people.push(self.wanting(&mut draws, home, offer, sheet, Fate::TurnedAway(offer)));
        }
        let offers = running_sums(self.sizes.iter().map(|size| f64::from(size.seats)));
        for index in 0..others.out {
            let mut draws = draws(people.len());
            let offer = draws.pick(&offers);
            let home = draws.pick(&homes[offer]);
            let steps = (self.sizes[offer].mean / STEP) as u32;
            let sheet = Sheet::with_merit(&mut draws, steps, &self.needs[offer], &[]);
            let mut person = self.wanting(&mut draws, home, offer, sheet, Fate::Out);
            person.case = Case::out(index);
            person.birth_year = person.case.birth_year().unwrap_or(person.birth_year);
            people.push(person);
        }
        for _ in 0..others.ineligible {
            let mut draws = draws(people.len());
            let home = draws.pick(&failing);
            people.push(self.ineligible(&mut draws, home));
        }
        people
    }

    /// Somebody whom the offer admits.
    fn admitted(&self, draws: &mut Draws, home: usize, offer: usize, role: &Role) -> Person {
        let needs = &self.needs[offer];
        let of = &self.published.offers[offer];
        let outside = self.published.is_outside(home);
        let case = case(draws, of, self.sizes[offer].lowest.is_some(), needs, role, outside);
        let (sheet, case) = case.sheet(draws, role.steps, needs);
        let fate = Fate::Admitted(offer);
        let mut person = self.wanting(draws, home, offer, sheet, fate);
        person.case = case;
        person.by_first = role.by_first;
        person.points = role.points;
        person.standing.steps = role.steps;
        person.standing.eligible |= self.examiner.standing(&case.as_if(&sheet)).eligible;
        person
    }

    /// Somebody who wants that offer.
    fn wanting(
        &self,
        draws: &mut Draws,
        home: usize,
        offer: usize,
        sheet: Sheet,
        fate: Fate,
    ) -> Person {
        let Offer { code, name, .. } = &self.published.offers[offer];
        let merit = f64::from(self.examiner.standing(&sheet).steps) * STEP;
        let above = merit - self.sizes[offer].mean;
        let girl = draws.chance(share_of_girls(name, study_path(code).girls, above));
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
        // Their home is where they stay, and that is in the area (SkolL 29 kap. 6 §).
        let protected = draws.chance(0.0008) && !self.published.is_outside(home);
        let birth_year = birth_year(draws);
        Person {
            home,
            girl,
            birth_year,
            protected,
            sheet,
            standing,
            wants,
            fate,
            by_first: false,
            points: None,
            case: Case::None,
        }
    }

    /// Whether somebody from outside the area can be admitted in that role: in first hand, or where
    /// there are seats for all; else for reasons of their own, now and then.
    fn may_come(&self, offer: usize, role: &Role, draws: &mut Draws) -> bool {
        let of = &self.published.offers[offer];
        if of.independent || of.is_nationwide() {
            return true;
        }
        let plain = of.merit_suffices() && !role.by_first;
        plain && (self.sizes[offer].lowest.is_none() || draws.chance(0.06))
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

    /// A merit, in steps, that would suffice in first hand.
    fn just_above(&self, draws: &mut Draws, offer: usize) -> u32 {
        let lowest = self.sizes[offer].lowest.unwrap_or_default();
        (lowest + draws.below(20) as u32).clamp(self.needs[offer].least_steps(), 136)
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
