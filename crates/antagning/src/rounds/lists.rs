//! What everybody asks for now, and what is marked about it.

use std::collections::{BTreeMap, BTreeSet};

use antagning_formats::{Choices, Code, Diagnostic, Diagnostics, Season};
use antagning_rules::Lapse;

use crate::rounds::link::{HeldSeat, Link};
use crate::rounds::person::{Choice, Gone, Person};
use crate::rounds::settings::{Answer, RoundSettings};

/// What the rounds tell of one choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) withdrawn: bool,
    pub(super) lapse: Option<Lapse>,
    pub(super) late: bool,
    pub(super) appeal_won: bool,
    /// An error was mended, so that the applicant has a right to a seat added.
    pub(super) mended: bool,
    pub(super) by_hand: bool,
    pub(super) holds: bool,
    /// The quota group of the seat, counted within the programme.
    pub(super) group: Option<u16>,
    pub(super) kinds: Vec<&'static str>,
}

/// The marks of all choices that have any, ascending.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks(pub(super) Vec<(u32, Mark)>);

/// Puts the lists that events tell of into the season, and marks its choices.
pub(super) fn apply(
    season: &mut Season,
    mut people: BTreeMap<u32, Person>,
    link: &Link,
    settings: &RoundSettings,
    report: &mut Diagnostics,
) -> Marks {
    let changed = people.values().any(|person| person.is_changed);
    let mut lists = Choices { offsets: vec![0], ..Choices::default() };
    lists.score = season.choices.score.as_ref().map(|_| Vec::new());
    let (mut marks, mut left_out) = (Marks::default(), BTreeSet::new());
    for applicant in 0..season.applicant_ids.len() as u32 {
        let seat = link.held(applicant);
        if seat.is_some() && settings.no_answer != Answer::AcceptAndWait {
            people.entry(applicant).or_insert_with(|| Person::new(&season.choices, applicant));
        }
        let known = season.choices.of(applicant as usize);
        let first = if changed { lists.programme.len() } else { known.start };
        match people.get_mut(&applicant) {
            Some(person) => {
                report_missing_seat(season, applicant, seat, person, report);
                marks.of_person(season, first, person, seat, settings);
                let all = person.list.iter().chain(&person.given_up);
                if changed {
                    lists.push(all.clone().map(|choice| (choice.programme, choice.score)));
                }
                let asked: BTreeSet<u32> = all.map(|choice| choice.programme).collect();
                let programmes = season.choices.programme[known].iter();
                let gone = programmes.filter(|programme| !asked.contains(programme));
                left_out.extend(gone.map(|programme| (applicant, *programme)));
            }
            None => {
                marks.of_seat(season, applicant, first, seat, report);
                if changed {
                    let score = |row: usize| season.choices.score.as_ref().map_or(0, |s| s[row]);
                    lists.push(known.map(|row| (season.choices.programme[row], score(row))));
                }
            }
        }
    }
    if changed {
        season.choices = lists;
        // What was decided about a choice that is no longer made concerns nobody.
        season.decisions.retain(|decision| {
            let about = decision.programme.map(|programme| (decision.applicant, programme));
            about.is_none_or(|about| !left_out.contains(&about))
        });
    }
    marks
}

trait Push {
    fn push(&mut self, list: impl Iterator<Item = (u32, u64)>);
}

impl Push for Choices {
    /// Appends the list of the next applicant.
    fn push(&mut self, list: impl Iterator<Item = (u32, u64)>) {
        for (programme, score) in list {
            self.programme.push(programme);
            self.score.iter_mut().for_each(|scores| scores.push(score));
            self.line.push(0);
        }
        // The files number choices with 32 bits.
        self.offsets.push(self.programme.len() as u32);
    }
}

impl Marks {
    /// Marks what is known of an applicant, whose list begins at `first`.
    fn of_person(
        &mut self,
        season: &Season,
        first: usize,
        person: &mut Person,
        seat: Option<&HeldSeat>,
        settings: &RoundSettings,
    ) {
        let kept = seat.filter(|seat| person.keeps(seat));
        if kept.is_some() && person.answer.is_none() {
            match settings.no_answer {
                Answer::Decline => person.gone = Some(Gone::Declined),
                answer => person.answer = Some(answer),
            }
        }
        let kept = seat.filter(|seat| person.keeps(seat));
        let at =
            kept.and_then(|kept| person.list.iter().position(|c| c.programme == kept.programme));
        for (position, choice) in person.list.iter().enumerate() {
            let mut mark = Mark::of(choice);
            mark.mended |= person.corrected;
            mark.lapse = person.gone.map(Gone::lapse);
            let is_above = at.is_some_and(|at| position < at);
            // Whoever is placed by hand has been asked.
            if is_above && person.answer == Some(Answer::Accept) && choice.by_hand.is_none() {
                mark.lapse = Some(Lapse::NotWaiting);
            }
            if let Some(seat) = kept.filter(|_| at == Some(position)) {
                mark.holds = true;
                mark.group = group(season, seat);
            }
            self.push(first + position, mark);
        }
        if let Some(choice) = &person.given_up {
            let lapse = choice.gone.map(Gone::lapse);
            let mark = Mark { lapse, withdrawn: lapse.is_none(), ..Mark::of(choice) };
            self.push(first + person.list.len(), mark);
        }
    }

    /// Marks the seat of an applicant of whom nothing else is told.
    fn of_seat(
        &mut self,
        season: &Season,
        applicant: u32,
        first: usize,
        seat: Option<&HeldSeat>,
        report: &mut Diagnostics,
    ) {
        let Some(seat) = seat else { return };
        let list = &season.choices.programme[season.choices.of(applicant as usize)];
        match list.iter().position(|programme| *programme == seat.programme) {
            Some(position) => {
                let group = group(season, seat);
                self.push(first + position, Mark { holds: true, group, ..Mark::default() });
            }
            None => report_missing(season, applicant, seat, report),
        }
    }

    fn push(&mut self, choice: usize, mark: Mark) {
        if mark != Mark::default() {
            self.0.push((choice as u32, mark));
        }
    }
}

impl Mark {
    fn of(choice: &Choice) -> Self {
        Self {
            withdrawn: choice.withdrawn,
            late: choice.late,
            appeal_won: choice.appeal_won,
            mended: choice.appeal_won,
            by_hand: choice.by_hand.is_some(),
            group: choice.by_hand.flatten(),
            kinds: choice.kinds.clone(),
            ..Self::default()
        }
    }

    /// Whether nobody without such a claim goes before the applicant, who asks for it still.
    pub(super) fn goes_first(&self) -> bool {
        (self.holds || self.by_hand) && self.lapse.is_none() && !self.withdrawn
    }
}

impl Gone {
    fn lapse(self) -> Lapse {
        match self {
            Self::Declined => Lapse::AnsweredNo,
            Self::NoShow => Lapse::NoShow,
        }
    }
}

/// The quota group of a seat: the one that gave it, or where the programme has other groups now
/// the one for placements by hand, else the last.
fn group(season: &Season, seat: &HeldSeat) -> Option<u16> {
    let groups = &season.quota_groups;
    let rows = groups.of(seat.programme as usize);
    let named = rows.clone().position(|row| groups.name.get(row) == seat.group);
    let manual = || rows.clone().position(|row| groups.ranked_by.get(row) == "manual");
    let found = named.or_else(manual).or_else(|| rows.len().checked_sub(1));
    found.map(|group| group as u16)
}

/// A seat that the list no longer has, without anything that says why.
fn report_missing_seat(
    season: &Season,
    applicant: u32,
    seat: Option<&HeldSeat>,
    person: &Person,
    report: &mut Diagnostics,
) {
    if let Some(seat) = seat.filter(|seat| person.never_asked_for(seat)) {
        report_missing(season, applicant, seat, report);
    }
}

fn report_missing(season: &Season, applicant: u32, seat: &HeldSeat, report: &mut Diagnostics) {
    let id = season.applicant_ids.get(applicant as usize);
    let programme = season.programmes.ids.get(seat.programme as usize);
    let message = format!("the applicant holds a seat at {programme}; the list lacks it");
    let fault = Diagnostic::new(Code::HeldSeatMissing, "choices.csv", message);
    report.push(fault.column("applicant_id").value(id));
}
