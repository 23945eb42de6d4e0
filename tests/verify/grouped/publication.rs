//! An honest publication about a market with groups, recounted from the definitions.

use antagning_verify::{
    Applications, CutoffKind, Published, PublishedProgramme, Status, Verdict, Violation,
    check_published,
};

use super::market::{Market, Place, Table, Wish, score};
use super::naive::{choose, holders_and_waiting};

/// A publication that owns its columns.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    pub(crate) programmes: Vec<PublishedProgramme>,
    pub(crate) status: Vec<Status>,
    pub(crate) reserve_position: Vec<Option<u32>>,
    pub(crate) group: Vec<Option<u32>>,
    pub(crate) first_application: Vec<bool>,
    pub(crate) applications: Applications,
}

impl Publication {
    /// Every second applicant also applied to programme 0 before all else, where they are not
    /// eligible; so what they bring is not their first application.
    pub(crate) fn honest(market: &Market, places: &[Place]) -> Self {
        let in_vain = |applicant: usize| applicant % 2 == 1;
        let mut rows: Vec<(u32, bool)> =
            (0..places.len()).filter(|&a| in_vain(a)).map(|_| (0, true)).collect();
        let (mut status, mut reserve_position, mut group) = (Vec::new(), Vec::new(), Vec::new());
        let mut first_application = Vec::new();
        for (applicant, list) in market.lists.iter().enumerate() {
            let held = places[applicant].map_or(list.len(), |(position, _)| position);
            for (position, wish) in list.iter().enumerate() {
                let is_first = position == 0 && !in_vain(applicant);
                first_application.push(is_first);
                rows.push((wish.programme, is_first));
                let with_groups = !market.programmes[wish.programme as usize].plain;
                let last = wish.claims.last().filter(|_| with_groups).map(|claim| claim.0);
                let (is, position, of) = match position.cmp(&held) {
                    std::cmp::Ordering::Less => (
                        Status::Reserve,
                        Some(reserve_order(market, places, applicant, wish)),
                        last,
                    ),
                    std::cmp::Ordering::Equal => {
                        (Status::Admitted, None, places[applicant].and_then(|place| place.1))
                    }
                    std::cmp::Ordering::Greater => (Status::Struck, None, None),
                };
                status.push(is);
                reserve_position.push(position);
                group.push(of);
            }
        }
        let applications = Applications::count(market.programmes.len(), rows.iter().copied());
        let mut programmes = Vec::new();
        for (programme, of) in market.programmes.iter().enumerate() {
            programmes.push(total_row(market, places, programme, &rows));
            let groups = if of.plain { 0 } else { of.groups.len() };
            programmes.extend((0..groups as u32).map(|g| group_row(market, places, programme, g)));
        }
        Self {
            programmes,
            status,
            reserve_position,
            group,
            first_application,
            applications: applications.expect("all are known"),
        }
    }

    pub(crate) fn verdict(&self, table: &Table) -> Verdict {
        let case = table.case().expect("the columns fit");
        let published = Published {
            programmes: &self.programmes,
            status: &self.status,
            reserve_position: &self.reserve_position,
            group: &self.group,
            first_application: &self.first_application,
            applications: &self.applications,
        };
        check_published(&case, &published).expect("the claims fit the case")
    }

    /// What the checker finds wrong with it.
    pub(crate) fn faults(&self, table: &Table) -> Vec<Violation> {
        self.verdict(table).violations().to_vec()
    }
}

/// Tier and priority in a group that is open to the applicant.
fn key(wish: &Wish, group: u32) -> Option<(u32, u64)> {
    wish.claims.iter().find(|claim| claim.0 == group).map(|claim| (wish.tier, claim.1))
}

/// The place among all who wait and have a claim on the last group that is open to the applicant.
fn reserve_order(market: &Market, places: &[Place], applicant: usize, wish: &Wish) -> u32 {
    let programme = wish.programme as usize;
    let last = wish.claims.last().map_or(0, |claim| claim.0);
    let key_of = |a: usize| market.wish_for(a, programme).and_then(|wish| key(wish, last));
    let (_, waiting) = holders_and_waiting(market, places, programme);
    1 + waiting.iter().filter(|&&other| key_of(other) > key_of(applicant)).count() as u32
}

/// Cutoff, median and mean of those with these keys; whether anybody was turned away.
fn of_scores(mut admitted: Vec<(u32, u64)>, turned_away: bool, row: &mut PublishedProgramme) {
    admitted.sort_unstable();
    row.cutoff_kind = match (admitted.is_empty(), turned_away) {
        (true, _) => CutoffKind::NoneAdmitted,
        (false, false) => CutoffKind::AllEligibleAdmitted,
        (false, true) => CutoffKind::Value,
    };
    let lowest = admitted.first().filter(|_| turned_away);
    row.cutoff = lowest.map(|&(_, priority)| score(priority));
    let mut scores: Vec<u64> = admitted.iter().map(|&(_, priority)| score(priority)).collect();
    scores.sort_unstable();
    let half_up = |sum: u64, parts: u64| sum / parts + u64::from(2 * (sum % parts) >= parts);
    let count = scores.len();
    (row.median, row.mean) = (None, None);
    if count > 0 {
        row.median = Some(half_up(scores[(count - 1) / 2] + scores[count / 2], 2));
        row.mean = Some(half_up(scores.iter().sum(), count as u64));
    }
}

fn total_row(
    market: &Market,
    places: &[Place],
    programme: usize,
    rows: &[(u32, bool)],
) -> PublishedProgramme {
    let groups = &market.programmes[programme].groups;
    let seats = groups.iter().map(|group| u64::from(group.0)).sum();
    let (holders, waiting) = holders_and_waiting(market, places, programme);
    let here = rows.iter().filter(|row| row.0 as usize == programme);
    let mut row = PublishedProgramme {
        programme: programme as u32,
        group: None,
        seats,
        applicants: here.clone().count() as u64,
        first_choice_applicants: here.filter(|row| row.1).count() as u64,
        admitted: holders.len() as u64,
        vacant: seats - holders.len() as u64,
        reserves: waiting.len() as u64,
        cutoff_kind: CutoffKind::Other,
        cutoff: None,
        median: None,
        mean: None,
    };
    let only = |&applicant: &usize| key(market.wish_for(applicant, programme)?, 0);
    of_scores(holders.iter().filter_map(only).collect(), !waiting.is_empty(), &mut row);
    if groups.len() > 1 {
        (row.cutoff, row.median, row.mean) = (None, None, None);
        row.cutoff_kind = match (holders.is_empty(), waiting.is_empty()) {
            (true, _) => CutoffKind::NoneAdmitted,
            (false, true) => CutoffKind::AllEligibleAdmitted,
            (false, false) => CutoffKind::ByGroup,
        };
    }
    row
}

fn group_row(
    market: &Market,
    places: &[Place],
    programme: usize,
    group: u32,
) -> PublishedProgramme {
    let (holders, waiting) = holders_and_waiting(market, places, programme);
    let of = |&&applicant: &&usize| {
        market.wish_for(applicant, programme).is_some_and(|wish| key(wish, group).is_some())
    };
    let everybody: Vec<usize> = (0..places.len()).collect();
    let applied = everybody.iter().filter(of);
    let is_first = |&&a: &&usize| a % 2 == 0 && market.lists[a][0].programme as usize == programme;
    let taken_by = |&applicant: &usize| places[applicant].and_then(|place| place.1);
    let admitted: Vec<(u32, u64)> = holders
        .iter()
        .filter(|applicant| taken_by(applicant) == Some(group))
        .filter_map(|&applicant| key(market.wish_for(applicant, programme)?, group))
        .collect();
    let reserves = waiting.iter().filter(of).count();
    let taken_later = holders.iter().filter(of).any(|a| taken_by(a) > Some(group));
    let (_, left) = choose(market, programme, &[holders.as_slice(), &waiting].concat());
    let mut row = PublishedProgramme {
        programme: programme as u32,
        group: Some(group),
        seats: market.programmes[programme].groups[group as usize].0.into(),
        applicants: applied.clone().count() as u64,
        first_choice_applicants: applied.filter(is_first).count() as u64,
        admitted: admitted.len() as u64,
        vacant: left[group as usize].into(),
        reserves: reserves as u64,
        cutoff_kind: CutoffKind::Other,
        cutoff: None,
        median: None,
        mean: None,
    };
    of_scores(admitted, reserves > 0 || taken_later, &mut row);
    row
}
