//! A season of any size, made up from shares and distances alone.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use antagning_formats::{ApplicantRow, SeasonBlock, SeasonWriter};
use rayon::prelude::*;

use crate::cohort::{SUBJECTS, Sheet};
use crate::geography::{Map, municipality_code};
use crate::random::{Draws, Purpose, running_sums};
use crate::supply::{Supply, digits};
use crate::taste::{STUDY_PATHS, inclination, pupils_at};
use crate::{PopulationError, Progress, Recipe, Stage};

/// Applicants that one block of rows holds, and blocks that are made at a time.
const BLOCK: u32 = 2_048;
const BLOCKS: u32 = 32;

/// Merit is looked up in classes of this many points.
const CLASS: f64 = 10.0;
const CLASSES: usize = 35;

/// Makes a season at `out`, which must not exist yet, and returns where it stands.
///
/// Applicants are made block by block and streamed to disk: memory grows with the programmes
/// (about 60 bytes each) and not with the applicants. The rows are the same with any number of
/// threads. `progress` is told after each group of blocks.
///
/// # Errors
/// [`PopulationError::Recipe`] when the recipe cannot be followed, [`PopulationError::Io`] when
/// the folder cannot be written; in both cases no folder appears.
pub fn generate(
    recipe: &Recipe,
    out: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<PathBuf, PopulationError> {
    recipe.check()?;
    let mut writer = SeasonWriter::new(out, &SUBJECTS)?;
    let map = Map::new(recipe.seed, recipe.programmes);
    let supply = Supply::new(recipe, &map, &mut writer)?;
    let programmes = u64::from(recipe.programmes);
    progress(Progress { stage: Stage::Programmes, done: programmes, total: programmes });

    let world = World { recipe, map: &map, supply: &supply, wishes: wishes() };
    let blocks = recipe.applicants.div_ceil(BLOCK);
    for first in (0..blocks).step_by(BLOCKS as usize) {
        let last = blocks.min(first + BLOCKS);
        let made: Vec<SeasonBlock> =
            (first..last).into_par_iter().map(|block| world.block(block)).collect();
        for block in &made {
            writer.append(block)?;
        }
        let done = u64::from((last * BLOCK).min(recipe.applicants));
        let total = u64::from(recipe.applicants);
        progress(Progress { stage: Stage::Applicants, done, total });
    }
    let rules = format!(
        "rule_set = \"gymnasium-2025\"\n\n[ranking]\nkeys = [\"merit\", \"lottery\"]\n\n\
         [lottery]\nseed = \"synthetic season {}\"\n",
        recipe.seed
    );
    writer.file("rules.toml", rules.as_bytes())?;
    Ok(writer.finish()?)
}

struct World<'a> {
    recipe: &'a Recipe,
    map: &'a Map,
    supply: &'a Supply,
    /// Running sums over the study paths, by merit class and sex.
    wishes: Vec<[Vec<f64>; 2]>,
}

impl World<'_> {
    fn block(&self, block: u32) -> SeasonBlock {
        let mut rows = SeasonBlock::default();
        let first = block * BLOCK;
        let last = self.recipe.applicants.min(first + BLOCK);
        let width = digits(self.recipe.applicants);
        let (mut id, mut programme_id) = (String::new(), String::new());
        let mut list = Vec::with_capacity(self.recipe.longest_list as usize);
        for index in first..last {
            let mut draws = Draws::new(self.recipe.seed, Purpose::Applicants, u64::from(index));
            id.clear();
            let _ = write!(id, "A{:0width$}", index + 1);
            let girl = draws.chance(0.49);
            let home = self.map.home(&mut draws);
            rows.applicant(&ApplicantRow {
                applicant_id: &id,
                home_municipality: &municipality_code(home),
                birth_year: birth_year(&mut draws),
                sex: if girl { "F" } else { "M" },
                protected: draws.chance(0.0008),
            });
            let (sheet, merit) = Sheet::of_anyone(&mut draws, girl);
            rows.grades(&id, sheet.letters());
            let class = ((merit / CLASS) as usize).min(CLASSES - 1);
            self.choose(&mut draws, home, &self.wishes[class][usize::from(girl)], &mut list);
            for (rank, programme) in (1..).zip(&list) {
                programme_id.clear();
                let width = self.supply.width;
                let _ = write!(programme_id, "P{:0width$}", programme + 1);
                rows.choice(&id, rank, &programme_id);
            }
        }
        rows
    }

    /// A list of different programmes, never empty.
    fn choose(&self, draws: &mut Draws, home: usize, wishes: &[f64], list: &mut Vec<u32>) {
        list.clear();
        let length = list_length(draws, self.recipe.longest_list);
        let mut path = draws.pick(wishes);
        // Where little is on offer nearby the list stays shorter.
        let mut misses = 0;
        for _ in 0..12 * length {
            if misses > 4 || !list.is_empty() && draws.chance(0.35) {
                path = draws.pick(wishes);
                misses = 0;
            }
            let town = self.map.destination(draws, home);
            misses += 1;
            if let Some(programme) = self.supply.programme(draws, town, path)
                && !list.contains(&programme)
            {
                list.push(programme);
                misses = 0;
                if list.len() == length {
                    return;
                }
            }
        }
        if list.is_empty() {
            list.push(draws.below(self.recipe.programmes as usize) as u32);
        }
    }
}

/// The number of choices of a list: 1–8 with mean 5, cut or stretched to the longest list.
pub(crate) fn list_length(draws: &mut Draws, longest: u32) -> usize {
    const RUNNING: [f64; 8] = [4.0, 11.0, 23.0, 40.0, 59.0, 76.0, 89.0, 100.0];
    let usual = draws.pick(&RUNNING) + 1;
    if longest <= 8 {
        return usual.min(longest as usize);
    }
    (usual * longest as usize).div_ceil(8)
}

/// Nearly all are in the year that they turn 16.
pub(crate) fn birth_year(draws: &mut Draws) -> u16 {
    2009 - draws.pick(&[0.93, 0.97, 0.99, 1.0]) as u16
}

/// For each merit class and sex (boys, girls) the running sums of wishes over the study paths,
/// balanced so that over the cohort each path gets its share.
fn wishes() -> Vec<[Vec<f64>; 2]> {
    let mut demand: Vec<f64> = STUDY_PATHS.iter().map(|path| path.share).collect();
    let classes: Vec<[Vec<f64>; 2]> = (0..CLASSES)
        .map(|class| {
            let merit = (class as f64 + 0.5) * CLASS;
            [false, true]
                .map(|girl| STUDY_PATHS.iter().map(|path| inclination(path, merit, girl)).collect())
        })
        .collect();
    let shared: f64 = demand.iter().sum();
    for _ in 0..30 {
        let mut got = [0.0; STUDY_PATHS.len()];
        for (class, tastes) in classes.iter().enumerate() {
            let merit = (class as f64 + 0.5) * CLASS;
            let pupils = pupils_at(merit);
            for taste in tastes {
                let all: f64 = taste.iter().zip(&demand).map(|(taste, share)| taste * share).sum();
                for ((got, taste), share) in got.iter_mut().zip(taste).zip(&demand) {
                    *got += pupils * taste * share / all;
                }
            }
        }
        let all: f64 = got.iter().sum();
        for ((share, path), got) in demand.iter_mut().zip(&STUDY_PATHS).zip(got) {
            *share *= path.share / shared * all / got;
        }
    }
    let sums = |taste: Vec<f64>| {
        running_sums(taste.into_iter().zip(&demand).map(|(taste, share)| taste * share))
    };
    classes.into_iter().map(|tastes| tastes.map(sums)).collect()
}
