//! The Skåne 2025 season: real published offers, a synthetic cohort made to fit them.
//!
//! A published lowest merit is a market-clearing cutoff: with one merit everywhere, everyone gets
//! the first offer of their list whose lowest they reach (Azevedo and Leshno 2016). The season is
//! made from that end. Seats come first ([`seats`]), then the merits of the admitted from each
//! offer's published lowest and mean ([`merits`]), then the people who have them ([`people`],
//! [`numbers`]), and last their lists, drawn given where they are admitted ([`lists`]). Admission
//! has no choice but to give back the published figures, and a list above whose placement
//! something within reach stood would show as a difference.

mod lists;
mod merits;
mod numbers;
mod people;
mod published;
mod seats;
mod table;

use std::path::{Path, PathBuf};

use antagning_formats::{ApplicantRow, ProgrammeRow, SeasonBlock, SeasonWriter};
use antagning_rules::RuleSet;

use crate::cohort::{Needs, SUBJECTS};
use crate::examiner::Examiner;
use crate::{PopulationError, Progress, Stage};
use lists::Lists;
use numbers::{Numbers, applicant_id};
use people::{Cohort, Person};
use published::DecidedBy;
use seats::Size;

pub use published::Published;

/// Applicants in all.
const APPLICANTS: u32 = 20_000;
/// Applicants who are admitted, about.
const ADMITTED: u32 = 16_400;
/// Applicants who are eligible and not admitted.
const TURNED_AWAY: u32 = 360;

/// Makes the Skåne 2025 season at `out`, which must not exist yet, and returns where it stands.
///
/// The same tables and seed give the same bytes on every machine, with any number of threads.
/// Beside the files of a season the folder holds `published.csv`: for each programme the published
/// figures and whether they were decided on merit alone.
///
/// # Errors
/// [`PopulationError::Table`] when an offer's code is unknown to the rule set,
/// [`PopulationError::Io`] when the folder cannot be written; in both cases no folder appears.
pub fn skane(
    published: &Published,
    seed: u64,
    out: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<PathBuf, PopulationError> {
    let mut writer = SeasonWriter::new(out, &SUBJECTS)?;
    let offers = published.offers.len() as u64;
    let rule_set = RuleSet::built_in("gymnasium-2025");
    let Some(grade_rules) = rule_set.as_ref().and_then(RuleSet::grades) else {
        return Err(PopulationError::Recipe("no rule set gymnasium-2025 with grades".into()));
    };
    let mut rules = Vec::with_capacity(published.offers.len());
    for offer in &published.offers {
        let Some(path) = grade_rules.study_path(&offer.code) else {
            let text = format!("{}: no eligibility rule for {}", offer.name, offer.code);
            return Err(PopulationError::Recipe(text));
        };
        rules.push(path.rule);
    }
    let needs: Vec<Needs> =
        rules.iter().map(|rule| Needs::of(&grade_rules.eligibility()[*rule])).collect();
    let sizes = seats::sizes(published, seed, ADMITTED);
    let merits: Vec<Vec<u32>> = sizes
        .iter()
        .zip(&needs)
        .map(|(size, needs)| {
            merits::merits(size.admitted, needs.least_steps(), size.lowest, size.mean)
        })
        .collect();
    progress(Progress { stage: Stage::Programmes, done: offers, total: offers });

    let examiner = Examiner::new(grade_rules);
    let cohort = Cohort {
        published,
        sizes: &sizes,
        merits: &merits,
        needs: &needs,
        examiner: &examiner,
        seed,
    };
    let admitted: u32 = sizes.iter().map(|size| size.admitted).sum();
    let ineligible = APPLICANTS.saturating_sub(admitted + TURNED_AWAY);
    let people = cohort.people(TURNED_AWAY as usize, ineligible as usize);
    let total = people.len() as u64;
    progress(Progress { stage: Stage::Applicants, done: total, total });

    let lottery_seed = format!("Skåne 2025, synthetic season {seed}");
    let numbers = numbers::hand_out(&people, &sizes, &lottery_seed, seed);
    let lists = Lists::new(published, &people, &sizes, &numbers, &rules, seed).draw();
    progress(Progress { stage: Stage::Choices, done: total, total });

    write_programmes(&mut writer, published, &sizes)?;
    writer.append(&rows(published, &people, &numbers, &lists))?;
    writer.file("published.csv", published_table(published).as_bytes())?;
    let rules = format!(
        "# The season is made for this lottery: another seed moves some of the last seats.\n\
         rule_set = \"gymnasium-2025\"\nround = \"final\"\n\n\
         [ranking]\nkeys = [\"merit\", \"lottery\"]\n\n\
         [lottery]\nseed = \"{lottery_seed}\"\nscope = \"applicant\"\n"
    );
    writer.file("rules.toml", rules.as_bytes())?;
    Ok(writer.finish()?)
}

/// The id of the offer on that row of the published table.
fn programme_id(index: usize) -> String {
    format!("P{:04}", index + 1)
}

fn write_programmes(
    writer: &mut SeasonWriter,
    published: &Published,
    sizes: &[Size],
) -> Result<(), PopulationError> {
    for (index, (offer, size)) in published.offers.iter().zip(sizes).enumerate() {
        writer.programme(&ProgrammeRow {
            programme_id: &programme_id(index),
            capacity: size.seats,
            name: &offer.name,
            school: &offer.school,
            school_unit_code: "",
            municipality_code: &published.municipalities[offer.municipality].code,
            study_path_code: &offer.code,
            provider: if offer.independent { "independent" } else { "municipal" },
        })?;
    }
    Ok(())
}

/// The applicants in the order of their ids.
fn rows(
    published: &Published,
    people: &[Person],
    numbers: &Numbers,
    lists: &[Vec<usize>],
) -> SeasonBlock {
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_unstable_by_key(|person| numbers.ids[*person]);
    let mut rows = SeasonBlock::default();
    for person in order {
        let id = applicant_id(numbers.ids[person]);
        let Person { home, girl, birth_year, protected, sheet, .. } = &people[person];
        rows.applicant(&ApplicantRow {
            applicant_id: &id,
            home_municipality: &published.municipalities[*home].code,
            birth_year: *birth_year,
            sex: if *girl { "F" } else { "M" },
            protected: *protected,
        });
        rows.grades(&id, sheet.letters());
        for (rank, offer) in (1..).zip(&lists[person]) {
            rows.choice(&id, rank, &programme_id(*offer));
        }
    }
    rows
}

fn published_table(published: &Published) -> String {
    let mut table = String::from("programme_id,min_merit,mean_merit,decided_by\n");
    for (index, offer) in published.offers.iter().enumerate() {
        let decided_by = match offer.decided_by {
            DecidedBy::Merit => "merit",
            DecidedBy::Test => "test",
        };
        let id = programme_id(index);
        table.push_str(&format!("{id},{},{},{decided_by}\n", offer.lowest, offer.mean));
    }
    table
}
