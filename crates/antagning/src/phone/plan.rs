//! The moves that are offered: from what is held to the stable matching in which holders go first.

use std::collections::BTreeMap;

use antagning_matching::{
    ApplicantIx, Claim, Incremental, MarketBuilder, Placement, ProgrammeIx, QuotaGroup,
};
use antagning_rules::Tiers;

use crate::phone::state::State;
use crate::proof::{Holdings, WishClaim};
use crate::rounds::{ChainOfMoves, Move, Seat, chains};

/// Above every rank: the priority of whoever holds a seat.
const HOLDS: u32 = 1 << 31;

/// The market of those who wait, matched, and the moves that follow.
#[derive(Debug)]
pub(super) struct Plan {
    matching: Incremental,
    /// Those who wait, ascending.
    people: Vec<u32>,
    /// Where the list of each of them begins in `wishes`, one more entry than people.
    starts: Vec<u32>,
    wishes: Vec<u32>,
    /// How many groups stand in each tier, by programme.
    groups: Vec<usize>,
    /// The moves, by applicant.
    moves: BTreeMap<u32, Move>,
    /// The moves in the order in which they can be made.
    pub(super) chains: Vec<ChainOfMoves>,
}

impl Plan {
    /// Matches. Everybody who holds a seat and waits for nothing takes part as a seat less.
    /// O(wishes of those who wait · log wishes).
    pub(super) fn new(holdings: &Holdings, state: &State) -> Self {
        let mut waiting = Waiting::new(holdings, state);
        waiting.collect();
        let tiers = waiting.tiers();
        let mut builder = MarketBuilder::new();
        for (programme, tiers) in (0..).zip(&tiers) {
            waiting.add_programme(&mut builder, programme, *tiers);
        }
        for person in 0..waiting.people.len() {
            waiting.add_person(&mut builder, person, &tiers);
        }
        // No two have the same rank, and a list has no programme twice.
        let market = builder.build().expect("the market of a proven run");
        let matching = Incremental::new(&market);
        let groups = holdings.programmes.iter().map(|offer| offer.groups.len()).collect();
        let Waiting { people, starts, wishes, .. } = waiting;
        let mut plan = Self {
            matching,
            people,
            starts,
            wishes,
            groups,
            moves: BTreeMap::new(),
            chains: Vec::new(),
        };
        for person in 0..plan.people.len() {
            let placed = plan.matching.placement_of(ApplicantIx::new(person as u32));
            if let Some(a_move) = plan.a_move(holdings, state, person, placed) {
                plan.moves.insert(a_move.applicant, a_move);
            }
        }
        plan.chains = chains(plan.moves.values().copied().collect(), &state.room);
        plan
    }

    /// The moves that there would be with one seat more; nothing is changed.
    pub(super) fn with_seat_more(
        &mut self,
        holdings: &Holdings,
        state: &State,
        seat: Seat,
    ) -> Vec<ChainOfMoves> {
        let programme = ProgrammeIx::new(seat.programme);
        let mut room = state.room.clone();
        let (before, _) = room.settled(seat.programme);
        let unit = room.unit(seat);
        room.seats[unit] += 1;
        let (after, _) = room.settled(seat.programme);
        // Seats that passed on and are held where they passed to come back first.
        let group = before.iter().zip(&after).position(|(before, after)| after > before);
        // One more where more are held than there are is held already.
        let Some(group) = group else { return Vec::new() };
        let changed = match self.groups[programme.index()] {
            0 => self.matching.add_seat(programme),
            _ => self.matching.add_group_seat(programme, group),
        };
        let net = changed.net();
        let mut moves = self.moves.clone();
        for step in net {
            let person = step.applicant.index();
            match self.a_move(holdings, state, person, step.to) {
                Some(a_move) => moves.insert(a_move.applicant, a_move),
                None => moves.remove(&self.people[person]),
            };
        }
        self.matching.undo();
        chains(moves.into_values().collect(), &room)
    }

    /// The move of an applicant to where the matching has them, if it is one.
    fn a_move(
        &self,
        holdings: &Holdings,
        state: &State,
        person: usize,
        placed: Option<Placement>,
    ) -> Option<Move> {
        let applicant = self.people[person];
        let placed = placed?;
        let wish = self.wishes[self.starts[person] as usize + placed.choice];
        let held = state.held[applicant as usize];
        if held.is_some_and(|(held, _)| held == wish) {
            return None;
        }
        let groups = self.groups[placed.programme.index()];
        let group = placed.group.map_or(0, |unit| unit % groups.max(1)) as u16;
        let claims = &holdings.claims[range(&holdings.wishes[wish as usize].claims)];
        let rank = claims.iter().find(|claim| claim.group == group).map_or(0, |claim| claim.rank);
        Some(Move {
            applicant,
            from: held.map(|(_, seat)| seat),
            to: Seat { programme: placed.programme.index() as u32, group },
            order: (group.into(), u32::MAX - rank),
        })
    }

    /// Where the matching would move an applicant.
    pub(super) fn target(&self, applicant: u32) -> Option<Seat> {
        self.moves.get(&applicant).map(|a_move| a_move.to)
    }
}

fn range(range: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    range.start as usize..range.end as usize
}

/// Those who wait, and the seats that nobody else holds.
struct Waiting<'a> {
    holdings: &'a Holdings,
    state: &'a State,
    people: Vec<u32>,
    starts: Vec<u32>,
    wishes: Vec<u32>,
    /// Seats held by those who wait for nothing.
    fixed: Vec<u32>,
    /// Where nobody new is taken in: see [`crate::rounds::Room::overfull`].
    overfull: Vec<bool>,
}

impl<'a> Waiting<'a> {
    fn new(holdings: &'a Holdings, state: &'a State) -> Self {
        let fixed = vec![0; state.room.seats.len()];
        let (people, starts, wishes) = (Vec::new(), vec![0], Vec::new());
        let programmes = 0..holdings.programmes.len() as u32;
        let overfull = programmes.flat_map(|programme| state.room.overfull(programme)).collect();
        Self { holdings, state, people, starts, wishes, fixed, overfull }
    }

    fn collect(&mut self) {
        let state = self.state;
        for applicant in 0..state.held.len() as u32 {
            let first = self.wishes.len();
            let waits = state.waits_for(self.holdings, applicant);
            let asked = waits.filter(|wish| !state.unanswered.contains(wish));
            let open = |wish: &u32| self.open_claims(*wish).next().is_some();
            let asked: Vec<u32> = asked.filter(open).collect();
            self.wishes.extend(asked);
            let held = state.held[applicant as usize];
            if self.wishes.len() > first {
                self.wishes.extend(held.map(|(wish, _)| wish));
                self.people.push(applicant);
                self.starts.push(self.wishes.len() as u32);
            } else if let Some((_, seat)) = held {
                self.fixed[state.room.unit(seat)] += 1;
            }
        }
    }

    /// The claims of a wish on groups that take in anybody new.
    fn open_claims(&self, wish: u32) -> impl Iterator<Item = &'a WishClaim> + '_ {
        let wish = &self.holdings.wishes[wish as usize];
        let first = self.state.room.offsets[wish.programme as usize] as usize;
        let claims = self.holdings.claims[range(&wish.claims)].iter();
        claims.filter(move |claim| !self.overfull[first + usize::from(claim.group)])
    }

    fn list(&self, person: usize) -> &[u32] {
        &self.wishes[self.starts[person] as usize..self.starts[person + 1] as usize]
    }

    /// The seat held through a wish.
    fn seat_of(&self, person: usize, wish: u32) -> Option<Seat> {
        let held = self.state.held[self.people[person] as usize];
        held.filter(|(held, _)| *held == wish).map(|(_, seat)| seat)
    }

    fn tiers(&self) -> Vec<Tiers> {
        let first = Tiers::new(self.holdings.tiers);
        let mut tiers = vec![first; self.holdings.programmes.len()];
        for person in 0..self.people.len() {
            for &wish in self.list(person) {
                if self.seat_of(person, wish).is_none() {
                    let wish = &self.holdings.wishes[wish as usize];
                    tiers[wish.programme as usize].ask(wish.tier);
                }
            }
        }
        tiers
    }

    fn add_programme(&self, builder: &mut MarketBuilder<u32>, programme: u32, tiers: Tiers) {
        let units = self.state.room.units(programme);
        let (seats, _) = self.state.room.settled(programme);
        let free = seats.iter().zip(&self.fixed[units.clone()]).map(|(seats, held)| seats - held);
        if self.holdings.programmes[programme as usize].groups.is_empty() {
            free.for_each(|seats| {
                builder.add_programme(seats);
            });
        } else {
            let later = self.state.room.unfilled_to[units.clone()].iter();
            let groups = free.zip(later).zip(&self.overfull[units]);
            let groups = groups.map(|((seats, later), is_overfull)| QuotaGroup {
                seats,
                unfilled_to: later.filter(|_| !is_overfull).map(|later| later as usize),
            });
            builder.add_grouped_programme(&tiers.seats(&groups.collect::<Vec<_>>()));
        }
    }

    fn add_person(&self, builder: &mut MarketBuilder<u32>, person: usize, tiers: &[Tiers]) {
        let holdings = self.holdings;
        let mut claims: Vec<(usize, u32)> = Vec::new();
        let mut ends = Vec::new();
        for &wish in self.list(person) {
            let held = self.seat_of(person, wish);
            let open = self.open_claims(wish);
            let wish = &holdings.wishes[wish as usize];
            let groups = holdings.programmes[wish.programme as usize].groups.len();
            let tiers = tiers[wish.programme as usize];
            let unit = |tier, group| tiers.unit(tier, group, groups);
            match held {
                Some(seat) => {
                    claims.push((unit(tiers.first(), seat.group), HOLDS + self.people[person]));
                }
                None => {
                    claims.extend(open.map(|claim| (unit(wish.tier, claim.group), claim.rank)));
                }
            }
            ends.push(claims.len());
        }
        let mut from = 0;
        builder.add_applicant_with_claims(self.list(person).iter().zip(ends).map(|(wish, end)| {
            let programme = holdings.wishes[*wish as usize].programme;
            let open = &claims[from..end];
            from = end;
            let claim = match holdings.programmes[programme as usize].groups.is_empty() {
                true => Claim::Plain(open[0].1),
                false => Claim::Groups(open),
            };
            (ProgrammeIx::new(programme), claim)
        }));
    }
}
