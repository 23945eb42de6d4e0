//! `antagning run`

use antagning::{Diagnostic, Manifest, Summary};
use serde::Serialize;

use crate::arguments::RunArguments;
use crate::outputs;
use crate::printer::Printer;
use crate::progress::Line;
use crate::season;

#[derive(Serialize)]
struct Answer<'a> {
    run: String,
    summary: &'a Summary,
    manifest: &'a Manifest,
    warnings: Vec<&'a Diagnostic>,
}

pub(crate) fn run(arguments: &RunArguments, printer: &Printer) -> anyhow::Result<()> {
    outputs::refuse([&arguments.out])?;
    let line = Line::new("reading");
    let season = season::open(&arguments.season, &arguments.continuation)?;
    let admission = season.admit_observed(&|stage| line.stage(stage))?;
    let (summary, warnings) = (admission.summary(), admission.warnings().to_vec());
    line.stage(antagning::Stage::Write);
    let run = admission.write(&arguments.out)?;
    drop(line);
    printer.findings(warnings.iter());
    let text = format!("{}\n{}\n", summary.to_text(arguments.lang.into()), arguments.out.display());
    let answer = Answer {
        run: arguments.out.display().to_string(),
        summary: &summary,
        manifest: run.manifest(),
        warnings: warnings.iter().collect(),
    };
    Ok(printer.answer(|| text, &answer)?)
}
