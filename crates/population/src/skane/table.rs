//! Tables with semicolons, as offices and researchers publish them.

use std::path::{Path, PathBuf};

use crate::PopulationError;

/// A table with semicolons, whose lines that begin with `#` are remarks.
pub(crate) struct Table {
    path: PathBuf,
    text: String,
}

impl Table {
    pub(crate) fn read(folder: &Path, name: &str) -> Result<Self, PopulationError> {
        let path = folder.join(name);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Self { path, text }),
            Err(error) => Err(PopulationError::Table { path, reason: error.to_string() }),
        }
    }

    /// The named columns of every row.
    pub(crate) fn rows<const N: usize>(
        &self,
        columns: [&str; N],
    ) -> Result<Vec<[String; N]>, PopulationError> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .comment(Some(b'#'))
            // Some names of introduction programmes hold a semicolon of their own.
            .flexible(true)
            .from_reader(self.text.as_bytes());
        let headers = match reader.headers() {
            Ok(headers) => headers.clone(),
            Err(error) => return self.wrong(error.to_string()),
        };
        let mut indices = [0; N];
        for (index, column) in indices.iter_mut().zip(columns) {
            match headers.iter().position(|header| header == column) {
                Some(found) => *index = found,
                None => return self.wrong(format!("no column {column}")),
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => {
                    rows.push(
                        indices.map(|index| record.get(index).unwrap_or_default().to_owned()),
                    );
                }
                Err(error) => return self.wrong(error.to_string()),
            }
        }
        Ok(rows)
    }

    /// The error that says what is wrong with this table.
    pub(crate) fn wrong<T>(&self, reason: String) -> Result<T, PopulationError> {
        Err(PopulationError::Table { path: self.path.clone(), reason })
    }
}
