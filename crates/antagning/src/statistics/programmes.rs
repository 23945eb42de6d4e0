//! The table of the offers, each with its quota groups below it.

use crate::season::Season;
use crate::statistics::files::{HIDDEN, StatisticsFile, score, shown};
use crate::statistics::groups::Group;
use crate::statistics::offers::Offer;

/// A row an offer, in the order of the season's programmes, and below it a row a quota group.
pub(super) fn table(season: &Season, offers: &[Offer]) -> StatisticsFile {
    let mut rows = Vec::new();
    for (offer, id) in offers.iter().zip(season.data.programmes.ids.iter()) {
        rows.push(whole(id, offer));
        rows.extend(offer.groups.iter().map(|group| part(id, offer, group)));
    }
    let header = vec![
        "programme_id",
        "quota_group",
        "seats",
        "applicants",
        "first_choice_applicants",
        "admitted",
        "vacant",
        "reserves",
        "cutoff_kind",
        "cutoff",
        "median",
        "mean",
    ];
    StatisticsFile { name: "programmes.csv", header, rows }
}

fn whole(id: &str, offer: &Offer) -> Vec<String> {
    let hides = offer.hides_admitted;
    vec![
        id.to_owned(),
        String::new(),
        offer.seats.to_string(),
        shown((!offer.hides_applicants).then_some(offer.applicants)),
        shown((!offer.hides_first).then_some(offer.first)),
        shown((!hides).then_some(offer.admitted)),
        shown((!hides).then_some(offer.vacant)),
        reserves(offer),
        kind(hides, &offer.kind),
        score(hides, offer.cutoff, ""),
        score(hides, offer.median, ""),
        score(hides || offer.hides(offer.mean), offer.mean, ""),
    ]
}

/// Applicants choose an offer, not a group of it: the numbers of applicants are empty.
fn part(id: &str, offer: &Offer, group: &Group) -> Vec<String> {
    let hides = offer.hides_groups;
    vec![
        id.to_owned(),
        group.name.clone(),
        group.seats.to_string(),
        String::new(),
        String::new(),
        shown((!hides).then_some(group.admitted)),
        shown((!hides).then_some(group.vacant)),
        shown((!offer.hides_group_reserves).then_some(group.reserves)),
        kind(hides, &group.kind),
        score(hides, group.cutoff, ""),
        score(hides, group.median, ""),
        score(hides || offer.hides(group.mean), group.mean, ""),
    ]
}

fn kind(hides: bool, kind: &str) -> String {
    if hides { "suppressed".to_owned() } else { kind.to_owned() }
}

/// The reserves of the offer as a whole, or what stands in their place.
pub(super) fn reserves(offer: &Offer) -> String {
    match offer.hides_admitted || offer.hides_reserves {
        true => HIDDEN.to_owned(),
        false => offer.reserves.to_string(),
    }
}
