//! `antagning approve`

use std::path::Path;

use antagning::{Approval, Run, Signature};
use serde::Serialize;

use crate::printer::Printer;
use crate::progress::Line;

#[derive(Serialize)]
struct Answer<'a> {
    run: String,
    approval: &'a Approval,
}

pub(crate) fn approve(
    folder: &Path,
    signature: Signature<'_>,
    printer: &Printer,
) -> anyhow::Result<()> {
    let line = Line::new("verifying");
    let approval = Run::open(folder)?.approve(signature)?;
    drop(line);
    let Approval { approved_by, delegation, date, manifest_sha256, .. } = &approval;
    let text = format!(
        "approved by {approved_by} on {date} ({delegation})\nmanifest_sha256 {manifest_sha256}\n"
    );
    let answer = Answer { run: folder.display().to_string(), approval: &approval };
    Ok(printer.answer(|| text, &answer)?)
}
