//! What can be asked for, and how.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  antagning check data/skane-2025                 what is wrong with a season, all of it at once
  antagning run data/skane-2025 --out out/first   placements, outcomes, statistics, proven
  antagning verify out/first                      the independent checker on a finished run
  antagning explain out/first S01234 --lang sv    one applicant's choices, with reasons
  antagning letters out/first --lang sv           what every applicant is told, for a mail merge
  antagning statistics data/skane-2025 out/first --out out/tables   tables to publish
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
    #[command(after_help = "Example:\n  antagning check data/skane-2025 --format json")]
    Check {
        /// The season folder.
        season: PathBuf,
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
    /// Proposes where to add or to take seats, and says why.
    #[command(after_help = "Examples:\n  \
        antagning plan data/skane-2025 --seats 100 --objective placed\n  \
        antagning plan data/skane-2025 --seats=-50 --limits limits.csv --seconds 30\n\n\
        The search goes on for --seconds; Ctrl-C ends it with the best plan so far.")]
    Plan(PlanArguments),
    /// Runs scenarios against a season: what would come of other seats, offers, rules or cohorts.
    #[command(after_help = "Examples:\n  \
        antagning simulate data/skane-2025 data/scenarios/lund-fler-platser.toml --lang sv\n  \
        antagning simulate data/skane-2025 data/scenarios/*.toml --out out/scenarios")]
    Simulate(SimulateArguments),
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

#[derive(Debug, Args)]
pub(crate) struct ContinuationArguments {
    /// The run that this one continues: seats held since then are kept.
    #[arg(long, value_name = "RUN")]
    pub(crate) after: Option<PathBuf>,
    /// The date of the round (default: that of the last event).
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// The season folder.
    pub(crate) season: PathBuf,
    /// The run folder to write; it must not exist.
    #[arg(long, value_name = "RUN")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) continuation: ContinuationArguments,
    /// The language of the summary.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Debug, Args)]
pub(crate) struct StatisticsArguments {
    /// The season folder that the run was made of.
    pub(crate) season: PathBuf,
    /// The run folder.
    pub(crate) run: PathBuf,
    /// The folder of tables to write; it must not exist.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    /// Hides counts of persons from 1 up to N - 1, and what would tell them; 0 hides nothing.
    #[arg(long, value_name = "N", default_value_t = antagning::Suppression::DEFAULT.threshold())]
    pub(crate) suppress: u32,
    /// The language of the summary.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Debug, Args)]
pub(crate) struct SeatsArguments {
    /// The season folder.
    pub(crate) season: PathBuf,
    /// How many offers the table shows; JSON has all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
    /// What the nodes of the displacement network are.
    #[arg(long, value_enum, default_value_t = NetworkLevel::Offer)]
    pub(crate) level: NetworkLevel,
    /// Writes the displacement network for Graphviz; the file must not exist.
    #[arg(long, value_name = "FILE")]
    pub(crate) dot: Option<PathBuf>,
    /// Writes the displacement network as GraphML; the file must not exist.
    #[arg(long, value_name = "FILE")]
    pub(crate) graphml: Option<PathBuf>,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    /// The season folder.
    pub(crate) season: PathBuf,
    /// How many seats to add, or to take when below 0.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(-1_000_000..=1_000_000))]
    pub(crate) seats: i32,
    /// What the plan is to be best for: placed, ranks, first, labour, or a mix such as
    /// placed=10,ranks=1.
    #[arg(long, default_value = "ranks", value_parser = objective)]
    pub(crate) objective: antagning::Objective,
    /// A CSV file of limits to the seats of offers (see the documentation on planning).
    #[arg(long, value_name = "FILE")]
    pub(crate) limits: Option<PathBuf>,
    /// A CSV file of the labour market's weights by study path: study_path_code, weight.
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,
    /// What all seats together may cost, by the costs in the limits (1 a seat where none is given).
    #[arg(long, value_name = "COST")]
    pub(crate) budget: Option<u64>,
    /// How long to search for a better plan than the greedy one.
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = seconds)]
    pub(crate) seconds: f64,
    /// How many rounds to search instead: the same rounds and seed give the same plan anywhere.
    #[arg(long, value_name = "N", conflicts_with = "seconds")]
    pub(crate) rounds: Option<u64>,
    /// The seed of the search.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many offers the table shows; JSON has all.
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub(crate) top: usize,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Debug, Args)]
pub(crate) struct SimulateArguments {
    /// The season folder.
    pub(crate) season: PathBuf,
    /// Scenario files (see the documentation on simulation).
    #[arg(required = true, value_name = "SCENARIO")]
    pub(crate) scenarios: Vec<PathBuf>,
    /// The folder of tables to write; it must not exist.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
    /// Has the verifier prove every run.
    #[arg(long)]
    pub(crate) verify: bool,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

fn objective(text: &str) -> Result<antagning::Objective, String> {
    antagning::Objective::parse(text).ok_or_else(|| {
        "write placed, ranks, first or labour, or a mix such as placed=10,ranks=1 with weights \
         from 1 to 1000"
            .to_owned()
    })
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    match seconds.is_finite() && seconds >= 0.0 {
        true => Ok(seconds),
        false => Err("not a time from 0 upwards".to_owned()),
    }
}

/// What the nodes of the displacement network are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NetworkLevel {
    /// Offers.
    Offer,
    /// Schools.
    School,
    /// Municipalities.
    Municipality,
}

#[derive(Debug, Args)]
pub(crate) struct GenerateArguments {
    /// The season folder to write; it must not exist.
    #[arg(long, value_name = "SEASON")]
    pub(crate) out: PathBuf,
    /// Applicants.
    #[arg(long, default_value_t = 55_000, conflicts_with = "like")]
    pub(crate) applicants: u32,
    /// Programmes.
    #[arg(long, default_value_t = 1_500, conflicts_with = "like")]
    pub(crate) programmes: u32,
    /// The seed; the same seed gives the same season.
    #[arg(long, default_value_t = antagning::population::Recipe::DEFAULT_SEED)]
    pub(crate) seed: u64,
    /// A season with published figures, whose real offers and cutoffs the new one takes over.
    #[arg(long, value_name = "SEASON")]
    pub(crate) like: Option<PathBuf>,
}

impl From<Lang> for antagning::Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Sv => Self::Sv,
            Lang::En => Self::En,
        }
    }
}
