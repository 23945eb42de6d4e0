//! What is wrong with a season is told whole and exactly: every kind of finding, through the
//! binary, with nothing written for a rejected season.

mod between;
mod cell;
mod decisions;
mod document;
mod encoding;
mod events;
mod folder;
mod grades;
mod group_decisions;
mod groups;
mod harness;
mod hostile;
mod jumps;
mod many;
mod rules;
mod scenarios;
mod selection;
mod settings;
mod table;
mod test_scores;
mod uncertainty;
mod wording;

use std::collections::BTreeSet;

use antagning::Code;

use harness::Case;

fn every_case() -> Vec<Case> {
    let parts = [
        folder::cases(),
        encoding::cases(),
        table::cases(),
        cell::cases(),
        between::cases(),
        decisions::cases(),
        events::cases(),
        grades::cases(),
        group_decisions::cases(),
        groups::cases(),
        selection::cases(),
        test_scores::cases(),
        settings::cases(),
        rules::cases(),
        jumps::cases(),
    ];
    parts.into_iter().flatten().collect()
}

#[test]
fn every_kind_of_finding_has_a_case() {
    let cases = every_case();
    let mut met: BTreeSet<&str> = cases.iter().flat_map(Case::codes).collect();
    met.extend(scenarios::codes());
    met.extend(uncertainty::codes());
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(known.difference(&met).collect::<Vec<_>>(), Vec::<&&str>::new(), "no case");
    assert_eq!(met.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "no such code");
    assert!(known.len() >= 40 && cases.len() >= 2 * known.len());
}

#[test]
fn names_of_cases_are_unique() {
    let mut names = BTreeSet::new();
    for case in every_case() {
        assert!(names.insert(case.name), "{} stands twice", case.name);
    }
}
