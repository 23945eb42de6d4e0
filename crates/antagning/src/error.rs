//! Why the engine did not do what it was asked.

use std::io;
use std::path::PathBuf;

use antagning_formats::Diagnostics;
use antagning_population::PopulationError;

use crate::proof::Proof;

/// Why a season was not run or a run not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input has faults; nothing was run and nothing written.
    #[error("the input was rejected: {} {}", .0.error_count(), if .0.error_count() == 1 { "error" } else { "errors" })]
    Rejected(Diagnostics),
    /// The verifier found the result wrong; nothing was written.
    #[error("the verifier found {} violations", .0.violations().len())]
    Violated(Box<Proof>),
    /// The output folder cannot be made, or stands already.
    #[error("cannot write {}", path.display())]
    Output {
        /// The folder.
        path: PathBuf,
        /// What the file system reported.
        source: io::Error,
    },
    /// The folder is no run folder that this engine can read.
    #[error("{} is not a run folder: {reason}", path.display())]
    NotARun {
        /// The folder.
        path: PathBuf,
        /// What is missing or wrong.
        reason: String,
    },
    /// The run has no such applicant.
    #[error("the run has no applicant {0}")]
    UnknownApplicant(String),
    /// The question needs a chain that parts everybody.
    #[error(
        "the season treats equals alike (ranking.at_cutoff), and what is asked for needs an order \
         that parts everybody: set at_cutoff = \"break\" and end the chain with a lottery"
    )]
    NeedsStrictOrder,
    /// The question is about a lottery.
    #[error(
        "the season draws no lots, so there is nothing to ask: end ranking.keys in rules.toml \
         with \"lottery\""
    )]
    NoLottery,
    /// A list names an offer that the season does not have, or names one twice.
    #[error("the list names {0}, which the season does not have, or names it twice")]
    NotAList(String),
    /// Merit alone does not say who goes first.
    #[error(
        "the season compares {0} before the lottery, which a merit does not tell: ask for an \
         applicant instead"
    )]
    NeedsMoreThanMerit(&'static str),
    /// The season has no such applicant.
    #[error("the season has no applicant {0}")]
    NotInSeason(String),
    /// The season is not the one that the run was made of.
    #[error("the run was made of another season: {file} differs")]
    OtherSeason {
        /// The first file that differs.
        file: String,
    },
    /// The run cannot be continued, or not approved.
    #[error("{}: {reason}", run.display())]
    Chain {
        /// The run.
        run: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A date that no calendar has.
    #[error("\"{0}\" is not a date such as 2025-07-01")]
    NotADate(String),
    /// A season could not be generated.
    #[error(transparent)]
    Population(#[from] PopulationError),
}

impl Error {
    /// Whether the input or the arguments were at fault, rather than the engine or the machine.
    #[must_use]
    pub fn is_rejection(&self) -> bool {
        match self {
            Self::Rejected(_)
            | Self::NotARun { .. }
            | Self::UnknownApplicant(_)
            | Self::Chain { .. }
            | Self::NotADate(_)
            | Self::NeedsStrictOrder
            | Self::NoLottery
            | Self::NotAList(_)
            | Self::NeedsMoreThanMerit(_)
            | Self::NotInSeason(_)
            | Self::OtherSeason { .. } => true,
            Self::Output { source, .. } => names_a_wrong_folder(source),
            Self::Population(PopulationError::Io(source)) => names_a_wrong_folder(source),
            Self::Population(_) => true,
            Self::Violated(_) => false,
        }
    }
}

/// Whether the caller chose a folder that cannot be written, rather than the disk failing.
fn names_a_wrong_folder(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, InvalidInput, NotADirectory, PermissionDenied};
    matches!(error.kind(), AlreadyExists | InvalidInput | NotADirectory | PermissionDenied)
}
