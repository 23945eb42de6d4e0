//! What an applicant brought to the quota groups of a programme.

use std::collections::BTreeMap;
use std::ops::Range;

use antagning_formats::ProgrammeTable;
use antagning_rules::{GroupRanking, RankingKey, RankingTerm};
use serde::Serialize;

use crate::explain::words::{Measure, key_of};

/// An applicant's own values in a quota group that is open to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupValues {
    /// The group, as the office named it.
    pub quota_group: String,
    /// What it ranks by, as the office wrote it; empty stands for merit (or score).
    pub ranked_by: String,
    /// The value of each term of the ranking: `merit`, `16*test`, `free_quota`.
    pub values: BTreeMap<String, String>,
}

/// The ranking of a quota group.
pub(super) struct Ranking {
    terms: Vec<RankingTerm>,
    graded: bool,
}

impl Ranking {
    pub(super) fn new(ranked_by: &str, graded: bool) -> Self {
        let terms = match GroupRanking::parse(ranked_by, graded) {
            Ok(GroupRanking::Terms(terms)) => terms,
            Ok(GroupRanking::Manual) | Err(_) => Vec::new(),
        };
        Self { terms, graded }
    }

    /// What the published score of the group is a figure of.
    pub(super) fn measure(&self) -> Measure {
        let points = self.terms.iter().find(|term| matches!(term, RankingTerm::Points { .. }));
        points.map_or(Measure::merit(self.graded), |term| Measure {
            graded: self.graded,
            term: *term,
        })
    }

    /// Whether the list that humans made is compared first.
    pub(super) fn is_by_list(&self) -> bool {
        self.terms.first() == Some(&RankingTerm::FreeQuota)
    }

    /// Whether a key of the chain is one of the group's own terms.
    pub(super) fn has(&self, key: RankingKey) -> bool {
        self.terms.iter().any(|term| key_of(*term, self.graded) == key)
    }
}

impl GroupValues {
    /// The place on the free quota's list, where the group compares it.
    pub(super) fn place(&self) -> Option<&str> {
        self.values.get("free_quota").map(String::as_str)
    }

    /// The groups among the `keys` of a row, by precedence; `rows` are those of the programme.
    pub(super) fn of_row(
        keys: &str,
        programmes: &ProgrammeTable,
        rows: Range<usize>,
        graded: bool,
    ) -> Vec<Self> {
        let stated =
            keys.split(' ').filter_map(|pair| pair.strip_prefix("group.")?.split_once('='));
        stated
            .map(|(name, values)| {
                let row = rows.clone().find(|row| programmes.quota_group.get(*row) == name);
                let ranked_by = row.map_or("", |row| programmes.ranked_by.get(row));
                let names: Vec<&str> = match ranked_by {
                    "" if graded => vec!["merit"],
                    "" => vec!["score"],
                    text => text.split_whitespace().collect(),
                };
                let values = names.into_iter().zip(values.split(',').filter(|v| !v.is_empty()));
                Self {
                    quota_group: name.to_owned(),
                    ranked_by: ranked_by.to_owned(),
                    values: values.map(|(name, v)| (name.to_owned(), v.to_owned())).collect(),
                }
            })
            .collect()
    }
}
