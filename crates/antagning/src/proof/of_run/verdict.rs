//! The rows that take part, handed to the verifier.

use antagning_formats::Manifest;
use antagning_verify::{
    Applications, Case, Columns, GroupColumns, Published, ShapeError, Status, Ties, Verdict, check,
    check_published, check_published_before_moves,
};

use crate::proof::of_run::keys::{AllKeys, chain, marks};
use crate::proof::of_run::rows::Rows;

/// The choices that take part, as rows of `outcomes.csv`, with the keys that ranked them.
pub(super) struct Entrants {
    /// Where each applicant's begin, one more entry than applicants.
    pub(super) offsets: Vec<usize>,
    pub(super) rows: Vec<usize>,
    pub(super) keys: AllKeys,
}

impl Entrants {
    pub(super) fn new(rows: &Rows<'_>, manifest: &Manifest) -> Self {
        let takes_part = |row: &usize| takes_part(rows.files.outcomes.status.get(*row));
        let (mut offsets, mut entrants) = (vec![0], Vec::new());
        for list in &rows.lists {
            entrants.extend(list.clone().filter(takes_part));
            offsets.push(entrants.len());
        }
        let keys = AllKeys::new(rows, manifest, &offsets, &entrants);
        Self { offsets, rows: entrants, keys }
    }

    pub(super) fn verdict(
        &self,
        rows: &Rows<'_>,
        manifest: &Manifest,
    ) -> Result<Verdict, ShapeError> {
        let (outcomes, table) = (&rows.files.outcomes, &rows.files.programmes);
        let programme: Vec<u32> = self.rows.iter().map(|row| rows.of_row[*row]).collect();
        let score: Vec<u64> = self.rows.iter().map(|row| outcomes.score[*row]).collect();
        let seats: Vec<u32> = rows.offers.row.iter().map(|row| table.counts[*row][0]).collect();
        let groups = &rows.offers.groups;
        let group_seats: Vec<u32> = groups.iter().map(|group| table.counts[group.row][0]).collect();
        let unfilled_to: Vec<_> = groups.iter().map(|group| group.unfilled_to).collect();
        let ranked_by_hand: Vec<_> = groups.iter().map(|group| group.by_hand).collect();
        let by_all = |placement_group| GroupColumns {
            offsets: &rows.offers.offsets,
            seats: &group_seats,
            unfilled_to: &unfilled_to,
            ranked_by_hand: &ranked_by_hand,
            tiers: 1 << marks(&chain(manifest)),
            tier: &self.keys.tier,
            claim_offsets: &self.keys.claim_offsets,
            claim_group: &self.keys.claim_group,
            claim_key: &self.keys.claim_key,
            claim_score: &self.keys.claim_score,
            placement_group,
        };
        let placed = |placement, placement_group| {
            Case::new(Columns {
                seats: &seats,
                offsets: &self.offsets,
                programme: &programme,
                key: &self.keys.plain,
                score: &score,
                placement,
                by_hand: &self.keys.by_hand,
                ties: match manifest.at_cutoff.as_str() {
                    "admit_all" => Ties::AdmitAll,
                    "reject_all" => Ties::RejectAll,
                    _ => Ties::Strict,
                },
                groups: (!groups.is_empty()).then(|| by_all(placement_group)),
            })
        };
        let case = placed(&rows.placement, &rows.placement_group)?;
        let status: Vec<_> =
            self.rows.iter().map(|row| status(outcomes.status.get(*row))).collect();
        let position = |row: &usize| Some(outcomes.reserve_position[*row]).filter(|p| *p > 0);
        let positions: Vec<_> = self.rows.iter().map(position).collect();
        let group: Vec<_> = self.rows.iter().map(|row| rows.group_of_row[*row]).collect();
        let first = |row: &usize| outcomes.choice_rank[*row] == 1;
        let first_application: Vec<_> = self.rows.iter().map(first).collect();
        let applications = rows
            .lists
            .iter()
            .flat_map(|list| list.clone().map(|row| (rows.of_row[row], row == list.start)));
        let applications = Applications::count(seats.len(), applications)?;
        let programmes = rows.offers.published(table);
        let published = Published {
            programmes: &programmes,
            status: &status,
            reserve_position: &positions,
            group: &group,
            first_application: &first_application,
            applications: &applications,
        };
        let Some(moves) = &rows.moves else {
            return Ok(check(&case).and(check_published(&case, &published)?));
        };
        // What is offered must be stable and best; until then everybody keeps what they hold.
        let offered = placed(&moves.placement, &moves.placement_group)?;
        Ok(check(&offered).and(check_published_before_moves(&case, &published)?))
    }
}

/// Whether a choice with this status was ranked.
pub(super) fn takes_part(status: &str) -> bool {
    !matches!(status, "ineligible" | "not_received" | "withdrawn")
}

fn status(text: &str) -> Status {
    match text {
        "admitted" => Status::Admitted,
        "reserve" => Status::Reserve,
        "struck" => Status::Struck,
        _ => Status::Other,
    }
}
