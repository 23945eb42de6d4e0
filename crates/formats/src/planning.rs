//! What a planner states beside a season: limits to the seats of offers, and what the labour market
//! needs.

use std::path::Path;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::field;
use crate::season::Season;
use crate::table::{Row, Table};

/// More seats, or a greater cost or weight, than anybody plans with.
const MOST: u32 = 1_000_000;

/// Which offers a [`SeatLimit`] is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Offers {
    /// All of them.
    All,
    /// Those of a municipality, by its code.
    Municipality(String),
    /// Those of a school, by its name.
    School(String),
    /// Those whose study path code begins so.
    StudyPath(String),
    /// One, by its number.
    One(u32),
    /// One quota group: the offer's number, and the group counted within it.
    Group(u32, u32),
}

/// A row of a file of limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatLimit {
    /// What the row is about.
    pub offers: Offers,
    /// Seats that they have together afterwards, at least.
    pub minimum: Option<u32>,
    /// Seats that they have together afterwards, at most.
    pub maximum: Option<u32>,
    /// How many seats come or go at once at each of them.
    pub step: Option<u32>,
    /// What a seat costs at each of them, in any unit.
    pub cost: Option<u32>,
    /// The line in the file.
    pub line: u64,
}

impl SeatLimit {
    /// Reads a CSV file of limits with columns programme_id, quota_group, school,
    /// municipality_code, study_path_code (one of them filled, or none for all offers; quota_group
    /// beside programme_id) and minimum, maximum, step, cost. What is wrong is reported.
    pub fn read(path: &Path, season: &Season, report: &mut Diagnostics) -> Vec<Self> {
        let Some(mut table) = Table::open_path(path, report) else { return Vec::new() };
        let columns = Columns {
            which: ["programme_id", "school", "municipality_code", "study_path_code"]
                .map(|name| table.column(name)),
            group: table.column("quota_group"),
            numbers: ["minimum", "maximum", "step", "cost"].map(|name| table.column(name)),
        };
        table.report_other_columns(report);
        let mut limits: Vec<Self> = Vec::new();
        let mut rows = table.rows(0);
        while let Some(row) = rows.next(report) {
            let Some(limit) = columns.limit(&row, season, report) else { continue };
            if let Some(first) = limits.iter().find(|known| known.offers == limit.offers) {
                let fault = (Code::DuplicateId, "the same offers are limited twice");
                let hint = format!("put both into one row; the first is line {}", first.line);
                report.push(row.diagnostic(columns.shown(&limit.offers), fault).hint(hint));
                continue;
            }
            limits.push(limit);
        }
        limits
    }
}

/// Where the columns stand.
struct Columns {
    /// programme_id, school, municipality_code, study_path_code.
    which: [Option<usize>; 4],
    group: Option<usize>,
    /// minimum, maximum, step, cost.
    numbers: [Option<usize>; 4],
}

impl Columns {
    fn limit(&self, row: &Row<'_>, season: &Season, report: &mut Diagnostics) -> Option<SeatLimit> {
        let offers = self.offers(row, season, report);
        let errors = report.error_count();
        let [minimum, maximum, step, cost] = self.numbers.map(|column| {
            row.parse_optional(column, |text| field::whole_number(text, MOST), report)
        });
        if let Some(column) = self.numbers[2].filter(|_| step == Some(0)) {
            let fault = (Code::ZeroRank, "seats cannot change by none at a time");
            report.push(row.diagnostic(column, fault).hint("write 1 for single seats"));
        }
        if let Some(column) = self.numbers[0]
            && minimum.zip(maximum).is_some_and(|(minimum, maximum)| minimum > maximum)
        {
            let fault = (Code::NumberTooLarge, "the minimum is above the maximum");
            report.push(row.diagnostic(column, fault).hint("correct one of the two"));
        }
        let limit = SeatLimit { offers: offers?, minimum, maximum, step, cost, line: row.line };
        (report.error_count() == errors).then_some(limit)
    }

    fn offers(&self, row: &Row<'_>, season: &Season, report: &mut Diagnostics) -> Option<Offers> {
        let filled: Vec<(usize, usize)> = self
            .which
            .iter()
            .enumerate()
            .filter_map(|(kind, column)| Some((kind, (*column)?)))
            .filter(|(_, column)| !row.get(*column).is_empty())
            .collect();
        let group = self.group.filter(|column| !row.get(*column).is_empty());
        if let [_, (_, second), ..] = filled[..] {
            let fault = (Code::UnknownSetting, "a row is about one thing, and this one names two");
            let hint = "fill one of programme_id, school, municipality_code, study_path_code";
            report.push(row.diagnostic(second, fault).hint(hint));
            return None;
        }
        let Some(&(kind, column)) = filled.first() else {
            let Some(group) = group else { return Some(Offers::All) };
            let fault = (Code::UnknownGroup, "a quota group of no offer");
            report.push(row.diagnostic(group, fault).hint("fill programme_id too"));
            return None;
        };
        let programmes = &season.programmes;
        if kind == 0 {
            let programme = row.known_id(column, &programmes.ids, report)?;
            let Some(group) = group else { return Some(Offers::One(programme)) };
            let mut groups = season.quota_groups.of(programme as usize);
            let name = row.get(group);
            let found = groups.position(|at| season.quota_groups.name.get(at) == name);
            if found.is_none() {
                let fault = (Code::UnknownGroup, "the offer has no such quota group");
                report.push(row.diagnostic(group, fault).hint("see quota_groups.csv"));
            }
            return found.map(|found| Offers::Group(programme, found as u32));
        }
        if let Some(group) = group {
            let fault = (Code::UnknownGroup, "a quota group of no single offer");
            report.push(row.diagnostic(group, fault).hint("fill programme_id instead"));
            return None;
        }
        let text = row.get(column);
        let (known, offers) = match kind {
            1 => (&programmes.school, Offers::School(text.to_owned())),
            2 => (&programmes.municipality_code, Offers::Municipality(text.to_owned())),
            _ => (&programmes.study_path_code, Offers::StudyPath(text.to_owned())),
        };
        let matches = |cell: &str| if kind == 3 { cell.starts_with(text) } else { cell == text };
        if !(0..programmes.ids.len()).any(|programme| matches(known.get(programme))) {
            let fault = (Code::UnknownProgramme, "no offer in programmes.csv is of this kind");
            report.push(row.diagnostic(column, fault).hint("correct the cell or remove the row"));
            return None;
        }
        Some(offers)
    }

    /// The column to point at for what a row is about.
    fn shown(&self, offers: &Offers) -> usize {
        let kind = match offers {
            Offers::All | Offers::One(_) | Offers::Group(..) => 0,
            Offers::School(_) => 1,
            Offers::Municipality(_) => 2,
            Offers::StudyPath(_) => 3,
        };
        self.which[kind].unwrap_or(0)
    }
}

/// How much the labour market needs whoever finishes a study path, by the beginning of its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyPathWeights(Vec<(String, u32)>);

impl StudyPathWeights {
    /// Reads a CSV file with columns study_path_code and weight, a whole number. What is wrong is
    /// reported. Codes that no offer has are no fault: a list may be for the whole country.
    pub fn read(path: &Path, report: &mut Diagnostics) -> Self {
        let Some(mut table) = Table::open_path(path, report) else { return Self::default() };
        let columns = ["study_path_code", "weight"].map(|name| table.require(name, report));
        table.report_other_columns(report);
        let [Some(code), Some(weight)] = columns else { return Self::default() };
        let mut weights: Vec<(String, u32)> = Vec::new();
        let mut rows = table.rows(code);
        while let Some(row) = rows.next(report) {
            let path = row.id(code, report);
            let weight = row.parse(weight, |text| field::whole_number(text, MOST), report);
            let (Some(path), Some(weight)) = (path, weight) else { continue };
            if weights.iter().any(|(known, _)| known == path) {
                let fault = (Code::DuplicateId, "the study path has two weights");
                report.push(row.diagnostic(code, fault));
                continue;
            }
            weights.push((path.to_owned(), weight));
        }
        if rows.met() == 0 {
            let name = path.display().to_string();
            report.push(Diagnostic::new(Code::NoRows, name, "there is no weight"));
        }
        Self(weights)
    }

    /// The weight of the longest code that a study path begins with; 0 when there is none.
    #[must_use]
    pub fn of(&self, study_path_code: &str) -> u32 {
        let matching = self.0.iter().filter(|(code, _)| study_path_code.starts_with(code.as_str()));
        matching.max_by_key(|(code, _)| code.len()).map_or(0, |(_, weight)| *weight)
    }
}
