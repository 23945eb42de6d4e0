//! The programmes of a finished run with their quota groups.

use std::collections::BTreeMap;
use std::ops::Range;

use antagning_formats::{Manifest, ProgrammeTable};
use antagning_rules::{Chain, GroupRanking, LotteryScope, QuotaGroup, RankingKey, RuleSet};
use antagning_verify::{CutoffKind, PublishedProgramme};

/// The rows of `programmes.csv`: one a programme, and below it one for each of its quota groups.
#[derive(Default)]
pub(super) struct Offers<'a> {
    /// The number of each programme.
    pub(super) number: BTreeMap<&'a str, u32>,
    /// The row of each programme.
    pub(super) row: Vec<usize>,
    /// Where the groups of each programme begin, one more entry than programmes.
    pub(super) offsets: Vec<usize>,
    /// The groups of all programmes.
    pub(super) groups: Vec<Group<'a>>,
}

/// A row about a quota group.
pub(super) struct Group<'a> {
    pub(super) row: usize,
    pub(super) name: &'a str,
    /// The group that gets its unfilled seats, counted within the programme.
    pub(super) unfilled_to: Option<u32>,
    /// The group's chain, and how many keys at its head the season's chain has too.
    pub(super) keys: Vec<RankingKey>,
    pub(super) by_hand: bool,
}

impl<'a> Offers<'a> {
    pub(super) fn read(
        table: &'a ProgrammeTable,
        manifest: &Manifest,
        faults: &mut Vec<String>,
    ) -> Self {
        let mut offers = Self::default();
        let chain = chain(manifest);
        for (row, id) in table.programme_id.iter().enumerate() {
            let name = table.quota_group.get(row);
            if name.is_empty() {
                offers.offsets.push(offers.groups.len());
                offers.row.push(row);
                for (column, text) in
                    [("ranked_by", &table.ranked_by), ("unfilled_to", &table.unfilled_to)]
                {
                    let stands = text.get(row);
                    if !stands.is_empty() {
                        let line = row + 2;
                        faults.push(format!(
                            "programmes.csv:{line}: {column} \"{stands}\" in the row of a whole programme"
                        ));
                    }
                }
                if offers.number.insert(id, offers.number.len() as u32).is_some() {
                    faults.push(format!("programmes.csv: programme {id} stands twice"));
                }
                continue;
            }
            if row == 0 || table.programme_id.get(row - 1) != id {
                let line = row + 2;
                faults.push(format!("programmes.csv:{line}: quota group {name} stands apart"));
            }
            for (column, text) in [
                ("name", &table.name),
                ("school", &table.school),
                ("study_path_code", &table.study_path_code),
            ] {
                let stands = text.get(row);
                if row > 0 && stands != text.get(row - 1) {
                    let line = row + 2;
                    faults.push(format!(
                        "programmes.csv:{line}: {column} \"{stands}\" is not that of the programme"
                    ));
                }
            }
            let graded = is_graded(manifest);
            let ranking = GroupRanking::parse(table.ranked_by.get(row), graded).ok();
            let Some((ranking, chain)) = ranking.zip(chain.as_ref()) else {
                faults.push(format!(
                    "programmes.csv:{}: ranked_by \"{}\" cannot be read",
                    row + 2,
                    table.ranked_by.get(row)
                ));
                continue;
            };
            let group = QuotaGroup::new(
                String::new(),
                0,
                None,
                (String::new(), ranking),
                Vec::new(),
                chain,
            );
            let (keys, by_hand) = (group.keys().to_vec(), group.is_ranked_by_hand());
            offers.groups.push(Group { row, name, unfilled_to: None, keys, by_hand });
        }
        offers.offsets.push(offers.groups.len());
        offers.tie_unfilled(table, faults);
        offers
    }

    fn tie_unfilled(&mut self, table: &ProgrammeTable, faults: &mut Vec<String>) {
        for programme in 0..self.row.len() {
            let range = self.groups_of(programme as u32);
            for at in range.clone() {
                let to = table.unfilled_to.get(self.groups[at].row);
                if to.is_empty() {
                    continue;
                }
                let found = range.clone().position(|other| self.groups[other].name == to);
                if found.is_none() {
                    let line = self.groups[at].row + 2;
                    faults.push(format!(
                        "programmes.csv:{line}: unfilled_to \"{to}\" is no group of the programme"
                    ));
                }
                self.groups[at].unfilled_to = found.map(|found| found as u32);
            }
        }
    }

    /// Where the groups of a programme stand among all.
    pub(super) fn groups_of(&self, programme: u32) -> Range<usize> {
        self.offsets[programme as usize]..self.offsets[programme as usize + 1]
    }

    /// The group of that name, counted within the programme; a fault when there is none.
    pub(super) fn group(
        &self,
        programme: u32,
        name: &str,
        place: &dyn Fn() -> String,
        faults: &mut Vec<String>,
    ) -> Option<u32> {
        if name.is_empty() {
            return None;
        }
        let found = self.groups[self.groups_of(programme)].iter().position(|g| g.name == name);
        if found.is_none() {
            faults
                .push(format!("{}: quota_group \"{name}\" is no group of the programme", place()));
        }
        found.map(|found| found as u32)
    }

    /// What the rows say, for the verifier.
    pub(super) fn published(&self, table: &ProgrammeTable) -> Vec<PublishedProgramme> {
        let mut published = Vec::with_capacity(self.row.len() + self.groups.len());
        for (programme, &row) in (0..).zip(&self.row) {
            published.push(figures(table, row, programme, None));
            let groups = &self.groups[self.groups_of(programme)];
            let rows = (0..).zip(groups);
            published.extend(rows.map(|(g, group)| figures(table, group.row, programme, Some(g))));
        }
        published
    }
}

fn figures(
    table: &ProgrammeTable,
    row: usize,
    programme: u32,
    group: Option<u32>,
) -> PublishedProgramme {
    let (counts, scores) = (table.counts[row], table.scores[row]);
    PublishedProgramme {
        programme,
        group,
        seats: counts[0].into(),
        applicants: counts[1].into(),
        first_choice_applicants: counts[2].into(),
        admitted: counts[3].into(),
        vacant: counts[4].into(),
        reserves: counts[5].into(),
        cutoff_kind: match table.cutoff_kind.get(row) {
            "value" => CutoffKind::Value,
            "all_eligible_admitted" => CutoffKind::AllEligibleAdmitted,
            "none_admitted" => CutoffKind::NoneAdmitted,
            "manual" => CutoffKind::Manual,
            "by_group" => CutoffKind::ByGroup,
            _ => CutoffKind::Other,
        },
        cutoff: scores[0],
        median: scores[1],
        mean: scores[2],
    }
}

fn is_graded(manifest: &Manifest) -> bool {
    RuleSet::built_in(&manifest.rule_set).is_some_and(|set| set.grades().is_some())
}

fn chain(manifest: &Manifest) -> Option<Chain> {
    let keys: Option<Vec<_>> =
        manifest.ranking_keys.iter().map(|key| RankingKey::parse(key)).collect();
    // The scope decides nothing here: lottery numbers are drawn again from the manifest.
    Chain::new(&keys?, LotteryScope::Applicant, is_graded(manifest)).ok()
}
