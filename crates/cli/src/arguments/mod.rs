//! What can be asked for, and how.

mod admission;
mod planning;
mod uncertainty;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(crate) use admission::{
    ContinuationArguments, DiffArguments, GenerateArguments, PhoneArguments, RunArguments,
    StatisticsArguments, WhatIfArguments,
};
pub(crate) use planning::{
    ChanceArguments, LotteryArguments, LotteryScopes, NetworkLevel, PlanArguments, SeatsArguments,
    SimulateArguments,
};
pub(crate) use uncertainty::{MergeArguments, UncertaintyArguments, Vary};

const EXAMPLES: &str = "\
Examples:
  antagning check data/skane-2025                 what is wrong with a season, all of it at once
  antagning run data/skane-2025 --out out/first   placements, outcomes, statistics, proven
  antagning verify out/first                      the independent checker on a finished run
  antagning explain out/first S01234 --lang sv    one applicant's choices, with reasons
  antagning letters out/first --lang sv           what every applicant is told, for a mail merge
  antagning phone out/first                       the session of an official with a phone
  antagning statistics data/skane-2025 out/first --out out/tables   tables to publish
  antagning diff out/final out/reserve-1          who moved, and why; for offices
  antagning generate --out out/season --applicants 55000 --programmes 1500

Exit codes: 0 done · 1 internal failure · 2 input or arguments rejected · 3 violation found";

/// Admission to Swedish upper-secondary schools: exact, explained, proven.
///
/// A run proposes; an official decides.
#[derive(Debug, Parser)]
#[command(name = "antagning", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// How to answer: text for people, or one JSON document for programs.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Threads to use (default: one per core). The result does not depend on it.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) threads: Option<u16>,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    Text,
    /// One JSON document.
    Json,
}

/// The language of texts for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Swedish.
    Sv,
    /// English.
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reads a season, matches, verifies and writes a run folder.
    #[command(after_help = "Examples:\n  \
        antagning run data/skane-2025 --out out/first --lang sv\n  \
        antagning run season --after out/final --out out/reserve-1")]
    Run(RunArguments),
    /// Reports everything that is wrong with a season, and writes nothing.
    #[command(after_help = "Examples:\n  \
        antagning check data/skane-2025 --format json\n  \
        antagning check season --against last-year")]
    Check {
        /// The season folder.
        season: PathBuf,
        /// A run or a season before: warns of schools whose figures jump since then.
        #[arg(long, value_name = "RUN|SEASON")]
        against: Option<PathBuf>,
        #[command(flatten)]
        continuation: ContinuationArguments,
    },
    /// Checks a finished run from its files alone, and the runs beside it that it continues.
    #[command(after_help = "Examples:\n  \
        antagning verify out/first\n  \
        antagning verify out/reserve-2 --chain out")]
    Verify {
        /// The run folder.
        run: PathBuf,
        /// Also checks that the season folder still has the files that were read.
        #[arg(long, value_name = "SEASON")]
        season: Option<PathBuf>,
        /// The folder where every run of the chain must lie (default: beside the run, as far as
        /// they are there).
        #[arg(long, value_name = "FOLDER")]
        chain: Option<PathBuf>,
    },
    /// Records who decided on a run, by which delegation, on which digest: RUN.approval.json.
    #[command(after_help = "Example:\n  \
        antagning approve out/final --by \"A. Lind\" --delegation \"BUN 2025:4\" --date 2025-07-01")]
    Approve {
        /// The run folder.
        run: PathBuf,
        /// Who decides.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// The delegation that they decide by.
        #[arg(long, value_name = "TEXT")]
        delegation: String,
        /// The day of the decision (default: today).
        #[arg(long, value_name = "DATE")]
        date: Option<String>,
    },
    /// Explains the outcome of each of an applicant's choices.
    #[command(after_help = "Example:\n  antagning explain out/first S01234 --lang sv")]
    Explain {
        /// The run folder.
        run: PathBuf,
        /// The applicant's id.
        applicant: String,
        /// The language.
        #[arg(long, value_enum, default_value_t = Lang::En)]
        lang: Lang,
    },
    /// Prints a letter to every applicant, one JSON document a line, for a mail merge.
    #[command(after_help = "Example:\n  antagning letters out/first --lang sv > letters.jsonl")]
    Letters {
        /// The run folder.
        run: PathBuf,
        /// The language.
        #[arg(long, value_enum, default_value_t = Lang::En)]
        lang: Lang,
    },
    /// Sits with an official by the phone: who is next for a seat, what follows, and what was
    /// answered; commands on stdin, a line each.
    #[command(after_help = "Examples:\n  \
        antagning phone out/reserve-1 --by \"A. Lind\" --lang sv\n  \
        antagning phone out/reserve-1 --events >> rows.csv\n\n\
        Write help in a session for its commands.")]
    Phone(PhoneArguments),
    /// Makes a synthetic season, of any size or like a published one.
    #[command(after_help = "Examples:\n  \
        antagning generate --out out/season --applicants 55000 --programmes 1500 --seed 7\n  \
        antagning generate --out out/skane --like data/skane-2025")]
    Generate(GenerateArguments),
    /// Runs a season and compares it with the official figures in its published.csv.
    #[command(after_help = "Example:\n  antagning compare data/skane-2025")]
    Compare {
        /// The season folder.
        season: PathBuf,
        /// The language.
        #[arg(long, value_enum, default_value_t = Lang::En)]
        lang: Lang,
    },
    /// Writes the tables that offices publish of a finished run, small counts hidden.
    #[command(after_help = "Examples:\n  \
        antagning statistics data/skane-2025 out/first --out out/tables\n  \
        antagning statistics data/skane-2025 out/first --out out/internal --suppress 0")]
    Statistics(StatisticsArguments),
    /// Tells what one more and one fewer seat does at every offer: the value of a seat.
    #[command(after_help = "Examples:\n  \
        antagning seats data/skane-2025\n  \
        antagning seats data/skane-2025 --level municipality --dot flows.dot")]
    Seats(SeatsArguments),
    /// Runs a season by other mechanisms too, and counts who would gain by another list.
    #[command(after_help = "Example:\n  antagning mechanisms data/skane-2025")]
    Mechanisms {
        /// The season folder.
        season: PathBuf,
        /// The language.
        #[arg(long, value_enum, default_value_t = Lang::En)]
        lang: Lang,
    },
    /// Compares runs: who moved, why, and what changed at each offer. Names applicants: working
    /// material, not for publication.
    #[command(after_help = "Examples:\n  \
        antagning diff out/reserve-1 --lang sv\n  \
        antagning diff out/preliminary out/final out/reserve-1 --season season --out out/diff")]
    Diff(DiffArguments),
    /// Tells how likely an applicant, or anybody with a list and a merit, is admitted where.
    #[command(after_help = "Examples:\n  \
        antagning chance data/skane-2025 --applicant A00010\n  \
        antagning chance data/skane-2025 --list \"P0389 P0318\" --merit 232.5")]
    Chance(ChanceArguments),
    /// Tells what the lottery decides: who depends on it, with what odds, and where cutoffs may end.
    #[command(after_help = "Examples:\n  \
        antagning lottery data/skane-2025\n  \
        antagning lottery data/skane-2025 --draws 10000 --scope applicant --out out/lottery")]
    Lottery(LotteryArguments),
    /// Proposes where to add or to take seats, and says why.
    #[command(after_help = "Examples:\n  \
        antagning plan data/skane-2025 --seats 100 --objective placed\n  \
        antagning plan data/skane-2025 --seats=-50 --limits limits.csv --seconds 30\n\n\
        The search goes on for --seconds; Ctrl-C ends it with the best plan so far.")]
    Plan(PlanArguments),
    /// Runs a season again as if something had been decided otherwise about one applicant, for an
    /// appeal: what would have happened, to whom, and which seats to add so that nobody loses one.
    #[command(after_help = "Examples:\n  \
        antagning what-if out/first --season data/skane-2025 --applicant A00139 \
        --decision new_grade:MA=A\n  \
        antagning what-if out/first --season season --applicant A1 \
        --decision first_hand --programme NA1 --decision \"without withdrawal\"")]
    WhatIf(WhatIfArguments),
    /// Runs scenarios against a season: what would come of other seats, offers, rules or cohorts.
    #[command(after_help = "Examples:\n  \
        antagning simulate data/skane-2025 data/scenarios/fler-platser.toml --lang sv\n  \
        antagning simulate data/skane-2025 data/scenarios/*.toml --out out/scenarios")]
    Simulate(SimulateArguments),
    /// Draws lotteries, cohorts, tastes and no-shows many times, for the season and scenarios alike,
    /// and tells every figure with how surely it is known.
    #[command(after_help = "Examples:\n  \
        antagning uncertainty data/skane-2025 data/scenarios/fler-platser.toml --out out/study\n  \
        antagning uncertainty data/skane-2025 --draws 10000 --shard 3/100 --out out/part-3")]
    Uncertainty(UncertaintyArguments),
    /// Puts the parts of a study together: just what `uncertainty` writes without --shard.
    #[command(after_help = "Example:\n  antagning merge out/part-* --out out/study")]
    Merge(MergeArguments),
    /// Lists the built-in rule sets, or shows one with the source of each rule.
    #[command(after_help = "Examples:\n  antagning rules\n  antagning rules show gymnasium-2025")]
    Rules {
        /// What to tell of them; without it they are listed.
        #[command(subcommand)]
        command: Option<RulesCommand>,
    },
    /// Prints a completion script for a shell.
    #[command(
        after_help = "Example:\n  antagning completions bash > ~/.local/share/bash-completion/completions/antagning"
    )]
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// What to tell of the built-in rule sets.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Prints a rule set with the source of each rule.
    #[command(after_help = "Example:\n  antagning rules show gymnasium-2025")]
    Show {
        /// The rule set.
        name: String,
    },
}

impl From<Lang> for antagning::Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Sv => Self::Sv,
            Lang::En => Self::En,
        }
    }
}
