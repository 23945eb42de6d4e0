//! What a session came to, as rows of `events.csv`.

use crate::phone::record::Record;
use crate::phone::state::{Changes, Gone, State, Told};
use crate::proof::Holdings;
use crate::rounds::Seat;

const HEADER: [&str; 7] =
    ["date", "event", "applicant_id", "programme_id", "value", "source", "reason"];

/// A row but for its date and source, with the record that gives them.
struct Row {
    record: u64,
    event: &'static str,
    applicant_id: String,
    programme_id: String,
    value: String,
}

/// The rows that place everybody as `state` has them, in a run after that of `holdings`; each tells
/// what became of something, not how, so that no two contradict each other.
pub(super) fn csv(holdings: &Holdings, state: &State, records: &[Record]) -> String {
    let mut rows = Vec::new();
    for (unit, changes) in &state.changes {
        of_seats(holdings, state, *unit, changes, &mut rows);
    }
    for (applicant, told) in &state.told {
        of_applicant(holdings, state, *applicant, told, &mut rows);
    }
    rows.sort_by_key(|row| row.record);
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut written = table.write_record(HEADER);
    for row in rows {
        // Records are numbered from 1.
        let record = &records[row.record as usize - 1];
        let source = match record.by.as_str() {
            "" => "phone".to_owned(),
            by => format!("phone: {by}"),
        };
        let reason = format!("record {}", record.seq);
        written = written.and_then(|()| {
            table.write_record([
                record.date.as_str(),
                row.event,
                &row.applicant_id,
                &row.programme_id,
                &row.value,
                &source,
                &reason,
            ])
        });
    }
    let text = written.ok().and_then(|()| table.into_inner().ok());
    let text = text.and_then(|text| String::from_utf8(text).ok());
    text.expect("rows of one length in memory")
}

/// Seats come before they are taken and go after, so that there are never fewer than none.
fn of_seats(
    holdings: &Holdings,
    state: &State,
    unit: usize,
    changes: &Changes,
    rows: &mut Vec<Row>,
) {
    let room = &state.room;
    // The files number programmes with 32 bits.
    let programme = room.offsets.partition_point(|first| *first as usize <= unit) as u32 - 1;
    let group = (unit - room.offsets[programme as usize] as usize) as u16;
    let name = holdings.group_name(Seat { programme, group });
    let suffix = if name.is_empty() { String::new() } else { format!(":{name}") };
    let mut push = |record, event, value: String| {
        rows.push(Row {
            record,
            event,
            applicant_id: String::new(),
            programme_id: holdings.programmes[programme as usize].id.clone(),
            value: value + &suffix,
        });
    };
    let changed = match changes.change {
        0 => None,
        1.. => changes.changed.first(),
        _ => changes.changed.last(),
    };
    if let Some(record) = changed {
        push(*record, "seats", format!("{:+}", changes.change));
    }
    if changes.filled > 0 {
        push(changes.last_filled, "seat_filled", changes.filled.to_string());
    }
}

fn of_applicant(
    holdings: &Holdings,
    state: &State,
    applicant: u32,
    told: &Told,
    rows: &mut Vec<Row>,
) {
    let id = holdings.applicant_ids.get(applicant as usize);
    let mut push = |record, event, programme: Option<u32>, value: &str| {
        let programme = programme.map(|programme| &holdings.programmes[programme as usize].id);
        rows.push(Row {
            record,
            event,
            applicant_id: id.to_owned(),
            programme_id: programme.cloned().unwrap_or_default(),
            value: value.to_owned(),
        });
    };
    let before = holdings.held[applicant as usize];
    if let Some(gone) = told.gone {
        // Only a seat that the run gave can be answered about.
        match (gone, before) {
            (Gone::Declined, Some(_)) => push(told.last, "answer", None, "decline"),
            (Gone::NoShow, Some(_)) => push(told.last, "no_show", None, ""),
            _ => push(told.last, "withdrawal", None, ""),
        }
        return;
    }
    let now = state.held[applicant as usize];
    // What is wanted less than the seat held needs no word; without a seat, nothing comes back.
    let mut list = holdings.list(applicant);
    if let Some((held, _)) = now {
        list.end = held;
    }
    for wish in list.filter(|wish| !state.alive[*wish as usize]) {
        let record = told.declined.get(&wish).copied().unwrap_or(told.last);
        let programme = holdings.wishes[wish as usize].programme;
        push(record, "withdrawal", Some(programme), "");
    }
    if let Some((_, seat)) = now.filter(|now| Some(*now) != before) {
        // Whoever held a seat before has answered, whatever no answer stands for.
        if before.is_some() {
            push(told.taken, "answer", None, "accept_and_wait");
        }
        push(told.taken, "seat_filled", Some(seat.programme), holdings.group_name(seat));
    }
}
