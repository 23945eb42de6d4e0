//! Figures that jump since the run or the season before.

use crate::harness::{Case, examine, graded};

const GRADES: &str = "grades.csv";

/// The graded season with thresholds for three applicants.
fn jump(name: &'static str) -> Case {
    graded(name).line("rules.toml", 10, "[plausibility]\napplicants_least = 1")
}

/// The same after a final run, as a reserve round.
fn continued(name: &'static str) -> Case {
    jump(name).continued().line("rules.toml", 2, "round = \"reserve\"")
}

pub(crate) fn cases() -> Vec<Case> {
    [since_a_run(), since_a_season(), settings()].into_iter().flatten().collect()
}

fn since_a_run() -> Vec<Case> {
    vec![
        continued("nothing has jumped since the run before"),
        continued("a pupil's grades are far lower than in the run before")
            .line(GRADES, 3, "A2,E,E,E,E,E,E,E,E,E,E,E,E,E,")
            .finds([
                "merit_jump applicants.csv home_municipality=1281",
                "merit_jump programmes.csv school=Ängskolan",
                "merit_jump programmes.csv school=Åkerskolan",
            ])
            .says("mean score 130.0, before 227.5"),
    ]
}

fn since_a_season() -> Vec<Case> {
    vec![
        jump("a season and itself").compared(),
        jump("a column of grades was left out for one")
            .compared()
            .line(GRADES, 3, "A2,B,B,,B,B,B,B,B,B,,B,B,B,")
            .finds_by_comparing([
                "merit_jump applicants.csv home_municipality=1281",
                "eligibility_jump applicants.csv home_municipality=1281",
                "merit_jump programmes.csv school=Ängskolan",
                "eligibility_jump programmes.csv school=Ängskolan",
                "eligibility_jump programmes.csv school=Åkerskolan",
                "missing_grades_jump grades.csv EN=1281",
                "missing_grades_jump grades.csv MA=1281",
            ]),
        jump("an applicant is missing")
            .compared()
            .line("applicants.csv", 2, "")
            .line("choices.csv", 2, "")
            .line("choices.csv", 3, "")
            .line(GRADES, 2, "")
            .finds_by_comparing([
                "applicants_jump applicants.csv home_municipality=1280",
                "applicants_jump programmes.csv school=Åkerskolan",
                "applicants_jump programmes.csv school=Österportsskolan",
                "merit_jump programmes.csv school=Österportsskolan",
            ]),
        jump("an applicant came from somewhere else")
            .compared()
            .line("applicants.csv", 2, "A1,1290,2009,F,0")
            .finds_by_comparing([
                "applicants_jump applicants.csv home_municipality=1280",
                "applicants_jump applicants.csv home_municipality=1290",
            ]),
    ]
}

fn settings() -> Vec<Case> {
    let setting = |name, text: &'static str| graded(name).line("rules.toml", 10, text);
    vec![
        setting(
            "every threshold",
            "[plausibility]\napplicants_percent = 50\napplicants_least = 5\nmerit_points = 30\n\
             eligible_points = 100\nungraded_points = 1",
        ),
        setting("a threshold that is not there", "[plausibility]\nmerit = 30")
            .finds(["unknown_key rules.toml:11 plausibility.merit"]),
        setting("a jump of nothing", "[plausibility]\nmerit_points = 0")
            .finds(["wrong_type rules.toml:11 plausibility.merit_points=0"]),
        setting("more than everybody", "[plausibility]\neligible_points = 101")
            .finds(["wrong_type rules.toml:11 plausibility.eligible_points=101"]),
        graded("a number for the thresholds")
            .line("rules.toml", 3, "plausibility = 3")
            .finds(["wrong_type rules.toml:3 plausibility=3"]),
    ]
}

#[test]
fn every_case_is_told_as_it_is() {
    examine(&cases());
}
