//! The journal: every record on the disk before it is answered.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use antagning_verify::digest::sha256_hex;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::phone::record::Record;

/// The version of the format of journals.
const VERSION: u32 = 1;

/// How a line ends that states its digest: this, 64 digits, and a quotation mark and a brace.
const DIGEST: &str = ",\"sha256\":\"";

/// The first line: which run the journal is about.
#[derive(Debug, Serialize, Deserialize)]
struct Heading {
    phone_journal: u32,
    manifest_sha256: String,
}

impl Heading {
    fn of(manifest_sha256: &str) -> Self {
        Self { phone_journal: VERSION, manifest_sha256: manifest_sha256.to_owned() }
    }
}

/// A journal that is open, and locked against a second session.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// The bytes of what is whole.
    length: u64,
    /// The digest of the last line.
    last: String,
    /// Something stands after the last whole line that could not be cut off.
    is_damaged: bool,
}

/// A journal as it was found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) journal: Journal,
    pub(super) records: Vec<Record>,
    /// The bytes of a last line that was never finished, and is cut off.
    pub(super) torn: usize,
}

impl Journal {
    /// Opens the journal of a run for a session, and begins one where there is none.
    pub(super) fn open(path: &Path, manifest_sha256: &str) -> Result<Found, Error> {
        let failed = |source| Error::Output { path: path.to_owned(), source };
        let file =
            OpenOptions::new().read(true).append(true).create(true).open(path).map_err(failed)?;
        lock(path, file.try_lock())?;
        let (text, whole) = Text::read(path, &file)?.whole();
        let mut journal =
            Self { path: path.to_owned(), file, length: 0, last: String::new(), is_damaged: false };
        let records = journal.take_in(&text[..whole], manifest_sha256)?;
        journal.expect_heading(&text[whole..], manifest_sha256)?;
        let torn = text.len() - whole;
        if torn > 0 {
            journal.file.set_len(journal.length).map_err(failed)?;
        }
        if journal.length == 0 {
            journal.append(&Heading::of(manifest_sha256))?;
            sync_folder(path).map_err(failed)?;
        }
        Ok(Found { journal, records, torn })
    }

    /// The records of a journal, which is left as it is; none when there is no journal.
    pub(super) fn read(path: &Path, manifest_sha256: &str) -> Result<Vec<Record>, Error> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Error::Output { path: path.to_owned(), source }),
        };
        lock(path, file.try_lock_shared())?;
        let (text, whole) = Text::read(path, &file)?.whole();
        let mut journal =
            Self { path: path.to_owned(), file, length: 0, last: String::new(), is_damaged: false };
        let records = journal.take_in(&text[..whole], manifest_sha256)?;
        journal.expect_heading(&text[whole..], manifest_sha256)?;
        Ok(records)
    }

    /// Refuses an unfinished first line that is not the beginning of a heading: the file is
    /// something else than a journal, and is left alone.
    fn expect_heading(&self, torn: &[u8], manifest_sha256: &str) -> Result<(), Error> {
        if self.length > 0 || torn.is_empty() {
            return Ok(());
        }
        let failed = |source| Error::Output { path: self.path.clone(), source };
        let (heading, _) = self.line(&Heading::of(manifest_sha256)).map_err(failed)?;
        match heading.as_bytes().starts_with(torn) {
            true => Ok(()),
            false => Err(self.damaged(1, "it is not the beginning of a journal of this run")),
        }
    }

    /// A line that goes after the last one, and its digest.
    fn line(&self, line: &impl Serialize) -> io::Result<(String, String)> {
        let body = serde_json::to_string(line)?;
        let digest = chained(&self.last, &body);
        let open = body.strip_suffix('}').unwrap_or(&body);
        Ok((format!("{open}{DIGEST}{digest}\"}}\n"), digest))
    }

    /// Writes a record and waits until it is on the disk.
    pub(super) fn write(&mut self, record: &Record) -> Result<(), Error> {
        self.append(record)
    }

    fn append(&mut self, line: &impl Serialize) -> Result<(), Error> {
        let failed = |source| Error::Output { path: self.path.clone(), source };
        let (line, digest) = self.line(line).map_err(failed)?;
        // What was left half written must not stand before a whole line.
        if self.is_damaged {
            self.file.set_len(self.length).map_err(failed)?;
            self.is_damaged = false;
        }
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        if let Err(source) = written {
            self.is_damaged = self.file.set_len(self.length).is_err();
            return Err(failed(source));
        }
        self.length += line.len() as u64;
        self.last = digest;
        Ok(())
    }

    /// Takes in lines that are whole, each with its line break.
    fn take_in(&mut self, text: &[u8], manifest_sha256: &str) -> Result<Vec<Record>, Error> {
        let mut records = Vec::new();
        for (number, line) in (1..).zip(text.split_inclusive(|byte| *byte == b'\n')) {
            let damaged = |reason: &str| self.damaged(number, reason);
            let text = std::str::from_utf8(line).map_err(|_| damaged("it is not UTF-8"))?;
            let (body, digest) =
                parted(text).ok_or_else(|| damaged("it does not end in a digest"))?;
            if chained(&self.last, &body) != digest {
                return Err(damaged("it does not have the digest that it states"));
            }
            if number == 1 {
                let heading: Heading = serde_json::from_str(&body)
                    .map_err(|_| damaged("it is not the heading of a journal"))?;
                if heading.phone_journal != VERSION {
                    return Err(damaged("it follows another version of the format"));
                }
                if heading.manifest_sha256 != manifest_sha256 {
                    return Err(damaged("it is the journal of another run"));
                }
            } else {
                let record: Record = serde_json::from_str(&body)
                    .map_err(|_| damaged("it is not a record that this engine knows"))?;
                if record.seq != number - 1 {
                    return Err(damaged("its number does not follow the one before"));
                }
                records.push(record);
            }
            self.last = digest.to_owned();
            self.length += line.len() as u64;
        }
        Ok(records)
    }

    /// A line of the journal that cannot be taken.
    pub(super) fn damaged(&self, line: u64, reason: &str) -> Error {
        Error::Journal { path: self.path.clone(), line, reason: reason.to_owned() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// The bytes of a journal.
struct Text(Vec<u8>);

impl Text {
    fn read(path: &Path, mut file: &File) -> Result<Self, Error> {
        let mut text = Vec::new();
        file.read_to_end(&mut text)
            .map_err(|source| Error::Output { path: path.to_owned(), source })?;
        Ok(Self(text))
    }

    /// The text, and how much of it are whole lines.
    fn whole(self) -> (Vec<u8>, usize) {
        let whole = self.0.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        (self.0, whole)
    }
}

/// A line without its digest, and the digest.
fn parted(line: &str) -> Option<(String, &str)> {
    let line = line.strip_suffix("\"}\n")?;
    let (body, digest) = line.rsplit_once(DIGEST)?;
    (digest.len() == 64).then(|| (format!("{body}}}"), digest))
}

/// The digest of a line, which covers all lines before it.
fn chained(before: &str, body: &str) -> String {
    sha256_hex(format!("{before}\n{body}").as_bytes())
}

fn lock(path: &Path, locked: Result<(), TryLockError>) -> Result<(), Error> {
    match locked {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(Error::JournalInUse(path.to_owned())),
        Err(TryLockError::Error(source)) => Err(Error::Output { path: path.to_owned(), source }),
    }
}

/// Puts the name of a new file on the disk, where the system can.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    match cfg!(unix) {
        true => File::open(folder)?.sync_all(),
        false => fs::metadata(folder).map(drop),
    }
}
