//! Studies of a scene, and what their files say.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use antagning::{Error, Shard, TableFormat, Uncertainty, UncertaintyRequest, Variation};

pub(crate) const ALL: Variation =
    Variation { seed: 7, lottery: true, cohort: true, tastes: 40, no_shows: 9 };

pub(crate) fn request<'a>(
    season: &'a Path,
    scenarios: &'a [PathBuf],
    draws: u32,
    variation: Variation,
) -> UncertaintyRequest<'a> {
    UncertaintyRequest { season, scenarios, draws, variation }
}

pub(crate) fn whole(request: &UncertaintyRequest<'_>, out: &Path) -> Uncertainty {
    told(request.run(out, TableFormat::Csv, |_| ()))
}

pub(crate) fn part(request: &UncertaintyRequest<'_>, number: u32, of: u32, out: &Path) {
    told(request.run_shard(Shard { number, of }, out, |_| ()));
}

fn told<T>(result: Result<T, Error>) -> T {
    result.unwrap_or_else(|error| panic!("{}", faults(error)))
}

/// The faults of an error, a line each.
pub(crate) fn faults(error: Error) -> String {
    match error {
        Error::Rejected(faults) => faults.iter().map(|fault| format!("{fault}\n")).collect(),
        error => error.to_string(),
    }
}

/// The rows of a table by the names of the columns.
pub(crate) fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut table = csv_lines(&text);
    let header = table.remove(0);
    table.into_iter().map(|row| header.iter().cloned().zip(row).collect()).collect()
}

/// No cell of these tables holds a comma or a quotation mark.
fn csv_lines(text: &str) -> Vec<Vec<String>> {
    assert!(!text.contains('"'));
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// Every file of a folder.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().expect("a plain name");
        (name, fs::read(entry.path()).expect("a file"))
    };
    entries.map(file).collect()
}
