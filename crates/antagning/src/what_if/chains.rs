//! Who is placed otherwise, chain by chain.

use std::collections::{BTreeMap, BTreeSet};

use crate::what_if::view::{Change, Moved, View};

/// Everybody but one applicant who is placed otherwise than before, in chains: first those whom
/// the applicant displaces, each by the one before, then those who move up through the seat that
/// the applicant leaves, then whoever is left. A move between quota groups of one programme is no
/// move. O(moves · log moves).
pub(super) fn moves(before: View<'_>, after: View<'_>, applicant: usize) -> Vec<Moved> {
    let mut left = Left::new(before, after, applicant);
    let programme = |view: View<'_>| view.outcomes.placement[applicant];
    let mut chains = Vec::new();
    if programme(before) != programme(after) {
        chains.push(left.displaced(programme(after)));
        chains.push(left.moving_up(programme(before)));
    }
    while let Some(first) = left.first() {
        let mut chain = vec![first];
        chain.extend(left.displaced(after.outcomes.placement[first]));
        chains.push(chain);
    }
    chains.retain(|chain| !chain.is_empty());
    let told = |(chain, members): (u32, Vec<usize>)| {
        members.into_iter().map(move |member| moved(before, after, chain, member))
    };
    (1..).zip(chains).flat_map(told).collect()
}

fn moved(before: View<'_>, after: View<'_>, chain: u32, applicant: usize) -> Moved {
    Moved {
        chain,
        applicant_id: after.season.data.applicant_ids.get(applicant).to_owned(),
        from: before.seat(applicant),
        to: after.seat(applicant),
        change: after.change_since(before, applicant),
    }
}

/// Where somebody goes to, or comes from, with those who do: who fits the chain first.
type Queues = BTreeMap<Option<u32>, BTreeSet<(bool, usize)>>;

/// The moves that stand in no chain yet.
struct Left<'a> {
    before: View<'a>,
    after: View<'a>,
    /// Those who leave each programme, whoever loses by it first.
    from: Queues,
    /// Those who come to each programme, whoever gains by it first.
    to: Queues,
}

impl<'a> Left<'a> {
    fn new(before: View<'a>, after: View<'a>, except: usize) -> Self {
        let mut left = Self { before, after, from: Queues::new(), to: Queues::new() };
        let placements = before.outcomes.placement.iter().zip(&after.outcomes.placement);
        for (applicant, (from, to)) in placements.enumerate() {
            if from != to && applicant != except {
                let gains = left.gains(applicant);
                left.from.entry(*from).or_default().insert((gains, applicant));
                left.to.entry(*to).or_default().insert((!gains, applicant));
            }
        }
        left
    }

    fn gains(&self, applicant: usize) -> bool {
        self.after.change_since(self.before, applicant) == Change::Better
    }

    /// Takes the first of a queue out of both.
    fn take(&mut self, applicant: usize) {
        let gains = self.gains(applicant);
        let from = self.before.outcomes.placement[applicant];
        let to = self.after.outcomes.placement[applicant];
        for (queues, programme, key) in
            [(&mut self.from, from, (gains, applicant)), (&mut self.to, to, (!gains, applicant))]
        {
            if let Some(queue) = queues.get_mut(&programme) {
                queue.remove(&key);
            }
        }
    }

    fn first(&mut self) -> Option<usize> {
        let (_, first) = *self.from.values().find_map(|queue| queue.first())?;
        self.take(first);
        Some(first)
    }

    /// Who must leave a programme that somebody comes to, and so on.
    fn displaced(&mut self, mut programme: Option<u32>) -> Vec<usize> {
        let mut chain = Vec::new();
        while let Some(taken) = programme {
            let next = self.from.get(&Some(taken)).and_then(|queue| queue.first());
            let Some(&(_, next)) = next else { break };
            self.take(next);
            chain.push(next);
            programme = self.after.outcomes.placement[next];
        }
        chain
    }

    /// Who comes to a programme that somebody leaves, and so on.
    fn moving_up(&mut self, mut programme: Option<u32>) -> Vec<usize> {
        let mut chain = Vec::new();
        while let Some(left) = programme {
            let next = self.to.get(&Some(left)).and_then(|queue| queue.first());
            let Some(&(_, next)) = next else { break };
            self.take(next);
            chain.push(next);
            programme = self.before.outcomes.placement[next];
        }
        chain
    }
}
