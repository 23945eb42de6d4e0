//! What the independent verifier proved, or found wrong.

mod of_admission;
mod of_run;

use std::fs;
use std::path::Path;

use antagning_formats::{CheckLine, InputFile, SEASON_FILES};
use antagning_verify::digest::sha256_hex;
use antagning_verify::{Outcome, Verdict};
use serde::Serialize;

pub(crate) use of_admission::of_admission;
pub(crate) use of_run::{Holdings, WishClaim, of_digests, of_run, states_hold};

/// The record of a verification: what was examined, and every counter-example in words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Proof {
    checks: Vec<CheckLine>,
    violations: Vec<String>,
}

impl Proof {
    /// Whether everything examined holds and nothing was left out.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.violations.is_empty() && self.checks.iter().all(|check| check.outcome == HOLDS)
    }

    /// What was examined.
    #[must_use]
    pub fn checks(&self) -> &[CheckLine] {
        &self.checks
    }

    /// The counter-examples, a sentence each.
    #[must_use]
    pub fn violations(&self) -> &[String] {
        &self.violations
    }

    /// Adds whether the files of a season folder are those that a run lists as read.
    pub(crate) fn add_inputs(&mut self, inputs: &[InputFile], season: &Path) {
        let violations =
            inputs.iter().filter_map(|input| match fs::read(season.join(&input.name)) {
                Ok(bytes) if sha256_hex(&bytes) == input.sha256 => None,
                Ok(_) => {
                    Some(format!("{}: the season's file is not the one that was read", input.name))
                }
                Err(error) => {
                    Some(format!("{}: the season's file cannot be read: {error}", input.name))
                }
            });
        let mut violations: Vec<_> = violations.collect();
        let listed = |name: &&str| inputs.iter().any(|input| input.name == **name);
        let added = SEASON_FILES.iter().filter(|name| !listed(name) && season.join(name).exists());
        violations.extend(
            added.map(|name| {
                format!("{name}: the season has the file, the run was made without it")
            }),
        );
        self.add_check("inputs", inputs.len(), violations);
    }

    fn add(&mut self, verdict: &Verdict, names: &dyn antagning_verify::Names) {
        self.violations.extend(verdict.violations().iter().map(|v| v.describe(names)));
        self.checks.extend(verdict.checks().iter().map(|check| {
            CheckLine {
                property: check.property.code().to_owned(),
                examined: check.examined as u64,
                outcome: match check.outcome {
                    Outcome::Proven => HOLDS,
                    Outcome::NotExamined => "not_examined",
                    _ => VIOLATED,
                }
                .to_owned(),
            }
        }));
    }

    /// Adds a check that the caller made itself, with what it found wrong.
    pub(crate) fn add_check(&mut self, property: &str, examined: usize, violations: Vec<String>) {
        let outcome = if violations.is_empty() { HOLDS } else { VIOLATED }.to_owned();
        self.checks.push(CheckLine {
            property: property.to_owned(),
            examined: examined as u64,
            outcome,
        });
        self.violations.extend(violations);
    }
}

const HOLDS: &str = "holds";
const VIOLATED: &str = "violated";
