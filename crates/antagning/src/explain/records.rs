//! The records of a run: its tables, its rules, and where to find what in them.

use std::ops::Range;

use antagning_formats::{Manifest, OutcomeTable, RunFiles, TextColumn};
use antagning_rules::{
    EligibilityRule, GradeRules, Lottery, LotteryScope, RankingKey, RuleSet, Score,
};

use crate::explain::groups::GroupValues;
use crate::explain::sufficient::CommonOrder;
use crate::language::Language;

/// A run, read and looked up in.
#[derive(Debug)]
pub(super) struct Records<'r> {
    pub(super) language: Language,
    pub(super) manifest: &'r Manifest,
    pub(super) files: RunFiles,
    /// What the run before said of every choice, where that run bound and its tables are at hand.
    before: Option<OutcomeTable>,
    rule_set: Option<RuleSet>,
    /// The keys that the season ranks by, first compared first.
    pub(super) chain: Vec<RankingKey>,
    /// The order that is the same at every programme, where there is one.
    pub(super) order: Option<CommonOrder>,
}

impl<'r> Records<'r> {
    /// O(choices).
    pub(super) fn new(
        manifest: &'r Manifest,
        files: RunFiles,
        before: Option<OutcomeTable>,
        language: Language,
    ) -> Self {
        let chain: Vec<_> =
            manifest.ranking_keys.iter().filter_map(|key| RankingKey::parse(key)).collect();
        let order = CommonOrder::of_run(manifest, &files, &chain);
        let rule_set = RuleSet::built_in(&manifest.rule_set);
        Self { language, manifest, files, before, rule_set, chain, order }
    }

    /// The place on the same reserve list in the run before; `None` for those who did not stand
    /// there. O(log choices + own choices).
    pub(super) fn position_before(&self, row: usize) -> Option<u32> {
        let (now, before) = (&self.files.outcomes, self.before.as_ref()?);
        let mut own = rows_of(&before.applicant_id, now.applicant_id.get(row));
        let same = own.find(|then| {
            before.programme_id.get(*then) == now.programme_id.get(row)
                && before.quota_group.get(*then) == now.quota_group.get(row)
        })?;
        Some(before.reserve_position[same]).filter(|position| *position > 0)
    }

    /// The rules on grades; `None` in a market season.
    pub(super) fn rules(&self) -> Option<&GradeRules> {
        self.rule_set.as_ref().and_then(RuleSet::grades)
    }

    pub(super) fn graded(&self) -> bool {
        self.rules().is_some()
    }

    /// The highest merit that grades can give, in ten-thousandths.
    pub(super) fn highest_merit(&self) -> u64 {
        self.rules().map_or(u64::MAX, |rules| rules.highest_merit().ten_thousandths())
    }

    /// The rule of eligibility of a study path.
    pub(super) fn rule(&self, study_path: &str) -> Option<&EligibilityRule> {
        let rules = self.rules()?;
        Some(&rules.eligibility()[rules.study_path(study_path)?.rule])
    }

    /// The rows of a programme in the run's `programmes.csv`: the total, then its groups.
    /// O(log rows).
    pub(super) fn offer(&self, programme_id: &str) -> Range<usize> {
        rows_of(&self.files.programmes.programme_id, programme_id)
    }

    /// The cell of an offer, without what a terminal would obey.
    pub(super) fn cell(&self, column: &TextColumn, offer: &Range<usize>) -> String {
        let text = offer.clone().next().map_or("", |row| column.get(row));
        text.replace(char::is_control, " ")
    }

    /// The quota groups that are open to the applicant of a row.
    pub(super) fn groups(&self, row: usize) -> Vec<GroupValues> {
        let outcomes = &self.files.outcomes;
        let keys = outcomes.keys.get(row);
        if !keys.contains("group.") {
            return Vec::new();
        }
        let offer = self.offer(outcomes.programme_id.get(row));
        GroupValues::of_row(keys, &self.files.programmes, offer, self.graded())
    }

    /// The merit of the applicant with these rows, as far as a row states it: at a programme
    /// without groups, or as the value of a group. `None` in a market season.
    pub(super) fn merit(&self, mut rows: Range<usize>) -> Option<String> {
        self.rules()?;
        let outcomes = &self.files.outcomes;
        rows.find_map(|row| match outcomes.quota_group.get(row) {
            "" => Some(Score::from_ten_thousandths(outcomes.score[row]).to_string()),
            _ => self.groups(row).iter().find_map(|group| group.values.get("merit").cloned()),
        })
    }

    /// The lottery number of a row, which anyone can draw again.
    pub(super) fn lottery_number(&self, row: usize) -> u64 {
        let scope = match self.manifest.lottery_scope.as_deref() {
            Some("programme") => LotteryScope::Programme,
            _ => LotteryScope::Applicant,
        };
        let lottery = Lottery::new(self.manifest.lottery_seed.as_deref().unwrap_or(""), scope);
        let outcomes = &self.files.outcomes;
        lottery.number(outcomes.applicant_id.get(row), outcomes.programme_id.get(row))
    }
}

/// The rows with this id in a column that is sorted, as the files of a run are. O(log rows).
pub(super) fn rows_of(column: &TextColumn, id: &str) -> Range<usize> {
    let (mut start, mut end) = (0, column.len());
    while start < end {
        let middle = usize::midpoint(start, end);
        if column.get(middle) < id {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    let own = (start..column.len()).take_while(|row| column.get(*row) == id).count();
    start..start + own
}

#[cfg(test)]
mod tests {
    use super::rows_of;
    use antagning_formats::TextColumn;

    #[test]
    fn rows_are_found_where_they_stand_and_nowhere_else() {
        let mut column = TextColumn::default();
        ["a", "b", "b", "b", "d"].iter().for_each(|id| column.push(id));
        for (id, rows) in [("a", 0..1), ("b", 1..4), ("d", 4..5), ("c", 4..4), ("e", 5..5)] {
            assert_eq!(rows_of(&column, id), rows, "{id}");
        }
        assert_eq!(rows_of(&TextColumn::default(), "a"), 0..0);
    }
}
