//! `antagning plan`

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use antagning::{PlanProgress, PlanRequest, Season, SeatPlan};

use crate::arguments::PlanArguments;
use crate::outputs;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn plan(arguments: &PlanArguments, printer: &Printer) -> anyhow::Result<()> {
    outputs::refuse(&arguments.picture)?;
    let line = Line::new("reading");
    let season = Season::open(&arguments.season)?;
    let request = PlanRequest {
        seats: arguments.seats,
        objective: arguments.objective,
        limits: arguments.limits.as_deref(),
        weights: arguments.weights.as_deref(),
        budget: arguments.budget,
        seed: arguments.seed,
    };
    let interrupted = Arc::new(AtomicBool::new(false));
    let signal = Arc::clone(&interrupted);
    // The best plan so far is an answer; a second interruption ends the program.
    ctrlc::set_handler(move || {
        if signal.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    })?;
    let time = Duration::try_from_secs_f64(arguments.seconds).unwrap_or(Duration::MAX);
    let mut started = None;
    let go_on = |progress: PlanProgress| {
        let started = *started.get_or_insert_with(Instant::now);
        line.searching(progress);
        let rounds = arguments.rounds.is_none_or(|most| progress.rounds < most);
        // With rounds given, the clock decides nothing, so that the plan is the same again.
        let in_time = arguments.rounds.is_some() || started.elapsed() < time;
        rounds && in_time && !interrupted.load(Ordering::Relaxed)
    };
    let plan = SeatPlan::new(&season, &request, go_on)?;
    drop(line);
    if let Some(file) = &arguments.picture {
        plan.to_picture(arguments.lang.into(), arguments.top).write(file)?;
    }
    Ok(printer.answer(|| plan.to_text(arguments.lang.into(), arguments.top), &plan)?)
}
