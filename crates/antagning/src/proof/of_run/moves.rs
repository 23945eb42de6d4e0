//! The moves that a run offers by phone.

use crate::proof::of_run::rows::Rows;

/// What the manifest of a run says that moves nobody without being asked.
pub(super) const BY_PHONE: &str = "by_phone";

/// Where everybody would be if all who are offered a seat took it.
pub(super) struct Moves {
    pub(super) placement: Vec<Option<u32>>,
    pub(super) placement_group: Vec<Option<u32>>,
    /// The rows of `outcomes.csv` that are offered.
    pub(super) offered: Vec<bool>,
}

impl Moves {
    /// Ties `proposals.csv` to the other tables; `None` when it cannot be.
    pub(super) fn read(rows: &Rows<'_>, faults: &mut Vec<String>) -> Option<Self> {
        let Some(table) = &rows.files.proposals else {
            faults.push("proposals.csv: the run offers moves by phone, and lists none".to_owned());
            return None;
        };
        let mut moves = Self {
            placement: rows.placement.clone(),
            placement_group: rows.placement_group.clone(),
            offered: vec![false; rows.of_row.len()],
        };
        // The placements stand in the order of ids.
        let ids: Vec<&str> = rows.files.placements.applicant_id.iter().collect();
        for row in 0..table.applicant_id.len() {
            let place = || format!("proposals.csv:{}", row + 2);
            let (id, to) = (table.applicant_id.get(row), table.programme_id.get(row));
            let applicant = ids.binary_search(&id).ok();
            let programme = rows.offers.number.get(to).copied();
            let chosen = applicant.zip(programme).and_then(|(applicant, programme)| {
                let mut list = rows.lists[applicant].clone();
                let row = list.find(|row| rows.of_row[*row] == programme)?;
                Some((applicant, programme, row))
            });
            let Some((applicant, programme, chosen)) = chosen else {
                faults.push(format!("{}: {id} has not chosen {to}", place()));
                continue;
            };
            if rows.files.placements.programme_id.get(applicant) != table.leaves.get(row) {
                faults.push(format!("{}: {id} does not hold what they would leave", place()));
            }
            if rows.lists[applicant].clone().any(|row| moves.offered[row]) {
                faults.push(format!("{}: {id} is offered two seats", place()));
            }
            let group = table.quota_group.get(row);
            moves.placement[applicant] = Some(programme);
            moves.placement_group[applicant] = rows.offers.group(programme, group, &place, faults);
            moves.offered[chosen] = true;
        }
        Some(moves)
    }
}
