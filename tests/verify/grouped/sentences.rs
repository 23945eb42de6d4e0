//! The sentence for each kind of violation that groups and tie rules add.

use std::borrow::Cow;

use antagning_verify::{CutoffKind, FigureValue, Names, Violation};

struct Ids;

impl Names for Ids {
    fn applicant(&self, applicant: usize) -> &str {
        ["A0", "A1"][applicant]
    }

    fn programme(&self, programme: usize) -> &str {
        ["P0", "P1"][programme]
    }
}

/// Groups with names.
struct Named;

impl Names for Named {
    fn applicant(&self, applicant: usize) -> &str {
        Ids.applicant(applicant)
    }

    fn programme(&self, programme: usize) -> &str {
        Ids.programme(programme)
    }

    fn group(&self, programme: usize, group: usize) -> Cow<'_, str> {
        Cow::Borrowed([["sport", "merit"], ["test", "grades"]][programme][group])
    }
}

#[track_caller]
fn says(violation: Violation, code: &str, sentence: &str) {
    assert_eq!(violation.describe(&Ids), sentence);
    assert_eq!(violation.code(), code);
}

#[test]
fn about_groups() {
    let unfounded = |programme, group| Violation::UnfoundedGroup { applicant: 1, programme, group };
    says(
        unfounded(Some(1), Some(0)),
        "unfounded_group",
        "applicant A1 is placed at P1 in group 1, which is not open to them there",
    );
    says(
        unfounded(Some(1), None),
        "unfounded_group",
        "applicant A1 is placed at P1 in no group, though every place there is in one",
    );
    says(
        unfounded(None, Some(0)),
        "unfounded_group",
        "applicant A1 is stated to be in a group but is not placed",
    );
    let wrong =
        |found| Violation::WrongGroup { applicant: 0, programme: 1, stated: Some(0), found };
    says(
        wrong(Some(1)),
        "wrong_group",
        "applicant A0 is placed at P1 in group 1, where group 2 takes them",
    );
    says(
        wrong(None),
        "wrong_group",
        "applicant A0 is placed at P1 in group 1, where no group takes them",
    );
    let better = |better_off| Violation::BetterAdmission { applicant: 1, programme: 0, better_off };
    says(
        better(3),
        "better_admission",
        "3 applicants could have a place they prefer, with nobody passed over: the first is A1, at P0",
    );
    says(
        better(1),
        "better_admission",
        "1 applicant could have a place they prefer, with nobody passed over: the first is A1, at P0",
    );
}

#[test]
fn about_ties() {
    says(
        Violation::BeyondTheTie { programme: 1, seats: 2, admitted: 5, ahead: 3 },
        "beyond_the_tie",
        "programme P1 has 2 seats, which 3 of the 5 applicants admitted fill with higher priorities \
         than the rest",
    );
    says(
        Violation::UnequalTreatment { applicant: 0, programme: 1, holder: 1 },
        "unequal_treatment",
        "applicant A0 would rather be at P1, which admits A1 with the same priority",
    );
}

#[test]
fn about_what_is_published_of_groups() {
    let figure = Violation::WrongFigure {
        programme: 1,
        group: Some(1),
        figure: "cutoff_kind",
        published: FigureValue::Kind(CutoffKind::Manual),
        found: FigureValue::Kind(CutoffKind::ByGroup),
    };
    says(
        figure.clone(),
        "wrong_figure",
        "group 2 of programme P1 publishes manual as cutoff_kind, where the placements give by_group",
    );
    assert_eq!(
        figure.describe(&Named),
        "group grades of programme P1 publishes manual as cutoff_kind, where the placements give \
         by_group",
    );
    says(
        Violation::WrongStatedGroup {
            applicant: 1,
            choice: 7,
            programme: 0,
            published: None,
            found: Some(1),
        },
        "wrong_stated_group",
        "the choice of P0 by applicant A1 is published with no group, where the placements make it \
         group 2",
    );
}
