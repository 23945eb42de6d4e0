//! How many seats each offer has and how many are admitted to it.

use super::published::{DecidedBy, Offer, Published};
use super::selection::{First, Last};
use crate::cohort::STEP;
use crate::geography::readiness;
use crate::random::{Draws, Purpose};
use crate::taste::study_path;

/// An offer's seats and the two figures that its admitted have to show.
#[derive(Debug, Clone)]
pub(crate) struct Size {
    pub(crate) seats: u32,
    pub(crate) admitted: u32,
    /// Of these, admitted by the quota group that is filled first.
    pub(crate) by_first: u32,
    /// The lowest merit admitted by the last group, in steps; `None` when every eligible applicant
    /// gets in. About so much where test points are added.
    pub(crate) lowest: Option<u32>,
    /// The mean merit of those whom the last group admits, in points.
    pub(crate) mean: f64,
}

/// How far pupils travel (kilometres) for an offer of that kind.
pub(crate) fn travel_km(offer: &Offer) -> f64 {
    match offer.code.as_str() {
        "NB" | "FL" | "FO" | "FI" | "IB" => 35.0,
        _ if offer.decided_by == DecidedBy::Test => 25.0,
        _ if study_path(&offer.code).preparatory => 10.0,
        _ => 13.0,
    }
}

/// Sizes all offers so that about `placed` applicants are admitted in all.
///
/// Demand is spread over the offers of each programme by nearness (a Huff model) and rounded to
/// a class size that occurs in other regions. An offer with a published lowest merit is full; any
/// other has seats left, or just enough.
pub(crate) fn sizes(published: &Published, seed: u64, placed: u32) -> Vec<Size> {
    let pull = pull(published);
    let (mut small, mut large) = (0.0, 4.0 * f64::from(placed));
    for _ in 0..60 {
        let middle = (small + large) / 2.0;
        let admitted: u32 =
            scaled(published, seed, &pull, middle).iter().map(|size| size.admitted).sum();
        if admitted < placed { small = middle } else { large = middle }
    }
    scaled(published, seed, &pull, large)
}

/// Each offer's share of all demand.
fn pull(published: &Published) -> Vec<f64> {
    let offers = &published.offers;
    let mut pull = vec![0.0; offers.len()];
    // Offers whose admitted have higher merits than usual for the programme are sought after,
    // and over the years such offers grow.
    let standing: Vec<f64> = offers
        .iter()
        .map(|offer| {
            let above = match offer.decided_by {
                DecidedBy::Merit => offer.mean_points() - study_path(&offer.code).merit,
                DecidedBy::Test => 0.0,
            };
            libm::exp(above / 75.0)
        })
        .collect();
    for home in &published.municipalities {
        let near: Vec<f64> = offers
            .iter()
            .map(|offer| {
                let distance = home.distance(&published.municipalities[offer.municipality]);
                readiness(distance, travel_km(offer))
            })
            .collect();
        for (index, offer) in offers.iter().enumerate() {
            let rivals: f64 = offers
                .iter()
                .zip(&near)
                .filter(|(other, _)| other.code == offer.code)
                .map(|(_, near)| near)
                .sum();
            // Where the nearest offer is far away, fewer want the programme at all.
            let demand = home.applicants * study_path(&offer.code).share * standing[index];
            pull[index] += demand * near[index] / (rivals + 0.08);
        }
    }
    let total: f64 = pull.iter().sum();
    pull.iter().map(|share| share / total).collect()
}

fn scaled(published: &Published, seed: u64, pull: &[f64], demand: f64) -> Vec<Size> {
    let offers = published.offers.iter().zip(pull).enumerate();
    offers
        .map(|(index, (offer, share))| {
            let mut draws = Draws::new(seed, Purpose::Sizes, index as u64);
            let menu = menu(published, offer);
            let apprentices = offer.name.contains("lärling");
            let wanted = demand * share * (1.0 + 0.25 * draws.bell()).max(0.3);
            let wanted = if apprentices { 0.5 * wanted } else { wanted };
            let mean = mean(offer, &mut draws);
            // Mean and lowest alike: a single place was given by merit.
            let single = offer
                .lowest_points()
                .is_some_and(|lowest| offer.mean_points() + 0.5 < lowest + 1.0);
            let lowest = lowest(offer, mean, &mut draws);
            let (seats, admitted) = match lowest {
                Some(_) if single => (1, 1),
                Some(_) => {
                    let seats = nearest(menu, wanted);
                    (seats, seats)
                }
                None => {
                    let filled = 0.45 + 0.55 * draws.unit();
                    let seats = nearest(menu, 0.85 * wanted / filled);
                    (seats, ((f64::from(seats) * filled) as u32).max(1))
                }
            };
            let by_first = by_first(offer, seats, &mut draws);
            Size { seats, admitted, by_first, lowest, mean }
        })
        .collect()
}

/// The class sizes that the offer may have; with a skill test a class at most.
fn menu<'a>(published: &'a Published, offer: &Offer) -> &'a [u32] {
    const CLASS: u32 = 32;
    let menu = &published.class_sizes[usize::from(study_path(&offer.code).preparatory)];
    match offer.decided_by {
        DecidedBy::Test => &menu[..menu.partition_point(|seats| *seats <= CLASS).max(1)],
        DecidedBy::Merit => menu,
    }
}

/// How many the quota group admits that is filled first: sometimes fewer than it has seats for,
/// where humans decide who is on its list.
fn by_first(offer: &Offer, seats: u32, draws: &mut Draws) -> u32 {
    let Some(selection) = &offer.selection else { return 0 };
    let [set_aside, _] = selection.seats(seats)[..] else { return 0 };
    match selection.first {
        Some(First::FreeQuota) if draws.chance(0.4) => set_aside - 1,
        _ => set_aside,
    }
}

/// The mean to aim at: half a point above the published one, which was cut to whole points.
/// Where that holds test points too, a mean merit as at selective offers of the kind.
fn mean(offer: &Offer, draws: &mut Draws) -> f64 {
    if let Last::Sum(_) = offer.last_group() {
        let usual = if offer.code == "ES" { 262.0 } else { 293.0 };
        return usual + 8.0 * draws.bell();
    }
    offer.mean_points() + 0.5
}

/// The lowest merit to aim at, in steps.
fn lowest(offer: &Offer, mean: f64, draws: &mut Draws) -> Option<u32> {
    let published = offer.lowest_points()?;
    let steps = match offer.last_group() {
        Last::Sum(_) => (mean - 35.0 - 6.0 * draws.bell()) / STEP,
        _ => published / STEP,
    };
    Some(steps as u32)
}

fn nearest(menu: &[u32], wanted: f64) -> u32 {
    let apart = |seats: &u32| (f64::from(*seats) - wanted).abs();
    menu.iter().copied().min_by(|a, b| apart(a).total_cmp(&apart(b))).unwrap_or(1)
}
