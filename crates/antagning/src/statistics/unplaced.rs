//! Who is unplaced and why, by home municipality and sex.

use crate::statistics::audit::Audit;
use crate::statistics::count_table::CountTable;
use crate::statistics::cross::Cross;
use crate::statistics::register::{Fate, Register};
use crate::statistics::suppression::Suppression;

/// The unplaced: a row a home and sex, and the sums of each sex.
#[derive(Clone, Debug)]
pub(super) struct Unplaced {
    /// By sex: home × (eligible, not eligible), a further row with the sums.
    pub(super) with_choices: Vec<Cross>,
    /// Home × sex, a further row with the sums.
    pub(super) without_choices: Cross,
}

/// The column of those who are eligible for some choice.
pub(super) const ELIGIBLE: usize = 0;
/// The column of those who are eligible for none.
pub(super) const NOT_ELIGIBLE: usize = 1;

impl Unplaced {
    /// Counts, and hides what must be hidden.
    pub(super) fn new(register: &Register, suppression: Suppression, audit: &mut Audit) -> Self {
        let (homes, sexes) = (register.home_names.len(), register.sex_names.len());
        let of = |wanted: Fate| {
            let some = (0..register.fate.len()).filter(move |a| register.fate[*a] == wanted);
            some.map(|a| (register.home[a], register.sex[a]))
        };
        let with_choices = (0..sexes).map(|sex| {
            let of_sex = |wanted: Fate, column: usize| {
                of(wanted).filter(move |(_, s)| *s == sex).map(move |(home, _)| (home, column))
            };
            let eligible = of_sex(Fate::EligibleUnplaced, ELIGIBLE);
            with_sums(homes, 2, eligible.chain(of_sex(Fate::NotEligible, NOT_ELIGIBLE)))
        });
        let mut unplaced = Self {
            with_choices: with_choices.collect(),
            without_choices: with_sums(homes, sexes, of(Fate::WithoutChoices)),
        };
        for counts in &mut unplaced.with_choices {
            protect_sex(counts, homes, suppression, audit);
        }
        unplaced.protect_homes(homes, suppression, audit);
        unplaced.protect_without_choices(homes, suppression, audit);
        unplaced
    }

    /// Hides the reasons of those who made a choice.
    pub(super) fn withhold(&mut self) {
        self.with_choices.iter_mut().for_each(Cross::withhold);
    }

    /// The unplaced of a home are known from the choice ranks: where few of them are of one sex,
    /// the other sex would tell how many.
    fn protect_homes(&mut self, homes: usize, suppression: Suppression, audit: &mut Audit) {
        let sexes = self.with_choices.len();
        let cells = || (0..homes).flat_map(|home| (0..sexes).map(move |sex| (home, sex)));
        let mut table = CountTable::new(homes, sexes);
        for (home, sex) in cells() {
            let counts = &mut self.with_choices[sex];
            let [eligible, not_eligible] =
                [ELIGIBLE, NOT_ELIGIBLE].map(|column| counts.true_count(home, column));
            let cell = table.push(home, sex, not_eligible);
            if suppression.hides(eligible + not_eligible) {
                counts.hide(home, ELIGIBLE);
                table.protect_cell(cell);
            } else if counts.get(home, NOT_ELIGIBLE).is_none() {
                table.hide(cell);
            }
        }
        if table.protect_marked(suppression).is_err() {
            return self.withhold();
        }
        for (cell, (home, sex)) in cells().enumerate() {
            if table.is_hidden(cell) {
                self.with_choices[sex].hide(home, NOT_ELIGIBLE);
            }
        }
        audit.add(&table);
    }

    /// No other table tells of those without choices: only the sum of each sex is known, and where
    /// that is small, all of it is hidden.
    fn protect_without_choices(
        &mut self,
        homes: usize,
        suppression: Suppression,
        audit: &mut Audit,
    ) {
        for sex in 0..self.with_choices.len() {
            let counts = &mut self.without_choices;
            let mut table = CountTable::new(1, 1);
            for home in 0..homes {
                table.push(0, 0, counts.true_count(home, sex));
            }
            let small = suppression.hides(counts.true_count(homes, sex));
            if small || table.protect(suppression).is_err() {
                (0..=homes).for_each(|row| counts.hide(row, sex));
                continue;
            }
            let hidden = (0..homes).filter(|home| table.is_hidden(*home));
            hidden.for_each(|home| counts.hide(home, sex));
            audit.add(&table);
        }
    }
}

/// Reasons of one sex, with the unplaced of each home and the sum of each reason taken as known.
/// Where a sum is small, the reasons are hidden altogether.
fn protect_sex(counts: &mut Cross, homes: usize, suppression: Suppression, audit: &mut Audit) {
    let sums = [ELIGIBLE, NOT_ELIGIBLE].map(|column| counts.true_count(homes, column));
    if sums.iter().any(|sum| suppression.hides(*sum)) {
        return counts.withhold();
    }
    counts.protect_by(suppression, 2, |row, column| (row < homes).then_some(column), audit);
}

/// Counts with a last row of sums.
fn with_sums(homes: usize, columns: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Cross {
    let twice = pairs.flat_map(|(home, column)| [(home, column), (homes, column)]);
    Cross::count(homes + 1, columns, twice)
}
