//! Parts of a study put together, or why they are none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use antagning_formats::{Code, Diagnostic, Diagnostics, InputFile, StagedFolder, TableFormat};

use crate::error::Error;
use crate::planning::histogram::Histogram;
use crate::planning::simulation::uncertainty::key::Key;
use crate::planning::simulation::uncertainty::part::{
    Head, NO_ROW, NOT_AS_WRITTEN, Settings, unreadable,
};
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
        let mut read: Vec<Part> = read.collect();
        read.sort_by_key(|part| (part.head.first_draw, part.head.end_draw));
        check(&read, read.len() == parts.len(), &mut report);
        let parts = read;
        let Some(first) = parts.first().filter(|_| report.error_count() == 0) else {
            return Err(Error::Rejected(report));
        };
        let settings = first.head.settings.clone();
        let folder = StagedFolder::new(out).map_err(|source| output(out, source))?;
        let rows = Rows::create(&folder, &settings, tables).map_err(|e| output(out, e))?;
        copy_rows(&parts, rows, out)?;
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
        let head = head(folder, report)?;
        let [rows, tallies] = Head::names();
        let read = File::open(folder.join(&rows)).and_then(|file| InputFile::of(&rows, file));
        let are_rows_sound = as_written(&head, folder, &rows, read.map(|file| (file, ())), report);
        let read = fs::read(folder.join(&tallies))
            .and_then(|bytes| Ok((InputFile::of(&tallies, &bytes[..])?, bytes)));
        let bytes = as_written(&head, folder, &tallies, read, report)?;
        are_rows_sound?;
        match head.tallies(&bytes) {
            Ok(figures) => Some(Self { folder: folder.to_owned(), head, figures }),
            Err((line, message)) => {
                report.push(fault(Code::FaultyPart, folder, &tallies, message).line(line));
                None
            }
        }
    }
}

/// The head of a part that this version made; what is wrong is reported.
fn head(folder: &Path, report: &mut Diagnostics) -> Option<Head> {
    let told = |(line, message): (u64, String)| {
        fault(Code::FaultyPart, folder, Head::FILE, message).line(line)
    };
    let mut checked = || {
        let bytes = fs::read(folder.join(Head::FILE)).map_err(|error| (0, error.to_string()))?;
        let version = Head::version(&bytes)?;
        if version == env!("CARGO_PKG_VERSION") {
            return Head::from_text(&bytes).map(Some);
        }
        let message = "it was made by another version than this program";
        let told = fault(Code::OtherStudy, folder, Head::FILE, message);
        report.push(told.column("engine_version").value(&version));
        Ok(None)
    };
    let head = match checked() {
        Ok(head) => head?,
        Err(why) => {
            report.push(told(why));
            return None;
        }
    };
    let Range { start, end } = head.draws();
    if start < end && end <= head.settings.draws {
        return Some(head);
    }
    let told = told((0, "its draws are none of the study".to_owned()));
    report.push(told.column("first_draw").value(&format!("{start}–{end}")));
    None
}

/// What was read of a table, if it is as the head says; otherwise it is reported.
fn as_written<T>(
    head: &Head,
    folder: &Path,
    name: &str,
    read: io::Result<(InputFile, T)>,
    report: &mut Diagnostics,
) -> Option<T> {
    let told = match read {
        Ok((file, read)) if head.files.contains(&file) => return Some(read),
        Ok((file, _)) => fault(Code::FaultyPart, folder, name, NOT_AS_WRITTEN).value(&file.sha256),
        Err(error) => fault(Code::FaultyPart, folder, name, error.to_string()),
    };
    report.push(told);
    None
}

fn fault(code: Code, folder: &Path, file: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, folder.join(file).display().to_string(), message)
}

/// Parts of one study, all of its draws and each once. What only a part has that could not be read
/// is not missing: `is_all` says that there is none such.
fn check(parts: &[Part], is_all: bool, report: &mut Diagnostics) {
    let Some((first, others)) = parts.split_first() else {
        if report.error_count() == 0 {
            let message = "there is no part to put together";
            report.push(Diagnostic::new(Code::MissingDraws, "the request", message));
        }
        return;
    };
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
        if is_all && draws.start > next {
            let message = format!("draws {next} to {} are in no part before it", draws.start - 1);
            report.push(told(message, draws.start.to_string()));
        } else if draws.start < next {
            let message = format!("draws up to {} are in another part already", next - 1);
            report.push(told(message, draws.start.to_string()));
        }
        next = next.max(draws.end);
    }
    if is_all && next < first.head.settings.draws {
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
    let known: BTreeSet<_> = one.scenarios.iter().collect();
    let scenario = other.scenarios.iter().find(|file| !known.contains(file));
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
fn copy_rows(parts: &[Part], mut rows: Rows, out: &Path) -> Result<(), Error> {
    let [table, _] = Head::names();
    for part in parts {
        let faulty = |(line, message): (u64, String)| {
            let mut report = Diagnostics::default();
            report.push(fault(Code::FaultyPart, &part.folder, &table, message).line(line));
            Error::Rejected(report)
        };
        let names = part.head.settings.names();
        let numbers: BTreeMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
        let mut reader = csv::Reader::from_path(part.folder.join(&table))
            .map_err(|error| faulty(unreadable(error)))?;
        for record in reader.records() {
            let record = record.map_err(|error| faulty(unreadable(error)))?;
            let line = record.position().map_or(0, csv::Position::line);
            let (draw, scenario, figures) =
                row(&record, &numbers).ok_or_else(|| faulty((line, NO_ROW.to_owned())))?;
            rows.row(draw, scenario, figures).map_err(|source| output(out, source))?;
        }
    }
    rows.finish().map_err(|source| output(out, source))
}

/// Draw, scenario and figures of a row, if it is one.
fn row(
    record: &csv::StringRecord,
    numbers: &BTreeMap<&str, usize>,
) -> Option<(u32, usize, [Option<i64>; FIGURES.len()])> {
    let scenario = *numbers.get(record.get(2)?)?;
    let mut figures = [None; FIGURES.len()];
    for (at, figure) in (3..).zip(&mut figures) {
        *figure = match record.get(at)? {
            "" => None,
            number => Some(number.parse().ok()?),
        };
    }
    Some((record.get(1)?.parse().ok()?, scenario, figures))
}
