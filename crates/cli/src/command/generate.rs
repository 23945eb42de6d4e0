//! `antagning generate`

use antagning::Error;
use antagning::population::{self, Published, Recipe};
use serde::Serialize;

use crate::arguments::GenerateArguments;
use crate::outputs;
use crate::printer::Printer;
use crate::progress::Line;

#[derive(Serialize)]
struct Answer {
    season: String,
    seed: u64,
}

pub(crate) fn generate(arguments: &GenerateArguments, printer: &Printer) -> anyhow::Result<()> {
    outputs::refuse([&arguments.out])?;
    let line = Line::new("making a season");
    let progress = &mut |progress| line.progress(progress);
    let made = match &arguments.like {
        Some(like) => Published::open(like).and_then(|published| {
            population::skane(&published, arguments.seed, &arguments.out, progress)
        }),
        None => {
            let recipe = Recipe {
                seed: arguments.seed,
                ..Recipe::new(arguments.applicants, arguments.programmes)
            };
            population::generate(&recipe, &arguments.out, progress)
        }
    };
    let folder = made.map_err(Error::Population)?;
    drop(line);
    let season = folder.display().to_string();
    let text = format!("{season}\n");
    Ok(printer.answer(|| text, &Answer { season, seed: arguments.seed })?)
}
