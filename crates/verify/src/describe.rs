//! Violations in words.

use std::borrow::Cow;
use std::fmt;

use crate::violation::{FigureValue, Violation};

/// How many applicants of a long enumeration are named before the rest is only counted.
const NAMED: usize = 10;

/// The ids that people know applicants and programmes by.
pub trait Names {
    /// The id of the applicant with this index.
    fn applicant(&self, applicant: usize) -> &str;
    /// The id of the programme with this index.
    fn programme(&self, programme: usize) -> &str;
    /// The name of a programme's quota group, both counted from 0: its number from 1, unless
    /// implemented otherwise.
    fn group(&self, programme: usize, group: usize) -> Cow<'_, str> {
        let _ = programme;
        Cow::Owned((group + 1).to_string())
    }
}

impl Violation {
    /// One English sentence, without a full stop, that names the people and programmes concerned.
    #[must_use]
    pub fn describe<N: Names + ?Sized>(&self, names: &N) -> String {
        let applicant = |index: usize| names.applicant(index);
        let at = |index: usize| names.programme(index);
        let group = |programme: usize, group: Option<u32>| match group {
            Some(group) => format!("group {}", names.group(programme, group as usize)),
            None => "no group".to_owned(),
        };
        match self {
            Self::OverCapacity { programme, seats, admitted } => {
                let (seats, programme) = (counted(*seats, "seat"), at(*programme));
                let people = if *admitted == 1 { "applicant is" } else { "applicants are" };
                format!("programme {programme} has {seats} but {admitted} {people} admitted")
            }
            Self::OffList { applicant: a, programme } => format!(
                "applicant {} is placed at {}, where they did not apply or were not eligible",
                applicant(*a),
                at(*programme),
            ),
            Self::BeyondTheTie { programme, seats, admitted, ahead } => format!(
                "programme {} has {}, which {ahead} of the {admitted} applicants admitted fill with \
                 higher priorities than the rest",
                at(*programme),
                counted(*seats, "seat"),
            ),
            Self::UnfoundedGroup { applicant: a, programme: Some(q), group: stated } => {
                let why = match stated {
                    Some(_) => "which is not open to them there",
                    None => "though every place there is in one",
                };
                let (a, stated) = (applicant(*a), group(*q, *stated));
                format!("applicant {a} is placed at {} in {stated}, {why}", at(*q))
            }
            Self::UnfoundedGroup { applicant: a, .. } => {
                format!("applicant {} is stated to be in a group but is not placed", applicant(*a))
            }
            Self::WastedSeat { applicant: a, programme, vacant } => format!(
                "applicant {} would rather be at {}, which still has {}",
                applicant(*a),
                at(*programme),
                counted(*vacant, "vacant seat"),
            ),
            Self::JustifiedEnvy { applicant: a, programme, holder } => format!(
                "applicant {} would rather be at {}, whose seat went to {} with a lower priority",
                applicant(*a),
                at(*programme),
                applicant(*holder),
            ),
            Self::UnequalTreatment { applicant: a, programme, holder } => format!(
                "applicant {} would rather be at {}, which admits {} with the same priority",
                applicant(*a),
                at(*programme),
                applicant(*holder),
            ),
            Self::WrongGroup { applicant: a, programme, stated, found } => {
                let takes = match found {
                    Some(_) => format!("{} takes them", group(*programme, *found)),
                    None => "no group takes them".to_owned(),
                };
                let (a, q, stated) = (applicant(*a), at(*programme), group(*programme, *stated));
                format!("applicant {a} is placed at {q} in {stated}, where {takes}")
            }
            Self::EqualKeys { programme, applicants } => format!(
                "at {} these applicants have the same priority and nothing decides between them: {}",
                at(*programme),
                Enumeration(applicants.iter().map(|a| applicant(*a).to_owned()).collect()),
            ),
            Self::ImprovementCycle { steps } => format!(
                "{} applicants could each have a place they prefer, with nobody passed over, by \
                 trading: {}",
                steps.len(),
                Enumeration(
                    steps
                        .iter()
                        .map(|s| {
                            format!(
                                "{} from {} to {}",
                                applicant(s.applicant),
                                at(s.from),
                                at(s.to)
                            )
                        })
                        .collect()
                ),
            ),
            Self::BetterAdmission { applicant: a, programme, better_off } => {
                let people = if *better_off == 1 { "applicant" } else { "applicants" };
                format!(
                    "{better_off} {people} could have a place they prefer, with nobody passed over: \
                     the first is {}, at {}",
                    applicant(*a),
                    at(*programme),
                )
            }
            Self::WrongFigure { programme, group: of, figure, published, found } => {
                let of = of.map_or(String::new(), |_| format!("{} of ", group(*programme, *of)));
                let programme = at(*programme);
                format!(
                    "{of}programme {programme} publishes {published} as {figure}, where the \
                     placements give {found}",
                )
            }
            Self::WrongStatus { applicant: a, programme, published, found, .. } => format!(
                "the choice of {} by applicant {} is published as {}, where the placements make it \
                 {}",
                at(*programme),
                applicant(*a),
                published.code(),
                found.code(),
            ),
            Self::WrongReservePosition { applicant: a, programme, published, found, .. } => {
                format!(
                    "applicant {} is published with {} at {}, where the priorities give {}",
                    applicant(*a),
                    Position(*published),
                    at(*programme),
                    Position(*found),
                )
            }
            Self::WrongStatedGroup { applicant: a, programme, published, found, .. } => format!(
                "the choice of {} by applicant {} is published with {}, where the placements make \
                 it {}",
                at(*programme),
                applicant(*a),
                group(*programme, *published),
                group(*programme, *found),
            ),
            Self::WrongDigest { file, .. } => {
                format!("file {file} has been changed: its SHA-256 is not the one listed")
            }
            Self::MissingFile { file } => format!("file {file} is listed but is not there"),
        }
    }
}

fn counted(number: u32, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

struct Enumeration(Vec<String>);

impl fmt::Display for Enumeration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = &self.0[..self.0.len().min(NAMED)];
        f.write_str(&named.join(", "))?;
        match self.0.len() - named.len() {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

struct Position(Option<u32>);

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(position) => write!(f, "reserve position {position}"),
            None => f.write_str("no reserve position"),
        }
    }
}

impl fmt::Display for FigureValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Absent => f.write_str("nothing"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Score(score) => {
                let fraction = format!("{:04}", score % 10_000);
                let fraction = fraction.trim_end_matches('0');
                let point = if fraction.is_empty() { "" } else { "." };
                write!(f, "{}{point}{fraction}", score / 10_000)
            }
            Self::Kind(kind) => f.write_str(kind.code()),
        }
    }
}
