//! Where a seat must be added: an error that was mended late takes no seat back.

use std::collections::BTreeMap;

use antagning_formats::{Code, Diagnostic, Event};
use antagning_rules::{Assessment, Outcomes, Reason, Status};

use crate::season::Season;

/// A warning for each programme where somebody whose appeal was won, or whose grade was corrected,
/// waits although they would go before one of those who hold a seat there: so many seats are to be
/// added, for those applicants.
///
/// O(mended choices · holders of the same programme).
pub(crate) fn seats_to_add(
    season: &Season,
    assessment: &Assessment<'_>,
    outcomes: &Outcomes,
) -> Vec<Diagnostic> {
    let data = &season.data;
    let programme_of = |choice: u32| data.choices.programme[choice as usize];
    let waits = |choice: &u32| {
        let outcome = &outcomes.choices[*choice as usize];
        outcome.status == Status::Reserve && outcome.reason != Reason::OfferedByPhone
    };
    let waiting: Vec<u32> = season.standing.mended().filter(waits).collect();
    if waiting.is_empty() {
        return Vec::new();
    }
    let mut holders: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (_, choice) in season.held_seats() {
        let holds_on = outcomes.choices[choice as usize].reason == Reason::HoldsSeat;
        if holds_on {
            holders.entry(programme_of(choice)).or_default().push(choice);
        }
    }
    let mut owed: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for choice in waiting {
        let programme = programme_of(choice);
        let mut there = holders.get(&programme).into_iter().flatten();
        if there.any(|holder| assessment.would_pass(choice as usize, *holder as usize)) {
            let applicant = data.choices.offsets.partition_point(|start| *start <= choice) - 1;
            owed.entry(programme).or_default().push(data.applicant_ids.get(applicant));
        }
    }
    let warning = |(programme, applicants): (u32, Vec<&str>)| {
        let id = data.programmes.ids.get(programme as usize);
        let message =
            format!("seats to add at {id}: {}, for {}", applicants.len(), applicants.join(", "));
        Diagnostic::new(Code::SeatToAdd, Event::FILE, message).column("programme_id").value(id)
    };
    owed.into_iter().map(warning).collect()
}
