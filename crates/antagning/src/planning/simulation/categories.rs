//! What applicants are told apart by.

use antagning_rules::{Assessment, RuleSet};

use crate::season::Season;

/// The groups that figures are told for, and those of each applicant of the base.
#[derive(Debug)]
pub(super) struct Categories {
    /// Kind and name of each group, in the order of report.
    pub(super) names: Vec<(&'static str, String)>,
    /// The groups of each applicant, one of each kind; [`NO_GROUP`] where an applicant has none.
    of: Vec<[u16; 4]>,
    /// The home municipalities in text order; the empty name stands for an unknown one.
    pub(super) homes: Vec<String>,
    /// The home municipality of each applicant.
    pub(super) home: Vec<u16>,
}

pub(super) const NO_GROUP: u16 = u16::MAX;

/// What a study path leads to.
const PATHS: [&str; 4] = ["vocational", "preparatory", "introductory", "other"];

const QUINTILES: u64 = 5;

impl Categories {
    /// The groups of a season: sex, merit quintile, what the first choice leads to, and home.
    pub(super) fn new(season: &Season, assessment: &Assessment<'_>) -> Self {
        let count = season.data.applicant_ids.len();
        let cell =
            |column: fn(&antagning_formats::Applicants) -> &antagning_formats::TextColumn| {
                let column = season.data.applicants.as_ref().map(column);
                (0..count).map(|a| column.map_or("", |column| column.get(a)).to_owned()).collect()
            };
        let sexes: Vec<String> = cell(|known| &known.sex);
        let sexes = sexes.iter().map(|sex| sex.to_uppercase()).collect::<Vec<_>>();
        let (sexes, sex) = numbered(&sexes);
        let (homes, home) = numbered(&cell(|known| &known.home_municipality));
        let quintile = quintiles(season, assessment);
        let path = paths(season);
        let mut names: Vec<(&'static str, String)> = Vec::new();
        let mut start = |kind: &'static str, of_kind: Vec<String>| {
            let start = names.len() as u16;
            names.extend(of_kind.into_iter().map(|name| (kind, name)));
            start
        };
        let starts = [
            start("sex", sexes),
            start("merit_quintile", (1..=QUINTILES).map(|q| q.to_string()).collect()),
            start("first_choice", PATHS.map(str::to_owned).to_vec()),
            start("home_municipality", homes.clone()),
        ];
        let shifted = |group: u16, kind: usize| match group {
            NO_GROUP => NO_GROUP,
            group => starts[kind] + group,
        };
        let of = (0..count).map(|a| {
            let groups = [sex[a], quintile[a], path[a], home[a]];
            [0, 1, 2, 3].map(|kind| shifted(groups[kind], kind))
        });
        Self { of: of.collect(), names, homes, home }
    }

    /// The groups of an applicant of the base.
    pub(super) fn of(&self, applicant: usize) -> impl Iterator<Item = usize> + '_ {
        self.of[applicant].iter().filter(|group| **group != NO_GROUP).map(|g| usize::from(*g))
    }
}

/// The distinct texts in order, and the number of each row's.
fn numbered(rows: &[String]) -> (Vec<String>, Vec<u16>) {
    let mut names = rows.to_vec();
    names.sort();
    names.dedup();
    let number = |row: &String| names.partition_point(|name| name < row) as u16;
    let numbers = rows.iter().map(number).collect();
    (names, numbers)
}

/// The fifth of all with a merit that each applicant stands in, the highest first; equals stand in
/// one. In a season of scores the score of the first choice is the merit.
fn quintiles(season: &Season, assessment: &Assessment<'_>) -> Vec<u16> {
    let count = season.data.applicant_ids.len();
    let merit = |applicant: usize| {
        let choices = season.data.choices.of(applicant);
        let merit = match assessment.merit(applicant) {
            Some(merit) => Some(merit.score),
            None if choices.is_empty() => None,
            None => Some(assessment.score(applicant, choices.start)),
        };
        merit.filter(|merit| merit.ten_thousandths() > 0)
    };
    let mut ranked: Vec<_> = (0..count).filter_map(|a| Some((merit(a)?, a))).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    let mut quintiles = vec![NO_GROUP; count];
    let mut first = 0;
    for (position, (merit, applicant)) in ranked.iter().enumerate() {
        if ranked[first].0 != *merit {
            first = position;
        }
        quintiles[*applicant] = (first as u64 * QUINTILES / ranked.len() as u64) as u16;
    }
    quintiles
}

/// What each applicant's first choice leads to.
fn paths(season: &Season) -> Vec<u16> {
    let data = &season.data;
    let codes = data.programmes.study_path_code.iter();
    let path_of: Vec<u16> = codes.map(|code| path(code, season.rule_set())).collect();
    let first = |applicant: usize| {
        let choices = data.choices.of(applicant);
        choices.clone().next().map_or(NO_GROUP, |row| path_of[data.choices.programme[row] as usize])
    };
    (0..data.applicant_ids.len()).map(first).collect()
}

/// Vocational is what follows the vocational rule of eligibility; any other rule prepares for
/// higher education.
fn path(code: &str, rules: &RuleSet) -> u16 {
    let grades = rules.grades();
    let rule = grades.and_then(|grades| Some(&grades.eligibility()[grades.study_path(code)?.rule]));
    match rule {
        Some(rule) if rule.is_introductory() => 2,
        Some(rule) if rule.name == PATHS[0] => 0,
        Some(_) => 1,
        None => 3,
    }
}
