//! The one place that writes: data to stdout, everything else to stderr.

use std::io::{self, BufWriter, IsTerminal, Write};

use antagning::{Diagnostic, Diagnostics, Severity};
use serde::Serialize;

use crate::arguments::Format;

/// Writes answers in the format that was asked for.
pub(crate) struct Printer {
    format: Format,
    colour: bool,
}

impl Printer {
    pub(crate) fn new(format: Format) -> Self {
        let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { format, colour }
    }

    /// Whether one JSON document is the answer.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// The answer: the text for people, which is made only where it is asked for, or the document
    /// for programs.
    pub(crate) fn answer<T: AsRef<str>>(
        &self,
        text: impl FnOnce() -> T,
        document: &impl Serialize,
    ) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        match self.format {
            Format::Text => out.write_all(text().as_ref().as_bytes())?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut out, document)?;
                out.write_all(b"\n")?;
            }
        }
        out.flush()
    }

    /// One answer of many: the text for people, or the document for programs on one line.
    pub(crate) fn one_of_many(&self, text: &str, document: &impl Serialize) -> io::Result<()> {
        match self.format {
            Format::Text => self.answer(|| text, document),
            Format::Json => self.lines(std::iter::once(document)),
        }
    }

    /// The text as it is, whatever the format that was asked for.
    pub(crate) fn plain(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    /// The answer as many documents, a line each, whatever the format that was asked for.
    pub(crate) fn lines(&self, documents: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        for document in documents {
            serde_json::to_writer(&mut out, &document)?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }

    /// A remark beside the answer. Nobody can be told when stderr is closed.
    pub(crate) fn remark(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// A prompt beside the answers, on no line of its own.
    pub(crate) fn prompt(&self, text: &str) {
        let mut out = io::stderr().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Findings about the input, as text beside the answer; a JSON document holds its own.
    pub(crate) fn findings<'d>(&self, findings: impl Iterator<Item = &'d Diagnostic>) {
        if !self.is_json() {
            let text = self.findings_text(findings);
            let _ = io::stderr().lock().write_all(text.as_bytes());
        }
    }

    /// Findings as text, two lines each: what and where, and what to do about it.
    pub(crate) fn findings_text<'d>(
        &self,
        findings: impl Iterator<Item = &'d Diagnostic>,
    ) -> String {
        findings.fold(String::new(), |text, finding| {
            let (label, colour) = match finding.severity {
                Severity::Error => ("error", "\u{1b}[1;31m"),
                Severity::Warning => ("warning", "\u{1b}[1;33m"),
            };
            let label =
                if self.colour { format!("{colour}{label}\u{1b}[0m") } else { label.to_owned() };
            text + &format!("{label}: {finding}\n    {}\n", finding.hint)
        })
    }
}

/// How many findings of each kind there are, as one line.
pub(crate) fn tally(findings: &Diagnostics) -> String {
    let count = |n: usize, one: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    };
    let beyond = match findings.beyond_cap() {
        0 => String::new(),
        n => format!(" ({n} more than can be shown)"),
    };
    let (errors, warnings) = (findings.error_count(), findings.warning_count());
    format!("{}, {}{beyond}", count(errors, "error"), count(warnings, "warning"))
}
