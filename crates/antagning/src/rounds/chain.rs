//! The runs of a chain, as they lie beside one another.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use antagning_formats::{Approval, Code, Diagnostic, Diagnostics, Event, RunFiles};
use serde::Serialize;

use crate::error::Error;
use crate::plan::Plan;
use crate::proof::{Proof, states_hold};
use crate::rounds::link::Link;
use crate::run::Run;

/// A run with those that it continues, as far as they were found, and what was proven of all.
#[derive(Clone, Debug, Serialize)]
pub struct Chain {
    /// The run itself first, then the one that it continues, and so on.
    pub runs: Vec<ChainedRun>,
    /// Whether the first run of the chain was reached.
    pub complete: bool,
    /// What was examined.
    #[serde(skip)]
    pub proof: Proof,
    #[serde(skip)]
    run: Run,
}

/// A run of a [`Chain`].
#[derive(Clone, Debug, Serialize)]
pub struct ChainedRun {
    /// The folder.
    pub run: PathBuf,
    /// The round.
    pub round: String,
    /// The place in the chain, from 1.
    pub sequence: u32,
    /// Who approved it, if anybody did.
    pub approval: Option<Approval>,
}

impl Chain {
    /// Examines a run and those that it continues, which are looked for in `folder`, or where it
    /// is `None` beside the run; only then may one be missing.
    pub(crate) fn examine(run: &Run, folder: Option<&Path>) -> Self {
        let (proof, run) = (run.verify(), run.clone());
        let mut chain = Self { runs: vec![link(&run)], complete: false, proof, run };
        let beside = folder.map_or_else(|| parent(chain.run.folder()), Path::to_owned);
        let others = runs_in(&beside);
        let mut current = chain.run.clone();
        while let Some(before) = current.manifest().predecessor.clone() {
            let digest = &before.manifest_sha256;
            let forks = others.iter().filter(|other| {
                continues(other, digest)
                    && other.manifest().manifest_sha256 != current.manifest().manifest_sha256
            });
            let forks: Vec<_> = forks
                .map(|other| format!("{} continues the same run", other.folder().display()))
                .collect();
            let found = others.iter().find(|other| other.manifest().manifest_sha256 == *digest);
            let Some(found) = found else {
                let missing = format!("no run {digest} in {}", beside.display());
                let faults = forks.into_iter().chain(folder.map(|_| missing));
                chain.proof.add_check("chain", 1, faults.collect());
                return chain;
            };
            let mut faults = link_faults(&current, found);
            faults.extend(forks);
            chain.proof.add_check("chain", 1, faults);
            let (held, faults) = seat_faults(&current, found);
            chain.proof.add_check("seats_kept", held, faults);
            let of_found = found.verify();
            let place = found.folder().display();
            let violations = of_found.violations().iter().map(|v| format!("{place}: {v}"));
            let mut violations: Vec<String> = violations.collect();
            if !of_found.holds() && violations.is_empty() {
                violations.push(format!("{place}: not everything could be examined"));
            }
            chain.proof.add_check("predecessor", of_found.checks().len(), violations);
            chain.runs.push(link(found));
            // A chain of digests has no circle.
            current = found.clone();
        }
        chain.complete = true;
        chain
    }
}

impl Chain {
    /// Adds whether a season folder still has the files that were read for the run.
    ///
    /// # Errors
    /// [`Error::Rejected`] when there is no such season folder.
    pub fn with_season(mut self, season: impl AsRef<Path>) -> Result<Self, Error> {
        let season = season.as_ref();
        if !season.is_dir() {
            let mut report = Diagnostics::default();
            let folder = season.display().to_string();
            report.push(Diagnostic::new(Code::MissingFolder, folder, "there is no such folder"));
            return Err(Error::Rejected(report));
        }
        self.proof.add_inputs(&self.run.manifest().inputs, season);
        Ok(self)
    }
}

fn link(run: &Run) -> ChainedRun {
    ChainedRun {
        run: run.folder().to_owned(),
        round: run.manifest().round.clone(),
        sequence: run.manifest().sequence,
        approval: run.approval().ok().flatten(),
    }
}

/// Refuses a place beside a run that continues the same one already: a chain has no two ends.
///
/// # Errors
/// [`Error::Chain`].
pub(crate) fn refuse_fork(out: &Path, link: &Link) -> Result<(), Error> {
    let Some(before) = &link.predecessor else { return Ok(()) };
    let others = runs_in(&parent(out));
    match others.iter().find(|other| continues(other, &before.manifest_sha256)) {
        None => Ok(()),
        Some(other) => {
            let reason = "it continues the same run already; a chain has one end".to_owned();
            Err(Error::Chain { run: other.folder().to_owned(), reason })
        }
    }
}

/// Refuses a run that another one beside it continues already: what follows it is decided.
///
/// # Errors
/// [`Error::Chain`].
pub(crate) fn refuse_continued(run: &Run) -> Result<(), Error> {
    let others = runs_in(&parent(run.folder()));
    match others.iter().find(|other| continues(other, &run.manifest().manifest_sha256)) {
        None => Ok(()),
        Some(other) => {
            let reason = format!("it is continued already by {}", other.folder().display());
            Err(Error::Chain { run: run.folder().to_owned(), reason })
        }
    }
}

/// The run that another one continues, looked for beside it.
pub(crate) fn predecessor_of(run: &Run) -> Option<Run> {
    let digest = &run.manifest().predecessor.as_ref()?.manifest_sha256;
    let mut others = runs_in(&parent(run.folder())).into_iter();
    others.find(|other| other.manifest().manifest_sha256 == *digest)
}

/// The run that another one continues, if it continues any.
///
/// # Errors
/// [`Error::Chain`] when it does not lie beside it.
pub(crate) fn run_before(run: &Run) -> Result<Option<Run>, Error> {
    let before = predecessor_of(run);
    if before.is_none() && run.manifest().predecessor.is_some() {
        let reason = "the run that it continues does not lie beside it".to_owned();
        return Err(Error::Chain { run: run.folder().to_owned(), reason });
    }
    Ok(before)
}

fn continues(run: &Run, digest: &str) -> bool {
    let before = run.manifest().predecessor.as_ref();
    before.is_some_and(|before| before.manifest_sha256 == digest)
}

fn parent(folder: &Path) -> PathBuf {
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The finished runs of a folder, in the order of names.
fn runs_in(folder: &Path) -> Vec<Run> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.sort();
    let is_hidden = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
    };
    paths.retain(|path| !is_hidden(path));
    paths.into_iter().filter_map(|path| Run::open(path).ok()).collect()
}

/// What one run says of the run before and that one does not say of itself.
fn link_faults(run: &Run, before: &Run) -> Vec<String> {
    let (this, that) = (run.manifest(), before.manifest());
    let stated = this.predecessor.as_ref();
    let place = run.folder().display();
    let mut faults = Vec::new();
    if stated.is_none_or(|s| (&s.round, s.sequence) != (&that.round, that.sequence)) {
        faults.push(format!("{place}: the run before is of another round or place in the chain"));
    }
    if this.date.as_ref().zip(that.date.as_ref()).is_some_and(|(this, that)| this < that) {
        faults.push(format!("{place}: the run before is of a later date"));
    }
    let events = |run: &Run| {
        let file = run.manifest().inputs.iter().find(|file| file.name == Event::FILE);
        file.map_or(0, |file| file.bytes)
    };
    if !this.event_lines.starts_with(&that.event_lines) || events(run) < events(before) {
        faults.push(format!("{place}: the run before knew other events"));
    }
    faults
}

/// How many seats the run before gave, and what became of those that nobody gave up and that are
/// not kept, or not left for something that their holder wants more.
fn seat_faults(run: &Run, before: &Run) -> (usize, Vec<String>) {
    let (Ok(now), Ok(then)) = (run.files(), before.files()) else {
        return (0, vec![format!("{}: the tables cannot be compared", run.folder().display())]);
    };
    let binds = before.manifest().round != Plan::PRELIMINARY;
    let given = given(&then).filter(|_| binds).collect::<BTreeMap<_, _>>();
    let outcomes = &now.outcomes;
    let placed: BTreeMap<&str, u32> = now
        .placements
        .applicant_id
        .iter()
        .zip(now.placements.choice_rank.iter().copied())
        .collect();
    let (mut met, mut faults) = (0, Vec::new());
    for row in 0..outcomes.len() {
        let (id, programme) = (outcomes.applicant_id.get(row), outcomes.programme_id.get(row));
        let holds = states_hold(outcomes.keys.get(row));
        if given.get(id) != Some(&programme) {
            if holds {
                faults.push(format!("{id} holds a seat at {programme} that no run gave"));
            }
            continue;
        }
        met += 1;
        let given_up = outcomes.status.get(row) == "withdrawn"
            && ["withdrawn", "answered_no", "no_show"].contains(&outcomes.reason.get(row));
        let rank = placed.get(id).copied().unwrap_or(0);
        let kept = holds && (1..=outcomes.choice_rank[row]).contains(&rank);
        if !given_up && !kept {
            faults.push(format!("{id} has lost the seat at {programme}"));
        }
    }
    if met < given.len() {
        faults.push(format!("{} held seats have no row any more", given.len() - met));
    }
    (given.len(), faults)
}

/// Who got a seat where.
fn given(files: &RunFiles) -> impl Iterator<Item = (&str, &str)> {
    let placements = &files.placements;
    let rows = placements.applicant_id.iter().zip(placements.programme_id.iter());
    rows.filter(|(_, programme)| !programme.is_empty())
}
