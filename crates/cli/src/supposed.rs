//! `--decision KIND[:VALUE] [--programme P]`, as often as there is something to suppose: a
//! programme belongs to the decision before it.

use antagning::Supposition;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};

/// What is supposed, in the order of the arguments.
#[derive(Debug)]
pub(crate) struct Supposed(pub(crate) Vec<Supposition>);

const DECISION: &str = "decision";
const PROGRAMME: &str = "programme";

impl Args for Supposed {
    fn augment_args(command: Command) -> Command {
        let decision = Arg::new(DECISION)
            .long(DECISION)
            .value_name("KIND[:VALUE]")
            .required(true)
            .action(ArgAction::Append)
            .help(
                "A decision to suppose: a kind of decisions.csv with its value, appeal_won:P, \
                 \"without KIND\", \"choices:P1 P2\" or score:P=X; may be repeated",
            );
        let programme = Arg::new(PROGRAMME)
            .long(PROGRAMME)
            .value_name("PROGRAMME")
            .action(ArgAction::Append)
            .help("The programme that the decision before it is about");
        command.arg(decision).arg(programme)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Supposed {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let texts = |id: &str| {
            let values = matches.get_many::<String>(id).into_iter().flatten().cloned();
            matches.indices_of(id).into_iter().flatten().zip(values).collect::<Vec<_>>()
        };
        let mut decisions: Vec<(usize, String, Option<String>)> =
            texts(DECISION).into_iter().map(|(at, text)| (at, text, None)).collect();
        for (at, programme) in texts(PROGRAMME) {
            let before = decisions.iter_mut().rev().find(|(of_decision, ..)| *of_decision < at);
            match before {
                Some((.., about @ None)) => *about = Some(programme),
                Some(_) => return Err(wrong("a decision is about one programme")),
                None => return Err(wrong("write --programme after the --decision about it")),
            }
        }
        let supposed = decisions.into_iter();
        let supposed = supposed.map(|(_, text, about)| Supposition::parse(&text, about.as_deref()));
        Ok(Self(supposed.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn wrong(message: &str) -> Error {
    Error::raw(ErrorKind::ArgumentConflict, format!("{message}\n"))
}
