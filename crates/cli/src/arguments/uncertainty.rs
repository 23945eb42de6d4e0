//! Arguments of studies over many draws.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Lang;

#[derive(Debug, Args)]
pub(crate) struct UncertaintyArguments {
    /// The season folder.
    pub(crate) season: PathBuf,
    /// Scenario files; without any it is the season alone.
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenarios: Vec<PathBuf>,
    /// How many draws.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) draws: u32,
    /// The seed that all luck follows from.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// What is drawn: other lots, other cohorts, or nothing but what --tastes and --no-shows say.
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        value_delimiter = ',',
        default_value = "lottery,cohort"
    )]
    pub(crate) vary: Vec<Vary>,
    /// How far lists stray from those stated: 0 not at all, 100 any order is as likely.
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) tastes: u32,
    /// How many of a hundred applicants do not turn up; others take their seats.
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) no_shows: u32,
    /// Makes part i of n alone, for `antagning merge`.
    #[arg(long, value_name = "i/n", value_parser = shard, conflicts_with = "tables")]
    pub(crate) shard: Option<antagning::Shard>,
    /// The folder to write; it must not exist.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    /// How tables are written.
    #[arg(long, value_enum, default_value_t = Tables::Csv)]
    pub(crate) tables: Tables,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Vary {
    /// Lottery numbers.
    Lottery,
    /// Who applies.
    Cohort,
    /// Neither.
    None,
}

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Tables {
    /// CSV.
    Csv,
    /// Apache Parquet, where the program is built with it.
    Parquet,
}

impl From<Tables> for antagning::TableFormat {
    fn from(tables: Tables) -> Self {
        match tables {
            Tables::Csv => Self::Csv,
            Tables::Parquet => Self::Parquet,
        }
    }
}

fn shard(text: &str) -> Result<antagning::Shard, String> {
    let parts = text.split_once('/').and_then(|(number, of)| {
        Some(antagning::Shard { number: number.parse().ok()?, of: of.parse().ok()? })
    });
    parts.ok_or_else(|| "write which part of how many, as in 1/8".to_owned())
}

#[derive(Debug, Args)]
pub(crate) struct MergeArguments {
    /// The folders of all parts, in any order.
    #[arg(required = true, value_name = "FOLDER")]
    pub(crate) parts: Vec<PathBuf>,
    /// The folder to write; it must not exist.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    /// How tables are written.
    #[arg(long, value_enum, default_value_t = Tables::Csv)]
    pub(crate) tables: Tables,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}
