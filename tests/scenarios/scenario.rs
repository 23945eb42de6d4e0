//! A scenario as it is written.

use crate::expectation::{Expected, ExpectedResult};
use crate::season::SeasonText;

/// A season in words, and what is to come of it.
#[derive(Default)]
pub(crate) struct Scenario {
    pub(crate) title: String,
    pub(crate) season: SeasonText,
    pub(crate) outcomes: Vec<Expected>,
    pub(crate) results: Vec<ExpectedResult>,
    pub(crate) warnings: Vec<String>,
    pub(crate) errors: Vec<String>,
}

impl Scenario {
    /// All scenarios of a file.
    pub(crate) fn read_all(text: &str) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for line in text.lines() {
            let line = line.split(" #").next().unwrap_or_default().trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            if word == "scenario" {
                all.push(Self { title: rest.to_owned(), ..Self::default() });
                continue;
            }
            all.last_mut().expect("a file begins with a scenario").line(word, rest.trim());
        }
        all
    }

    fn line(&mut self, word: &str, rest: &str) {
        match word {
            "expect" => match rest.strip_prefix("error ") {
                Some(code) => self.errors.push(code.to_owned()),
                None => self.outcomes.push(Expected::read(rest)),
            },
            "result" => self.results.push(ExpectedResult::read(rest)),
            "warns" => self.warnings.push(rest.to_owned()),
            _ => assert!(self.season.line(word, rest), "{}: no such line: {word}", self.title),
        }
    }
}
