//! `quota_groups.csv`.

use crate::harness::{Case, examine, graded};

const GROUPS: &str = "quota_groups.csv";

/// The graded season with these rows of groups; P1 has one seat, P2 two, P3 one.
fn grouped(name: &'static str, rows: &str) -> Case {
    let header = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,\
        test_maximum\n";
    graded(name).file(GROUPS, format!("{header}{rows}"))
}

pub(crate) fn cases() -> Vec<Case> {
    [files(), cells(), within_a_programme(), consequences()].into_iter().flatten().collect()
}

fn files() -> Vec<Case> {
    vec![
        grouped("groups without rows", ""),
        grouped("sound groups, the later first", "P2,betyg,2,1,,,,\nP2,Övriga_2-b,1,1,,,betyg,\n"),
        graded("groups without the columns that may be left out").file(
            GROUPS,
            "seats;precedence;quota_group;programme_id\n1;7;A;P2\n1;3;B;P2\n1;1;A;P1\n",
        ),
        graded("an empty file of groups").file(GROUPS, "").finds(["empty_file quota_groups.csv"]),
        graded("columns of groups missing")
            .file(GROUPS, "programme_id,group,order\nP1,a,1\n")
            .finds([
                "missing_column quota_groups.csv:1 quota_group",
                "missing_column quota_groups.csv:1 precedence",
                "missing_column quota_groups.csv:1 seats",
                "unknown_column quota_groups.csv:1 group",
                "unknown_column quota_groups.csv:1 order",
            ]),
        graded("an unknown column of groups")
            .file(GROUPS, "programme_id,quota_group,precedence,seats,rank\nP1,a,1,1,x\n")
            .finds(["unknown_column quota_groups.csv:1 rank"]),
        graded("groups cut off in their header")
            .file(GROUPS, "\nprogramme_id,quota_group,precedence,seats,unfilled_to")
            .finds(["no_final_line_break quota_groups.csv:2"]),
        grouped("groups without a line break at the end", "P1,a,1,1,,,,")
            .finds(["no_final_line_break quota_groups.csv:2"]),
    ]
}

fn cells() -> Vec<Case> {
    vec![
        grouped("more points than the test gives", "P1,a,1,1,test,test>=50.5,,50\n")
            .finds(["condition_never_met quota_groups.csv:2 open_to=test>=50.5"])
            .says("test>=50.5 is more than the programme's test can give"),
        grouped(
            "a maximum that another group states",
            "P2,a,1,1,test,test>=60,b,\nP2,b,2,1,merit+test,,,50\n",
        )
        .finds(["condition_never_met quota_groups.csv:2 open_to=test>=60"]),
        grouped("all the points that the test gives", "P1,a,1,1,test,test>=50,,50\n"),
        grouped("a subject without a column", "P1,a,1,1,,MA MU>=C,,\n")
            .finds(["condition_never_met quota_groups.csv:2 open_to=MA MU>=C"])
            .says("grades.csv has no column MU"),
        grouped("a subject in the column of the other", "P1,a,1,1,,sva>=C,,\n").line(
            "grades.csv",
            1,
            "applicant_id,BI,BL,EN,FY,GE,HI,HKK,IDH,KE,MA,RE,SH,SV,MU",
        ),
        grouped("a group of an unknown programme", "P9,a,1,1,,,,\n")
            .finds(["unknown_programme quota_groups.csv:2 programme_id=P9"]),
        grouped("a group without name", "P1,,1,1,,,,\n")
            .finds(["missing_value quota_groups.csv:2 quota_group="]),
        grouped("a name with a space", "P1,fri kvot,1,1,,,,\n")
            .finds(["bad_group_name quota_groups.csv:2 quota_group=fri kvot"]),
        grouped("a name with an equals sign", "P1,a=b,1,1,,,,\n")
            .finds(["bad_group_name quota_groups.csv:2 quota_group=a=b"]),
        grouped("a name with an invisible character", "P1,a\u{200b},1,1,,,,\n")
            .finds(["bad_group_name quota_groups.csv:2 quota_group=a\u{200b}"]),
        grouped("a group filled before the first", "P1,a,0,1,,,,\n")
            .finds(["zero_rank quota_groups.csv:2 precedence=0"]),
        grouped("a precedence in words", "P1,a,first,1,,,,\n")
            .finds(["not_a_whole_number quota_groups.csv:2 precedence=first"]),
        grouped("a precedence beyond reason", "P1,a,10001,1,,,,\n")
            .finds(["number_too_large quota_groups.csv:2 precedence=10001"]),
        grouped("no precedence", "P1,a,,1,,,,\n")
            .finds(["missing_value quota_groups.csv:2 precedence="]),
        grouped("seats of a group below zero", "P1,a,1,-1,,,,\n")
            .finds(["negative_number quota_groups.csv:2 seats=-1"]),
        grouped("a share for seats", "P1,a,1,1/3,,,,\n")
            .finds(["not_a_whole_number quota_groups.csv:2 seats=1/3"]),
        grouped("no seats of a group", "P1,a,1,,,,,\n")
            .finds(["missing_value quota_groups.csv:2 seats="]),
        grouped("a maximum in words", "P1,a,1,1,,,,hundra\n")
            .finds(["not_a_number quota_groups.csv:2 test_maximum=hundra"]),
        grouped("everything wrong in one row", "P9,a b,x,y,,,,z\n").finds([
            "unknown_programme quota_groups.csv:2 programme_id=P9",
            "bad_group_name quota_groups.csv:2 quota_group=a b",
            "not_a_whole_number quota_groups.csv:2 precedence=x",
            "not_a_whole_number quota_groups.csv:2 seats=y",
            "not_a_number quota_groups.csv:2 test_maximum=z",
        ]),
    ]
}

fn within_a_programme() -> Vec<Case> {
    vec![
        grouped("a name twice", "P2,a,1,1,,,,\nP2,a,2,1,,,,\n")
            .finds(["duplicate_group quota_groups.csv:3 quota_group=a"])
            .says("a group of this name already"),
        grouped("a precedence twice", "P2,b,1,1,,,,\nP2,a,1,1,,,,\n")
            .finds(["duplicate_group quota_groups.csv:3 precedence=1"])
            .says("a group of this precedence already"),
        grouped("a group twice", "P2,a,1,1,,,,\nP2,a,1,1,,,,\n")
            .finds(["duplicate_group quota_groups.csv:3 quota_group=a"]),
        grouped("a name at two programmes is no fault", "P1,a,1,1,,,,\nP2,a,1,2,,,,\n"),
        grouped("names in other letters are no fault", "P2,a,1,1,,,,\nP2,A,2,1,,,,\n"),
        grouped("seats pass on to no group", "P2,a,1,1,,,c,\nP2,b,2,1,,,,\n")
            .finds(["unknown_group quota_groups.csv:2 unfilled_to=c"])
            .says("the programme has no such group"),
        grouped("seats pass on to another programme", "P2,a,1,2,,,b,\nP1,b,2,1,,,,\n")
            .finds(["unknown_group quota_groups.csv:2 unfilled_to=b"]),
        grouped("seats pass on to the group itself", "P2,a,1,1,,,a,\nP2,b,2,1,,,,\n")
            .finds(["unknown_group quota_groups.csv:2 unfilled_to=a"])
            .says("passes seats on to itself"),
        grouped("seats pass on to an earlier group", "P2,a,1,1,,,,\nP2,b,2,1,,,a,\n")
            .finds(["unknown_group quota_groups.csv:3 unfilled_to=a"])
            .says("filled earlier"),
        grouped("fewer seats than the programme", "P2,b,2,0,,,,\nP2,a,1,1,,,,\nP1,a,1,1,,,,\n")
            .finds(["group_seats quota_groups.csv:3 seats=1"])
            .says("seats of P2: 1 in its groups together, 2 in the programme"),
        grouped("more seats than the programme", "P2,a,1,2,,,,\nP2,b,2,1,,,,\n")
            .finds(["group_seats quota_groups.csv:2 seats=2"])
            .says("seats of P2: 3 in its groups together, 2 in the programme"),
        grouped("a test with two maxima", "P2,b,2,1,,,,100\nP2,a,1,1,,,,90.5\n")
            .finds(["conflicting_maximum quota_groups.csv:3 test_maximum=90.5"])
            .says("line 2 says 100"),
        grouped(
            "a maximum written in two ways is no fault",
            "P2,a,1,1,,,,100\nP2,b,2,1,,,,\"100,0\"\n",
        ),
    ]
}

fn consequences() -> Vec<Case> {
    vec![
        grouped(
            "a lost group makes no seats missing and no group unknown",
            "P2,a,1,1,,,b,\nP2,b,2\nP1,a,1,2,,,,\n",
        )
        .finds(["too_few_fields quota_groups.csv:3", "group_seats quota_groups.csv:4 seats=2"]),
        grouped("nor does a group that cannot be read", "P2,a,1,1,,,b,\nP2,b,x,1,,,,\n")
            .finds(["not_a_whole_number quota_groups.csv:3 precedence=x"]),
        grouped("nor does a misspelt programme", "P2,a,1,1,,,b,\np2,b,2,1,,,,\n")
            .finds(["unknown_programme quota_groups.csv:3 programme_id=p2"]),
        grouped("a lost programme makes no group's programme unknown", "P1,a,1,9,,,,\n")
            .line("programmes.csv", 2, "P1,1,Natur")
            .finds(["too_few_fields programmes.csv:2"]),
        grouped("a capacity that cannot be read is not compared", "P1,a,1,9,,,,\n")
            .line("programmes.csv", 2, "P1,x,Naturvetenskap,Åkerskolan,1280,NA,municipal")
            .finds(["not_a_whole_number programmes.csv:2 capacity=x"]),
        grouped("nor is that of a programme that stands twice", "P1,a,1,9,,,,\n")
            .line("programmes.csv", 5, "P1,9,Naturvetenskap,Åkerskolan,1280,NA,municipal")
            .finds(["duplicate_id programmes.csv:5 programme_id=P1"]),
        grouped("no programmes at all", "P1,a,1,9,,,,\n")
            .without("programmes.csv")
            .finds(["missing_file programmes.csv"]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
