//! `choices.csv`.

use crate::code::Code;
use crate::column::{Ids, LostRows};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::field;
use crate::table::Table;

/// The choices by applicant (in the order of ids) and choice rank, in CSR form.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Where each applicant's choices begin; one more entry than there are applicants.
    pub offsets: Vec<u32>,
    /// The programme of each choice, as its number.
    pub programme: Vec<u32>,
    /// The score of each choice in ten-thousandths, when the season has scores.
    pub score: Option<Vec<u64>>,
    /// The line of each choice in the file.
    pub line: Vec<u32>,
}

/// No list is this long; a larger rank stands in the wrong column.
const MOST_CHOICES: u32 = 10_000;

const FILE: &str = "choices.csv";

/// What an applicant's id says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Applicant {
    Number(u32),
    /// The row that may have introduced the applicant could not be read.
    Lost,
    Unknown,
}

/// One readable row.
#[derive(Clone, Copy)]
struct RawChoice {
    applicant: u32,
    programme: u32,
    rank: u32,
    line: u32,
    /// [`NO_SCORE`] when the cell is empty; an `Option` would make the row a third larger.
    score: u64,
}

/// Greater than any score that can be read.
const NO_SCORE: u64 = u64::MAX;

/// The readable rows in file order, and whom a faulty row concerns.
pub(super) struct Rows {
    rows: Vec<RawChoice>,
    /// Applicants with a row that could not be read: their gaps are a consequence, not a fault.
    faulty: Vec<u32>,
    /// Rows that could not even be taken apart.
    lost: LostRows,
    /// Whether a row has a score, readable or not.
    scored: bool,
}

impl Choices {
    pub(super) fn read(
        table: Table,
        applicants: &Ids,
        programmes: &Ids,
        report: &mut Diagnostics,
    ) -> Self {
        let numbers = &mut |id: &str| match applicants.find(id) {
            Some(number) => Applicant::Number(number),
            None if applicants.surely_lacks(id) => Applicant::Unknown,
            None => Applicant::Lost,
        };
        Rows::read(table, numbers, programmes, report).into_choices(applicants, programmes, report)
    }

    /// The choices of one applicant as a range of rows.
    ///
    /// # Panics
    /// When there is no such applicant.
    #[must_use]
    pub fn of(&self, applicant: usize) -> std::ops::Range<usize> {
        self.offsets[applicant] as usize..self.offsets[applicant + 1] as usize
    }
}

impl Rows {
    /// Reads the rows; `find` numbers the applicants.
    pub(super) fn read(
        mut table: Table,
        find: &mut dyn FnMut(&str) -> Applicant,
        programmes: &Ids,
        report: &mut Diagnostics,
    ) -> Self {
        let columns =
            ["applicant_id", "choice_rank", "programme_id"].map(|name| table.require(name, report));
        let score = table.column("score");
        table.report_other_columns(report);
        let lost = LostRows::default();
        let mut read = Self { rows: Vec::new(), faulty: Vec::new(), lost, scored: false };
        let [Some(applicant), Some(rank), Some(programme)] = columns else {
            read.lost.unnamed = true;
            return read;
        };

        // Rows of one applicant mostly stand together: the last answer saves most look-ups.
        let (mut last_id, mut last_number) = (String::new(), Applicant::Unknown);
        let mut rows = table.rows(applicant);
        while let Some(row) = rows.next(report) {
            let Some(id) = row.id(applicant, report) else {
                rows.lost.unnamed = true;
                continue;
            };
            if last_id.is_empty() || id != last_id {
                last_number = find(id);
                last_id.clear();
                last_id.push_str(id);
            }
            if last_number == Applicant::Unknown {
                report
                    .push(row.diagnostic(applicant, (Code::UnknownApplicant, "no such applicant")));
            }
            let parsed_rank =
                row.parse(rank, |text| field::whole_number(text, MOST_CHOICES), report);
            if parsed_rank == Some(0) {
                report.push(row.diagnostic(rank, (Code::ZeroRank, "choice ranks begin with 1")));
            }
            let known = row.known_id(programme, programmes, report);
            let score = score.filter(|column| !row.get(*column).is_empty());
            read.scored |= score.is_some();
            let parsed_score = score.map(|column| row.parse(column, field::decimal, report));
            match (last_number, known, parsed_rank, parsed_score) {
                (Applicant::Number(applicant), Some(programme), Some(rank @ 1..), score)
                    if score != Some(None) =>
                {
                    let line = u32::try_from(row.line).unwrap_or(u32::MAX);
                    let score = score.flatten().unwrap_or(NO_SCORE);
                    read.rows.push(RawChoice { applicant, programme, rank, line, score });
                }
                (Applicant::Number(applicant), ..) => read.faulty.push(applicant),
                _ => rows.lost.ids.push(last_id.clone()),
            }
        }
        if rows.met() == 0 {
            report.push(Diagnostic::new(Code::NoRows, FILE, "the file has no choice"));
            rows.lost.unnamed = true;
        }
        read.lost = rows.lost;
        for id in &read.lost.ids {
            if let Applicant::Number(applicant) = find(id) {
                read.faulty.push(applicant);
            }
        }
        read
    }

    /// The rows that could not be taken apart.
    pub(super) fn lost(&self) -> LostRows {
        self.lost.clone()
    }

    /// The rows with applicants numbered anew: `order[new]` is the old number.
    pub(super) fn renumbered(mut self, order: &[u32]) -> Self {
        if order.is_sorted() {
            return self;
        }
        let mut new = vec![0; order.len()];
        order.iter().enumerate().for_each(|(number, &old)| new[old as usize] = number as u32);
        self.rows.iter_mut().for_each(|row| row.applicant = new[row.applicant as usize]);
        self.faulty.iter_mut().for_each(|applicant| *applicant = new[*applicant as usize]);
        self
    }

    /// Orders the rows by applicant and rank and checks each list. O(choices).
    pub(super) fn into_choices(
        self,
        applicants: &Ids,
        programmes: &Ids,
        report: &mut Diagnostics,
    ) -> Choices {
        let mut offsets = vec![0_u32; applicants.len() + 1];
        self.rows.iter().for_each(|row| offsets[row.applicant as usize + 1] += 1);
        for applicant in 0..applicants.len() {
            offsets[applicant + 1] += offsets[applicant];
        }
        let ordered = ordered(self.rows, &offsets);

        if self.scored {
            for row in ordered.iter().filter(|row| row.score == NO_SCORE) {
                let fault = Diagnostic::new(
                    Code::MissingScore,
                    FILE,
                    "other rows have a score, this one has none",
                );
                report.push(fault.line(u64::from(row.line)).column("score"));
            }
        }
        let mut faulty = self.faulty;
        faulty.sort_unstable();
        let mut seen = vec![u32::MAX; programmes.len()];
        for (applicant, bounds) in offsets.windows(2).enumerate() {
            let list = &ordered[bounds[0] as usize..bounds[1] as usize];
            let whole = !self.lost.unnamed && faulty.binary_search(&(applicant as u32)).is_err();
            check_list(applicant, list, whole, applicants, programmes, &mut seen, report);
        }
        if !(faulty.is_empty() && self.lost.is_empty()) {
            return Choices { score: self.scored.then(Vec::new), ..Choices::default() };
        }
        Choices {
            offsets,
            programme: ordered.iter().map(|row| row.programme).collect(),
            score: self.scored.then(|| ordered.iter().map(|row| row.score).collect()),
            line: ordered.iter().map(|row| row.line).collect(),
        }
    }
}

/// The rows by applicant, each list by rank.
fn ordered(rows: Vec<RawChoice>, offsets: &[u32]) -> Vec<RawChoice> {
    if rows.is_sorted_by_key(|row| (row.applicant, row.rank)) {
        return rows;
    }
    let mut next = offsets.to_vec();
    let blank = RawChoice { applicant: 0, programme: 0, rank: 0, line: 0, score: NO_SCORE };
    let mut ordered = vec![blank; rows.len()];
    for row in rows {
        let place = &mut next[row.applicant as usize];
        ordered[*place as usize] = row;
        *place += 1;
    }
    for bounds in offsets.windows(2) {
        // By line where ranks are equal, so that the message names the later row.
        ordered[bounds[0] as usize..bounds[1] as usize]
            .sort_unstable_by_key(|row| (row.rank, row.line));
    }
    ordered
}

/// One applicant's list: no rank twice, no gap, no programme twice.
fn check_list(
    applicant: usize,
    list: &[RawChoice],
    whole: bool,
    applicants: &Ids,
    programmes: &Ids,
    seen: &mut [u32],
    report: &mut Diagnostics,
) {
    let mut previous = 0;
    for row in list {
        let at =
            |code, message: String| Diagnostic::new(code, FILE, message).line(u64::from(row.line));
        if row.rank == previous {
            let message = format!("applicant {} has this rank twice", applicants.get(applicant));
            report.push(
                at(Code::RepeatedRank, message).column("choice_rank").value(&row.rank.to_string()),
            );
        } else if row.rank != previous + 1 && whole {
            let message = format!(
                "applicant {} has no choice of rank {}",
                applicants.get(applicant),
                previous + 1
            );
            report.push(
                at(Code::RankGap, message).column("choice_rank").value(&row.rank.to_string()),
            );
        }
        previous = row.rank;
        let id = programmes.get(row.programme as usize);
        if seen[row.programme as usize] == applicant as u32 {
            let message = format!("applicant {} has chosen it already", applicants.get(applicant));
            report.push(at(Code::DuplicateChoice, message).column("programme_id").value(id));
        }
        seen[row.programme as usize] = applicant as u32;
    }
}
