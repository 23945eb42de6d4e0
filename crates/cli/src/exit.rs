//! Exit codes, decided in one place.

use std::io::ErrorKind;
use std::process::ExitCode;

use antagning::Error;
use clap::error::ErrorKind as ArgumentErrorKind;
use serde::Serialize;

use crate::arguments::Format;
use crate::printer::{Printer, tally};

/// What was asked for is done.
const DONE: u8 = 0;
/// The engine or the machine failed.
const FAILURE: u8 = 1;
/// The input or the arguments were rejected.
const REJECTED: u8 = 2;
/// The verifier found a violation.
const VIOLATION: u8 = 3;

/// A finished verification that found something is no failure of the command.
#[derive(Debug, thiserror::Error)]
#[error("the verifier found violations")]
pub(crate) struct ViolationFound;

/// Arguments that only the command itself could judge, with all that is wrong with them.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub(crate) struct WrongArguments(pub(crate) Vec<String>);

/// Tells of an error and gives the exit code.
pub(crate) fn code(result: anyhow::Result<()>, printer: &Printer) -> ExitCode {
    let Err(error) = result else { return DONE.into() };
    if error.is::<ViolationFound>() {
        return VIOLATION.into();
    }
    if let Some(io) = error.downcast_ref::<std::io::Error>()
        && io.kind() == ErrorKind::BrokenPipe
    {
        // Whoever read the answer has had enough of it.
        return DONE.into();
    }
    tell(&error, printer);
    if error.is::<WrongArguments>() {
        return REJECTED.into();
    }
    match error.downcast_ref::<Error>() {
        Some(Error::Violated(_)) => VIOLATION.into(),
        Some(error) if error.is_rejection() => REJECTED.into(),
        _ => FAILURE.into(),
    }
}

/// Tells of arguments that cannot be read, or answers with the help or version asked for.
pub(crate) fn code_of_arguments(error: &clap::Error) -> ExitCode {
    // Nobody can be told when the stream is closed.
    let _ = error.print();
    if !error.use_stderr() {
        return DONE.into();
    }
    if asks_for_json() {
        let error = match error.kind() {
            ArgumentErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                "no command was given".to_owned()
            }
            _ => paragraph(&error.to_string()),
        };
        let failed = Failed { error, diagnostics: vec![], violations: vec![] };
        let _ = Printer::new(Format::Json).answer(|| "", &failed);
    }
    REJECTED.into()
}

/// Whether JSON is asked for by arguments that cannot be read as a whole.
fn asks_for_json() -> bool {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    arguments.iter().any(|argument| argument == "--format=json")
        || arguments.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
}

/// The first paragraph of a message, on one line and without its label.
fn paragraph(text: &str) -> String {
    let first = text.split("\n\n").next().unwrap_or_default();
    let words: Vec<_> = first.trim_start_matches("error:").split_whitespace().collect();
    words.join(" ")
}

#[derive(Serialize)]
struct Failed<'e> {
    error: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<&'e antagning::Diagnostic>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violations: Vec<&'e String>,
}

fn tell(error: &anyhow::Error, printer: &Printer) {
    let mut failed =
        Failed { error: format!("{error:#}"), diagnostics: vec![], violations: vec![] };
    match error.downcast_ref::<Error>() {
        Some(Error::Rejected(findings)) => {
            failed.diagnostics = findings.iter().collect();
            printer.findings(findings.iter());
            printer.remark(&format!(
                "rejected: {}; nothing was run and nothing written",
                tally(findings)
            ));
        }
        Some(Error::Violated(proof)) => {
            failed.violations = proof.violations().iter().collect();
            proof.violations().iter().for_each(|violation| printer.remark(violation));
            printer.remark("NOT proven: the verifier found violations; nothing was done");
        }
        _ => match error.downcast_ref::<WrongArguments>() {
            Some(WrongArguments(faults)) => {
                faults.iter().for_each(|fault| printer.remark(&format!("error: {fault}")));
            }
            None => printer.remark(&format!("error: {error:#}")),
        },
    }
    if printer.is_json() {
        // The exit code tells the same; a closed stdout cannot be told of.
        let _ = printer.answer(|| "", &failed);
    }
}
