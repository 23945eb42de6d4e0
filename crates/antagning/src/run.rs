//! A finished run folder.

use std::fs;
use std::path::{Path, PathBuf};

use antagning_formats::{
    Code, Diagnostic, Diagnostics, MANIFEST, Manifest, RunFiles, Severity, StagedFolder,
    manifest_digest_holds,
};

use crate::error::Error;
use crate::explain::{Explanation, Explanations};
use crate::language::Language;
use crate::proof::{self, Proof};

/// A finished run folder, with its manifest read.
#[derive(Clone, Debug)]
pub struct Run {
    folder: PathBuf,
    manifest: Manifest,
    sealed: bool,
}

impl Run {
    pub(crate) fn new(folder: PathBuf, manifest: Manifest) -> Self {
        Self { folder, manifest, sealed: true }
    }

    /// Opens a run folder by its manifest.
    ///
    /// # Errors
    /// [`Error::NotARun`] when there is no manifest that this engine can read.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, Error> {
        let folder = folder.as_ref().to_owned();
        let not_a_run = |reason: String| Error::NotARun { path: folder.clone(), reason };
        let text = fs::read_to_string(folder.join(MANIFEST))
            .map_err(|error| not_a_run(format!("{MANIFEST}: {error}")))?;
        let manifest = Manifest::from_text(&text).map_err(|error| not_a_run(error.to_string()))?;
        let sealed = manifest_digest_holds(&text);
        Ok(Self { folder, manifest, sealed })
    }

    /// Refuses a place where a run folder cannot appear, before any work is done for it.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands there.
    pub fn refuse_existing(folder: impl AsRef<Path>) -> Result<(), Error> {
        let folder = folder.as_ref();
        StagedFolder::refuse_existing(folder)
            .map_err(|source| Error::Output { path: folder.to_owned(), source })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Checks the run from its files alone: digests, lottery numbers drawn again from the seed,
    /// feasibility, stability, applicant-optimality, every figure, status and reserve position.
    #[must_use]
    pub fn verify(&self) -> Proof {
        let mut report = Diagnostics::default();
        let files = RunFiles::read(&self.folder, &mut report);
        proof::of_run(&self.manifest, self.sealed, &files, &report)
    }

    /// [`Run::verify`], and that a season folder still has the files that were read for the run.
    ///
    /// # Errors
    /// [`Error::Rejected`] when there is no such season folder.
    pub fn verify_with_season(&self, season: impl AsRef<Path>) -> Result<Proof, Error> {
        let season = season.as_ref();
        if !season.is_dir() {
            let mut report = Diagnostics::default();
            let folder = season.display().to_string();
            report.push(Diagnostic::new(Code::MissingFolder, folder, "there is no such folder"));
            return Err(Error::Rejected(report));
        }
        let mut proof = self.verify();
        proof.add_inputs(&self.manifest.inputs, season);
        Ok(proof)
    }

    /// The outcome of each choice of one applicant, in words.
    ///
    /// # Errors
    /// [`Error::UnknownApplicant`]; [`Error::Rejected`] when the files cannot be read;
    /// [`Error::Violated`] when they are not what the run wrote.
    pub fn explain(&self, applicant: &str, language: Language) -> Result<Explanation, Error> {
        self.explanations(language)?.of(applicant)
    }

    /// Reads the files once, to explain any number of applicants or to write to all of them.
    ///
    /// O(choices).
    ///
    /// # Errors
    /// [`Error::Rejected`] when the files cannot be read; [`Error::Violated`] when they are not
    /// what the run wrote.
    pub fn explanations(&self, language: Language) -> Result<Explanations<'_>, Error> {
        Ok(Explanations::new(&self.manifest, self.files()?, language))
    }

    /// The tables of the run, unless a file is not what the run wrote.
    pub(crate) fn files(&self) -> Result<RunFiles, Error> {
        let mut report = Diagnostics::default();
        let files = RunFiles::read(&self.folder, &mut report);
        if report.iter().any(|d| d.severity == Severity::Error) {
            return Err(Error::Rejected(report));
        }
        let altered = proof::of_digests(&self.manifest, self.sealed, &files);
        if altered.holds() { Ok(files) } else { Err(Error::Violated(Box::new(altered))) }
    }
}
