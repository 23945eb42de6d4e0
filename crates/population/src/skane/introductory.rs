//! Introductory programmes for groups: offers, and who asks for them last.

use antagning_rules::GradeRules;

use super::lists::{List, move_one};
use super::people::{Fate, Person};
use super::places::Municipality;
use super::published::Published;
use crate::geography::readiness;
use crate::random::{Draws, Purpose};
use crate::taste::{STUDY_PATHS, affinity};

/// Offers of programme-oriented choice (IMV) and of vocational introduction (IMY).
const ORIENTED: usize = 200;
const VOCATIONAL: usize = 50;
/// Of those who are eligible for no national programme, how many ask for one of them: those who
/// may be ranked for IMV, and the others, whom schools mostly place one by one.
const ASK: f64 = 0.5;
const ASK_FOR_VOCATIONAL: f64 = 0.1;
/// Of those who are turned away; where they are eligible for the programme itself it is in vain.
const ASK_IN_VAIN: f64 = 0.06;
/// Each of them for so many.
const ASKED_FOR: usize = 2;
const LONGEST: usize = 8;

/// An offer of an introductory programme for a group.
#[derive(Debug, Clone)]
pub(crate) struct Introductory {
    /// `IMV` and the programme's code, or `IMY`.
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) school: String,
    /// Index of its municipality.
    pub(crate) municipality: usize,
    pub(crate) independent: bool,
    pub(crate) seats: u32,
    /// The study path that it leads to; empty for vocational introduction.
    target: &'static str,
}

/// Draws which schools offer what: each a programme that it has itself.
pub(crate) fn introductory(published: &Published, seed: u64) -> Vec<Introductory> {
    let mut oriented: Vec<Introductory> = Vec::new();
    let mut vocational: Vec<Introductory> = Vec::new();
    for offer in &published.offers {
        let Some(path) = STUDY_PATHS.iter().find(|path| path.code == offer.code) else { continue };
        let of = |code: String, name: String, target| Introductory {
            code,
            name,
            school: offer.school.clone(),
            municipality: offer.municipality,
            independent: offer.independent,
            seats: 0,
            target,
        };
        let known = |offers: &[Introductory], code: &str| {
            offers.iter().any(|known| known.school == offer.school && known.code == code)
        };
        let code = format!("IMV{}", path.code);
        if !known(&oriented, &code) {
            let name = format!("Programinriktat val - {}", path.name);
            oriented.push(of(code, name, path.code));
        }
        if !path.preparatory && !known(&vocational, "IMY") {
            vocational.push(of("IMY".to_owned(), "Yrkesintroduktion för grupp".to_owned(), ""));
        }
    }
    let mut draws = Draws::new(seed, Purpose::Introductory, 0);
    let mut offers = some(&mut draws, oriented, ORIENTED, 1);
    offers.extend(some(&mut draws, vocational, VOCATIONAL, 6));
    offers
}

/// So many of the offers, in their order, with seats from `least` to ten.
fn some(
    draws: &mut Draws,
    mut offers: Vec<Introductory>,
    count: usize,
    least: u32,
) -> Vec<Introductory> {
    let mut left = offers.len();
    let mut wanted = count;
    offers.retain_mut(|offer| {
        // The n-th is kept with the probability that as many as wanted remain (Knuth's S).
        let kept = draws.below(left) < wanted;
        left -= 1;
        wanted -= usize::from(kept);
        offer.seats = least + draws.below(11 - least as usize) as u32;
        kept
    });
    offers
}

/// Puts an introductory programme last on lists of those who may need one; by person their indices.
pub(crate) fn ask(
    published: &Published,
    rules: &GradeRules,
    offers: &[Introductory],
    people: &[Person],
    lists: &mut [List],
    seed: u64,
) -> Vec<Vec<usize>> {
    let rule_of: Vec<usize> = offers
        .iter()
        .map(|offer| rules.study_path(&offer.code).map_or(0, |path| path.rule))
        .collect();
    let mut asked = Vec::with_capacity(people.len());
    for (index, (person, list)) in people.iter().zip(lists).enumerate() {
        let mut draws = Draws::new(seed, Purpose::Introductory, 1 + index as u64);
        let share = match person.fate {
            Fate::Ineligible if person.standing.eligible >> rule_of[0] & 1 == 1 => ASK,
            Fate::Ineligible => ASK_FOR_VOCATIONAL,
            Fate::TurnedAway(_) if !published.is_outside(person.home) => ASK_IN_VAIN,
            _ => 0.0,
        };
        let mut of_person = Vec::new();
        if draws.chance(share) {
            let home = published.home(person.home);
            let weight = |(offer, rule): (&Introductory, &usize)| {
                let eligible = person.standing.eligible >> rule & 1 == 1;
                appeal(published, offer, person, home) * if eligible { 1.0 } else { 0.1 }
            };
            let mut weights: Vec<f64> = offers.iter().zip(&rule_of).map(weight).collect();
            while of_person.len() < ASKED_FOR && move_one(&mut draws, &mut weights, &mut of_person)
            {
            }
            list.offers.truncate(LONGEST - of_person.len());
        }
        asked.push(of_person);
    }
    asked
}

/// How much an offer appeals: near, and towards what the person wants.
fn appeal(
    published: &Published,
    offer: &Introductory,
    person: &Person,
    home: &Municipality,
) -> f64 {
    const TRAVEL_KM: f64 = 10.0;
    const UNDIRECTED: f64 = 0.2;
    let wanted = match offer.target {
        "" => UNDIRECTED,
        target => affinity(&person.wants, target),
    };
    let place = &published.municipalities[offer.municipality];
    wanted * readiness(home.distance(place), TRAVEL_KM) * f64::from(offer.seats)
}
