//! From one run to the next: who moved, and why.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diff::acts::{Act, Pair};
use crate::diff::cause::{Link, Root};
use crate::diff::chains::{ChainStep, MoveChain, components};
use crate::diff::movement::{Movement, Seat};
use crate::diff::pairing::{Mover, Parent, Seats, cycles, pair};
use crate::diff::tables::Index;

/// What happened between two runs.
#[derive(Clone, Debug, Serialize)]
pub struct Transition {
    /// The label of the earlier run.
    pub from: String,
    /// The label of the later run.
    pub to: String,
    /// How many of each movement.
    pub counts: MovementCounts,
    /// Whoever has another seat than before, in the order of ids.
    pub moves: Vec<Move>,
    /// The chains of these moves.
    pub chains: Vec<MoveChain>,
}

/// How many applicants of either run moved, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MovementCounts {
    /// Each movement with its count; all add up to the applicants of either run.
    pub movements: BTreeMap<&'static str, u64>,
    /// Applicants whom only the later run has.
    pub applicants_added: u64,
    /// Applicants whom only the earlier run has.
    pub applicants_removed: u64,
    /// Programmes that only the later run has.
    pub programmes_added: u64,
    /// Programmes that only the earlier run has.
    pub programmes_removed: u64,
}

/// An applicant with another seat than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The applicant.
    pub applicant_id: String,
    /// What became of them.
    pub movement: Movement,
    /// The earlier seat.
    pub from: Option<Seat>,
    /// The later seat.
    pub to: Option<Seat>,
    /// The number of the chain and the place in it, from 1; `None` where the programme is the same.
    pub chain: Option<(u32, u32)>,
}

impl Transition {
    /// Compares two runs. O((applicants + choices) · log).
    pub(super) fn new(labels: [&str; 2], before: &Index<'_>, after: &Index<'_>) -> Self {
        let ids: BTreeSet<&str> =
            before.people.keys().chain(after.people.keys()).copied().collect();
        let programmes: BTreeSet<&str> = programmes(before).chain(programmes(after)).collect();
        let programmes: Vec<&str> = programmes.into_iter().collect();
        let number = |id: &str| programmes.binary_search(&id).map_or(0, |found| found as u32);
        let mut counts = MovementCounts::new(before, after);
        let (mut moves, mut movers, mut acts) = (Vec::new(), Vec::new(), Vec::new());
        for id in ids {
            let (was, is) = (before.people.get(id), after.people.get(id));
            let movement = Movement::of(before, after, was, is);
            *counts.movements.entry(movement.name()).or_default() += 1;
            if movement == Movement::Unchanged {
                continue;
            }
            let held = [was, is].map(|person| person.and_then(|person| person.seat));
            let [from, to] = held.map(|held| held.map(|held| held.to_seat()));
            moves.push(Move { applicant_id: id.to_owned(), movement, from, to, chain: None });
            if movement.moves() {
                let act = Pair { before, after, was, is }.act(movement);
                let [from, to] = held.map(|held| held.map(|h| (number(h.programme), h.group)));
                let gains = movement.gains();
                movers.push(Mover { from, to, acts: act.is_some(), gains });
                acts.push((moves.len() - 1, act));
            }
        }
        let closed = after.closed();
        let parents = pair(&movers, |programme| {
            seats(before, after, programmes[programme as usize], &closed)
        });
        let chains = Chains { before, after, moves: &moves, acts: &acts, parents: &parents }.all();
        let places: BTreeMap<&str, (u32, u32)> = chains
            .iter()
            .flat_map(|chain| {
                let steps = chain.steps.iter().zip(1..);
                steps.map(|(step, place)| (step.applicant_id.as_str(), (chain.chain, place)))
            })
            .collect();
        for a_move in &mut moves {
            a_move.chain = places.get(a_move.applicant_id.as_str()).copied();
        }
        let [from, to] = labels.map(str::to_owned);
        Self { from, to, counts, moves, chains }
    }

    /// How many came to each programme, and how many left it.
    pub(super) fn traffic(&self) -> BTreeMap<&str, [u32; 2]> {
        let mut traffic: BTreeMap<&str, [u32; 2]> = BTreeMap::new();
        for a_move in self.moves.iter().filter(|a_move| a_move.movement.moves()) {
            for (seat, side) in [(&a_move.to, 0), (&a_move.from, 1)] {
                if let Some(seat) = seat {
                    traffic.entry(&seat.programme_id).or_default()[side] += 1;
                }
            }
        }
        traffic
    }
}

impl MovementCounts {
    fn new(before: &Index<'_>, after: &Index<'_>) -> Self {
        let [were, are] = [before, after].map(|index| index.people.keys().copied().collect());
        let [had, have] = [before, after].map(|index| index.programmes.keys().copied().collect());
        Self {
            movements: Movement::ALL.map(|movement| (movement.name(), 0)).into(),
            applicants_added: lacking(&were, &are),
            applicants_removed: lacking(&are, &were),
            programmes_added: lacking(&had, &have),
            programmes_removed: lacking(&have, &had),
        }
    }
}

/// How many of `those` are not among `these`.
fn lacking(these: &BTreeSet<&str>, those: &BTreeSet<&str>) -> u64 {
    those.difference(these).count() as u64
}

/// The programmes that a run has, or that somebody has a seat at.
fn programmes<'i>(index: &'i Index<'_>) -> impl Iterator<Item = &'i str> {
    let seats = index.people.values().filter_map(|person| person.seat);
    index.programmes.keys().copied().chain(seats.map(|seat| seat.programme))
}

/// What became of the seats of a programme. A seat more that stays vacant moves nobody, nor does
/// one less that stood vacant.
fn seats(before: &Index<'_>, after: &Index<'_>, programme: &str, closed: &BTreeSet<&str>) -> Seats {
    let ([was, .., had_vacant, _], [is, .., has_vacant, _]) =
        (before.counts(programme), after.counts(programme));
    let is_in = |index: &Index<'_>| index.programmes.contains_key(programme);
    let added_by = if is_in(before) { "seats_added" } else { "offer_added" };
    let removed_by = match is_in(after) {
        false => "offer_removed",
        true if closed.contains(programme) => "offer_closed",
        true => "seats_removed",
    };
    let added = was.saturating_add(has_vacant);
    let removed = is.saturating_add(had_vacant);
    Seats {
        added: is.saturating_sub(added),
        added_by,
        removed: was.saturating_sub(removed),
        removed_by,
        vacant: had_vacant,
    }
}

/// What is needed to put chains together.
struct Chains<'c, 'i, 't> {
    before: &'i Index<'t>,
    after: &'i Index<'t>,
    moves: &'c [Move],
    /// The move of each mover, and the act that explains it.
    acts: &'c [(usize, Option<Act>)],
    parents: &'c [Parent],
}

impl Chains<'_, '_, '_> {
    fn all(&self) -> Vec<MoveChain> {
        let cycles = cycles(self.parents);
        let components = components(self.parents, &cycles);
        let dropped = if cycles.is_empty() { BTreeMap::new() } else { self.dropped_wishes() };
        let numbered = (1..).zip(components);
        numbered
            .map(|(chain, movers)| {
                let is_cycle = matches!(self.parents[movers[0]], Parent::Mover(_));
                let steps = movers.iter().map(|mover| self.step(*mover)).collect();
                MoveChain { chain, root: self.root(&movers, is_cycle, &dropped), is_cycle, steps }
            })
            .collect()
    }

    fn of(&self, mover: usize) -> &Move {
        &self.moves[self.acts[mover].0]
    }

    fn step(&self, mover: usize) -> ChainStep {
        let a_move = self.of(mover);
        let programme = |seat: &Option<Seat>| seat.as_ref().map(|seat| seat.programme_id.clone());
        let (from, to) = (programme(&a_move.from), programme(&a_move.to));
        let gains = a_move.movement.gains();
        let (link, by) = match self.parents[mover] {
            Parent::Act => (Link::OwnAct, None),
            Parent::Mover(by) if gains => (Link::TookSeatOf, Some(by)),
            Parent::Mover(by) => (Link::DisplacedBy, Some(by)),
            Parent::Seat(_) if gains => (Link::TookSeat, None),
            Parent::Seat(_) => (Link::SeatRemoved, None),
            Parent::Nothing => (Link::Unexplained, None),
        };
        let at = match link {
            Link::OwnAct => None,
            _ if gains => to.clone(),
            _ => from.clone(),
        };
        let by = by.map(|by| self.of(by).applicant_id.clone());
        ChainStep { applicant_id: a_move.applicant_id.clone(), from, to, link, at, by }
    }

    fn root(&self, movers: &[usize], is_cycle: bool, dropped: &BTreeMap<&str, Root>) -> Root {
        let head = self.step(movers[0]);
        if is_cycle {
            return self.root_of_cycle(movers, dropped);
        }
        let act = self.acts[movers[0]].1.as_ref();
        if let Some(Act { cause, programme_id }) = act {
            let applicant_id = Some(head.applicant_id);
            return Root { cause, applicant_id, programme_id: programme_id.clone() };
        }
        match self.parents[movers[0]] {
            Parent::Seat(cause) => Root { cause, applicant_id: None, programme_id: head.at },
            _ => Root { cause: self.unexplained(), applicant_id: None, programme_id: head.at },
        }
    }

    /// A trade becomes possible when somebody who waited at one of its programmes waits no more.
    fn root_of_cycle(&self, movers: &[usize], dropped: &BTreeMap<&str, Root>) -> Root {
        let to = movers.iter().filter_map(|mover| self.of(*mover).to.as_ref());
        let programmes: BTreeSet<&str> = to.map(|seat| seat.programme_id.as_str()).collect();
        if let Some(root) = programmes.iter().find_map(|programme| dropped.get(programme)) {
            return root.clone();
        }
        let gains = self.of(movers[0]).movement.gains();
        Root {
            cause: if gains { "trade" } else { self.unexplained() },
            applicant_id: None,
            programme_id: programmes.first().map(|programme| (*programme).to_owned()),
        }
    }

    /// The first at each programme who waited there and waits no more, by an act of their own.
    fn dropped_wishes(&self) -> BTreeMap<&str, Root> {
        let outcomes = self.before.outcomes;
        let mut dropped = BTreeMap::new();
        for (id, was) in &self.before.people {
            let is = self.after.people.get(id);
            let pair = Pair { before: self.before, after: self.after, was: Some(was), is };
            for row in was.rows.clone().filter(|row| outcomes.status.get(*row) == "reserve") {
                let programme = outcomes.programme_id.get(row);
                let cause = match is {
                    Some(_) => pair.dropped_wish(programme),
                    None => Some("applicant_removed"),
                };
                if let (Some(cause), false) = (cause, dropped.contains_key(programme)) {
                    let [applicant, at] = [*id, programme].map(|id| Some(id.to_owned()));
                    let root = Root { cause, applicant_id: applicant, programme_id: at };
                    dropped.insert(programme, root);
                }
            }
        }
        dropped
    }

    /// Runs that rank in different ways move people whom nothing has happened to.
    fn unexplained(&self) -> &'static str {
        let (was, is) = (self.before.manifest, self.after.manifest);
        let same = was.rule_set == is.rule_set
            && was.ranking_keys == is.ranking_keys
            && was.at_cutoff == is.at_cutoff
            && was.lottery_seed == is.lottery_seed
            && was.lottery_scope == is.lottery_scope;
        if same { "unexplained" } else { "settings" }
    }
}
