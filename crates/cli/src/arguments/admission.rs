//! What admission offices ask with.

use std::path::PathBuf;

use clap::Args;

use crate::arguments::Lang;
use crate::supposed::Supposed;

#[derive(Debug, Args)]
pub(crate) struct ContinuationArguments {
    /// The run that this one continues: seats held since then are kept.
    #[arg(long, value_name = "RUN")]
    pub(crate) after: Option<PathBuf>,
    /// The date of the round (default: that of the last event).
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// The season folder.
    pub(crate) season: PathBuf,
    /// The run folder to write; it must not exist.
    #[arg(long, value_name = "RUN")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) continuation: ContinuationArguments,
    /// The language of the summary.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Debug, Args)]
pub(crate) struct PhoneArguments {
    /// The run folder.
    pub(crate) run: PathBuf,
    /// The journal (default: RUN.journal, beside the run folder).
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,
    /// The day of the session (default: today).
    #[arg(long, value_name = "DATE", conflicts_with = "events")]
    pub(crate) date: Option<String>,
    /// Who sits with the phone.
    #[arg(long, value_name = "NAME", default_value = "", conflicts_with = "events")]
    pub(crate) by: String,
    /// Prints what the journal came to as rows of events.csv, and opens no session.
    #[arg(long)]
    pub(crate) events: bool,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Debug, Args)]
pub(crate) struct StatisticsArguments {
    /// The season folder that the run was made of.
    pub(crate) season: PathBuf,
    /// The run folder.
    pub(crate) run: PathBuf,
    /// The folder of tables to write; it must not exist.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    /// Hides counts of persons from 1 up to N - 1, and what would tell them; 0 hides nothing.
    #[arg(long, value_name = "N", default_value_t = antagning::Suppression::DEFAULT.threshold())]
    pub(crate) suppress: u32,
    /// The language of the summary.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The run folders, in order; one alone is compared with the run that it continues, which must
    /// lie beside it.
    #[arg(required = true, value_name = "RUN")]
    pub(crate) runs: Vec<PathBuf>,
    /// The season folder, for names, municipalities and where pupils live.
    #[arg(long, value_name = "SEASON")]
    pub(crate) season: Option<PathBuf>,
    /// The folder of tables to write; it must not exist.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Debug, Args)]
pub(crate) struct WhatIfArguments {
    /// The run folder.
    pub(crate) run: PathBuf,
    /// The season folder that the run was made of.
    #[arg(long, value_name = "SEASON")]
    pub(crate) season: PathBuf,
    /// The applicant's id.
    #[arg(long, value_name = "APPLICANT")]
    pub(crate) applicant: String,
    #[command(flatten)]
    pub(crate) supposed: Supposed,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Debug, Args)]
pub(crate) struct GenerateArguments {
    /// The season folder to write; it must not exist.
    #[arg(long, value_name = "SEASON")]
    pub(crate) out: PathBuf,
    /// Applicants.
    #[arg(long, default_value_t = 55_000, conflicts_with = "like")]
    pub(crate) applicants: u32,
    /// Programmes.
    #[arg(long, default_value_t = 1_500, conflicts_with = "like")]
    pub(crate) programmes: u32,
    /// The seed; the same seed gives the same season.
    #[arg(long, default_value_t = antagning::population::Recipe::DEFAULT_SEED)]
    pub(crate) seed: u64,
    /// A season with published figures, whose real offers and cutoffs the new one takes over.
    #[arg(long, value_name = "SEASON")]
    pub(crate) like: Option<PathBuf>,
}
