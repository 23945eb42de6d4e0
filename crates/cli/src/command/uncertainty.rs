//! `antagning uncertainty`

use std::sync::atomic::{AtomicU64, Ordering};

use antagning::{UncertaintyRequest, Variation};
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
