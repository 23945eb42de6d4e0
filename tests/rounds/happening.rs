//! Random events, as rows of `events.csv`.

use crate::model::{Dice, Model, SUBJECTS};

/// The kinds, in the order in which a day's events are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Seats,
    OfferClosed,
    NewGrade,
    GradeCorrected,
    AppealWon,
    Withdrawal,
    NoShow,
    Answer,
    LateApplication,
    ChangedChoices,
    SeatFilled,
}

use Kind::*;

const KINDS: [(Kind, &str); 11] = [
    (Seats, "seats"),
    (OfferClosed, "offer_closed"),
    (NewGrade, "new_grade"),
    (GradeCorrected, "grade_corrected"),
    (AppealWon, "appeal_won"),
    (Withdrawal, "withdrawal"),
    (NoShow, "no_show"),
    (Answer, "answer"),
    (LateApplication, "late_application"),
    (ChangedChoices, "changed_choices"),
    (SeatFilled, "seat_filled"),
];

/// What happened on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Happening {
    pub(crate) date: String,
    pub(crate) kind: Kind,
    pub(crate) applicant: Option<usize>,
    pub(crate) programme: Option<usize>,
    pub(crate) value: String,
}

impl Happening {
    /// Something that may or may not be possible, on one of three days of a month.
    pub(crate) fn random(dice: &mut Dice, model: &Model, month: usize) -> Self {
        // Answers are what most of a round is about; a closed offer ends what could happen there.
        let kind = match dice.pick(&KINDS).0 {
            OfferClosed if dice.happens(70) => ChangedChoices,
            kind if dice.happens(60) => kind,
            _ => Answer,
        };
        let applicant = dice.roll(model.applicants.len());
        let programme = dice.roll(model.programmes.len());
        let named = dice.happens(if kind == Withdrawal { 60 } else { 20 });
        let value = match kind {
            Answer => dice
                .pick(&["accept", "accept_and_wait", "accept_and_wait", "decline", "decline"])
                .to_owned(),
            NewGrade | GradeCorrected => {
                let subject = dice.pick(&[0, 1, 2, 2, 1, dice_of(applicant)]);
                format!("{}={}", SUBJECTS[subject], dice.pick(&['A', 'C', 'E']))
            }
            LateApplication | ChangedChoices => {
                let mut list = dice.shuffled(model.programmes.len());
                list.truncate(1 + dice.roll(model.programmes.len()));
                list.iter().map(|p| format!("p{p}")).collect::<Vec<_>>().join(" ")
            }
            Seats => {
                let change = dice.pick(&["+1", "+2", "-1", "-2"]);
                format!("{change}{}", group(model, programme))
            }
            SeatFilled if named => format!("1{}", group(model, programme)),
            _ => String::new(),
        };
        let (about_person, about_programme) = match kind {
            Seats | OfferClosed => (false, true),
            SeatFilled => (!named, true),
            AppealWon => (true, true),
            Withdrawal | Answer | NoShow => (true, named),
            NewGrade | GradeCorrected | LateApplication | ChangedChoices => (true, false),
        };
        Self {
            date: format!("2025-{month:02}-{:02}", 10 + dice.roll(3)),
            kind,
            applicant: about_person.then_some(applicant),
            programme: about_programme.then_some(programme),
            value,
        }
    }

    /// The row.
    pub(crate) fn row(&self) -> String {
        let name = |of: &str, number: Option<usize>| {
            number.map_or(String::new(), |number| format!("{of}{number}"))
        };
        let kind = KINDS.iter().find(|(kind, _)| *kind == self.kind).expect("a kind").1;
        let (applicant, programme) = (name("a", self.applicant), name("p", self.programme));
        format!("{},{kind},{applicant},{programme},{},office\n", self.date, self.value)
    }

    /// The programmes of a list.
    pub(crate) fn list(&self) -> Vec<usize> {
        let number = |id: &str| id.trim_start_matches('p').parse().expect("a programme");
        self.value.split(' ').map(number).collect()
    }
}

/// A subject that is nobody else's, so that grades change all over.
fn dice_of(applicant: usize) -> usize {
    3 + applicant % 13
}

/// The group that seats of a programme are of.
fn group(model: &Model, programme: usize) -> &'static str {
    if model.programmes[programme].is_grouped { ":merit" } else { "" }
}
