//! A list, or a score, as it should have been.

use antagning_formats::{Code, Decision};
use antagning_rules::Score;

use crate::what_if::draft::Draft;

/// Takes a list in the place of the applicant's own.
pub(super) fn replace(draft: &mut Draft<'_>, decision: &Decision) {
    if !may_be_changed(draft, decision) {
        return;
    }
    let known = draft.data.choices.of(draft.applicant as usize);
    let mut list: Vec<(u32, u64)> = Vec::new();
    for entry in decision.value.split_whitespace() {
        let Some((programme, score)) = wish(draft, entry) else { return };
        let earlier = known.clone().find(|row| draft.data.choices.programme[*row] == programme);
        let of_file = draft.data.choices.score.as_ref();
        let score = match (score, of_file, earlier) {
            (Some(score), _, _) => score,
            (None, None, _) => 0,
            (None, Some(scores), Some(row)) => scores[row],
            (None, Some(_), None) => {
                let message = "the choice is new and has no score: write programme=score";
                let fault = draft.fault(Code::MissingScore, message).value(entry);
                return draft.faults.push(fault);
            }
        };
        if list.iter().any(|(known, _)| *known == programme) {
            let fault = draft.fault(Code::DuplicateChoice, "the programme stands twice");
            return draft.faults.push(fault.value(entry));
        }
        list.push((programme, score));
    }
    if list.is_empty() {
        let message = "the list is empty: suppose a withdrawal instead";
        let fault = draft.fault_of(Code::MissingValue, decision, message);
        return draft.faults.push(fault);
    }
    let choices = &mut draft.data.choices;
    let (before, now) = (known.len() as u32, list.len() as u32);
    choices.programme.splice(known.clone(), list.iter().map(|(programme, _)| *programme));
    if let Some(scores) = &mut choices.score {
        scores.splice(known.clone(), list.iter().map(|(_, score)| *score));
    }
    choices.line.splice(known, list.iter().map(|_| 0));
    let later = &mut choices.offsets[draft.applicant as usize + 1..];
    later.iter_mut().for_each(|offset| *offset = *offset - before + now);
    draft.list = list.into_iter().map(|(programme, _)| programme).collect();
    draft.drop_unlisted();
}

/// Takes a score in the place of the one that the choice has.
pub(super) fn score(draft: &mut Draft<'_>, decision: &Decision) {
    if !may_be_changed(draft, decision) {
        return;
    }
    let Some((programme, score)) = wish(draft, decision.value.trim()) else { return };
    let mut rows = draft.data.choices.of(draft.applicant as usize);
    let row = rows.find(|row| draft.data.choices.programme[*row] == programme);
    let fault = match (row, score) {
        (None, _) => draft.fault(Code::OrphanedDecision, "the applicant has not chosen it"),
        (_, None) => draft.fault(Code::MissingScore, "write programme=score"),
        (Some(row), Some(score)) => {
            if let Some(scores) = &mut draft.data.choices.score {
                scores[row] = score;
            }
            return;
        }
    };
    draft.faults.push(fault.column("score").value(&decision.value));
}

/// A list that events changed since is for events to correct.
fn may_be_changed(draft: &mut Draft<'_>, decision: &Decision) -> bool {
    let matter = decision.value.split('=').next().unwrap_or_default().trim();
    let is_first = match decision.kind.as_str() {
        "choices" => draft.settled.insert(String::new()),
        _ => draft.settled.insert(matter.to_owned()),
    };
    let fault = if !is_first {
        draft.excluded(decision)
    } else if draft.list_is_of_events {
        let message = "an event has changed the list since";
        let fault = draft.fault_of(Code::ContradictoryDecision, decision, message);
        fault.hint("suppose it of the run before that event")
    } else {
        return true;
    };
    draft.faults.push(fault);
    false
}

/// `programme` or `programme=score`; what it cannot be is reported.
fn wish(draft: &mut Draft<'_>, entry: &str) -> Option<(u32, Option<u64>)> {
    let (id, score) = match entry.split_once('=') {
        Some((id, score)) => (id.trim(), Some(score.trim())),
        None => (entry, None),
    };
    let programme = draft.data.programmes.ids.find(id);
    let (code, message) = match (programme, score.map(Score::parse)) {
        (None, _) => (Code::UnknownProgramme, "no such programme"),
        (_, Some(_)) if draft.data.choices.score.is_none() => {
            (Code::OrphanedDecision, "only a market season has scores")
        }
        (_, Some(None)) => (Code::NotANumber, "no such score"),
        (Some(programme), Some(Some(score))) => {
            return Some((programme, Some(score.ten_thousandths())));
        }
        (Some(programme), None) => return Some((programme, None)),
    };
    let fault = draft.fault(code, message).value(entry);
    draft.faults.push(fault);
    None
}
