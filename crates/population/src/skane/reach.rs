//! What is within whose reach.

use super::numbers::Numbers;
use super::people::{Fate, Person};
use super::published::Published;
use super::seats::Size;
use super::selection::{First, Last};
use super::trials::can_lose;

/// Tells which offers somebody gets into when they ask for them; people and offers by index.
#[derive(Clone, Copy)]
pub(crate) struct Reach<'a> {
    pub(crate) published: &'a Published,
    pub(crate) people: &'a [Person],
    pub(crate) sizes: &'a [Size],
    pub(crate) numbers: &'a Numbers,
    /// By offer: its eligibility rule.
    pub(crate) rules: &'a [usize],
}

impl Reach<'_> {
    /// Whether the person's grades make them eligible for the offer.
    pub(crate) fn eligible(&self, person: usize, offer: usize) -> bool {
        self.people[person].standing.eligible >> self.rules[offer] & 1 == 1
    }

    /// Whether the person is admitted to the offer if they ask for it before any other. Where more
    /// than merit is asked for, nobody has it but those whom the offer admits.
    pub(crate) fn reaches(&self, person: usize, offer: usize) -> bool {
        let Person { standing, fate, home, .. } = &self.people[person];
        let of = &self.published.offers[offer];
        match *fate {
            Fate::Admitted(here) if here == offer => return true,
            Fate::Out => return false,
            _ if !of.merit_suffices() => return false,
            _ => {}
        }
        self.eligible(person, offer)
            && self.numbers.cutoffs[offer].is_none_or(|(lowest, last)| {
                let wins = standing.steps > lowest
                    || standing.steps == lowest && self.numbers.lottery[person] <= last;
                wins && !self.published.is_second_hand(*home, offer)
            })
    }

    /// Whether the offer may stand above the one that admits the person.
    ///
    /// Where all rank by merit, admission has one stable result. With other rankings two people
    /// could each want the other's place and win it, and the figures with it. So those whom another
    /// ranking brought in want most of all that place, or one of the offers with a sum of merit and
    /// test that stand earlier in the table: no such trade ever closes.
    pub(crate) fn may_precede(&self, person: usize, offer: usize) -> bool {
        let Some(here) = self.people[person].admitted_to() else { return true };
        let of = &self.published.offers[here];
        let first = of.selection.as_ref().and_then(|selection| selection.first);
        let by_merit = match self.people[person].by_first {
            true => first == Some(First::Sport),
            false => !matches!(of.last_group(), Last::Sum(_)),
        };
        let sum = matches!(self.published.offers[offer].last_group(), Last::Sum(_));
        by_merit || sum && offer < here
    }

    /// Whether the person can be a reserve of the offer when they ask for it first.
    pub(crate) fn can_wait_for(&self, person: usize, offer: usize) -> bool {
        let Person { standing, fate, home, .. } = &self.people[person];
        let takes_part = *fate != Fate::Out && !self.published.is_outside(*home);
        takes_part
            && self.may_precede(person, offer)
            && self.eligible(person, offer)
            && !self.reaches(person, offer)
            && can_lose(&self.published.offers[offer], &self.sizes[offer], standing.steps)
    }
}
