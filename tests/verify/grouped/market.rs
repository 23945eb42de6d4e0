//! Small markets with quota groups, by hand or at random, and their columns.

use antagning_verify::{Case, ClaimKey, Columns, GroupColumns, ShapeError, Ties, Violation, check};

/// How many reception tiers there are.
pub(crate) const TIERS: u32 = 3;

/// A group's own seats and the later group that gets those it does not fill.
pub(crate) type Group = (u32, Option<u32>);

/// What an applicant has at a programme on their list.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) programme: u32,
    /// Below `TIERS`.
    pub(crate) tier: u32,
    /// The groups open to them, with their priority within the tier, greater first; at a plain
    /// programme a single entry for a group 0 that is not there.
    pub(crate) claims: Vec<(u32, u64)>,
}

/// A programme: the seats of its groups, or a single entry and `plain`.
#[derive(Clone, Debug)]
pub(crate) struct Programme {
    pub(crate) groups: Vec<Group>,
    pub(crate) plain: bool,
}

/// A market.
#[derive(Clone, Debug)]
pub(crate) struct Market {
    pub(crate) programmes: Vec<Programme>,
    pub(crate) lists: Vec<Vec<Wish>>,
}

/// Where an applicant is: the position in their list, and the group if there is one.
pub(crate) type Place = Option<(usize, Option<u32>)>;

/// A market with placements as the columns that the checker borrows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) seats: Vec<u32>,
    pub(crate) offsets: Vec<usize>,
    pub(crate) programme: Vec<u32>,
    pub(crate) key: Vec<u64>,
    pub(crate) score: Vec<u64>,
    pub(crate) placement: Vec<Option<u32>>,
    pub(crate) by_hand: Vec<bool>,
    pub(crate) group_offsets: Vec<usize>,
    pub(crate) group_seats: Vec<u32>,
    pub(crate) unfilled_to: Vec<Option<u32>>,
    pub(crate) ranked_by_hand: Vec<bool>,
    pub(crate) tiers: u32,
    pub(crate) tier: Vec<u32>,
    pub(crate) claim_offsets: Vec<usize>,
    pub(crate) claim_group: Vec<u32>,
    pub(crate) claim_key: Vec<ClaimKey>,
    pub(crate) claim_score: Vec<u64>,
    pub(crate) placement_group: Vec<Option<u32>>,
}

pub(crate) fn plain(seats: u32) -> Programme {
    Programme { groups: vec![(seats, None)], plain: true }
}

pub(crate) fn grouped(groups: &[Group]) -> Programme {
    Programme { groups: groups.to_vec(), plain: false }
}

/// A wish of somebody in the first tier.
pub(crate) fn wish(programme: u32, claims: &[(u32, u64)]) -> Wish {
    Wish { programme, tier: TIERS - 1, claims: claims.to_vec() }
}

/// The published score of a claim, which rises with the priority but is no copy of it.
pub(crate) fn score(priority: u64) -> u64 {
    1_000_000 + 12_345 * (priority >> 8)
}

impl Market {
    pub(crate) fn new(programmes: &[Programme], lists: &[&[Wish]]) -> Self {
        let lists = lists.iter().map(|list| list.to_vec()).collect();
        Self { programmes: programmes.to_vec(), lists }
    }

    pub(crate) fn with(&self, places: &[Place]) -> Table {
        let mut table = Table { tiers: TIERS, ..Table::default() };
        for offsets in [&mut table.offsets, &mut table.group_offsets, &mut table.claim_offsets] {
            offsets.push(0);
        }
        for Programme { groups, plain } in &self.programmes {
            table.seats.push(groups.iter().map(|group| group.0).sum());
            if !plain {
                table.group_seats.extend(groups.iter().map(|group| group.0));
                table.unfilled_to.extend(groups.iter().map(|group| group.1));
            }
            table.ranked_by_hand.resize(table.group_seats.len(), false);
            table.group_offsets.push(table.group_seats.len());
        }
        for (list, place) in self.lists.iter().zip(places) {
            for Wish { programme, tier, claims } in list {
                table.programme.push(*programme);
                table.key.push(claims[0].1);
                table.score.push(score(claims[0].1));
                table.tier.push(*tier);
                let with_groups = !self.programmes[*programme as usize].plain;
                for &(group, priority) in claims.iter().filter(|_| with_groups) {
                    table.claim_group.push(group);
                    let mut key = [0; 12];
                    (key[0], key[1]) = (u64::from(*tier), priority);
                    table.claim_key.push(key);
                    table.claim_score.push(score(priority));
                }
                table.claim_offsets.push(table.claim_group.len());
            }
            table.offsets.push(table.programme.len());
            table.placement.push(place.map(|(position, _)| list[position].programme));
            table.placement_group.push(place.and_then(|(_, group)| group));
        }
        table
    }

    /// What the checker finds wrong with a placement.
    pub(crate) fn faults(&self, places: &[Place]) -> Vec<Violation> {
        self.with(places).faults()
    }

    pub(crate) fn wish_for(&self, applicant: usize, programme: usize) -> Option<&Wish> {
        self.lists[applicant].iter().find(|wish| wish.programme as usize == programme)
    }

    /// Every place that the applicant could be stated to have on their list, in a group that is
    /// open to them or not; and none.
    pub(crate) fn all_places(&self, applicant: usize) -> Vec<Place> {
        let at = |(position, wish): (usize, &Wish)| -> Vec<Place> {
            let Programme { groups, plain } = &self.programmes[wish.programme as usize];
            match plain {
                true => vec![Some((position, None))],
                false => (0..groups.len() as u32).map(|g| Some((position, Some(g)))).collect(),
            }
        };
        self.lists[applicant].iter().enumerate().flat_map(at).chain([None]).collect()
    }
}

impl Table {
    pub(crate) fn case(&self) -> Result<Case<'_, u64>, ShapeError> {
        self.case_with(Ties::Strict)
    }

    pub(crate) fn case_with(&self, ties: Ties) -> Result<Case<'_, u64>, ShapeError> {
        Case::new(Columns {
            seats: &self.seats,
            offsets: &self.offsets,
            programme: &self.programme,
            key: &self.key,
            score: &self.score,
            placement: &self.placement,
            by_hand: &self.by_hand,
            ties,
            groups: Some(GroupColumns {
                offsets: &self.group_offsets,
                seats: &self.group_seats,
                unfilled_to: &self.unfilled_to,
                ranked_by_hand: &self.ranked_by_hand,
                tiers: self.tiers,
                tier: &self.tier,
                claim_offsets: &self.claim_offsets,
                claim_group: &self.claim_group,
                claim_key: &self.claim_key,
                claim_score: &self.claim_score,
                placement_group: &self.placement_group,
            }),
        })
    }

    pub(crate) fn faults(&self) -> Vec<Violation> {
        check(&self.case().expect("the columns fit")).violations().to_vec()
    }
}
