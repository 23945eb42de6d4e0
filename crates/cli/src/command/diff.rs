//! `antagning diff`

use antagning::{Diff, Run};

use crate::arguments::DiffArguments;
use crate::outputs;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn diff(arguments: &DiffArguments, printer: &Printer) -> anyhow::Result<()> {
    outputs::refuse(&arguments.out)?;
    let line = Line::new("reading");
    let runs = arguments.runs.iter().map(Run::open).collect::<Result<Vec<_>, _>>()?;
    let diff = Diff::new(&runs, arguments.season.as_deref())?;
    let mut written = String::new();
    if let Some(out) = &arguments.out {
        line.stage(antagning::Stage::Write);
        written = format!("{}\n", diff.write(out)?.display());
    }
    drop(line);
    Ok(printer.answer(|| diff.to_text(arguments.lang.into()) + &written, &diff)?)
}
