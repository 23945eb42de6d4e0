//! What happened, applied event by event to those whom it concerns.

use std::collections::{BTreeMap, BTreeSet};

use antagning_formats::{Code, Diagnostics, Season};

use crate::rounds::kind::Kind;
use crate::rounds::link::{HeldSeat, Link};
use crate::rounds::person::{Choice, Gone, Person};
use crate::rounds::reader::{Deed, Happening, MOST_SEATS, Wish, fault, value_fault};
use crate::rounds::settings::{Answer, RoundSettings};

/// What came of all events.
#[derive(Debug, Default)]
pub(super) struct Replayed {
    /// The applicants of whom something is told, by number.
    pub(super) people: BTreeMap<u32, Person>,
    /// The offers that are closed.
    pub(super) closed: BTreeSet<u32>,
    /// Seats added (or taken away, where negative) by programme and row of the quota group.
    pub(super) seats: BTreeMap<(u32, Option<usize>), i64>,
}

/// Applies events one by one; what cannot be is reported for those that no run before knew.
pub(super) struct Replay<'a> {
    season: &'a Season,
    link: &'a Link,
    settings: &'a RoundSettings,
    graded: bool,
    report: &'a mut Diagnostics,
    replayed: Replayed,
}

impl<'a> Replay<'a> {
    pub(super) fn new(
        season: &'a Season,
        link: &'a Link,
        settings: &'a RoundSettings,
        graded: bool,
        report: &'a mut Diagnostics,
    ) -> Self {
        Self { season, link, settings, graded, report, replayed: Replayed::default() }
    }

    /// Applies the events in their order.
    pub(super) fn run(mut self, happenings: &[Happening<'_>]) -> Replayed {
        let new = happenings.partition_point(|h| h.generation < self.link.current());
        happenings[..new].iter().for_each(|happening| self.apply(happening));
        self.forget_placements();
        // Who did not answer in time may have lost the seat without an event of their own.
        for applicant in &self.link.declined {
            self.person(*applicant).gone.get_or_insert(Gone::Declined);
        }
        happenings[new..].iter().for_each(|happening| self.apply(happening));
        self.replayed
    }

    /// A placement by hand that an earlier round took has become a held seat, or was left for
    /// something better.
    fn forget_placements(&mut self) {
        if !self.link.binds {
            return;
        }
        for (applicant, person) in &mut self.replayed.people {
            let held = self.link.held(*applicant).map(|seat| seat.programme);
            let others = person.list.iter_mut().filter(|choice| Some(choice.programme) != held);
            others.for_each(|choice| choice.by_hand = None);
        }
    }

    fn person(&mut self, applicant: u32) -> &mut Person {
        let choices = &self.season.choices;
        let people = &mut self.replayed.people;
        people.entry(applicant).or_insert_with(|| Person::new(choices, applicant))
    }

    fn apply(&mut self, happening: &Happening<'_>) {
        let programme = happening.event.programme.unwrap_or(0);
        match (happening.kind, &happening.deed) {
            (Kind::Seats | Kind::SeatFilled, Deed::Seats(change, group)) => {
                self.change_seats(happening, programme, *group, *change);
            }
            (Kind::OfferClosed, _) => {
                self.replayed.closed.insert(programme);
            }
            _ => {
                let Some(applicant) = happening.event.applicant else { return };
                let is_new = happening.generation == self.link.current();
                if is_new && self.scores_again(happening, applicant) {
                    return;
                }
                let applied = self.tell_of(happening, applicant);
                if let (Err((code, message)), true) = (applied, is_new) {
                    let id = self.season.applicant_ids.get(applicant as usize);
                    let message = format!("{message} (applicant {id})");
                    let fault = match code {
                        Code::MissingScore => value_fault(code, happening.event, message),
                        _ => fault(code, happening.event, message),
                    };
                    self.report.push(fault);
                }
            }
        }
    }

    /// Reports a list that gives a choice that is there already another score.
    fn scores_again(&mut self, happening: &Happening<'_>, applicant: u32) -> bool {
        let Deed::List(wishes) = &happening.deed else { return false };
        let person = self.person(applicant);
        let again = wishes.iter().find(|wish| {
            let known = person.list.iter().find(|choice| choice.programme == wish.programme);
            known.zip(wish.score).is_some_and(|(known, score)| known.score != score)
        });
        let Some(again) = again else { return false };
        let ids = &self.season.programmes.ids;
        let mut entries = happening.event.value.split_whitespace();
        let is_it = |entry: &&str| {
            let id = entry.split_once('=').map(|(id, _)| id);
            id.and_then(|id| ids.find(id)) == Some(again.programme)
        };
        let message = format!(
            "the choice is there already with another score (applicant {})",
            self.season.applicant_ids.get(applicant as usize)
        );
        let fault = value_fault(Code::FaultyEventValue, happening.event, message)
            .value(entries.find(is_it).unwrap_or(&happening.event.value))
            .hint("leave the score out; only a new choice has one");
        self.report.push(fault);
        true
    }

    fn change_seats(
        &mut self,
        happening: &Happening<'_>,
        programme: u32,
        group: Option<usize>,
        change: i64,
    ) {
        let sum = self.replayed.seats.entry((programme, group)).or_insert(0);
        *sum += change;
        let of_file = match group {
            Some(row) => self.season.quota_groups.seats[row],
            None => self.season.programmes.capacity[programme as usize],
        };
        let seats = i64::from(of_file) + *sum;
        let message = match seats {
            ..0 => format!("{} seats were taken away of {}", -change, seats - change),
            0..=MOST_SEATS => return,
            _ => "more seats than any programme has".to_owned(),
        };
        if happening.generation == self.link.current() {
            self.report.push(value_fault(Code::SeatsBelowZero, happening.event, message));
        }
    }

    /// Applies an event about one applicant, or says why it cannot be.
    fn tell_of(&mut self, happening: &Happening<'_>, applicant: u32) -> Result<(), Fault> {
        let is_new = happening.generation == self.link.current();
        // Of what runs before knew, only what came of it counts: whoever held a seat then could
        // say something about it, and whoever did not could not.
        let seat = self.link.held(applicant).filter(|_| is_new);
        let seat = if is_new { Seat::Known(seat) } else { Seat::Past };
        let season = self.season;
        let (graded, settings) = (self.graded, self.settings);
        let person = self.person(applicant);
        let programme = happening.event.programme;
        match (happening.kind, &happening.deed) {
            (Kind::Answer, Deed::Answer(answer)) => {
                seat.may_be_answered(person, programme)?;
                seat.note("answer", person);
                person.answer = Some(*answer);
                person.gone = (*answer == Answer::Decline).then_some(Gone::Declined);
            }
            (Kind::NoShow, _) => {
                seat.may_be_answered(person, programme)?;
                seat.note("no_show", person);
                person.gone = Some(Gone::NoShow);
            }
            (Kind::Withdrawal, _) => {
                let choices = person.list.iter_mut();
                let mut concerned = choices
                    .filter(|choice| programme.is_none_or(|p| choice.programme == p))
                    .peekable();
                if concerned.peek().is_none() {
                    return Err(not_chosen(programme));
                }
                for choice in concerned {
                    choice.withdrawn = true;
                    choice.kinds.push("withdrawal");
                }
            }
            (Kind::AppealWon, _) => {
                let choice = programme.and_then(|p| person.choice(p));
                let choice = choice.ok_or(not_chosen(programme))?;
                choice.appeal_won = true;
                choice.kinds.push("appeal_won");
            }
            (Kind::NewGrade | Kind::GradeCorrected, _) => {
                if person.list.is_empty() {
                    return Err(not_chosen(None));
                }
                let corrected = happening.kind == Kind::GradeCorrected;
                person.corrected |= corrected;
                let name = if corrected { "grade_corrected" } else { "new_grade" };
                person.list.iter_mut().for_each(|choice| choice.kinds.push(name));
            }
            (Kind::SeatFilled, Deed::Group(group)) => {
                let first = programme.map(|p| season.quota_groups.of(p as usize).start);
                let group = group.zip(first).map(|(row, first)| (row - first) as u16);
                place(person, &seat, programme, group)?;
            }
            (Kind::LateApplication, Deed::List(list)) => {
                if is_new && !person.list.is_empty() {
                    let message = "the applicant has choices already; write changed_choices";
                    return Err((Code::OrphanedEvent, message));
                }
                let late = settings.is_late(&happening.event.date);
                take(person, &seat, list, late, graded, "late_application")?;
            }
            (Kind::ChangedChoices, Deed::List(list)) => {
                if is_new && person.list.is_empty() {
                    let message = "the applicant has no choices yet; write late_application";
                    return Err((Code::OrphanedEvent, message));
                }
                let late = settings.is_late(&happening.event.date);
                take(person, &seat, list, late, graded, "changed_choices")?;
            }
            // The reader has given each kind its value.
            _ => {}
        }
        Ok(())
    }
}

/// Why an event cannot be.
type Fault = (Code, &'static str);

/// The seat that an event may be about.
enum Seat<'a> {
    /// What the run before gave, to an event that it did not know.
    Known(Option<&'a HeldSeat>),
    /// Something of a run further back.
    Past,
}

impl Seat<'_> {
    /// Whether there is a seat to answer about, and the one that the event names.
    fn may_be_answered(&self, person: &Person, programme: Option<u32>) -> Result<(), Fault> {
        let Self::Known(seat) = self else { return Ok(()) };
        match seat {
            None => Err((Code::OrphanedEvent, "the applicant holds no seat since the run before")),
            Some(seat) if programme.is_some_and(|named| named != seat.programme) => {
                Err((Code::OrphanedEvent, "the applicant holds another seat than the one named"))
            }
            Some(seat) if !person.may_answer(seat) && !person.never_asked_for(seat) => {
                Err((Code::ContradictoryEvent, "the applicant has given the seat up before"))
            }
            Some(_) => Ok(()),
        }
    }

    /// Notes at the choice that gave the seat what was told about it.
    fn note(&self, kind: &'static str, person: &mut Person) {
        if let Self::Known(Some(seat)) = self
            && let Some(choice) = person.choice(seat.programme)
        {
            choice.kinds.push(kind);
        }
    }
}

fn not_chosen(programme: Option<u32>) -> Fault {
    match programme {
        Some(_) => (Code::OrphanedEvent, "the applicant has not chosen the programme"),
        None => (Code::OrphanedEvent, "the applicant has no choices"),
    }
}

/// Places an applicant by hand.
fn place(
    person: &mut Person,
    seat: &Seat<'_>,
    programme: Option<u32>,
    group: Option<u16>,
) -> Result<(), Fault> {
    let wanted = |p| person.list.iter().position(|choice| choice.programme == p);
    let at = programme.and_then(wanted).ok_or(not_chosen(programme))?;
    if let Seat::Known(seat) = seat {
        if person.gone.is_some() || person.list[at].withdrawn {
            let message = "the applicant has withdrawn the choice or declined";
            return Err((Code::ContradictoryEvent, message));
        }
        let held = seat.filter(|seat| person.keeps(seat)).and_then(|seat| wanted(seat.programme));
        if held.is_some_and(|held| held < at) {
            let message = "the applicant holds a seat that they want more";
            return Err((Code::ContradictoryEvent, message));
        }
    }
    person.list[at].by_hand = Some(group);
    person.list[at].kinds.push("seat_filled");
    Ok(())
}

/// Takes a new list in the place of the one before.
fn take(
    person: &mut Person,
    seat: &Seat<'_>,
    wishes: &[Wish],
    late: bool,
    graded: bool,
    kind: &'static str,
) -> Result<(), Fault> {
    let mut list = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let known = person.list.iter().find(|choice| choice.programme == wish.programme);
        let mut choice = known.cloned().unwrap_or_else(|| Choice {
            programme: wish.programme,
            late,
            kinds: vec![kind],
            ..Choice::default()
        });
        choice.withdrawn = false;
        match wish.score {
            Some(score) => choice.score = score,
            None if known.is_none() && !graded => {
                let message = "the choice is new and has no score: write programme=score";
                return Err((Code::MissingScore, message));
            }
            None => {}
        }
        list.push(choice);
    }
    if let Seat::Known(Some(seat)) = seat {
        let lists_it = wishes.iter().any(|wish| wish.programme == seat.programme);
        if person.keeps(seat) && !lists_it {
            let message = "the list leaves out the seat that the applicant holds: put it in, or \
                           tell of a withdrawal first";
            return Err((Code::ContradictoryEvent, message));
        }
        if !person.keeps(seat) && lists_it {
            let message = "the list asks for the seat that the applicant has just given up";
            return Err((Code::ContradictoryEvent, message));
        }
        if !person.keeps(seat) && person.given_up.is_none() {
            let gone = person.gone;
            let held = person.choice(seat.programme).cloned();
            person.given_up = held.map(|held| Choice { gone, ..held });
        }
    }
    person.list = list;
    person.is_changed = true;
    // Whoever has said yes keeps the seat, and waits for what the new list puts above it; whoever
    // has left it begins anew.
    let has_left = person.gone.take().is_some();
    person.answer = person.answer.filter(|_| !has_left).map(|_| Answer::AcceptAndWait);
    Ok(())
}
