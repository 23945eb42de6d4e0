//! All figures of one run, as numbers.

use antagning_rules::{Assessment, Held};

use crate::planning::simulation::cast::Cast;
use crate::planning::simulation::categories::Categories;
use crate::planning::simulation::lines::{Lines, OfferTally};
use crate::season::Season;

/// Figures of a set of applicants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Those who have a choice, or had one in the base.
    pub(super) applicants: u64,
    pub(super) placed: u64,
    pub(super) first_choices: u64,
    /// The ranks of the placed.
    pub(super) placed_ranks: u64,
    /// The ranks of all, an unplaced applicant counting as list length + 1.
    pub(super) ranks: u64,
    pub(super) better: u64,
    pub(super) worse: u64,
    pub(super) newly_placed: u64,
    pub(super) newly_unplaced: u64,
}

/// All figures of one run.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) total: Tally,
    /// By group of the base's categories.
    pub(super) groups: Vec<Tally>,
    /// Each offer, and behind it its quota groups where it has several.
    pub(super) offers: Vec<OfferTally>,
    /// The school municipalities in text order.
    pub(super) municipalities: Vec<String>,
    /// How many live where and are placed where: a row a home, a column a school municipality.
    pub(super) flows: Vec<u32>,
    /// How well each applicant of the base fares.
    pub(super) standing: Vec<u32>,
    /// Applicants whom the base does not have.
    pub(super) arrived: u64,
}

/// The standing of whoever is not placed.
const UNPLACED: u32 = u32::MAX;
/// The standing of whoever takes no part.
pub(super) const ABSENT: u32 = u32::MAX - 1;

/// Where the schools of a season are.
#[derive(Clone, Debug)]
pub(super) struct Schools {
    /// The municipalities in text order.
    pub(super) municipalities: Vec<String>,
    /// The municipality of each offer.
    pub(super) of: Vec<u16>,
}

impl Sheet {
    /// Counts a run: `held` tells where everybody of the cast is placed. `base` holds how people fare
    /// in the base; without it this is the base. O(choices · log claims).
    pub(super) fn new(
        assessment: &Assessment<'_>,
        cast: &impl Cast,
        (categories, base): (&Categories, Option<&[u32]>),
        schools: &Schools,
        seats: &[u32],
        held: impl Fn(usize) -> Held,
    ) -> Self {
        let entrants = cast.entrants();
        let quotas = assessment.dossiers().quotas;
        let Schools { municipalities, of: municipality } = schools;
        let mut flows = vec![0; categories.homes.len() * municipalities.len()];
        let mut lines = Lines::new(assessment, entrants);
        let known = base.map_or(entrants.offsets.len() - 1, <[u32]>::len);
        let mut sheet = Self {
            groups: vec![Tally::default(); categories.names.len()],
            standing: vec![ABSENT; known],
            ..Self::default()
        };
        for (number, bounds) in entrants.offsets.windows(2).enumerate() {
            let held = held(number);
            let entrant = held.map(|(position, _)| bounds[0] + position);
            for waiting in bounds[0]..entrant.unwrap_or(bounds[1]) {
                lines.turn_away(waiting);
            }
            let person = cast.person(number);
            if let (Some(entrant), Some((_, unit))) = (entrant, held) {
                let programme = entrants.programme[entrant] as usize;
                let groups = quotas.of(programme).len();
                lines.admit(entrant, unit.map(|unit| (unit % groups) as u16));
                let home = usize::from(categories.home[person.source]);
                flows[home * municipalities.len() + usize::from(municipality[programme])] += 1;
            }
            if !person.takes_part {
                continue;
            }
            let place = entrant.map(|entrant| cast.place(number, entrant));
            let mut share = Tally::of(place.map(|place| place.position), person.length);
            match person.known {
                None => sheet.arrived += 1,
                Some(known) => {
                    let before = base.map(|base| base[known]);
                    let standing = match place {
                        None => UNPLACED,
                        // Whoever stays at an offer fares as before, whatever has gone up in it.
                        Some(place) if before == Some(place.as_before) => place.as_before,
                        Some(place) => place.standing,
                    };
                    sheet.standing[known] = standing;
                    share.compare(before.unwrap_or(standing), standing);
                }
            }
            sheet.total.add(share);
            categories.of(person.source).for_each(|group| sheet.groups[group].add(share));
        }
        sheet.offers = lines.into_offers(seats);
        sheet.municipalities.clone_from(municipalities);
        sheet.flows = flows;
        sheet
    }
}

impl Tally {
    /// What an applicant adds, by their position in a list of that length.
    fn of(position: Option<u32>, length: usize) -> Self {
        let rank = position.map_or(length as u64, u64::from) + 1;
        let placed = u64::from(position.is_some());
        Self {
            applicants: 1,
            placed,
            first_choices: u64::from(position == Some(0)),
            placed_ranks: placed * rank,
            ranks: rank,
            ..Self::default()
        }
    }

    fn compare(&mut self, before: u32, after: u32) {
        let [unplaced, still] = [before, after].map(|standing| standing == UNPLACED);
        self.better = u64::from(after < before);
        self.worse = u64::from(after > before);
        self.newly_placed = u64::from(unplaced && !still);
        self.newly_unplaced = u64::from(!unplaced && still);
    }

    fn add(&mut self, share: Self) {
        self.applicants += share.applicants;
        self.placed += share.placed;
        self.first_choices += share.first_choices;
        self.placed_ranks += share.placed_ranks;
        self.ranks += share.ranks;
        self.better += share.better;
        self.worse += share.worse;
        self.newly_placed += share.newly_placed;
        self.newly_unplaced += share.newly_unplaced;
    }

    /// The mean rank of the placed in ten-thousandths, rounded half up.
    pub(super) fn mean_rank(&self) -> Option<u64> {
        (self.placed > 0).then(|| (20_000 * self.placed_ranks + self.placed) / (2 * self.placed))
    }
}

impl Schools {
    pub(super) fn of(season: &Season) -> Self {
        let codes = &season.data.programmes.municipality_code;
        let mut municipalities: Vec<String> = codes.iter().map(str::to_owned).collect();
        municipalities.sort_unstable();
        municipalities.dedup();
        let number = |code: &str| municipalities.partition_point(|name| name.as_str() < code);
        let of = codes.iter().map(|code| number(code) as u16).collect();
        Self { municipalities, of }
    }
}
