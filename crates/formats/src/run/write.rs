//! Writes a run folder.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::digest::{InputFile, hex};
use crate::run::extra::{ForecastRow, ProposalRow};
use crate::run::manifest::Manifest;
use crate::run::rows::{OutcomeRow, PlacementRow, ResultRow, Row};
use crate::run::{EXTRA_FILES, MANIFEST, RUN_FILES};
use crate::staging::StagedFolder;

/// A run folder under construction: the three files in any order, then the manifest, which
/// publishes the folder. Dropped before that, nothing of it remains.
#[derive(Debug)]
pub struct RunWriter {
    folder: StagedFolder,
}

/// Blocks that are formatted side by side before they are written in order.
const BLOCKS_AT_ONCE: usize = 4;

impl RunWriter {
    /// Begins a run folder that will stand at `target`.
    ///
    /// # Errors
    /// `AlreadyExists` when something stands there; otherwise what the file system reported.
    pub fn new(target: &Path) -> io::Result<Self> {
        Ok(Self { folder: StagedFolder::new(target)? })
    }

    /// Writes `outcomes.csv`. `block` appends the rows of block i to what it is given; blocks are
    /// formatted in parallel and written in order.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn outcomes(
        &self,
        blocks: usize,
        block: impl Fn(usize, &mut dyn FnMut(&OutcomeRow<'_>)) + Sync,
    ) -> io::Result<InputFile> {
        self.file::<OutcomeRow<'_>>(RUN_FILES[0], blocks, |i, out| {
            block(i, &mut |row: &OutcomeRow<'_>| row.write(out));
        })
    }

    /// Writes `placements.csv`, from rows in the order of applicants.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn placements<'a>(
        &self,
        blocks: usize,
        block: impl Fn(usize, &mut dyn FnMut(&PlacementRow<'a>)) + Sync,
    ) -> io::Result<InputFile> {
        self.file::<PlacementRow<'_>>(RUN_FILES[1], blocks, |i, out| {
            block(i, &mut |row: &PlacementRow<'a>| row.write(out));
        })
    }

    /// Writes `programmes.csv`, from rows in the order of programmes.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn programmes<'a>(
        &self,
        rows: impl Fn(&mut dyn FnMut(&ResultRow<'a>)) + Sync,
    ) -> io::Result<InputFile> {
        self.file::<ResultRow<'_>>(RUN_FILES[2], 1, |_, out| {
            rows(&mut |row: &ResultRow<'a>| row.write(out));
        })
    }

    /// Writes `forecast.csv`, from rows in the order of programmes.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn forecast(&self, rows: &[ForecastRow<'_>]) -> io::Result<InputFile> {
        self.file::<ForecastRow<'_>>(EXTRA_FILES[0], 1, |_, out| {
            rows.iter().for_each(|row| row.write(out));
        })
    }

    /// Writes `proposals.csv`, from rows in the order of chains.
    ///
    /// # Errors
    /// What the file system reported.
    pub fn proposals(&self, rows: &[ProposalRow<'_>]) -> io::Result<InputFile> {
        self.file::<ProposalRow<'_>>(EXTRA_FILES[1], 1, |_, out| {
            rows.iter().for_each(|row| row.write(out));
        })
    }

    /// Writes the manifest with its own digest, which it also gives back, and gives the folder its
    /// name.
    ///
    /// # Errors
    /// What the file system reported; nothing of the folder remains then.
    pub fn publish(self, mut manifest: Manifest) -> io::Result<Manifest> {
        self.folder.write(MANIFEST, manifest.seal()?.as_bytes())?;
        self.folder.publish()?;
        Ok(manifest)
    }

    fn file<R: Row>(
        &self,
        name: &str,
        blocks: usize,
        format: impl Fn(usize, &mut Vec<u8>) + Sync,
    ) -> io::Result<InputFile> {
        let mut out = HashingWriter::new(self.folder.create(name)?);
        out.write(R::HEADER.as_bytes())?;
        let batch = |first: usize, buffers: &mut Vec<Vec<u8>>| {
            buffers.resize_with(BLOCKS_AT_ONCE.min(blocks.saturating_sub(first)), Vec::new);
            buffers.par_iter_mut().enumerate().for_each(|(i, buffer)| {
                buffer.clear();
                format(first + i, buffer);
            });
        };
        // While one batch is hashed and written, the next is formatted.
        let (mut ready, mut next) = (Vec::new(), Vec::new());
        batch(0, &mut ready);
        for first in (0..blocks).step_by(BLOCKS_AT_ONCE) {
            let (written, ()) = rayon::join(
                || ready.iter().try_for_each(|buffer| out.write(buffer)),
                || batch(first + BLOCKS_AT_ONCE, &mut next),
            );
            written?;
            std::mem::swap(&mut ready, &mut next);
        }
        out.finish(name)
    }
}

/// Writes a file and its digest in one pass.
struct HashingWriter {
    file: BufWriter<File>,
    digest: Sha256,
    bytes: u64,
}

impl HashingWriter {
    fn new(file: BufWriter<File>) -> Self {
        Self { file, digest: Sha256::new(), bytes: 0 }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    fn finish(mut self, name: &str) -> io::Result<InputFile> {
        self.file.flush()?;
        let sha256 = hex(self.digest.finalize().as_slice());
        Ok(InputFile { name: name.to_owned(), bytes: self.bytes, sha256 })
    }
}
