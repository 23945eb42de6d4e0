//! The explanation of one choice, from its row.

use std::collections::BTreeMap;
use std::ops::Range;

use antagning_rules::{EligibilityRule, RankingKey, Reason, Score};

use crate::explain::ChoiceExplanation;
use crate::explain::basis::Basis;
use crate::explain::groups::{GroupValues, Ranking};
use crate::explain::line::{Limit, Line};
use crate::explain::records::Records;
use crate::explain::sentences::Facts;
use crate::explain::sufficient::Sufficient;
use crate::explain::told::Told;
use crate::explain::words::Measure;

/// A row of `outcomes.csv` with what may be told of it.
pub(super) struct Choice<'a> {
    records: &'a Records<'a>,
    row: usize,
    /// The rows of the programme.
    offer: Range<usize>,
    line: Option<Line<'a>>,
    /// The ranking of the quota group that the row speaks of.
    ranking: Option<Ranking>,
    measure: Measure,
    groups: Vec<GroupValues>,
    told: Told,
    decided_by: Option<RankingKey>,
    limit: Limit,
}

impl<'a> Choice<'a> {
    pub(super) fn new(records: &'a Records<'a>, row: usize) -> Self {
        let (outcomes, programmes) = (&records.files.outcomes, &records.files.programmes);
        let offer = records.offer(outcomes.programme_id.get(row));
        let group = outcomes.quota_group.get(row);
        let of_group = offer.clone().find(|row| programmes.quota_group.get(*row) == group);
        let line = of_group.map(|row| Line::new(programmes, row));
        let ranking = of_group.filter(|_| !group.is_empty());
        let ranking =
            ranking.map(|row| Ranking::new(programmes.ranked_by.get(row), records.graded()));
        let merit = Measure::merit(records.graded());
        let measure = ranking.as_ref().map_or(merit, Ranking::measure);
        let hidden = line.is_some_and(|line| {
            let equals_are_rejected = records.manifest.at_cutoff == "reject_all";
            line.hides_step(outcomes.status.get(row), equals_are_rejected)
        });
        let told = Told::new(outcomes.reason.get(row), hidden);
        let of_row = outcomes.decided_by.get(row);
        let decided_by = RankingKey::ALL.into_iter().find(|key| key.name() == of_row);
        let decided_by = decided_by.filter(|_| !hidden || told.is_a_rule());
        let limit = match line {
            // That there is no limit would tell that officials placed the few.
            Some(line) if line.has_few_admitted() && outcomes.reserve_position[row] > 0 => {
                Limit::Hidden
            }
            Some(line) if outcomes.cutoff[row].is_some() => line.limit(),
            _ => Limit::None,
        };
        let groups = records.groups(row);
        Self { records, row, offer, line, ranking, measure, groups, told, decided_by, limit }
    }

    /// The whole explanation; `merit` is that of the applicant.
    pub(super) fn explain(self, merit: Option<&str>) -> ChoiceExplanation {
        let outcomes = &self.records.files.outcomes;
        let row = self.row;
        let (programme_id, status) = (outcomes.programme_id.get(row), outcomes.status.get(row));
        let basis = self.basis();
        let (provision, setting) = (basis.provision(), basis.setting());
        let sufficient = self.sufficient();
        let text = self.facts(provision.as_deref(), sufficient.as_ref()).text();
        let takes_part = matches!(status, "admitted" | "reserve" | "struck");
        let points = |points| Score::from_ten_thousandths(points).to_string();
        ChoiceExplanation {
            choice_rank: outcomes.choice_rank[row],
            programme_id: programme_id.to_owned(),
            title: self.title(),
            status: status.to_owned(),
            reason: self.told.code(outcomes.reason.get(row)).to_owned(),
            quota_group: Some(self.group().to_owned()).filter(|group| !group.is_empty()),
            decided_by: self.decided_by.map(|key| key.name().to_owned()),
            score: points(outcomes.score[row]),
            keys: if takes_part { self.keys(merit) } else { BTreeMap::new() },
            cutoff: match self.limit {
                Limit::Score(cutoff) => Some(points(cutoff)),
                Limit::Hidden | Limit::None => None,
            },
            cutoff_kind: self.line.map_or("", |line| line.cutoff_kind()).to_owned(),
            sufficient,
            reserve_position: Some(outcomes.reserve_position[row]).filter(|position| *position > 0),
            reserve_position_before: self.position_before(),
            lottery_number: (self.decided_by == Some(RankingKey::Lottery))
                .then(|| self.records.lottery_number(row)),
            missing: outcomes.detail.get(row).to_owned(),
            provision,
            setting: setting.to_owned(),
            decisions: outcomes.decisions.get(row).split_whitespace().map(str::to_owned).collect(),
            text,
            groups: self.groups,
        }
    }

    fn group(&self) -> &'a str {
        self.records.files.outcomes.quota_group.get(self.row)
    }

    /// Name and school, or the id where the season has neither.
    fn title(&self) -> String {
        let programmes = &self.records.files.programmes;
        let cells = [&programmes.name, &programmes.school];
        let mut cells = cells.map(|column| self.records.cell(column, &self.offer)).to_vec();
        cells.retain(|text| !text.is_empty());
        if cells.is_empty() {
            return self.records.files.outcomes.programme_id.get(self.row).to_owned();
        }
        cells.join(", ")
    }

    fn rule(&self) -> Option<&'a EligibilityRule> {
        let column = &self.records.files.programmes.study_path_code;
        self.records.rule(&self.records.cell(column, &self.offer))
    }

    fn basis(&self) -> Basis<'a> {
        let step = self.decided_by.unwrap_or(self.measure.key());
        Basis {
            told: self.told,
            step,
            of_group: self.ranking.as_ref().is_some_and(|ranking| ranking.has(step)),
            grouped: self.offer.len() > 1,
            rules: self.records.rules(),
            rule: self.rule(),
            detail: self.records.files.outcomes.detail.get(self.row),
        }
    }

    /// The place on the reserve list in the run before, of those who stand there still.
    fn position_before(&self) -> Option<u32> {
        let waits = self.records.files.outcomes.reserve_position[self.row] > 0;
        self.records.position_before(self.row).filter(|_| waits)
    }

    fn sufficient(&self) -> Option<Sufficient> {
        let Limit::Score(cutoff) = self.limit else { return None };
        let by_merit = self.told == Told::Reason(Reason::BelowCutoff)
            && self.decided_by == Some(self.measure.key());
        // Better grades may make eligible for what an introductory programme leads to, and so not
        // for the programme.
        let ordinary = by_merit && self.rule().is_some_and(|rule| rule.not_eligible_for.is_none());
        let order = self.records.order.filter(|_| ordinary)?;
        order.sufficient(cutoff, self.records.highest_merit())
    }

    fn facts<'f>(
        &'f self,
        provision: Option<&'f str>,
        sufficient: Option<&'f Sufficient>,
    ) -> Facts<'f> {
        let outcomes = &self.records.files.outcomes;
        let by_list = self.ranking.as_ref().is_some_and(Ranking::is_by_list);
        let own = self.groups.iter().find(|values| by_list && values.quota_group == self.group());
        let target = self.rule().and_then(|rule| rule.not_eligible_for.as_deref());
        Facts {
            language: self.records.language,
            rules: self.records.rules(),
            told: self.told,
            group: self.group(),
            considered: self.groups.iter().map(|group| group.quota_group.clone()).collect(),
            measure: self.measure,
            score: outcomes.score[self.row],
            limit: self.limit,
            reserve_position: outcomes.reserve_position[self.row],
            position_before: self.position_before(),
            decided_by: self.decided_by,
            place: own.and_then(GroupValues::place),
            list_before: self.list_before(),
            detail: outcomes.detail.get(self.row),
            provision,
            has_target: target == Some("target"),
            sufficient,
            decisions: outcomes.decisions.get(self.row),
        }
    }

    /// A group ranked by the free quota's list, other than that of the row, where others got seats
    /// and the applicant did not: the row of a reserve is about the last group alone.
    fn list_before(&self) -> Option<(&str, &str)> {
        let (outcomes, programmes) = (&self.records.files.outcomes, &self.records.files.programmes);
        if outcomes.reserve_position[self.row] == 0 {
            return None;
        }
        let others = self.groups.iter().filter(|values| values.quota_group != self.group());
        others.into_iter().find_map(|values| {
            let name = values.quota_group.as_str();
            let ranking = Ranking::new(&values.ranked_by, self.records.graded());
            let row = self.offer.clone().find(|row| programmes.quota_group.get(*row) == name)?;
            let gave_seats = Line::new(programmes, row).has_admitted();
            let place = values.place().filter(|_| ranking.is_by_list() && gave_seats)?;
            Some((name, place))
        })
    }

    /// The applicant's own keys of the season's chain; those of quota groups stand with the group,
    /// the lottery number where lots decided.
    fn keys(&self, merit: Option<&str>) -> BTreeMap<&'static str, String> {
        let (outcomes, row) = (&self.records.files.outcomes, self.row);
        let stated = |key: &RankingKey| {
            let mut pairs = outcomes.keys.get(row).split(' ');
            pairs.find_map(|pair| pair.strip_prefix(key.name())?.strip_prefix('='))
        };
        let value = |key: &RankingKey| match key {
            RankingKey::OnTime if stated(key) == Some("0") => Some("late".to_owned()),
            RankingKey::OnTime => Some("on_time".to_owned()),
            RankingKey::Reception if stated(key) == Some("0") => Some("second_hand".to_owned()),
            RankingKey::Reception => Some("first_hand".to_owned()),
            RankingKey::Merit => merit.map(str::to_owned),
            RankingKey::Score if self.group().is_empty() => {
                Some(Score::from_ten_thousandths(outcomes.score[row]).to_string())
            }
            RankingKey::ChoiceRank => Some(outcomes.choice_rank[row].to_string()),
            RankingKey::GradePoints | RankingKey::GradeCount => stated(key).map(str::to_owned),
            RankingKey::Score
            | RankingKey::Lottery
            | RankingKey::Test
            | RankingKey::MeritAndTest
            | RankingKey::FreeQuota => None,
        };
        self.records.chain.iter().filter_map(|key| Some((key.name(), value(key)?))).collect()
    }
}
