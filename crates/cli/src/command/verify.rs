//! `antagning verify`

use std::fmt::Write as _;
use std::path::Path;

use antagning::{Proof, Run};
use serde::Serialize;

use crate::exit::ViolationFound;
use crate::printer::Printer;
use crate::progress::Line;

#[derive(Serialize)]
struct Answer<'a> {
    run: String,
    holds: bool,
    #[serde(flatten)]
    proof: &'a Proof,
}

pub(crate) fn verify(
    folder: &Path,
    season: Option<&Path>,
    printer: &Printer,
) -> anyhow::Result<()> {
    let line = Line::new("verifying");
    let run = Run::open(folder)?;
    let proof = match season {
        Some(season) => run.verify_with_season(season)?,
        None => run.verify(),
    };
    drop(line);
    let answer = Answer { run: folder.display().to_string(), holds: proof.holds(), proof: &proof };
    printer.answer(&text(&proof), &answer)?;
    if proof.holds() { Ok(()) } else { Err(ViolationFound.into()) }
}

/// The checks as a table, then the counter-examples. Writing to a string cannot fail.
fn text(proof: &Proof) -> String {
    let mut text = format!("{:<22}{:>12}  {}\n", "property", "examined", "outcome");
    for check in proof.checks() {
        let _ = writeln!(text, "{:<22}{:>12}  {}", check.property, check.examined, check.outcome);
    }
    text.push('\n');
    for violation in proof.violations() {
        let _ = writeln!(text, "violation: {violation}");
    }
    text + if proof.holds() { "the run holds\n" } else { "the run does NOT hold\n" }
}
