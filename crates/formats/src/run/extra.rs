//! The tables that only some runs have: moves to phone, and what over-admission may come to.

use crate::cell::{number, text};
use crate::column::TextColumn;
use crate::diagnostic::Diagnostics;
use crate::run::rows::Row;
use crate::table::Table;

/// A row of `proposals.csv`: a move that is offered by phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalRow<'a> {
    /// The chain that the move belongs to, from 1: it begins with a vacant seat or is a trade.
    pub chain: u32,
    /// The place of the move in its chain, from 1.
    pub step: u32,
    /// `vacancy`, or `trade` where everybody of the chain must agree.
    pub begins_with: &'static str,
    /// Who would move.
    pub applicant_id: &'a str,
    /// Where to.
    pub programme_id: &'a str,
    /// The quota group there; empty at a plain programme.
    pub quota_group: &'a str,
    /// The rank that the applicant gave it.
    pub choice_rank: u32,
    /// The seat that they would leave; empty when they hold none.
    pub leaves_programme_id: &'a str,
}

/// A row of `forecast.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForecastRow<'a> {
    /// The programme.
    pub programme_id: &'a str,
    /// Seats offered in this round.
    pub seats: u32,
    /// Seats that the school has.
    pub planned_seats: u32,
    /// Admitted.
    pub admitted: u32,
    /// Of these, expected to come; rounded half up.
    pub expected: u32,
}

impl Row for ProposalRow<'_> {
    const HEADER: &'static str = "chain,step,begins_with,applicant_id,programme_id,quota_group,\
        choice_rank,leaves_programme_id\n";

    fn write(&self, out: &mut Vec<u8>) {
        number(out, self.chain.into());
        out.push(b',');
        number(out, self.step.into());
        for cell in [self.begins_with, self.applicant_id, self.programme_id, self.quota_group] {
            out.push(b',');
            text(out, cell);
        }
        out.push(b',');
        number(out, self.choice_rank.into());
        out.push(b',');
        text(out, self.leaves_programme_id);
        out.push(b'\n');
    }
}

impl Row for ForecastRow<'_> {
    const HEADER: &'static str = "programme_id,seats,planned_seats,admitted,expected\n";

    fn write(&self, out: &mut Vec<u8>) {
        text(out, self.programme_id);
        for count in [self.seats, self.planned_seats, self.admitted, self.expected] {
            out.push(b',');
            number(out, count.into());
        }
        out.push(b'\n');
    }
}

/// `proposals.csv` in columns, as far as it can be checked.
#[derive(Clone, Debug, Default)]
pub struct ProposalTable {
    /// `applicant_id`.
    pub applicant_id: TextColumn,
    /// `programme_id`.
    pub programme_id: TextColumn,
    /// `quota_group`, empty at a plain programme.
    pub quota_group: TextColumn,
    /// `leaves_programme_id`, empty when the applicant holds no seat.
    pub leaves: TextColumn,
}

impl ProposalTable {
    pub(super) fn read(mut table: Table, report: &mut Diagnostics) -> Self {
        let columns = ["applicant_id", "programme_id", "quota_group", "leaves_programme_id"]
            .map(|name| table.require(name, report));
        let [Some(applicant), Some(programme), Some(group), Some(leaves)] = columns else {
            return Self::default();
        };
        let mut read = Self::default();
        let mut rows = table.rows(applicant);
        while let Some(row) = rows.next(report) {
            read.applicant_id.push(row.get(applicant));
            read.programme_id.push(row.get(programme));
            read.quota_group.push(row.get(group));
            read.leaves.push(row.get(leaves));
        }
        read
    }
}

/// `forecast.csv` in columns.
#[derive(Clone, Debug, Default)]
pub struct ForecastTable {
    /// `programme_id`.
    pub programme_id: TextColumn,
    /// `seats`, `planned_seats`, `admitted`, `expected`.
    pub counts: Vec<[u32; 4]>,
}

impl ForecastTable {
    pub(super) fn read(mut table: Table, report: &mut Diagnostics) -> Self {
        let programme = table.require("programme_id", report);
        let counts = ["seats", "planned_seats", "admitted", "expected"]
            .map(|name| table.require(name, report));
        let (Some(programme), [Some(a), Some(b), Some(c), Some(d)]) = (programme, counts) else {
            return Self::default();
        };
        let mut read = Self::default();
        let mut rows = table.rows(programme);
        while let Some(row) = rows.next(report) {
            read.programme_id.push(row.get(programme));
            read.counts.push([a, b, c, d].map(|at| super::read::count(&row, at, report)));
        }
        read
    }
}
