//! What a session tells: calls, vacant seats, persons, records.

use std::collections::BTreeSet;

use crate::phone::answer::{
    Answer, Call, FreeSeats, HeldChoice, LoggedRecord, Person, Refused, Step, WaitingChoice,
};
use crate::phone::command::{Command, USAGE};
use crate::phone::deeds::open_moves;
use crate::phone::plan::Plan;
use crate::phone::record::{Deed, Record};
use crate::phone::refusal::Refusal;
use crate::phone::state::{State, standing};
use crate::phone::{PhoneSession, words};
use crate::rounds::{Beginning, ChainOfMoves, Move, Seat};

impl PhoneSession {
    pub(super) fn answer_to(&mut self, line: &str) -> Answer {
        let mut answer = match Command::parse(line) {
            Err(refusal) => {
                let word = line.split_whitespace().next().unwrap_or_default();
                self.refused(word, &refusal)
            }
            Ok(command) => {
                let answered = self.tell(&command);
                answered.unwrap_or_else(|refusal| self.refused(command.name(), &refusal))
            }
        };
        answer.text = words::text(&answer, self.language);
        answer
    }

    fn tell(&mut self, command: &Command) -> Result<Answer, Refusal> {
        let mut answer = self.bare(command.name());
        match command {
            Command::Next(place) => {
                let (seat, calls) = self.next(place)?;
                answer.seat = Some(seat);
                answer.calls = Some(calls);
            }
            Command::Calls => {
                answer.calls = Some(self.plan.chains.iter().map(|c| self.call(c)).collect());
            }
            Command::Free => answer.free = Some(self.free()),
            Command::Who(applicant) => {
                let applicant = self.applicant(applicant)?;
                answer.who = Some(self.person(applicant));
            }
            Command::Log => answer.log = Some(self.log()),
            Command::Help => answer.commands = Some(USAGE.map(|(text, ..)| text).to_vec()),
            Command::Quit => answer.is_last = true,
            _ => {
                let decided = self.decide(command)?;
                answer.record = Some(self.record(decided.deed)?);
                answer.follows = self.follows(decided.about);
            }
        }
        Ok(answer)
    }

    /// Writes a record down, and then does what it says.
    fn record(&mut self, deed: Deed) -> Result<Record, Refusal> {
        let seq = self.records.len() as u64 + 1;
        let record = Record { seq, date: self.date.clone(), by: self.by.clone(), deed };
        self.journal.write(&record).map_err(|error| Refusal::NotWritten(error.to_string()))?;
        self.records.push(record.clone());
        let applied = match record.deed {
            Deed::Undo { .. } => State::after(&self.holdings, &self.records, &self.date)
                .map(|state| self.state = state)
                .ok(),
            _ => self.state.apply(&self.holdings, &record, true),
        };
        debug_assert!(applied.is_some(), "a record that was decided on applies");
        self.plan = Plan::new(&self.holdings, &self.state);
        Ok(record)
    }

    fn bare(&self, command: &str) -> Answer {
        Answer {
            command: command.to_owned(),
            ok: true,
            refused: None,
            record: None,
            seat: None,
            calls: None,
            free: None,
            who: None,
            log: None,
            commands: None,
            follows: self.follows(None),
            is_last: false,
            text: String::new(),
        }
    }

    fn refused(&self, command: &str, refusal: &Refusal) -> Answer {
        let refused = Refused {
            reason: refusal.reason(),
            before: refusal.before().to_vec(),
            text: refusal.text(self.language),
        };
        Answer { ok: false, refused: Some(refused), ..self.bare(command) }
    }

    /// The call to make: about a seat of that programme if there is one, else the first of all.
    fn follows(&self, about: Option<u32>) -> Option<Call> {
        let chains = &self.plan.chains;
        let here = |chain: &&ChainOfMoves| Some(chain.moves[0].to.programme) == about;
        chains.iter().find(here).or_else(|| chains.first()).map(|chain| self.call(chain))
    }

    /// Who is to be called for a seat: a vacant one, or else one more.
    fn next(&mut self, place: &str) -> Result<(&'static str, Vec<Call>), Refusal> {
        let (programme, group) = self.programme_and_group(place)?;
        let begins_here = |chain: &&ChainOfMoves| {
            let to = chain.moves[0].to;
            chain.beginning == Beginning::Vacancy
                && to.programme == programme
                && group.is_none_or(|group| group == to.group)
        };
        if let Some(chain) = self.plan.chains.iter().find(begins_here) {
            return Ok(("vacant", vec![self.call(chain)]));
        }
        let groups = &self.holdings.programmes[programme as usize].groups;
        let asked = match group {
            Some(group) => group..group + 1,
            None => 0..groups.len().max(1) as u16,
        };
        let room = &mut self.state.room;
        if asked.clone().any(|group| room.has_room(Seat { programme, group })) {
            return Ok(("vacant", Vec::new()));
        }
        if asked.len() > 1 {
            return Err(Refusal::GroupNeeded(groups.clone()));
        }
        let seat = Seat { programme, group: asked.start };
        let chains = self.plan.with_seat_more(&self.holdings, &self.state, seat);
        // What a seat brings that passes on may begin in a later group.
        let of_programme = |chain: &&ChainOfMoves| {
            chain.beginning == Beginning::Vacancy
                && chain.moves[0].to.programme == programme
                && !self.plan.chains.contains(chain)
        };
        let found = chains.iter().find(begins_here).or_else(|| chains.iter().find(of_programme));
        Ok(("one_more", found.map(|chain| self.call(chain)).into_iter().collect()))
    }

    fn call(&self, chain: &ChainOfMoves) -> Call {
        let is_trade = chain.beginning == Beginning::Trade;
        let open = open_moves(chain);
        let now = open.iter().find(|a_move| !is_trade || !self.agrees(a_move));
        let now = now.unwrap_or(&open[0]);
        let last = chain.moves.last().and_then(|last| last.from).filter(|_| !is_trade);
        Call {
            applicant_id: self.holdings.applicant_ids.get(now.applicant as usize).to_owned(),
            programme_id: self.programme_id(now.to.programme),
            quota_group: self.holdings.group_name(now.to).to_owned(),
            begins_with: chain.beginning.name(),
            chain: chain.moves.iter().map(|a_move| self.step(a_move, is_trade)).collect(),
            ends_vacant_at: last.map(|seat| self.programme_id(seat.programme)),
        }
    }

    fn step(&self, a_move: &Move, is_trade: bool) -> Step {
        let rank = |programme: u32| {
            let wish = self.holdings.wish(a_move.applicant, programme);
            wish.map_or(0, |wish| self.holdings.wishes[wish as usize].choice_rank)
        };
        let left = a_move.from.map(|from| from.programme);
        Step {
            applicant_id: self.holdings.applicant_ids.get(a_move.applicant as usize).to_owned(),
            programme_id: self.programme_id(a_move.to.programme),
            quota_group: self.holdings.group_name(a_move.to).to_owned(),
            choice_rank: rank(a_move.to.programme),
            leaves_programme_id: left.map(|left| self.programme_id(left)),
            leaves_choice_rank: left.map(rank),
            agreed: is_trade && self.agrees(a_move),
        }
    }

    fn free(&self) -> Vec<FreeSeats> {
        let room = &self.state.room;
        let mut free = Vec::new();
        for (programme, offer) in (0..).zip(&self.holdings.programmes) {
            let (seats, _) = room.settled(programme);
            let held = &room.held[room.units(programme)];
            for (group, (&seats, &held)) in (0..).zip(seats.iter().zip(held)) {
                if seats > held {
                    let seat = Seat { programme, group };
                    free.push(FreeSeats {
                        programme_id: offer.id.clone(),
                        quota_group: self.holdings.group_name(seat).to_owned(),
                        seats,
                        held,
                        vacant: seats - held,
                    });
                }
            }
        }
        free
    }

    fn person(&self, applicant: u32) -> Person {
        let state = &self.state;
        let held = state.held[applicant as usize].map(|(wish, seat)| HeldChoice {
            programme_id: self.programme_id(seat.programme),
            quota_group: self.holdings.group_name(seat).to_owned(),
            choice_rank: self.holdings.wishes[wish as usize].choice_rank,
        });
        let target = self.plan.target(applicant).map(|seat| seat.programme);
        let open = self.plan.chains.iter().flat_map(open_moves);
        let is_open = open.into_iter().any(|a_move| a_move.applicant == applicant);
        let waits = state.waits_for(&self.holdings, applicant).map(|wish| {
            let asked = &self.holdings.wishes[wish as usize];
            WaitingChoice {
                programme_id: self.programme_id(asked.programme),
                choice_rank: asked.choice_rank,
                state: match () {
                    () if state.unanswered.contains(&wish) => "no_answer",
                    () if target != Some(asked.programme) => "waits",
                    () if !is_open => "follows",
                    () if state.agreed.contains(&wish) => "agreed",
                    () => "offered",
                },
            }
        });
        Person {
            applicant_id: self.holdings.applicant_ids.get(applicant as usize).to_owned(),
            holds: held,
            waits_for: waits.collect(),
        }
    }

    fn log(&self) -> Vec<LoggedRecord> {
        let standing = standing(&self.records).unwrap_or_default();
        let standing: BTreeSet<u64> = standing.iter().map(|record| record.seq).collect();
        let stands = |record: &Record| {
            let is_undo = matches!(record.deed, Deed::Undo { .. });
            is_undo || standing.contains(&record.seq)
        };
        let records = self.records.iter();
        records.map(|r| LoggedRecord { record: r.clone(), undone: !stands(r) }).collect()
    }
}
