//! The moves that are offered by phone, chain by chain.

use antagning_formats::ProposalRow;
use antagning_rules::Outcomes;

use crate::rounds::chains_of_moves::{Beginning, Move, Room, Seat, chains};
use crate::season::Season;

/// The moves from `kept` to `matched`, in chains; the best of those who move to a programme is
/// phoned first. O(applicants + moves · log moves).
pub(crate) fn proposals<'s>(
    season: &'s Season,
    kept: &Outcomes,
    matched: &Outcomes,
) -> Vec<ProposalRow<'s>> {
    let chains = chains(moves(season, kept, matched), &room(season, kept));
    let mut rows = Vec::new();
    for (number, chain) in (1..).zip(chains) {
        let begins_with = chain.beginning.name();
        for (step, a_move) in (1..).zip(chain.moves) {
            rows.push(row(season, matched, &a_move, (number, step), begins_with));
        }
    }
    rows
}

impl Beginning {
    /// The word for it in files.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Vacancy => "vacancy",
            Self::Trade => "trade",
        }
    }
}

fn moves(season: &Season, kept: &Outcomes, matched: &Outcomes) -> Vec<Move> {
    let seat = |outcomes: &Outcomes, applicant: usize| {
        let programme = outcomes.placement[applicant]?;
        let group = outcomes.choices[choice(season, outcomes, applicant)].group;
        Some(Seat { programme, group: group.unwrap_or(0) })
    };
    let moved = (0..matched.placement.len()).filter_map(|applicant| {
        let (from, to) = (seat(kept, applicant), seat(matched, applicant)?);
        let position = kept.choices[choice(season, matched, applicant)].reserve_position;
        // The files number applicants with 32 bits.
        let a_move = Move { applicant: applicant as u32, from, to, order: (0, position) };
        (from.map(|from| from.programme) != Some(to.programme)).then_some(a_move)
    });
    moved.collect()
}

/// The choice that an applicant is placed at.
fn choice(season: &Season, outcomes: &Outcomes, applicant: usize) -> usize {
    season.data.choices.of(applicant).start + outcomes.placed_rank[applicant] as usize - 1
}

fn room(season: &Season, kept: &Outcomes) -> Room {
    let mut room = Room { offsets: vec![0], ..Room::default() };
    for (programme, &seats) in season.data.programmes.capacity.iter().enumerate() {
        match season.selection.quotas.of(programme) {
            [] => {
                room.seats.push(seats);
                room.unfilled_to.push(None);
            }
            groups => {
                room.seats.extend(groups.iter().map(|group| group.seats));
                room.unfilled_to.extend(groups.iter().map(|group| group.unfilled_to));
            }
        }
        // The files number quota groups with 32 bits.
        room.offsets.push(room.seats.len() as u32);
    }
    room.held = vec![0; room.seats.len()];
    for (applicant, placement) in kept.placement.iter().enumerate() {
        let Some(programme) = *placement else { continue };
        let group = kept.choices[choice(season, kept, applicant)].group;
        let unit = room.unit(Seat { programme, group: group.unwrap_or(0) });
        room.held[unit] += 1;
    }
    room
}

fn row<'s>(
    season: &'s Season,
    matched: &Outcomes,
    a_move: &Move,
    (chain, step): (u32, u32),
    begins_with: &'static str,
) -> ProposalRow<'s> {
    let data = &season.data;
    let applicant = a_move.applicant as usize;
    let group = matched.choices[choice(season, matched, applicant)].group;
    let groups = season.selection.quotas.of(a_move.to.programme as usize);
    ProposalRow {
        chain,
        step,
        begins_with,
        applicant_id: data.applicant_ids.get(applicant),
        programme_id: data.programmes.ids.get(a_move.to.programme as usize),
        quota_group: group.map_or("", |group| &groups[usize::from(group)].name),
        choice_rank: matched.placed_rank[applicant],
        leaves_programme_id: a_move
            .from
            .map_or("", |from| data.programmes.ids.get(from.programme as usize)),
    }
}
