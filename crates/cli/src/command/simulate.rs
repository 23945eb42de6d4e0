//! `antagning simulate`

use antagning::{Run, Simulation};

use crate::arguments::SimulateArguments;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn simulate(arguments: &SimulateArguments, printer: &Printer) -> anyhow::Result<()> {
    if let Some(out) = &arguments.out {
        Run::refuse_existing(out)?;
    }
    let line = Line::new("reading");
    line.stage(antagning::Stage::Match);
    let simulation = Simulation::new(&arguments.season, &arguments.scenarios, arguments.verify)?;
    drop(line);
    if let Some(out) = &arguments.out {
        simulation.write(out)?;
    }
    Ok(printer.answer(&simulation.to_text(arguments.lang.into()), &simulation)?)
}
