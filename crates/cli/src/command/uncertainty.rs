//! `antagning uncertainty`

use std::sync::atomic::{AtomicU64, Ordering};

use antagning::{Code, Diagnostic, Diagnostics, Error, UncertaintyRequest, Variation};
use clap::ValueEnum;
use serde::Serialize;

use crate::arguments::{UncertaintyArguments, Vary};
use crate::printer::Printer;
use crate::progress::Line;

/// What is told of a part.
#[derive(Serialize)]
struct Part {
    status: &'static str,
    part: String,
}

pub(crate) fn uncertainty(
    arguments: &UncertaintyArguments,
    printer: &Printer,
) -> anyhow::Result<()> {
    let UncertaintyArguments { seed, tastes, no_shows, .. } = *arguments;
    check_vary(&arguments.vary)?;
    let [lottery, cohort] =
        [Vary::Lottery, Vary::Cohort].map(|what| arguments.vary.contains(&what));
    let request = UncertaintyRequest {
        season: &arguments.season,
        scenarios: &arguments.scenarios,
        draws: arguments.draws,
        variation: Variation { seed, lottery, cohort, tastes, no_shows },
    };
    let (line, done) = (Line::new("reading"), AtomicU64::new(0));
    let all = arguments.shard.map_or(u64::from(arguments.draws), |shard| {
        u64::from(arguments.draws.div_ceil(shard.of.max(1)))
    });
    let drawn = |more: u32| {
        line.drawing(done.fetch_add(u64::from(more), Ordering::Relaxed) + u64::from(more), all);
    };
    let Some(shard) = arguments.shard else {
        let study = request.run(&arguments.out, arguments.tables.into(), drawn)?;
        drop(line);
        return Ok(printer.answer(|| study.to_text(arguments.lang.into()), &study)?);
    };
    let out = request.run_shard(shard, &arguments.out, drawn)?;
    drop(line);
    let part = out.display().to_string();
    let text = format!("{part}\n");
    Ok(printer.answer(|| text, &Part { status: "part of a study; working material", part })?)
}

/// Refuses nothing beside something.
fn check_vary(vary: &[Vary]) -> Result<(), Error> {
    if !vary.contains(&Vary::None) || vary.iter().all(|what| *what == Vary::None) {
        return Ok(());
    }
    let names = vary.iter().filter_map(ValueEnum::to_possible_value);
    let names: Vec<_> = names.map(|value| value.get_name().to_owned()).collect();
    let message = "none says that neither lottery nor cohort is drawn";
    let fault = Diagnostic::new(Code::FaultyRequest, "the request", message).column("vary");
    let mut report = Diagnostics::default();
    report.push(fault.value(&names.join(",")).hint("give none alone, or leave it out"));
    Err(Error::Rejected(report))
}
