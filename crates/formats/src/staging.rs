//! Folders and files that appear complete or not at all.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use crate::digest::InputFile;

/// An output folder under construction beside its final place.
///
/// Files are written into a hidden sibling folder; [`StagedFolder::publish`] gives it its final
/// name in one rename. Dropped before that, nothing of it remains. An existing folder is refused
/// at the start and again at the end, so that no finished run is ever touched.
#[derive(Debug)]
pub struct StagedFolder {
    target: PathBuf,
    staging: PathBuf,
    published: bool,
}

impl StagedFolder {
    /// Begins a folder that will stand at `target`.
    ///
    /// # Errors
    /// `AlreadyExists` when something stands at `target`; otherwise what creating the staging
    /// folder reported (a missing parent folder is created).
    pub fn new(target: impl Into<PathBuf>) -> io::Result<Self> {
        let target = target.into();
        Self::refuse_existing(&target)?;
        let staging = hidden_beside(&target)?;
        if staging.exists() {
            // Only an earlier process with this number, killed half-way, can have left it.
            fs::remove_dir_all(&staging)?;
        }
        fs::create_dir(&staging)?;
        Ok(Self { target, staging, published: false })
    }

    /// Refuses a place where something stands already, or where nothing can.
    ///
    /// # Errors
    /// `AlreadyExists`, with what to do about it; `InvalidInput` for a path that ends with no name, and
    /// `NotADirectory` for one that leads through a file.
    pub fn refuse_existing(target: &Path) -> io::Result<()> {
        if target.symlink_metadata().is_ok() {
            let message = "it exists already; choose a new name, nothing is overwritten";
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        name_of(target)?;
        let mut above = target.ancestors().skip(1);
        match above.find(|path| path.symlink_metadata().is_ok()) {
            Some(path) if !path.is_dir() => {
                let message = format!("{} is no folder; choose another place", path.display());
                Err(io::Error::new(io::ErrorKind::NotADirectory, message))
            }
            _ => Ok(()),
        }
    }

    /// Writes one whole file of the folder.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.staging.join(name), bytes)
    }

    /// Opens one file of the folder for streaming; the caller flushes it.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn create(&self, name: &str) -> io::Result<BufWriter<File>> {
        Ok(BufWriter::with_capacity(1 << 18, File::create_new(self.staging.join(name))?))
    }

    /// Size and digest of a file that is written and flushed.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn digest(&self, name: &str) -> io::Result<InputFile> {
        InputFile::of(name, File::open(self.staging.join(name))?)
    }

    /// Where the folder will stand.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Gives the folder its final name.
    ///
    /// # Errors
    /// `AlreadyExists` when something has come to stand there meanwhile; otherwise what the
    /// rename reported. In both cases nothing of the folder remains.
    pub fn publish(mut self) -> io::Result<PathBuf> {
        Self::refuse_existing(&self.target)?;
        fs::rename(&self.staging, &self.target)?;
        self.published = true;
        Ok(self.target.clone())
    }
}

impl Drop for StagedFolder {
    fn drop(&mut self) {
        if !self.published {
            // Nothing to report to: the folder is hidden, and the error that led here is on its way.
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

/// A file that stands on its own and not in a folder of the engine's.
#[derive(Debug)]
pub struct StagedFile;

impl StagedFile {
    /// Writes a new file beside its place and gives it its name in one rename. An existing file is
    /// refused; on failure nothing of the new one remains.
    ///
    /// # Errors
    /// `AlreadyExists` when something stands at `target`; otherwise what the file system reported (a
    /// missing parent folder is created).
    pub fn write(target: &Path, bytes: &[u8]) -> io::Result<()> {
        StagedFolder::refuse_existing(target)?;
        let staging = hidden_beside(target)?;
        let written = fs::write(&staging, bytes)
            .and_then(|()| StagedFolder::refuse_existing(target))
            .and_then(|()| fs::rename(&staging, target));
        if written.is_err() {
            // The error that led here is on its way, and the rest of the file is hidden.
            let _ = fs::remove_file(&staging);
        }
        written
    }
}

/// A hidden name beside a place, of this process alone; a missing parent folder is created.
fn hidden_beside(target: &Path) -> io::Result<PathBuf> {
    let name = name_of(target)?;
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent)?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".partial-{}", std::process::id()));
    Ok(parent.join(hidden))
}

fn name_of(target: &Path) -> io::Result<&OsStr> {
    let none = || io::Error::new(io::ErrorKind::InvalidInput, "the path ends with no name");
    target.file_name().ok_or_else(none)
}
