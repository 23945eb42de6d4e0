//! The seats that a run says were held when it began.

use std::collections::{BTreeMap, BTreeSet};

use antagning_formats::{HeldCounts, Manifest};

use crate::proof::of_run::rows::Rows;

/// How many rows state a held seat, and what is wrong with them: whoever holds a seat keeps it or
/// is placed at a choice that they want more.
pub(super) fn faults(rows: &Rows<'_>, manifest: &Manifest) -> (usize, Vec<String>) {
    let outcomes = &rows.files.outcomes;
    let holds = |row: &usize| states_hold(outcomes.keys.get(*row));
    let mut faults = Vec::new();
    let (mut counts, mut placed) = (HeldCounts::default(), 0);
    for (applicant, list) in rows.lists.iter().enumerate() {
        placed += u64::from(rows.placement[applicant].is_some());
        let mut held = list.clone().filter(holds);
        let Some(row) = held.next() else { continue };
        if held.next().is_some() {
            let id = outcomes.applicant_id.get(row);
            faults.push(format!("outcomes.csv: {id} holds two seats"));
        }
        counts.seats += 1;
        match outcomes.status.get(row) {
            "admitted" => counts.kept += 1,
            "struck" => counts.moved_up += 1,
            status => faults.push(rows.differs(row, "status", &status)),
        }
    }
    let held = counts.seats as usize;
    counts.newly_placed = placed.saturating_sub(counts.seats);
    if held > 0 && manifest.predecessor.is_none() {
        faults.push("manifest.json: seats are held, and no run gave them".to_owned());
    }
    if manifest.counts.held.is_some_and(|stated| stated != counts)
        || manifest.counts.held.is_some() != (manifest.round == "reserve")
    {
        faults.push("manifest.json: held does not agree with outcomes.csv".to_owned());
    }
    faults.extend(own_seats_faults(rows, manifest));
    (held, faults)
}

/// What is wrong with the season's own seats where the table shows others: they name rows of the
/// table, and no more seats were added than there are applicants to hold them.
fn own_seats_faults(rows: &Rows<'_>, manifest: &Manifest) -> Vec<String> {
    let (files, offers) = (rows.files, &rows.offers);
    let mut faults = Vec::new();
    let mut added: BTreeMap<u32, i64> = BTreeMap::new();
    let mut named = BTreeSet::new();
    for own in &manifest.own_seats {
        let (id, name) = (own.programme_id.as_str(), own.quota_group.as_str());
        let found = offers.number.get(id).and_then(|&programme| {
            let groups = &offers.groups[offers.groups_of(programme)];
            let row = match groups.is_empty() {
                true => name.is_empty().then(|| offers.row[programme as usize]),
                false => groups.iter().find(|group| group.name == name).map(|group| group.row),
            };
            Some((programme, row?))
        });
        let Some((programme, row)) = found.filter(|_| named.insert((id, name))) else {
            faults.push(format!("manifest.json: own_seats cannot be of {id} {name}"));
            continue;
        };
        let shown = i64::from(files.programmes.counts[row][0]);
        *added.entry(programme).or_default() += shown - i64::from(own.seats);
    }
    let mut holders: BTreeMap<u32, i64> = BTreeMap::new();
    for (row, programme) in rows.of_row.iter().enumerate() {
        let holds = states_hold(files.outcomes.keys.get(row));
        let is_placed = files.outcomes.status.get(row) == "admitted";
        *holders.entry(*programme).or_default() += i64::from(holds || is_placed);
    }
    for (programme, added) in added {
        if !(0..=holders.get(&programme).copied().unwrap_or(0)).contains(&added) {
            let id = files.programmes.programme_id.get(offers.row[programme as usize]);
            faults.push(format!("manifest.json: own_seats of {id} do not go with its holders"));
        }
    }
    faults
}

/// Whether the keys of a row state that the seat is held.
pub(crate) fn states_hold(keys: &str) -> bool {
    keys.split(' ').any(|key| key == "holds=1")
}

/// What the manifest says of the chain that no run has otherwise.
pub(super) fn chain_words(manifest: &Manifest) -> Vec<String> {
    let (sequence, round) = (manifest.sequence, manifest.round.as_str());
    let sound = match &manifest.predecessor {
        None => sequence == 1 && round != "reserve",
        Some(before) => {
            let follows = match before.round.as_str() {
                "preliminary" => round == "final",
                "final" | "reserve" => round == "reserve",
                _ => false,
            };
            follows && before.sequence.checked_add(1) == Some(sequence)
        }
    };
    let lines = &manifest.event_lines;
    let known = lines.is_empty() || lines.len() == sequence as usize && lines.is_sorted();
    let mut wrong = Vec::new();
    if !sound {
        wrong.push(format!("manifest.json: {round} as run {sequence} of its chain cannot be"));
    }
    if !known {
        wrong.push("manifest.json: event_lines do not go with the chain".to_owned());
    }
    wrong
}
