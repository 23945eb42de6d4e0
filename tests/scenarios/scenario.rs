//! A scenario as it is written.

use crate::expectation::{Expected, ExpectedResult};
use crate::season::SeasonText;

/// A season in words, round by round, and what is to come of it.
#[derive(Default)]
pub(crate) struct Scenario {
    pub(crate) title: String,
    pub(crate) rounds: Vec<Round>,
}

/// A season as it is in one of its rounds, and what is to come of that round.
#[derive(Default)]
pub(crate) struct Round {
    pub(crate) season: SeasonText,
    /// The date of the run, where one is given.
    pub(crate) date: Option<String>,
    pub(crate) outcomes: Vec<Expected>,
    pub(crate) results: Vec<ExpectedResult>,
    /// The rows of `proposals.csv` and `forecast.csv`.
    pub(crate) proposals: Vec<String>,
    pub(crate) forecast: Vec<String>,
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
                all.push(Self { title: rest.to_owned(), rounds: vec![Round::default()] });
                continue;
            }
            all.last_mut().expect("a file begins with a scenario").line(word, rest.trim());
        }
        all
    }

    fn line(&mut self, word: &str, rest: &str) {
        let round = self.rounds.last_mut().expect("a scenario begins with a round");
        match word {
            "next" => {
                let (name, date) = rest.split_once(' ').unwrap_or((rest, ""));
                let date = Some(date.to_owned()).filter(|date| !date.is_empty());
                let mut season = round.season.clone();
                season.set_round(name);
                self.rounds.push(Round { season, date, ..Round::default() });
            }
            _ => assert!(round.line(word, rest), "{}: no such line: {word}", self.title),
        }
    }
}

impl Round {
    fn line(&mut self, word: &str, rest: &str) -> bool {
        match word {
            "expect" => match rest.strip_prefix("error ") {
                Some(code) => self.errors.push(code.to_owned()),
                None => self.outcomes.push(Expected::read(rest)),
            },
            "result" => self.results.push(ExpectedResult::read(rest)),
            "proposal" => self.proposals.push(rest.to_owned()),
            "forecast" => self.forecast.push(rest.to_owned()),
            "warns" => self.warnings.push(rest.to_owned()),
            _ => return self.season.line(word, rest),
        }
        true
    }
}
