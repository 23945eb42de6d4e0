//! The tables of one run, found by applicant and programme.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use antagning_formats::{Manifest, OutcomeTable, RunFiles};

use crate::diff::movement::Seat;
use crate::error::Error;
use crate::run::Run;

/// The tables of one run. Nothing is trusted beyond the digests: a row that is missing is missing.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    pub(super) manifest: Manifest,
    pub(super) files: RunFiles,
}

/// The same, with everybody and every programme found by id.
#[derive(Clone, Debug)]
pub(super) struct Index<'t> {
    pub(super) manifest: &'t Manifest,
    pub(super) outcomes: &'t OutcomeTable,
    pub(super) people: BTreeMap<&'t str, Person<'t>>,
    /// The row of each programme as a whole.
    pub(super) programmes: BTreeMap<&'t str, usize>,
    tables: &'t Tables,
}

/// What a run says of one applicant.
#[derive(Clone, Debug, Default)]
pub(super) struct Person<'t> {
    /// The rows of the applicant in `outcomes.csv`.
    pub(super) rows: Range<usize>,
    pub(super) seat: Option<Held<'t>>,
}

/// A seat that somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held<'t> {
    pub(super) programme: &'t str,
    pub(super) group: &'t str,
    pub(super) rank: u32,
}

impl Held<'_> {
    pub(super) fn to_seat(self) -> Seat {
        Seat {
            programme_id: self.programme.to_owned(),
            quota_group: self.group.to_owned(),
            choice_rank: self.rank,
        }
    }
}

impl Tables {
    /// Reads a run whose digests hold.
    pub(super) fn read(run: &Run) -> Result<Self, Error> {
        Ok(Self { manifest: run.manifest().clone(), files: run.files()? })
    }

    /// O((applicants + choices) · log).
    pub(super) fn index(&self) -> Index<'_> {
        let (outcomes, placements) = (&self.files.outcomes, &self.files.placements);
        let mut people: BTreeMap<&str, Person<'_>> = BTreeMap::new();
        let mut start = 0;
        while start < outcomes.len() {
            let id = outcomes.applicant_id.get(start);
            let same = (start..outcomes.len()).take_while(|r| outcomes.applicant_id.get(*r) == id);
            let rows = start..start + same.count();
            start = rows.end;
            people.insert(id, Person { rows, seat: None });
        }
        for (row, id) in placements.applicant_id.iter().enumerate() {
            let person = people.entry(id).or_default();
            let programme = placements.programme_id.get(row);
            if !programme.is_empty() {
                let group = placements.quota_group.get(row);
                let rank = placements.choice_rank[row];
                person.seat = Some(Held { programme, group, rank });
            }
        }
        let table = &self.files.programmes;
        let rows = table.programme_id.iter().enumerate();
        let whole = rows.filter(|(row, _)| table.quota_group.get(*row).is_empty());
        Index {
            manifest: &self.manifest,
            outcomes,
            people,
            programmes: whole.map(|(row, id)| (id, row)).collect(),
            tables: self,
        }
    }
}

impl<'t> Index<'t> {
    /// The row about an applicant's choice of a programme.
    pub(super) fn row(&self, person: &Person<'_>, programme: &str) -> Option<usize> {
        person.rows.clone().find(|row| self.outcomes.programme_id.get(*row) == programme)
    }

    /// `seats`, `applicants`, `first_choice_applicants`, `admitted`, `vacant`, `reserves` of a
    /// programme; zeros where the run has no such programme.
    pub(super) fn counts(&self, programme: &str) -> [u32; 6] {
        let row = self.programmes.get(programme);
        row.map_or([0; 6], |row| self.tables.files.programmes.counts[*row])
    }

    /// The offers that are closed while somebody asks for them.
    pub(super) fn closed(&self) -> BTreeSet<&'t str> {
        let rows = 0..self.outcomes.len();
        let closed = rows.filter(|row| self.outcomes.reason.get(*row) == "offer_closed");
        closed.map(|row| self.outcomes.programme_id.get(row)).collect()
    }
}
