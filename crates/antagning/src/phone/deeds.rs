//! From a command to what is written down, or to why it is refused.

use crate::phone::PhoneSession;
use crate::phone::command::Command;
use crate::phone::record::{Deed, SeatTaken};
use crate::phone::refusal::Refusal;
use crate::phone::state::standing;
use crate::rounds::{Beginning, ChainOfMoves, MOST_SEATS, Move, Seat};

/// What to write down, and the programme where a seat may be free then.
pub(super) struct Decided {
    pub(super) deed: Deed,
    pub(super) about: Option<u32>,
}

/// An applicant and one of their wishes.
struct Asked {
    applicant: u32,
    programme: u32,
    wish: u32,
}

impl PhoneSession {
    /// What a command that changes something comes to.
    pub(super) fn decide(&self, command: &Command) -> Result<Decided, Refusal> {
        match command {
            Command::Accept(applicant, programme) => self.accept(applicant, programme),
            Command::NoAnswer(applicant, programme) => {
                let asked = self.asked(applicant, programme)?;
                self.open_chain(&asked)?;
                Ok(Decided {
                    deed: Deed::NoAnswer {
                        applicant_id: applicant.clone(),
                        programme_id: programme.clone(),
                    },
                    about: Some(asked.programme),
                })
            }
            Command::Decline(applicant, Some(programme)) => {
                let asked = self.asked(applicant, programme)?;
                if !self.state.alive[asked.wish as usize] {
                    return Err(Refusal::NotWaiting);
                }
                Ok(Decided {
                    deed: Deed::Decline {
                        applicant_id: applicant.clone(),
                        programme_id: programme.clone(),
                    },
                    about: Some(asked.programme),
                })
            }
            Command::Decline(applicant, None) => {
                self.leave(applicant, |applicant_id| Deed::DeclineAll { applicant_id })
            }
            Command::Withdraw(applicant) => {
                self.leave(applicant, |applicant_id| Deed::Withdraw { applicant_id })
            }
            Command::NoShow(applicant) => {
                let number = self.applicant(applicant)?;
                self.state.held[number as usize].ok_or(Refusal::NothingHeld)?;
                self.leave(applicant, |applicant_id| Deed::NoShow { applicant_id })
            }
            Command::Seats(place, change) => {
                let seat = self.place(place)?;
                self.may_change(seat, *change)?;
                Ok(Decided {
                    deed: Deed::Seats {
                        programme_id: self.programme_id(seat.programme),
                        quota_group: self.holdings.group_name(seat).to_owned(),
                        change: *change,
                    },
                    about: Some(seat.programme),
                })
            }
            Command::Fill(place, seats) => {
                let seat = self.place(place)?;
                self.may_change(seat, -i64::from(*seats))?;
                Ok(Decided {
                    deed: Deed::Fill {
                        programme_id: self.programme_id(seat.programme),
                        quota_group: self.holdings.group_name(seat).to_owned(),
                        seats: *seats,
                    },
                    about: Some(seat.programme),
                })
            }
            _ => {
                // The last record that was not taken back; the journal was replayed before.
                let last =
                    standing(&self.records).ok().and_then(|standing| standing.last().copied());
                let last = last.ok_or(Refusal::NothingToUndo)?;
                Ok(Decided { deed: Deed::Undo { undoes: last.seq }, about: None })
            }
        }
    }

    fn accept(&self, applicant: &str, programme: &str) -> Result<Decided, Refusal> {
        let asked = self.asked(applicant, programme)?;
        let chain = self.open_chain(&asked)?;
        let taken = |a_move: &Move| SeatTaken {
            applicant_id: self.holdings.applicant_ids.get(a_move.applicant as usize).to_owned(),
            programme_id: self.programme_id(a_move.to.programme),
            quota_group: self.holdings.group_name(a_move.to).to_owned(),
            leaves_programme_id: a_move
                .from
                .map_or_else(String::new, |from| self.programme_id(from.programme)),
        };
        if chain.beginning == Beginning::Vacancy {
            let first = &chain.moves[0];
            let about = first.from.map(|from| from.programme);
            return Ok(Decided { deed: Deed::Accept { moves: vec![taken(first)] }, about });
        }
        if self.has_agreed(&asked) {
            return Err(Refusal::AgreedAlready);
        }
        let others = chain.moves.iter().filter(|a_move| a_move.applicant != asked.applicant);
        let deed = match others.clone().all(|a_move| self.agrees(a_move)) {
            true => Deed::Accept { moves: chain.moves.iter().map(taken).collect() },
            false => Deed::Agree {
                applicant_id: applicant.to_owned(),
                programme_id: programme.to_owned(),
            },
        };
        Ok(Decided { deed, about: Some(asked.programme) })
    }

    /// The chain in which an offer stands open to an applicant, or why there is none.
    fn open_chain(&self, asked: &Asked) -> Result<&ChainOfMoves, Refusal> {
        let state = &self.state;
        if state.held[asked.applicant as usize].is_some_and(|(held, _)| held == asked.wish) {
            return Err(Refusal::HoldsIt);
        }
        if !state.waits_for(&self.holdings, asked.applicant).any(|wish| wish == asked.wish) {
            return Err(Refusal::NotWaiting);
        }
        if state.unanswered.contains(&asked.wish) {
            return Err(Refusal::NoAnswerToday);
        }
        let is_it = |a_move: &Move| {
            (a_move.applicant, a_move.to.programme) == (asked.applicant, asked.programme)
        };
        let chains = &self.plan.chains;
        if let Some(chain) = chains.iter().find(|chain| open_moves(chain).iter().any(is_it)) {
            return Ok(chain);
        }
        let better = self.plan.target(asked.applicant).filter(|target| {
            let wish = self.holdings.wish(asked.applicant, target.programme);
            wish.is_some_and(|wish| wish < asked.wish)
        });
        if let Some(better) = better {
            return Err(Refusal::BetterOffer(self.programme_id(better.programme)));
        }
        let there = |a_move: &&Move| a_move.to.programme == asked.programme;
        let ids = |moves: Vec<&Move>| {
            let id = |a_move: &&Move| self.holdings.applicant_ids.get(a_move.applicant as usize);
            moves.iter().map(|a_move| id(a_move).to_owned()).collect::<Vec<_>>()
        };
        if let Some(chain) = chains.iter().find(|chain| chain.moves.iter().any(is_it)) {
            return Err(Refusal::NoSeat(ids(chain.moves.iter().take(1).collect())));
        }
        let open: Vec<&Move> = chains.iter().flat_map(open_moves).filter(there).collect();
        match open.is_empty() {
            true => Err(Refusal::NoSeat(Vec::new())),
            false => Err(Refusal::OthersFirst(ids(open))),
        }
    }

    fn leave(&self, applicant_id: &str, deed: impl Fn(String) -> Deed) -> Result<Decided, Refusal> {
        let applicant = self.applicant(applicant_id)?;
        if !self.state.asks(&self.holdings, applicant) {
            return Err(Refusal::NothingLeft);
        }
        let held = self.state.held[applicant as usize];
        let about = held.map(|(_, seat)| seat.programme);
        Ok(Decided { deed: deed(applicant_id.to_owned()), about })
    }

    /// Whether seats may change so: nobody who holds one may be without.
    fn may_change(&self, seat: Seat, change: i64) -> Result<(), Refusal> {
        let mut room = self.state.room.clone();
        let unit = room.unit(seat);
        let seats = i64::from(room.seats[unit]) + change;
        if seats > MOST_SEATS {
            return Err(Refusal::TooManySeats);
        }
        let missing = |(_, missing): (Vec<u32>, Vec<u32>)| missing.iter().sum::<u32>();
        let before = missing(room.settled(seat.programme));
        let held = Refusal::SeatsHeld(room.held[unit], room.seats[unit]);
        room.seats[unit] = u32::try_from(seats).map_err(|_| held.clone())?;
        if change < 0 && missing(room.settled(seat.programme)) > before {
            return Err(held);
        }
        Ok(())
    }

    pub(super) fn applicant(&self, id: &str) -> Result<u32, Refusal> {
        self.holdings.applicant(id).ok_or_else(|| Refusal::UnknownApplicant(id.to_owned()))
    }

    fn asked(&self, applicant: &str, programme: &str) -> Result<Asked, Refusal> {
        let applicant = self.applicant(applicant)?;
        let unknown = || Refusal::UnknownProgramme(programme.to_owned());
        let programme = self.holdings.programme(programme).ok_or_else(unknown)?;
        let wish = self.holdings.wish(applicant, programme).ok_or(Refusal::NotChosen)?;
        Ok(Asked { applicant, programme, wish })
    }

    /// A programme and its quota group; of several groups one must be named.
    fn place(&self, text: &str) -> Result<Seat, Refusal> {
        let (programme, group) = self.programme_and_group(text)?;
        let groups = &self.holdings.programmes[programme as usize].groups;
        match group {
            None if groups.len() > 1 => Err(Refusal::GroupNeeded(groups.clone())),
            group => Ok(Seat { programme, group: group.unwrap_or(0) }),
        }
    }

    /// A programme, and the quota group where one is named after a colon.
    pub(super) fn programme_and_group(&self, text: &str) -> Result<(u32, Option<u16>), Refusal> {
        if let Some(programme) = self.holdings.programme(text) {
            return Ok((programme, None));
        }
        let parted = text.rsplit_once(':');
        let found = parted.and_then(|(id, group)| Some((self.holdings.programme(id)?, group)));
        let (programme, name) = found.ok_or_else(|| Refusal::UnknownProgramme(text.to_owned()))?;
        let groups = &self.holdings.programmes[programme as usize].groups;
        match groups.iter().position(|group| group == name) {
            Some(group) => Ok((programme, Some(group as u16))),
            None => Err(Refusal::UnknownGroup(name.to_owned())),
        }
    }

    pub(super) fn programme_id(&self, programme: u32) -> String {
        self.holdings.programmes[programme as usize].id.clone()
    }

    fn has_agreed(&self, asked: &Asked) -> bool {
        self.state.agreed.contains(&asked.wish)
    }

    /// Whether the applicant of a move has agreed to it, in a trade.
    pub(super) fn agrees(&self, a_move: &Move) -> bool {
        let wish = self.holdings.wish(a_move.applicant, a_move.to.programme);
        wish.is_some_and(|wish| self.state.agreed.contains(&wish))
    }
}

/// The moves of a chain that can be offered now.
pub(super) fn open_moves(chain: &ChainOfMoves) -> &[Move] {
    match chain.beginning {
        Beginning::Vacancy => &chain.moves[..1],
        Beginning::Trade => &chain.moves,
    }
}
