//! The approval of a run: who decided, by which delegation, on which digest.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::run::manifest::CONTRACT_VERSION;
use crate::run::seal::{digest_holds, sealed};

/// How the document begins to state its own digest.
const OWN_DIGEST: &str = "\"approval_sha256\": \"";

/// What an official signs: `RUN.approval.json`, beside the run folder, which nothing touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// See [`CONTRACT_VERSION`].
    pub contract_version: u32,
    /// The version of the engine that checked the run before it was signed.
    pub engine_version: String,
    /// The digest that the run's manifest states for itself.
    pub manifest_sha256: String,
    /// The run's round.
    pub round: String,
    /// The run's place in its chain.
    pub sequence: u32,
    /// Who decided.
    pub approved_by: String,
    /// The delegation that they decided by (KL 6 kap. 38 §).
    pub delegation: String,
    /// The day of the decision, `YYYY-MM-DD`.
    pub date: String,
    /// SHA-256 over this file with this value left empty.
    pub approval_sha256: String,
}

/// Why an approval cannot be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApprovalError {
    /// The file system refused.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Not the JSON of an approval.
    #[error("it is not the approval of a run: {0}")]
    Broken(#[from] serde_json::Error),
    /// A later contract.
    #[error("it follows contract version {0}; this engine knows {CONTRACT_VERSION}")]
    Version(u32),
    /// The text was changed after the signing.
    #[error("it does not have the digest that it states")]
    Altered,
}

impl Approval {
    /// Where the approval of a run folder lies.
    #[must_use]
    pub fn path(run: &Path) -> PathBuf {
        let mut name = run.file_name().map_or_else(OsString::new, OsString::from);
        name.push(".approval.json");
        run.with_file_name(name)
    }

    /// Reads the approval beside a run folder; `None` when there is none.
    ///
    /// # Errors
    /// See [`ApprovalError`].
    pub fn read(run: &Path) -> Result<Option<Self>, ApprovalError> {
        let text = match fs::read_to_string(Self::path(run)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let approval: Self = serde_json::from_str(&text)?;
        if approval.contract_version != CONTRACT_VERSION {
            return Err(ApprovalError::Version(approval.contract_version));
        }
        if digest_holds(&text, OWN_DIGEST) {
            Ok(Some(approval))
        } else {
            Err(ApprovalError::Altered)
        }
    }

    /// Writes the approval beside a run folder, whole or not at all, with its own digest.
    ///
    /// # Errors
    /// `AlreadyExists` when the run is approved; otherwise what the file system reported.
    pub fn write(mut self, run: &Path) -> io::Result<Self> {
        self.approval_sha256.clear();
        let (text, digest) = sealed(&self, OWN_DIGEST)?;
        let target = Self::path(run);
        let mut hidden = OsString::from(".");
        hidden.push(target.file_name().unwrap_or_default());
        hidden.push(format!(".partial-{}", std::process::id()));
        let staging = target.with_file_name(hidden);
        fs::write(&staging, text)?;
        // A link, unlike a rename, never replaces what stands there.
        let linked = fs::hard_link(&staging, &target);
        fs::remove_file(&staging)?;
        linked?;
        self.approval_sha256 = digest;
        Ok(self)
    }
}
