//! `antagning rules`

use antagning::RuleSet;
use serde::Serialize;

use crate::arguments::RulesCommand;
use crate::exit::WrongArguments;
use crate::printer::Printer;

#[derive(Serialize)]
struct Answer {
    name: String,
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'static str>,
}

pub(crate) fn rules(command: Option<&RulesCommand>, printer: &Printer) -> anyhow::Result<()> {
    match command {
        None => list(printer),
        Some(RulesCommand::Show { name }) => show(name, printer),
    }
}

fn list(printer: &Printer) -> anyhow::Result<()> {
    let sets: Vec<RuleSet> = RuleSet::names().filter_map(RuleSet::built_in).collect();
    let lines = sets.iter().map(|set| format!("{:<18}{}\n", set.name(), set.summary()));
    let answers: Vec<_> = sets.iter().map(|set| answer(set, false)).collect();
    Ok(printer.answer(|| lines.collect::<String>(), &answers)?)
}

fn show(name: &str, printer: &Printer) -> anyhow::Result<()> {
    let Some(set) = RuleSet::built_in(name) else {
        let names: Vec<_> = RuleSet::names().collect();
        let message = format!("there is no rule set {name}; built in are: {}", names.join(", "));
        return Err(WrongArguments(vec![message]).into());
    };
    Ok(printer.answer(|| set.text(), &answer(&set, true))?)
}

fn answer(set: &RuleSet, whole: bool) -> Answer {
    Answer {
        name: set.name().to_owned(),
        summary: set.summary().to_owned(),
        text: whole.then(|| set.text()),
    }
}
