//! Which decisions about one applicant cannot stand beside each other, for those who suppose that
//! something had been decided otherwise.

use std::collections::BTreeSet;

use antagning_formats::{Decision, Provider, Season};
use antagning_rules::Reception;

use crate::decisions::kind::Kind;

/// Whether two decisions about the same choice exclude each other. Of unknown kinds nothing is
/// known.
pub(crate) fn exclude(one: &Decision, other: &Decision) -> bool {
    let (Some(kind), Some(of_other)) = (Kind::parse(&one.kind), Kind::parse(&other.kind)) else {
        return false;
    };
    match (kind, of_other) {
        (Kind::Receive(_), Kind::Receive(_)) => true,
        (Kind::ManualPlacement, Kind::Withdrawal | Kind::Receive(Reception::NotReceived))
        | (Kind::Withdrawal | Kind::Receive(Reception::NotReceived), Kind::ManualPlacement) => true,
        _ if kind != of_other => false,
        _ if kind.is_by_subject() => subject(one).eq_ignore_ascii_case(subject(other)),
        _ => true,
    }
}

/// The programmes of an applicant's list that a decision is about. How the whole application is
/// received says nothing about independent providers (SkolL 15 kap. 33 §).
pub(crate) fn concerned(season: &Season, list: &[u32], decision: &Decision) -> BTreeSet<u32> {
    let whole_reception = decision.programme.is_none()
        && matches!(Kind::parse(&decision.kind), Some(Kind::Receive(_)));
    let is_concerned = |programme: &u32| match decision.programme {
        Some(named) => named == *programme,
        None => {
            let provider = season.programmes.provider[*programme as usize];
            !(whole_reception && provider == Some(Provider::Independent))
        }
    };
    list.iter().copied().filter(is_concerned).collect()
}

/// The places on free quotas' lists that a decision gives: programme and place as written.
pub(crate) fn place_on_list(decision: &Decision) -> Option<(u32, &str)> {
    let is_place = Kind::parse(&decision.kind) == Some(Kind::FreeQuotaRank);
    decision.programme.filter(|_| is_place).map(|programme| (programme, decision.value.trim()))
}

/// What the value of a decision by subject is about.
fn subject(decision: &Decision) -> &str {
    decision.value.split('=').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use antagning_formats::Decision;

    use super::exclude;

    fn decision(kind: &str, value: &str) -> Decision {
        Decision {
            applicant: 0,
            programme: Some(0),
            kind: kind.to_owned(),
            value: value.to_owned(),
            reason: String::new(),
            date: String::new(),
            line: 0,
        }
    }

    #[test]
    fn decisions_that_settle_the_same_exclude_each_other() {
        let excluding = [
            [("not_received", ""), ("first_hand", "")],
            [("manual_placement", "a"), ("manual_placement", "b")],
            [("manual_placement", ""), ("withdrawal", "")],
            [("not_received", ""), ("manual_placement", "")],
            [("new_grade", "MA=C"), ("new_grade", "ma=B")],
            [("free_quota_rank", "1"), ("free_quota_rank", "2")],
        ];
        let standing = [
            [("second_hand", ""), ("manual_placement", "")],
            [("new_grade", "MA=C"), ("new_grade", "EN=C")],
            [("equivalent_knowledge", "MA"), ("new_grade", "MA=C")],
            [("withdrawal", ""), ("english_exemption", "")],
            [("no_such", ""), ("no_such", "")],
        ];
        let both = |[one, other]: [(&str, &str); 2]| {
            let (one, other) = (decision(one.0, one.1), decision(other.0, other.1));
            assert_eq!(exclude(&one, &other), exclude(&other, &one));
            exclude(&one, &other)
        };
        assert!(excluding.into_iter().all(both));
        assert!(!standing.into_iter().any(both));
    }
}
