//! `manifest.json`: what a run was made of and what its files must hash to.

use serde::{Deserialize, Serialize};

use crate::digest::InputFile;
use crate::run::seal::{digest_holds, sealed};

/// The version of the file contract that a run folder follows.
pub const CONTRACT_VERSION: u32 = 1;

/// How the manifest begins to state its own digest.
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
    /// `preliminary`, `final` or `reserve`.
    pub round: String,
    /// The place in the chain of rounds, from 1.
    #[serde(default = "first_of_its_chain")]
    pub sequence: u32,
    /// The run that this one continues.
    #[serde(default)]
    pub predecessor: Option<Predecessor>,
    /// The date that the run was made for, `YYYY-MM-DD`; `null` where nothing gives one.
    #[serde(default)]
    pub date: Option<String>,
    /// The last line of `events.csv` that each run of the chain knew, this one last; 0 for none.
    #[serde(default)]
    pub event_lines: Vec<u32>,
    /// Where the season has other seats of its own than the run's table shows: more hold seats
    /// than there are, or seats that passed on are held in a later quota group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_seats: Vec<OwnSeats>,
    /// `automatic`, or `by_phone` where moves are proposals to phone.
    #[serde(default = "moves_are_automatic")]
    pub moves: String,
    /// How many in a hundred of the admitted are expected not to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_show_percent: Option<u32>,
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

/// The run that another one continues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Predecessor {
    /// The digest that its manifest states for itself.
    pub manifest_sha256: String,
    /// Its round.
    pub round: String,
    /// Its place in the chain, from 1.
    pub sequence: u32,
}

/// The seats that a season has of its own, events up to the run included, where a run's table
/// shows others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSeats {
    /// The programme.
    pub programme_id: String,
    /// The quota group; absent at a programme without groups.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// Its own seats.
    pub seats: u32,
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
    /// What became of the seats that applicants held; absent in a round without any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<HeldCounts>,
    /// Seats offered against seats planned; absent in a season that plans none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_admission: Option<OverAdmission>,
}

/// What became of the seats that applicants held when a reserve round began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldCounts {
    /// Seats held.
    pub seats: u64,
    /// Of these, kept.
    pub kept: u64,
    /// Of these, left for a choice that the holder wants more.
    pub moved_up: u64,
    /// Applicants placed who held none.
    pub newly_placed: u64,
}

/// Over-admission (överintag): the seats offered in a round beside those that schools have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverAdmission {
    /// Seats that the schools have.
    pub planned_seats: u64,
    /// Seats offered beyond them; negative where fewer are.
    pub over_admission: i64,
    /// Admitted who are expected to come, by the rate of no-shows, each programme rounded half up.
    pub expected: u64,
    /// Programmes where more are expected than there are planned seats.
    pub programmes_overfull: u64,
}

/// What runs did that did not say.
fn ties_are_broken() -> String {
    "break".to_owned()
}

fn moves_are_automatic() -> String {
    "automatic".to_owned()
}

fn first_of_its_chain() -> u32 {
    1
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
        let (text, digest) = sealed(self, OWN_DIGEST)?;
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
    digest_holds(text, OWN_DIGEST)
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
            sequence: 1,
            predecessor: None,
            date: None,
            event_lines: vec![],
            own_seats: vec![],
            moves: "automatic".into(),
            no_show_percent: None,
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
