//! The municipalities where the schools are.

use antagning_formats::Programmes;

use crate::statistics::grouping::{Category, Grouping};
use crate::statistics::offers::Offer;
use crate::statistics::suppression::Suppression;

/// School municipalities, those that cannot stand alone put together.
#[derive(Clone, Debug)]
pub(super) struct Areas {
    /// The area of each offer.
    pub(super) of: Vec<usize>,
    /// The areas' names.
    pub(super) names: Vec<String>,
}

impl Areas {
    /// The areas of the offers; the municipalities in `blurred` must not stand alone, since their
    /// sums would tell a hidden number.
    pub(super) fn new(
        programmes: &Programmes,
        offers: &[Offer],
        blurred: &[String],
        suppression: Suppression,
    ) -> Self {
        let mut names: Vec<String> =
            programmes.municipality_code.iter().map(str::to_owned).collect();
        names.sort();
        names.dedup();
        let of = programmes.municipality_code.iter();
        let of: Vec<usize> =
            of.map(|code| names.partition_point(|name| name.as_str() < code)).collect();
        let mut categories: Vec<Category> = names
            .iter()
            .map(|name| Category { counts: vec![0; 2], joins_others: name.is_empty(), to_cover: 0 })
            .collect();
        for (offer, category) in offers.iter().zip(&of) {
            categories[*category].counts[0] += offer.first;
            categories[*category].counts[1] += offer.admitted;
        }
        for (category, name) in categories.iter_mut().zip(&names) {
            if blurred.contains(name) {
                category.joins_others = true;
                category.to_cover = category.counts[0];
            }
        }
        let grouping = Grouping::new(&categories, suppression);
        let groups = 0..grouping.len();
        Self {
            of: of.iter().map(|category| grouping.of[*category]).collect(),
            names: groups.map(|group| grouping.name(group, &names).to_owned()).collect(),
        }
    }

    /// How many areas there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}
