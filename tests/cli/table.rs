//! A CSV file as rows of texts, to be looked at, changed and written in many ways.

/// Header and rows; every row has a cell a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads text with commas, as the engine writes it.
    pub(crate) fn parse(text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let mut rows = reader
            .records()
            .map(|record| record.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().expect("a header");
        let rows = rows.collect();
        Self { header, rows }
    }

    pub(crate) fn column(&self, name: &str) -> usize {
        let found = self.header.iter().position(|column| column == name);
        found.unwrap_or_else(|| panic!("no column {name} in {:?}", self.header))
    }

    pub(crate) fn get(&self, row: usize, column: &str) -> &str {
        &self.rows[row][self.column(column)]
    }

    pub(crate) fn set(&mut self, row: usize, column: &str, value: &str) {
        let column = self.column(column);
        value.clone_into(&mut self.rows[row][column]);
    }

    /// The cells of a column.
    pub(crate) fn cells(&self, column: &str) -> impl Iterator<Item = &str> {
        let column = self.column(column);
        self.rows.iter().map(move |row| row[column].as_str())
    }

    /// The first row whose cells are these.
    pub(crate) fn row(&self, cells: &[(&str, &str)]) -> usize {
        let fits = |row: &usize| cells.iter().all(|(column, cell)| self.get(*row, column) == *cell);
        (0..self.rows.len()).find(fits).unwrap_or_else(|| panic!("no row with {cells:?}"))
    }

    /// The table as text, with the separator and the line end.
    pub(crate) fn to_text(&self, separator: u8, line_end: &str) -> String {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            writer.write_record(row).expect("a row");
        }
        let bytes = writer.into_inner().expect("a whole text");
        String::from_utf8(bytes).expect("UTF-8").replace('\n', line_end)
    }

    /// The table as the engine writes it.
    pub(crate) fn to_csv(&self) -> String {
        self.to_text(b',', "\n")
    }
}
