//! `antagning simulate`

use antagning::{Simulation, SimulationFolder, SimulationText};

use crate::arguments::SimulateArguments;
use crate::outputs;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn simulate(arguments: &SimulateArguments, printer: &Printer) -> anyhow::Result<()> {
    let SimulateArguments { season, scenarios, out, verify, lang } = arguments;
    outputs::refuse(out)?;
    let line = Line::new("reading");
    line.stage(antagning::Stage::Match);
    if printer.is_json() {
        // One document holds them all.
        let simulation = Simulation::new(season, scenarios, *verify)?;
        if let Some(out) = out {
            simulation.write(out)?;
        }
        drop(line);
        return Ok(printer.answer(|| "", &simulation)?);
    }
    let mut folder = None;
    let mut text = SimulationText::new((*lang).into());
    Simulation::each(season, scenarios, *verify, |report| {
        if let (Some(out), None) = (out, &folder) {
            // Not before the season and the scenarios are known to be sound.
            folder = Some(SimulationFolder::new(out)?);
        }
        if let Some(folder) = &mut folder {
            folder.add(&report)?;
        }
        text.add(report);
        Ok(())
    })?;
    if let Some(folder) = folder {
        folder.publish()?;
    }
    drop(line);
    Ok(printer.plain(&text.finish())?)
}
