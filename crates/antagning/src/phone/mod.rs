//! The session of an official with a phone: who is next for a seat, what follows, and what was
//! answered, kept in a journal that survives everything but the disk.

mod answer;
mod command;
mod deeds;
mod events;
mod journal;
mod plan;
mod record;
mod refusal;
mod state;
mod telling;
mod words;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use antagning_formats::is_date;

use crate::error::Error;
use crate::language::Language;
use crate::plan::Plan as SeasonPlan;
use crate::proof::Holdings;
use crate::rounds::{refuse_continued, today};
use crate::run::Run;

pub use answer::{
    Answer, Call, FreeSeats, HeldChoice, LoggedRecord, Person, Refused, Step, WaitingChoice,
};
pub use record::{Deed, Record, SeatTaken};

use journal::{Found, Journal};
use plan::Plan;
use state::State;

/// How a session is opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct PhoneSettings<'a> {
    /// The journal; `None` for the one beside the run folder.
    pub journal: Option<&'a Path>,
    /// The day of the session, `YYYY-MM-DD`; today, by the clock, when `None`.
    pub date: Option<&'a str>,
    /// Who sits with the phone; may be empty.
    pub by: &'a str,
    /// The language of the answers.
    pub language: Language,
}

/// A session by phone on a finished run: everybody keeps the seat that they hold, and each answer
/// tells whom the stable matching in which holders go first would move next.
///
/// Every record is on the disk before its command is answered, and opening the journal again gives
/// the same state.
///
/// ```no_run
/// use antagning::{PhoneSession, PhoneSettings, Run};
///
/// let run = Run::open("out/reserve-1")?;
/// let mut session = PhoneSession::open(&run, PhoneSettings::default())?;
/// print!("{}", session.answer("next NA-LUND").to_text());
/// print!("{}", session.answer("accept S01234 NA-LUND").to_text());
/// # Ok::<(), antagning::Error>(())
/// ```
#[derive(Debug)]
pub struct PhoneSession {
    holdings: Holdings,
    journal: Journal,
    records: Vec<Record>,
    state: State,
    plan: Plan,
    date: String,
    by: String,
    language: Language,
    torn: usize,
}

impl PhoneSession {
    /// Proves the run, opens its journal and locks it, and replays what stands there.
    ///
    /// # Errors
    /// [`Error::Violated`] when the run does not hold; [`Error::Chain`] when it is preliminary,
    /// later than the session, or continued already by a run beside it,
    /// or when `by` has control characters; [`Error::NeedsStrictOrder`] when it treats equals alike;
    /// [`Error::Journal`] and [`Error::JournalInUse`] about the journal; [`Error::NotADate`];
    /// [`Error::Output`] when the file system refuses.
    pub fn open(run: &Run, settings: PhoneSettings<'_>) -> Result<Self, Error> {
        let date = settings.date.map_or_else(today, str::to_owned);
        if !is_date(&date) {
            return Err(Error::NotADate(date));
        }
        let refused = |reason: String| Error::Chain { run: run.folder().to_owned(), reason };
        let by = settings.by.trim();
        if by.contains(char::is_control) {
            return Err(refused("a name has no line breaks or control characters".to_owned()));
        }
        let holdings = holdings(run)?;
        refuse_continued(run)?;
        if let Some(of_run) = run.manifest().date.as_ref().filter(|of_run| **of_run > date) {
            return Err(refused(format!("it is of {of_run}, later than {date}")));
        }
        let path = journal_path(run, settings.journal)?;
        let Found { journal, records, torn } =
            Journal::open(&path, &run.manifest().manifest_sha256)?;
        if let Some(last) = records.last().filter(|last| last.date > date) {
            return Err(refused(format!(
                "its journal goes on to {}, later than {date}",
                last.date
            )));
        }
        let state = replayed(&holdings, &records, &date, &path)?;
        let plan = Plan::new(&holdings, &state);
        let (by, language) = (by.to_owned(), settings.language);
        Ok(Self { holdings, journal, records, state, plan, date, by, language, torn })
    }

    /// The rows of `events.csv` that say what the journal of a run says, header included, so that
    /// the run after it places everybody of whom the journal tells as the session ended. Of others
    /// the setting `no_answer` decides. The journal is left as it is; where
    /// there is none, there are no rows.
    ///
    /// # Errors
    /// As [`PhoneSession::open`].
    pub fn events(run: &Run, journal: Option<&Path>) -> Result<String, Error> {
        let holdings = holdings(run)?;
        let path = journal_path(run, journal)?;
        let records = Journal::read(&path, &run.manifest().manifest_sha256)?;
        let state = replayed(&holdings, &records, "", &path)?;
        Ok(events::csv(&holdings, &state, &records))
    }

    /// Does what one line asks for. What cannot be done is refused with its reason, and the
    /// session goes on. O(wishes of those who wait · log wishes) where something is recorded.
    pub fn answer(&mut self, line: &str) -> Answer {
        self.answer_to(line)
    }

    /// Who holds which seat: applicant, programme and quota group, in the order of applicants.
    pub fn placements(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let held = (0..).zip(&self.state.held);
        held.filter_map(|(applicant, held)| {
            let (_, seat) = (*held)?;
            let programme = &self.holdings.programmes[seat.programme as usize].id;
            let id = self.holdings.applicant_ids.get(applicant);
            Some((id, programme.as_str(), self.holdings.group_name(seat)))
        })
    }

    /// The journal.
    #[must_use]
    pub fn journal(&self) -> &Path {
        self.journal.path()
    }

    /// How many bytes of an unfinished last line were cut off the journal when it was opened. No
    /// answered record is among them.
    #[must_use]
    pub fn torn(&self) -> usize {
        self.torn
    }

    /// How many records the journal has.
    #[must_use]
    pub fn records(&self) -> usize {
        self.records.len()
    }
}

/// What a run leaves, if it binds and holds.
fn holdings(run: &Run) -> Result<Holdings, Error> {
    let manifest = run.manifest();
    let refused =
        |reason: &str| Error::Chain { run: run.folder().to_owned(), reason: reason.to_owned() };
    let proof = run.verify();
    if !proof.holds() {
        return Err(Error::Violated(Box::new(proof)));
    }
    if manifest.round == SeasonPlan::PRELIMINARY {
        return Err(refused(
            "a preliminary round binds nothing, so there is nothing to phone about",
        ));
    }
    if manifest.at_cutoff != "break" {
        return Err(Error::NeedsStrictOrder);
    }
    let files = run.files()?;
    Holdings::read(manifest, &files).ok_or_else(|| refused("its tables do not fit together"))
}

fn replayed(
    holdings: &Holdings,
    records: &[Record],
    today: &str,
    path: &Path,
) -> Result<State, Error> {
    // The heading stands before the first record.
    State::after(holdings, records, today).map_err(|seq| Error::Journal {
        path: path.to_owned(),
        line: seq + 1,
        reason: "it does not go with the run and the records before".to_owned(),
    })
}

/// Where the journal lies: beside the run folder, never inside it.
fn journal_path(run: &Run, named: Option<&Path>) -> Result<PathBuf, Error> {
    let failed = |path: &Path, source| Error::Output { path: path.to_owned(), source };
    let folder = run.folder().canonicalize().map_err(|error| failed(run.folder(), error))?;
    let Some(named) = named else {
        let mut name = folder.file_name().map_or_else(OsString::new, OsString::from);
        name.push(".journal");
        return Ok(folder.with_file_name(name));
    };
    let parent = named.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let parent = parent.canonicalize().map_err(|error| failed(named, error))?;
    if parent.starts_with(&folder) {
        let reason = "a journal lies beside a run folder, which nothing touches".to_owned();
        return Err(Error::Chain { run: run.folder().to_owned(), reason });
    }
    Ok(named.to_owned())
}
