//! What happened before a round, applied to its season.

use std::collections::BTreeSet;

use antagning_formats::{Code, Diagnostic, Diagnostics, Event, OwnSeats, Season};
use antagning_rules::{Lapse, Reception, Ruling};

use crate::dossier::{Ground, NewGradeFault};
use crate::plan::Plan;
use crate::rounds::kind::Kind;
use crate::rounds::link::Link;
use crate::rounds::lists::{self, Marks};
use crate::rounds::reader::{self, Happening};
use crate::rounds::replay::Replay;
use crate::rounds::{contradictions, seats};

/// What happened before a round: who holds which seat, and what events tell of choices.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    pub(crate) link: Link,
    /// The date of the run.
    pub(crate) date: Option<String>,
    pub(crate) event_lines: Vec<u32>,
    /// Nobody is moved without being asked by phone.
    pub(crate) by_phone: bool,
    /// The season's own seats where the round begins with others.
    pub(crate) own_seats: Vec<OwnSeats>,
    marks: Marks,
    closed: BTreeSet<u32>,
    grades: Vec<NewGrade>,
}

/// A grade that an event tells of.
#[derive(Clone, Debug)]
struct NewGrade {
    applicant: u32,
    event: Event,
    /// No run before knew it.
    is_new: bool,
}

impl Standing {
    /// Reads what happened and changes lists and seats of the season by it; what cannot be is
    /// reported.
    pub(crate) fn read(
        season: &mut Season,
        link: Link,
        date: Option<&str>,
        plan: &Plan,
        report: &mut Diagnostics,
    ) -> Self {
        let happenings = reader::read(season, &link, date, report);
        contradictions::report(&happenings, report);
        let last = season.events.iter().map(|event| &event.date).max();
        let date =
            date.map(str::to_owned).or_else(|| last.max(link.predecessor_date.as_ref()).cloned());
        let mut standing = Self {
            event_lines: link.event_lines(season),
            by_phone: plan.round == Plan::RESERVE && plan.rounds.is_by_phone(date.as_deref()),
            date,
            ..Self::default()
        };
        let is_first = link.predecessor.is_none();
        let untold = happenings.is_empty() && is_first;
        // Without the run that gave the seats, or without the choices, nobody can tell what an
        // event is about.
        let unknown = is_first && plan.round == Plan::RESERVE;
        if !untold && !unknown && !report.has_error_in("choices.csv") {
            let graded = plan.rule_set.grades().is_some();
            let replay = Replay::new(season, &link, &plan.rounds, graded, report);
            let mut replayed = replay.run(&happenings);
            standing.grades = new_grades(&happenings, link.current());
            let people = std::mem::take(&mut replayed.people);
            standing.marks = lists::apply(season, people, &link, &plan.rounds, report);
            standing.own_seats = seats::apply(season, &replayed, &standing.marks, report);
            standing.closed = replayed.closed;
        }
        Self { link, ..standing }
    }

    /// Whether it says nothing about any choice.
    pub(crate) fn is_silent(&self) -> bool {
        self.marks.0.is_empty() && self.closed.is_empty() && self.grades.is_empty()
    }

    /// The choices through which seats are held and not given up by an event, with their
    /// applicants' numbers.
    pub(crate) fn held<'a>(&'a self, season: &'a Season) -> impl Iterator<Item = (u32, u32)> + 'a {
        let held = self.marks.0.iter().filter(|(_, mark)| mark.holds && mark.goes_first());
        let offsets = &season.choices.offsets;
        held.map(|(choice, _)| {
            (offsets.partition_point(|start| start <= choice) as u32 - 1, *choice)
        })
    }

    /// Whether an event places the applicant of a choice by hand. O(log choices).
    pub(crate) fn places_by_hand(&self, choice: u32) -> bool {
        let found = self.marks.0.binary_search_by_key(&choice, |(choice, _)| *choice);
        found.is_ok_and(|at| self.marks.0[at].1.by_hand)
    }

    /// The choices whose applicants have a right to a seat added, ascending.
    pub(crate) fn mended(&self) -> impl Iterator<Item = u32> + '_ {
        self.marks.0.iter().filter(|(_, mark)| mark.mended).map(|(choice, _)| *choice)
    }

    /// The kinds of event about choices, in the order of choices.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (u32, &'static str)> + '_ {
        let marks = self.marks.0.iter();
        marks.flat_map(|(choice, mark)| mark.kinds.iter().map(|kind| (*choice, *kind)))
    }

    /// Puts what happened into the rulings, and new grades into `ground`.
    pub(crate) fn rule(
        &self,
        season: &Season,
        rulings: &mut Vec<Ruling>,
        ground: &mut Ground,
        report: &mut Diagnostics,
    ) {
        rulings.resize(season.choices.programme.len(), Ruling::default());
        for (choice, mark) in &self.marks.0 {
            let ruling = &mut rulings[*choice as usize];
            ruling.withdrawn |= mark.withdrawn;
            ruling.late |= mark.late;
            ruling.lapse = mark.lapse;
            ruling.placed_by_hand |= mark.by_hand;
            ruling.holds = mark.holds && !ruling.withdrawn;
            ruling.hand_group = mark.group.or(ruling.hand_group);
            if mark.appeal_won {
                ruling.eligible = true;
                ruling.closed = None;
                if ruling.reception == Reception::NotReceived {
                    ruling.reception = Reception::FirstHand;
                }
            }
        }
        for (programme, ruling) in season.choices.programme.iter().zip(rulings) {
            if self.closed.contains(programme) && !ruling.goes_first() {
                ruling.lapse.get_or_insert(Lapse::OfferClosed);
            }
        }
        for grade in &self.grades {
            grade.apply(season, ground, report);
        }
    }
}

fn new_grades(happenings: &[Happening<'_>], current: usize) -> Vec<NewGrade> {
    let grades =
        happenings.iter().filter(|h| matches!(h.kind, Kind::NewGrade | Kind::GradeCorrected));
    grades
        .filter_map(|happening| {
            let (applicant, event) = (happening.event.applicant?, happening.event.clone());
            Some(NewGrade { applicant, event, is_new: happening.generation == current })
        })
        .collect()
}

impl NewGrade {
    fn apply(&self, season: &Season, ground: &mut Ground, report: &mut Diagnostics) {
        let graded = matches!(ground, Ground::Grades { .. });
        let Err(fault) = ground.set_grade(self.applicant, &self.event.value) else { return };
        // A later export may have the grade already.
        if !self.is_new {
            return;
        }
        let (code, message) = match fault {
            _ if !graded => (Code::OrphanedEvent, "a market season has no grades"),
            NewGradeFault::Unreadable => {
                (Code::UnknownSubject, "the value is no subject and grade such as MA=C")
            }
            NewGradeFault::NoColumn => {
                (Code::UnknownSubject, "grades.csv has no column for the subject")
            }
            NewGradeFault::NotBetter => {
                (Code::ContradictoryEvent, "the applicant has that grade or a better one already")
            }
        };
        let id = season.applicant_ids.get(self.applicant as usize);
        let fault: Diagnostic =
            reader::value_fault(code, &self.event, format!("{message} (applicant {id})"));
        report.push(fault);
    }
}
