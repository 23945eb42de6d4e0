//! Who chooses a new offer, by a model that the season's own lists calibrate.
//!
//! A list is seen as a race: every offer draws a time, exponential with its weight for that
//! applicant as rate, and the list is the offers in the order of their times, cut at its length
//! (Luce 1959; Plackett 1975). The weight of offer j, of study path s in municipality m, for an
//! applicant who lives in h and whose first choice is of study path f is
//!
//! > l(f, s) / S(s) · l(h, m) / S(m) · seats(j),
//!
//! where l(f, s) counts the choices of study path s of all whose first choice is of f, l(h, m) the
//! choices in m of all who live in h, and S the seats that the season has of that study path or in
//! that municipality. Shares instead of counts would multiply all weights of an applicant by the same
//! number, and only their proportions matter. An offer that is split in two keeps its weight, and one
//! with more seats weighs more.

use std::borrow::Cow;
use std::collections::BTreeMap;

use antagning_formats::{EditedApplicant, EditedChoice, EditedOffer, Listed, Season};
use antagning_rules::{Lottery, LotteryScope};

/// What the model knows of an offer: first those of the season by their numbers, then new ones.
#[derive(Debug)]
pub(super) struct Weighed<'b> {
    study_path: Cow<'b, str>,
    municipality: Cow<'b, str>,
    seats: u32,
}

impl<'b> Weighed<'b> {
    pub(super) fn new(offer: &EditedOffer<'b>) -> Self {
        Self {
            study_path: offer.study_path_code.clone(),
            municipality: offer.municipality_code.clone(),
            // Whoever lists an offer without seats gives it some weight.
            seats: offer.seats.max(1),
        }
    }
}

/// Bits behind the point of seats for each seat.
const PRECISION: u32 = 40;
/// The most bits of the weight of all offers, when it is multiplied by a chance.
const MOST_BITS: u32 = 62;
/// A chance of one.
const CERTAIN: u128 = 1 << 64;

/// What the lists of a season say of some offers.
#[derive(Debug)]
struct Model {
    /// For each offer the numbers of its study path and municipality, and its seats for each seat
    /// of the study path and of the municipality in the season.
    offers: Vec<(usize, usize, u128)>,
    /// The number of each applicant's home.
    home: Vec<usize>,
    /// l(f, s), a row for each study path of a first choice.
    by_path: Vec<Vec<u64>>,
    /// l(h, m), a row for each home.
    by_home: Vec<Vec<u64>>,
}

impl Model {
    /// Counts choices: O(choices + offers · log offers).
    fn new(season: &Season, weighed: &[Weighed<'_>]) -> Self {
        let (paths, path) = numbered(weighed.iter().map(|offer| offer.study_path.as_ref()));
        let (places, place) = numbered(weighed.iter().map(|offer| offer.municipality.as_ref()));
        let known = season.applicants.as_ref();
        let home = |number: usize| known.map_or("", |known| known.home_municipality.get(number));
        let (homes, home) = numbered((0..season.applicant_ids.len()).map(home));
        let mut of_path = vec![0; paths];
        let mut of_place = vec![0; places];
        let own = season.programmes.ids.len();
        for (offer, (path, place)) in weighed.iter().zip(path.iter().zip(&place)).take(own) {
            of_path[*path] += u128::from(offer.seats);
            of_place[*place] += u128::from(offer.seats);
        }
        let offers = weighed.iter().zip(path.iter().zip(&place)).map(|(offer, (path, place))| {
            // Of what the season does not have, nobody lists anything.
            let alike = (of_path[*path] * of_place[*place]).max(1);
            (*path, *place, (u128::from(offer.seats) << PRECISION) / alike)
        });
        let offers = offers.collect();
        let mut by_path = vec![vec![0; paths]; paths];
        let mut by_home = vec![vec![0; places]; homes];
        for (applicant, home) in home.iter().enumerate() {
            let rows = season.choices.of(applicant);
            let listed = &season.choices.programme[rows];
            for programme in listed {
                let programme = *programme as usize;
                by_path[path[listed[0] as usize]][path[programme]] += 1;
                by_home[*home][place[programme]] += 1;
            }
        }
        Self { offers, home, by_path, by_home }
    }

    /// The weight of an offer for those who live there and have a first choice of that study path.
    fn weight(&self, (first, home): (usize, usize), offer: usize) -> u128 {
        let (path, place, seats) = self.offers[offer];
        u128::from(self.by_path[first][path]) * u128::from(self.by_home[home][place]) * seats
    }
}

/// How many texts there are, and the number of each row's.
fn numbered<'t>(rows: impl Iterator<Item = &'t str>) -> (usize, Vec<usize>) {
    let mut numbers = BTreeMap::new();
    let number = |row| {
        let next = numbers.len();
        *numbers.entry(row).or_insert(next)
    };
    let rows = rows.map(number).collect();
    (numbers.len(), rows)
}

/// The last of the weighed offers enters the lists of those whom the model draws, at a place that it
/// draws: before the choice at which the race reaches it, given the list as it is. Behind
/// the last choice nothing is known, so whoever would have it there does not list it.
///
/// One number, over seed, applicant and id, decides of each applicant; a more attractive offer is
/// listed by the same people and more. O(choices + classes · offers), classes being pairs of a study
/// path and a home that occur.
///
/// # References
///
/// * R. D. Luce, *Individual Choice Behavior*, Wiley (1959).
/// * R. L. Plackett, *The Analysis of Permutations*, Applied Statistics 24 (1975).
pub(super) fn open(
    season: &Season,
    applicants: &mut [EditedApplicant],
    (offer, id): (u32, &str),
    weighed: &[Weighed<'_>],
    seed: &str,
) {
    let model = Model::new(season, weighed);
    let lots = Lottery::new(seed, LotteryScope::Programme);
    let mut totals = BTreeMap::new();
    for applicant in applicants {
        let source = applicant.source as usize;
        let Some(first) = season.choices.of(source).next() else { continue };
        let first = model.offers[season.choices.programme[first] as usize].0;
        let class = (first, model.home[source]);
        let all = *totals.entry(class).or_insert_with(|| {
            (0..weighed.len() - 1).map(|offer| model.weight(class, offer)).sum::<u128>()
        });
        let own = model.weight(class, offer as usize);
        // Only proportions matter: with fewer bits the products below fit.
        let bits = u128::BITS - (all + own).leading_zeros();
        let shift = bits.saturating_sub(MOST_BITS);
        let (mut left, own) = (all >> shift, own >> shift);
        if own == 0 {
            continue;
        }
        let number = u128::from(lots.number(season.applicant_ids.get(source), id));
        let mut chance_of_not_yet = CERTAIN;
        for position in 0..applicant.choices.len() {
            chance_of_not_yet = chance_of_not_yet * left / (left + own);
            let next = applicant.choices[position];
            if number >= chance_of_not_yet {
                let listed = match next.listed {
                    Listed::Itself => Listed::Above,
                    beside => beside,
                };
                applicant.choices.insert(position, EditedChoice { offer, listed, ..next });
                break;
            }
            left = left.saturating_sub(model.weight(class, next.offer as usize) >> shift);
        }
    }
}
