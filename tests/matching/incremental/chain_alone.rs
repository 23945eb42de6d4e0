//! A negative control: the vacancy chain without the elimination of cycles does not pass.

use super::season::{self, Change, Season, markets};
use crate::grouped::textbook::GroupedInstance;
use crate::instances::draw;

/// Where everybody is placed: a position in the whole list.
type Positions = Vec<Option<usize>>;

/// What the chain alone makes of a change that helps others: the best claimant moves in to the free
/// seat, and leaves one in turn.
fn chain_alone(
    season: &Season,
    instance: &GroupedInstance,
    mut positions: Positions,
    change: Change,
) -> Positions {
    let listed = |applicant: usize, position: usize| instance.lists[applicant][position].0;
    let mut free = match change {
        Change::AddSeat { programme, .. } => Some(programme),
        Change::Withdraw(applicant) => {
            positions[applicant].take().map(|position| listed(applicant, position))
        }
        other => unreachable!("{other:?} harms others"),
    };
    while let Some(programme) = free.take() {
        let claims = instance.lists.iter().enumerate().filter_map(|(applicant, list)| {
            let wanted = &list[..positions[applicant].unwrap_or(list.len())];
            let position = wanted.iter().position(|choice| choice.0 == programme)?;
            season.live[applicant][position].then(|| (list[position].1[0].1, applicant, position))
        });
        if let Some((_, applicant, position)) = claims.max() {
            free = positions[applicant].map(|left| listed(applicant, left));
            positions[applicant] = Some(position);
        }
    }
    positions
}

fn positions(outcome: &season::Outcome) -> Positions {
    outcome.placements.iter().map(|placement| Some((*placement)?.choice)).collect()
}

/// The random changes that the library is tested with: seats and withdrawals in plain markets.
#[test]
fn a_vacancy_chain_alone_is_caught() {
    let mut state = 4;
    let [mut seats, mut placed, mut unplaced] = [(0, 0); 3];
    for instance in
        markets().filter(|market| market.programmes.iter().all(|one| one.plain)).take(500)
    {
        let mut season = Season::new(instance);
        for _ in 0..60 {
            let change = season.change(draw(&mut state));
            let before = positions(&season.rerun());
            season.apply(change);
            let kind = match change {
                Change::AddSeat { .. } => &mut seats,
                Change::Withdraw(applicant) if before[applicant].is_some() => &mut placed,
                Change::Withdraw(_) => &mut unplaced,
                _ => continue,
            };
            let chained = chain_alone(&season, &season.instance, before, change);
            kind.0 += 1;
            kind.1 += usize::from(chained != positions(&season.rerun()));
        }
    }
    for (tried, wrong) in [seats, placed, unplaced] {
        assert!(wrong > 0 && wrong < tried / 2, "{seats:?} {placed:?} {unplaced:?}");
    }
}
