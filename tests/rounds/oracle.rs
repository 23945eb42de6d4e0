//! A round computed from the definitions: who holds what, who still asks for what, and deferred
//! acceptance with the holders first. It shares no code with the library.

use sha2::{Digest, Sha256};

use crate::happening::{Happening, Kind};
use crate::model::{Model, NoAnswer, SEED, SUBJECTS};
use crate::office::Placed;

/// How the round is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moves {
    /// Whoever can move up does.
    Automatic,
    /// Nobody is moved without being asked.
    ByPhone,
    /// As if no seat were held: what must not be.
    WithoutHolding,
}

/// What is known of a season after some rounds.
pub(crate) struct Oracle {
    no_answer: NoAnswer,
    people: Vec<Person>,
    offers: Vec<Offer>,
}

struct Person {
    grades: [char; 16],
    second_hand: bool,
    points: usize,
    lot: [u8; 8],
    list: Vec<Choice>,
    /// Whether they wait for something better, once they have said so.
    waits: Option<bool>,
    gone: bool,
}

#[derive(Clone, Default)]
struct Choice {
    programme: usize,
    late: bool,
    withdrawn: bool,
    appeal_won: bool,
    by_hand: bool,
}

/// A programme; without groups all seats are by merit.
struct Offer {
    is_grouped: bool,
    by_test: i64,
    by_merit: i64,
    closed: bool,
}

/// What an applicant is compared by at a programme; greater goes first.
#[derive(Clone, Copy)]
struct Claim {
    applicant: usize,
    /// 2 by hand, 1 held, 0 neither.
    mark: u8,
    /// Lateness and reception, as one number.
    tier: u8,
    /// Whether it is for a seat by test, or by merit; whoever goes first has one seat in mind.
    test: bool,
    merit: bool,
}

impl Oracle {
    pub(crate) fn new(model: &Model) -> Self {
        let person = |(number, applicant): (usize, &crate::model::Applicant)| {
            let lot = Sha256::digest(format!("{SEED}\na{number}"));
            let choice = |programme: &usize| Choice { programme: *programme, ..Choice::default() };
            Person {
                grades: applicant.grades,
                second_hand: applicant.second_hand,
                points: applicant.points,
                lot: lot[..8].try_into().unwrap(),
                list: applicant.list.iter().map(choice).collect(),
                waits: None,
                gone: false,
            }
        };
        let offer = |programme: &crate::model::Programme| {
            let by_test = i64::from(programme.is_grouped);
            let is_grouped = programme.is_grouped;
            Offer {
                is_grouped,
                by_test,
                by_merit: i64::from(programme.seats) - by_test,
                closed: false,
            }
        };
        Self {
            no_answer: model.no_answer,
            people: model.applicants.iter().enumerate().map(person).collect(),
            offers: model.programmes.iter().map(offer).collect(),
        }
    }

    /// Takes in what happened before a round, given who held which seat.
    pub(crate) fn take(&mut self, happenings: &[Happening], held: &[Placed]) {
        for (person, held) in self.people.iter_mut().zip(held) {
            let held = held.as_ref().map(|(programme, _)| *programme);
            for choice in &mut person.list {
                choice.by_hand &= Some(choice.programme) == held;
            }
        }
        let mut ordered: Vec<&Happening> = happenings.iter().collect();
        ordered.sort_by_key(|h| (h.date.clone(), h.kind));
        for happening in ordered {
            match (happening.applicant, happening.programme) {
                (Some(applicant), _) => self.people[applicant].take(happening),
                (None, programme) => self.offers[programme.unwrap()].take(happening),
            }
        }
        for (person, held) in self.people.iter_mut().zip(held) {
            let silent = held.as_ref().is_some_and(|h| person.keeps(h)) && person.waits.is_none();
            person.gone |= silent && self.no_answer == NoAnswer::Decline;
        }
    }

    /// Where everybody is placed; O(choices · applicants) and more, for a handful of applicants.
    pub(crate) fn place(&self, held: &[Placed], moves: Moves) -> Vec<Placed> {
        let holding = |applicant: usize| match moves {
            Moves::WithoutHolding => None,
            _ => held[applicant].as_ref(),
        };
        let mut asked: Vec<Vec<(usize, Claim)>> = Vec::new();
        for applicant in 0..self.people.len() {
            asked.push(self.claims(applicant, holding(applicant)));
        }
        let first = |claims: &Vec<(usize, Claim)>| claims.iter().find(|(_, c)| c.mark > 0).copied();
        let firsts: Vec<Option<(usize, Claim)>> = asked.iter().map(first).collect();
        let name = |programme: usize, by_test: bool| match (self.is_grouped(programme), by_test) {
            (false, _) => String::new(),
            (true, true) => "test".to_owned(),
            (true, false) => "merit".to_owned(),
        };
        if moves == Moves::ByPhone {
            let kept = |first: Option<(usize, Claim)>| {
                first.map(|(programme, claim)| (programme, name(programme, claim.test)))
            };
            return firsts.into_iter().map(kept).collect();
        }
        let seats: Vec<(usize, usize)> =
            (0..self.offers.len()).map(|programme| self.seats(programme, &firsts)).collect();
        // Everybody asks down the list until nobody is turned away.
        let mut at = vec![0; self.people.len()];
        loop {
            let mut placed = vec![None; self.people.len()];
            for (programme, seats) in seats.iter().enumerate() {
                let asking: Vec<Claim> = (0..self.people.len())
                    .filter_map(|a| asked[a].get(at[a]))
                    .filter(|(asked, _)| *asked == programme)
                    .map(|(_, claim)| *claim)
                    .collect();
                for (applicant, by_test) in self.choose(asking, *seats) {
                    placed[applicant] = Some((programme, name(programme, by_test)));
                }
            }
            let turned_away: Vec<usize> = (0..at.len())
                .filter(|a| placed[*a].is_none() && at[*a] < asked[*a].len())
                .collect();
            if turned_away.is_empty() {
                return placed;
            }
            turned_away.into_iter().for_each(|a| at[a] += 1);
        }
    }

    fn is_grouped(&self, programme: usize) -> bool {
        self.offers[programme].is_grouped
    }

    /// What an applicant still asks for, most wanted first.
    fn claims(&self, applicant: usize, held: Option<&(usize, String)>) -> Vec<(usize, Claim)> {
        let person = &self.people[applicant];
        let held = held.filter(|held| person.keeps(held));
        let at = held.and_then(|(held, _)| person.list.iter().position(|c| c.programme == *held));
        let mut claims = Vec::new();
        for (position, choice) in person.list.iter().enumerate() {
            let holds = Some(position) == at;
            let first = holds || choice.by_hand;
            let wants_more = person.waits.unwrap_or(self.no_answer != NoAnswer::Accept);
            let waits = wants_more || at.is_none_or(|at| position >= at);
            let gone = person.gone || choice.withdrawn || !waits && !choice.by_hand;
            let shut = self.offers[choice.programme].closed && !first;
            let eligible = holds || choice.appeal_won || !person.grades[..3].contains(&'F');
            if gone || shut || !eligible {
                continue;
            }
            let grouped = self.is_grouped(choice.programme);
            let in_test = holds && held.is_some_and(|(_, group)| group == "test");
            let claim = Claim {
                applicant,
                mark: u8::from(choice.by_hand) << 1 | u8::from(holds),
                tier: match first {
                    true => 3,
                    false => u8::from(!choice.late) << 1 | u8::from(!person.second_hand),
                },
                test: if first { in_test } else { grouped && person.points > 3 },
                merit: if first { !in_test } else { true },
            };
            claims.push((choice.programme, claim));
        }
        claims
    }

    /// Seats by test and by merit: as many as there are, none beyond those who go first where the
    /// offer is closed, and never fewer than are held.
    fn seats(&self, programme: usize, firsts: &[Option<(usize, Claim)>]) -> (usize, usize) {
        let offer = &self.offers[programme];
        let count = |by_test: bool, marks: &[u8]| {
            let here = firsts.iter().flatten().filter(|(at, _)| *at == programme);
            here.filter(|(_, c)| c.test == by_test && marks.contains(&c.mark)).count()
        };
        let (mut by_test, mut by_merit) = match offer.closed {
            true => (count(true, &[1, 2, 3]), count(false, &[1, 2, 3])),
            false => (offer.by_test.max(0) as usize, offer.by_merit.max(0) as usize),
        };
        by_test = by_test.max(count(true, &[1, 3]));
        let missing = count(false, &[1, 3]).saturating_sub(by_merit);
        let passed = missing.min(by_test - count(true, &[1, 2, 3]));
        by_test -= passed;
        by_merit += missing;
        (by_test, by_merit)
    }

    /// Whom a programme chooses, and whether by test: all of one tier before any of the next, seats
    /// by test for the first tier alone, and what they leave by merit.
    fn choose(
        &self,
        asking: Vec<Claim>,
        (by_test, by_merit): (usize, usize),
    ) -> Vec<(usize, bool)> {
        let mut chosen: Vec<(usize, bool)> = Vec::new();
        let key = |claim: &Claim, figure: i64| {
            let lot = u64::from_be_bytes(self.people[claim.applicant].lot);
            std::cmp::Reverse((claim.mark, figure, std::cmp::Reverse(lot)))
        };
        let points = |claim: &Claim| self.people[claim.applicant].points as i64;
        let mut tested: Vec<Claim> =
            asking.iter().filter(|c| c.tier == 3 && c.test).copied().collect();
        tested.sort_by_key(|claim| key(claim, points(claim)));
        chosen.extend(tested.iter().take(by_test).map(|claim| (claim.applicant, true)));
        let mut left = by_merit + by_test - chosen.len();
        for tier in (0..4).rev() {
            let mut rest: Vec<Claim> = asking
                .iter()
                .filter(|c| c.tier == tier && c.merit)
                .filter(|c| chosen.iter().all(|(applicant, _)| *applicant != c.applicant))
                .copied()
                .collect();
            rest.sort_by_key(|claim| key(claim, self.people[claim.applicant].merit()));
            rest.truncate(left);
            left -= rest.len();
            chosen.extend(rest.iter().map(|claim| (claim.applicant, false)));
        }
        chosen
    }
}

impl Person {
    /// The merit in halves of a point (GyF 7 kap. 4 §).
    fn merit(&self) -> i64 {
        let points = |grade: &char| match grade {
            'A' => 40,
            'B' => 35,
            'C' => 30,
            'D' => 25,
            'E' => 20,
            _ => 0,
        };
        self.grades.iter().map(points).sum()
    }

    fn keeps(&self, held: &(usize, String)) -> bool {
        !self.gone && self.list.iter().any(|c| c.programme == held.0 && !c.withdrawn)
    }

    fn take(&mut self, happening: &Happening) {
        let about = happening.programme;
        let concerned = |choice: &&mut Choice| about.is_none_or(|p| choice.programme == p);
        match happening.kind {
            Kind::NewGrade | Kind::GradeCorrected => {
                let (subject, grade) = happening.value.split_once('=').unwrap();
                let at = SUBJECTS.iter().position(|known| *known == subject).unwrap();
                self.grades[at] = grade.chars().next().unwrap();
            }
            Kind::AppealWon => {
                self.list.iter_mut().filter(concerned).for_each(|choice| choice.appeal_won = true);
            }
            Kind::Withdrawal => {
                self.list.iter_mut().filter(concerned).for_each(|choice| choice.withdrawn = true);
            }
            Kind::SeatFilled => {
                self.list.iter_mut().filter(concerned).for_each(|choice| choice.by_hand = true);
            }
            Kind::NoShow => self.gone = true,
            Kind::Answer => {
                self.waits = Some(happening.value != "accept");
                self.gone = happening.value == "decline";
            }
            Kind::LateApplication | Kind::ChangedChoices => {
                let known = std::mem::take(&mut self.list);
                let choice = |programme: usize| {
                    let known = known.iter().find(|choice| choice.programme == programme).cloned();
                    let new = Choice { programme, late: true, ..Choice::default() };
                    Choice { withdrawn: false, ..known.unwrap_or(new) }
                };
                self.list = happening.list().into_iter().map(choice).collect();
                // A no to the old list is no answer about a seat of the new one.
                self.waits = self.waits.filter(|_| !self.gone).map(|_| true);
                self.gone = false;
            }
            Kind::Seats | Kind::OfferClosed => unreachable!("about no person"),
        }
    }
}

impl Offer {
    fn take(&mut self, happening: &Happening) {
        let number = || happening.value.split(':').next().unwrap().parse::<i64>().unwrap();
        match happening.kind {
            Kind::Seats => self.by_merit += number(),
            Kind::SeatFilled => self.by_merit -= number(),
            _ => self.closed = true,
        }
    }
}
