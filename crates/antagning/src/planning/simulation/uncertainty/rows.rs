//! `draws.csv`: what each draw came to, for statistics of one's own.

use std::io;

use antagning_formats::{Cell, CellType, StagedFolder, TableFormat, TypedTable};

use crate::planning::simulation::sheet::Tally as People;
use crate::planning::simulation::uncertainty::part::Settings;

/// The name without its ending.
pub(super) const TABLE: &str = "draws";

/// The figures of a row, behind seed, draw and scenario; the base has no last four.
pub(super) const FIGURES: [&str; 10] = [
    "applicants",
    "placed",
    "unplaced",
    "first_choices",
    "placed_ranks",
    "ranks",
    "better_off",
    "worse_off",
    "newly_placed",
    "newly_unplaced",
];

/// The table while it is written: a row a draw and scenario, in this order.
pub(super) struct Rows {
    table: TypedTable,
    seed: String,
    names: Vec<String>,
}

impl Rows {
    pub(super) fn create(
        folder: &StagedFolder,
        settings: &Settings,
        format: TableFormat,
    ) -> io::Result<Self> {
        let own =
            [("seed", CellType::Text), ("draw", CellType::Whole), ("scenario", CellType::Text)];
        let figures = FIGURES.map(|name| (name, CellType::Whole));
        let columns: Vec<_> = own.into_iter().chain(figures).collect();
        let table = TypedTable::create(folder, TABLE, &columns, format)?;
        let seed = settings.variation.seed.to_string();
        Ok(Self { table, seed, names: settings.names() })
    }

    pub(super) fn of_draw(
        &mut self,
        draw: u32,
        scenario: usize,
        people: &People,
    ) -> io::Result<()> {
        let own = [
            people.applicants,
            people.placed,
            people.applicants - people.placed,
            people.first_choices,
            people.placed_ranks,
            people.ranks,
        ];
        let compared = [people.better, people.worse, people.newly_placed, people.newly_unplaced];
        let compared = compared.map(|count| (scenario > 0).then_some(count));
        let mut figures = own.into_iter().map(Some).chain(compared);
        let figures = [(); FIGURES.len()].map(|()| figures.next().flatten().map(|n| n as i64));
        self.row(draw, scenario, figures)
    }

    pub(super) fn row(
        &mut self,
        draw: u32,
        scenario: usize,
        figures: [Option<i64>; FIGURES.len()],
    ) -> io::Result<()> {
        let own =
            [Cell::Text(&self.seed), Cell::Whole(draw.into()), Cell::Text(&self.names[scenario])];
        let figures = figures.map(|figure| figure.map_or(Cell::Empty, Cell::Whole));
        let cells: Vec<_> = own.into_iter().chain(figures).collect();
        self.table.row(&cells)
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.table.finish()
    }
}
