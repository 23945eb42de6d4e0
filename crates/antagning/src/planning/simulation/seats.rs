//! The seats of scenarios that change nothing else.

use std::collections::BTreeMap;

use antagning_matching::ProgrammeIx;
use antagning_rules::Quotas;

use crate::planning::simulation::base::Base;
use crate::planning::simulation::draft::Seats;
use crate::season::Season;

/// The seats of an offer without quota groups, or of one quota group.
pub(super) fn own_seats(season: &Season, programme: u32, group: Option<u32>) -> u32 {
    match group {
        None => season.data.programmes.capacity[programme as usize],
        Some(group) => season.selection.quotas.of(programme as usize)[group as usize].seats,
    }
}

/// The most seats of offers or quota groups, where that is not what the base has.
pub(super) type Ceiling = BTreeMap<(u32, Option<u32>), u32>;

/// The most seats that any of the scenarios, or the base, has wherever one of them has others.
pub(super) fn ceiling<'s>(
    base: &Base,
    scenarios: impl IntoIterator<Item = &'s Vec<Seats>>,
) -> Ceiling {
    let mut ceiling = Ceiling::new();
    for &(programme, group, seats) in scenarios.into_iter().flatten() {
        let before = own_seats(&base.season, programme, group);
        let most = ceiling.entry((programme, group)).or_insert(before);
        *most = seats.max(*most);
    }
    ceiling
}

/// How many seats fewer than the ceiling a scenario has, as [`WarmStart::run`] takes them.
pub(super) fn fewer(
    base: &Base,
    ceiling: &Ceiling,
    seats: &[Seats],
) -> Vec<(ProgrammeIx, Option<usize>, u32)> {
    let wanted = |programme: u32, group: Option<u32>| {
        let found = seats.binary_search_by_key(&(programme, group), |(p, g, _)| (*p, *g));
        found.map_or_else(|_| own_seats(&base.season, programme, group), |at| seats[at].2)
    };
    let fewer = |(&(programme, group), most): (&(u32, Option<u32>), &u32)| {
        let group = (group, most - wanted(programme, group));
        (ProgrammeIx::new(programme), group.0.map(|group| group as usize), group.1)
    };
    ceiling.iter().map(fewer).collect()
}

/// The seats of all offers and quota groups at the ceiling.
pub(super) fn seats_at(base: &Base, ceiling: &Ceiling) -> (Vec<u32>, Quotas) {
    let season = &base.season;
    let mut seats = season.data.programmes.capacity.clone();
    let mut groups = Vec::new();
    for (programme, total) in seats.iter_mut().enumerate() {
        let most = |group: Option<u32>| ceiling.get(&(programme as u32, group)).copied();
        *total = most(None).unwrap_or(*total);
        for (number, group) in season.selection.quotas.of(programme).iter().enumerate() {
            let mut group = group.clone();
            group.seats = most(Some(number as u32)).unwrap_or(group.seats);
            groups.push(group);
        }
    }
    (seats, Quotas::new(base.data.quota_groups.offsets.clone(), groups))
}

/// The seats of each offer, and behind it those of its quota groups where it has several.
pub(super) fn seats_of(season: &Season, changed: &Ceiling) -> Vec<u32> {
    let mut told = Vec::new();
    for (programme, capacity) in season.data.programmes.capacity.iter().enumerate() {
        let seats = |group: Option<u32>, before: u32| {
            changed.get(&(programme as u32, group)).copied().unwrap_or(before)
        };
        let groups = season.selection.quotas.of(programme).iter().enumerate();
        let groups: Vec<u32> = groups.map(|(at, g)| seats(Some(at as u32), g.seats)).collect();
        match groups.len() {
            0 => told.push(seats(None, *capacity)),
            _ => told.push(groups.iter().sum()),
        }
        if groups.len() > 1 {
            told.extend(groups);
        }
    }
    told
}
