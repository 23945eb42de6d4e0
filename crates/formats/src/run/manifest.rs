//! `manifest.json`: what a run was made of and what its files must hash to.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::digest::{InputFile, hex};

/// The version of the file contract that a run folder follows.
pub const CONTRACT_VERSION: u32 = 1;

const OWN_DIGEST: &str = "\"manifest_sha256\": \"";

/// The manifest of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// See [`CONTRACT_VERSION`].
    pub contract_version: u32,
    /// The engine's version.
    pub engine_version: String,
    /// A run is a proposal: an official reviews and decides (KL 6 kap. 38 §, SkolL 28 kap. 18 §).
    pub status: String,
    /// The rule set's name.
    pub rule_set: String,
    /// `preliminary` or `final`.
    pub round: String,
    /// The tie-break chain, first compared first.
    pub ranking_keys: Vec<String>,
    /// What becomes of those whom the chain leaves equal at a cutoff: `break`, `admit_all` or
    /// `reject_all`.
    #[serde(default = "ties_are_broken")]
    pub at_cutoff: String,
    /// The lottery's seed; `null` when the chain draws no lots.
    pub lottery_seed: Option<String>,
    /// `applicant` or `programme`; `null` when the chain draws no lots.
    pub lottery_scope: Option<String>,
    /// The files that were read.
    pub inputs: Vec<InputFile>,
    /// The files of the run folder beside this one.
    pub outputs: Vec<InputFile>,
    /// Figures about the run.
    pub counts: Counts,
    /// `holds`, or `violated`.
    pub verdict: String,
    /// What the verifier examined.
    pub checks: Vec<CheckLine>,
    /// Warnings about the input and the rules, as the diagnostics that they are.
    pub warnings: Vec<serde_json::Value>,
    /// Wall time of the stages.
    pub timings_ms: Timings,
    /// SHA-256 over this file with this value left empty.
    pub manifest_sha256: String,
}

/// Figures about a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Applicants.
    pub applicants: u64,
    /// Programmes.
    pub programmes: u64,
    /// Seats.
    pub seats: u64,
    /// Choices.
    pub choices: u64,
    /// Choices that the applicant is eligible for.
    pub eligible_choices: u64,
    /// Applicants with a place.
    pub placed: u64,
    /// Applicants without.
    pub unplaced: u64,
    /// Placed by choice rank; the first entry is rank 1.
    pub placed_by_choice_rank: Vec<u64>,
    /// Applicants who would fare differently in the programmes' optimum; `null` where ties are
    /// admitted or rejected as a whole, which leaves no such optimum to compare with.
    pub programme_optimum_differs: Option<u64>,
}

/// What runs did that did not say.
fn ties_are_broken() -> String {
    "break".to_owned()
}

/// One line of the verifier's report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckLine {
    /// What was checked.
    pub property: String,
    /// How many cases were examined.
    pub examined: u64,
    /// `holds`, `violated` or `not_examined`.
    pub outcome: String,
}

/// Wall time of the stages in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timings {
    /// Reading and checking the season.
    pub read: f64,
    /// Merit, eligibility, priorities, and the index of the market.
    pub rules: f64,
    /// The matching.
    #[serde(rename = "match")]
    pub matching: f64,
    /// Outcomes with reasons, and the programmes' optimum for comparison.
    pub outcomes: f64,
    /// The independent verification.
    pub verify: f64,
    /// Writing the files beside the manifest.
    pub write: f64,
}

/// Why a manifest cannot be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not the JSON of a manifest.
    #[error("manifest.json is not the manifest of a run: {0}")]
    Broken(#[from] serde_json::Error),
    /// A later contract.
    #[error("manifest.json follows contract version {0}; this engine knows {CONTRACT_VERSION}")]
    Version(u32),
}

impl Manifest {
    /// Fills in the manifest's own digest and gives the file's text.
    pub(crate) fn seal(&mut self) -> Result<String, serde_json::Error> {
        self.manifest_sha256.clear();
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        let digest = hex(Sha256::digest(text.as_bytes()).as_slice());
        let at = text.rfind(OWN_DIGEST).map_or(text.len(), |at| at + OWN_DIGEST.len());
        text.insert_str(at, &digest);
        self.manifest_sha256 = digest;
        Ok(text)
    }

    /// Reads the file's text.
    ///
    /// # Errors
    /// See [`ManifestError`].
    pub fn from_text(text: &str) -> Result<Self, ManifestError> {
        let manifest: Self = serde_json::from_str(text)?;
        if manifest.contract_version != CONTRACT_VERSION {
            return Err(ManifestError::Version(manifest.contract_version));
        }
        Ok(manifest)
    }
}

/// Whether the manifest's text has the digest that it states for itself.
#[must_use]
pub fn manifest_digest_holds(text: &str) -> bool {
    let Some(start) = text.rfind(OWN_DIGEST).map(|at| at + OWN_DIGEST.len()) else { return false };
    let Some(stated) = text.get(start..start + 64) else { return false };
    let unsealed = [&text[..start], &text[start + 64..]].concat();
    hex(Sha256::digest(unsealed.as_bytes()).as_slice()) == stated
}

#[cfg(test)]
mod tests {
    use super::{Counts, Manifest, Timings, manifest_digest_holds};

    fn manifest() -> Manifest {
        Manifest {
            contract_version: 1,
            engine_version: "1".into(),
            status: "proposal".into(),
            rule_set: "market".into(),
            round: "final".into(),
            ranking_keys: vec!["score".into()],
            at_cutoff: "reject_all".into(),
            lottery_seed: None,
            lottery_scope: None,
            inputs: vec![],
            outputs: vec![],
            counts: Counts::default(),
            verdict: "holds".into(),
            checks: vec![],
            warnings: vec![],
            timings_ms: Timings::default(),
            manifest_sha256: String::new(),
        }
    }

    #[test]
    fn a_run_that_does_not_say_broke_its_ties() {
        let sealed = manifest().seal().unwrap();
        let text = sealed.replace("\n  \"at_cutoff\": \"reject_all\",", "");
        assert!(text.len() < sealed.len());
        assert_eq!(Manifest::from_text(&text).unwrap().at_cutoff, "break");
    }

    #[test]
    fn a_figure_that_is_not_there_is_null() {
        for (differs, shown) in [(None, "null"), (Some(3), "3")] {
            let counts = Counts { programme_optimum_differs: differs, ..Counts::default() };
            let text = Manifest { counts, ..manifest() }.seal().unwrap();
            assert!(text.contains(&format!("\"programme_optimum_differs\": {shown}\n")));
            assert_eq!(
                Manifest::from_text(&text).unwrap().counts.programme_optimum_differs,
                differs
            );
        }
    }

    #[test]
    fn a_changed_manifest_is_noticed() {
        let mut manifest = manifest();
        let text = manifest.seal().unwrap();
        assert!(manifest_digest_holds(&text));
        assert_eq!(Manifest::from_text(&text).unwrap(), manifest);
        assert!(!manifest_digest_holds(&text.replace("holds", "hold?")));
        assert!(!manifest_digest_holds(
            &text.replace("manifest_sha256\": \"", "manifest_sha256\": \"0")
        ));
        assert!(
            Manifest::from_text(
                &text.replace("\"contract_version\": 1", "\"contract_version\": 9")
            )
            .is_err()
        );
    }
}
