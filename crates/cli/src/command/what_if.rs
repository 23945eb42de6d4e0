//! `antagning what-if`

use antagning::{Run, WhatIf};

use crate::arguments::WhatIfArguments;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn what_if(arguments: &WhatIfArguments, printer: &Printer) -> anyhow::Result<()> {
    let line = Line::new("reading");
    let run = Run::open(&arguments.run)?;
    let what_if = WhatIf::open(&arguments.season, &run)?;
    line.stage(antagning::Stage::Match);
    let answer = what_if.suppose(&arguments.applicant, &arguments.supposed.0)?;
    drop(line);
    Ok(printer.answer(|| answer.to_text(arguments.lang.into()), &answer)?)
}
