//! Which offers divide their seats among quota groups, and what these rank by.

use std::path::Path;

use super::table::Table;
use crate::PopulationError;

/// The quota groups of an offer: one, or one that is filled first and one for everybody.
#[derive(Debug, Clone)]
pub(crate) struct Selection {
    /// In order of precedence; the published lowest and mean are about the last.
    pub(crate) groups: Vec<Group>,
    /// What the group that is filled first is for; `None` where there is one group.
    pub(crate) first: Option<First>,
    /// What the last group asks for.
    pub(crate) last: Last,
    /// The skill test.
    pub(crate) test: Option<Test>,
}

/// A group as `quota_groups.csv` has it.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) name: String,
    share: Share,
    pub(crate) ranked_by: String,
    pub(crate) open_to: String,
    pub(crate) unfilled_to: String,
}

#[derive(Debug, Clone, Copy)]
enum Share {
    Seats(u32),
    /// One in so many.
    OneIn(u32),
    Rest,
}

/// What seats are set aside for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    Test,
    FreeQuota,
    Sport,
    /// Officials place by name.
    Manual,
}

/// What the group that the published figures are about asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    /// Merit alone.
    Merit,
    /// Merit, of those approved for the sport.
    Sport,
    /// Merit, of those who passed the test.
    Passed,
    /// Merit and so many times the points, of those who passed the test.
    Sum(u32),
}

/// A skill test; all in half points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Test {
    pub(crate) maximum: u32,
    /// The fewest points that are a pass.
    pub(crate) pass: u32,
    /// The smallest difference.
    pub(crate) step: u32,
}

/// The selections of `assumed/quota-groups.csv`, each with the school and the programme that it
/// holds for.
pub(crate) fn selections(folder: &Path) -> Result<Vec<([String; 2], Selection)>, PopulationError> {
    let table = Table::read(folder, "assumed/quota-groups.csv")?;
    let rows = table.rows([
        "school",
        "program",
        "quota_group",
        "seats",
        "ranked_by",
        "open_to",
        "unfilled_to",
        "test_maximum",
        "test_pass",
        "test_step",
    ])?;
    let mut selections = Vec::new();
    for rows in rows.chunk_by(|a, b| a[..2] == b[..2]) {
        let [school, program, ..] = &rows[0];
        let Some(selection) = selection(rows) else {
            return table.wrong(format!("{school}, {program}: groups that cannot be made"));
        };
        selections.push(([school.clone(), program.clone()], selection));
    }
    Ok(selections)
}

fn selection(rows: &[[String; 10]]) -> Option<Selection> {
    let mut groups = Vec::new();
    for [_, _, name, share, ranked_by, open_to, unfilled_to, ..] in rows {
        let share = match share.split_once('/') {
            _ if share == "rest" => Share::Rest,
            Some(("1", part)) => Share::OneIn(part.parse().ok().filter(|part| *part > 0)?),
            Some(_) => return None,
            None => Share::Seats(share.parse().ok()?),
        };
        groups.push(Group {
            name: name.clone(),
            share,
            ranked_by: ranked_by.clone(),
            open_to: open_to.clone(),
            unfilled_to: unfilled_to.clone(),
        });
    }
    let last = match groups.last().map(|group| (&*group.ranked_by, &*group.open_to))? {
        ("merit", "all") => Last::Merit,
        ("merit", "sport_approval") => Last::Sport,
        ("merit", "test_passed") => Last::Passed,
        ("merit+test", "test_passed") => Last::Sum(1),
        ("merit+16*test", "test_passed") => Last::Sum(16),
        _ => return None,
    };
    let first = match &groups[..groups.len() - 1] {
        [] => None,
        [group] => Some(match (&*group.ranked_by, &*group.open_to) {
            ("test", "test") => First::Test,
            ("free_quota", "free_quota") => First::FreeQuota,
            ("merit", "sport_approval") => First::Sport,
            ("manual", "all") => First::Manual,
            _ => return None,
        }),
        _ => return None,
    };
    let half_points = |text: &String| -> Option<u32> {
        let points: f64 = text.parse().ok().filter(|points| (0.5..=1_000.0).contains(points))?;
        Some((points * 2.0) as u32)
    };
    let [.., maximum, pass, step] = &rows[0];
    let test = match maximum.as_str() {
        "" => None,
        _ => Some(Test {
            maximum: half_points(maximum)?,
            pass: half_points(pass)?,
            step: half_points(step)?,
        }),
    };
    let asks_for_test = first == Some(First::Test) || matches!(last, Last::Passed | Last::Sum(_));
    let sound = groups.len() == 1 || last == Last::Merit;
    (sound && asks_for_test == test.is_some()).then_some(Selection { groups, first, last, test })
}

impl Selection {
    /// The seats of each group, of so many in all.
    pub(crate) fn seats(&self, all: u32) -> Vec<u32> {
        let set_aside = match self.groups[0].share {
            _ if self.groups.len() == 1 => 0,
            Share::Seats(seats) => seats.min(all.saturating_sub(1)),
            Share::OneIn(part) => all / part,
            Share::Rest => 0,
        };
        match self.groups.len() {
            1 => vec![all],
            _ => vec![set_aside, all - set_aside],
        }
    }
}

impl Test {
    /// All results from `least` up to `most`, in half points.
    pub(crate) fn results(self, least: u32, most: u32) -> impl Iterator<Item = u32> {
        let least = self.pass + least.saturating_sub(self.pass).div_ceil(self.step) * self.step;
        (least..=most.min(self.maximum)).step_by(self.step as usize)
    }

    /// Results that are no pass.
    pub(crate) fn failures(self) -> impl Iterator<Item = u32> {
        (self.pass % self.step..self.pass).step_by(self.step as usize)
    }
}
