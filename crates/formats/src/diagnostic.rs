//! What is wrong with an input: where, what, and what to do about it.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::code::Code;

/// Whether a run can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No run; exit code 2.
    Error,
    /// The run goes on and keeps the warning.
    Warning,
}

/// Where in a file something begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The line, from 1.
    pub line: u64,
    /// The place in the line, in characters from 1; 0 where that is not known.
    pub position: u64,
}

/// One finding about an input, as data: every renderer (terminal, JSON, a list for a school)
/// draws the same fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The kind of finding; the fault table in `docs/faults.md` lists them all.
    #[serde(serialize_with = "code_name")]
    pub code: Code,
    /// Whether it stops the run.
    pub severity: Severity,
    /// The file, relative to the season folder.
    pub file: Cow<'static, str>,
    /// The line, the header being line 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Where it begins in the line of a text file without columns, in characters from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// The column's name; of a text file without columns the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is wrong, in one sentence fragment.
    pub message: String,
    /// What to do about it.
    pub hint: Cow<'static, str>,
}

fn code_name<S: Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.name())
}

impl Diagnostic {
    /// A finding about a file as a whole, with the code's standing hint.
    pub fn new(code: Code, file: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            file: file.into(),
            line: None,
            position: None,
            column: None,
            value: None,
            message: message.into(),
            hint: Cow::Borrowed(code.hint()),
        }
    }

    /// Adds the line; 0 where what is told of stands in no file.
    #[must_use]
    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line).filter(|line| *line > 0);
        self
    }

    /// Adds where it begins in the line, in characters from 1; 0 where that is not known.
    #[must_use]
    pub fn position(mut self, position: u64) -> Self {
        self.position = Some(position).filter(|position| *position > 0);
        self
    }

    /// Adds line and place in the line.
    #[must_use]
    pub fn at(self, spot: Spot) -> Self {
        self.line(spot.line).position(spot.position)
    }

    /// Adds the column's name.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// Adds what stands there, shortened to what a line can show.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        const SHOWN: usize = 60;
        let mut shown: String = value.chars().take(SHOWN).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        self.value = Some(shown);
        self
    }

    /// Replaces the code's standing hint by one that knows more.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Diagnostic {
    /// `choices.csv:17: programme_id "P9": no such programme [unknown_programme]`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(position) = self.position {
                write!(f, ":{position}")?;
            }
        }
        f.write_str(": ")?;
        match (&self.column, &self.value) {
            (Some(column), Some(value)) => write!(f, "{column} \"{value}\": ")?,
            (Some(column), None) => write!(f, "{column}: ")?,
            (None, Some(value)) => write!(f, "\"{value}\": ")?,
            (None, None) => {}
        }
        write!(f, "{} [{}]", self.message, self.code.name())
    }
}

/// Findings in the order of files (as they were read) and lines, whichever check found them; at
/// most [`Diagnostics::CAP`] of them are kept.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    errors: usize,
    warnings: usize,
}

impl Diagnostics {
    /// How many findings are kept; the rest are only counted.
    pub const CAP: usize = 1_000;

    /// Adds a finding. Errors are kept before warnings when the cap is reached.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let error = diagnostic.severity == Severity::Error;
        if error {
            self.errors += 1;
        } else {
            self.warnings += 1;
        }
        if self.kept.len() < Self::CAP {
            self.insert(diagnostic);
        } else if error
            && let Some(last) = self.kept.iter().rposition(|d| d.severity == Severity::Warning)
        {
            self.kept.remove(last);
            self.insert(diagnostic);
        }
    }

    /// Keeps a finding behind those of its file that stand on its line or above.
    fn insert(&mut self, diagnostic: Diagnostic) {
        let of_file = |kept: &Diagnostic| kept.file == diagnostic.file;
        let end = self.kept.iter().rposition(of_file).map_or(self.kept.len(), |last| last + 1);
        let below = |kept: &&Diagnostic| of_file(kept) && kept.line > diagnostic.line;
        let place = end - self.kept[..end].iter().rev().take_while(below).count();
        self.kept.insert(place, diagnostic);
    }

    /// Appends the findings of another reader.
    pub fn append(&mut self, other: Self) {
        let uncounted = other.errors + other.warnings - other.kept.len();
        let hidden_errors =
            other.errors - other.kept.iter().filter(|d| d.severity == Severity::Error).count();
        for diagnostic in other.kept {
            self.push(diagnostic);
        }
        self.errors += hidden_errors;
        self.warnings += uncounted - hidden_errors;
    }

    /// The findings that are kept.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter()
    }

    /// The warnings that are kept.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter().filter(|d| d.severity == Severity::Warning)
    }

    /// Whether a kept error is about that file.
    #[must_use]
    pub fn has_error_in(&self, file: &str) -> bool {
        self.kept.iter().any(|d| d.severity == Severity::Error && d.file == file)
    }

    /// How many errors there are, kept or not.
    #[must_use]
    pub fn error_count(&self) -> usize {
        self.errors
    }

    /// How many warnings there are, kept or not.
    #[must_use]
    pub fn warning_count(&self) -> usize {
        self.warnings
    }

    /// Findings beyond the cap, which are counted but not kept.
    #[must_use]
    pub fn beyond_cap(&self) -> usize {
        self.errors + self.warnings - self.kept.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Diagnostics, Severity};
    use crate::code::Code;

    #[test]
    fn counts_go_on_beyond_the_cap_and_errors_displace_warnings() {
        let mut all = Diagnostics::default();
        for _ in 0..Diagnostics::CAP {
            all.push(Diagnostic::new(Code::UnknownColumn, "a.csv", "w"));
        }
        let mut more = Diagnostics::default();
        more.push(Diagnostic::new(Code::NoRows, "b.csv", "e"));
        more.push(Diagnostic::new(Code::UnknownColumn, "b.csv", "w"));
        all.append(more);
        assert_eq!((all.error_count(), all.warning_count()), (1, Diagnostics::CAP + 1));
        assert_eq!(all.beyond_cap(), 2);
        assert!(all.iter().any(|d| d.severity == Severity::Error));
    }

    #[test]
    fn findings_stand_in_the_order_of_files_and_lines() {
        let mut all = Diagnostics::default();
        for (file, line) in [("b.csv", 9), ("b.csv", 2), ("a.csv", 3), ("b.csv", 9), ("b.csv", 4)] {
            all.push(Diagnostic::new(Code::RankGap, file, "e").line(line));
        }
        all.push(Diagnostic::new(Code::EmptyFile, "a.csv", "e"));
        let order: Vec<_> = all.iter().map(|d| (d.file.as_ref(), d.line.unwrap_or(0))).collect();
        let expected =
            [("b.csv", 2), ("b.csv", 4), ("b.csv", 9), ("b.csv", 9), ("a.csv", 0), ("a.csv", 3)];
        assert_eq!(order, expected);
        assert!(all.has_error_in("a.csv") && !all.has_error_in("c.csv"));
    }

    #[test]
    fn reads_like_a_compiler_message() {
        let text = Diagnostic::new(Code::UnknownProgramme, "choices.csv", "no such programme")
            .line(17)
            .column("programme_id")
            .value("P9")
            .to_string();
        assert_eq!(
            text,
            "choices.csv:17: programme_id \"P9\": no such programme [unknown_programme]"
        );
    }
}
