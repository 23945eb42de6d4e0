//! `ranked_by` and `open_to` of quota groups, and ties within one.

use crate::harness::{Case, examine, graded, market};

const GROUPS: &str = "quota_groups.csv";

fn header() -> &'static str {
    "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,test_maximum\n"
}

/// The graded season with these groups; P1 has one seat, P2 two, P3 one.
fn grouped(name: &'static str, rows: &str) -> Case {
    graded(name).file(GROUPS, format!("{}{rows}", header()))
}

/// A group of P2 a line, all seats in the first, with these texts in its column.
fn each(name: &'static str, column: &str, texts: &[&str]) -> Case {
    let row = |(i, text): (usize, &&str)| {
        let seats = if i == 0 { 2 } else { 0 };
        let cells = if column == "ranked_by" { format!("{text},") } else { format!(",{text}") };
        format!("P2,g{i},{},{seats},{cells},,50\n", i + 1)
    };
    grouped(name, &texts.iter().enumerate().map(row).collect::<String>())
}

pub(crate) fn cases() -> Vec<Case> {
    [rankings(), conditions(), ties()].into_iter().flatten().collect()
}

fn rankings() -> Vec<Case> {
    let sound = [
        "",
        "merit",
        "test",
        "merit+test",
        "test+merit",
        "merit+16*test",
        "test*16+merit",
        "16*test",
        "1000*test",
        "free_quota",
        "free_quota merit",
        "test merit",
        "  merit   test ",
        "test merit merit+test free_quota",
        "manual",
    ];
    vec![
        each("rankings that can be read", "ranked_by", &sound),
        each(
            "rankings that cannot be read",
            "ranked_by",
            &[
                "points",
                "Merit",
                "score",
                "merit+",
                "+test",
                "merit+merit",
                "test+test",
                "2*merit",
                "0*test",
                "1001*test",
                "1.5*test",
                "-1*test",
                "16*",
                "merit*test",
                "merit-test",
                "free_quota+test",
                "manual test",
                "merit manual",
                "merit merit",
                "test 16*test",
                "merit;test",
                "lottery",
            ],
        )
        .finds([
            "unknown_ranking quota_groups.csv:2 ranked_by=points",
            "unknown_ranking quota_groups.csv:3 ranked_by=Merit",
            "unknown_ranking quota_groups.csv:4 ranked_by=score",
            "unknown_ranking quota_groups.csv:5 ranked_by=merit+",
            "unknown_ranking quota_groups.csv:6 ranked_by=+test",
            "unknown_ranking quota_groups.csv:7 ranked_by=merit+merit",
            "unknown_ranking quota_groups.csv:8 ranked_by=test+test",
            "unknown_ranking quota_groups.csv:9 ranked_by=2*merit",
            "unknown_ranking quota_groups.csv:10 ranked_by=0*test",
            "unknown_ranking quota_groups.csv:11 ranked_by=1001*test",
            "unknown_ranking quota_groups.csv:12 ranked_by=1.5*test",
            "unknown_ranking quota_groups.csv:13 ranked_by=-1*test",
            "unknown_ranking quota_groups.csv:14 ranked_by=16*",
            "unknown_ranking quota_groups.csv:15 ranked_by=merit*test",
            "unknown_ranking quota_groups.csv:16 ranked_by=merit-test",
            "unknown_ranking quota_groups.csv:17 ranked_by=free_quota+test",
            "unknown_ranking quota_groups.csv:18 ranked_by=manual test",
            "unknown_ranking quota_groups.csv:19 ranked_by=merit manual",
            "unknown_ranking quota_groups.csv:20 ranked_by=merit merit",
            "unknown_ranking quota_groups.csv:21 ranked_by=test 16*test",
            "unknown_ranking quota_groups.csv:22 ranked_by=merit;test",
            "unknown_ranking quota_groups.csv:23 ranked_by=lottery",
        ]),
        grouped("a term twice", "P1,a,1,1,test 16*test,,,50\n")
            .finds(["unknown_ranking quota_groups.csv:2 ranked_by=test 16*test"])
            .says("test stands twice"),
        grouped("what is no term", "P1,a,1,1,merit+points,,,\n")
            .finds(["unknown_ranking quota_groups.csv:2 ranked_by=merit+points"])
            .says("\"points\" is neither merit, test, a whole number times test"),
        market("scores and tests in a market")
            .file(GROUPS, format!("{}S,a,1,2,score+2*test,,,\nT,a,1,1,,test,,\n", header()))
            .file("test_scores.csv", "applicant_id,programme_id,points\nolle,S,3\npetra,T,1\n"),
        market("merit in the groups of a market")
            .file(GROUPS, format!("{}S,a,1,2,merit,,,\n", header()))
            .finds(["unknown_ranking quota_groups.csv:2 ranked_by=merit"])
            .says("neither score, test"),
    ]
}

fn conditions() -> Vec<Case> {
    let sound = [
        "",
        "all",
        "test",
        "test_passed",
        "test>=30",
        "\"test>=30,5\"",
        "test>=0",
        "MU",
        "mu>=c",
        "MU>=E IDH>=C",
        "free_quota",
        "sport_approval",
        "all test_passed sport_approval",
    ];
    vec![
        each("conditions that can be read", "open_to", &sound).line(
            "grades.csv",
            1,
            "applicant_id,BI,BL,EN,FY,GE,HI,MU,IDH,KE,MA,RE,SH,SV,SVA",
        ),
        each(
            "conditions that cannot be read",
            "open_to",
            &[
                "tests",
                "test>=",
                "test>=many",
                "test>=-1",
                "test>30",
                "test=30",
                "musik",
                "musik>=C",
                "MU>=",
                "MU>=Z",
                "MU>=17.5",
                ">=C",
                "MU=C",
                "MU>=C;IDH",
                "free quota",
                "Test_passed",
                "sport",
                "MU >= C",
                "?",
            ],
        )
        .finds([
            "unknown_condition quota_groups.csv:2 open_to=tests",
            "unknown_condition quota_groups.csv:3 open_to=test>=",
            "unknown_condition quota_groups.csv:4 open_to=test>=many",
            "unknown_condition quota_groups.csv:5 open_to=test>=-1",
            "unknown_condition quota_groups.csv:6 open_to=test>30",
            "unknown_condition quota_groups.csv:7 open_to=test=30",
            "unknown_condition quota_groups.csv:8 open_to=musik",
            "unknown_condition quota_groups.csv:9 open_to=musik>=C",
            "unknown_condition quota_groups.csv:10 open_to=MU>=",
            "unknown_condition quota_groups.csv:11 open_to=MU>=Z",
            "unknown_condition quota_groups.csv:12 open_to=MU>=17.5",
            "unknown_condition quota_groups.csv:13 open_to=>=C",
            "unknown_condition quota_groups.csv:14 open_to=MU=C",
            "unknown_condition quota_groups.csv:15 open_to=MU>=C;IDH",
            "unknown_condition quota_groups.csv:16 open_to=free quota",
            "unknown_condition quota_groups.csv:17 open_to=Test_passed",
            "unknown_condition quota_groups.csv:18 open_to=sport",
            "unknown_condition quota_groups.csv:19 open_to=MU >= C",
            "unknown_condition quota_groups.csv:20 open_to=?",
        ]),
        grouped("a grade that the scale does not have", "P1,a,1,1,,MU>=VG,,\n")
            .finds(["unknown_condition quota_groups.csv:2 open_to=MU>=VG"])
            .says("\"MU>=VG\" names no subject or grade of the rule set"),
        grouped("both cells wrong", "P1,a,1,1,points,musik,,\n").finds([
            "unknown_ranking quota_groups.csv:2 ranked_by=points",
            "unknown_condition quota_groups.csv:2 open_to=musik",
        ]),
        market("subjects in a market")
            .file(GROUPS, format!("{}S,a,1,2,,MU,,\n", header()))
            .finds(["unknown_condition quota_groups.csv:2 open_to=MU"]),
        grouped("an unreadable rule set makes no ranking unknown", "P1,a,1,1,score,MU>=7,,\n")
            .line("rules.toml", 1, "rule_set = market")
            .finds(["broken_toml rules.toml:1"]),
    ]
}

fn ties() -> Vec<Case> {
    let equals = |name, rows| {
        grouped(name, rows).line("grades.csv", 3, "A2,A,A,A,A,A,A,A,A,A,A,A,A,A,").line(
            "rules.toml",
            5,
            "keys = [\"reception\", \"merit\"]",
        )
    };
    vec![
        equals("a tie in a quota group", "P1,prov,1,0,test,,,50\nP1,betyg,2,1,,,,\n")
            .finds(["unresolved_tie choices.csv"])
            .says(
                "leaves 2 applicants equal with another; programmes touched: 1; \
                 at P1 (betyg): A1, A2",
            ),
        equals("a tie in second hand", "P1,betyg,1,1,,,,\n")
            .file(
                "decisions.csv",
                "applicant_id,programme_id,decision,reason\n\
                 A1,P1,second_hand,x\nA2,P1,second_hand,x\n",
            )
            .finds(["unresolved_tie choices.csv"])
            .says("at P1 (betyg): A1, A2"),
        equals("a test that parts equals", "P1,prov,1,1,merit test,,,50\n")
            .file("test_scores.csv", "applicant_id,programme_id,points\nA1,P1,3\nA2,P1,4\n"),
        equals("a group open to one of two equals", "P1,prov,1,1,,test,,50\n")
            .file("test_scores.csv", "applicant_id,programme_id,points\nA1,P1,3\n"),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
