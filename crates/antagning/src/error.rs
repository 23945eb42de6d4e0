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
        "rules.toml: ranking.at_cutoff treats equals alike, and what is asked for needs an order \
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
    /// A run alone, and the one that it continues does not lie beside it.
    #[error("{}: nothing to compare with; name a second run", .0.display())]
    NothingToCompare(PathBuf),
    /// The season, run again, gives something else than the run has.
    #[error("the season does not give this run again: {applicant} would be placed otherwise")]
    NotReproduced {
        /// The first applicant whose placement differs.
        applicant: String,
    },
    /// The run cannot be continued, or not approved.
    #[error("{}: {reason}", run.display())]
    Chain {
        /// The run.
        run: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A journal of phone calls cannot be taken.
    #[error("{}:{line}: {reason}", path.display())]
    Journal {
        /// The journal.
        path: PathBuf,
        /// The line.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// Another session has the journal open.
    #[error("{}: another session has it open", .0.display())]
    JournalInUse(PathBuf),
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
            | Self::Journal { .. }
            | Self::JournalInUse(_)
            | Self::NotADate(_)
            | Self::NothingToCompare(_)
            | Self::NeedsStrictOrder
            | Self::NotReproduced { .. }
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
    use io::ErrorKind::{
        AlreadyExists, InvalidInput, IsADirectory, NotADirectory, NotFound, PermissionDenied,
    };
    matches!(
        error.kind(),
        AlreadyExists | InvalidInput | IsADirectory | NotADirectory | NotFound | PermissionDenied
    )
}
