//! Where a command is to write: judged before anything is computed, all of it at once.

use std::path::{Component, Path, PathBuf, absolute};

use antagning::Run;

use crate::exit::WrongArguments;

/// Refuses outputs that cannot all come to stand: where something stands already, where another one
/// is to stand, or inside another one. O(outputs²).
pub(crate) fn refuse<'p>(
    outputs: impl IntoIterator<Item = &'p PathBuf>,
) -> Result<(), WrongArguments> {
    let outputs: Vec<(&Path, PathBuf)> =
        outputs.into_iter().map(|path| (path.as_path(), place(path))).collect();
    let faults: Vec<String> =
        (0..outputs.len()).filter_map(|number| fault(&outputs, number)).collect();
    if faults.is_empty() { Ok(()) } else { Err(WrongArguments(faults)) }
}

/// What is wrong with one of the outputs.
fn fault(outputs: &[(&Path, PathBuf)], number: usize) -> Option<String> {
    let (path, place) = &outputs[number];
    let told = |why: &str| format!("cannot write {}: {why}", path.display());
    if outputs[..number].iter().any(|(_, other)| other == place) {
        return Some(told("another output has this name; give each a name of its own"));
    }
    let around = outputs.iter().find(|(_, other)| place != other && place.starts_with(other));
    if let Some((other, _)) = around {
        let why = format!("{} is an output too; choose a place outside it", other.display());
        return Some(told(&why));
    }
    let refused = Run::refuse_existing(path).err()?;
    Some(format!("{:#}", anyhow::Error::from(refused)))
}

/// Where a path leads, however it is written: through folders that stand to where links lead, and from
/// there on by its words alone.
fn place(path: &Path) -> PathBuf {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut folders = path.ancestors().skip(1);
    let found = folders.find_map(|folder| Some((folder, folder.canonicalize().ok()?)));
    let Some((folder, mut place)) = found else { return path };
    for part in path.strip_prefix(folder).unwrap_or(&path).components() {
        match part {
            Component::ParentDir => drop(place.pop()),
            part => place.push(part),
        }
    }
    place
}
