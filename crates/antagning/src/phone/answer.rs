//! What a session answers.

use serde::Serialize;

use crate::phone::record::Record;

/// The answer to one command: fields for programs, and the same in words.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The command's first word.
    pub command: String,
    /// Whether it was done.
    pub ok: bool,
    /// Why not, if not; nothing was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
    /// What was written to the journal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    /// `next`: whether a seat is `vacant`, or the answer is about `one_more`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<&'static str>,
    /// `calls`: every chain that is open; `next`: the one that begins at that seat, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calls: Option<Vec<Call>>,
    /// `free`: where seats are vacant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free: Option<Vec<FreeSeats>>,
    /// `who`: one applicant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<Person>,
    /// `log`: all records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<Vec<LoggedRecord>>,
    /// `help`: the commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commands: Option<Vec<&'static str>>,
    /// What follows now: the call to make; `None` when there is nobody to call.
    pub follows: Option<Call>,
    /// Whether the session is over.
    #[serde(skip)]
    pub is_last: bool,
    #[serde(skip)]
    pub(super) text: String,
}

impl Answer {
    /// The answer in words, in the language of the session.
    #[must_use]
    pub fn to_text(&self) -> &str {
        &self.text
    }
}

/// Why a command was not done.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// The reason as a word.
    pub reason: &'static str,
    /// The applicants who go before, where somebody does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<String>,
    /// The reason as a sentence.
    pub text: String,
}

/// An applicant to call, and what follows if they say yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Whom to call now.
    pub applicant_id: String,
    /// About which programme.
    pub programme_id: String,
    /// Of which quota group; empty without groups.
    pub quota_group: String,
    /// `vacancy`: the seat is vacant, and the moves are offered one after the other. `trade`:
    /// each takes the seat that the next one leaves, and all must agree.
    pub begins_with: &'static str,
    /// All moves of the chain.
    pub chain: Vec<Step>,
    /// The programme where a seat is vacant in the end; `None` when the last one held no seat, and
    /// in a trade.
    pub ends_vacant_at: Option<String>,
}

/// A move of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Who.
    pub applicant_id: String,
    /// Where to.
    pub programme_id: String,
    /// Which quota group there; empty without groups.
    pub quota_group: String,
    /// The rank that they gave it.
    pub choice_rank: u32,
    /// The seat that they leave; `None` when they hold none.
    pub leaves_programme_id: Option<String>,
    /// The rank that they gave what they leave.
    pub leaves_choice_rank: Option<u32>,
    /// Whether they have agreed, in a trade.
    pub agreed: bool,
}

/// Vacant seats of a programme or quota group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FreeSeats {
    /// The programme.
    pub programme_id: String,
    /// The quota group; empty without groups.
    pub quota_group: String,
    /// Its seats; those that passed on and are held in a later group are counted there.
    pub seats: u32,
    /// How many of them are held.
    pub held: u32,
    /// How many are not.
    pub vacant: u32,
}

/// What an applicant holds and waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Who.
    pub applicant_id: String,
    /// The seat held.
    pub holds: Option<HeldChoice>,
    /// What they wait for, most wanted first.
    pub waits_for: Vec<WaitingChoice>,
}

/// A seat that somebody holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldChoice {
    /// The programme.
    pub programme_id: String,
    /// The quota group; empty without groups.
    pub quota_group: String,
    /// The rank that they gave it.
    pub choice_rank: u32,
}

/// A programme that somebody waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingChoice {
    /// The programme.
    pub programme_id: String,
    /// The rank that they gave it.
    pub choice_rank: u32,
    /// `offered` now, `follows` when others have moved, `agreed` to a trade, `no_answer` today, or
    /// `waits`.
    pub state: &'static str,
}

/// A record, and whether it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoggedRecord {
    /// The record.
    #[serde(flatten)]
    pub record: Record,
    /// Whether it was taken back.
    pub undone: bool,
}
