//! At which choice applicants are placed, by programme type, sex and home municipality.

use crate::statistics::audit::Audit;
use crate::statistics::cross::Cross;
use crate::statistics::register::{Fate, Register};
use crate::statistics::study_paths::{ORIENTATIONS, StudyPaths};
use crate::statistics::suppression::Suppression;

/// Placed by choice rank, of the applicants with a choice.
///
/// The totals, the orientations and the sexes are published whole: the ranks are drawn together
/// from the end until none of their counts is small. They are the known sums within which study
/// paths and home municipalities are protected.
#[derive(Clone, Debug)]
pub(super) struct ChoiceRanks {
    /// How many columns of ranks there are; the unplaced stand in the column after them.
    pub(super) ranks: usize,
    /// Whether the last rank stands for all further ones too.
    pub(super) open: bool,
    /// Whether every count is hidden.
    pub(super) withheld: bool,
    /// The breakdowns in the order of the file.
    pub(super) breakdowns: Vec<Breakdown>,
}

/// One breakdown.
#[derive(Clone, Debug)]
pub(super) struct Breakdown {
    /// What it is by.
    pub(super) by: &'static str,
    /// The names of its rows.
    pub(super) groups: Vec<String>,
    /// Row × rank, the unplaced last.
    pub(super) counts: Cross,
}

/// The applicants with a choice, and the groups that they are counted in.
struct Counter<'r> {
    register: &'r Register,
    paths: &'r StudyPaths,
}

impl ChoiceRanks {
    /// Counts, and hides what must be hidden.
    pub(super) fn new(
        register: &Register,
        paths: &StudyPaths,
        suppression: Suppression,
        audit: &mut Audit,
    ) -> Self {
        let longest = register.fate.iter().filter_map(rank).max().unwrap_or(1).max(1);
        let counter = Counter { register, paths };
        let whole = |breakdown: &Breakdown| {
            !breakdown.counts.true_counts().iter().any(|count| suppression.hides(*count))
        };
        let stands = |ranks: &usize, by_orientation: bool| {
            let sums = [counter.all(*ranks), counter.by_sex(*ranks)];
            sums.iter().all(whole) && (!by_orientation || whole(&counter.by_orientation(*ranks)))
        };
        let most = |by_orientation| (1..=longest).rev().find(|r| stands(r, by_orientation));
        let with_orientation = most(true);
        let ranks = with_orientation.or_else(|| most(false)).unwrap_or(1);

        let mut breakdowns = vec![counter.all(ranks)];
        let mut by_path = counter.by_path(ranks);
        if with_orientation.is_some() {
            breakdowns.push(counter.by_orientation(ranks));
            let block = |path: usize| paths.orientation[path] * (ranks + 1);
            let sums = ORIENTATIONS.len() * (ranks + 1);
            let sum_of = |path, column| Some(block(path) + column);
            by_path.counts.protect_by(suppression, sums, sum_of, audit);
        } else {
            by_path.counts.protect(suppression, audit);
        }
        breakdowns.push(by_path);
        breakdowns.push(counter.by_sex(ranks));
        let mut by_home = counter.by_home(ranks);
        // The flows tell how many of each home are placed: the unplaced are known.
        let placed = |_, column| (column < ranks).then_some(column);
        by_home.counts.protect_by(suppression, ranks, placed, audit);
        breakdowns.push(by_home);
        Self { ranks, open: ranks < longest, withheld: false, breakdowns }
    }

    /// Hides every count.
    pub(super) fn withhold(&mut self) {
        self.withheld = true;
        self.breakdowns.iter_mut().for_each(|breakdown| breakdown.counts.withhold());
    }

    /// What the column is called in the file.
    pub(super) fn column_name(&self, column: usize) -> String {
        match column {
            column if column == self.ranks => "unplaced".to_owned(),
            column if column + 1 == self.ranks && self.open => format!("{}+", self.ranks),
            column => (column + 1).to_string(),
        }
    }
}

impl Counter<'_> {
    fn all(&self, ranks: usize) -> Breakdown {
        self.breakdown("all", vec!["all".to_owned()], ranks, |_| Some(0))
    }

    fn by_sex(&self, ranks: usize) -> Breakdown {
        let register = self.register;
        self.breakdown("sex", register.sex_names.clone(), ranks, |a| Some(register.sex[a]))
    }

    fn by_home(&self, ranks: usize) -> Breakdown {
        let register = self.register;
        let names = register.home_names.clone();
        self.breakdown("home_municipality", names, ranks, |a| Some(register.home[a]))
    }

    fn by_path(&self, ranks: usize) -> Breakdown {
        self.breakdown("study_path", self.paths.names.clone(), ranks, |a| self.path(a))
    }

    fn by_orientation(&self, ranks: usize) -> Breakdown {
        let names = ORIENTATIONS.map(str::to_owned).to_vec();
        let of = |a| self.path(a).map(|path| self.paths.orientation[path]);
        self.breakdown("orientation", names, ranks, of)
    }

    /// The study path of the first choice.
    fn path(&self, applicant: usize) -> Option<usize> {
        self.register.first[applicant].map(|offer| self.paths.of[offer])
    }

    fn breakdown(
        &self,
        by: &'static str,
        groups: Vec<String>,
        ranks: usize,
        of: impl Fn(usize) -> Option<usize>,
    ) -> Breakdown {
        let fate = &self.register.fate;
        let column =
            |applicant: usize| rank(&fate[applicant]).map_or(ranks, |rank| rank.min(ranks) - 1);
        let chose = (0..fate.len()).filter(|applicant| fate[*applicant] != Fate::WithoutChoices);
        let pairs = chose.filter_map(|applicant| Some((of(applicant)?, column(applicant))));
        let counts = Cross::count(groups.len(), ranks + 1, pairs);
        Breakdown { by, groups, counts }
    }
}

fn rank(fate: &Fate) -> Option<usize> {
    match fate {
        Fate::Placed { rank, .. } => Some(*rank as usize),
        _ => None,
    }
}
