//! What planners and researchers ask with.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::builder::TypedValueParser;
use clap::{Args, ValueEnum};

use crate::arguments::Lang;

#[derive(Debug, Args)]
pub(crate) struct SeatsArguments {
    /// The season folder.
    pub(crate) season: PathBuf,
    /// The folder of tables to write; it must not exist. They tell of single applicants.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
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
    /// Draws the offers of the table, or with another level than offers who moves between them; the
    /// file must not exist.
    #[arg(long, value_name = "FILE.svg", value_parser = picture)]
    pub(crate) picture: Option<PathBuf>,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

fn picture(file: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(file);
    match path.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg")) {
        true => Ok(path),
        false => Err("pictures are SVG: give the file a name that ends in .svg".to_owned()),
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
pub(crate) struct ChanceArguments {
    /// The season folder; its tie-break chain must end with a lottery.
    pub(crate) season: PathBuf,
    /// An applicant of the season.
    #[arg(long, value_name = "ID", required_unless_present = "list")]
    pub(crate) applicant: Option<String>,
    /// Programmes, most wanted first, parted by spaces.
    #[arg(long, value_name = "IDS", conflicts_with = "applicant", requires = "merit",
        value_parser = list)]
    pub(crate) list: Option<String>,
    /// The merit, or in a season of scores the score, of whoever has the list.
    #[arg(long, requires = "list", conflicts_with = "applicant", value_parser = merit)]
    pub(crate) merit: Option<antagning::Score>,
    /// How many lotteries to draw.
    #[arg(long, value_name = "N", default_value = "1000", value_parser = draws(1_000_000))]
    pub(crate) draws: NonZeroU32,
    /// The seed that they follow from: not that of the season's own lottery.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

/// At least 1, so that there is a share of them.
fn draws(most: i64) -> impl TypedValueParser<Value = NonZeroU32> {
    clap::value_parser!(u32).range(1..=most).try_map(NonZeroU32::try_from)
}

fn list(text: &str) -> Result<String, String> {
    match text.split_whitespace().next() {
        Some(_) => Ok(text.to_owned()),
        None => Err("name at least one programme".to_owned()),
    }
}

fn merit(text: &str) -> Result<antagning::Score, String> {
    let found = antagning::Score::parse(&text.replace(',', "."));
    found.ok_or_else(|| "write a number from 0 upwards with at most four decimals".to_owned())
}

#[derive(Debug, Args)]
pub(crate) struct LotteryArguments {
    /// The season folder; its tie-break chain must end with a lottery.
    pub(crate) season: PathBuf,
    /// How many lotteries to draw, of each scope.
    #[arg(long, value_name = "N", default_value = "1000", value_parser = draws(10_000_000))]
    pub(crate) draws: NonZeroU32,
    /// The seed that they follow from: not that of the season's own lottery.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Whether an applicant has one number for all choices, or one at each programme.
    #[arg(long, value_enum, default_value_t = LotteryScopes::Both)]
    pub(crate) scope: LotteryScopes,
    /// The folder of tables to write; it must not exist.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
    /// How many offers the table shows; JSON has all.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) top: usize,
    /// Draws where the cutoffs of the table may end; the file must not exist.
    #[arg(long, value_name = "FILE.svg", value_parser = picture)]
    pub(crate) picture: Option<PathBuf>,
    /// The language.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

/// How many lottery numbers an applicant has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LotteryScopes {
    /// One for all choices.
    Applicant,
    /// One at each programme.
    Programme,
    /// Both, side by side.
    Both,
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
    /// Draws the plan beside the season as it stands; the file must not exist.
    #[arg(long, value_name = "FILE.svg", value_parser = picture)]
    pub(crate) picture: Option<PathBuf>,
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
