//! Small markets, written by hand or drawn at random, and their columns.

use antagning_verify::{Case, Columns, ShapeError, Ties, Violation, check};
use proptest::prelude::*;

use crate::textbook::applicant_proposing;

/// A market: seats, and for every applicant programmes with their priority there.
#[derive(Clone, Debug)]
pub(crate) struct Market {
    pub(crate) seats: Vec<u32>,
    pub(crate) lists: Vec<Vec<(u32, u32)>>,
}

/// A market with placements as the columns that the checker borrows.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) seats: Vec<u32>,
    pub(crate) offsets: Vec<usize>,
    pub(crate) programme: Vec<u32>,
    pub(crate) key: Vec<u32>,
    pub(crate) score: Vec<u64>,
    pub(crate) placement: Vec<Option<u32>>,
    pub(crate) by_hand: Vec<bool>,
    pub(crate) ties: Ties,
}

impl Market {
    pub(crate) fn new(seats: &[u32], lists: &[&[(u32, u32)]]) -> Self {
        Self { seats: seats.to_vec(), lists: lists.iter().map(|list| list.to_vec()).collect() }
    }

    pub(crate) fn optimum(&self) -> Vec<Option<u32>> {
        applicant_proposing(&self.seats, &self.lists)
    }

    /// The columns, with scores that rise with the key but are no simple copy of it.
    pub(crate) fn with(&self, placement: &[Option<u32>]) -> Table {
        let mut table = Table {
            seats: self.seats.clone(),
            offsets: vec![0],
            programme: Vec::new(),
            key: Vec::new(),
            score: Vec::new(),
            placement: placement.to_vec(),
            by_hand: Vec::new(),
            ties: Ties::Strict,
        };
        for list in &self.lists {
            for &(programme, key) in list {
                table.programme.push(programme);
                table.key.push(key);
                table.score.push(1_000_000 + 12_345 * u64::from(key / 2) + u64::from(programme));
            }
            table.offsets.push(table.programme.len());
        }
        table
    }

    /// What the checker finds wrong with a placement.
    pub(crate) fn faults(&self, placement: &[Option<u32>]) -> Vec<Violation> {
        let table = self.with(placement);
        let case = table.case().expect("the columns fit");
        check(&case).violations().to_vec()
    }

    /// The rank that the applicant gives to what they have: 0 for the most wanted, the length of
    /// the list when unplaced.
    pub(crate) fn rank(&self, applicant: usize, placement: Option<u32>) -> usize {
        let list = &self.lists[applicant];
        list.iter().position(|&(q, _)| Some(q) == placement).unwrap_or(list.len())
    }

    pub(crate) fn key(&self, applicant: usize, programme: u32) -> Option<u32> {
        self.lists[applicant].iter().find(|&&(q, _)| q == programme).map(|&(_, key)| key)
    }
}

impl Table {
    pub(crate) fn case(&self) -> Result<Case<'_, u32>, ShapeError> {
        Case::new(Columns {
            seats: &self.seats,
            offsets: &self.offsets,
            programme: &self.programme,
            key: &self.key,
            score: &self.score,
            placement: &self.placement,
            by_hand: &self.by_hand,
            ties: self.ties,
            groups: None,
        })
    }
}

/// Markets with strict priorities: random lists, random orders, some programmes without a seat.
pub(crate) fn strict(applicants: usize, programmes: usize) -> impl Strategy<Value = Market> {
    (0..=applicants, 0..=programmes).prop_flat_map(|(applicants, programmes)| {
        markets(applicants, programmes, 0..=3, 0..=programmes, order(applicants))
    })
}

/// Markets where everybody lists everything and seats are few: many stable placements.
pub(crate) fn dense() -> impl Strategy<Value = Market> {
    (2..=7_usize).prop_flat_map(|size| markets(size, size, 1..=1, size..=size, order(size)))
}

/// Markets with many equal priorities.
pub(crate) fn tied(applicants: usize, programmes: usize) -> impl Strategy<Value = Market> {
    (0..=applicants, 1..=programmes).prop_flat_map(|(applicants, programmes)| {
        let keys = prop::collection::vec(0..4_u32, applicants);
        markets(applicants, programmes, 0..=2, 0..=programmes, keys)
    })
}

/// Each applicant's place in a random order, as a key.
fn order(applicants: usize) -> impl Strategy<Value = Vec<u32>> {
    Just((0..applicants as u32).collect::<Vec<_>>()).prop_shuffle()
}

fn markets(
    applicants: usize,
    programmes: usize,
    seats: std::ops::RangeInclusive<u32>,
    length: std::ops::RangeInclusive<usize>,
    keys: impl Strategy<Value = Vec<u32>>,
) -> impl Strategy<Value = Market> {
    let wishes = Just((0..programmes as u32).collect::<Vec<_>>()).prop_shuffle();
    (
        prop::collection::vec(seats, programmes),
        prop::collection::vec((wishes, length), applicants),
        prop::collection::vec(keys, programmes),
    )
        .prop_map(|(seats, wishes, keys)| {
            let listed = |(applicant, (wishes, length)): (usize, (Vec<u32>, usize))| {
                let chosen = wishes.into_iter().take(length);
                chosen.map(|q| (q, keys[q as usize][applicant])).collect()
            };
            let lists = wishes.into_iter().enumerate().map(listed).collect();
            Market { seats, lists }
        })
}

/// A market and any placement at all, right or wrong, on the list or off it.
pub(crate) fn with_any_placement(
    market: impl Strategy<Value = Market>,
) -> impl Strategy<Value = (Market, Vec<Option<u32>>)> {
    market.prop_flat_map(|market| {
        let programmes = market.seats.len() as u32;
        let place = (0..=programmes).prop_map(move |q| (q < programmes).then_some(q));
        let placement = prop::collection::vec(place, market.lists.len());
        (Just(market), placement)
    })
}
