//! Agreement with the matching core, which divides tiers into groups of their own.

use antagning_matching::{
    ApplicantIx, Claim, Market as CoreMarket, MarketBuilder, Matching, ProgrammeIx, QuotaGroup,
    deferred_acceptance, programme_proposing,
};
use antagning_verify::{Outcome, Property, Violation, check};
use proptest::prelude::*;

use super::instances::{dense, markets};
use super::market::{Market, Place, TIERS};
use super::naive::{is_stable, rank};

/// Each tier has a copy of all groups, those of later tiers without seats of their own; seats that
/// stay vacant in one tier pass on to the copy for the next.
fn core_market(market: &Market) -> CoreMarket {
    let mut builder = MarketBuilder::new();
    for programme in &market.programmes {
        if programme.plain {
            builder.add_programme(programme.groups[0].0);
            continue;
        }
        let count = programme.groups.len();
        let unit = |unit: usize| {
            let (tier, (seats, to)) = (unit / count, programme.groups[unit % count]);
            let next_tier = (tier + 1 < TIERS as usize).then_some(unit + count);
            QuotaGroup {
                seats: if tier == 0 { seats } else { 0 },
                unfilled_to: to.map(|to| tier * count + to as usize).or(next_tier),
            }
        };
        builder.add_grouped_programme(&(0..TIERS as usize * count).map(unit).collect::<Vec<_>>());
    }
    for list in &market.lists {
        let units: Vec<Vec<(usize, u64)>> = list
            .iter()
            .map(|wish| {
                let count = market.programmes[wish.programme as usize].groups.len();
                let before = (TIERS - 1 - wish.tier) as usize * count;
                wish.claims.iter().map(|&(group, key)| (before + group as usize, key)).collect()
            })
            .collect();
        builder.add_applicant_with_claims(list.iter().zip(&units).map(|(wish, units)| {
            let claim = match market.programmes[wish.programme as usize].plain {
                true => Claim::Plain(wish.claims[0].1),
                false => Claim::Groups(units),
            };
            (ProgrammeIx::new(wish.programme), claim)
        }));
    }
    builder.build().expect("a sound market")
}

fn places(market: &Market, matching: &Matching<'_>) -> Vec<Place> {
    (0..)
        .map(ApplicantIx::new)
        .zip(&market.lists)
        .map(|(applicant, list)| {
            let position = matching.choice_of(applicant)?;
            let count = market.programmes[list[position].programme as usize].groups.len();
            Some((position, matching.group_of(applicant).map(|unit| (unit % count) as u32)))
        })
        .collect()
}

/// The applicant-optimal placement, by the matching core.
pub(crate) fn optimum(market: &Market) -> Vec<Place> {
    places(market, &deferred_acceptance(&core_market(market)))
}

fn pessimum(market: &Market) -> Vec<Place> {
    places(market, &programme_proposing(&core_market(market)))
}

proptest! {
    #[test]
    fn what_the_core_computes_is_proven(market in markets(40, 8, 4, 5)) {
        let table = market.with(&optimum(&market));
        let verdict = check(&table.case().expect("the columns fit"));
        prop_assert_eq!(verdict.violations(), []);
        prop_assert!(verdict.holds());
        let optimal = verdict.of(Property::ApplicantOptimal).expect("it is on record");
        prop_assert_eq!(optimal.outcome, Outcome::Proven);
    }
}

proptest! {
    // One market in twenty has more than one stable placement.
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn the_programmes_optimum_is_refused_where_it_differs(market in dense()) {
        let (best, worst) = (optimum(&market), pessimum(&market));
        prop_assert!(is_stable(&market, &worst));
        let better: Vec<usize> =
            (0..best.len()).filter(|&a| rank(best[a]) < rank(worst[a])).collect();
        let expected: Vec<_> = better.first().map(|&applicant| Violation::BetterAdmission {
            applicant,
            programme: market.lists[applicant][rank(best[applicant])].programme as usize,
            better_off: better.len(),
        }).into_iter().collect();
        prop_assert_eq!(market.faults(&worst), expected);
    }
}
