//! `antagning chance`

use std::sync::atomic::{AtomicU64, Ordering};

use antagning::{ChanceRequest, Chances, Cutoffs, Season};

use crate::arguments::ChanceArguments;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn chance(arguments: &ChanceArguments, printer: &Printer) -> anyhow::Result<()> {
    let line = Line::new("reading");
    let season = Season::open(&arguments.season)?;
    line.stage(antagning::Stage::Rules);
    let request = ChanceRequest { draws: arguments.draws, seed: arguments.seed };
    let done = AtomicU64::new(0);
    let drawn = |more: u32| {
        let more = u64::from(more);
        line.drawing(done.fetch_add(more, Ordering::Relaxed) + more, arguments.draws.get().into());
    };
    let chances = match (&arguments.applicant, &arguments.list, arguments.merit) {
        (None, Some(list), Some(merit)) => {
            let list: Vec<&str> = list.split_whitespace().collect();
            Cutoffs::new(&season, request, drawn)?.chances(&list, merit)?
        }
        // The arguments have an applicant, or else a list with a merit.
        (applicant, ..) => {
            let applicant = applicant.as_deref().unwrap_or_default();
            Chances::of_applicant(&season, applicant, request, drawn)?
        }
    };
    drop(line);
    Ok(printer.answer(|| chances.to_text(arguments.lang.into()), &chances)?)
}
