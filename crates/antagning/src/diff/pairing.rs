//! Which arrival follows from which departure, programme by programme.
//!
//! At each programme those who won a seat there without an act of their own (*takers*) need a seat
//! that somebody left or that was added; those who lost theirs without an act of their own
//! (*displaced*) gave way to an arrival or to a seat taken away. Takers are paired with departures,
//! displaced with arrivals, within a quota group first, in the order of applicants' ids. As many as
//! the change of seats accounts for are left to it: without that change so many fewer would have
//! moved. What is left over follows from vacant seats; a taker whom nothing accounts for has no
//! parent, and may be what displaced somebody.

use std::collections::{BTreeMap, VecDeque};

/// What one mover follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parent {
    /// The applicant's own act.
    Act,
    /// Another mover, by number.
    Mover(usize),
    /// A seat that was added, that stood vacant, or that was taken away.
    Seat(&'static str),
    /// Nothing that the runs tell.
    Nothing,
}

/// One who moved, with programmes as numbers and groups by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mover<'t> {
    pub(super) from: Option<(u32, &'t str)>,
    pub(super) to: Option<(u32, &'t str)>,
    /// The move is explained by the applicant's own act.
    pub(super) acts: bool,
    /// Got a seat that they want more, rather than lost one.
    pub(super) gains: bool,
}

/// What became of the seats of a programme.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seats {
    /// Seats more than before that are taken, and by what.
    pub(super) added: u32,
    pub(super) added_by: &'static str,
    /// Taken seats that are no more, and by what.
    pub(super) removed: u32,
    pub(super) removed_by: &'static str,
    /// Seats that stood vacant before.
    pub(super) vacant: u32,
}

/// Those who move to or from one programme, with their quota groups there.
#[derive(Debug, Default)]
struct Here<'t> {
    takers: Vec<(&'t str, usize)>,
    left: Vec<(&'t str, usize)>,
    displaced: Vec<(&'t str, usize)>,
    pushing: Vec<(&'t str, usize)>,
}

/// What each mover follows from; movers are in the order of their applicants' ids. O(movers · log).
pub(super) fn pair(movers: &[Mover<'_>], seats: impl Fn(u32) -> Seats) -> Vec<Parent> {
    let mut parents = vec![Parent::Nothing; movers.len()];
    let mut programmes: BTreeMap<u32, Here<'_>> = BTreeMap::new();
    for (number, mover) in movers.iter().enumerate() {
        if mover.acts {
            parents[number] = Parent::Act;
        }
        let (takes, gives_way) = (!mover.acts && mover.gains, !mover.acts && !mover.gains);
        if let Some((programme, group)) = mover.to {
            let here = programmes.entry(programme).or_default();
            let queue = if takes { &mut here.takers } else { &mut here.pushing };
            queue.push((group, number));
        }
        if let Some((programme, group)) = mover.from {
            let here = programmes.entry(programme).or_default();
            let queue = if gives_way { &mut here.displaced } else { &mut here.left };
            queue.push((group, number));
        }
    }
    let mut unclaimed = BTreeMap::new();
    for (programme, here) in programmes {
        let left = here.settle(seats(programme), &mut parents);
        unclaimed.insert(programme, left);
    }
    open_cycles(movers, &mut parents, &mut unclaimed);
    parents
}

impl Here<'_> {
    /// Pairs what happened at one programme; gives the departures whose seats nobody took.
    fn settle(self, seats: Seats, parents: &mut [Parent]) -> VecDeque<usize> {
        let taken = seats.added.min(count(&self.takers));
        let room = count(&self.takers) - taken;
        let (takers, left) = link(self.takers, self.left, room, parents);
        let mut takers = takers.into_iter();
        give(&mut takers, taken, seats.added_by, parents);
        give(&mut takers, seats.vacant, "vacant_seat", parents);
        let stray: Vec<_> = takers.collect();
        let given = seats.removed.min(count(&self.displaced));
        let room = count(&self.displaced) - given;
        let (displaced, _) = link(self.displaced, self.pushing, room, parents);
        let mut displaced = displaced.into_iter();
        give(&mut displaced, given, seats.removed_by, parents);
        for (displaced, by) in displaced.zip(stray) {
            parents[displaced.1] = Parent::Mover(by.1);
        }
        left.into_iter().map(|(_, number)| number).collect()
    }
}

fn count(queue: &[(&str, usize)]) -> u32 {
    queue.len() as u32
}

type Queue<'t> = Vec<(&'t str, usize)>;

/// Gives up to `most` of those who need it one of the others as parent, within a quota group first;
/// gives back whoever is left over on either side.
fn link<'t>(
    mut need: Queue<'t>,
    mut offer: Queue<'t>,
    most: u32,
    parents: &mut [Parent],
) -> (Queue<'t>, Queue<'t>) {
    let mut room = most;
    need.sort_unstable();
    offer.sort_unstable();
    for within_group in [true, false] {
        let mut rest: BTreeMap<&str, VecDeque<(&str, usize)>> = BTreeMap::new();
        for entry in offer.drain(..) {
            let group = if within_group { entry.0 } else { "" };
            rest.entry(group).or_default().push_back(entry);
        }
        need.retain(|(group, number)| {
            let group = if within_group { *group } else { "" };
            let queue = rest.get_mut(group).filter(|_| room > 0);
            let Some((_, by)) = queue.and_then(VecDeque::pop_front) else { return true };
            parents[*number] = Parent::Mover(by);
            room -= 1;
            false
        });
        offer = rest.into_values().flatten().collect();
    }
    (need, offer)
}

fn give<'t>(
    queue: &mut impl Iterator<Item = (&'t str, usize)>,
    most: u32,
    by: &'static str,
    parents: &mut [Parent],
) {
    for (_, number) in queue.take(most as usize) {
        parents[number] = Parent::Seat(by);
    }
}

/// Where a cycle of takers passes a programme at which a seat was free in another way, the pairing
/// made it and not the matching: the cycle is opened there, so that only trades remain.
fn open_cycles(
    movers: &[Mover<'_>],
    parents: &mut [Parent],
    unclaimed: &mut BTreeMap<u32, VecDeque<usize>>,
) {
    let mut cycles = cycles(parents);
    let mut of: Vec<Option<usize>> = vec![None; movers.len()];
    for (number, cycle) in cycles.iter().enumerate() {
        cycle.iter().for_each(|member| of[*member] = Some(number));
    }
    // Everybody at a programme whose parent may be exchanged, in order.
    let mut takers: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    if !cycles.is_empty() {
        for (number, mover) in movers.iter().enumerate().filter(|(_, m)| !m.acts && m.gains) {
            takers.entry(mover.to.map_or(0, |to| to.0)).or_default().push(number);
        }
    }
    for at in 0..cycles.len() {
        let members = std::mem::take(&mut cycles[at]);
        for &member in &members {
            let Mover { to: Some((programme, _)), gains: true, .. } = movers[member] else {
                continue;
            };
            if let Some(seat) = unclaimed.get_mut(&programme).and_then(VecDeque::pop_front) {
                parents[member] = Parent::Mover(seat);
                members.iter().for_each(|member| of[*member] = None);
                break;
            }
            let others = takers.get(&programme).into_iter().flatten();
            let other =
                others.copied().find(|o| of[*o] != Some(at) && parents[*o] != Parent::Nothing);
            if let Some(other) = other {
                parents.swap(member, other);
                let joined = of[other];
                members.iter().for_each(|member| of[*member] = joined);
                if let Some(joined) = joined {
                    cycles[joined].extend(&members);
                }
                break;
            }
        }
    }
}

/// The movers that follow from one another in a circle, each circle from its first by number.
pub(super) fn cycles(parents: &[Parent]) -> Vec<Vec<usize>> {
    let mut seen = vec![usize::MAX; parents.len()];
    let mut cycles = Vec::new();
    for start in 0..parents.len() {
        let mut at = start;
        while seen[at] == usize::MAX {
            seen[at] = start;
            let Parent::Mover(next) = parents[at] else { break };
            at = next;
        }
        let closes = seen[at] == start && matches!(parents[at], Parent::Mover(_));
        if !closes {
            continue;
        }
        let mut cycle = vec![at];
        let mut next = parents[at];
        while let Parent::Mover(member) = next {
            if member == at {
                break;
            }
            cycle.push(member);
            next = parents[member];
        }
        cycle.sort_unstable();
        cycles.push(cycle);
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::{Mover, Parent, Seats, cycles, pair};

    fn up(from: Option<u32>, to: u32) -> Mover<'static> {
        let seat = |programme| (programme, "");
        Mover { from: from.map(seat), to: Some(seat(to)), acts: false, gains: true }
    }

    fn gone(from: u32) -> Mover<'static> {
        Mover { from: Some((from, "")), to: None, acts: true, gains: false }
    }

    #[test]
    fn a_seat_that_was_left_is_followed_to_the_last_who_moves() {
        let movers = [gone(1), up(Some(2), 1), up(None, 2)];
        let parents = pair(&movers, |_| Seats::default());
        assert_eq!(parents, [Parent::Act, Parent::Mover(0), Parent::Mover(1)]);
    }

    #[test]
    fn a_circle_that_only_the_pairing_made_is_opened() {
        // The first who comes to 1 is paired with the first who left it, who moved to 2 …
        let movers = [up(Some(1), 2), up(Some(2), 1), gone(1), up(None, 1)];
        let parents = pair(&movers, |_| Seats::default());
        assert!(cycles(&parents).is_empty());
        assert_eq!(parents[2], Parent::Act);
        assert_eq!(parents, [Parent::Mover(1), Parent::Mover(2), Parent::Act, Parent::Mover(0)]);
    }

    #[test]
    fn a_trade_remains_a_circle() {
        let movers = [up(Some(1), 2), up(Some(2), 1)];
        let parents = pair(&movers, |_| Seats::default());
        assert_eq!(cycles(&parents), [[0, 1]]);
    }

    #[test]
    fn seats_account_for_as_many_as_would_not_have_moved_without_them() {
        let movers = [gone(1), up(None, 1), up(None, 1)];
        let seats = |_| Seats { added: 1, added_by: "seats_added", ..Seats::default() };
        let parents = pair(&movers, seats);
        assert_eq!(parents, [Parent::Act, Parent::Mover(0), Parent::Seat("seats_added")]);
        let lost = |from| Mover { from: Some((from, "")), to: None, acts: false, gains: false };
        let comes = Mover { from: None, to: Some((1, "")), acts: true, gains: true };
        let movers = [lost(1), comes, lost(1)];
        let seats = |_| Seats { removed: 1, removed_by: "seats_removed", ..Seats::default() };
        let parents = pair(&movers, seats);
        assert_eq!(parents, [Parent::Mover(1), Parent::Act, Parent::Seat("seats_removed")]);
    }

    #[test]
    fn a_quota_group_is_paired_within_itself_first() {
        let place = |group| Some((1, group));
        let left = |group| Mover { from: place(group), to: None, acts: true, gains: false };
        let takes = |group| Mover { from: None, to: place(group), acts: false, gains: true };
        let movers = [left("a"), left("b"), takes("b"), takes("c")];
        let parents = pair(&movers, |_| Seats::default());
        assert_eq!(parents[2..], [Parent::Mover(1), Parent::Mover(0)]);
    }
}
