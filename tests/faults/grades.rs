//! Grades: scales of several rule sets, and decisions about grades.

use crate::harness::{Case, examine, graded, market};

const GRADES: &str = "grades.csv";
const RULES: &str = "rules.toml";

/// The graded season with these rows of decisions.
fn decided(name: &'static str, rows: &str) -> Case {
    let header = "applicant_id,programme_id,decision,value,reason\n";
    graded(name).file("decisions.csv", format!("{header}{rows}"))
}

/// The graded season with grades in three subjects, by another rule set.
fn by(name: &'static str, rule_set: &'static str, rows: &str) -> Case {
    graded(name).line(RULES, 1, rule_set).file(GRADES, format!("applicant_id,EN,MA,SV\n{rows}"))
}

pub(crate) fn cases() -> Vec<Case> {
    [scales(), new_grades(), dancers(), knowledge()].into_iter().flatten().collect()
}

fn scales() -> Vec<Case> {
    const SOU: &str = "rule_set = \"sou-2025-18\"";
    const GYMNASIUM: &str = "rule_set = \"gymnasium-2025\"";
    vec![
        by("numbers by the rule set of numbers", SOU, "A1,10,9,8\nA2,1,2,3\nA3,,4,5\n"),
        by("letters by the rule set of numbers", SOU, "A1,A,9,8\nA2,1,f,3\nA3,VG,4,5\n")
            .finds([
                "mixed_scales grades.csv:2 EN=A",
                "mixed_scales grades.csv:3 MA=f",
                "mixed_scales grades.csv:4 EN=VG",
            ])
            .says("a grade of another scale"),
        by("numbers that are no grades", SOU, "A1,11,9,8\nA2,1,0,3\nA3,X,4.5,5\n")
            .finds([
                "unknown_grade grades.csv:2 EN=11",
                "unknown_grade grades.csv:3 MA=0",
                "unknown_grade grades.csv:4 EN=X",
                "unknown_grade grades.csv:4 MA=4.5",
            ])
            .says("not a grade"),
        by("numbers by the rule set of letters", GYMNASIUM, "A1,10,A,B\nA2,C,1,D\nA3,E,F,7\n")
            .finds([
                "mixed_scales grades.csv:2 EN=10",
                "mixed_scales grades.csv:3 MA=1",
                "mixed_scales grades.csv:4 SV=7",
            ]),
        by(
            "letters by the rule set of the year before",
            "rule_set = \"gymnasium-2024\"",
            "A1,A,B,C\nA2,D,E,F\nA3,A,G,B\n",
        )
        .finds(["mixed_scales grades.csv:4 MA=G"]),
        by(
            "a rule set that cannot be read makes no grade faulty",
            "rule_set = sou-2025-18",
            "A1,10,9,8\nA2,1,2,3\nA3,,4,5\n",
        )
        .finds(["broken_toml rules.toml:1"]),
        by(
            "nor does one behind a misspelt key",
            "ruleset = \"sou-2025-18\"",
            "A1,10,9,8\nA2,1,2,3\nA3,,4,5\n",
        )
        .finds(["unknown_key rules.toml:1 ruleset"]),
    ]
}

fn new_grades() -> Vec<Case> {
    vec![
        decided("new grades", "A3,,new_grade,MA=A,x\nA3,,new_grade, en = b ,x\n"),
        decided(
            "new grades that cannot be read",
            "A3,,new_grade,,x\nA3,,new_grade,=A,x\nA3,,new_grade,EN,x\nA3,,new_grade,EN=,x\n\
             A3,,new_grade,EN=Z,x\nA3,,new_grade,engelska=A,x\nA3,,new_grade,EN=A=B,x\n\
             A3,,new_grade,EN:A,x\nA3,,new_grade,EN=9,x\n",
        )
        .finds([
            "unknown_subject decisions.csv:2 value=",
            "unknown_subject decisions.csv:3 value==A",
            "unknown_subject decisions.csv:4 value=EN",
            "unknown_subject decisions.csv:5 value=EN=",
            "unknown_subject decisions.csv:6 value=EN=Z",
            "unknown_subject decisions.csv:7 value=engelska=A",
            "unknown_subject decisions.csv:8 value=EN=A=B",
            "unknown_subject decisions.csv:9 value=EN:A",
            "unknown_subject decisions.csv:10 value=EN=9",
        ])
        .says("the value is no subject and grade such as MA=C"),
        decided("a new grade without a column", "A3,,new_grade,MU=A,x\n")
            .finds(["unknown_subject decisions.csv:2 value=MU=A"])
            .says("grades.csv has no column for the subject"),
        decided("new grades that are not better", "A1,,new_grade,MA=A,x\nA3,,new_grade,MA=D,x\n")
            .finds([
                "contradictory_decision decisions.csv:2 value=MA=A",
                "contradictory_decision decisions.csv:3 value=MA=D",
            ])
            .says("has that grade or a better one already"),
        decided("a new grade at one programme", "A3,P2,new_grade,MA=A,x\n")
            .finds(["contradictory_decision decisions.csv:2 decision=new_grade"])
            .says("grades are the same for every programme: leave programme_id empty"),
        decided("two new grades, the better last", "A3,,new_grade,MA=B,x\nA3,,new_grade,MA=A,x\n")
            .finds(["contradictory_decision decisions.csv:3 decision=new_grade"])
            .says("the same is decided about the same subject twice"),
        decided("two new grades, the better first", "A3,,new_grade,MA=A,x\nA3,,new_grade,ma=B,x\n")
            .finds(["contradictory_decision decisions.csv:3 decision=new_grade"]),
        decided("a new grade in grades that cannot be read", "A3,,new_grade,MU=A,x\n")
            .file(GRADES, "")
            .finds(["empty_file grades.csv"]),
        decided("a new grade in place of one that cannot be read", "A3,,new_grade,MA=A,x\n")
            .line(GRADES, 4, "A3,C,C,C,C,C,C,C,C,C,?,C,C,,C")
            .finds(["unknown_grade grades.csv:4 MA=?"]),
        decided("a new grade in a row that cannot be read", "A3,,new_grade,MA=E,x\n")
            .line(GRADES, 4, "A3,C,C,C,C,C,C,C,C,C,C")
            .finds(["too_few_fields grades.csv:4"]),
        market("a new grade in a market")
            .file("decisions.csv", "applicant_id,decision,value,reason\nolle,new_grade,MA=A,x\n")
            .finds(["orphaned_decision decisions.csv:2 decision=new_grade"]),
    ]
}

fn dancers() -> Vec<Case> {
    vec![
        decided("a dancer", "A1,,dance_training,,x\n"),
        decided("a dancer at one programme", "A1,P1,dance_training,,x\n")
            .finds(["contradictory_decision decisions.csv:2 decision=dance_training"])
            .says("leave programme_id empty"),
        decided("a dancer twice", "A1,,dance_training,,x\nA1,,dance_training,,y\n")
            .finds(["contradictory_decision decisions.csv:3 decision=dance_training"]),
        market("a dancer in a market")
            .file("decisions.csv", "applicant_id,decision,reason\nolle,dance_training,x\n")
            .finds(["orphaned_decision decisions.csv:2 decision=dance_training"]),
    ]
}

fn knowledge() -> Vec<Case> {
    vec![
        decided(
            "knowledge in two subjects",
            "A3,,equivalent_knowledge,MA,x\nA3,P2,equivalent_knowledge,EN,x\n",
        ),
        decided(
            "knowledge in one subject twice",
            "A3,,equivalent_knowledge,MA,x\nA3,P2,equivalent_knowledge,ma,x\n",
        )
        .finds(["contradictory_decision decisions.csv:3 decision=equivalent_knowledge"])
        .says("the same is decided about the same subject twice"),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
