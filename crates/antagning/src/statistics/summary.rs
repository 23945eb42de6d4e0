//! What was counted, and how much of it is hidden.

use std::fmt::Write as _;

use antagning_formats::Manifest;
use serde::Serialize;

use crate::language::Language;
use crate::statistics::Tables;
use crate::statistics::files::StatisticsFile;
use crate::statistics::suppression::Suppression;

/// What a folder of statistics holds; `statistics.json` in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatisticsSummary {
    /// The engine's version.
    pub engine_version: &'static str,
    /// The rule set of the run.
    pub rule_set: String,
    /// The round of the run.
    pub round: String,
    /// The digest that the run's manifest states for itself.
    pub run_manifest_sha256: String,
    /// The smallest count above zero that is published; 0 when nothing is hidden.
    pub threshold: u32,
    /// Each hidden small count has at least this many possible values, counted up to the
    /// threshold; absent when none is hidden.
    pub possible_values: Option<u64>,
    /// The tables.
    pub files: Vec<FileSummary>,
}

/// What one table holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileSummary {
    /// The file.
    pub name: &'static str,
    /// Its rows.
    pub rows: usize,
    /// Hidden figures.
    pub hidden: usize,
}

impl StatisticsSummary {
    pub(super) fn new(
        manifest: &Manifest,
        suppression: Suppression,
        tables: &Tables,
        files: &[StatisticsFile],
    ) -> Self {
        let file = |file: &StatisticsFile| FileSummary {
            name: file.name(),
            rows: file.rows().len(),
            hidden: file.hidden(),
        };
        Self {
            engine_version: env!("CARGO_PKG_VERSION"),
            rule_set: manifest.rule_set.clone(),
            round: manifest.round.clone(),
            run_manifest_sha256: manifest.manifest_sha256.clone(),
            threshold: suppression.threshold(),
            possible_values: tables.audit.narrowest(),
            files: files.iter().map(file).collect(),
        }
    }

    /// The summary as lines of text. Writing to a string cannot fail.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let pick = |sv, en| language.pick(sv, en);
        let head = [pick("tabell", "table"), pick("rader", "rows"), pick("dolda tal", "hidden")];
        let mut text = format!("{:<18}{:>8}{:>11}\n", head[0], head[1], head[2]);
        for file in &self.files {
            let (rows, hidden) =
                (language.count(file.rows as u64), language.count(file.hidden as u64));
            let _ = writeln!(text, "{:<18}{rows:>8}{hidden:>11}", file.name);
        }
        let threshold = self.threshold;
        text.push('\n');
        text += &match (self.possible_values, language) {
            (_, Language::Sv) if threshold == 0 => {
                "inget är dolt: endast för internt bruk\n".to_owned()
            }
            (_, Language::En) if threshold == 0 => {
                "nothing is hidden: for internal use only\n".to_owned()
            }
            (None, Language::Sv) => {
                format!("inget enskilt antal under {threshold} återstår i tabellerna\n")
            }
            (None, Language::En) => {
                format!("no single count below {threshold} is left in the tables\n")
            }
            (Some(values), Language::Sv) => format!(
                "antal under {threshold} är dolda; varje sådant har minst {values} möjliga värden\n"
            ),
            (Some(values), Language::En) => format!(
                "counts below {threshold} are hidden; each of them has at least {values} possible \
                 values\n"
            ),
        };
        text
    }
}
