//! The moves that are offered by phone, chain by chain.

use std::collections::{BTreeMap, VecDeque};

use antagning_formats::ProposalRow;
use antagning_rules::Outcomes;

use crate::season::Season;

/// A move that the matching makes.
struct Move {
    applicant: usize,
    from: Option<u32>,
    to: u32,
}

/// The moves from `kept` to `matched`. A chain begins with a vacant seat: who takes it leaves the
/// seat that the next one takes, until nobody wants what is left or nobody has left anything.
/// Moves that no vacant seat begins are trades, which need the consent of everybody in them. The
/// best of those who move to a programme is phoned first. O(moves · log moves).
pub(crate) fn proposals<'s>(
    season: &'s Season,
    kept: &Outcomes,
    matched: &Outcomes,
) -> Vec<ProposalRow<'s>> {
    let mut queues = queues(season, kept, matched);
    let mut chains: Vec<(&'static str, Vec<Move>)> = Vec::new();
    let programmes: Vec<u32> = queues.keys().copied().collect();
    for programme in &programmes {
        let result = &kept.programmes[*programme as usize];
        let vacant = result.seats.saturating_sub(result.admitted);
        let begun = (0..vacant).map(|_| chain(&mut queues, *programme, false));
        chains.extend(begun.take_while(|moves| !moves.is_empty()).map(|moves| ("vacancy", moves)));
    }
    for programme in &programmes {
        let begun = std::iter::repeat_with(|| chain(&mut queues, *programme, true));
        chains.extend(begun.take_while(|moves| !moves.is_empty()).map(|moves| ("trade", moves)));
    }
    let mut rows = Vec::new();
    for (number, (begins_with, moves)) in (1..).zip(chains) {
        for (step, a_move) in (1..).zip(moves) {
            rows.push(row(season, matched, &a_move, (number, step), begins_with));
        }
    }
    rows
}

/// Who moves to each programme, the best first.
fn queues(season: &Season, kept: &Outcomes, matched: &Outcomes) -> BTreeMap<u32, VecDeque<Move>> {
    let mut moves: BTreeMap<u32, Vec<(usize, Move)>> = BTreeMap::new();
    for (applicant, (&from, &to)) in kept.placement.iter().zip(&matched.placement).enumerate() {
        let Some(to) = to.filter(|to| from != Some(*to)) else { continue };
        let rank = matched.placed_rank[applicant] as usize;
        let choice = season.data.choices.of(applicant).start + rank - 1;
        moves.entry(to).or_default().push((choice, Move { applicant, from, to }));
    }
    let position = |choice: usize| kept.choices[choice].reserve_position;
    let queue = |(to, mut moves): (u32, Vec<(usize, Move)>)| {
        moves.sort_by_key(|(choice, a_move)| (position(*choice), a_move.applicant));
        (to, moves.into_iter().map(|(_, a_move)| a_move).collect())
    };
    moves.into_iter().map(queue).collect()
}

/// The chain that begins when a seat of `programme` is free; a trade ends when it is free again.
fn chain(queues: &mut BTreeMap<u32, VecDeque<Move>>, programme: u32, is_trade: bool) -> Vec<Move> {
    let (mut moves, mut free) = (Vec::new(), Some(programme));
    while let Some(next) = free.and_then(|free| queues.get_mut(&free)?.pop_front()) {
        free = next.from.filter(|from| !is_trade || *from != programme);
        moves.push(next);
    }
    moves
}

fn row<'s>(
    season: &'s Season,
    matched: &Outcomes,
    a_move: &Move,
    (chain, step): (u32, u32),
    begins_with: &'static str,
) -> ProposalRow<'s> {
    let data = &season.data;
    let choice_rank = matched.placed_rank[a_move.applicant];
    let choice = data.choices.of(a_move.applicant).start + choice_rank as usize - 1;
    let group = matched.choices[choice].group;
    let groups = season.selection.quotas.of(a_move.to as usize);
    ProposalRow {
        chain,
        step,
        begins_with,
        applicant_id: data.applicant_ids.get(a_move.applicant),
        programme_id: data.programmes.ids.get(a_move.to as usize),
        quota_group: group.map_or("", |group| &groups[usize::from(group)].name),
        choice_rank,
        leaves_programme_id: a_move.from.map_or("", |from| data.programmes.ids.get(from as usize)),
    }
}
