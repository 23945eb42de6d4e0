//! Categories that are too small to stand alone are put together before anything is counted.

use crate::statistics::suppression::Suppression;

/// The name of the category that takes in those which cannot stand alone.
pub(super) const OTHER: &str = "other";

/// Which group each category is published in.
#[derive(Clone, Debug)]
pub(super) struct Grouping {
    /// The group of each category.
    pub(super) of: Vec<usize>,
    /// The categories of each group; the combined group stands last.
    pub(super) members: Vec<Vec<usize>>,
    /// Whether the last group is a combined one.
    pub(super) has_other: bool,
}

/// A category before grouping.
#[derive(Clone, Debug)]
pub(super) struct Category {
    /// Counts of persons that will be published of the group, the size first.
    pub(super) counts: Vec<u64>,
    /// Must not stand alone, whatever its counts.
    pub(super) joins_others: bool,
    /// Persons who must be covered by as many as the threshold asks for in their group.
    pub(super) to_cover: u64,
}

impl Grouping {
    /// Every category that has a small count, or must, goes into one group, and then the smallest
    /// of the rest until the group has no small count either. Categories are in their final order.
    pub(super) fn new(categories: &[Category], suppression: Suppression) -> Self {
        let small = |category: &Category| category.counts.iter().any(|c| suppression.hides(*c));
        let mut joined: Vec<bool> =
            categories.iter().map(|category| category.joins_others || small(category)).collect();
        while joined.contains(&true) && !stands(categories, &joined, suppression) {
            let rest = (0..categories.len()).filter(|i| !joined[*i]);
            let Some(next) = rest.min_by_key(|i| (categories[*i].counts[0], *i)) else { break };
            joined[next] = true;
        }
        let mut members: Vec<Vec<usize>> =
            (0..categories.len()).filter(|i| !joined[*i]).map(|i| vec![i]).collect();
        let other: Vec<usize> = (0..categories.len()).filter(|i| joined[*i]).collect();
        let has_other = !other.is_empty();
        if has_other {
            members.push(other);
        }
        let mut of = vec![0; categories.len()];
        for (group, categories) in members.iter().enumerate() {
            categories.iter().for_each(|category| of[*category] = group);
        }
        Self { of, members, has_other }
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// The group's name: that of its category, or [`OTHER`].
    pub(super) fn name<'n>(&self, group: usize, names: &'n [String]) -> &'n str {
        if self.has_other && group + 1 == self.len() {
            return OTHER;
        }
        &names[self.members[group][0]]
    }
}

/// Whether the combined group may be published.
fn stands(categories: &[Category], joined: &[bool], suppression: Suppression) -> bool {
    let members = || categories.iter().zip(joined).filter(|(_, joined)| **joined).map(|(c, _)| c);
    let sum = |count: usize| members().map(|category| category.counts[count]).sum::<u64>();
    let counts = categories.first().map_or(0, |category| category.counts.len());
    let covered: u64 = members().map(|category| category.to_cover).sum();
    let cover = sum(0) - covered;
    (0..counts).all(|count| !suppression.hides(sum(count)))
        && (covered == 0 || cover >= u64::from(suppression.threshold()))
}

#[cfg(test)]
mod tests {
    use super::{Category, Grouping};
    use crate::statistics::suppression::Suppression;

    fn category(counts: [u64; 2]) -> Category {
        Category { counts: counts.to_vec(), joins_others: false, to_cover: 0 }
    }

    #[test]
    fn a_small_category_takes_the_smallest_of_the_rest_with_it() {
        let categories = [[40, 9], [3, 3], [12, 8], [30, 6]].map(category);
        let grouping = Grouping::new(&categories, Suppression::DEFAULT);
        assert_eq!(grouping.members, [vec![0], vec![3], vec![1, 2]]);
        assert!(grouping.has_other);
        assert_eq!(Grouping::new(&categories, Suppression::NONE).len(), 4);
    }

    #[test]
    fn protected_persons_are_covered_by_others() {
        let mut categories = [[9, 9], [50, 20], [60, 20]].map(category);
        categories[0].joins_others = true;
        categories[0].to_cover = 9;
        let grouping = Grouping::new(&categories, Suppression::DEFAULT);
        assert_eq!(grouping.members, [vec![2], vec![0, 1]]);
    }
}
