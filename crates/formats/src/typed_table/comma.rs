//! A typed table as CSV.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use super::{Cell, CellType, check};

#[derive(Debug)]
pub(super) struct Writer {
    rows: csv::Writer<BufWriter<File>>,
    types: Vec<CellType>,
}

impl Writer {
    pub(super) fn new(file: BufWriter<File>, columns: &[(&str, CellType)]) -> io::Result<Self> {
        let mut rows = csv::Writer::from_writer(file);
        rows.write_record(columns.iter().map(|(name, _)| name))?;
        Ok(Self { rows, types: columns.iter().map(|(_, kind)| *kind).collect() })
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        check(cells, self.types.iter().copied())?;
        for cell in cells {
            match cell {
                Cell::Text(text) => self.rows.write_field(text)?,
                Cell::Whole(number) => self.rows.write_field(number.to_string())?,
                Cell::Decimal(number) => self.rows.write_field(decimal(*number))?,
                Cell::Empty => self.rows.write_field("")?,
            }
        }
        Ok(self.rows.write_record(None::<&[u8]>)?)
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.rows.into_inner().map_err(csv::IntoInnerError::into_error)?.flush()
    }
}

/// A decimal of so many ten-thousandths, without noughts at its end.
fn decimal(ten_thousandths: i64) -> String {
    let sign = if ten_thousandths < 0 { "-" } else { "" };
    let (whole, rest) =
        (ten_thousandths.unsigned_abs() / 10_000, ten_thousandths.unsigned_abs() % 10_000);
    match rest {
        0 => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest:04}").trim_end_matches('0').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_are_exact_and_short() {
        let told = [0, 1, -1, 10_000, 125_000, -5_000, i64::MIN].map(decimal);
        let wanted = ["0", "0.0001", "-0.0001", "1", "12.5", "-0.5", "-922337203685477.5808"];
        assert_eq!(told, wanted);
    }
}
