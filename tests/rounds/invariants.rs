//! What holds after every round, whatever happened before it.

use proptest::prelude::*;

use crate::happening::{Happening, Kind};
use crate::model::{Dice, Model, NoAnswer};
use crate::office::{Office, Placed, tables};
use crate::oracle::{Moves, Oracle};

/// The rounds of a chain with the month before each; the last is phoned.
const ROUNDS: [(&str, usize); 4] = [("final", 6), ("reserve", 7), ("reserve", 8), ("reserve", 9)];

/// A season of some rounds after another, as far as the library has taken it.
struct Played {
    office: Office,
    dice: Dice,
    oracle: Oracle,
    /// Where everybody was before the round and is now.
    before: Vec<Placed>,
    now: Vec<Placed>,
    taken: Vec<Happening>,
}

impl Played {
    fn new(seed: u64, with_groups: bool) -> Self {
        let mut dice = Dice::new(seed);
        let model = Model::new(&mut dice, with_groups);
        let nobody = vec![None; model.applicants.len()];
        Self {
            oracle: Oracle::new(&model),
            office: Office::new(model),
            dice,
            before: nobody.clone(),
            now: nobody,
            taken: Vec::new(),
        }
    }

    fn round(&mut self, (round, month): (&str, usize)) {
        let happenings: Vec<Happening> = match month {
            6 => Vec::new(),
            _ => (0..self.dice.roll(9))
                .map(|_| Happening::random(&mut self.dice, &self.office.model, month))
                .collect(),
        };
        self.taken = self.office.run(round, happenings);
        self.before = std::mem::take(&mut self.now);
        let run = self.office.runs.last().unwrap();
        self.now = self.office.placed(run);
        self.oracle.take(&self.taken, &self.before);
    }

    fn moves(&self) -> Moves {
        match self.office.runs.last().unwrap().manifest().moves.as_str() {
            "by_phone" => Moves::ByPhone,
            _ => Moves::Automatic,
        }
    }

    /// Whether an applicant has given up the seat held before, by what they were last told to have
    /// done, or by what no answer stands for.
    fn has_given_up(&self, applicant: usize, programme: usize) -> bool {
        let lists = self.office.lists(self.office.runs.last().unwrap());
        let own = lists.get(&applicant).map_or(&[][..], Vec::as_slice);
        let mut told: Vec<&Happening> =
            self.taken.iter().filter(|h| h.applicant == Some(applicant)).collect();
        told.sort_by_key(|h| (h.date.clone(), h.kind));
        let is_no = |h: &&Happening| match h.kind {
            Kind::NoShow => true,
            Kind::Answer => h.value == "decline",
            _ => false,
        };
        let withdraws = told.iter().any(|h| {
            h.kind == Kind::Withdrawal && h.programme.is_none_or(|named| named == programme)
        });
        let last = told.iter().rfind(|h| matches!(h.kind, Kind::NoShow | Kind::Answer));
        let by_silence = self.office.model.no_answer == NoAnswer::Decline
            && own.iter().any(|(at, _, reason)| *at == programme && reason == "answered_no");
        withdraws || last.is_some_and(is_no) || last.is_none() && by_silence
    }

    /// Those who held a seat, did not give it up, and have neither it nor anything they want more.
    fn losers(&self, placed: &[Placed]) -> Vec<usize> {
        let lists = self.office.lists(self.office.runs.last().unwrap());
        let rank = |applicant: usize, at: &Placed| {
            let (programme, _) = at.as_ref()?;
            lists.get(&applicant)?.iter().position(|(listed, ..)| listed == programme)
        };
        let lost = |applicant: &usize| {
            let before = &self.before[*applicant];
            let Some((programme, _)) = before else { return false };
            let now = rank(*applicant, &placed[*applicant]);
            !self.has_given_up(*applicant, *programme)
                && now.is_none_or(|now| Some(now) > rank(*applicant, before))
        };
        (0..placed.len()).filter(lost).collect()
    }

    fn check(&mut self) {
        let run = self.office.runs.last().unwrap();
        let chain = run.verify_chain(None);
        assert!(chain.proof.holds() && chain.complete, "{:?}", chain.proof.violations());
        assert_eq!(chain.runs.len(), self.office.runs.len());
        assert_eq!(self.losers(&self.now), [0; 0], "nobody loses a seat: {:?}", self.taken);
        let expected = self.oracle.place(&self.before, self.moves());
        assert_eq!(self.now, expected, "{:?}\n{:?}", self.taken, self.office.model);
    }

    /// The same files give the same bytes, and so do the new rows in another order.
    fn check_again(&mut self) {
        let first = tables(self.office.runs.last().unwrap());
        for run in self.office.again(&mut self.dice, &self.taken) {
            assert_eq!(tables(&run), first);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn nobody_loses_a_seat_whatever_happens(
        seed: u64,
        rounds in 2..=ROUNDS.len(),
        with_groups: bool,
    ) {
        let mut played = Played::new(seed, with_groups);
        for round in &ROUNDS[..rounds] {
            played.round(*round);
            played.check();
        }
        played.check_again();
    }
}

/// The same seasons, matched as if no seat were held: there are losers, so the invariant can fail.
#[test]
fn without_holding_somebody_loses_a_seat() {
    let mut losers = 0;
    for seed in 0..40 {
        let mut played = Played::new(seed, seed % 2 == 0);
        for round in &ROUNDS[..3] {
            played.round(*round);
            losers +=
                played.losers(&played.oracle.place(&played.before, Moves::WithoutHolding)).len();
        }
    }
    assert!(losers >= 5, "{losers} lost a seat");
}

/// What is drawn is worth drawing: every kind of event is taken many times, and seats move.
#[test]
fn every_kind_of_event_is_met() {
    let mut met = std::collections::BTreeMap::new();
    let (mut moved, mut phoned) = (0, 0);
    for seed in 0..100 {
        let mut played = Played::new(seed, seed % 2 == 0);
        for round in &ROUNDS {
            played.round(*round);
            for happening in &played.taken {
                *met.entry(happening.kind).or_insert(0) += 1;
            }
            let counts = &played.office.runs.last().unwrap().manifest().counts;
            moved += counts.held.map_or(0, |held| held.moved_up);
            let proposals = played.office.runs.last().unwrap().folder().join("proposals.csv");
            let rows = std::fs::read_to_string(proposals).unwrap_or_default();
            phoned += rows.lines().skip(1).count();
        }
    }
    assert!(met.len() == 11 && met.values().all(|count| *count >= 5), "{met:?}");
    assert!(moved >= 20 && phoned >= 20, "{moved} moved up, {phoned} were phoned");
}
