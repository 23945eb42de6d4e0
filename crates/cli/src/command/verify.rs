//! `antagning verify`

use std::fmt::Write as _;
use std::path::Path;

use antagning::{Chain, Proof, Run};
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
    chain: &'a Chain,
}

pub(crate) fn verify(
    folder: &Path,
    season: Option<&Path>,
    beside: Option<&Path>,
    printer: &Printer,
) -> anyhow::Result<()> {
    let line = Line::new("verifying");
    let run = Run::open(folder)?;
    let mut chain = run.verify_chain(beside);
    if let Some(season) = season {
        chain = chain.with_season(season)?;
    }
    drop(line);
    let proof = &chain.proof;
    let run = folder.display().to_string();
    let answer = Answer { run, holds: proof.holds(), proof, chain: &chain };
    printer.answer(|| text(&chain), &answer)?;
    if proof.holds() { Ok(()) } else { Err(ViolationFound.into()) }
}

/// The checks as a table, then the chain where there is one, then the counter-examples. Writing to
/// a string cannot fail.
fn text(chain: &Chain) -> String {
    let proof = &chain.proof;
    let mut text = format!("{:<22}{:>12}  {}\n", "property", "examined", "outcome");
    for check in proof.checks() {
        let _ = writeln!(text, "{:<22}{:>12}  {}", check.property, check.examined, check.outcome);
    }
    text.push('\n');
    for link in chain.runs.iter().filter(|link| chain.runs.len() > 1 || link.approval.is_some()) {
        let approved = link.approval.as_ref().map_or(String::new(), |approval| {
            format!("; approved by {} on {}", approval.approved_by, approval.date)
        });
        let run = link.run.display();
        let _ = writeln!(text, "run {}, {}: {run}{approved}", link.sequence, link.round);
    }
    if !chain.complete {
        let _ = writeln!(text, "the run before is not beside it and was not examined");
    }
    for violation in proof.violations() {
        let _ = writeln!(text, "violation: {violation}");
    }
    text + if proof.holds() { "the run holds\n" } else { "the run does NOT hold\n" }
}
