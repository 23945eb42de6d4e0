//! The Skåne 2025 season: real published offers, a synthetic cohort made to fit them.
//!
//! A published lowest merit is a market-clearing cutoff: with one merit everywhere, everyone gets
//! the first offer of their list whose lowest they reach (Azevedo and Leshno 2016). The season is
//! made from that end. Seats come first ([`seats`]), then the merits of the admitted from each
//! offer's published lowest and mean ([`merits`]; with test points and by quota group, [`roles`]),
//! then the people who have them ([`people`], [`cases`], [`numbers`]), and last their lists, drawn
//! given where they are admitted ([`lists`]), with tests, approvals and places on lists such that
//! they change nothing ([`trials`]). Admission has no choice but to give back the published
//! figures, and a list above whose placement something within reach stood would show as a
//! difference.

mod cases;
mod decisions;
mod homes;
mod introductory;
mod lists;
mod merits;
mod numbers;
mod output;
mod people;
mod places;
mod published;
mod reach;
mod roles;
mod seats;
mod selection;
mod table;
mod trials;

use std::path::{Path, PathBuf};

use antagning_formats::SeasonWriter;
use antagning_rules::RuleSet;

use crate::cohort::{Needs, SUBJECTS};
use crate::examiner::Examiner;
use crate::{PopulationError, Progress, Stage};
use lists::Lists;
use output::Output;
use people::{Cohort, Others};
use reach::Reach;
use roles::{Role, roles};

pub use published::Published;

/// Applicants in all.
const APPLICANTS: u32 = 20_000;
/// Applicants who are admitted, about.
const ADMITTED: u32 = 16_400;
/// Applicants who are eligible and not admitted.
const TURNED_AWAY: u32 = 360;
/// Applicants who take no part: too old, finished already, withdrawn.
const OUT: u32 = 52;

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
    let of_offers = published.offers.iter().zip(&sizes).zip(&needs).enumerate();
    let roles: Vec<Vec<Role>> = of_offers
        .map(|(index, ((offer, size), needs))| roles(seed, index, offer, size, needs))
        .collect();
    progress(Progress { stage: Stage::Programmes, done: offers, total: offers });

    let examiner = Examiner::new(grade_rules);
    let cohort = Cohort {
        published,
        sizes: &sizes,
        roles: &roles,
        needs: &needs,
        examiner: &examiner,
        seed,
    };
    let admitted: u32 = sizes.iter().map(|size| size.admitted).sum();
    let ineligible = APPLICANTS.saturating_sub(admitted + TURNED_AWAY + OUT);
    let people = cohort.people(Others { turned_away: TURNED_AWAY, out: OUT, ineligible });
    let total = people.len() as u64;
    progress(Progress { stage: Stage::Applicants, done: total, total });

    let lottery_seed = format!("Skåne 2025, synthetic season {seed}");
    let numbers = numbers::hand_out(&people, &published.offers, &sizes, &lottery_seed, seed);
    let reach =
        Reach { published, people: &people, sizes: &sizes, numbers: &numbers, rules: &rules };
    let mut lists = Lists::new(reach, seed).draw();
    let introductory = introductory::introductory(published, seed);
    let asked = introductory::ask(published, grade_rules, &introductory, &people, &mut lists, seed);
    let trials = trials::trials(reach, &lists, seed);
    progress(Progress { stage: Stage::Choices, done: total, total });

    let output = Output {
        published,
        sizes: &sizes,
        introductory: &introductory,
        people: &people,
        numbers: &numbers,
        lists: &lists,
        asked: &asked,
        trials: &trials,
    };
    output.programmes(&mut writer)?;
    output.quota_groups(&mut writer)?;
    writer.append(&output.applicants())?;
    writer.file("published.csv", output.published_table().as_bytes())?;
    let rules = format!(
        "# The season is made for this lottery: another seed moves some of the last seats.\n\
         rule_set = \"gymnasium-2025\"\nround = \"final\"\n\n\
         [ranking]\nkeys = [\"reception\", \"merit\", \"lottery\"]\n\n\
         [lottery]\nseed = \"{lottery_seed}\"\nscope = \"applicant\"\n"
    );
    writer.file("rules.toml", rules.as_bytes())?;
    Ok(writer.finish()?)
}
