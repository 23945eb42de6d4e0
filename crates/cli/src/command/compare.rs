//! `antagning compare`

use std::path::Path;

use antagning::{Comparison, Language, Season};

use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn compare(folder: &Path, language: Language, printer: &Printer) -> anyhow::Result<()> {
    let line = Line::new("reading");
    let season = Season::open(folder)?;
    let admission = season.admit_observed(&|stage| line.stage(stage))?;
    let comparison = Comparison::new(&season, folder, &admission)?;
    drop(line);
    Ok(printer.answer(|| comparison.to_text(language), &comparison)?)
}
