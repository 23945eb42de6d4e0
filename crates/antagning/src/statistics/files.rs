//! The tables as rows of text.

use antagning_formats::{Manifest, Provider};
use antagning_rules::Score;

use crate::municipalities;
use crate::season::Season;
use crate::statistics::Tables;
use crate::statistics::programmes::reserves;
use crate::statistics::rounds::EarlierRound;
use crate::statistics::unplaced::{ELIGIBLE, NOT_ELIGIBLE};
use crate::statistics::{programmes, skanegy};

/// What stands in place of a hidden figure.
pub(super) const HIDDEN: &str = "..";

/// One table of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatisticsFile {
    pub(super) name: &'static str,
    pub(super) header: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

impl StatisticsFile {
    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The names of the columns.
    #[must_use]
    pub fn header(&self) -> &[&'static str] {
        &self.header
    }

    /// The rows, a text a cell; hidden figures are `..`.
    #[must_use]
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// How many figures are hidden.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.rows.iter().flatten().filter(|cell| *cell == HIDDEN).count()
    }

    /// The file's bytes.
    pub(super) fn to_csv(&self) -> std::io::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.header)?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// The six tables in the order of their names.
pub(super) fn all(
    season: &Season,
    manifest: &Manifest,
    tables: &Tables,
    earlier: &[EarlierRound],
) -> Vec<StatisticsFile> {
    vec![
        choice_ranks(tables),
        flows(tables),
        programmes::table(season, &tables.offers),
        skanegy::table(season, &manifest.round, &tables.offers, earlier),
        storsthlm(season, tables),
        unplaced(tables),
    ]
}

fn choice_ranks(tables: &Tables) -> StatisticsFile {
    let ranks = &tables.choice_ranks;
    let mut rows = Vec::new();
    for breakdown in &ranks.breakdowns {
        for (row, group) in breakdown.groups.iter().enumerate() {
            let counts = &breakdown.counts;
            let total: u64 = (0..=ranks.ranks).map(|column| counts.true_count(row, column)).sum();
            if total == 0 && breakdown.by == "orientation" {
                continue;
            }
            let mut line = |placed_at: String, count: Option<u64>| {
                let share = count.map_or(HIDDEN.to_owned(), |count| share(count, total));
                let cells = [breakdown.by.to_owned(), group.clone(), placed_at, shown(count)];
                rows.push(cells.into_iter().chain([share]).collect());
            };
            (0..=ranks.ranks)
                .for_each(|column| line(ranks.column_name(column), counts.get(row, column)));
            line("total".to_owned(), (!ranks.withheld).then_some(total));
        }
    }
    let header = vec!["by", "group", "placed_at", "applicants", "share"];
    StatisticsFile { name: "choice_ranks.csv", header, rows }
}

fn flows(tables: &Tables) -> StatisticsFile {
    let mut rows = Vec::new();
    for (home, home_name) in tables.register.home_names.iter().enumerate() {
        for (school, school_name) in tables.areas.names.iter().enumerate() {
            rows.push(vec![
                home_name.clone(),
                school_name.clone(),
                shown(tables.first_choices.get(home, school)),
                shown(tables.admitted.get(home, school)),
            ]);
        }
    }
    let header = vec!["home_municipality", "school_municipality", "first_choices", "admitted"];
    StatisticsFile { name: "flows.csv", header, rows }
}

/// The columns of Storsthlm's list, which writes 0 where there is no cutoff.
fn storsthlm(season: &Season, tables: &Tables) -> StatisticsFile {
    let data = &season.data.programmes;
    let year = season.rule_set().admission_year().map_or(String::new(), |year| year.to_string());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (programme, offer) in tables.offers.iter().enumerate() {
        let organisation = match data.provider[programme] {
            Some(Provider::Municipal) => "Kommunal",
            Some(Provider::Independent) => "Fristående",
            Some(Provider::Regional) => "Region",
            None => "",
        };
        rows.push(vec![
            year.clone(),
            municipalities::name(data.municipality_code.get(programme)).to_owned(),
            data.school.get(programme).to_owned(),
            organisation.to_owned(),
            data.study_path_code.get(programme).to_owned(),
            data.name.get(programme).to_owned(),
            score(offer.hides_admitted, offer.cutoff, "0"),
            score(offer.hides_admitted, offer.median, ""),
            offer.seats.to_string(),
            shown((!offer.hides_admitted).then_some(offer.admitted)),
            reserves(offer),
            shown((!offer.hides_admitted).then_some(offer.vacant)),
        ]);
    }
    rows.sort_by(|a, b| a[1..6].cmp(&b[1..6]));
    let header = vec![
        "År",
        "Kommun",
        "Skola",
        "Organisationsform",
        "StudievägKod",
        "Studieväg",
        "Antagningsgräns",
        "Median",
        "AntalPlatser",
        "AntalAntagna",
        "AntalReserver",
        "AntalLedigaPlatser",
    ];
    StatisticsFile { name: "storsthlm.csv", header, rows }
}

fn unplaced(tables: &Tables) -> StatisticsFile {
    let (register, unplaced) = (&tables.register, &tables.unplaced);
    let homes = register.home_names.iter().map(String::as_str).chain(["all"]);
    let mut rows = Vec::new();
    for (home, home_name) in homes.enumerate() {
        for (sex, sex_name) in register.sex_names.iter().enumerate() {
            let counts = &unplaced.with_choices[sex];
            rows.push(vec![
                home_name.to_owned(),
                sex_name.clone(),
                shown(counts.get(home, ELIGIBLE)),
                shown(counts.get(home, NOT_ELIGIBLE)),
                shown(unplaced.without_choices.get(home, sex)),
            ]);
        }
    }
    let header =
        vec!["home_municipality", "sex", "eligible_unplaced", "not_eligible", "without_choices"];
    StatisticsFile { name: "unplaced.csv", header, rows }
}

/// A count, or what stands where it is hidden.
pub(super) fn shown(count: Option<u64>) -> String {
    count.map_or(HIDDEN.to_owned(), |count| count.to_string())
}

/// A score, or what stands where it is hidden or there is none.
pub(super) fn score(hides: bool, score: Option<u64>, none: &str) -> String {
    if hides {
        return HIDDEN.to_owned();
    }
    score.map_or(none.to_owned(), |score| Score::from_ten_thousandths(score).to_string())
}

/// A share in per cent with one decimal, rounded half up; empty of nothing.
fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return String::new();
    }
    let permille = (part * 2_000 + whole) / (2 * whole);
    format!("{}.{}", permille / 10, permille % 10)
}
