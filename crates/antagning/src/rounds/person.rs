//! One applicant of whom something is told, as of the last event.

use antagning_formats::Choices;

use crate::rounds::link::HeldSeat;
use crate::rounds::settings::Answer;

/// What is known of an applicant after some events.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    /// What the applicant asks for, most wanted first.
    pub(super) list: Vec<Choice>,
    /// Whether the list is another than the one in `choices.csv`.
    pub(super) is_changed: bool,
    /// The last answer about the seat.
    pub(super) answer: Option<Answer>,
    /// Why nothing of the list is asked for any more, if so.
    pub(super) gone: Option<Gone>,
    /// The seat of the run before, which the applicant gave up before they handed in a new list.
    pub(super) given_up: Option<Choice>,
    /// A grade was wrong, and the applicant has the right to what the right one would have given.
    pub(super) corrected: bool,
}

/// A choice with what has happened to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    pub(super) programme: u32,
    pub(super) score: u64,
    pub(super) late: bool,
    pub(super) withdrawn: bool,
    pub(super) appeal_won: bool,
    /// Placed by hand, in the group of that number within the programme where one is named.
    pub(super) by_hand: Option<Option<u16>>,
    /// Given up with the seat, while the list goes on.
    pub(super) gone: Option<Gone>,
    /// The kinds of event about it.
    pub(super) kinds: Vec<&'static str>,
}

/// Why an applicant asks for nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    Declined,
    NoShow,
}

impl Person {
    /// The applicant as `choices.csv` has them.
    pub(super) fn new(choices: &Choices, applicant: u32) -> Self {
        let score = |row: usize| choices.score.as_ref().map_or(0, |scores| scores[row]);
        let choice = |row: usize| Choice {
            programme: choices.programme[row],
            score: score(row),
            ..Choice::default()
        };
        let list = choices.of(applicant as usize).map(choice).collect();
        Self { list, ..Self::default() }
    }

    pub(super) fn choice(&mut self, programme: u32) -> Option<&mut Choice> {
        self.list.iter_mut().find(|choice| choice.programme == programme)
    }

    /// Whether the applicant may still say something about the seat that they held when the run
    /// before was made: a later answer of the same time replaces an earlier one.
    pub(super) fn may_answer(&self, seat: &HeldSeat) -> bool {
        self.given_up.is_none()
            && self.list.iter().any(|c| c.programme == seat.programme && !c.withdrawn)
    }

    /// Whether `choices.csv` lacks the seat, which is told elsewhere.
    pub(super) fn never_asked_for(&self, seat: &HeldSeat) -> bool {
        self.given_up.is_none() && self.list.iter().all(|c| c.programme != seat.programme)
    }

    /// Whether the applicant keeps the seat of the run before.
    pub(super) fn keeps(&self, seat: &HeldSeat) -> bool {
        self.gone.is_none() && self.may_answer(seat)
    }
}
