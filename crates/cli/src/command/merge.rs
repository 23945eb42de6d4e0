//! `antagning merge`

use antagning::Uncertainty;

use crate::arguments::MergeArguments;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn merge(arguments: &MergeArguments, printer: &Printer) -> anyhow::Result<()> {
    let line = Line::new("reading");
    let study = Uncertainty::merge(&arguments.parts, &arguments.out, arguments.tables.into())?;
    drop(line);
    Ok(printer.answer(|| study.to_text(arguments.lang.into()), &study)?)
}
