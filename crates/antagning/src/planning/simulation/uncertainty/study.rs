//! The figures of a study, and its tables.

use std::collections::BTreeMap;
use std::io;

use antagning_formats::{Cell, CellType, StagedFolder, TableFormat, TypedTable};
use serde::Serialize;

use crate::error::Error;
use crate::planning::histogram::Histogram;
use crate::planning::simulation::uncertainty::distribution::{Decimal, Distribution};
use crate::planning::simulation::uncertainty::key::{Key, Kind};
use crate::planning::simulation::uncertainty::output;
use crate::planning::simulation::uncertainty::part::Settings;

/// A season and scenarios over many draws. Working material for planning and research, no decision.
#[derive(Clone, Debug, Serialize)]
pub struct Uncertainty {
    /// What the figures are: never a decision.
    pub status: &'static str,
    #[serde(flatten)]
    pub(super) settings: Settings,
    /// Every figure, by scenario (the base first), what it is about, and figure.
    pub figures: Vec<UncertaintyFigure>,
    /// Where the figures of each scenario begin, by its name.
    #[serde(skip)]
    starts: BTreeMap<String, usize>,
}

/// One figure of a scenario over draws; what its name ends in `_difference` for is the difference from
/// the base in the same draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UncertaintyFigure {
    /// The scenario; `base` for the season as it stands.
    pub scenario: String,
    /// `total`, `sex`, `merit_quintile`, `first_choice`, `home_municipality`, `offer` or `flow`.
    pub kind: &'static str,
    /// The group of applicants, the offer, or the home municipality of a flow.
    pub name: String,
    /// The quota group, or the school municipality of a flow; empty otherwise.
    pub part: String,
    /// Which figure.
    pub figure: &'static str,
    /// What it is over the draws.
    #[serde(flatten)]
    pub distribution: Distribution,
}

/// The columns that every table ends with.
const COLUMNS: [(&str, CellType); 11] = [
    ("figure", CellType::Text),
    ("draws", CellType::Whole),
    ("mean", CellType::Decimal),
    ("low", CellType::Decimal),
    ("high", CellType::Decimal),
    ("deviation", CellType::Decimal),
    ("min", CellType::Decimal),
    ("percentile_2_5", CellType::Decimal),
    ("median", CellType::Decimal),
    ("percentile_97_5", CellType::Decimal),
    ("max", CellType::Decimal),
];

/// The tables: name, which kinds, and the columns before [`COLUMNS`].
type Table = (&'static str, fn(&str) -> bool, &'static [&'static str]);

const TABLES: [Table; 4] = [
    ("totals", |kind| kind == Kind::Total.name(), &["scenario"]),
    (
        "groups",
        |kind| ![Kind::Total, Kind::Offer, Kind::Flow].iter().any(|other| other.name() == kind),
        &["scenario", "kind", "group"],
    ),
    ("offers", |kind| kind == Kind::Offer.name(), &["scenario", "programme_id", "quota_group"]),
    (
        "flows",
        |kind| kind == Kind::Flow.name(),
        &["scenario", "home_municipality", "school_municipality"],
    ),
];

impl Uncertainty {
    /// `uncertainty.json` in the folder of a study.
    const FILE: &str = "uncertainty.json";

    pub(super) fn new(settings: Settings, figures: BTreeMap<Key, Histogram>) -> Self {
        let names = settings.names();
        let figure = |(key, counts): (Key, Histogram)| {
            let same = counts.iter().all(|(value, _)| value == 0);
            if same && key.figure.is_difference() && key.kind != Kind::Total {
                return None;
            }
            let (decimal, share) = (key.figure.is_decimal(), key.figure.is_share());
            Some(UncertaintyFigure {
                scenario: names[key.scenario].clone(),
                kind: key.kind.name(),
                name: key.name,
                part: key.part,
                figure: key.figure.name(),
                distribution: Distribution::new(&counts, decimal, share)?,
            })
        };
        let figures: Vec<_> = figures.into_iter().filter_map(figure).collect();
        let mut starts = BTreeMap::new();
        let mut at = 0;
        for told in figures.chunk_by(|one, next| one.scenario == next.scenario) {
            starts.insert(told[0].scenario.clone(), at);
            at += told.len();
        }
        Self { status: "working material", settings, figures, starts }
    }

    /// How many draws there are.
    #[must_use]
    pub fn draws(&self) -> u32 {
        self.settings.draws
    }

    /// The names of the base and of the scenarios, in the order of the files.
    #[must_use]
    pub fn scenarios(&self) -> Vec<String> {
        self.settings.names()
    }

    /// The distribution of a figure of all applicants. O(log scenarios).
    #[must_use]
    pub fn total(&self, scenario: &str, figure: &str) -> Option<&Distribution> {
        let own = self.figures.get(*self.starts.get(scenario)?..)?;
        // Those of all applicants come first.
        let place = (scenario, Kind::Total.name());
        let mut totals = own.iter().take_while(|told| (told.scenario.as_str(), told.kind) == place);
        totals.find(|told| told.figure == figure).map(|told| &told.distribution)
    }

    /// Writes the tables beside the rows that are there, and publishes the folder.
    pub(super) fn publish(self, folder: StagedFolder, format: TableFormat) -> Result<Self, Error> {
        let out = folder.target().to_owned();
        self.write(folder, format).map_err(|source| output(&out, source))?;
        Ok(self)
    }

    fn write(&self, folder: StagedFolder, format: TableFormat) -> io::Result<()> {
        for (name, holds, own) in TABLES {
            let texts = own.iter().map(|column| (*column, CellType::Text));
            let columns: Vec<_> = texts.chain(COLUMNS).collect();
            let mut table = TypedTable::create(&folder, name, &columns, format)?;
            for told in self.figures.iter().filter(|told| holds(told.kind)) {
                let place: &[&str] = match own {
                    [_] => &[&told.scenario],
                    [_, "kind", _] => &[&told.scenario, told.kind, &told.name],
                    _ => &[&told.scenario, &told.name, &told.part],
                };
                let place = place.iter().map(|text| Cell::Text(text));
                let cells: Vec<_> = place.chain(cells(told)).collect();
                table.row(&cells)?;
            }
            table.finish()?;
        }
        let mut text = serde_json::to_string_pretty(&self.settings)?;
        text.push('\n');
        folder.write(Self::FILE, text.as_bytes())?;
        folder.publish().map(drop)
    }
}

fn cells(told: &UncertaintyFigure) -> impl Iterator<Item = Cell<'_>> {
    let own = &told.distribution;
    let decimal = |number: Decimal| Cell::Decimal(number.0);
    let maybe = |number: Option<Decimal>| number.map_or(Cell::Empty, decimal);
    [
        Cell::Text(told.figure),
        Cell::Whole(own.draws as i64),
        decimal(own.mean),
        maybe(own.low),
        maybe(own.high),
        maybe(own.deviation),
        decimal(own.min),
        decimal(own.percentile_2_5),
        decimal(own.median),
        decimal(own.percentile_97_5),
        decimal(own.max),
    ]
    .into_iter()
}
