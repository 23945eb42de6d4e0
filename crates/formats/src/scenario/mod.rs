//! Scenario files: what is to be different from a season.

mod operations;
mod toml_file;

use std::path::Path;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostics, Spot};
use crate::season::Setting;

pub use operations::{Operation, People, SeatSetting, Selector, Taste};

use toml_file::TomlFile;

/// One scenario as it is written. That its offers and municipalities exist is for whoever has the
/// season to say.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The file, as it was named by the caller.
    pub file: String,
    /// SHA-256 of the file as it was read, hexadecimal; the scenarios of a file share it.
    pub sha256: Arc<str>,
    /// Where the scenario begins.
    pub spot: Spot,
    /// `name`; the file's own name without its ending where a file is one scenario and has none.
    /// Empty where it is missing, which is reported.
    pub name: Setting,
    /// `description`, may be empty.
    pub description: String,
    /// What is different: of each kind in the order of the file.
    pub operations: Vec<Operation>,
}

impl Scenario {
    /// Reads a file: one scenario, or several in `[[scenario]]`. What is wrong is reported, all of
    /// it. A scenario with faults is given as far as it can be read, so that the rest of it can be held
    /// against a season; it must not be run.
    pub fn read(path: &Path, report: &mut Diagnostics) -> Vec<Self> {
        let name = path.display().to_string();
        let Some((text, sha256)) = TomlFile::text(path, &name, report) else { return Vec::new() };
        let mut file = TomlFile::new(&name, (&text, sha256), report);
        let Some(table) = file.parse() else { return Vec::new() };
        let Some(several) = table.get("scenario") else {
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let start = Spot { line: 1, position: 1 };
            let own = Setting { text: stem.unwrap_or_default(), line: 1, position: 0 };
            return vec![Self::one(&mut file, &table, start, Some(own))];
        };
        for (key, _) in &table {
            if key.get_ref() != "scenario" {
                let name = key.get_ref().to_string();
                file.unknown_key(&name, key.span(), "beside [[scenario]] nothing else may stand");
            }
        }
        let DeValue::Array(several_tables) = several.get_ref() else {
            file.wrong_type("scenario", "[[scenario]]", several.span());
            return Vec::new();
        };
        let mut read = Vec::new();
        for value in several_tables {
            match value.get_ref() {
                DeValue::Table(table) => {
                    let spot = file.spot(&value.span());
                    read.push(Self::one(&mut file, table, spot, None));
                }
                _ => file.wrong_type("scenario", "[[scenario]]", value.span()),
            }
        }
        read
    }

    fn one(
        file: &mut TomlFile<'_>,
        table: &DeTable<'_>,
        spot: Spot,
        own_name: Option<Setting>,
    ) -> Self {
        let name = file.text_of(table, "", "name");
        let description = file.text_of(table, "", "description");
        let operations = operations::read(file, table);
        if name.is_none() && own_name.is_none() && !table.contains_key("name") {
            file.missing("name", spot);
        }
        let nameless = Setting { text: String::new(), line: spot.line, position: spot.position };
        Self {
            file: file.name().to_owned(),
            sha256: file.sha256(),
            spot,
            name: name.or(own_name).unwrap_or(nameless),
            description: description.map(|text| text.text).unwrap_or_default(),
            operations,
        }
    }
}
