//! A season with quota groups, made from one without: the same applicants, lists and seats.

use super::grouped_textbook::{Group, GroupedInstance, Keys, Programme};
use super::textbook::Instance;

/// How a programme's seats are divided.
#[derive(Clone, Copy)]
enum Division {
    Plain,
    /// A third of the seats by test, the rest by merit.
    Test,
    /// A seat in twenty by a ranking of its own, open to few, and then as above.
    FreeQuota,
    /// Test and merit for the first hand, and a copy of each for the second.
    Hands,
}

/// The season with the seats of one programme in `every` divided among two to four groups; of ten
/// one that is wanted as much as the ten are in the mean.
pub(crate) fn grouped(instance: &Instance, every: usize) -> GroupedInstance {
    let division = |programme: usize| match (programme % every, programme / every % 3) {
        (rest, 0) if rest == every / 2 => Division::Test,
        (rest, 1) if rest == every / 2 => Division::FreeQuota,
        (rest, _) if rest == every / 2 => Division::Hands,
        _ => Division::Plain,
    };
    let programme = |(number, &seats): (usize, &u32)| {
        let division = division(number);
        Programme { groups: division.groups(seats), plain: matches!(division, Division::Plain) }
    };
    let claim =
        |&(number, priority): &(usize, u64)| (number, division(number).keys(number, priority));
    GroupedInstance {
        programmes: instance.seats.iter().enumerate().map(programme).collect(),
        lists: instance.lists.iter().map(|list| list.iter().map(claim).collect()).collect(),
    }
}

impl Division {
    fn groups(self, seats: u32) -> Vec<Group> {
        let few = seats / 20;
        let (third, rest) = ((seats - few) / 3, (seats - few) - (seats - few) / 3);
        match self {
            Self::Plain => vec![(seats, None)],
            Self::Test => vec![(third, Some(1)), (few + rest, None)],
            Self::FreeQuota => vec![(few, Some(2)), (third, Some(2)), (rest, None)],
            Self::Hands => {
                vec![(third, Some(1)), (few + rest, Some(2)), (0, Some(3)), (0, None)]
            }
        }
    }

    /// The groups open to an applicant of this priority in the ungrouped season: two in three take
    /// the test, one in sixteen applies for the free quota, one in four comes second hand.
    fn keys(self, programme: usize, priority: u64) -> Keys {
        let drawn = mix(priority ^ (programme as u64) << 48);
        let tested = !drawn.is_multiple_of(3);
        let (few, second) = (drawn >> 8 & 15 == 0, drawn >> 16 & 3 == 0);
        // The lottery number parts equals in every group.
        let own = |score: u64| score << 32 | priority & 0xffff_ffff;
        let (test, need) = (own(drawn >> 24 & 63), own(drawn >> 32 & 63));
        let hand = if second { 2 } else { 0 };
        match self {
            Self::Plain => vec![(0, priority)],
            Self::Test if tested => vec![(0, test), (1, priority)],
            Self::Test => vec![(1, priority)],
            Self::FreeQuota if few => vec![(0, need), (2, priority)],
            Self::FreeQuota if tested => vec![(1, test), (2, priority)],
            Self::FreeQuota => vec![(2, priority)],
            Self::Hands if tested => vec![(hand, test), (hand + 1, priority)],
            Self::Hands => vec![(hand + 1, priority)],
        }
    }
}

/// The finalizer of SplitMix64.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
