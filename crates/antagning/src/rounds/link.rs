//! The run that a season continues, and who holds which seat since then.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use antagning_formats::{
    Code, Diagnostic, Diagnostics, Event, Ids, OutcomeTable, Predecessor, Season, is_date,
};
use antagning_verify::digest::sha256_hex;

use crate::error::Error;
use crate::plan::Plan;
use crate::run::Run;

/// Where in a chain of rounds a season is opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Continuation<'a> {
    /// The run that the season continues; `None` for the first of a chain.
    pub after: Option<&'a Run>,
    /// The date of the run, `YYYY-MM-DD`; that of the last event when `None`.
    pub date: Option<&'a str>,
}

/// The place of a season in its chain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Link {
    pub(crate) predecessor: Option<Predecessor>,
    /// The date of the run before.
    pub(super) predecessor_date: Option<String>,
    /// The last line of `events.csv` that each run before knew.
    pub(super) known: Vec<u32>,
    /// Whether seats are held since the run before.
    pub(super) binds: bool,
    /// The seat of each applicant, when the run before binds.
    pub(super) held: Vec<Option<HeldSeat>>,
    /// Applicants who gave everything up, as the run before found.
    pub(super) declined: BTreeSet<u32>,
}

/// A seat that an applicant holds since the run before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeldSeat {
    pub(super) programme: u32,
    /// The quota group as the run before names it; empty at a plain programme.
    pub(super) group: String,
}

impl Link {
    /// Examines the run that a season continues.
    ///
    /// # Errors
    /// [`Error::Chain`] when the run cannot be continued by this season.
    pub(crate) fn new(
        continuation: Continuation<'_>,
        season: &Season,
        folder: &Path,
        plan: &Plan,
        report: &mut Diagnostics,
    ) -> Result<Self, Error> {
        if let Some(date) = continuation.date.filter(|date| !is_date(date)) {
            return Err(Error::NotADate(date.to_owned()));
        }
        let Some(run) = continuation.after else {
            if plan.round == Plan::RESERVE {
                report_no_predecessor(season, report);
            }
            return Ok(Self::default());
        };
        let refused = |reason: String| Error::Chain { run: run.folder().to_owned(), reason };
        let manifest = run.manifest();
        let proof = run.verify();
        if !proof.holds() {
            let first = proof.violations().first().map_or("", String::as_str);
            return Err(refused(format!("it does not hold: {first}")));
        }
        if let Some(reason) = out_of_order(&manifest.round, plan.round) {
            return Err(refused(reason));
        }
        let before = manifest.date.as_deref();
        if let Some((date, before)) = continuation.date.zip(before).filter(|(d, b)| d < b) {
            return Err(refused(format!("it is of {before}, later than {date}")));
        }
        check_events(run, folder).map_err(refused)?;
        let mut link = Self {
            predecessor: Some(Predecessor {
                manifest_sha256: manifest.manifest_sha256.clone(),
                round: manifest.round.clone(),
                sequence: manifest.sequence,
            }),
            predecessor_date: manifest.date.clone(),
            known: manifest.event_lines.clone(),
            binds: manifest.round != Plan::PRELIMINARY,
            ..Self::default()
        };
        if link.known.is_empty() {
            // An older run, which read no events.
            link.known.push(0);
        }
        if link.binds {
            link.read_seats(run, season, report)?;
        }
        Ok(link)
    }

    /// The place in the chain, from 1.
    pub(crate) fn sequence(&self) -> u32 {
        self.predecessor.as_ref().map_or(1, |before| before.sequence + 1)
    }

    /// The last line that each run of the chain knew, this one's last.
    pub(crate) fn event_lines(&self, season: &Season) -> Vec<u32> {
        let before = self.known.last().copied().unwrap_or(0);
        let last = season.events.iter().map(|event| event.line).max().unwrap_or(0);
        self.known.iter().copied().chain([last.max(before)]).collect()
    }

    /// Which run of the chain was the first to know a line, from 0.
    pub(super) fn generation(&self, line: u32) -> usize {
        self.known.iter().take_while(|known| **known < line).count()
    }

    /// The generation of what no run before knew.
    pub(super) fn current(&self) -> usize {
        self.known.len()
    }

    pub(super) fn held(&self, applicant: u32) -> Option<&HeldSeat> {
        self.held.get(applicant as usize)?.as_ref()
    }

    /// Who holds which seat, and who has given everything up, by the tables of the run before.
    fn read_seats(
        &mut self,
        run: &Run,
        season: &Season,
        report: &mut Diagnostics,
    ) -> Result<(), Error> {
        let files = run.files()?;
        let placements = &files.placements;
        self.held = vec![None; season.applicant_ids.len()];
        for (row, id) in placements.applicant_id.iter().enumerate() {
            let programme_id = placements.programme_id.get(row);
            if programme_id.is_empty() {
                continue;
            }
            let applicant = season.applicant_ids.find(id);
            let programme = season.programmes.ids.find(programme_id);
            let (file, column, missing) = match (applicant, programme) {
                (Some(applicant), Some(programme)) => {
                    let group = placements.quota_group.get(row).to_owned();
                    self.held[applicant as usize] = Some(HeldSeat { programme, group });
                    continue;
                }
                (None, _) => ("applicants.csv", "applicant_id", id),
                (_, None) => ("programmes.csv", "programme_id", programme_id),
            };
            if !report.has_error_in(file) {
                let message = format!("{id} holds a seat at {programme_id}; the season lacks it");
                let fault = Diagnostic::new(Code::HeldSeatMissing, file, message);
                report.push(fault.column(column).value(missing));
            }
        }
        self.declined = declined(&files.outcomes, &season.applicant_ids);
        Ok(())
    }
}

/// The applicants who have declined and asked for nothing else since then. Their rows stand
/// together.
fn declined(outcomes: &OutcomeTable, applicants: &Ids) -> BTreeSet<u32> {
    let rows: Vec<usize> = (0..outcomes.len()).collect();
    let id = |row: &usize| outcomes.applicant_id.get(*row);
    let declined = |list: &&[usize]| {
        list.iter().all(|row| outcomes.status.get(*row) == "withdrawn")
            && list.iter().any(|row| outcomes.reason.get(*row) == "answered_no")
    };
    let lists = rows.chunk_by(|a, b| id(a) == id(b)).filter(declined);
    lists.filter_map(|list| applicants.find(id(&list[0]))).collect()
}

fn report_no_predecessor(season: &Season, report: &mut Diagnostics) {
    let Some(round) = &season.settings.round else { return };
    let message = "a reserve round begins with the seats that applicants hold";
    let fault = Diagnostic::new(Code::RoundWithoutPredecessor, "rules.toml", message);
    report.push(fault.line(round.line).column("round").value(&round.text));
}

/// Why a round cannot follow another, if so.
fn out_of_order(before: &str, round: &str) -> Option<String> {
    let follows = match before {
        Plan::PRELIMINARY => round == Plan::FINAL,
        _ => round == Plan::RESERVE,
    };
    let reason =
        || format!("a {round} round does not follow a {before} one: set round in rules.toml");
    (!follows).then(reason)
}

/// What happened is only ever added to: the file must begin with what the run before read.
fn check_events(run: &Run, folder: &Path) -> Result<(), String> {
    let Some(known) = run.manifest().inputs.iter().find(|file| file.name == Event::FILE) else {
        return Ok(());
    };
    let bytes = fs::read(folder.join(Event::FILE))
        .map_err(|error| format!("it read {}, which cannot be read now: {error}", Event::FILE))?;
    let length = usize::try_from(known.bytes).unwrap_or(usize::MAX);
    let whole = |rest: &[u8], prefix: &[u8]| {
        // UTF-16 has a zero byte beside the line break.
        let ends = prefix.iter().rev().take(2).any(|byte| matches!(byte, b'\n' | b'\r'));
        rest.is_empty() || ends || rest.iter().take(2).any(|byte| matches!(byte, b'\n' | b'\r'))
    };
    match bytes.split_at_checked(length) {
        Some((prefix, rest)) if sha256_hex(prefix) == known.sha256 && whole(rest, prefix) => Ok(()),
        _ => Err(format!(
            "{} no longer begins with what it read; events are only ever added at the end",
            Event::FILE
        )),
    }
}
