//! The tables as rows of text.

use antagning_formats::{Manifest, Provider};
use antagning_rules::Score;

use crate::season::Season;
use crate::statistics::Tables;
use crate::statistics::groups::Group;
use crate::statistics::municipalities;
use crate::statistics::offers::{Figures, Offer};
use crate::statistics::unplaced::{ELIGIBLE, NOT_ELIGIBLE};

/// What stands in place of a hidden figure.
pub(super) const HIDDEN: &str = "..";

/// One table of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatisticsFile {
    name: &'static str,
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
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
pub(super) fn all(season: &Season, manifest: &Manifest, tables: &Tables) -> Vec<StatisticsFile> {
    vec![
        choice_ranks(tables),
        flows(tables),
        programmes(season, tables),
        skanegy(season, manifest, tables),
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

fn programmes(season: &Season, tables: &Tables) -> StatisticsFile {
    let row = |id: &str, group: &str, figures: &Figures, counts: [String; 2]| {
        let [applicants, first_choices] = counts;
        vec![
            id.to_owned(),
            group.to_owned(),
            figures.seats.to_string(),
            applicants,
            first_choices,
            shown((!figures.hides_admitted).then_some(figures.admitted)),
            shown((!figures.hides_admitted).then_some(figures.vacant)),
            reserves(figures),
            kind(figures),
            score(figures, figures.cutoff, ""),
            score(figures, figures.median, ""),
            score(figures, figures.mean, ""),
        ]
    };
    let rows_of = |(offer, id): (&Offer, &str)| {
        let counts = [
            shown((!offer.hides_applicants).then_some(offer.applicants)),
            shown((!offer.hides_first).then_some(offer.first)),
        ];
        let mut rows = vec![row(id, "", &offer.total, counts)];
        // Applicants choose an offer, not a group.
        let of_group = |group: &Group| row(id, &group.name, &group.figures, Default::default());
        rows.extend(offer.groups.iter().map(of_group));
        rows
    };
    StatisticsFile {
        name: "programmes.csv",
        header: vec![
            "programme_id",
            "quota_group",
            "seats",
            "applicants",
            "first_choice_applicants",
            "admitted",
            "vacant",
            "reserves",
            "cutoff_kind",
            "cutoff",
            "median",
            "mean",
        ],
        rows: tables
            .offers
            .iter()
            .zip(season.data.programmes.ids.iter())
            .flat_map(rows_of)
            .collect(),
    }
}

/// A row of a list whose columns are fixed.
struct Listed<'t> {
    programme: usize,
    name: String,
    figures: &'t Figures,
    /// Rows of several quota groups follow, each with a limit of its own.
    is_divided: bool,
}

/// A row an offer, sorted, and below it one for each of several quota groups, which stands in
/// brackets after the name.
fn listed(
    season: &Season,
    tables: &Tables,
    sorted_by: std::ops::Range<usize>,
    row: impl Fn(&Listed<'_>) -> Vec<String>,
) -> Vec<Vec<String>> {
    let names = &season.data.programmes.name;
    let rows = tables.offers.iter().enumerate().map(|(programme, offer)| {
        let name = names.get(programme);
        let is_divided = !offer.groups.is_empty();
        let total = Listed { programme, name: name.to_owned(), figures: &offer.total, is_divided };
        let of_group = |group: &Group| {
            let name = format!("{name} ({})", group.name);
            row(&Listed { programme, name, figures: &group.figures, is_divided: false })
        };
        let mut rows = vec![row(&total)];
        rows.extend(offer.groups.iter().map(of_group));
        rows
    });
    let mut rows: Vec<Vec<Vec<String>>> = rows.collect();
    rows.sort_by(|a, b| a[0][sorted_by.clone()].cmp(&b[0][sorted_by.clone()]));
    rows.into_iter().flatten().collect()
}

/// The columns of Skånegy's list. A round fills its own pair of columns.
fn skanegy(season: &Season, manifest: &Manifest, tables: &Tables) -> StatisticsFile {
    let data = &season.data.programmes;
    let year = season.rule_set().admission_year().map_or(String::new(), |year| year.to_string());
    let round = match manifest.round.as_str() {
        "preliminary" => 0,
        "final" => 1,
        _ => 2,
    };
    let row = |listed: &Listed<'_>| {
        let Listed { programme, figures, .. } = *listed;
        let mut row = vec![
            year.clone(),
            municipalities::name(data.municipality_code.get(programme)).to_owned(),
            data.school.get(programme).to_owned(),
            listed.name.clone(),
            data.study_path_code.get(programme).to_owned(),
        ];
        let whole_points = figures.mean.map(|mean| mean / Score::ONE * Score::ONE);
        let pair = [score(figures, figures.cutoff, ""), score(figures, whole_points, "")];
        for column in 0..3 {
            row.extend(if column == round { pair.clone() } else { Default::default() });
        }
        row
    };
    let rows = listed(season, tables, 1..5, row);
    let header = vec![
        "year",
        "municipality",
        "school",
        "program",
        "program_code",
        "preliminary_lowest_merit",
        "preliminary_average_merit",
        "final_lowest_merit",
        "final_average_merit",
        "reserved_lowest_merit",
        "reserved_average_merit",
    ];
    StatisticsFile { name: "skanegy.csv", header, rows }
}

/// The columns of Storsthlm's list, which writes 0 where there is no cutoff.
fn storsthlm(season: &Season, tables: &Tables) -> StatisticsFile {
    let data = &season.data.programmes;
    let year = season.rule_set().admission_year().map_or(String::new(), |year| year.to_string());
    let row = |listed: &Listed<'_>| {
        let Listed { programme, figures, .. } = *listed;
        let organisation = match data.provider[programme] {
            Some(Provider::Municipal) => "Kommunal",
            Some(Provider::Independent) => "Fristående",
            Some(Provider::Regional) => "Region",
            None => "",
        };
        // A limit by hand is no score, and groups have limits of their own: 0 would be wrong.
        let none = if figures.kind == "manual" || listed.is_divided { "" } else { "0" };
        vec![
            year.clone(),
            municipalities::name(data.municipality_code.get(programme)).to_owned(),
            data.school.get(programme).to_owned(),
            organisation.to_owned(),
            data.study_path_code.get(programme).to_owned(),
            listed.name.clone(),
            score(figures, figures.cutoff, none),
            score(figures, figures.median, ""),
            figures.seats.to_string(),
            shown((!figures.hides_admitted).then_some(figures.admitted)),
            reserves(figures),
            shown((!figures.hides_admitted).then_some(figures.vacant)),
        ]
    };
    let rows = listed(season, tables, 1..6, row);
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

fn shown(count: Option<u64>) -> String {
    count.map_or(HIDDEN.to_owned(), |count| count.to_string())
}

fn reserves(figures: &Figures) -> String {
    shown((!figures.hides_admitted && !figures.hides_reserves).then_some(figures.reserves))
}

fn kind(figures: &Figures) -> String {
    let hidden = figures.hides_admitted || figures.hides_kind;
    if hidden { "suppressed" } else { &figures.kind }.to_owned()
}

/// A score of the admitted, or what stands where there is none.
fn score(figures: &Figures, score: Option<u64>, none: &str) -> String {
    if figures.hides_admitted {
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
