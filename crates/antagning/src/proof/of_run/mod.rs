//! Verifies a finished run folder from its files alone.

mod counts;
mod forecast;
mod held;
mod holdings;
mod keys;
mod moves;
mod offers;
mod reasons;
mod rows;
mod verdict;

use std::borrow::Cow;

use antagning_formats::{Diagnostics, EXTRA_FILES, Manifest, RUN_FILES, RunFiles, Severity};
use antagning_rules::{RankingKey, RuleSet};
use antagning_verify::{DigestClaim, Names, check_digests};

use crate::proof::Proof;
pub(crate) use held::states_hold;
pub(crate) use holdings::{Claim as WishClaim, Holdings};
use moves::BY_PHONE;
use offers::Offers;
use rows::Rows;

/// Checks the digests, recomputes the lottery, and proves the placements anew.
///
/// Whatever cannot be read or does not fit together is a violation too: a finished run has no
/// faulty cell.
pub(crate) fn of_run(
    manifest: &Manifest,
    sealed: bool,
    files: &RunFiles,
    report: &Diagnostics,
) -> Proof {
    let mut proof = of_digests(manifest, sealed, files);
    let errors = report.iter().filter(|d| d.severity == Severity::Error);
    let faults: Vec<_> = errors.map(ToString::to_string).collect();
    let readable = faults.is_empty();
    proof.add_check("readable", RUN_FILES.len(), faults);
    if readable {
        prove(manifest, files, &mut proof);
    }
    proof
}

/// Checks that the files are those that the run wrote.
pub(crate) fn of_digests(manifest: &Manifest, sealed: bool, files: &RunFiles) -> Proof {
    let mut proof = Proof::default();
    let seal = if sealed {
        Vec::new()
    } else {
        vec!["manifest.json: the file does not have the digest that it states".to_owned()]
    };
    let mut manifest_faults = seal;
    manifest_faults.extend(manifest_words(manifest));
    let listed = |name: &str| manifest.outputs.iter().any(|file| file.name == name);
    let foreign = files.found.iter().filter(|file| !listed(&file.name));
    manifest_faults
        .extend(foreign.map(|file| format!("{}: the run has not written it", file.name)));
    proof.add_check("manifest", 4, manifest_faults);
    let further = EXTRA_FILES.iter().filter(|name| listed(name));
    let claims = RUN_FILES.iter().chain(further).map(|name| DigestClaim {
        file: (*name).to_owned(),
        expected: manifest
            .outputs
            .iter()
            .find(|f| f.name == *name)
            .map_or_else(String::new, |f| f.sha256.clone()),
        found: files.found.iter().find(|f| f.name == *name).map(|f| f.sha256.clone()),
    });
    proof.add(&check_digests(claims), &Ids { offers: &Offers::default(), files });
    proof
}

/// Words of the manifest that a run never has otherwise.
fn manifest_words(manifest: &Manifest) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |name: &str, found: &str, possible: &[&str]| {
        if !possible.contains(&found) {
            wrong.push(format!(
                "manifest.json: {name} is \"{found}\", expected {}",
                possible.join(" or ")
            ));
        }
    };
    expect("verdict", &manifest.verdict, &["holds"]);
    expect("status", &manifest.status, &["proposal"]);
    expect("round", &manifest.round, &["final", "preliminary", "reserve"]);
    expect("moves", &manifest.moves, &["automatic", BY_PHONE]);
    expect("at_cutoff", &manifest.at_cutoff, &["break", "admit_all", "reject_all"]);
    let rule_sets: Vec<_> = RuleSet::names().collect();
    expect("rule_set", &manifest.rule_set, &rule_sets);
    let keys = RankingKey::ALL.map(RankingKey::name);
    manifest.ranking_keys.iter().for_each(|key| expect("ranking_keys", key, &keys));
    wrong.extend(held::chain_words(manifest));
    if manifest.at_cutoff != "break" && manifest.ranking_keys.iter().any(|key| key == "lottery") {
        wrong.push("manifest.json: at_cutoff leaves nothing to draw lots for".to_owned());
    }
    wrong
}

struct Ids<'a> {
    offers: &'a Offers<'a>,
    files: &'a RunFiles,
}

impl Names for Ids<'_> {
    fn applicant(&self, applicant: usize) -> &str {
        self.files.placements.applicant_id.get(applicant)
    }

    fn programme(&self, programme: usize) -> &str {
        self.files.programmes.programme_id.get(self.offers.row[programme])
    }

    fn group(&self, programme: usize, group: usize) -> Cow<'_, str> {
        let group = self.offers.groups.get(self.offers.offsets[programme] + group);
        group.map_or(Cow::Borrowed("?"), |group| Cow::Borrowed(group.name))
    }
}

fn prove(manifest: &Manifest, files: &RunFiles, proof: &mut Proof) {
    let mut faults = Vec::new();
    let rows = Rows::tie(files, manifest, &mut faults);
    let examined = files.outcomes.len() + files.placements.choice_rank.len();
    let whole = faults.is_empty();
    proof.add_check("references", examined, faults);
    // Without the references there is no case to prove.
    let Some(rows) = rows.filter(|_| whole) else { return };
    let ids = Ids { offers: &rows.offers, files };
    let entrants = verdict::Entrants::new(&rows, manifest);
    match entrants.verdict(&rows, manifest) {
        Ok(verdict) => proof.add(&verdict, &ids),
        Err(error) => proof.add_check("shape", 1, vec![error.to_string()]),
    }
    let mut faults = rows.faults();
    faults.extend(entrants.reason_faults(&rows, manifest));
    proof.add_check("rows", files.outcomes.len(), faults);
    proof.add_check("counts", 8, counts::faults(&rows, manifest));
    let (held, faults) = held::faults(&rows, manifest);
    if held > 0 || manifest.predecessor.is_some() || !faults.is_empty() {
        proof.add_check("held_seats", held, faults);
    }
    if let Some(faults) = forecast::faults(&rows, manifest) {
        proof.add_check("forecast", rows.offers.row.len(), faults);
    }
}
