//! Moves in the order in which they can be made: chain by chain.

use std::collections::{BTreeMap, VecDeque};

use crate::rounds::seats::{keep_held, passes_on};

/// A seat of a programme: in a quota group (counted from 0), or in the programme as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seat {
    pub(crate) programme: u32,
    /// 0 at a programme without groups.
    pub(crate) group: u16,
}

/// A move of one applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) applicant: u32,
    pub(crate) from: Option<Seat>,
    pub(crate) to: Seat,
    /// Whom of those who move to the same programme to ask first: the least.
    pub(crate) order: (u32, u32),
}

/// What begins a chain of moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// A seat that nobody holds.
    Vacancy,
    /// Nothing: each takes the seat that the next one leaves, and everybody must agree.
    Trade,
}

/// Moves one after the other: each takes what the one before left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    pub(crate) beginning: Beginning,
    pub(crate) moves: Vec<Move>,
}

/// The seats of every programme, and how many of them are held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Room {
    /// Where the seats of each programme begin: one number a quota group, or one for a programme
    /// without; one more entry than programmes.
    pub(crate) offsets: Vec<u32>,
    pub(crate) seats: Vec<u32>,
    pub(crate) held: Vec<u32>,
    /// The group that unfilled seats pass on to, counted within the programme.
    pub(crate) unfilled_to: Vec<Option<u32>>,
}

impl Room {
    /// The place of a seat in the columns.
    pub(crate) fn unit(&self, seat: Seat) -> usize {
        self.offsets[seat.programme as usize] as usize + usize::from(seat.group)
    }

    /// The places of a programme's seats in the columns.
    pub(crate) fn units(&self, programme: u32) -> std::ops::Range<usize> {
        let programme = programme as usize;
        self.offsets[programme] as usize..self.offsets[programme + 1] as usize
    }

    /// The seats of a programme when those held in a later group stay there, and how many more
    /// each group needs for those who hold them.
    pub(crate) fn settled(&self, programme: u32) -> (Vec<u32>, Vec<u32>) {
        let units = self.units(programme);
        let mut seats = self.seats[units.clone()].to_vec();
        let missing = keep_held(&mut seats, &self.held[units.clone()], &self.unfilled_to[units]);
        (seats, missing)
    }

    /// Of each group of a programme: whether what its holders leave is for nobody new, since more
    /// hold seats there, or in a later group that it passes seats on to, than there are.
    pub(crate) fn overfull(&self, programme: u32) -> Vec<bool> {
        let later = &self.unfilled_to[self.units(programme)];
        let (_, missing) = self.settled(programme);
        let reaches = |group: usize| {
            let full = |other: usize| missing[other] > 0;
            full(group) || (0..missing.len()).any(|to| full(to) && passes_on(later, group, to))
        };
        (0..missing.len()).map(reaches).collect()
    }

    /// Whether one more can hold a seat there.
    pub(crate) fn has_room(&mut self, seat: Seat) -> bool {
        let missing = |room: &Self| room.settled(seat.programme).1.iter().sum::<u32>();
        let before = missing(self);
        let unit = self.unit(seat);
        self.held[unit] += 1;
        let after = missing(self);
        self.held[unit] -= 1;
        after == before
    }
}

/// Puts moves in chains. A chain begins with a vacant seat: who takes it leaves the seat that the
/// next one takes, until nobody wants what is left or nobody has left anything. Moves that no
/// vacant seat begins are trades. O(moves · log moves), where few move to each programme.
pub(crate) fn chains(moves: Vec<Move>, room: &Room) -> Vec<Chain> {
    let mut queues: BTreeMap<u32, VecDeque<Move>> = BTreeMap::new();
    let mut moves = moves;
    moves.sort_unstable_by_key(|a_move| (a_move.to.programme, a_move.order, a_move.applicant));
    for a_move in moves {
        queues.entry(a_move.to.programme).or_default().push_back(a_move);
    }
    let mut chains = Vec::new();
    let mut room = room.clone();
    let programmes: Vec<u32> = queues.keys().copied().collect();
    for beginning in [Beginning::Vacancy, Beginning::Trade] {
        for programme in &programmes {
            loop {
                let moves = chain(&mut queues, &mut room, *programme, beginning);
                if moves.is_empty() {
                    break;
                }
                chains.push(Chain { beginning, moves });
            }
        }
    }
    chains
}

/// The chain that begins when a seat of `programme` is free; a trade ends when it is free again.
fn chain(
    queues: &mut BTreeMap<u32, VecDeque<Move>>,
    room: &mut Room,
    programme: u32,
    beginning: Beginning,
) -> Vec<Move> {
    let trade = beginning == Beginning::Trade;
    let (mut moves, mut free) = (Vec::new(), Some(programme));
    while let Some(queue) = free.and_then(|free| queues.get_mut(&free)) {
        let next = queue.iter().position(|next| trade || room.has_room(next.to));
        let Some(next) = next.and_then(|at| queue.remove(at)) else { break };
        let to = room.unit(next.to);
        room.held[to] += 1;
        if let Some(from) = next.from {
            let from = room.unit(from);
            room.held[from] -= 1;
        }
        let left = next.from.map(|from| from.programme);
        free = left.filter(|left| !trade || *left != programme);
        moves.push(next);
    }
    moves
}
