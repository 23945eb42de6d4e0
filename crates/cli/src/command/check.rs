//! `antagning check`

use std::path::Path;

use antagning::Diagnostic;
use serde::Serialize;

use crate::arguments::ContinuationArguments;
use crate::printer::{Printer, tally};
use crate::progress::Line;
use crate::season;

#[derive(Serialize)]
struct Answer<'a> {
    sound: bool,
    rule_set: &'a str,
    applicants: usize,
    programmes: usize,
    choices: usize,
    diagnostics: Vec<&'a Diagnostic>,
}

pub(crate) fn check(
    folder: &Path,
    against: Option<&Path>,
    continuation: &ContinuationArguments,
    printer: &Printer,
) -> anyhow::Result<()> {
    let line = Line::new("reading");
    let mut season = season::open(folder, continuation)?;
    if let Some(earlier) = against {
        season = season.compared_with(earlier)?;
    }
    line.stage(antagning::Stage::Rules);
    season.check_ties()?;
    drop(line);
    let [applicants, programmes, choices] = season.size();
    let rule_set = season.rule_set().name();
    let findings = season.warnings();
    let text = format!(
        "{}sound: {applicants} applicants, {programmes} programmes, {choices} choices, rule set {rule_set}; {}\n",
        printer.findings_text(findings.iter()),
        tally(findings)
    );
    let diagnostics = findings.iter().collect();
    let answer = Answer { sound: true, rule_set, applicants, programmes, choices, diagnostics };
    Ok(printer.answer(|| text, &answer)?)
}
