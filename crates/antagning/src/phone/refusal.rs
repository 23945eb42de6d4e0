//! Why a session does not do what it was told.

use crate::language::Language;
use crate::phone::command::USAGE;

/// Why a command was refused; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    UnknownCommand(String),
    Usage(String),
    UnknownApplicant(String),
    UnknownProgramme(String),
    UnknownGroup(String),
    GroupNeeded(Vec<String>),
    NotChosen,
    /// Declined, withdrawn, or wanted less than the seat held.
    NotWaiting,
    HoldsIt,
    NothingHeld,
    NothingLeft,
    /// No seat is vacant for the applicant, and these would have to move first.
    NoSeat(Vec<String>),
    /// These are asked first.
    OthersFirst(Vec<String>),
    /// Something that they want more is theirs to take.
    BetterOffer(String),
    /// They were asked today, and the next one's turn came.
    NoAnswerToday,
    AgreedAlready,
    /// So many seats are held, of so many.
    SeatsHeld(u32, u32),
    TooManySeats,
    NothingToUndo,
    /// The journal could not be written.
    NotWritten(String),
}

impl Refusal {
    /// The code in JSON.
    pub(super) fn reason(&self) -> &'static str {
        match self {
            Self::UnknownCommand(_) => "unknown_command",
            Self::Usage(_) => "usage",
            Self::UnknownApplicant(_) => "unknown_applicant",
            Self::UnknownProgramme(_) => "unknown_programme",
            Self::UnknownGroup(_) => "unknown_group",
            Self::GroupNeeded(_) => "group_needed",
            Self::NotChosen => "not_chosen",
            Self::NotWaiting => "not_waiting",
            Self::HoldsIt => "holds_it",
            Self::NothingHeld => "nothing_held",
            Self::NothingLeft => "nothing_left",
            Self::NoSeat(_) => "no_seat",
            Self::OthersFirst(_) => "others_first",
            Self::BetterOffer(_) => "better_offer",
            Self::NoAnswerToday => "no_answer_today",
            Self::AgreedAlready => "agreed_already",
            Self::SeatsHeld(..) => "seats_held",
            Self::TooManySeats => "too_many_seats",
            Self::NothingToUndo => "nothing_to_undo",
            Self::NotWritten(_) => "not_written",
        }
    }

    /// Who goes before, where somebody does.
    pub(super) fn before(&self) -> &[String] {
        match self {
            Self::NoSeat(before) | Self::OthersFirst(before) => before,
            _ => &[],
        }
    }

    /// The reason in words.
    pub(super) fn text(&self, language: Language) -> String {
        let say = |sv: &str, en: &str| language.pick(sv, en).to_owned();
        let name = |sv: &str, en: &str, name: &str| format!("{} {name}", language.pick(sv, en));
        match self {
            Self::UnknownCommand(word) => {
                let rest = language.pick("skriv help", "write help");
                format!("{}; {rest}", name("det finns inget kommando", "there is no command", word))
            }
            Self::Usage(word) => {
                let usage = USAGE.iter().map(|(text, ..)| *text);
                let usage: Vec<_> =
                    usage.filter(|text| text.split(' ').next() == Some(word)).collect();
                let or = language.pick(" eller ", " or ");
                name("skriv", "write", &usage.join(or))
            }
            Self::UnknownApplicant(id) => {
                name("omgången har ingen sökande", "the run has no applicant", id)
            }
            Self::UnknownProgramme(id) => {
                name("omgången har ingen utbildning", "the run has no programme", id)
            }
            Self::UnknownGroup(id) => {
                name("utbildningen har ingen kvotgrupp", "the programme has no quota group", id)
            }
            Self::GroupNeeded(groups) => {
                let groups = groups.join(", ");
                name(
                    "säg vilken kvotgrupp efter ett kolon:",
                    "name a quota group after a colon:",
                    &groups,
                )
            }
            Self::NotChosen => {
                say("den sökande har inte valt utbildningen", "the applicant has not chosen it")
            }
            Self::NotWaiting => {
                say("den sökande väntar inte på utbildningen", "the applicant does not wait for it")
            }
            Self::HoldsIt => {
                say("den sökande har platsen redan", "the applicant holds that seat already")
            }
            Self::NothingHeld => say("den sökande har ingen plats", "the applicant holds no seat"),
            Self::NothingLeft => say(
                "den sökande har ingen plats och väntar inte på någon",
                "the applicant holds no seat and waits for none",
            ),
            Self::NoSeat(before) if before.is_empty() => {
                say("ingen plats är ledig för den sökande", "no seat is vacant for the applicant")
            }
            Self::NoSeat(before) => name(
                "ingen plats är ledig ännu; först måste svar komma från",
                "no seat is vacant yet; first must answer",
                &before.join(", "),
            ),
            Self::OthersFirst(before) => {
                name("före på listan:", "first on the list:", &before.join(", "))
            }
            Self::BetterOffer(id) => name(
                "den sökande erbjuds något som de hellre vill ha:",
                "the applicant is offered what they want more:",
                id,
            ),
            Self::NoAnswerToday => say(
                "den sökande har inte svarat i dag och nästa har fått frågan; ta tillbaka med undo",
                "there was no answer today and it is the next one's turn; undo takes that back",
            ),
            Self::AgreedAlready => say(
                "den sökande har redan gått med på bytet",
                "the applicant has agreed to the trade already",
            ),
            Self::SeatsHeld(held, seats) => match language {
                Language::Sv => format!("{held} av {seats} platser är upptagna"),
                Language::En => format!("{held} of {seats} seats are held"),
            },
            Self::TooManySeats => {
                say("så många platser har ingen utbildning", "no programme has so many seats")
            }
            Self::NothingToUndo => {
                say("det finns inget att ta tillbaka", "there is nothing to undo")
            }
            Self::NotWritten(error) => {
                name("journalen kunde inte skrivas:", "the journal could not be written:", error)
            }
        }
    }
}
