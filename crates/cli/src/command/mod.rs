//! One command, one file.

mod approve;
mod chance;
mod check;
mod compare;
mod completions;
mod diff;
mod explain;
mod generate;
mod letters;
mod lottery;
mod mechanisms;
mod merge;
mod phone;
mod plan;
mod rules;
mod run;
mod seats;
mod simulate;
mod statistics;
mod uncertainty;
mod verify;
mod what_if;

use antagning::Signature;

use crate::arguments::{Arguments, Command};
use crate::printer::Printer;

/// Does what was asked for.
pub(crate) fn run(arguments: Arguments, printer: &Printer) -> anyhow::Result<()> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()?;
    }
    match arguments.command {
        Command::Run(arguments) => run::run(&arguments, printer),
        Command::Check { season, against, continuation } => {
            check::check(&season, against.as_deref(), &continuation, printer)
        }
        Command::Verify { run, season, chain } => {
            verify::verify(&run, season.as_deref(), chain.as_deref(), printer)
        }
        Command::Approve { run, by, delegation, date } => {
            let date = date.as_deref();
            approve::approve(&run, Signature { by: &by, delegation: &delegation, date }, printer)
        }
        Command::Explain { run, applicant, lang } => {
            explain::explain(&run, &applicant, lang.into(), printer)
        }
        Command::Letters { run, lang } => letters::letters(&run, lang.into(), printer),
        Command::Phone(arguments) => phone::phone(&arguments, printer),
        Command::Generate(arguments) => generate::generate(&arguments, printer),
        Command::Compare { season, lang } => compare::compare(&season, lang.into(), printer),
        Command::Mechanisms { season, lang } => {
            mechanisms::mechanisms(&season, lang.into(), printer)
        }
        Command::Merge(arguments) => merge::merge(&arguments, printer),
        Command::Diff(arguments) => diff::diff(&arguments, printer),
        Command::Chance(arguments) => chance::chance(&arguments, printer),
        Command::Lottery(arguments) => lottery::lottery(&arguments, printer),
        Command::Plan(arguments) => plan::plan(&arguments, printer),
        Command::Rules { command } => rules::rules(command.as_ref(), printer),
        Command::Seats(arguments) => seats::seats(&arguments, printer),
        Command::Simulate(arguments) => simulate::simulate(&arguments, printer),
        Command::Statistics(arguments) => statistics::statistics(&arguments, printer),
        Command::Uncertainty(arguments) => uncertainty::uncertainty(&arguments, printer),
        Command::WhatIf(arguments) => what_if::what_if(&arguments, printer),
        Command::Completions { shell } => completions::completions(shell),
    }
}
