//! `antagning phone`

use std::io::{self, BufRead, IsTerminal};

use antagning::{PhoneSession, PhoneSettings, Run};

use crate::arguments::PhoneArguments;
use crate::printer::Printer;
use crate::progress::Line;

pub(crate) fn phone(arguments: &PhoneArguments, printer: &Printer) -> anyhow::Result<()> {
    let line = Line::new("verifying");
    let run = Run::open(&arguments.run)?;
    if arguments.events {
        let events = PhoneSession::events(&run, arguments.journal.as_deref())?;
        drop(line);
        return Ok(printer.plain(&events)?);
    }
    let settings = PhoneSettings {
        journal: arguments.journal.as_deref(),
        date: arguments.date.as_deref(),
        by: &arguments.by,
        language: arguments.lang.into(),
    };
    let session = PhoneSession::open(&run, settings)?;
    drop(line);
    if session.torn() > 0 {
        printer.remark(&format!(
            "warning: {}: the last line was never finished and is cut off ({} bytes); no answered record is lost",
            session.journal().display(),
            session.torn()
        ));
    }
    converse(session, printer)
}

/// Answers line by line until the end of the input; a prompt only to somebody at a terminal.
fn converse(mut session: PhoneSession, printer: &Printer) -> anyhow::Result<()> {
    let mut input = io::stdin().lock();
    let prompts = input.is_terminal() && !printer.is_json();
    if prompts {
        let (journal, records) = (session.journal().display(), session.records());
        printer.remark(&format!("{journal}: {records} records; write help for the commands"));
    }
    let mut line = Vec::new();
    loop {
        if prompts {
            printer.prompt("> ");
        }
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            continue;
        }
        let answer = session.answer(&text);
        printer.one_of_many(answer.to_text(), &answer)?;
        if answer.is_last {
            return Ok(());
        }
    }
}
