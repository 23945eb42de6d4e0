//! A typed table as Apache Parquet.

use std::fs::File;
use std::io::{self, BufWriter};
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{Cell, CellType, check};

/// Rows that stand together in the file, and in memory before they are written.
const GROUP: usize = 1 << 16;

pub(super) struct Writer {
    file: SerializedFileWriter<BufWriter<File>>,
    columns: Vec<Column>,
    rows: usize,
}

/// The cells of a column that are not yet written.
struct Column {
    kind: CellType,
    texts: Vec<ByteArray>,
    numbers: Vec<i64>,
    /// For each row whether it has a cell.
    present: Vec<i16>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl Writer {
    pub(super) fn new(
        file: BufWriter<File>,
        name: &str,
        columns: &[(&str, CellType)],
    ) -> io::Result<Self> {
        let field = |(name, kind): &(&str, CellType)| {
            let (physical, logical) = match kind {
                CellType::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                CellType::Whole => (Physical::INT64, None),
                CellType::Decimal => (Physical::INT64, Some(LogicalType::decimal(4, 18))),
            };
            let field = Type::primitive_type_builder(name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical);
            let field = match kind {
                CellType::Decimal => field.with_scale(4).with_precision(18),
                _ => field,
            };
            field.build().map(Arc::new)
        };
        let fields = columns.iter().map(field).collect::<Result<_, _>>().map_err(failed)?;
        let schema = Type::group_type_builder(name).with_fields(fields).build().map_err(failed)?;
        let properties = Arc::new(WriterProperties::builder().build());
        let file = SerializedFileWriter::new(file, Arc::new(schema), properties).map_err(failed)?;
        let empty = |(_, kind): &(&str, CellType)| Column {
            kind: *kind,
            texts: Vec::new(),
            numbers: Vec::new(),
            present: Vec::new(),
        };
        Ok(Self { file, columns: columns.iter().map(empty).collect(), rows: 0 })
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        check(cells, self.columns.iter().map(|column| column.kind))?;
        for (cell, column) in cells.iter().zip(&mut self.columns) {
            column.present.push(i16::from(*cell != Cell::Empty));
            match cell {
                Cell::Text(text) => column.texts.push(ByteArray::from(*text)),
                Cell::Whole(number) | Cell::Decimal(number) => column.numbers.push(*number),
                Cell::Empty => {}
            }
        }
        self.rows += 1;
        if self.rows == GROUP { self.write_group().map_err(failed) } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns {
            let Some(mut writer) = group.next_column()? else { break };
            let present = Some(&column.present[..]);
            match column.kind {
                CellType::Text => {
                    writer.typed::<ByteArrayType>().write_batch(&column.texts, present, None)?
                }
                _ => writer.typed::<Int64Type>().write_batch(&column.numbers, present, None)?,
            };
            writer.close()?;
            column.texts.clear();
            column.numbers.clear();
            column.present.clear();
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.write_group().map_err(failed)?;
        }
        self.file.close().map(drop).map_err(failed)
    }
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::GROUP;
    use crate::staging::StagedFolder;
    use crate::typed_table::{Cell, CellType, TableFormat, TypedTable};

    const COLUMNS: [(&str, CellType); 3] =
        [("name", CellType::Text), ("count", CellType::Whole), ("mean", CellType::Decimal)];

    /// A field as CSV has it.
    fn text(field: &Field) -> String {
        match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Long(number) => number.to_string(),
            Field::Decimal(decimal) => {
                assert_eq!(decimal.scale(), 4);
                let bytes: [u8; 8] = decimal.data().try_into().expect("64 bits");
                let number = i64::from_be_bytes(bytes);
                let sign = if number < 0 { "-" } else { "" };
                let (whole, rest) =
                    (number.unsigned_abs() / 10_000, number.unsigned_abs() % 10_000);
                let text = format!("{sign}{whole}.{rest:04}");
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            other => panic!("{other:?} in no column"),
        }
    }

    #[test]
    fn every_cell_is_that_of_the_csv() {
        let place = std::env::temp_dir().join(format!("antagning-columnar-{}", std::process::id()));
        let folder = StagedFolder::new(&place).unwrap();
        let names = ["Åsö", "", "med, komma", "\"citat\""];
        for format in [TableFormat::Csv, TableFormat::Parquet] {
            let mut table = TypedTable::create(&folder, "t", &COLUMNS, format).unwrap();
            // More rows than stand together in the file.
            for row in 0..GROUP as i64 + 7 {
                let cells = match row % 5 {
                    0 => [Cell::Empty, Cell::Whole(-row), Cell::Empty],
                    rest => {
                        let name = Cell::Text(names[rest as usize - 1]);
                        [name, Cell::Whole(row * 1_000_003), Cell::Decimal(row * 77 - 99_999)]
                    }
                };
                table.row(&cells).unwrap();
            }
            let wrong = [Cell::Text("x"), Cell::Text("x"), Cell::Empty];
            assert!(table.row(&wrong).is_err() && table.row(&wrong[..2]).is_err());
            table.finish().unwrap();
        }
        folder.publish().unwrap();
        let reader = SerializedFileReader::new(File::open(place.join("t.parquet")).unwrap());
        let reader = reader.unwrap();
        assert_eq!(reader.metadata().num_row_groups(), 2);
        let mut csv = csv::Reader::from_path(place.join("t.csv")).unwrap();
        let mut records = csv.records();
        let mut rows = 0;
        for row in reader.get_row_iter(None).unwrap() {
            let row = row.unwrap();
            let record = records.next().unwrap().unwrap();
            let fields: Vec<_> =
                row.get_column_iter().map(|(name, field)| (name.as_str(), text(field))).collect();
            let names = COLUMNS.map(|(name, _)| name);
            let cells: Vec<_> = names.into_iter().zip(record.iter().map(str::to_owned)).collect();
            assert_eq!(fields, cells);
            rows += 1;
        }
        assert!(rows == GROUP + 7 && records.next().is_none());
        fs::remove_dir_all(place).unwrap();
    }
}
