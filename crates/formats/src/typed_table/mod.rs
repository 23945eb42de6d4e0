//! Tables of typed columns, for whoever goes on to calculate with them: CSV, or Parquet.

#[cfg(feature = "parquet")]
mod columnar;
mod comma;

use std::io;

use crate::staging::StagedFolder;

/// How tables are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TableFormat {
    /// Text, a row a line; files end in `.csv`.
    #[default]
    Csv,
    /// Apache Parquet; files end in `.parquet`. Only where the feature `parquet` is built in.
    Parquet,
}

/// What a column holds; any cell may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellType {
    /// Text.
    Text,
    /// Whole numbers.
    Whole,
    /// Decimals with four places.
    Decimal,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'c> {
    /// Text.
    Text(&'c str),
    /// A whole number.
    Whole(i64),
    /// A decimal in ten-thousandths.
    Decimal(i64),
    /// Nothing: in Parquet null.
    Empty,
}

/// A table that is written row by row; memory does not grow with the rows.
#[derive(Debug)]
pub struct TypedTable(Kind);

#[derive(Debug)]
enum Kind {
    Csv(Box<comma::Writer>),
    #[cfg(feature = "parquet")]
    Parquet(Box<columnar::Writer>),
}

impl TableFormat {
    /// Whether this program can write it.
    #[must_use]
    pub const fn is_built_in(self) -> bool {
        match self {
            Self::Csv => true,
            Self::Parquet => cfg!(feature = "parquet"),
        }
    }

    /// How names of files end.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

impl TypedTable {
    /// Begins the table `name` (without its ending) of a folder.
    ///
    /// # Errors
    /// What the file system reported; `Unsupported` for a format that is not built in.
    pub fn create(
        folder: &StagedFolder,
        name: &str,
        columns: &[(&str, CellType)],
        format: TableFormat,
    ) -> io::Result<Self> {
        if !format.is_built_in() {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        }
        let file = folder.create(&format!("{name}.{}", format.ending()))?;
        Ok(Self(match format {
            #[cfg(feature = "parquet")]
            TableFormat::Parquet => {
                Kind::Parquet(Box::new(columnar::Writer::new(file, name, columns)?))
            }
            _ => Kind::Csv(Box::new(comma::Writer::new(file, columns)?)),
        }))
    }

    /// Appends a row with a cell for each column, of the column's type or empty.
    ///
    /// # Errors
    /// What the file system reported; `InvalidInput` for a row of other cells.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        match &mut self.0 {
            Kind::Csv(writer) => writer.row(cells),
            #[cfg(feature = "parquet")]
            Kind::Parquet(writer) => writer.row(cells),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Kind::Csv(writer) => writer.finish(),
            #[cfg(feature = "parquet")]
            Kind::Parquet(writer) => writer.finish(),
        }
    }
}

/// Refuses a row of other cells than the columns take.
fn check(
    cells: &[Cell<'_>],
    mut columns: impl ExactSizeIterator<Item = CellType>,
) -> io::Result<()> {
    let fits = |cell: &Cell<'_>| match (cell, columns.next()) {
        (Cell::Empty, Some(_)) => true,
        (Cell::Text(_), kind) => kind == Some(CellType::Text),
        (Cell::Whole(_), kind) => kind == Some(CellType::Whole),
        (Cell::Decimal(_), kind) => kind == Some(CellType::Decimal),
        (Cell::Empty, None) => false,
    };
    if cells.iter().all(fits) && columns.len() == 0 {
        return Ok(());
    }
    let message = "a row of other cells than the table's columns";
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}
