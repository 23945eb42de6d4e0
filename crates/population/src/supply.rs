//! The programmes of a made-up season.

use std::fmt::Write as _;

use antagning_formats::{ProgrammeRow, SeasonWriter};

use crate::geography::{Map, municipality_code};
use crate::random::{Draws, Purpose, running_sums};
use crate::taste::{STUDY_PATHS, StudyPath};
use crate::{PopulationError, Recipe};

/// Seats of preparatory and of vocational programmes: whole and half classes.
const PREPARATORY_SEATS: [u32; 11] = [16, 24, 28, 30, 32, 32, 48, 60, 64, 90, 96];
const VOCATIONAL_SEATS: [u32; 10] = [8, 10, 12, 14, 16, 16, 20, 24, 30, 32];

/// The programmes, findable by municipality and study path.
pub(crate) struct Supply {
    /// Programmes of one municipality and study path after another.
    order: Vec<u32>,
    /// Running sums of popularity, each bucket from 0.
    popularity: Vec<f64>,
    /// Where the buckets begin: municipality times 18 plus path, and the end.
    starts: Vec<u32>,
    /// Digits of a programme id.
    pub(crate) width: usize,
}

struct Drawn {
    town: u32,
    path: u8,
    independent: bool,
    seats: u32,
    attraction: f64,
}

impl Drawn {
    fn bucket(&self) -> usize {
        self.town as usize * STUDY_PATHS.len() + usize::from(self.path)
    }
}

impl Supply {
    /// Draws the programmes and writes them.
    pub(crate) fn new(
        recipe: &Recipe,
        map: &Map,
        writer: &mut SeasonWriter,
    ) -> Result<Self, PopulationError> {
        let paths = running_sums(STUDY_PATHS.iter().map(|path| path.share / mean_seats(path)));
        let drawn: Vec<Drawn> = (0..recipe.programmes)
            .map(|index| {
                let mut draws = Draws::new(recipe.seed, Purpose::Programmes, u64::from(index));
                let path = draws.pick(&paths);
                let menu = menu(&STUDY_PATHS[path]);
                let seats = menu[draws.below(menu.len())];
                let town = map.home(&mut draws) as u32;
                let independent = draws.chance(0.4);
                // Sought after or shunned, whatever the size.
                let attraction = f64::from(seats) * libm::exp(0.8 * draws.bell());
                Drawn { town, path: path as u8, independent, seats, attraction }
            })
            .collect();
        write(recipe, map, &drawn, writer)?;
        Ok(Self::index(map, &drawn))
    }

    fn index(map: &Map, drawn: &[Drawn]) -> Self {
        let mut order: Vec<u32> = (0..drawn.len() as u32).collect();
        order.sort_by_key(|index| drawn[*index as usize].bucket());
        let mut starts = Vec::with_capacity(map.municipalities() * STUDY_PATHS.len() + 1);
        let mut popularity = Vec::with_capacity(drawn.len());
        let mut ordered = order.iter().map(|index| &drawn[*index as usize]).peekable();
        for bucket in 0..map.municipalities() * STUDY_PATHS.len() {
            starts.push(popularity.len() as u32);
            let mut sum = 0.0;
            while let Some(programme) = ordered.next_if(|next| next.bucket() == bucket) {
                sum += programme.attraction;
                popularity.push(sum);
            }
        }
        starts.push(popularity.len() as u32);
        Self { order, popularity, starts, width: digits(drawn.len() as u32) }
    }

    /// A programme of that path in that municipality, by popularity.
    pub(crate) fn programme(&self, draws: &mut Draws, town: usize, path: usize) -> Option<u32> {
        let key = town * STUDY_PATHS.len() + path;
        let range = self.starts[key] as usize..self.starts[key + 1] as usize;
        if range.is_empty() {
            return None;
        }
        let offset = range.start;
        Some(self.order[offset + draws.pick(&self.popularity[range])])
    }
}

fn write(
    recipe: &Recipe,
    map: &Map,
    drawn: &[Drawn],
    writer: &mut SeasonWriter,
) -> Result<(), PopulationError> {
    let menu_seats: u128 = drawn.iter().map(|programme| u128::from(programme.seats)).sum();
    let wanted = u128::from(recipe.applicants) * u128::from(recipe.seats_percent) / 100;
    let width = digits(recipe.programmes);
    let mut in_town = vec![0_u32; map.municipalities()];
    let (mut id, mut school, mut so_far) = (String::new(), String::new(), 0);
    for (number, programme) in (1..).zip(drawn) {
        // The total comes out exactly: what rounding takes here it gives at the next.
        let before = so_far * wanted / menu_seats;
        so_far += u128::from(programme.seats);
        let capacity = (so_far * wanted / menu_seats - before) as u32;
        let town = programme.town as usize;
        let code = municipality_code(town);
        in_town[town] += 1;
        let unit = 1 + in_town[town] / 10;
        let (kind, provider) = if programme.independent {
            ("Fria", "independent")
        } else {
            ("Kommunala", "municipal")
        };
        id.clear();
        school.clear();
        let _ = write!(id, "P{number:0width$}");
        let _ = write!(school, "{kind} gymnasiet {code}-{unit}");
        let path = &STUDY_PATHS[usize::from(programme.path)];
        writer.programme(&ProgrammeRow {
            programme_id: &id,
            capacity,
            name: path.name,
            school: &school,
            school_unit_code: "",
            municipality_code: &code,
            study_path_code: path.code,
            provider,
        })?;
    }
    Ok(())
}

fn menu(path: &StudyPath) -> &'static [u32] {
    if path.preparatory { &PREPARATORY_SEATS } else { &VOCATIONAL_SEATS }
}

fn mean_seats(path: &StudyPath) -> f64 {
    let menu = menu(path);
    f64::from(menu.iter().sum::<u32>()) / menu.len() as f64
}

/// Digits of the largest number, so that ids sort as text in the order of their numbers.
pub(crate) fn digits(largest: u32) -> usize {
    largest.max(1).ilog10() as usize + 1
}
