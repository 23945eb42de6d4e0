//! `rules.toml`.

use std::ops::{Range, RangeInclusive};
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics, Spot};
use crate::digest::InputFile;
use crate::table::read_file;
use crate::text;

/// A value with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The text as written.
    pub text: String,
    /// The line, from 1.
    pub line: u64,
    /// Where it begins in the line, in characters from 1; 0 where it stands in no file.
    pub position: u64,
}

impl Setting {
    /// Where it begins.
    #[must_use]
    pub fn spot(&self) -> Spot {
        Spot { line: self.line, position: self.position }
    }
}

/// The settings of a season as they are written; what is absent stands for the rule set's default.
/// Which names there are is for the rules to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `rule_set`.
    pub rule_set: Option<Setting>,
    /// `round`.
    pub round: Option<Setting>,
    /// `[ranking] keys`.
    pub ranking_keys: Option<Vec<Setting>>,
    /// Where the value of `[ranking] keys` begins.
    pub ranking_at: Option<Spot>,
    /// `[ranking] at_cutoff`.
    pub at_cutoff: Option<Setting>,
    /// `[merit] dance_rounding`.
    pub dance_rounding: Option<Setting>,
    /// `[choices] most`, from 1, with its line.
    pub most_choices: Option<(u32, u64)>,
    /// `[choices] late_from`.
    pub late_from: Option<Setting>,
    /// `[reserve] no_answer`.
    pub no_answer: Option<Setting>,
    /// `[reserve] phone_from`.
    pub phone_from: Option<Setting>,
    /// `[seats] no_show_percent`, from 0 to 100.
    pub no_show_percent: Option<u32>,
    /// `[plausibility]`.
    pub plausibility: PlausibilitySettings,
    /// `[lottery] seed`.
    pub lottery_seed: Option<Setting>,
    /// `[lottery] scope`.
    pub lottery_scope: Option<Setting>,
}

/// From which change on a figure is told of before a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlausibilitySettings {
    /// `applicants_percent`: applicants more or fewer, in a hundred of those before.
    pub applicants_percent: Option<u32>,
    /// `applicants_least`: this many more or fewer at least; and in shares and means this many
    /// persons at least.
    pub applicants_least: Option<u32>,
    /// `merit_points`: points of the mean.
    pub merit_points: Option<u32>,
    /// `eligible_points`: percentage points of the eligible.
    pub eligible_points: Option<u32>,
    /// `ungraded_points`: percentage points of those without a grade in a subject.
    pub ungraded_points: Option<u32>,
}

impl Settings {
    /// The file's name, for diagnostics.
    pub const FILE: &'static str = "rules.toml";

    pub(super) fn read(
        folder: &Path,
        inputs: &mut Vec<InputFile>,
        report: &mut Diagnostics,
    ) -> Self {
        let Some(bytes) = read_file(folder, Self::FILE, inputs, report) else {
            return Self::default();
        };
        if bytes.is_empty() {
            return Self::default();
        }
        let Some(text) = text::decode(bytes, Self::FILE, report) else { return Self::default() };
        let (table, faults) = DeTable::parse_recoverable(&text);
        let mut file = File { text: &text, report };
        file.warn_of_open_end();
        // One fault makes the parser see others behind it: only the first is sure.
        if let Some(fault) = faults.first() {
            let message = fault.message().to_owned();
            file.push(Code::BrokenToml, fault.span().unwrap_or(0..0), message, None, None);
            return Self::default();
        }
        file.settings(table.get_ref())
    }
}

/// The file under examination.
struct File<'a> {
    text: &'a str,
    report: &'a mut Diagnostics,
}

impl File<'_> {
    fn settings(&mut self, table: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match (name, value.get_ref()) {
                ("rule_set", _) => settings.rule_set = self.string(name, value),
                ("round", _) => settings.round = self.string(name, value),
                ("ranking", DeValue::Table(ranking)) => self.ranking(ranking, &mut settings),
                ("lottery", DeValue::Table(lottery)) => self.lottery(lottery, &mut settings),
                ("merit", DeValue::Table(merit)) => self.merit(merit, &mut settings),
                ("choices", DeValue::Table(choices)) => self.choices(choices, &mut settings),
                ("reserve", DeValue::Table(reserve)) => self.reserve(reserve, &mut settings),
                ("seats", DeValue::Table(seats)) => self.seats(seats, &mut settings),
                ("plausibility", DeValue::Table(table)) => self.plausibility(table, &mut settings),
                (
                    "ranking" | "lottery" | "merit" | "choices" | "reserve" | "seats"
                    | "plausibility",
                    _,
                ) => {
                    self.wrong_type(name, "a table", value.span());
                }
                _ => self.unknown_key(name, key.span()),
            }
        }
        settings
    }

    fn ranking(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("keys", DeValue::Array(keys)) => {
                    settings.ranking_at = Some(self.spot(&value.span()));
                    let keys: Vec<_> =
                        keys.iter().map(|key| self.string("ranking.keys", key)).collect();
                    settings.ranking_keys = keys.into_iter().collect();
                }
                ("keys", _) => self.wrong_type("ranking.keys", "a list of texts", value.span()),
                ("at_cutoff", _) => settings.at_cutoff = self.string("ranking.at_cutoff", value),
                (name, _) => self.unknown_key(&format!("ranking.{name}"), key.span()),
            }
        }
    }

    fn lottery(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "seed" => settings.lottery_seed = self.string("lottery.seed", value),
                "scope" => settings.lottery_scope = self.string("lottery.scope", value),
                name => self.unknown_key(&format!("lottery.{name}"), key.span()),
            }
        }
    }

    fn merit(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "dance_rounding" => {
                    settings.dance_rounding = self.string("merit.dance_rounding", value);
                }
                name => self.unknown_key(&format!("merit.{name}"), key.span()),
            }
        }
    }

    fn choices(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "most" => {
                    let wanted = "a whole number from 1";
                    let most = self.count("choices.most", value, 1..=u32::MAX, wanted);
                    settings.most_choices = most.map(|most| (most, self.spot(&value.span()).line));
                }
                "late_from" => settings.late_from = self.string("choices.late_from", value),
                name => self.unknown_key(&format!("choices.{name}"), key.span()),
            }
        }
    }

    fn reserve(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "no_answer" => settings.no_answer = self.string("reserve.no_answer", value),
                "phone_from" => settings.phone_from = self.string("reserve.phone_from", value),
                name => self.unknown_key(&format!("reserve.{name}"), key.span()),
            }
        }
    }

    fn seats(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "no_show_percent" => {
                    let (name, wanted) = ("seats.no_show_percent", "a whole number from 0 to 100");
                    settings.no_show_percent = self.count(name, value, 0..=100, wanted);
                }
                name => self.unknown_key(&format!("seats.{name}"), key.span()),
            }
        }
    }

    fn plausibility(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            let key_name = key.get_ref().as_ref();
            let name = format!("plausibility.{key_name}");
            let set = &mut settings.plausibility;
            let (place, most) = match key_name {
                "applicants_percent" => (&mut set.applicants_percent, 1_000),
                "applicants_least" => (&mut set.applicants_least, 1_000_000),
                "merit_points" => (&mut set.merit_points, 1_000),
                "eligible_points" => (&mut set.eligible_points, 100),
                "ungraded_points" => (&mut set.ungraded_points, 100),
                _ => {
                    self.unknown_key(&name, key.span());
                    continue;
                }
            };
            let wanted = format!("a whole number from 1 to {most}");
            *place = self.count(&name, value, 1..=most, &wanted);
        }
    }

    fn count(
        &mut self,
        name: &str,
        value: &toml::Spanned<DeValue<'_>>,
        range: RangeInclusive<u32>,
        wanted: &str,
    ) -> Option<u32> {
        let number = value.get_ref().as_integer();
        let number =
            number.and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.wrong_type(name, wanted, value.span());
        }
        number
    }

    fn string(&mut self, name: &str, value: &toml::Spanned<DeValue<'_>>) -> Option<Setting> {
        match value.get_ref() {
            DeValue::String(text) => {
                let Spot { line, position } = self.spot(&value.span());
                Some(Setting { text: text.clone().into_owned(), line, position })
            }
            _ => {
                self.wrong_type(name, "a text in quotation marks", value.span());
                None
            }
        }
    }

    fn wrong_type(&mut self, name: &str, wanted: &str, span: Range<usize>) {
        let written = self.text.get(span.clone()).map(str::to_owned);
        self.push(
            Code::WrongType,
            span,
            format!("the value must be {wanted}"),
            Some(name),
            written,
        );
    }

    /// A file that was cut off may have lost a setting that nothing else speaks of.
    fn warn_of_open_end(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            let line = self.text.lines().count() as u64;
            let message = "the last line does not end with a line break";
            let warning = Diagnostic::new(Code::NoFinalLineBreak, Settings::FILE, message);
            self.report.push(warning.line(line));
        }
    }

    fn unknown_key(&mut self, name: &str, span: Range<usize>) {
        self.push(Code::UnknownKey, span, "there is no such key".to_owned(), Some(name), None);
    }

    fn push(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: String,
        name: Option<&str>,
        value: Option<String>,
    ) {
        let mut diagnostic = Diagnostic::new(code, Settings::FILE, message).at(self.spot(&span));
        if let Some(name) = name {
            diagnostic = diagnostic.column(name);
        }
        if let Some(value) = value {
            diagnostic = diagnostic.value(&value);
        }
        self.report.push(diagnostic);
    }

    fn spot(&self, span: &Range<usize>) -> Spot {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count() as u64;
        Spot { line, position: text::position(self.text, span.start) }
    }
}
