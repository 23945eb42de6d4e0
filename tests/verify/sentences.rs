//! The sentence for each kind of violation.

use antagning_verify::{CutoffKind, FigureValue, Names, Status, Step, Violation};

struct Ids;

impl Names for Ids {
    fn applicant(&self, applicant: usize) -> &str {
        const IDS: [&str; 12] =
            ["A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11"];
        IDS[applicant]
    }

    fn programme(&self, programme: usize) -> &str {
        ["P0", "P1", "P2"][programme]
    }
}

#[track_caller]
fn says(violation: Violation, code: &str, sentence: &str) {
    assert_eq!(violation.describe(&Ids), sentence);
    assert_eq!(violation.code(), code);
    let names: &dyn Names = &Ids;
    assert_eq!(violation.describe(names), sentence);
}

#[test]
fn about_the_admission() {
    says(
        Violation::OverCapacity { programme: 1, seats: 30, admitted: 31 },
        "over_capacity",
        "programme P1 has 30 seats but 31 applicants are admitted",
    );
    says(
        Violation::OverCapacity { programme: 1, seats: 0, admitted: 1 },
        "over_capacity",
        "programme P1 has 0 seats but 1 applicant is admitted",
    );
    says(
        Violation::OffList { applicant: 3, programme: 2 },
        "off_list",
        "applicant A3 is placed at P2, where they did not apply or were not eligible",
    );
    says(
        Violation::WastedSeat { applicant: 3, programme: 2, vacant: 1 },
        "wasted_seat",
        "applicant A3 would rather be at P2, which still has 1 vacant seat",
    );
    says(
        Violation::JustifiedEnvy { applicant: 3, programme: 2, holder: 4 },
        "justified_envy",
        "applicant A3 would rather be at P2, whose seat went to A4 with a lower priority",
    );
    says(
        Violation::EqualKeys { programme: 0, applicants: (0..12).collect() },
        "equal_keys",
        "at P0 these applicants have the same priority and nothing decides between them: \
         A0, A1, A2, A3, A4, A5, A6, A7, A8, A9 and 2 more",
    );
    says(
        Violation::ImprovementCycle {
            steps: vec![
                Step { applicant: 1, from: 1, to: 0 },
                Step { applicant: 2, from: 0, to: 1 },
            ],
        },
        "improvement_cycle",
        "2 applicants could each have a place they prefer, with nobody passed over, by trading: \
         A1 from P1 to P0, A2 from P0 to P1",
    );
}

#[test]
fn about_published_figures() {
    let wrong = |figure, published, found| Violation::WrongFigure {
        programme: 1,
        group: None,
        figure,
        published,
        found,
    };
    says(
        wrong("cutoff", FigureValue::Score(2_410_000), FigureValue::Score(2_425_000)),
        "wrong_figure",
        "programme P1 publishes 241 as cutoff, where the placements give 242.5",
    );
    says(
        wrong("median", FigureValue::Score(1), FigureValue::Absent),
        "wrong_figure",
        "programme P1 publishes 0.0001 as median, where the placements give nothing",
    );
    says(
        wrong(
            "cutoff_kind",
            FigureValue::Kind(CutoffKind::AllEligibleAdmitted),
            FigureValue::Kind(CutoffKind::NoneAdmitted),
        ),
        "wrong_figure",
        "programme P1 publishes all_eligible_admitted as cutoff_kind, where the placements give \
         none_admitted",
    );
    says(
        wrong("reserves", FigureValue::Count(3), FigureValue::Count(4)),
        "wrong_figure",
        "programme P1 publishes 3 as reserves, where the placements give 4",
    );
    says(
        Violation::WrongStatus {
            applicant: 5,
            choice: 9,
            programme: 0,
            published: Status::Struck,
            found: Status::Reserve,
        },
        "wrong_status",
        "the choice of P0 by applicant A5 is published as struck, where the placements make it \
         reserve",
    );
    says(
        Violation::WrongReservePosition {
            applicant: 5,
            choice: 9,
            programme: 0,
            published: None,
            found: Some(12),
        },
        "wrong_reserve_position",
        "applicant A5 is published with no reserve position at P0, where the priorities give \
         reserve position 12",
    );
}

#[test]
fn about_files() {
    let file = || "placements.csv".to_owned();
    says(
        Violation::WrongDigest { file: file(), expected: String::new(), found: String::new() },
        "wrong_digest",
        "file placements.csv has been changed: its SHA-256 is not the one listed",
    );
    says(
        Violation::MissingFile { file: file() },
        "missing_file",
        "file placements.csv is listed but is not there",
    );
}
