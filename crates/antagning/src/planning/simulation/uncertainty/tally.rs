//! Counting over draws: a histogram for every figure of a scenario.

use std::collections::BTreeMap;

use crate::planning::histogram::Histogram;
use crate::planning::simulation::lines::OfferTally;
use crate::planning::simulation::sheet::{Sheet, Tally as People};
use crate::planning::simulation::uncertainty::key::{Figure, Key, Kind};

/// The figures of one scenario over draws; two of different draws add up to that of all of them.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    total: [Histogram; PEOPLE.len()],
    groups: Vec<[Histogram; PEOPLE.len()]>,
    offers: Vec<[Histogram; OFFER.len()]>,
    /// A row a home, a column a school municipality: how many, and how many more than in the base.
    flows: Vec<[Histogram; FLOW.len()]>,
}

/// Figures of people.
const PEOPLE: [Figure; 16] = [
    Figure::Applicants,
    Figure::Placed,
    Figure::Unplaced,
    Figure::FirstChoices,
    Figure::MeanRank,
    Figure::Ranks,
    Figure::ApplicantsDifference,
    Figure::PlacedDifference,
    Figure::UnplacedDifference,
    Figure::FirstChoicesDifference,
    Figure::MeanRankDifference,
    Figure::RanksDifference,
    Figure::BetterOff,
    Figure::WorseOff,
    Figure::NewlyPlaced,
    Figure::NewlyUnplaced,
];

const OFFER: [Figure; 8] = [
    Figure::Seats,
    Figure::Admitted,
    Figure::Full,
    Figure::Cutoff,
    Figure::SeatsDifference,
    Figure::AdmittedDifference,
    Figure::FullDifference,
    Figure::CutoffDifference,
];

const FLOW: [Figure; 2] = [Figure::Placed, Figure::PlacedDifference];

/// What the rows of a tally are called.
#[derive(Debug)]
pub(super) struct Names<'a> {
    /// Kind and name of each group of applicants.
    pub(super) groups: &'a [(&'static str, String)],
    /// Offer and quota group of each row, and the row of the base that is the same offer.
    pub(super) offers: Vec<(String, String, Option<usize>)>,
    pub(super) homes: &'a [String],
    pub(super) municipalities: &'a [String],
}

impl Tally {
    pub(super) fn empty(names: &Names<'_>) -> Self {
        fn empty<const N: usize>(count: usize) -> Vec<[Histogram; N]> {
            vec![[const { Histogram::new() }; N]; count]
        }
        Self {
            total: [const { Histogram::new() }; PEOPLE.len()],
            groups: empty(names.groups.len()),
            offers: empty(names.offers.len()),
            flows: empty(names.homes.len() * names.municipalities.len()),
        }
    }

    /// Counts a draw; `base` is the base in the same draw, where this is a scenario.
    pub(super) fn add(&mut self, names: &Names<'_>, sheet: &Sheet, base: Option<&Sheet>) {
        add_people(&mut self.total, &sheet.total, base.map(|base| &base.total));
        for (at, (counts, group)) in self.groups.iter_mut().zip(&sheet.groups).enumerate() {
            add_people(counts, group, base.map(|base| &base.groups[at]));
        }
        for (at, (counts, offer)) in self.offers.iter_mut().zip(&sheet.offers).enumerate() {
            let before = base.and_then(|base| Some(&base.offers[names.offers[at].2?]));
            add_offer(counts, offer, before);
        }
        for (at, (counts, placed)) in self.flows.iter_mut().zip(&sheet.flows).enumerate() {
            let placed = i64::from(*placed);
            let more = base.map(|base| placed - i64::from(base.flows[at]));
            add(counts, &FLOW, [Some(placed), more]);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        fn merge<const N: usize>(one: &mut [Histogram; N], other: &[Histogram; N]) {
            one.iter_mut().zip(other).for_each(|(one, other)| one.merge(other));
        }
        merge(&mut self.total, &other.total);
        self.groups.iter_mut().zip(&other.groups).for_each(|(one, other)| merge(one, other));
        self.offers.iter_mut().zip(&other.offers).for_each(|(one, other)| merge(one, other));
        self.flows.iter_mut().zip(&other.flows).for_each(|(one, other)| merge(one, other));
    }

    /// The histograms by what they count, over so many draws.
    pub(super) fn into_figures(
        self,
        scenario: usize,
        names: &Names<'_>,
        draws: u64,
        into: &mut BTreeMap<Key, Histogram>,
    ) {
        let mut put = |kind: Kind, name: &str, part: &str, figure: Figure, counts: Histogram| {
            if scenario == 0 && figure.is_difference() {
                return;
            }
            let (name, part) = (name.to_owned(), part.to_owned());
            let key = Key { scenario, kind, name, part, figure };
            extend(&key, counts, draws, into);
        };
        for (figure, counts) in PEOPLE.into_iter().zip(self.total) {
            put(Kind::Total, "", "", figure, counts);
        }
        for ((kind, name), figures) in names.groups.iter().zip(self.groups) {
            let kind = Kind::parse(kind).expect("a kind of group");
            for (figure, counts) in PEOPLE.into_iter().zip(figures) {
                put(kind, name, "", figure, counts);
            }
        }
        for ((id, group, _), figures) in names.offers.iter().zip(self.offers) {
            for (figure, counts) in OFFER.into_iter().zip(figures) {
                put(Kind::Offer, id, group, figure, counts);
            }
        }
        for (at, figures) in self.flows.into_iter().enumerate() {
            let home = &names.homes[at / names.municipalities.len()];
            let school = &names.municipalities[at % names.municipalities.len()];
            for (figure, counts) in FLOW.into_iter().zip(figures) {
                put(Kind::Flow, home, school, figure, counts);
            }
        }
    }
}

/// Adds what was counted in so many draws; a draw in which nothing was counted had 0, except of
/// figures that a draw may lack.
pub(super) fn extend(
    key: &Key,
    mut counts: Histogram,
    draws: u64,
    into: &mut BTreeMap<Key, Histogram>,
) {
    let seen = counts.total();
    if seen == 0 && (key.figure.may_lack() || !key.is_told_when_nothing()) {
        return;
    }
    if !key.figure.may_lack() && seen < draws {
        counts.add(0, draws - seen);
    }
    into.insert(key.clone(), counts);
}

/// Counts what is there; 0 is what there is when nothing is counted.
fn add<const N: usize>(
    counts: &mut [Histogram; N],
    figures: &[Figure; N],
    values: [Option<i64>; N],
) {
    for ((counts, figure), value) in counts.iter_mut().zip(figures).zip(values) {
        if let Some(value) = value.filter(|value| *value != 0 || figure.may_lack()) {
            counts.add(value, 1);
        }
    }
}

fn add_people(counts: &mut [Histogram; PEOPLE.len()], people: &People, base: Option<&People>) {
    let of = |people: &People| {
        let counts = [
            people.applicants,
            people.placed,
            people.applicants - people.placed,
            people.first_choices,
        ];
        let [applicants, placed, unplaced, first_choices] = counts.map(|count| Some(count as i64));
        let mean = people.mean_rank().map(|mean| mean as i64);
        [applicants, placed, unplaced, first_choices, mean, Some(people.ranks as i64)]
    };
    let [applicants, placed, unplaced, first_choices, mean, ranks] = of(people);
    let before = base.map_or([None; 6], of);
    let more = |at: usize| Some(of(people)[at]? - before[at]?);
    let compared = |count: u64| base.map(|_| count as i64);
    let values = [
        applicants,
        placed,
        unplaced,
        first_choices,
        mean,
        ranks,
        more(0),
        more(1),
        more(2),
        more(3),
        more(4),
        more(5),
        compared(people.better),
        compared(people.worse),
        compared(people.newly_placed),
        compared(people.newly_unplaced),
    ];
    add(counts, &PEOPLE, values);
}

fn add_offer(counts: &mut [Histogram; OFFER.len()], offer: &OfferTally, base: Option<&OfferTally>) {
    let of = |offer: &OfferTally| {
        let cutoff = offer.cutoff.score().map(|score| score.ten_thousandths() as i64);
        [
            Some(i64::from(offer.seats)),
            Some(i64::from(offer.admitted)),
            Some(i64::from(offer.turned_away)),
            cutoff,
        ]
    };
    let own = of(offer);
    let before = base.map_or([None; 4], of);
    let more = |at: usize| Some(own[at]? - before[at]?);
    let values = [own[0], own[1], own[2], own[3], more(0), more(1), more(2), more(3)];
    add(counts, &OFFER, values);
}
