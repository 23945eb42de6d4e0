//! From what humans decided to rulings on choices.

mod kind;
mod placements;
mod reader;

use std::ops::Range;

use antagning_formats::{Code, Diagnostic, Diagnostics, Settings};
use antagning_rules::{Closed, Quotas, RankingKey, Reception, Ruling};

use crate::dossier::Ground;
use crate::plan::Plan;
use crate::rounds::Standing;
use reader::Reader;

/// The rulings of a season, and what was decided about each choice in words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rulings {
    /// A row a choice, or empty when nothing was decided.
    pub(crate) of_choice: Vec<Ruling>,
    /// The applicants from preparatory dance education, ascending.
    pub(crate) dancers: Vec<u32>,
    /// Choice and kinds of decision, in the order of choices.
    kinds: Vec<(u32, String)>,
}

impl Rulings {
    /// Applies the decisions, and then what happened since the run before; contradictory and
    /// orphaned decisions are reported. New grades go into `ground`.
    pub(crate) fn read(
        season: &antagning_formats::Season,
        plan: &Plan,
        quotas: &Quotas,
        ground: &mut Ground,
        standing: &Standing,
        report: &mut Diagnostics,
    ) -> Self {
        let too_old = too_old(season, plan);
        if season.decisions.is_empty() && too_old.is_empty() && standing.is_silent() {
            return Self::default();
        }
        let mut reader = Reader::new(season, plan, quotas, ground, report);
        for applicant in too_old {
            reader.close(applicant, Closed::TooOld);
        }
        let mut rulings = reader.read();
        standing.rule(season, &mut rulings.of_choice, ground, report);
        rulings.add_kinds(standing.kinds());
        // With a fault in the settings the chain may not be the one that is meant.
        if !report.has_error_in(Settings::FILE) {
            check_chain(plan, &rulings.of_choice, report);
        }
        rulings
    }

    /// Adds the kinds of event about choices to those of the decisions.
    fn add_kinds<'k>(&mut self, kinds: impl Iterator<Item = (u32, &'k str)>) {
        let decided = std::mem::take(&mut self.kinds).into_iter().flat_map(|(choice, kinds)| {
            kinds.split(' ').map(|kind| (choice, kind.to_owned(), 0)).collect::<Vec<_>>()
        });
        let told = kinds.map(|(choice, kind)| (choice, kind.to_owned(), 1));
        let mut all: Vec<_> = decided.chain(told).collect();
        all.sort_by_key(|(choice, _, told)| (*choice, *told));
        self.kinds = joined(all);
    }

    /// The choices of an applicant, which stand in `list`, that something was decided about or has
    /// happened to, each with the kinds of decision and event parted by a space. O(log decisions).
    pub(crate) fn kinds(&self, list: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
        let first = self.kinds.partition_point(|(choice, _)| (*choice as usize) < list.start);
        let kinds = self.kinds[first..].iter().map(|(choice, kinds)| (*choice as usize, &**kinds));
        kinds.take_while(move |(choice, _)| *choice < list.end)
    }
}

/// Applicants who are older than the law allows. Without a year of birth nobody is.
fn too_old(season: &antagning_formats::Season, plan: &Plan) -> Vec<usize> {
    let Some(applicants) = &season.applicants else { return Vec::new() };
    let years = applicants.birth_year.iter().enumerate();
    let too_old = years.filter(|(_, year)| year.is_some_and(|year| plan.rule_set.is_too_old(year)));
    too_old.map(|(applicant, _)| applicant).collect()
}

/// Second hand and lateness only have an effect through the chain.
fn check_chain(plan: &Plan, rulings: &[Ruling], report: &mut Diagnostics) {
    let has = |key| plan.chain.keys().contains(&key);
    let second = rulings.iter().filter(|ruling| ruling.reception == Reception::SecondHand).count();
    if second > 0 && !has(RankingKey::Reception) {
        let message =
            format!("{second} choices are received in second hand, but the chain lacks reception");
        let fault =
            Diagnostic::new(Code::FaultyChain, Settings::FILE, message).column("ranking.keys");
        report.push(fault.hint("put reception before merit (SkolL 16 kap. 47 §)"));
    }
    let late = rulings.iter().filter(|ruling| ruling.late).count();
    if late > 0 && !has(RankingKey::OnTime) {
        let message = format!(
            "{late} choices came late, but the chain lacks on_time: lateness changes nothing"
        );
        report.push(
            Diagnostic::new(Code::LatenessUnused, Settings::FILE, message).column("ranking.keys"),
        );
    }
}

/// The kinds of each choice in one text.
fn joined(kinds: Vec<(u32, String, u32)>) -> Vec<(u32, String)> {
    let mut joined: Vec<(u32, String)> = Vec::new();
    for (choice, kind, _) in kinds {
        match joined.last_mut() {
            Some((last, text)) if *last == choice => {
                if !text.split(' ').any(|known| known == kind) {
                    *text += " ";
                    *text += &kind;
                }
            }
            _ => joined.push((choice, kind)),
        }
    }
    joined
}
