//! A changed quota group in a scenario.

use std::borrow::Cow;

use antagning_formats::{Code, Diagnostics, EditedGroup, Operation, Setting};

use crate::planning::simulation::draft::Draft;

impl<'b> Draft<'b> {
    /// Changes a quota group; what cannot be is reported, at the key that makes it so.
    pub(super) fn group(&mut self, operation: &'b Operation, report: &mut Diagnostics) {
        let Operation::Group { programme, group, seats, precedence, unfilled_to } = operation
        else {
            return;
        };
        let Some(number) = self.offer(programme, "quota_groups.programme", report) else { return };
        let Some(group) = group else { return };
        let offer = &mut self.offers[number as usize];
        let Some(at) = offer.groups.iter().position(|known| known.name == group.text) else {
            let fault =
                self.at(Code::UnknownGroup, group, "quota_groups.quota_group", "no such group");
            report.push(fault.hint("name a group of the offer in quota_groups.csv"));
            return;
        };
        let changed = &mut offer.groups[at];
        if let Some(seats) = seats {
            offer.seats = offer.seats - changed.seats + seats;
            changed.seats = *seats;
        }
        if let Some((precedence, _)) = precedence {
            changed.precedence = *precedence;
        }
        if let Some(later) = unfilled_to {
            changed.unfilled_to = Cow::Borrowed(&later.text);
        }
        let groups = &self.offers[number as usize].groups;
        if let Some(later) = unfilled_to {
            self.check_unfilled_to((groups, at), later, report);
        }
        if let Some((_, written)) = precedence
            && let Some(message) = clash(groups, at, unfilled_to.is_none())
        {
            let key = "quota_groups.precedence";
            report.push(self.at(Code::FaultyScenario, written, key, message));
        }
    }

    /// Unfilled seats pass on to a later group of the same offer.
    fn check_unfilled_to(
        &self,
        (groups, at): (&[EditedGroup<'_>], usize),
        later: &Setting,
        report: &mut Diagnostics,
    ) {
        let (key, own) = ("quota_groups.unfilled_to", &groups[at]);
        match groups.iter().find(|known| known.name == later.text) {
            _ if later.text.is_empty() => {}
            None => {
                let message = "the offer has no such group";
                let names: Vec<&str> = groups.iter().map(|known| known.name).collect();
                let hint = format!("the groups of the offer are {}", names.join(", "));
                report.push(self.at(Code::UnknownGroup, later, key, message).hint(hint));
            }
            Some(known) if known.precedence <= own.precedence => {
                let message = format!("{} passes seats on to a group that is no later", own.name);
                report.push(self.at(Code::FaultyScenario, later, key, message));
            }
            Some(_) => {}
        }
    }
}

/// What the precedence of a group makes impossible; whether its own seats pass on to a later group
/// is looked at where `passes_on` says so.
fn clash(groups: &[EditedGroup<'_>], at: usize, passes_on: bool) -> Option<String> {
    let own = &groups[at];
    let others = || groups.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, g)| g);
    if let Some(other) = others().find(|other| other.precedence == own.precedence) {
        return Some(format!("{} and {} have the same precedence", own.name, other.name));
    }
    others().find_map(|other| {
        let (from, to) = match other.precedence < own.precedence {
            true if passes_on && own.unfilled_to == other.name => (own, other),
            false if other.unfilled_to == own.name => (other, own),
            _ => return None,
        };
        Some(format!("{} passes seats on to {}, which would be no later", from.name, to.name))
    })
}
