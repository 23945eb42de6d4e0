//! All figures of one run, as numbers.

use antagning_formats::Listed;
use antagning_rules::{Assessment, CutoffKind, Held};

use crate::season::Season;
use crate::simulation::categories::Categories;
use crate::simulation::lines::Lines;

/// Who the applicants and choices of a run are in the base; the base itself when they are its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'a> {
    Base,
    Edited {
        /// For each applicant the number in the base of whose data these are, and whether it is a
        /// copy.
        applicant: &'a [(u32, bool)],
        /// For each choice the row in the base whose score it has, and where it stands beside it.
        choice: &'a [(u32, Listed)],
        /// Where the choices of each applicant of the base begin.
        offsets: &'a [u32],
    },
}

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

/// The figures of an offer, or of one of its quota groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OfferTally {
    pub(super) programme: u32,
    pub(super) group: Option<u16>,
    pub(super) seats: u32,
    pub(super) admitted: u32,
    pub(super) cutoff: CutoffKind,
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

impl Sheet {
    /// Counts a run: `held` tells where everybody is placed. `base` holds how people fare in the
    /// base; without it this is the base. O(choices · log claims).
    pub(super) fn new(
        season: &Season,
        assessment: &Assessment<'_>,
        (categories, base): (&Categories, Option<&[u32]>),
        origin: Origin<'_>,
        seats: &[u32],
        held: impl Fn(usize) -> Held,
    ) -> Self {
        let data = &season.data;
        let entrants = assessment.entrants();
        let quotas = &season.selection.quotas;
        let (municipalities, municipality) = municipalities(season);
        let mut flows = vec![0; categories.homes.len() * municipalities.len()];
        let mut lines = Lines::new(assessment);
        let mut sheet = Self {
            groups: vec![Tally::default(); categories.names.len()],
            standing: vec![ABSENT; categories.home.len()],
            ..Self::default()
        };
        for (applicant, bounds) in entrants.offsets.windows(2).enumerate() {
            let held = held(applicant);
            let entrant = held.map(|(position, _)| bounds[0] + position);
            for waiting in bounds[0]..entrant.unwrap_or(bounds[1]) {
                lines.turn_away(waiting);
            }
            let (source, is_copy) = match origin {
                Origin::Base => (applicant, false),
                Origin::Edited { applicant: sources, .. } => {
                    let (source, is_copy) = sources[applicant];
                    (source as usize, is_copy)
                }
            };
            let rows = data.choices.of(applicant);
            let row = entrant.map(|entrant| entrants.choice[entrant] as usize);
            if let (Some(entrant), Some((_, unit))) = (entrant, held) {
                let programme = entrants.programme[entrant] as usize;
                let groups = quotas.of(programme).len();
                lines.admit(entrant, unit.map(|unit| (unit % groups) as u16));
                let home = usize::from(categories.home[source]);
                flows[home * municipalities.len() + usize::from(municipality[programme])] += 1;
            }
            let standing = row.map_or(UNPLACED, |row| match origin {
                Origin::Base => standing_at((row - rows.start) as u32, Listed::Itself),
                Origin::Edited { choice, offsets, .. } => {
                    let (before, listed) = choice[row];
                    standing_at(before - offsets[source], listed)
                }
            });
            let before = base.map(|base| base[source]);
            // Whoever has chosen nothing takes no part; whose choices are all gone does.
            if rows.is_empty() && before.is_none_or(|before| before == ABSENT) {
                continue;
            }
            let mut share = Tally::of(row.map(|row| row - rows.start), rows.len());
            if is_copy {
                sheet.arrived += 1;
            } else {
                sheet.standing[source] = standing;
                share.compare(before.unwrap_or(standing), standing);
            }
            sheet.total.add(share);
            categories.of(source).for_each(|group| sheet.groups[group].add(share));
        }
        sheet.offers = lines.into_offers(seats);
        sheet.municipalities = municipalities.into_iter().map(str::to_owned).collect();
        sheet.flows = flows;
        sheet
    }
}

/// How well a choice suits its applicant, by the place in the list of the base: less is better.
fn standing_at(place: u32, listed: Listed) -> u32 {
    let beside = match listed {
        Listed::Above => 1,
        Listed::Itself => 2,
        Listed::Below => 3,
    };
    4 * place + beside
}

impl Tally {
    /// What an applicant adds, by their position in a list of that length.
    fn of(position: Option<usize>, length: usize) -> Self {
        let rank = position.unwrap_or(length) as u64 + 1;
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

/// The school municipalities in text order, and the number of each offer's.
fn municipalities(season: &Season) -> (Vec<&str>, Vec<u16>) {
    let codes = &season.data.programmes.municipality_code;
    let mut names: Vec<&str> = codes.iter().collect();
    names.sort_unstable();
    names.dedup();
    let of = codes.iter().map(|code| names.partition_point(|name| *name < code) as u16).collect();
    (names, of)
}
