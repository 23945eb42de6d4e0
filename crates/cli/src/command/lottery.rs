//! `antagning lottery`

use std::sync::atomic::{AtomicU64, Ordering};

use antagning::{LotteryRequest, LotteryScope, LotteryStudy, Season};

use crate::arguments::{LotteryArguments, LotteryScopes};
use crate::outputs;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn lottery(arguments: &LotteryArguments, printer: &Printer) -> anyhow::Result<()> {
    outputs::refuse([&arguments.out, &arguments.picture].into_iter().flatten())?;
    let line = Line::new("reading");
    let season = Season::open(&arguments.season)?;
    let scopes: &[LotteryScope] = match arguments.scope {
        LotteryScopes::Applicant => &[LotteryScope::Applicant],
        LotteryScopes::Programme => &[LotteryScope::Programme],
        LotteryScopes::Both => &[LotteryScope::Applicant, LotteryScope::Programme],
    };
    let request = LotteryRequest { draws: arguments.draws, seed: arguments.seed, scopes };
    let all = u64::from(arguments.draws.get()) * scopes.len() as u64;
    let done = AtomicU64::new(0);
    line.stage(antagning::Stage::Rules);
    let study = LotteryStudy::new(&season, &request, |more| {
        line.drawing(done.fetch_add(u64::from(more), Ordering::Relaxed) + u64::from(more), all);
    })?;
    if let Some(out) = &arguments.out {
        line.stage(antagning::Stage::Write);
        study.write(out)?;
    }
    drop(line);
    if let Some(file) = &arguments.picture {
        study.to_picture(arguments.lang.into(), arguments.top).write(file)?;
    }
    Ok(printer.answer(|| study.to_text(arguments.lang.into(), arguments.top), &study)?)
}
