//! `choices.csv`.

use crate::code::Code;
use crate::column::{Ids, Interner, LostRows};
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

/// The readable rows in file order, with the applicants numbered as they appear, and whom a faulty
/// row concerns.
pub(super) struct Rows {
    rows: Vec<RawChoice>,
    applicants: Interner,
    /// Applicant and line of each row that could not be read: their gaps are a consequence, not a
    /// fault.
    faulty: Vec<(u32, u32)>,
    /// Rows that could not even be taken apart.
    lost: LostRows,
    /// Whether a row has a score, readable or not.
    scored: bool,
    /// How the header writes the column of applicants.
    applicant_column: String,
}

impl Choices {
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
    /// Reads the rows; who the applicants are is for later.
    pub(super) fn read(mut table: Table, programmes: &Ids, report: &mut Diagnostics) -> Self {
        let columns =
            ["applicant_id", "choice_rank", "programme_id"].map(|name| table.require(name, report));
        let score = table.column("score");
        table.report_other_columns(report);
        let mut read = Self {
            rows: Vec::new(),
            applicants: Interner::default(),
            faulty: Vec::new(),
            lost: LostRows::default(),
            scored: false,
            applicant_column: String::new(),
        };
        let [Some(applicant), Some(rank), Some(programme)] = columns else {
            read.lost.unnamed = true;
            return read;
        };
        read.applicant_column.push_str(table.name(applicant));

        // Rows of one applicant mostly stand together: the last answer saves most look-ups.
        let (mut last_id, mut last_number) = (String::new(), 0);
        let mut rows = table.rows(applicant);
        while let Some(row) = rows.next(report) {
            if last_id.is_empty() || row.get(applicant) != last_id {
                let Some(id) = row.id(applicant, report) else {
                    rows.lost.unnamed = true;
                    continue;
                };
                last_number = read.applicants.intern(id).0;
                last_id.clear();
                last_id.push_str(id);
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
            let (applicant, line) = (last_number, u32::try_from(row.line).unwrap_or(u32::MAX));
            match (known, parsed_rank, parsed_score) {
                (Some(programme), Some(rank @ 1..), score) if score != Some(None) => {
                    let score = score.flatten().unwrap_or(NO_SCORE);
                    read.rows.push(RawChoice { applicant, programme, rank, line, score });
                }
                _ => read.faulty.push((applicant, line)),
            }
        }
        if rows.met() == 0 {
            report.push(Diagnostic::new(Code::NoRows, FILE, "the file has no choice"));
            rows.lost.unnamed = true;
        }
        read.lost = rows.lost;
        read
    }

    /// The choices of applicants who stand in a file of their own; others are reported.
    pub(super) fn of_known(
        mut self,
        known: &Ids,
        programmes: &Ids,
        report: &mut Diagnostics,
    ) -> Choices {
        let ids = std::mem::take(&mut self.applicants).into_texts();
        let number: Vec<Option<u32>> =
            ids.iter().enumerate().map(|(guess, id)| known.find_at(guess, id)).collect();
        let mut unknown = |applicant: u32, line: u32| {
            let id = ids.get(applicant as usize);
            self.lost.ids.push(id.to_owned());
            if known.surely_lacks(id) {
                let fault = Diagnostic::new(Code::UnknownApplicant, FILE, "no such applicant");
                let column = self.applicant_column.as_str();
                report.push(fault.line(u64::from(line)).column(column).value(id));
            }
        };
        self.rows.retain_mut(|row| match number[row.applicant as usize] {
            Some(number) => {
                row.applicant = number;
                true
            }
            None => {
                unknown(row.applicant, row.line);
                false
            }
        });
        self.faulty.retain_mut(|(applicant, line)| match number[*applicant as usize] {
            Some(number) => {
                *applicant = number;
                true
            }
            None => {
                unknown(*applicant, *line);
                false
            }
        });
        let lost = self.lost.ids.iter().filter_map(|id| known.find(id));
        self.faulty.extend(lost.map(|applicant| (applicant, 0)));
        self.into_choices(known, programmes, report)
    }

    /// The choices when the applicants are those who choose, with their ids in text order.
    pub(super) fn of_choosers(
        mut self,
        programmes: &Ids,
        report: &mut Diagnostics,
    ) -> (Ids, Choices) {
        let (ids, order) = std::mem::take(&mut self.applicants).into_sorted();
        if !order.is_sorted() {
            let mut new = vec![0; order.len()];
            order.iter().enumerate().for_each(|(number, &old)| new[old as usize] = number as u32);
            self.rows.iter_mut().for_each(|row| row.applicant = new[row.applicant as usize]);
            self.faulty.iter_mut().for_each(|(applicant, _)| *applicant = new[*applicant as usize]);
        }
        let lost = self.lost.ids.iter().filter_map(|id| ids.find(id));
        self.faulty.extend(lost.map(|applicant| (applicant, 0)));
        let ids = ids.with_lost(self.lost.clone());
        let choices = self.into_choices(&ids, programmes, report);
        (ids, choices)
    }

    /// Orders the rows by applicant and rank and checks each list. O(choices).
    fn into_choices(self, applicants: &Ids, programmes: &Ids, report: &mut Diagnostics) -> Choices {
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
        let mut faulty: Vec<u32> = self.faulty.iter().map(|(applicant, _)| *applicant).collect();
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
