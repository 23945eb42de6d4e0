//! `antagning explain`

use std::path::Path;

use antagning::{Language, Run};

use crate::printer::Printer;

pub(crate) fn explain(
    folder: &Path,
    applicant: &str,
    language: Language,
    printer: &Printer,
) -> anyhow::Result<()> {
    let explanation = Run::open(folder)?.explain(applicant, language)?;
    Ok(printer.answer(|| explanation.to_text(), &explanation)?)
}
