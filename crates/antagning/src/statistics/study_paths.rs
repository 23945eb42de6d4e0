//! Programme types: the first two letters of the study path, and what they lead to.

use antagning_formats::Programmes;
use antagning_rules::RuleSet;

use crate::statistics::grouping::{Category, Grouping, OTHER};
use crate::statistics::offers::Offer;
use crate::statistics::suppression::Suppression;

/// Study paths, those with few first choices put together, and their orientations.
#[derive(Clone, Debug)]
pub(super) struct StudyPaths {
    /// The study path of each offer.
    pub(super) of: Vec<usize>,
    /// The study paths' names.
    pub(super) names: Vec<String>,
    /// The orientation of each study path.
    pub(super) orientation: Vec<usize>,
}

/// What a study path leads to.
pub(super) const ORIENTATIONS: [&str; 4] = ["vocational", "preparatory", "introductory", OTHER];

impl StudyPaths {
    /// The study paths of the offers.
    pub(super) fn new(
        programmes: &Programmes,
        offers: &[Offer],
        rules: &RuleSet,
        suppression: Suppression,
    ) -> Self {
        let path = |code: &str| code.chars().take(2).collect::<String>().to_uppercase();
        let paths: Vec<String> = programmes.study_path_code.iter().map(path).collect();
        let mut names = paths.clone();
        names.sort();
        names.dedup();
        let of: Vec<usize> =
            paths.iter().map(|path| names.partition_point(|name| name < path)).collect();
        let mut categories: Vec<Category> = names
            .iter()
            .map(|name| Category { counts: vec![0], joins_others: name.is_empty(), to_cover: 0 })
            .collect();
        for (offer, category) in offers.iter().zip(&of) {
            categories[*category].counts[0] += offer.first;
        }
        let grouping = Grouping::new(&categories, suppression);
        let groups = 0..grouping.len();
        let names: Vec<String> =
            groups.map(|group| grouping.name(group, &names).to_owned()).collect();
        let orientation = names.iter().map(|name| orientation(name, rules)).collect();
        let of = of.iter().map(|category| grouping.of[*category]).collect();
        Self { of, names, orientation }
    }
}

/// Vocational is what follows the vocational rule of eligibility; any other rule prepares for
/// higher education.
fn orientation(path: &str, rules: &RuleSet) -> usize {
    let rule = rules
        .grades()
        .and_then(|rules| rules.study_path(path).map(|path| &rules.eligibility()[path.rule]));
    match rule {
        Some(rule) if rule.is_introductory() => 2,
        Some(rule) if rule.name == ORIENTATIONS[0] => 0,
        Some(_) => 1,
        None => 3,
    }
}
