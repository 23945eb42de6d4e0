//! Events of one date that cannot both be true, so that no order of rows decides between them.

use std::collections::BTreeMap;

use antagning_formats::{Code, Diagnostics, Event};

use crate::rounds::kind::Kind;
use crate::rounds::reader::{Deed, Happening, fault};
use crate::rounds::settings::Answer;

/// What an event settles for its date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Matter {
    /// What an applicant asks for as a whole.
    Everything(u32),
    /// What an applicant asks for at one programme.
    Choice(u32, u32),
    /// A grade, by the code of its subject.
    Grade(u32, String),
    Appeal(u32, u32),
    /// Where an official places an applicant.
    Placement(u32),
    Seats(u32, Option<usize>),
    SeatsTaken(u32, Option<usize>),
    Offer(u32),
}

/// Reports each event that settles what an earlier row of the same date has settled.
pub(super) fn report(happenings: &[Happening<'_>], report: &mut Diagnostics) {
    let of_one_date = |a: &Happening<'_>, b: &Happening<'_>| {
        (a.generation, &a.event.date) == (b.generation, &b.event.date)
    };
    for day in happenings.chunk_by(of_one_date) {
        let mut settled: BTreeMap<Matter, &Event> = BTreeMap::new();
        let mut rows: Vec<_> = day.iter().collect();
        rows.sort_by_key(|happening| happening.event.line);
        for happening in rows {
            let event = happening.event;
            let earlier = matters(happening).filter_map(|matter| settled.insert(matter, event));
            let earlier = earlier.min_by_key(|earlier| earlier.line);
            if let Some(earlier) = earlier.filter(|earlier| earlier.line != event.line) {
                let tells = match says_the_same(earlier, event) {
                    true => "tells the same",
                    false => "tells something else",
                };
                let message = format!("line {} {tells} of the same day", earlier.line);
                let fault = fault(Code::ContradictoryEvent, happening.event, message);
                report.push(fault);
            }
        }
    }
}

fn says_the_same(a: &Event, b: &Event) -> bool {
    (&a.kind, a.applicant, a.programme, &a.value) == (&b.kind, b.applicant, b.programme, &b.value)
}

/// What an event settles for its date.
fn matters(happening: &Happening<'_>) -> impl Iterator<Item = Matter> + use<> {
    let event = happening.event;
    let applicant = event.applicant.unwrap_or(u32::MAX);
    let programme = event.programme.unwrap_or(u32::MAX);
    let kind = happening.kind;
    let mut matters = match (kind, &happening.deed) {
        (Kind::Seats, Deed::Seats(_, group)) => vec![Matter::Seats(programme, *group)],
        (Kind::SeatFilled, Deed::Seats(_, group)) => vec![Matter::SeatsTaken(programme, *group)],
        (Kind::SeatFilled, _) => vec![Matter::Placement(applicant)],
        (Kind::OfferClosed, _) => vec![Matter::Offer(programme)],
        (Kind::NewGrade | Kind::GradeCorrected, _) => {
            let subject = event.value.split('=').next().unwrap_or_default().trim();
            vec![Matter::Grade(applicant, subject.to_ascii_uppercase())]
        }
        (Kind::AppealWon, _) => vec![Matter::Appeal(applicant, programme)],
        (Kind::Withdrawal, _) if event.programme.is_some() => {
            vec![Matter::Choice(applicant, programme)]
        }
        (Kind::LateApplication | Kind::ChangedChoices, Deed::List(list)) => {
            list.iter().map(|wish| Matter::Choice(applicant, wish.programme)).collect()
        }
        (Kind::Answer, Deed::Answer(Answer::Decline)) | (Kind::NoShow, _) => {
            vec![Matter::Placement(applicant)]
        }
        _ => Vec::new(),
    };
    if kind.is_about_everything(event.programme) {
        matters.push(Matter::Everything(applicant));
    }
    matters.into_iter()
}
