//! `antagning statistics`

use antagning::{Run, Season, Statistics, StatisticsSummary, Suppression};
use serde::Serialize;

use crate::arguments::StatisticsArguments;
use crate::outputs;
use crate::printer::Printer;
use crate::progress::Line;

#[derive(Serialize)]
struct Answer<'a> {
    statistics: String,
    summary: &'a StatisticsSummary,
}

pub(crate) fn statistics(arguments: &StatisticsArguments, printer: &Printer) -> anyhow::Result<()> {
    outputs::refuse([&arguments.out])?;
    let line = Line::new("reading");
    let run = Run::open(&arguments.run)?;
    let season = Season::open_for(&arguments.season, &run)?;
    let suppression = Suppression::below(arguments.suppress);
    let statistics = Statistics::new(&season, &run, suppression)?;
    line.stage(antagning::Stage::Write);
    let folder = statistics.write(&arguments.out)?.display().to_string();
    drop(line);
    let summary = statistics.summary();
    let text = format!("{}\n{folder}\n", summary.to_text(arguments.lang.into()));
    Ok(printer.answer(|| text, &Answer { statistics: folder, summary })?)
}
