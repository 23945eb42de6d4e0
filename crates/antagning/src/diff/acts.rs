//! What applicants did themselves, or was decided about them, and that explains their move.

use std::collections::BTreeMap;

use crate::diff::movement::Movement;
use crate::diff::tables::{Index, Person};

/// An applicant in both runs.
#[derive(Clone, Copy)]
pub(super) struct Pair<'i, 't> {
    pub(super) before: &'i Index<'t>,
    pub(super) after: &'i Index<'t>,
    pub(super) was: Option<&'i Person<'t>>,
    pub(super) is: Option<&'i Person<'t>>,
}

/// What an applicant did or what was decided about them.
#[derive(Clone, Debug)]
pub(super) struct Act {
    /// As in [`Root::cause`](crate::diff::Root::cause).
    pub(super) cause: &'static str,
    /// The seat that it won or lost.
    pub(super) programme_id: Option<String>,
}

/// Events and decisions that may improve somebody's position, the most telling first.
const IMPROVING: [&str; 15] = [
    "seat_filled",
    "manual_placement",
    "appeal_won",
    "late_application",
    "changed_choices",
    "new_grade",
    "grade_corrected",
    "english_exemption",
    "equivalent_knowledge",
    "nordic_applicant",
    "dance_training",
    "free_quota_rank",
    "sport_approval",
    "first_hand",
    "second_hand",
];

/// Events and decisions that may worsen it.
const WORSENING: [&str; 6] = [
    "withdrawal",
    "not_received",
    "finished_programme",
    "second_hand",
    "late_application",
    "grade_corrected",
];

impl Pair<'_, '_> {
    /// The act that explains a move by itself, if there is one: its trace must be in the row of the
    /// seat that was won or lost and point in the direction of the move. Otherwise others moved
    /// the applicant.
    pub(super) fn act(&self, movement: Movement) -> Option<Act> {
        let seat = |person: Option<&Person<'_>>| Some(person?.seat?.programme.to_owned());
        let (from, to) = (seat(self.was), seat(self.is));
        let (Some(was), Some(is)) = (self.was, self.is) else {
            return match self.is {
                Some(_) => Some(Act { cause: "applicant_added", programme_id: to }),
                None => Some(Act { cause: "applicant_removed", programme_id: from }),
            };
        };
        let lost = || {
            let programme_id = from.clone()?;
            let cause = self.loss(was, is, &programme_id)?;
            Some(Act { cause, programme_id: Some(programme_id) })
        };
        let won = || {
            let programme_id = to.clone()?;
            let cause = self.gain(was, is, &programme_id)?;
            Some(Act { cause, programme_id: Some(programme_id) })
        };
        match movement {
            Movement::Unchanged | Movement::OtherGroup => None,
            // A list that puts the two seats in another order explains itself.
            Movement::Changed => {
                let listed = || Act { cause: "changed_choices", programme_id: to.clone() };
                Some(lost().or_else(won).unwrap_or_else(listed))
            }
            _ if movement.gains() => won(),
            _ => lost(),
        }
    }

    /// The act by which an applicant who waited for a programme waits no more, if so.
    pub(super) fn dropped_wish(&self, programme: &str) -> Option<&'static str> {
        let (was, is) = (self.was?, self.is?);
        self.loss(was, is, programme)
    }

    fn gain(&self, was: &Person<'_>, is: &Person<'_>, programme: &str) -> Option<&'static str> {
        let now = self.after.row(is, programme)?;
        let named = |fallback| Some(self.named(&IMPROVING, was, is, programme).unwrap_or(fallback));
        let Some(then) = self.before.row(was, programme) else { return named("changed_choices") };
        let outcomes = self.before.outcomes;
        let closed = outcomes.reason.get(then) == "offer_closed";
        match outcomes.status.get(then) {
            "ineligible" => return named("eligibility_changed"),
            "not_received" if !closed => return named("reception_changed"),
            "withdrawn" => return named("choice_restored"),
            _ => {}
        }
        match self.compared(then, now) {
            Compared { score: Some(true), .. } => named("score_raised"),
            Compared { raised: true, .. } => named("keys_changed"),
            _ => None,
        }
    }

    fn loss(&self, was: &Person<'_>, is: &Person<'_>, programme: &str) -> Option<&'static str> {
        let then = self.before.row(was, programme)?;
        let named = |fallback| Some(self.named(&WORSENING, was, is, programme).unwrap_or(fallback));
        let Some(now) = self.after.row(is, programme) else { return Some("changed_choices") };
        let outcomes = self.after.outcomes;
        match (outcomes.status.get(now), outcomes.reason.get(now)) {
            (_, "offer_closed") => return None,
            ("withdrawn", "no_show") => return Some("no_show"),
            // Whoever does not answer may stand for one who declines.
            ("withdrawn", "answered_no") => return Some("answer"),
            ("withdrawn", _) => return named("withdrawal"),
            ("ineligible", _) => return named("eligibility_changed"),
            ("not_received", _) => return named("reception_changed"),
            _ => {}
        }
        match self.compared(then, now) {
            Compared { score: Some(false), .. } => named("score_lowered"),
            Compared { lowered: true, .. } => named("keys_changed"),
            _ => None,
        }
    }

    /// The most telling of the kinds that the row has gained.
    fn named(
        &self,
        kinds: &[&'static str],
        was: &Person<'_>,
        is: &Person<'_>,
        programme: &str,
    ) -> Option<&'static str> {
        let gained = self.gained(was, is, programme);
        kinds.iter().find(|kind| gained.contains_key(**kind)).copied()
    }

    /// The kinds of event and decision that a row has more of than before.
    fn gained(&self, was: &Person<'_>, is: &Person<'_>, programme: &str) -> BTreeMap<&str, usize> {
        let mut gained: BTreeMap<&str, usize> = BTreeMap::new();
        let now = self.after.row(is, programme).map(|row| self.after.outcomes.decisions.get(row));
        for kind in now.into_iter().flat_map(str::split_whitespace) {
            *gained.entry(kind).or_default() += 1;
        }
        let then =
            self.before.row(was, programme).map(|row| self.before.outcomes.decisions.get(row));
        for kind in then.into_iter().flat_map(str::split_whitespace) {
            gained.entry(kind).and_modify(|count| *count = count.saturating_sub(1));
        }
        gained.retain(|_, count| *count > 0);
        gained
    }

    /// What an applicant is ranked by at one programme, in both runs.
    fn compared(&self, then: usize, now: usize) -> Compared {
        let (before, after) = (self.before.outcomes, self.after.outcomes);
        let mut compared = Compared::default();
        // The score of a row is about its quota group: that of another tells nothing.
        if before.quota_group.get(then) == after.quota_group.get(now)
            && before.score[then] != after.score[now]
        {
            compared.score = Some(before.score[then] < after.score[now]);
        }
        let (were, are) = (keys(before.keys.get(then)), keys(after.keys.get(now)));
        for key in were.keys().chain(are.keys()) {
            let nothing = default(key);
            let was = were.get(key).unwrap_or(&nothing);
            let is = are.get(key).unwrap_or(&nothing);
            compared.raised |= is > was;
            compared.lowered |= is < was;
        }
        let by_rank =
            |index: &Index<'_>| index.manifest.ranking_keys.iter().any(|k| k == "choice_rank");
        if by_rank(self.before) && by_rank(self.after) {
            compared.raised |= after.choice_rank[now] < before.choice_rank[then];
            compared.lowered |= after.choice_rank[now] > before.choice_rank[then];
        }
        compared
    }
}

/// Whether what somebody is ranked by rose or fell.
#[derive(Clone, Copy, Default)]
struct Compared {
    /// `true` for a higher score, `None` for the same.
    score: Option<bool>,
    raised: bool,
    lowered: bool,
}

/// The values of the keys column, compared in turn. Whether a seat was held says what the earlier
/// round gave, not what the applicant did.
fn keys(text: &str) -> BTreeMap<&str, Vec<i64>> {
    let parts = text.split_whitespace().filter_map(|part| part.split_once('='));
    let of = |values: &str| values.split(',').map(|v| v.parse().unwrap_or(0)).collect();
    parts.filter(|(key, _)| *key != "holds").map(|(key, values)| (key, of(values))).collect()
}

/// The value that a key has where it does not stand.
fn default(key: &str) -> Vec<i64> {
    match key {
        "on_time" | "reception" => vec![1],
        "placed_by_hand" | "grade_points" | "grade_count" => vec![0],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{default, keys};

    #[test]
    fn keys_are_read_as_they_are_compared() {
        let read = keys("holds=1 reception=0 group.prov=45,2325000");
        assert_eq!(read.len(), 2);
        assert!(read["reception"] < default("reception"));
        assert!(read["group.prov"] > default("group.prov"));
        assert!(keys("group.prov=44,9")["group.prov"] < read["group.prov"]);
    }
}
