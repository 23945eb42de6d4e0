//! The stable matching in which holders go first, by the definition and nothing else.

use crate::model::Model;
use crate::season::{RandomSeason, RankedBy, Wish};

/// A place: the position in the list, and the quota group.
pub(crate) type Place = Option<(usize, usize)>;

/// What somebody brings to a programme: tier, and a key in each group that is open to them.
struct Claim {
    applicant: usize,
    tier: usize,
    keys: Vec<(usize, u64)>,
}

/// Above every key: a seat held.
const HELD: u64 = u64::MAX;

fn claim(season: &RandomSeason, model: &Model, applicant: usize, position: usize) -> Claim {
    if let Some((held, group)) = model.held[applicant]
        && held == position
    {
        return Claim { applicant, tier: 1, keys: vec![(group, HELD - applicant as u64)] };
    }
    let wish: &Wish = &season.lists[applicant][position];
    let keys = season.programmes[wish.programme].iter().enumerate().filter_map(|(g, group)| {
        match group.ranked_by {
            RankedBy::Score => Some((g, wish.score)),
            RankedBy::Test => wish.test.map(|test| (g, test)),
            RankedBy::Both => wish.test.map(|test| (g, wish.score + test)),
        }
    });
    Claim { applicant, tier: usize::from(!wish.second_hand), keys: keys.collect() }
}

/// The seats of a programme's groups when those held in a later group stay there; `None` when
/// there are not enough for those who hold them.
pub(crate) fn own_seats(
    season: &RandomSeason,
    model: &Model,
    programme: usize,
) -> Option<Vec<u32>> {
    let groups = &season.programmes[programme];
    let mut left = model.seats[programme].clone();
    let mut own = vec![0; groups.len()];
    for (group, own) in own.iter_mut().enumerate() {
        for _ in 0..model.held_in(season, programme, group) {
            // One's own seats first, then what is left of the first group that reaches this one.
            let reaches = |from: usize| {
                let next = |g: &usize| groups[*g].unfilled_to;
                std::iter::successors(Some(from), next).any(|g| g == group)
            };
            let mut earlier = std::iter::once(group).chain(0..group);
            let from = earlier.find(|from| left[*from] > 0 && reaches(*from))?;
            left[from] -= 1;
            *own += 1;
        }
    }
    Some(own.iter().zip(left).map(|(own, left)| own + left).collect())
}

/// Whom the groups of a programme choose, and in which group.
fn choose(
    season: &RandomSeason,
    seats: &[u32],
    programme: usize,
    claims: &[Claim],
) -> Vec<(usize, usize)> {
    let groups = &season.programmes[programme];
    let mut left = seats.to_vec();
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    for tier in [1, 0] {
        for (g, group) in groups.iter().enumerate() {
            let mut open: Vec<(u64, usize)> = claims
                .iter()
                .filter(|claim| claim.tier == tier)
                .filter(|claim| chosen.iter().all(|(applicant, _)| *applicant != claim.applicant))
                .filter_map(|claim| {
                    let key = claim.keys.iter().find(|(of, _)| *of == g)?.1;
                    Some((key, claim.applicant))
                })
                .collect();
            open.sort_unstable_by(|a, b| b.cmp(a));
            let taken = open.len().min(left[g] as usize);
            chosen.extend(open[..taken].iter().map(|(_, applicant)| (*applicant, g)));
            left[g] -= taken as u32;
            if let Some(later) = group.unfilled_to {
                left[later] += std::mem::take(&mut left[g]);
            }
        }
    }
    chosen
}

/// Deferred acceptance: everybody asks where they were not turned away yet, and every programme
/// chooses anew among all who ask.
pub(crate) fn stable(season: &RandomSeason, model: &Model) -> Vec<Place> {
    let lists: Vec<Vec<usize>> =
        (0..season.lists.len()).map(|a| model.asks_for(season, a)).collect();
    let seats: Vec<Vec<u32>> = (0..season.programmes.len())
        .map(|p| own_seats(season, model, p).expect("a seat for everybody who holds one"))
        .collect();
    let mut next = vec![0; lists.len()];
    loop {
        let mut places: Vec<Place> = vec![None; lists.len()];
        for (programme, seats) in seats.iter().enumerate() {
            let asks = |a: &usize| {
                let position = lists[*a].get(next[*a]).copied()?;
                (season.lists[*a][position].programme == programme)
                    .then(|| claim(season, model, *a, position))
            };
            let claims: Vec<Claim> = (0..lists.len()).filter_map(|a| asks(&a)).collect();
            for (applicant, group) in choose(season, seats, programme, &claims) {
                places[applicant] = Some((lists[applicant][next[applicant]], group));
            }
        }
        let turned_away: Vec<usize> = (0..lists.len())
            .filter(|a| places[*a].is_none() && next[*a] < lists[*a].len())
            .collect();
        if turned_away.is_empty() {
            return places;
        }
        turned_away.into_iter().for_each(|a| next[a] += 1);
    }
}
