//! What can be asked of a session, a line each.

use crate::phone::refusal::Refusal;
use crate::rounds::MOST_SEATS;

/// A command as it was written; ids are not looked up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Next(String),
    Calls,
    Free,
    Accept(String, String),
    Decline(String, Option<String>),
    NoAnswer(String, String),
    Withdraw(String),
    NoShow(String),
    Seats(String, i64),
    Fill(String, u32),
    Who(String),
    Undo,
    Log,
    Help,
    Quit,
}

/// The commands as they are written, with what they do in Swedish and in English.
pub(super) const USAGE: [(&str, &str, &str); 16] = [
    (
        "next PROGRAMME[:GROUP]",
        "vem som ska ringas, och vad som följer",
        "who is to be called, and what follows",
    ),
    ("calls", "alla erbjudanden som gäller nu", "all offers that are open now"),
    ("free", "lediga platser", "vacant seats"),
    ("accept APPLICANT PROGRAMME", "ja till en erbjuden plats", "yes to a seat that is offered"),
    ("decline APPLICANT PROGRAMME", "nej till det valet", "no to that choice"),
    (
        "decline APPLICANT",
        "nej till platsen och till allt annat",
        "no to the seat held and to everything",
    ),
    (
        "no-answer APPLICANT PROGRAMME",
        "inget svar i dag; nästa tillfrågas",
        "no answer today; the next one is asked",
    ),
    ("withdraw APPLICANT", "återtar hela ansökan", "withdraws everything"),
    ("no-show APPLICANT", "har inte kommit till sin plats", "did not come to the seat held"),
    ("seats PROGRAMME[:GROUP] +1|-1", "fler eller färre platser", "more or fewer seats"),
    (
        "fill PROGRAMME[:GROUP] N",
        "platser som någon utanför har tagit",
        "seats taken by somebody outside",
    ),
    ("who APPLICANT", "vad någon har och väntar på", "what somebody holds and waits for"),
    ("undo", "tar tillbaka den senaste posten", "takes back the last record"),
    ("log", "alla poster", "all records"),
    ("help", "kommandona", "the commands"),
    ("quit", "slut", "the end"),
];

impl Command {
    /// Reads a line. Words are parted by space; an id with spaces stands in quotation marks.
    pub(super) fn parse(line: &str) -> Result<Self, Refusal> {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let own = |text: &str| text.to_owned();
        let Some((&name, rest)) = words.split_first() else { return Ok(Self::Help) };
        let usage = || Refusal::Usage(name.to_owned());
        Ok(match (name, rest) {
            ("next", [place]) => Self::Next(own(place)),
            ("calls", []) => Self::Calls,
            ("free", []) => Self::Free,
            ("accept", [applicant, programme]) => Self::Accept(own(applicant), own(programme)),
            ("decline", [applicant]) => Self::Decline(own(applicant), None),
            ("decline", [applicant, programme]) => {
                Self::Decline(own(applicant), Some(own(programme)))
            }
            ("no-answer", [applicant, programme]) => Self::NoAnswer(own(applicant), own(programme)),
            ("withdraw", [applicant]) => Self::Withdraw(own(applicant)),
            ("no-show", [applicant]) => Self::NoShow(own(applicant)),
            ("seats", [place, change]) => {
                let change = Some(*change).filter(|change| change.starts_with(['+', '-']));
                let change = change.and_then(|change| change.parse::<i64>().ok());
                let change = change.filter(|change| (1..=MOST_SEATS).contains(&change.abs()));
                Self::Seats(own(place), change.ok_or_else(usage)?)
            }
            ("fill", [place, count]) => {
                let count = count.parse::<u32>().ok();
                let count = count.filter(|count| (1..=MOST_SEATS).contains(&i64::from(*count)));
                Self::Fill(own(place), count.ok_or_else(usage)?)
            }
            ("who", [applicant]) => Self::Who(own(applicant)),
            ("undo", []) => Self::Undo,
            ("log", []) => Self::Log,
            ("help", []) => Self::Help,
            ("quit", []) => Self::Quit,
            _ if USAGE.iter().any(|(text, ..)| text.split(' ').next() == Some(name)) => {
                return Err(usage());
            }
            _ => return Err(Refusal::UnknownCommand(name.to_owned())),
        })
    }

    /// The first word.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Next(_) => "next",
            Self::Calls => "calls",
            Self::Free => "free",
            Self::Accept(..) => "accept",
            Self::Decline(..) => "decline",
            Self::NoAnswer(..) => "no-answer",
            Self::Withdraw(_) => "withdraw",
            Self::NoShow(_) => "no-show",
            Self::Seats(..) => "seats",
            Self::Fill(..) => "fill",
            Self::Who(_) => "who",
            Self::Undo => "undo",
            Self::Log => "log",
            Self::Help => "help",
            Self::Quit => "quit",
        }
    }
}

/// The words of a line; what stands in quotation marks is one.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::{Command, words};
    use crate::phone::refusal::Refusal;

    #[test]
    fn words_are_parted_by_space_and_kept_together_by_quotation_marks() {
        assert_eq!(words("  accept \"ann  b\" P "), ["accept", "ann  b", "P"]);
        assert_eq!(words("who \"\""), ["who", ""]);
        assert!(words(" \t ").is_empty());
    }

    #[test]
    fn numbers_must_be_numbers_and_changes_signed() {
        assert_eq!(Command::parse("seats P:x -2"), Ok(Command::Seats("P:x".to_owned(), -2)));
        for line in
            ["seats P 2", "seats P +0", "seats P +x", "fill P 0", "fill P -1", "next", "undo 3"]
        {
            assert!(matches!(Command::parse(line), Err(Refusal::Usage(_))), "{line}");
        }
        assert_eq!(Command::parse("dance"), Err(Refusal::UnknownCommand("dance".to_owned())));
    }
}
