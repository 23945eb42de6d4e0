//! `antagning mechanisms`

use std::path::Path;

use antagning::{Language, MechanismComparison, Season};

use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn mechanisms(
    season: &Path,
    language: Language,
    printer: &Printer,
) -> anyhow::Result<()> {
    let line = Line::new("reading");
    let season = Season::open(season)?;
    line.stage(antagning::Stage::Match);
    let comparison = MechanismComparison::new(&season)?;
    drop(line);
    Ok(printer.answer(|| comparison.to_text(language), &comparison)?)
}
