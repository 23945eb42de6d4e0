//! A scenario applied to the offers of a season.

use std::borrow::Cow;

use antagning_formats::{
    Code, Diagnostic, Diagnostics, EditedGroup, EditedOffer, Edition, Operation, People, Provider,
    Scenario, Season, SeatSetting, Selector, Setting, Spot,
};
use antagning_rules::{Chain, LotteryScope, RankingKey, RuleSet};

use crate::planning::simulation::taste::Weighed;

/// What a scenario leaves of the offers, and what it does to lists and settings beside.
#[derive(Debug)]
pub(super) struct Draft<'b> {
    pub(super) season: &'b Season,
    file: &'b str,
    /// Those of the season by their numbers, and then those opened.
    pub(super) offers: Vec<EditedOffer<'b>>,
    /// Offers that are closed or have gone up in another.
    pub(super) gone: Vec<bool>,
    pub(super) lists: Vec<ListChange<'b>>,
    pub(super) keys: Option<&'b [Setting]>,
    pub(super) keys_at: Spot,
    pub(super) seed: Option<&'b Setting>,
    pub(super) scope: Option<&'b Setting>,
    /// More than seats change.
    pub(super) whole: bool,
}

/// What happens to applicants and their lists, in this order.
#[derive(Debug)]
pub(super) enum ListChange<'b> {
    /// A share of the applicants of one offer chooses another as well.
    Open { offer: u32, like: u32, share: u64, seed: &'b str },
    /// Whoever the model says chooses an offer as well; it is the last of the weighed ones.
    Taste { offer: u32, weighed: Vec<Weighed<'b>>, seed: &'b str },
    /// Whoever lives there withdraws.
    Leave { municipality: &'b str },
    /// Whoever lives there is received in first hand; everywhere when no offer is named.
    Join { municipality: &'b str, offers: Vec<u32> },
    /// Choices of some offers are choices of another.
    Merge { from: Vec<u32>, into: u32 },
    /// So many ten-thousandths of some people.
    Cohort { scale: u64, people: &'b People, seed: &'b str },
}

/// Seats of an offer, or of a quota group of one.
pub(super) type Seats = (u32, Option<u32>, u32);

/// More seats than any offer in the country has.
const MOST_SEATS: u64 = 1_000_000;

impl<'b> Draft<'b> {
    /// Applies a scenario; what cannot be is reported.
    pub(super) fn new(
        season: &'b Season,
        rule_set: &RuleSet,
        scenario: &'b Scenario,
        report: &mut Diagnostics,
    ) -> Self {
        let offers = Edition::offers_of(season);
        let mut draft = Self {
            season,
            file: &scenario.file,
            gone: vec![false; offers.len()],
            offers,
            lists: Vec::new(),
            keys: None,
            keys_at: scenario.spot,
            seed: None,
            scope: None,
            whole: false,
        };
        for operation in &scenario.operations {
            draft.whole |= !matches!(operation, Operation::Seats { .. });
            draft.apply(operation, rule_set, report);
        }
        if !draft.gone.contains(&false) {
            let fault = draft.fault(Code::FaultyScenario, scenario.spot, "no offer is left");
            report.push(fault);
        }
        draft
    }

    /// Where seats differ from the season's, when nothing else does.
    pub(super) fn seats_alone(&self) -> Option<Vec<Seats>> {
        if self.whole {
            return None;
        }
        let mut seats = Vec::new();
        for (number, offer) in self.offers.iter().enumerate() {
            if offer.groups.is_empty() {
                if offer.seats != self.season.programmes.capacity[number] {
                    seats.push((number as u32, None, offer.seats));
                }
                continue;
            }
            let first = self.season.quota_groups.of(number).start;
            for group in &offer.groups {
                if group.seats != self.season.quota_groups.seats[group.source] {
                    let place = (group.source - first) as u32;
                    seats.push((number as u32, Some(place), group.seats));
                }
            }
        }
        Some(seats)
    }

    pub(super) fn fault(&self, code: Code, spot: Spot, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.file.to_owned(), message).at(spot)
    }

    pub(super) fn at(
        &self,
        code: Code,
        setting: &Setting,
        key: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let fault = self.fault(code, setting.spot(), message);
        fault.column(key).value(&setting.text)
    }

    fn apply(&mut self, operation: &'b Operation, rule_set: &RuleSet, report: &mut Diagnostics) {
        match operation {
            Operation::Open { .. } => self.open(operation, report),
            Operation::Leave(municipality) => self.leave(municipality, report),
            Operation::Join { municipality, offers } => {
                let offers =
                    offers.iter().filter_map(|id| self.offer(id, "area.offers", report)).collect();
                let Some(municipality) = municipality else { return };
                self.known_home(municipality, "area.joins", report);
                self.lists.push(ListChange::Join { municipality: &municipality.text, offers });
            }
            Operation::Merge { from, into } => self.merge(from, into.as_ref(), report),
            Operation::Move { offers, school, municipality } => {
                for offer in self.select(offers, "move", report) {
                    let offer = &mut self.offers[offer];
                    if let Some(school) = school {
                        offer.school = Cow::Borrowed(&school.text);
                    }
                    if let Some(municipality) = municipality {
                        offer.municipality_code = Cow::Borrowed(&municipality.text);
                    }
                }
            }
            Operation::Close(offers) => {
                for offer in self.select(offers, "close", report) {
                    self.gone[offer] = true;
                }
            }
            Operation::Group { .. } => self.group(operation, report),
            Operation::Seats { offers, group, change } => {
                self.seats(offers, group.as_ref(), change.as_ref(), report);
            }
            Operation::Cohort { scale, people, seed } => {
                self.check_people(people, report);
                let Some(scale) = *scale else { return };
                self.lists.push(ListChange::Cohort { scale, people, seed });
            }
            Operation::Keys(keys, spot) => {
                self.check_keys(keys, rule_set, report);
                (self.keys, self.keys_at) = (Some(keys.as_slice()), *spot);
            }
            Operation::Seed(seed) => self.seed = Some(seed),
            Operation::Scope(scope) => {
                if !["applicant", "programme"].contains(&scope.text.as_str()) {
                    let message = "there is no such scope";
                    report.push(self.at(Code::UnknownScope, scope, "lottery.scope", message));
                }
                self.scope = Some(scope);
            }
        }
    }

    /// The offer of that id, when it still stands.
    pub(super) fn offer(&self, id: &Setting, key: &str, report: &mut Diagnostics) -> Option<u32> {
        let found = self.offers.iter().position(|offer| offer.id == id.text);
        match found.filter(|offer| !self.gone[*offer]) {
            Some(offer) => Some(offer as u32),
            None => {
                let message = if found.is_some() { "the offer is gone" } else { "no such offer" };
                let fault = self.at(Code::UnknownProgramme, id, key, message);
                report.push(fault.hint("correct the id; programmes.csv has them"));
                None
            }
        }
    }

    pub(super) fn known_home(&self, code: &Setting, key: &str, report: &mut Diagnostics) {
        let homes = self.season.applicants.as_ref().map(|known| &known.home_municipality);
        if !homes.is_some_and(|homes| homes.iter().any(|home| home == code.text)) {
            let message = "no applicant lives there";
            report.push(self.at(Code::NothingSelected, code, key, message));
        }
    }

    /// The offers that a selector is about; that there are none, and every value that none of
    /// them has, is reported.
    fn select(&self, wanted: &Selector, section: &str, report: &mut Diagnostics) -> Vec<usize> {
        let standing = || (0..self.offers.len()).filter(|offer| !self.gone[*offer]);
        let errors = report.error_count();
        for id in &wanted.programme {
            self.offer(id, &format!("{section}.programme"), report);
        }
        type Matches = fn(&EditedOffer<'_>, &str) -> bool;
        let keys: [(&str, &[Setting], Matches); 5] = [
            ("programme", &wanted.programme, |offer, text| offer.id == text),
            ("school", &wanted.school, |offer, text| offer.school == text),
            ("municipality", &wanted.municipality, |offer, text| offer.municipality_code == text),
            ("study_path", &wanted.study_path, |offer, text| {
                offer.study_path_code.starts_with(text)
            }),
            ("provider", &wanted.provider, |offer, text| {
                offer.provider.is_some_and(|provider| name_of(provider) == text)
            }),
        ];
        for (key, values, matches) in &keys[1..] {
            for value in *values {
                if !standing().any(|offer| matches(&self.offers[offer], &value.text)) {
                    let key = format!("{section}.{key}");
                    report.push(self.at(
                        Code::NothingSelected,
                        value,
                        &key,
                        "no offer is of this kind",
                    ));
                }
            }
        }
        let selected: Vec<usize> = standing()
            .filter(|offer| {
                let offer = &self.offers[*offer];
                keys.iter().all(|(_, values, matches)| {
                    values.is_empty() || values.iter().any(|value| matches(offer, &value.text))
                })
            })
            .collect();
        if wanted.is_partial {
            return Vec::new();
        }
        if selected.is_empty() && report.error_count() == errors {
            let message = "no offer matches all keys together";
            report.push(self.fault(Code::NothingSelected, wanted.spot, message).column(section));
        }
        selected
    }

    fn leave(&mut self, municipality: &'b Setting, report: &mut Diagnostics) {
        let mut known = false;
        for (offer, gone) in self.offers.iter().zip(&mut self.gone) {
            if offer.municipality_code == municipality.text {
                (known, *gone) = (true, true);
            }
        }
        if !known {
            self.known_home(municipality, "area.leaves", report);
        }
        self.lists.push(ListChange::Leave { municipality: &municipality.text });
    }

    fn merge(&mut self, from: &[Setting], into: Option<&Setting>, report: &mut Diagnostics) {
        let target = into.and_then(|into| self.offer(into, "merge.into", report));
        let mut parts = Vec::new();
        for id in from {
            let Some(part) = self.offer(id, "merge.from", report) else { continue };
            if Some(part) == target {
                let message = "an offer cannot go up in itself";
                report.push(self.at(Code::FaultyScenario, id, "merge.from", message));
            } else if parts.contains(&part) {
                let message = "the offer is named twice";
                report.push(self.at(Code::DuplicateId, id, "merge.from", message));
            } else {
                parts.push(part);
            }
        }
        let Some(into) = target else { return };
        let seats: u64 =
            parts.iter().map(|part| u64::from(self.offers[*part as usize].seats)).sum();
        let target = &mut self.offers[into as usize];
        let all = u64::from(target.seats) + seats;
        set_total(target, all.min(MOST_SEATS) as u32);
        parts.iter().for_each(|part| self.gone[*part as usize] = true);
        self.lists.push(ListChange::Merge { from: parts, into });
    }

    fn seats(
        &mut self,
        wanted: &Selector,
        group: Option<&Setting>,
        change: Option<&(SeatSetting, Setting)>,
        report: &mut Diagnostics,
    ) {
        let mut offers = self.select(wanted, "seats", report);
        if let Some(group) = group {
            let has =
                |offer: &usize| self.offers[*offer].groups.iter().any(|g| g.name == group.text);
            let none = !offers.is_empty() && !offers.iter().any(has);
            if none {
                let message = "none of the offers has such a group";
                let fault = self.at(Code::UnknownGroup, group, "seats.quota_group", message);
                report.push(fault.hint("name a group of quota_groups.csv"));
            }
            offers.retain(has);
        }
        let Some((change, written)) = change else { return };
        for at in offers {
            let offer = &self.offers[at];
            let named =
                group.and_then(|group| offer.groups.iter().position(|g| g.name == group.text));
            let seats = named.map_or(offer.seats, |group| offer.groups[group].seats);
            let Some(after) = changed(seats, *change) else {
                let (code, message) = match change {
                    SeatSetting::Add(..0) => (Code::SeatsBelowZero, "has fewer seats"),
                    _ => (Code::NumberTooLarge, "would have more seats than any offer"),
                };
                let message = format!("{} {message}: {seats} as it is", offer.id);
                report.push(self.at(code, written, key_of(*change), message));
                continue;
            };
            let offer = &mut self.offers[at];
            match named {
                None => set_total(offer, after),
                Some(group) => {
                    offer.seats = offer.seats - seats + after;
                    offer.groups[group].seats = after;
                }
            }
        }
    }

    fn check_keys(&self, keys: &[Setting], rule_set: &RuleSet, report: &mut Diagnostics) {
        let mut known = Vec::new();
        for key in keys {
            match RankingKey::parse(&key.text) {
                Some(key) => known.push(key),
                None => {
                    let message = "there is no such ranking key";
                    report.push(self.at(Code::UnknownRankingKey, key, "ranking.keys", message));
                }
            }
        }
        if known.len() < keys.len() {
            return;
        }
        let graded = rule_set.grades().is_some();
        let first = |keys: &[RankingKey]| Chain::new(keys, LotteryScope::Applicant, graded).err();
        // The key that makes it no chain is the last of the shortest part that is none.
        let faulty =
            keys.iter().zip(1..).find_map(|(key, count)| Some((key, first(&known[..count])?)));
        if let Some((key, error)) = faulty {
            report.push(self.at(Code::FaultyChain, key, "ranking.keys", error.to_string()));
        }
    }
}

/// The key that a change of seats stands under.
fn key_of(change: SeatSetting) -> &'static str {
    match change {
        SeatSetting::Set(_) => "seats.set",
        SeatSetting::Add(_) => "seats.add",
        SeatSetting::Scale(_) => "seats.scale",
    }
}

/// The name of a provider in files.
pub(super) fn name_of(provider: Provider) -> &'static str {
    match provider {
        Provider::Municipal => "municipal",
        Provider::Independent => "independent",
        Provider::Regional => "regional",
    }
}

/// Seats after a change; `None` below 0 or beyond all bounds.
fn changed(seats: u32, change: SeatSetting) -> Option<u32> {
    let seats = u64::from(seats);
    let after = match change {
        SeatSetting::Set(seats) => u64::from(seats),
        SeatSetting::Add(more) => seats.checked_add_signed(more)?,
        SeatSetting::Scale(scale) => (2 * seats * scale + 10_000) / 20_000,
    };
    u32::try_from(after).ok().filter(|_| after <= MOST_SEATS)
}

/// Sets the seats of an offer. Where there are quota groups the last in precedence gets what comes
/// and gives what goes, and the one before it when that has none left.
fn set_total(offer: &mut EditedOffer<'_>, seats: u32) {
    let mut fewer = offer.seats.saturating_sub(seats);
    let more = seats.saturating_sub(offer.seats);
    offer.seats = seats;
    let mut last_first: Vec<&mut EditedGroup<'_>> = offer.groups.iter_mut().collect();
    last_first.sort_by_key(|group| std::cmp::Reverse(group.precedence));
    for (at, group) in last_first.into_iter().enumerate() {
        if at == 0 {
            group.seats += more;
        }
        let given = fewer.min(group.seats);
        group.seats -= given;
        fewer -= given;
    }
}
