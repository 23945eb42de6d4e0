//! The rows of a finished run, tied together by their ids.

use std::ops::Range;

use antagning_formats::{Manifest, RunFiles};
use antagning_rules::Score;

use crate::proof::of_run::offers::Offers;
use crate::proof::of_run::verdict::takes_part;

/// The rows of the run, tied together by their ids.
pub(super) struct Rows<'a> {
    pub(super) files: &'a RunFiles,
    pub(super) offers: Offers<'a>,
    /// The rows of `outcomes.csv` by applicant.
    pub(super) lists: Vec<Range<usize>>,
    /// Where each applicant is placed.
    pub(super) placement: Vec<Option<u32>>,
    /// The quota group that took each applicant, counted within the programme.
    pub(super) placement_group: Vec<Option<u32>>,
    /// The programme of each row of `outcomes.csv`.
    pub(super) of_row: Vec<u32>,
    /// The quota group of each row of `outcomes.csv`, counted within the programme.
    pub(super) group_of_row: Vec<Option<u32>>,
}

impl<'a> Rows<'a> {
    pub(super) fn tie(
        files: &'a RunFiles,
        manifest: &Manifest,
        faults: &mut Vec<String>,
    ) -> Option<Self> {
        let offers = Offers::read(&files.programmes, manifest, faults);
        let (outcomes, placements) = (&files.outcomes, &files.placements);
        let mut of_row = Vec::with_capacity(outcomes.len());
        let mut group_of_row = Vec::with_capacity(outcomes.len());
        for (row, (id, line)) in outcomes.programme_id.iter().zip(&outcomes.line).enumerate() {
            let number = offers.number.get(id).copied();
            if number.is_none() {
                faults
                    .push(format!("outcomes.csv:{line}: programme {id} is not in programmes.csv"));
            }
            of_row.push(number.unwrap_or(0));
            let place = || format!("outcomes.csv:{line}");
            let name = outcomes.quota_group.get(row);
            group_of_row.push(number.and_then(|q| offers.group(q, name, &place, faults)));
        }
        let lists = lists(files, faults)?;
        let mut placement = Vec::with_capacity(lists.len());
        let mut placement_group = Vec::with_capacity(lists.len());
        for row in 0..placements.choice_rank.len() {
            let id = placements.programme_id.get(row);
            let number = offers.number.get(id).copied();
            let place = || format!("placements.csv:{}", row + 2);
            if number.is_none() && !id.is_empty() {
                faults.push(format!("{}: programme {id} is not in programmes.csv", place()));
            }
            placement.push(number);
            let name = placements.quota_group.get(row);
            placement_group.push(number.and_then(|q| offers.group(q, name, &place, faults)));
            if number.is_none() && !name.is_empty() {
                faults.push(format!("{}: quota_group \"{name}\" without a programme", place()));
            }
        }
        Some(Self { files, offers, lists, placement, placement_group, of_row, group_of_row })
    }

    /// What a row says beside status, reason and position: its cutoff, its rank, and the rank in
    /// `placements.csv`.
    pub(super) fn faults(&self) -> Vec<String> {
        let (outcomes, placements) = (&self.files.outcomes, &self.files.placements);
        let mut faults = Vec::new();
        for (applicant, list) in self.lists.iter().enumerate() {
            let mut placed_rank = 0;
            for (position, row) in list.clone().enumerate() {
                if outcomes.choice_rank[row] as usize != position + 1 {
                    faults.push(self.differs(row, "choice_rank", &outcomes.choice_rank[row]));
                }
                if outcomes.cutoff[row] != self.cutoff(row) {
                    let stands = outcomes.cutoff[row]
                        .map_or(String::new(), |c| Score::from_ten_thousandths(c).to_string());
                    faults.push(self.differs(row, "cutoff", &stands));
                }
                if !takes_part(outcomes.status.get(row)) {
                    let position = outcomes.reserve_position[row];
                    if position > 0 {
                        faults.push(self.differs(row, "reserve_position", &position));
                    }
                    let group = outcomes.quota_group.get(row);
                    if !group.is_empty() {
                        faults.push(self.differs(row, "quota_group", &group));
                    }
                }
                if outcomes.status.get(row) == "admitted" {
                    placed_rank = outcomes.choice_rank[row];
                }
            }
            if placements.choice_rank[applicant] != placed_rank {
                faults.push(format!(
                    "placements.csv:{}: choice_rank {} does not agree with outcomes.csv, which says {placed_rank}",
                    applicant + 2,
                    placements.choice_rank[applicant]
                ));
            }
        }
        faults
    }

    /// A cell of `outcomes.csv` that does not agree with the rest.
    pub(super) fn differs(
        &self,
        row: usize,
        column: &str,
        stands: &dyn std::fmt::Display,
    ) -> String {
        let line = self.files.outcomes.line[row];
        format!(
            "outcomes.csv:{line}: {column} \"{stands}\" does not agree with the rest of the run"
        )
    }

    /// The limit that a row is about: its quota group's, or that of a programme without groups.
    fn cutoff(&self, row: usize) -> Option<u64> {
        let programme = self.of_row[row];
        let groups = self.offers.groups_of(programme);
        let of = match self.group_of_row[row] {
            Some(group) => self.offers.groups[groups.start + group as usize].row,
            None if groups.is_empty() => self.offers.row[programme as usize],
            None => return None,
        };
        self.files.programmes.scores[of][0]
    }
}

/// The rows of each applicant of `placements.csv`; both files stand in the order of ids.
fn lists(files: &RunFiles, faults: &mut Vec<String>) -> Option<Vec<Range<usize>>> {
    let (placements, outcomes) = (&files.placements.applicant_id, &files.outcomes.applicant_id);
    for (row, (id, next)) in placements.iter().zip(placements.iter().skip(1)).enumerate() {
        if id >= next {
            faults.push(format!(
                "placements.csv:{}: applicant {next} does not stand in the order of ids",
                row + 3
            ));
            return None;
        }
    }
    let (mut lists, mut row) = (Vec::with_capacity(placements.len()), 0);
    for id in placements.iter() {
        let first = row;
        while row < outcomes.len() && outcomes.get(row) == id {
            row += 1;
        }
        lists.push(first..row);
    }
    if row < outcomes.len() {
        faults.push(format!(
            "outcomes.csv:{}: applicant {} stands out of order or is not in placements.csv",
            files.outcomes.line[row],
            outcomes.get(row)
        ));
        return None;
    }
    Some(lists)
}
