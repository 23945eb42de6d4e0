//! What one group cannot tell of itself: names, precedence, seats and maxima beside one another.

use std::cmp::Ordering;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::season::programmes::Programmes;

use super::QuotaGroups;
use super::row::Group;

/// Programmes whose groups are not all there: what seems to be missing is no fault of its own.
pub(super) struct Doubt {
    pub(super) everywhere: bool,
    pub(super) of: Vec<bool>,
}

/// What no two groups of a programme may share.
pub(super) struct Repeat {
    column: &'static str,
    message: &'static str,
    cell: fn(&Group) -> String,
    compare: fn(&Group, &Group) -> Ordering,
}

impl Repeat {
    pub(super) const NAME: Self = Self {
        column: "quota_group",
        message: "the programme has a group of this name already",
        cell: |group| group.name.clone(),
        compare: |a, b| a.name.cmp(&b.name),
    };
    pub(super) const PRECEDENCE: Self = Self {
        column: "precedence",
        message: "the programme has a group of this precedence already",
        cell: |group| group.precedence.to_string(),
        compare: |a, b| a.precedence.cmp(&b.precedence),
    };

    /// Sorts the groups by programme and what is compared, and leaves out the later line of two
    /// that agree.
    pub(super) fn take_out(
        &self,
        groups: &mut Vec<Group>,
        doubt: &mut Doubt,
        report: &mut Diagnostics,
    ) {
        let order =
            |a: &Group, b: &Group| a.programme.cmp(&b.programme).then_with(|| (self.compare)(a, b));
        groups.sort_unstable_by(|a, b| order(a, b).then(a.line.cmp(&b.line)));
        groups.dedup_by(|later, first| {
            let repeats = order(later, first).is_eq();
            if repeats {
                doubt.of[later.programme as usize] = true;
                let hint =
                    format!("{}; the first is line {}", Code::DuplicateGroup.hint(), first.line);
                report.push(
                    finding(Code::DuplicateGroup, later, self.message)
                        .column(self.column)
                        .value(&(self.cell)(later))
                        .hint(hint),
                );
            }
            repeats
        });
    }
}

fn finding(code: Code, group: &Group, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, QuotaGroups::FILE, message).line(u64::from(group.line))
}

pub(super) fn report_seats(list: &[Group], programmes: &Programmes, report: &mut Diagnostics) {
    let programme = list[0].programme as usize;
    let sum: u64 = list.iter().map(|group| u64::from(group.seats)).sum();
    let capacity = programmes.capacity[programme];
    if sum != u64::from(capacity) {
        let message = format!(
            "seats of {}: {sum} in its groups together, {capacity} in the programme",
            programmes.ids.get(programme)
        );
        let seats = list[0].seats.to_string();
        report.push(finding(Code::GroupSeats, &list[0], message).column("seats").value(&seats));
    }
}

pub(super) fn report_conflicting_maximum(list: &[Group], report: &mut Diagnostics) {
    let stating = list.iter().filter(|group| group.maximum.is_some());
    let Some(first) = stating.clone().min_by_key(|group| group.line) else { return };
    for group in stating.filter(|group| group.maximum != first.maximum) {
        let message = format!(
            "the programme's test has one maximum; line {} says {}",
            first.line, first.maximum_text
        );
        report.push(
            finding(Code::ConflictingMaximum, group, message)
                .column("test_maximum")
                .value(&group.maximum_text),
        );
    }
}

/// The place of the group that unfilled seats pass on to; one that cannot be meant is reported.
pub(super) fn later_group(
    group: &Group,
    place: usize,
    by_name: &[(&str, usize)],
    whole: bool,
    report: &mut Diagnostics,
) -> Option<u32> {
    let name = group.unfilled_to.as_str();
    if name.is_empty() {
        return None;
    }
    let found = by_name.binary_search_by_key(&name, |(name, _)| name).map(|at| by_name[at].1);
    let message = match found {
        Ok(later) if later > place => return u32::try_from(later).ok(),
        Ok(same) if same == place => "the group passes seats on to itself",
        Ok(_) => "the group is filled earlier; seats pass on to later groups only",
        Err(_) if whole => "the programme has no such group",
        Err(_) => return None,
    };
    report.push(finding(Code::UnknownGroup, group, message).column("unfilled_to").value(name));
    None
}
