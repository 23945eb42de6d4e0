//! From rows of `events.csv` to what happened, in the order in which it is applied.

use antagning_formats::{Code, Diagnostic, Diagnostics, Event, Season};
use antagning_rules::Score;

use crate::rounds::kind::{Kind, Named};
use crate::rounds::link::Link;
use crate::rounds::settings::Answer;

/// More seats than any programme in the country has.
pub(crate) const MOST_SEATS: i64 = 1_000_000;

/// Something that happened.
#[derive(Clone, Debug)]
pub(super) struct Happening<'e> {
    /// Which run of the chain was the first to know, from 0.
    pub(super) generation: usize,
    pub(super) kind: Kind,
    pub(super) deed: Deed,
    pub(super) event: &'e Event,
}

/// What an event says beside its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// The kind says it all.
    Plain,
    Answer(Answer),
    /// A whole list, most wanted first.
    List(Vec<Wish>),
    /// Seats added, or taken away; at a programme with quota groups the row of the group.
    Seats(i64, Option<usize>),
    /// The row of the quota group that a placement by hand names.
    Group(Option<usize>),
}

/// A choice that an event states; the score only in a market season, and only where it is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) programme: u32,
    pub(super) score: Option<u64>,
}

/// Reads every event that is sound by itself, in the order of generations, dates and kinds.
pub(super) fn read<'e>(
    season: &'e Season,
    link: &Link,
    date: Option<&str>,
    report: &mut Diagnostics,
) -> Vec<Happening<'e>> {
    let mut read = Vec::new();
    for event in &season.events {
        let generation = link.generation(event.line);
        if generation == link.current() {
            report_out_of_time(event, link, date, report);
        }
        let Some(kind) = Kind::parse(&event.kind) else {
            let fault = fault(Code::UnknownEvent, event, "there is no such event");
            report.push(fault.hint(format!("write one of {}", Kind::names())));
            continue;
        };
        let named = names_what_it_must(kind, event, season, report);
        let deed = Value { season, event }.deed(kind);
        match deed.map_err(|fault| report.push(*fault)) {
            Ok(deed) if named => read.push(Happening { generation, kind, deed, event }),
            _ => {}
        }
    }
    read.sort_by_key(|happening| {
        let Happening { generation, kind, event, .. } = happening;
        let Event { date, applicant, programme, line, .. } = event;
        (*generation, date.clone(), *kind, *applicant, *programme, *line)
    });
    read
}

/// A finding about an event, at its kind.
pub(super) fn fault(code: Code, event: &Event, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Event::FILE, message)
        .line(u64::from(event.line))
        .column("event")
        .value(&event.kind)
}

/// A finding about the value of an event.
pub(super) fn value_fault(code: Code, event: &Event, message: impl Into<String>) -> Diagnostic {
    fault(code, event, message).column("value").value(&event.value)
}

fn report_out_of_time(event: &Event, link: &Link, date: Option<&str>, report: &mut Diagnostics) {
    let too_early = link.predecessor_date.as_deref().filter(|before| event.date.as_str() < *before);
    let too_late = date.filter(|date| event.date.as_str() > *date);
    let message = match (too_early, too_late) {
        (Some(before), _) => {
            format!("the run before is of {before} and did not know the event")
        }
        (None, Some(date)) => format!("the event is dated after the run, which is of {date}"),
        (None, None) => return,
    };
    let fault = fault(Code::EventOutOfTime, event, message);
    report.push(fault.column("date").value(&event.date));
}

/// Whether the event names the applicant and the programme that its kind asks for, and no other.
fn names_what_it_must(
    kind: Kind,
    event: &Event,
    season: &Season,
    report: &mut Diagnostics,
) -> bool {
    let mut sound = true;
    let applicant = event.applicant.map(|number| season.applicant_ids.get(number as usize));
    let programme = event.programme.map(|number| season.programmes.ids.get(number as usize));
    for (column, asked, named) in [
        ("applicant_id", kind.applicant(), applicant),
        ("programme_id", kind.programme(), programme),
    ] {
        let (code, message) = match (asked, named.is_some()) {
            (Named::Always, false) => (Code::MissingValue, "the event needs it"),
            (Named::Never, true) => (Code::ContradictoryEvent, "the event is not about one"),
            _ => continue,
        };
        sound = false;
        let fault = fault(code, event, message).column(column);
        report.push(fault.value(named.unwrap_or_default()));
    }
    sound
}

/// The value of one event.
struct Value<'e> {
    season: &'e Season,
    event: &'e Event,
}

impl Value<'_> {
    fn deed(&self, kind: Kind) -> Result<Deed, Box<Diagnostic>> {
        let text = self.event.value.as_str();
        match kind {
            Kind::Answer => match Answer::parse(text) {
                Some(answer) => Ok(Deed::Answer(answer)),
                None => Err(self.faulty("write accept, accept_and_wait or decline")),
            },
            Kind::LateApplication | Kind::ChangedChoices => self.list(),
            Kind::Seats => {
                let (number, group) = text.split_once(':').unwrap_or((text, ""));
                let signed = number.starts_with(['+', '-']);
                match number.parse::<i64>() {
                    Ok(change) if signed && (1..=MOST_SEATS).contains(&change.abs()) => {
                        Ok(Deed::Seats(change, self.group(group, true)?))
                    }
                    _ => Err(self.faulty("write +2 or -1, and a quota group as +2:group")),
                }
            }
            Kind::SeatFilled if self.event.applicant.is_none() => {
                let (number, group) = text.split_once(':').unwrap_or((text, ""));
                match number.parse::<i64>() {
                    Ok(count @ 1..=MOST_SEATS) => Ok(Deed::Seats(-count, self.group(group, true)?)),
                    _ => Err(self.faulty("write how many seats are taken, from 1")),
                }
            }
            Kind::SeatFilled => Ok(Deed::Group(self.group(text, false)?)),
            // What a grade may be is for the rule set to tell.
            Kind::NewGrade | Kind::GradeCorrected => Ok(Deed::Plain),
            _ if text.is_empty() => Ok(Deed::Plain),
            _ => Err(self.faulty("leave the value empty")),
        }
    }

    fn faulty(&self, hint: &'static str) -> Box<Diagnostic> {
        let message = "the event has no such value";
        Box::new(value_fault(Code::FaultyEventValue, self.event, message).hint(hint))
    }

    /// The row of a quota group of the programme. Seats of a programme with several are those of
    /// one of them, which must then be named.
    fn group(&self, name: &str, must_tell: bool) -> Result<Option<usize>, Box<Diagnostic>> {
        let Some(programme) = self.event.programme else { return Ok(None) };
        let groups = &self.season.quota_groups;
        let mut rows = groups.of(programme as usize);
        let found = match (name, rows.len()) {
            ("", 0) => return Ok(None),
            ("", 1) => Some(rows.start),
            ("", _) if !must_tell => return Ok(None),
            _ => rows.find(|row| groups.name.get(*row) == name),
        };
        if found.is_some() {
            return Ok(found);
        }
        let message = match name {
            "" => "the programme has quota groups, and none is named",
            _ => "the programme has no such quota group",
        };
        let fault = value_fault(Code::UnknownGroup, self.event, message);
        Err(Box::new(fault.hint("name a group of quota_groups.csv after a colon: +1:group")))
    }

    fn list(&self) -> Result<Deed, Box<Diagnostic>> {
        let mut list: Vec<Wish> = Vec::new();
        for entry in self.event.value.split_whitespace() {
            let (id, score) = match entry.split_once('=') {
                Some((id, score)) => (id, Some(score)),
                None => (entry, None),
            };
            let fault = |code, message: String| {
                Box::new(value_fault(code, self.event, message).value(entry))
            };
            let Some(programme) = self.season.programmes.ids.find(id) else {
                return Err(fault(Code::UnknownProgramme, "no such programme".to_owned()));
            };
            if list.iter().any(|wish| wish.programme == programme) {
                return Err(fault(Code::DuplicateChoice, format!("{id} stands twice in the list")));
            }
            let score = match score.map(Score::parse) {
                None => None,
                Some(Some(score)) => Some(score.ten_thousandths()),
                Some(None) => return Err(fault(Code::NotANumber, "no such score".to_owned())),
            };
            if score.is_some() && self.season.choices.score.is_none() {
                let message = "only a market season has scores".to_owned();
                return Err(fault(Code::FaultyEventValue, message));
            }
            list.push(Wish { programme, score });
        }
        let most = self.season.settings.most_choices.map_or(usize::MAX, |(most, _)| most as usize);
        if list.len() > most {
            let message = format!("a list of {} choices; {most} are allowed", list.len());
            return Err(Box::new(value_fault(Code::TooManyChoices, self.event, message)));
        }
        if list.is_empty() {
            return Err(self.faulty("write programme ids parted by space, most wanted first"));
        }
        Ok(Deed::List(list))
    }
}
