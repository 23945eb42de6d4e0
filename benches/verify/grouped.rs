//! The season with the seats of one programme in `every` divided among two to four quota groups.

use antagning_matching::{
    ApplicantIx, Claim, MarketBuilder, ProgrammeIx, QuotaGroup, deferred_acceptance,
};
use antagning_verify::{ClaimKey, GroupColumns};

use super::{PROGRAMMES, Season};

/// First hand and second hand.
const TIERS: u32 = 2;

/// The columns of groups, owned.
#[derive(Default)]
pub(crate) struct Groups {
    pub(crate) offsets: Vec<usize>,
    pub(crate) seats: Vec<u32>,
    unfilled_to: Vec<Option<u32>>,
    ranked_by_hand: Vec<bool>,
    tier: Vec<u32>,
    claim_offsets: Vec<usize>,
    claim_group: Vec<u32>,
    claim_key: Vec<ClaimKey>,
    claim_score: Vec<u64>,
    placement_group: Vec<Option<u32>>,
}

impl Groups {
    pub(crate) fn columns(&self) -> GroupColumns<'_> {
        GroupColumns {
            offsets: &self.offsets,
            seats: &self.seats,
            unfilled_to: &self.unfilled_to,
            ranked_by_hand: &self.ranked_by_hand,
            tiers: TIERS,
            tier: &self.tier,
            claim_offsets: &self.claim_offsets,
            claim_group: &self.claim_group,
            claim_key: &self.claim_key,
            claim_score: &self.claim_score,
            placement_group: &self.placement_group,
        }
    }

    /// A test group and a merit group; in every second one a third for few before them, and in
    /// every third a fourth with no seats but what merit leaves.
    fn divide(seats: &[u32], every: usize) -> Self {
        let mut groups = Self { offsets: vec![0], claim_offsets: vec![0], ..Self::default() };
        for (programme, &all) in seats.iter().enumerate() {
            if programme % every == every / 2 {
                let few = if (programme / every).is_multiple_of(2) { all / 20 } else { 0 };
                let test = (all - few) / 3;
                let mut division = vec![(few, Some(2)), (test, Some(2)), (all - few - test, None)];
                if (programme / every).is_multiple_of(3) {
                    division[2].1 = Some(3);
                    division.push((0, None));
                }
                groups.seats.extend(division.iter().map(|group| group.0));
                groups.unfilled_to.extend(division.iter().map(|group| group.1));
            }
            groups.offsets.push(groups.seats.len());
        }
        groups.ranked_by_hand.resize(groups.seats.len(), false);
        groups
    }

    fn count(&self, programme: usize) -> usize {
        self.offsets[programme + 1] - self.offsets[programme]
    }

    /// The claims of one choice: two in three take the test, one in sixteen is among the few, one
    /// in four comes second hand. The lot parts equals in every group.
    fn claim(&mut self, programme: usize, merit: u64, lot: u64) {
        let drawn = (lot ^ (programme as u64)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 20;
        let tier = u32::from(drawn & 3 != 0);
        self.tier.push(tier);
        let test = 10_000 * (drawn >> 8 & 63);
        let open = [drawn >> 16 & 15 == 0, !(drawn >> 24).is_multiple_of(3), true, true];
        let scores = [test / 2, test, merit, merit];
        for group in (0..self.count(programme)).filter(|&group| open[group]) {
            let mut key = [0; 12];
            (key[1], key[2], key[11]) = (u64::from(tier), scores[group], lot);
            self.claim_group.push(group as u32);
            self.claim_key.push(key);
            self.claim_score.push(scores[group]);
        }
        self.claim_offsets.push(self.claim_group.len());
    }

    /// The groups as the matching core has them, which knows no tiers: a copy for each, and the
    /// seats that the first tier leaves vacant are the second's.
    fn in_core(&self, programme: usize) -> Vec<QuotaGroup> {
        let count = self.count(programme);
        let group = |unit: usize| {
            let group = self.offsets[programme] + unit % count;
            let to = self.unfilled_to[group].map(|to| unit - unit % count + to as usize);
            QuotaGroup {
                seats: if unit < count { self.seats[group] } else { 0 },
                unfilled_to: to.or((unit < count).then_some(unit + count)),
            }
        };
        (0..TIERS as usize * count).map(group).collect()
    }
}

/// The season with groups, placed anew by the matching core.
pub(crate) fn grouped(mut season: Season<u128>, every: usize) -> Season<u128> {
    let mut groups = Groups::divide(&season.seats, every);
    for (programme, key) in season.programme.iter().zip(&season.key) {
        groups.claim(*programme as usize, (key >> 64) as u64, *key as u64);
    }
    let mut builder = MarketBuilder::new();
    for (programme, &seats) in season.seats.iter().enumerate() {
        match groups.in_core(programme).as_slice() {
            [] => builder.add_programme(seats),
            units => builder.add_grouped_programme(units),
        };
    }
    for list in season.offsets.windows(2) {
        let units = |choice: usize| -> Vec<(usize, (u64, u64))> {
            let count = groups.count(season.programme[choice] as usize);
            let before = (TIERS - 1 - groups.tier[choice]) as usize * count;
            let claims = groups.claim_offsets[choice]..groups.claim_offsets[choice + 1];
            let of = |claim: usize| (groups.claim_key[claim][2], groups.claim_key[claim][11]);
            claims.map(|claim| (before + groups.claim_group[claim] as usize, of(claim))).collect()
        };
        let claims: Vec<_> = (list[0]..list[1]).map(|choice| (choice, units(choice))).collect();
        builder.add_applicant_with_claims(claims.iter().map(|(choice, units)| {
            let plain = (season.key[*choice] >> 64) as u64;
            let claim = match units.is_empty() {
                true => Claim::Plain((plain, season.key[*choice] as u64)),
                false => Claim::Groups(units),
            };
            (ProgrammeIx::new(season.programme[*choice]), claim)
        }));
    }
    let market = builder.build().expect("a sound market");
    let matching = deferred_acceptance(&market);
    for (applicant, place) in (0..).map(ApplicantIx::new).zip(&mut season.placement) {
        let programme = matching.programme_of(applicant).map(|q| q.index());
        *place = programme.map(|q| q as u32);
        let group = matching.group_of(applicant).zip(programme);
        let group = group.map(|(unit, q)| (unit % groups.count(q)) as u32);
        groups.placement_group.push(group);
    }
    let with_groups = (0..PROGRAMMES as u32).flat_map(|programme| {
        (0..groups.count(programme as usize) as u32).map(move |group| (programme, Some(group)))
    });
    season.programmes.extend(with_groups.map(|(programme, group)| super::blank(programme, group)));
    season.groups = Some(groups);
    season.publish_what_the_checker_finds();
    season
}
