//! `antagning seats`

use antagning::{Level, Season, SeatValues};

use crate::arguments::{NetworkLevel, SeatsArguments};
use crate::outputs;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn seats(arguments: &SeatsArguments, printer: &Printer) -> anyhow::Result<()> {
    let files = [&arguments.out, &arguments.dot, &arguments.graphml, &arguments.picture];
    outputs::refuse(files.into_iter().flatten())?;
    let line = Line::new("reading");
    let season = Season::open(&arguments.season)?;
    line.stage(antagning::Stage::Match);
    let values = SeatValues::new(&season)?;
    if let Some(out) = &arguments.out {
        line.stage(antagning::Stage::Write);
        values.write(out)?;
    }
    drop(line);
    let network = values.network(match arguments.level {
        NetworkLevel::Offer => Level::Offer,
        NetworkLevel::School => Level::School,
        NetworkLevel::Municipality => Level::Municipality,
    });
    if let Some(file) = &arguments.dot {
        network.write_dot(file)?;
    }
    if let Some(file) = &arguments.graphml {
        network.write_graphml(file)?;
    }
    if let Some(file) = &arguments.picture {
        let language = arguments.lang.into();
        let picture = match arguments.level {
            NetworkLevel::Offer => values.to_picture(language, arguments.top),
            NetworkLevel::School | NetworkLevel::Municipality => network.to_picture(language),
        };
        picture.write(file)?;
    }
    Ok(printer.answer(|| values.to_text(arguments.lang.into(), arguments.top), &values)?)
}
