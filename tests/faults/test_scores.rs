//! `test_scores.csv`.

use crate::harness::{Case, examine, graded};

const SCORES: &str = "test_scores.csv";

/// The graded season with these rows of test scores, and a test of at most 50 points at P1.
fn tested(name: &'static str, rows: &str) -> Case {
    let groups =
        "programme_id,quota_group,precedence,seats,ranked_by,test_maximum\nP1,prov,1,1,test,50\n";
    graded(name)
        .file("quota_groups.csv", groups)
        .file(SCORES, format!("applicant_id,programme_id,points,passed\n{rows}"))
}

/// The graded season with these test scores, where P1 asks for a pass.
fn passing(name: &'static str, rows: &str) -> Case {
    let groups = "programme_id,quota_group,precedence,seats,open_to\nP1,prov,1,1,test_passed\n";
    tested(name, rows).file("quota_groups.csv", groups)
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        tested("test scores without rows", ""),
        tested("sound test scores", "A2,P1,50,ja\nA1,P1,\"12,25\",\n"),
        graded("test scores without programmes of groups")
            .file(SCORES, "points,applicant_id,programme_id\n1000,A1,P1\n")
            .finds(["unused_test_scores test_scores.csv:2"])
            .says("that no quota group of their programme uses: 1, the first at P1"),
        graded("an empty file of test scores")
            .file(SCORES, "\n")
            .finds(["empty_file test_scores.csv"]),
        graded("columns of test scores missing").file(SCORES, "applicant_id,poäng\nA1,1\n").finds(
            [
                "missing_column test_scores.csv:1 programme_id",
                "missing_column test_scores.csv:1 points",
                "unknown_column test_scores.csv:1 poäng",
            ],
        ),
        tested("a cell too few in test scores", "A1,P1,1\n")
            .finds(["too_few_fields test_scores.csv:2"]),
        tested("a test of an unknown applicant", "A9,P1,1,\n")
            .finds(["unknown_applicant test_scores.csv:2 applicant_id=A9"]),
        tested("a test for an unknown programme", "A1,P9,1,\n")
            .finds(["unknown_programme test_scores.csv:2 programme_id=P9"]),
        tested("no points", "A1,P1,,\n").finds(["missing_value test_scores.csv:2 points="]),
        tested("points below zero", "A1,P1,-1,\n")
            .finds(["negative_number test_scores.csv:2 points=-1"]),
        tested("points in words", "A1,P1,godkänd,\n")
            .finds(["not_a_number test_scores.csv:2 points=godkänd"]),
        tested("perhaps passed", "A1,P1,1,kanske\n")
            .finds(["not_a_flag test_scores.csv:2 passed=kanske"]),
        tested("more points than the test can give", "A1,P1,50,\nA2,P1,50.5,\n")
            .finds(["points_above_maximum test_scores.csv:3 points=50.5"])
            .says("more points than the test can give"),
        tested("a test twice", "A1,P1,40,\nA2,P1,30,\nA1,P1,40,\n")
            .finds(["duplicate_id test_scores.csv:4 applicant_id=A1"])
            .says("two test scores for P1"),
        tested("tests that no choice asks for", "A1,P1,1,\nA3,P3,1,\nA2,P2,1,\n")
            .finds(["unused_test_scores test_scores.csv:3"])
            .says("has not chosen: 2, A3 at P3 the first"),
        tested("a test for a choice that an event tells of", "A3,P1,40,\n")
            .continued()
            .line("rules.toml", 2, "round = \"reserve\"")
            .file(
                "events.csv",
                "date,event,applicant_id,programme_id,value,source\n\
                 2025-07-10,changed_choices,A3,,P1 P2,letter\n",
            )
            .finds(["lateness_unused rules.toml ranking.keys"]),
        tested("tests that no group asks for", "A3,P2,1,\nA1,P1,1,\nA1,P2,1,\n")
            .finds(["unused_test_scores test_scores.csv:2"])
            .says("that no quota group of their programme uses: 2, the first at P2"),
        passing("tests with and without a pass", "A1,P1,1,ja\nA2,P1,1,nej\n"),
        passing("it is not said who has passed", "A1,P1,1,\nA2,P1,1,ja\n")
            .finds(["missing_test_result test_scores.csv:2 passed="])
            .says("asks for a pass, and it is not said whether this is one"),
        passing("an unreadable pass is not missing too", "A1,P1,1,kanske\nA2,P1,1,ja\n")
            .finds(["not_a_flag test_scores.csv:2 passed=kanske"]),
        passing("no column for passes", "")
            .file(SCORES, "applicant_id,programme_id,points\nA1,P1,1\n")
            .finds(["missing_test_result test_scores.csv:2 passed="]),
        tested("a lost choice leaves no test unused", "A1,P1,1,\nA3,P2,1,\n")
            .line("choices.csv", 6, "A3,1")
            .finds(["too_few_fields choices.csv:6"]),
        passing("a lost choice leaves no result missing", "A1,P1,1,\n")
            .line("choices.csv", 6, "A3,1")
            .finds(["too_few_fields choices.csv:6"]),
        tested("a lost group leaves no test unused", "A1,P1,1,\n")
            .file(
                "quota_groups.csv",
                "programme_id,quota_group,precedence,seats,ranked_by\nP1,prov,x,1,test\n",
            )
            .finds(["not_a_whole_number quota_groups.csv:2 precedence=x"]),
        tested("nor does a ranking that cannot be read", "A1,P1,1,\n")
            .file(
                "quota_groups.csv",
                "programme_id,quota_group,precedence,seats,ranked_by\nP1,prov,1,1,prov\n",
            )
            .finds(["unknown_ranking quota_groups.csv:2 ranked_by=prov"]),
        tested("a lost programme leaves no test's programme unknown", "A1,P3,1,\n")
            .line("programmes.csv", 4, "P3,1,Bygg")
            .finds(["too_few_fields programmes.csv:4"]),
        tested("a lost applicant leaves no test's applicant unknown", "A1,P1,1,\n")
            .line("applicants.csv", 2, "A1,1280")
            .finds(["too_few_fields applicants.csv:2"]),
        tested("a test with two maxima has none to pass", "A1,P1,70,\n")
            .file(
                "quota_groups.csv",
                "programme_id,quota_group,precedence,seats,ranked_by,test_maximum\n\
                 P1,a,1,0,test,50\nP1,b,2,1,,60\n",
            )
            .finds(["conflicting_maximum quota_groups.csv:3 test_maximum=60"]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
