//! `antagning letters`

use std::path::Path;

use antagning::{Language, Run};

use crate::printer::Printer;

pub(crate) fn letters(folder: &Path, language: Language, printer: &Printer) -> anyhow::Result<()> {
    let run = Run::open(folder)?;
    Ok(printer.lines(run.explanations(language)?.letters())?)
}
