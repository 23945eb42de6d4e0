//! A finished run folder.

use std::fs;
use std::path::{Path, PathBuf};

use antagning_formats::{
    Diagnostics, InputFile, MANIFEST, Manifest, RunFiles, Severity, StagedFolder,
    manifest_digest_holds,
};

use crate::error::Error;
use crate::explain::{Explanation, Explanations};
use crate::language::Language;
use crate::plan::Plan;
use crate::proof::{self, Proof};
use crate::rounds::{self, Chain};

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

    /// Refuses a place where no folder or file can appear, before any work is done for it.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands there, the path has no name or leads through a file.
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
    /// feasibility, stability, applicant-optimality, every figure, status and reserve position; and
    /// the approval beside the folder, when there is one.
    #[must_use]
    pub fn verify(&self) -> Proof {
        let mut report = Diagnostics::default();
        let files = RunFiles::read(&self.folder, &mut report);
        let mut proof = proof::of_run(&self.manifest, self.sealed, &files, &report);
        if let Some(faults) = self.approval_faults() {
            proof.add_check("approval", 1, faults);
        }
        proof
    }

    /// [`Run::verify`], and every run of the chain that this one continues: that each names the one
    /// before by its digest, that no seat was taken back between them, and that the chain has no
    /// second end. They are looked for in `folder`, all of them then; where it is `None`, beside
    /// the run, as far as they are there.
    #[must_use]
    pub fn verify_chain(&self, folder: Option<&Path>) -> Chain {
        Chain::examine(self, folder)
    }

    /// The outcome of each choice of one applicant, in words.
    ///
    /// # Errors
    /// [`Error::UnknownApplicant`]; [`Error::Rejected`] when the files cannot be read;
    /// [`Error::Violated`] when they are not what the run wrote.
    pub fn explain(&self, applicant: &str, language: Language) -> Result<Explanation, Error> {
        self.explanations(language)?.of(applicant)
    }

    /// Reads the files once, to explain any number of applicants or to write to all of them. Where
    /// the run that this one continues lies beside it, reserves are told when they have moved
    /// backwards since then.
    ///
    /// O(choices).
    ///
    /// # Errors
    /// [`Error::Rejected`] when the files cannot be read; [`Error::Violated`] when they are not
    /// what the run wrote.
    pub fn explanations(&self, language: Language) -> Result<Explanations<'_>, Error> {
        // A preliminary round promised nobody a place, and an altered run tells nothing.
        let before = rounds::predecessor_of(self)
            .filter(|before| before.manifest.round != Plan::PRELIMINARY)
            .and_then(|before| Some(before.files().ok()?.outcomes));
        Ok(Explanations::new(&self.manifest, self.files()?, before, language))
    }

    /// Refuses files of a season that are not those that the run read.
    pub(crate) fn refuse_other_season(&self, read: &[InputFile]) -> Result<(), Error> {
        let listed = &self.manifest.inputs;
        let differs = |one: &[InputFile], other: &[InputFile]| {
            one.iter().find(|file| !other.contains(file)).map(|file| file.name.clone())
        };
        match differs(read, listed).or_else(|| differs(listed, read)) {
            Some(file) => Err(Error::OtherSeason { file }),
            None => Ok(()),
        }
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
