//! Parts of a study put together, or why they are none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use antagning_formats::{Code, Diagnostic, Diagnostics, InputFile, StagedFolder, TableFormat};

use crate::error::Error;
use crate::planning::histogram::Histogram;
use crate::planning::simulation::uncertainty::key::Key;
use crate::planning::simulation::uncertainty::part::{Head, NOT_AS_WRITTEN, Settings};
use crate::planning::simulation::uncertainty::rows::{FIGURES, Rows};
use crate::planning::simulation::uncertainty::study::Uncertainty;
use crate::planning::simulation::uncertainty::tally::extend;
use crate::planning::simulation::uncertainty::{faults, output};

/// A part that could be read.
struct Part {
    folder: PathBuf,
    head: Head,
    figures: BTreeMap<Key, Histogram>,
}

impl Uncertainty {
    /// Puts the parts of a study together, named in any order, and writes what the whole study made
    /// in one piece writes, byte for byte.
    ///
    /// # Errors
    /// [`Error::Rejected`] with all that is wrong: a part that cannot be read or is altered, one of
    /// another season, scenario, request or version, draws that are there twice or not at all.
    /// [`Error::Output`] when something stands at `out` or the file system refuses.
    pub fn merge(
        parts: &[PathBuf],
        out: impl AsRef<Path>,
        tables: TableFormat,
    ) -> Result<Self, Error> {
        let out = out.as_ref();
        StagedFolder::refuse_existing(out).map_err(|source| output(out, source))?;
        let mut report = Diagnostics::default();
        faults::check_tables(tables, &mut report);
        let read = parts.iter().filter_map(|folder| Part::read(folder, &mut report));
        let mut parts: Vec<Part> = read.collect();
        parts.sort_by_key(|part| (part.head.first_draw, part.head.end_draw));
        check(&parts, &mut report);
        let Some(first) = parts.first().filter(|_| report.error_count() == 0) else {
            return Err(Error::Rejected(report));
        };
        let settings = first.head.settings.clone();
        let folder = StagedFolder::new(out).map_err(|source| output(out, source))?;
        let rows = Rows::create(&folder, &settings, tables).map_err(|e| output(out, e))?;
        copy_rows(&parts, rows)?;
        let mut merged: BTreeMap<Key, Histogram> = BTreeMap::new();
        for part in &parts {
            for (key, counts) in &part.figures {
                merged.entry(key.clone()).or_default().merge(counts);
            }
        }
        let mut figures = BTreeMap::new();
        for (key, counts) in merged {
            extend(&key, counts, u64::from(settings.draws), &mut figures);
        }
        Self::new(settings, figures).publish(folder, tables)
    }
}

impl Part {
    /// Reads a part; what is wrong is reported.
    fn read(folder: &Path, report: &mut Diagnostics) -> Option<Self> {
        let bytes = file(folder, Head::FILE, report);
        let head = match Head::from_text(&bytes?) {
            Ok(head) => head,
            Err((line, message)) => {
                report.push(fault(Code::FaultyPart, folder, Head::FILE, message).line(line));
                return None;
            }
        };
        let mut sound = head.first_draw < head.end_draw && head.end_draw <= head.settings.draws;
        if !sound {
            let message = "its draws are none of the study";
            let told = fault(Code::FaultyPart, folder, Head::FILE, message);
            let value = format!("{}–{}", head.first_draw, head.end_draw);
            report.push(told.column("first_draw").value(&value));
        }
        let mut figures = BTreeMap::new();
        for name in Head::names() {
            let Some(bytes) = file(folder, &name, report) else {
                sound = false;
                continue;
            };
            let found = InputFile::of(&name, &bytes[..]).ok();
            let known = head.files.iter().find(|known| known.name == name);
            if found.as_ref() != known {
                let told = fault(Code::FaultyPart, folder, &name, NOT_AS_WRITTEN);
                report.push(told.value(found.as_ref().map_or("", |found| &found.sha256)));
                sound = false;
            } else if sound && name.starts_with("tallies") {
                match head.tallies(&bytes) {
                    Ok(read) => figures = read,
                    Err((line, message)) => {
                        report.push(fault(Code::FaultyPart, folder, &name, message).line(line));
                        sound = false;
                    }
                }
            }
        }
        sound.then(|| Self { folder: folder.to_owned(), head, figures })
    }
}

fn fault(code: Code, folder: &Path, file: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, folder.join(file).display().to_string(), message)
}

fn file(folder: &Path, name: &str, report: &mut Diagnostics) -> Option<Vec<u8>> {
    match fs::read(folder.join(name)) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            report.push(fault(Code::FaultyPart, folder, name, error.to_string()));
            None
        }
    }
}

/// Parts of one study, all of its draws and each once.
fn check(parts: &[Part], report: &mut Diagnostics) {
    let Some((first, others)) = parts.split_first() else {
        if report.error_count() == 0 {
            let message = "there is no part to put together";
            report.push(Diagnostic::new(Code::MissingDraws, "the request", message));
        }
        return;
    };
    for part in parts {
        let version = &part.head.settings.engine_version;
        if version != env!("CARGO_PKG_VERSION") {
            let message = "it was made by another version than this program";
            let told = fault(Code::OtherStudy, &part.folder, Head::FILE, message);
            report.push(told.column("engine_version").value(version));
        }
    }
    for part in others {
        let (one, other) = (&first.head.settings, &part.head.settings);
        for (name, differs, value) in differences(one, other) {
            if differs {
                let message = format!("another {name} than that of {}", first.folder.display());
                let told = fault(Code::OtherStudy, &part.folder, Head::FILE, message);
                report.push(told.column(name).value(&value));
            }
        }
    }
    let mut next = 0;
    for part in parts {
        let draws = part.head.draws();
        let told = |message: String, value: String| {
            let told = fault(Code::MissingDraws, &part.folder, Head::FILE, message);
            told.column("first_draw").value(&value)
        };
        if draws.start > next {
            let message = format!("draws {next} to {} are in no part before it", draws.start - 1);
            report.push(told(message, draws.start.to_string()));
        } else if draws.start < next {
            let message = format!("draws up to {} are in another part already", next - 1);
            report.push(told(message, draws.start.to_string()));
        }
        next = next.max(draws.end);
    }
    if next < first.head.settings.draws {
        let last = first.head.settings.draws - 1;
        let message = format!("draws {next} to {last} are in no part");
        let told = fault(Code::MissingDraws, &first.folder, Head::FILE, message);
        report.push(told.column("draws").value(&first.head.settings.draws.to_string()));
    }
}

/// What two studies may differ in, whether they do, and what the other has.
fn differences(one: &Settings, other: &Settings) -> [(&'static str, bool, String); 7] {
    let (a, b) = (&one.variation, &other.variation);
    let season = other.season.iter().find(|file| !one.season.contains(file));
    let scenario = other.scenarios.iter().find(|file| !one.scenarios.contains(file));
    let season = season.map_or(String::new(), |file| file.name.clone());
    let scenario = scenario.map_or(String::new(), |file| file.name.clone());
    let vary = format!("lottery {}, cohort {}", b.lottery, b.cohort);
    [
        ("season", one.season != other.season, season),
        ("scenarios", one.scenarios != other.scenarios, scenario),
        ("draws", one.draws != other.draws, other.draws.to_string()),
        ("seed", a.seed != b.seed, b.seed.to_string()),
        ("vary", (a.lottery, a.cohort) != (b.lottery, b.cohort), vary),
        ("tastes", a.tastes != b.tastes, b.tastes.to_string()),
        ("no_shows", a.no_shows != b.no_shows, b.no_shows.to_string()),
    ]
}

/// The rows of all parts, in the order of the draws.
fn copy_rows(parts: &[Part], mut rows: Rows) -> Result<(), Error> {
    for part in parts {
        let path = part.folder.join(&Head::names()[0]);
        let names = part.head.settings.names();
        let broken = || {
            let mut report = Diagnostics::default();
            let message = "no row of such a table";
            report.push(fault(Code::FaultyPart, &part.folder, &Head::names()[0], message));
            Error::Rejected(report)
        };
        let mut table = csv::Reader::from_path(&path).map_err(|_| broken())?;
        for record in table.records() {
            let record = record.map_err(|_| broken())?;
            let cell = |at: usize| record.get(at).unwrap_or("");
            let draw = cell(1).parse().map_err(|_| broken())?;
            let scenario = names.iter().position(|name| name == cell(2)).ok_or_else(broken)?;
            let mut figures = [None; FIGURES.len()];
            for (at, figure) in (3..).zip(&mut figures) {
                *figure = match cell(at) {
                    "" => None,
                    number => Some(number.parse().map_err(|_| broken())?),
                };
            }
            rows.row(draw, scenario, figures).map_err(|source| output(&path, source))?;
        }
    }
    rows.finish().map_err(|source| output(Path::new("draws"), source))
}
