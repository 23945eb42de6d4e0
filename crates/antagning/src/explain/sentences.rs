//! One choice in words.

use antagning_rules::{Condition, GradeRules, RankingKey, Reason, Score};

use crate::explain::line::{FEW, Limit};
use crate::explain::messages::{self as m, Message};
use crate::explain::sufficient::Sufficient;
use crate::explain::told::Told;
use crate::explain::words::{self, Measure};
use crate::language::Language;

/// What the words are made of: the applicant's own data, and a limit as it may be told.
pub(super) struct Facts<'a> {
    pub(super) language: Language,
    pub(super) rules: Option<&'a GradeRules>,
    pub(super) told: Told,
    /// The quota group that the row speaks of; empty without one.
    pub(super) group: &'a str,
    /// The quota groups that are open to the applicant.
    pub(super) considered: Vec<String>,
    pub(super) measure: Measure,
    pub(super) score: u64,
    pub(super) limit: Limit,
    pub(super) reserve_position: u32,
    /// That of the run before, where it is known.
    pub(super) position_before: Option<u32>,
    /// The key that decided, where it may be told.
    pub(super) decided_by: Option<RankingKey>,
    /// The place on the free quota's list, where the group ranks by it.
    pub(super) place: Option<&'a str>,
    /// Another group, ranked by the free quota's list, that turned the applicant away: its name
    /// and their place.
    pub(super) list_before: Option<(&'a str, &'a str)>,
    pub(super) detail: &'a str,
    pub(super) provision: Option<&'a str>,
    /// Whether the introductory programme leads to one certain programme.
    pub(super) has_target: bool,
    pub(super) sufficient: Option<&'a Sufficient>,
    /// The kinds of decision and event about the choice, parted by a space.
    pub(super) decisions: &'a str,
}

impl Facts<'_> {
    /// Why the choice has its status.
    pub(super) fn text(&self) -> String {
        let mut sentences = self.why();
        sentences.extend(self.moved_backwards());
        if self.reserve_position > 0 && self.considered.len() > 1 {
            let groups = words::list(self.language, &self.considered);
            sentences.push(m::CONSIDERED_IN.fill(self.language, &[("groups", &groups)]));
        }
        if let Some((group, place)) = self.list_before {
            let values = [("group", group), ("place", place)];
            sentences.push(m::BEHIND_ON_LIST_BEFORE.fill(self.language, &values));
        }
        let (events, decisions): (Vec<&str>, Vec<&str>) =
            self.untold().partition(|kind| words::is_event(kind));
        sentences.extend(self.kinds(m::DECISIONS, &decisions));
        sentences.extend(self.kinds(m::EVENTS, &events));
        sentences.join(" ")
    }

    fn moved_backwards(&self) -> Option<String> {
        let before = self.position_before.filter(|before| *before < self.reserve_position)?;
        let [before, now] = [before, self.reserve_position].map(|position| position.to_string());
        Some(self.fill(m::MOVED_BACKWARDS, &[("before", &before), ("now", &now)]))
    }

    fn why(&self) -> Vec<String> {
        let reason = match self.told {
            Told::Reason(reason) => reason,
            Told::BehindOthers => {
                return [vec![self.reserve(), self.plain(m::BEHIND_OTHERS)], self.standing()]
                    .concat();
            }
            Told::Unknown => return vec![self.plain(m::UNKNOWN_REASON)],
        };
        match reason {
            Reason::SeatsForAll => {
                vec![
                    self.admitted(),
                    self.plain(self.by_group(m::SEATS_FOR_ALL, m::SEATS_FOR_ALL_IN)),
                ]
            }
            Reason::PlacedByHand => vec![self.admitted(), self.plain(m::PLACED_BY_HAND)],
            Reason::AheadOfOthers => [vec![self.admitted()], self.standing(), self.tie()].concat(),
            Reason::BelowCutoff | Reason::LostTie => self.turned_away(),
            Reason::SecondHand => vec![self.reserve(), self.sourced(m::SECOND_HAND)],
            Reason::Late => vec![self.reserve(), self.plain(m::LATE)],
            Reason::SeatsGivenByHand => vec![self.reserve(), self.plain(m::SEATS_GIVEN_BY_HAND)],
            Reason::NoSeats => {
                vec![self.reserve(), self.plain(self.by_group(m::NO_SEATS, m::NO_SEATS_IN))]
            }
            Reason::BehindOnList => {
                [vec![self.reserve()], self.standing(), vec![self.sourced(m::BEHIND_ON_LIST)]]
                    .concat()
            }
            Reason::EqualsRejected => {
                [vec![self.reserve()], self.standing(), vec![self.plain(m::EQUALS_REJECTED)]]
                    .concat()
            }
            Reason::RequiredSubjectsMissing => {
                let missing = words::subjects(self.language, self.rules, self.detail);
                vec![self.fill(m::SUBJECTS_MISSING, &[("missing", &missing)])]
            }
            Reason::TooFewPasses => vec![self.own_against_needed(m::TOO_FEW_PASSES)],
            Reason::TooLowMean => vec![self.own_against_needed(m::TOO_LOW_MEAN)],
            Reason::TooOld => vec![self.sourced(m::TOO_OLD)],
            Reason::UnfinishedCompulsorySchool => vec![self.sourced(m::UNFINISHED_SCHOOL)],
            Reason::NoRightToEducation => vec![self.sourced(m::NO_RIGHT)],
            Reason::FinishedProgramme => vec![self.sourced(m::FINISHED_PROGRAMME)],
            Reason::EligibleForTarget if self.has_target => {
                vec![self.sourced(m::ELIGIBLE_FOR_TARGET)]
            }
            Reason::EligibleForTarget => vec![self.sourced(m::ELIGIBLE_FOR_VOCATIONAL)],
            Reason::NoGroupOpen => vec![self.no_group_open()],
            Reason::IndividualPlacement => vec![self.sourced(m::INDIVIDUAL_PLACEMENT)],
            Reason::NotReceived => vec![self.sourced(m::NOT_RECEIVED)],
            Reason::Withdrawn => vec![self.plain(m::WITHDRAWN)],
            Reason::AdmittedHigher => vec![self.plain(m::STRUCK)],
            Reason::HoldsSeat => {
                vec![self.fill(self.by_group(m::HOLDS, m::HOLDS_IN), &[("group", self.group)])]
            }
            Reason::SeatsHeld => vec![self.reserve(), self.plain(m::SEATS_HELD)],
            Reason::OfferedByPhone => vec![self.reserve(), self.plain(m::OFFERED_BY_PHONE)],
            Reason::SeatsByPhone => vec![self.reserve(), self.plain(m::SEATS_BY_PHONE)],
            Reason::AnsweredNo => vec![self.plain(m::ANSWERED_NO)],
            Reason::NoShow => vec![self.plain(m::NO_SHOW)],
            Reason::NotWaiting => vec![self.plain(m::NOT_WAITING)],
            Reason::OfferClosed => vec![self.plain(m::OFFER_CLOSED)],
        }
    }

    fn admitted(&self) -> String {
        self.fill(self.by_group(m::ADMITTED, m::ADMITTED_IN), &[("group", self.group)])
    }

    fn reserve(&self) -> String {
        let position = self.reserve_position.to_string();
        let values = [("position", position.as_str()), ("group", self.group)];
        self.fill(self.by_group(m::RESERVE, m::RESERVE_IN), &values)
    }

    /// A reserve behind the last admitted in the figure itself, or in a later key.
    fn turned_away(&self) -> Vec<String> {
        let why = match self.decided_by {
            Some(key) if key != self.measure.key() => self.tie(),
            _ => match self.limit {
                Limit::Score(_) => self.enough(),
                _ => vec![self.plain(m::BEHIND_OTHERS)],
            },
        };
        [vec![self.reserve()], self.standing(), why].concat()
    }

    /// The applicant's own figure beside the limit.
    fn standing(&self) -> Vec<String> {
        if let Some(place) = self.place {
            return vec![self.fill(m::ON_LIST, &[("place", place)])];
        }
        let own = self.measure.own(self.language, self.score);
        let few = FEW.threshold().to_string();
        let values = |limit| [("own", own.as_str()), ("few", few.as_str()), ("limit", limit)];
        match self.limit {
            Limit::Score(limit) => {
                vec![self.fill(m::STANDING, &values(&self.language.score(limit)))]
            }
            Limit::Hidden => {
                vec![self.fill(m::OWN, &values("")), self.fill(m::LIMIT_HIDDEN, &values(""))]
            }
            Limit::None => vec![self.fill(m::OWN, &values(""))],
        }
    }

    /// The key that decided where it is not the figure itself.
    fn tie(&self) -> Vec<String> {
        let key = self.decided_by.filter(|key| *key != self.measure.key());
        let key = key.filter(|key| *key != RankingKey::FreeQuota);
        key.map(|key| self.fill(m::TIE, &[("key", self.key(key))])).into_iter().collect()
    }

    fn enough(&self) -> Vec<String> {
        let Some(found) = self.sufficient else { return Vec::new() };
        let figure = |text: &Option<String>| {
            text.as_deref().and_then(Score::parse).map(|s| self.language.score(s.ten_thousandths()))
        };
        let more = figure(&found.more_than);
        let least = figure(&found.at_least);
        let tie = found.at_equal.as_deref().and_then(RankingKey::parse);
        let limit = match self.limit {
            Limit::Score(limit) => self.language.score(limit),
            _ => return Vec::new(),
        };
        let more = more.map(|limit| self.fill(m::MORE_ENOUGH, &[("limit", &limit)]));
        let least = least.map(|limit| self.fill(m::AT_LEAST_ENOUGH, &[("limit", &limit)]));
        let tie =
            tie.map(|key| self.fill(m::EXACT_TIE, &[("limit", &limit), ("key", self.key(key))]));
        more.into_iter().chain(least).chain(tie).collect()
    }

    fn own_against_needed(&self, message: Message) -> String {
        let (own, needed) = self.detail.split_once('/').unwrap_or((self.detail, ""));
        let figure = |text: &str| match self.language {
            Language::Sv => text.replace('.', ","),
            Language::En => text.to_owned(),
        };
        self.fill(message, &[("own", &figure(own)), ("needed", &figure(needed))])
    }

    fn no_group_open(&self) -> String {
        let conditions = Condition::parse_all(self.detail, self.rules).unwrap_or_default();
        let lacks: Vec<String> =
            conditions.iter().map(|c| words::lack(self.language, self.rules, c)).collect();
        if lacks.is_empty() {
            return self.plain(m::ONLY_BY_HAND);
        }
        self.fill(m::NO_GROUP_OPEN, &[("unmet", &words::list(self.language, &lacks))])
    }

    /// The decisions and events about the choice that the sentences have not told of yet.
    fn untold(&self) -> impl Iterator<Item = &str> {
        let told: &[&str] = match self.told {
            Told::Reason(Reason::FinishedProgramme) => &["finished_programme"],
            Told::Reason(Reason::UnfinishedCompulsorySchool) => &["unfinished_compulsory_school"],
            Told::Reason(Reason::NoRightToEducation) => &["no_right_to_education"],
            Told::Reason(Reason::NotReceived) => &["not_received"],
            Told::Reason(Reason::Withdrawn) => &["withdrawal"],
            Told::Reason(Reason::PlacedByHand) => &["manual_placement", "seat_filled"],
            Told::Reason(Reason::SecondHand) => &["second_hand"],
            Told::Reason(Reason::Late) => &["late_application"],
            Told::Reason(Reason::AnsweredNo) => &["answer"],
            Told::Reason(Reason::NoShow) => &["no_show"],
            _ if self.place.is_some() || self.list_before.is_some() => &["free_quota_rank"],
            _ => &[],
        };
        self.decisions.split_whitespace().filter(|kind| !told.contains(kind))
    }

    fn kinds(&self, message: Message, kinds: &[&str]) -> Option<String> {
        let names: Vec<String> =
            kinds.iter().map(|kind| self.plain(words::decision(kind))).collect();
        let list = words::list(self.language, &names);
        (!names.is_empty()).then(|| self.fill(message, &[("kinds", &list)]))
    }

    fn by_group(&self, plain: Message, in_group: Message) -> Message {
        if self.group.is_empty() { plain } else { in_group }
    }

    fn key(&self, key: RankingKey) -> &'static str {
        words::key(key, self.measure.graded).text(self.language)
    }

    fn plain(&self, message: Message) -> String {
        message.text(self.language).to_owned()
    }

    fn sourced(&self, message: Message) -> String {
        self.fill(message, &[])
    }

    /// Fills in values, and the provision as the source.
    fn fill(&self, message: Message, values: &[(&str, &str)]) -> String {
        let source = self.provision.map_or(String::new(), |provision| format!(" ({provision})"));
        let all: Vec<(&str, &str)> =
            values.iter().copied().chain([("source", source.as_str())]).collect();
        message.fill(self.language, &all)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use antagning_rules::{RankingKey, Reason, RuleSet, Status};

    use super::{Facts, Limit, Measure, Told};
    use crate::explain::sufficient::Sufficient;
    use crate::language::Language;

    const DECISIONS: &str = "english_exemption equivalent_knowledge nordic_applicant new_grade \
        dance_training rh_adapted unfinished_compulsory_school no_right_to_education \
        finished_programme first_hand second_hand not_received free_quota_rank \
        sport_approval withdrawal late_application manual_placement answer no_show \
        changed_choices grade_corrected appeal_won seat_filled";

    fn text(facts: &Facts<'_>) -> String {
        let text = facts.text();
        assert!(text.len() > 20 && text.ends_with('.'), "{text}");
        for fault in ["_", "{", "}", "  ", "()", " .", "–"] {
            assert!(!text.contains(fault), "\"{fault}\" in: {text}");
        }
        let names = Reason::ALL.map(Reason::name).into_iter().chain(Status::ALL.map(Status::name));
        let codes: Vec<_> = names.chain(RankingKey::ALL.map(RankingKey::name)).collect();
        let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        if facts.language == Language::Sv {
            assert!(words.iter().all(|word| !codes.contains(word)), "{text}");
        }
        text
    }

    fn detail(reason: Reason) -> &'static str {
        match reason {
            Reason::RequiredSubjectsMissing => "SV/SVA EN",
            Reason::TooFewPasses => "6/8",
            Reason::TooLowMean => "3.84/4",
            Reason::NoGroupOpen => "test test_passed test>=7.5 MU MA>=B free_quota sport_approval",
            _ => "",
        }
    }

    /// The sentences of a reason with every limit and every key that could have decided, in and
    /// outside of a quota group.
    fn all(told: Told, language: Language) -> Vec<String> {
        let set = RuleSet::built_in("gymnasium-2025").unwrap();
        let sufficient = Sufficient {
            more_than: Some("87.5".into()),
            at_least: None,
            at_equal: Some("lottery".into()),
        };
        let reason = if let Told::Reason(reason) = told { Some(reason) } else { None };
        let mut texts = Vec::new();
        for limit in [Limit::Score(875_000), Limit::Hidden, Limit::None] {
            for decided_by in RankingKey::ALL.into_iter().map(Some).chain([None]) {
                for group in ["", "Övriga"] {
                    let facts = Facts {
                        language,
                        rules: set.grades(),
                        told,
                        group,
                        considered: vec!["prov".into(), "Övriga".into()],
                        measure: Measure::merit(true),
                        score: 800_000,
                        limit,
                        reserve_position: 3,
                        position_before: Some(2),
                        decided_by,
                        place: None,
                        list_before: None,
                        detail: reason.map_or("", detail),
                        provision: Some("GyF 7 kap. 4 §"),
                        has_target: group.is_empty(),
                        sufficient: Some(&sufficient),
                        decisions: DECISIONS,
                    };
                    texts.push(text(&facts));
                    let list_before = Some(("fri", "7"));
                    let plain = Facts { decisions: "", provision: None, ..facts };
                    texts.push(text(&plain));
                    let behind = text(&Facts { list_before, ..plain });
                    assert!(behind.contains("fri") && behind.contains('7'), "{behind}");
                }
            }
        }
        texts
    }

    #[test]
    fn every_reason_has_sentences_of_its_own_in_both_languages() {
        let reasons = Reason::ALL.into_iter().map(Told::Reason);
        let told: Vec<_> = reasons.chain([Told::BehindOthers, Told::Unknown]).collect();
        for language in [Language::Sv, Language::En] {
            let mut first = BTreeMap::new();
            for told in &told {
                // A lost tie is told as a cutoff missed where the figure itself decided.
                if *told != Told::Reason(Reason::LostTie) {
                    let sentence = all(*told, language).swap_remove(1);
                    if let Some(other) = first.insert(sentence, told) {
                        panic!("{told:?} is told as {other:?}");
                    }
                }
            }
        }
        for told in told {
            let pairs = all(told, Language::Sv).into_iter().zip(all(told, Language::En));
            pairs.for_each(|(sv, en)| assert_ne!(sv, en));
        }
    }

    #[test]
    fn every_figure_is_named() {
        use antagning_rules::RankingTerm::{FreeQuota, Points};
        let terms = [(true, 0), (false, 1), (false, 16), (true, 1), (true, 16)]
            .map(|(merit, test)| Points { merit, test });
        for language in [Language::Sv, Language::En] {
            for graded in [true, false] {
                let own = |term| Measure { graded, term }.own(language, 5_125_000);
                let mut texts = terms.map(own).to_vec();
                assert!(texts.iter().all(|text| text.contains("512")), "{texts:?}");
                assert_eq!(own(FreeQuota), texts[0]);
                texts.sort();
                texts.dedup();
                assert_eq!(texts.len(), terms.len());
            }
        }
    }
}
