//! A TOML file under examination, whose faults are told with line and key.

use std::fs;
use std::ops::{Range, RangeInclusive};
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics, Spot};
use crate::digest::digest;
use crate::field;
use crate::season::Setting;
use crate::text;

/// Where the grammar stands.
const HINT: &str = "see docs/simulate.md for the keys and an example";

pub(super) struct TomlFile<'a> {
    name: &'a str,
    text: &'a str,
    sha256: Arc<str>,
    /// Where each line begins.
    lines: Vec<usize>,
    report: &'a mut Diagnostics,
}

impl<'a> TomlFile<'a> {
    /// The text of a file, and the digest of the bytes that it was read from; what is wrong is
    /// reported.
    pub(super) fn text(
        path: &Path,
        name: &str,
        report: &mut Diagnostics,
    ) -> Option<(String, Arc<str>)> {
        match fs::read(path) {
            Ok(bytes) => {
                let sha256 = digest(name, &bytes).sha256.into();
                Some((text::decode(bytes, name, report)?, sha256))
            }
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                report.push(Diagnostic::new(Code::UnreadableFile, name.to_owned(), message));
                None
            }
        }
    }

    pub(super) fn new(
        name: &'a str,
        (text, sha256): (&'a str, Arc<str>),
        report: &'a mut Diagnostics,
    ) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { name, text, sha256, lines, report }
    }

    pub(super) fn name(&self) -> &str {
        self.name
    }

    pub(super) fn sha256(&self) -> Arc<str> {
        Arc::clone(&self.sha256)
    }

    /// The whole file, unless its syntax is broken.
    pub(super) fn parse(&mut self) -> Option<DeTable<'a>> {
        let (table, faults) = DeTable::parse_recoverable(self.text);
        // One fault makes the parser see others behind it: only the first is sure.
        if let Some(fault) = faults.first() {
            let span = fault.span().unwrap_or(0..0);
            let message = fault.message().to_owned();
            self.push(Code::BrokenToml, self.spot(&span), message, None, None);
            return None;
        }
        Some(table.into_inner())
    }

    /// Where a part of the text begins.
    pub(super) fn spot(&self, span: &Range<usize>) -> Spot {
        let line = self.lines.partition_point(|start| *start <= span.start) as u64;
        Spot { line, position: text::position(self.text, span.start) }
    }

    pub(super) fn push(
        &mut self,
        code: Code,
        spot: Spot,
        message: impl Into<String>,
        key: Option<&str>,
        value: Option<&str>,
    ) {
        let mut fault = Diagnostic::new(code, self.name.to_owned(), message).at(spot).hint(HINT);
        if let Some(key) = key {
            fault = fault.column(key);
        }
        if let Some(value) = value {
            fault = fault.value(value);
        }
        self.report.push(fault);
    }

    pub(super) fn wrong_type(&mut self, key: &str, wanted: &str, span: Range<usize>) {
        let written = self.text.get(span.clone()).and_then(|text| text.lines().next());
        let message = format!("the value must be {wanted}");
        self.push(Code::WrongType, self.spot(&span), message, Some(key), written);
    }

    pub(super) fn unknown_key(&mut self, key: &str, span: Range<usize>, message: &str) {
        self.push(Code::UnknownKey, self.spot(&span), message, Some(key), None);
    }

    pub(super) fn missing(&mut self, key: &str, spot: Spot) {
        self.push(Code::MissingValue, spot, "the key is missing", Some(key), None);
    }

    /// Reports the keys of a section that are not among the known ones.
    pub(super) fn only(&mut self, table: &DeTable<'_>, section: &str, known: &[&str]) {
        for (key, _) in table {
            if !known.contains(&key.get_ref().as_ref()) {
                let name = joined(section, key.get_ref());
                let message = format!("there is no such key; there are {}", known.join(", "));
                self.unknown_key(&name, key.span(), &message);
            }
        }
    }

    /// A text, when the key is there.
    pub(super) fn text_of(
        &mut self,
        table: &DeTable<'_>,
        section: &str,
        key: &str,
    ) -> Option<Setting> {
        let value = table.get(key)?;
        self.setting(&joined(section, key), value)
    }

    /// One text or a list of them; none when the key is not there.
    pub(super) fn texts_of(
        &mut self,
        table: &DeTable<'_>,
        section: &str,
        key: &str,
    ) -> Vec<Setting> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let name = joined(section, key);
        match value.get_ref() {
            DeValue::Array(values) => {
                if values.is_empty() {
                    self.wrong_type(&name, "a list of at least one text", value.span());
                }
                values.iter().filter_map(|value| self.setting(&name, value)).collect()
            }
            _ => self.setting(&name, value).into_iter().collect(),
        }
    }

    fn setting(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Setting> {
        match value.get_ref() {
            DeValue::String(text) if !text.is_empty() => {
                Some(self.text_at(text.clone().into_owned(), &value.span()))
            }
            _ => {
                self.wrong_type(name, "a text in quotation marks", value.span());
                None
            }
        }
    }

    /// A text with the place where it stands.
    pub(super) fn text_at(&self, text: String, span: &Range<usize>) -> Setting {
        let Spot { line, position } = self.spot(span);
        Setting { text, line, position }
    }

    /// A whole number, and as it is written, when the key is there.
    pub(super) fn number_of(
        &mut self,
        table: &DeTable<'_>,
        section: &str,
        key: &str,
        range: RangeInclusive<i64>,
    ) -> Option<(i64, Setting)> {
        let value = table.get(key)?;
        let number = value.get_ref().as_integer();
        let number =
            number.and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let wanted = format!("a whole number from {} to {}", range.start(), range.end());
            self.wrong_type(&joined(section, key), &wanted, value.span());
        }
        number.map(|number| (number, self.written(value)))
    }

    /// A decimal in ten-thousandths, as a text or a number, and as it is written.
    pub(super) fn decimal_of(
        &mut self,
        table: &DeTable<'_>,
        section: &str,
        key: &str,
        most: u64,
    ) -> Option<(u64, Setting)> {
        let value = table.get(key)?;
        let written = self.written(value);
        let number = field::decimal(&written.text).ok().filter(|number| *number <= most);
        if number.is_none() {
            let wanted = format!(
                "a decimal such as \"0.25\" from 0 to {}, at most four decimals",
                most / 10_000
            );
            self.wrong_type(&joined(section, key), &wanted, value.span());
        }
        number.map(|number| (number, written))
    }

    /// A value as it is written, a text without its quotation marks.
    fn written(&self, value: &Spanned<DeValue<'_>>) -> Setting {
        let text = match value.get_ref() {
            DeValue::String(text) => text,
            _ => self.text.get(value.span()).unwrap_or_default(),
        };
        self.text_at(text.to_owned(), &value.span())
    }

    /// How many faults there are so far.
    pub(super) fn error_count(&self) -> usize {
        self.report.error_count()
    }
}

pub(super) fn joined(section: &str, key: &str) -> String {
    if section.is_empty() { key.to_owned() } else { format!("{section}.{key}") }
}
