//! A season under its rules.

use crate::harness::{Case, examine, graded, market};

pub(crate) fn cases() -> Vec<Case> {
    vec![
        graded("no grades").without("grades.csv").finds(["nothing_to_rank_by grades.csv"]),
        graded("no grades and no rules")
            .without("grades.csv")
            .without("rules.toml")
            .finds(["nothing_to_rank_by grades.csv", "no_lottery_seed rules.toml lottery.seed"]),
        graded("a market without scores")
            .without("grades.csv")
            .file("rules.toml", "rule_set = \"market\"\n")
            .finds(["nothing_to_rank_by choices.csv score"]),
        graded("scores beside grades")
            .file(
                "choices.csv",
                "applicant_id,choice_rank,programme_id,score\nA1,1,P1,9\nA2,1,P1,8\nA3,1,P2,7\n",
            )
            .finds(["unused_scores choices.csv score"]),
        graded("grades in a market")
            .file(
                "choices.csv",
                "applicant_id,choice_rank,programme_id,score\nA1,1,P1,9\nA2,1,P1,8\nA3,1,P2,7\n",
            )
            .file("rules.toml", "rule_set = \"market\"\n")
            .finds(["unused_grades grades.csv"]),
        graded("an unknown grade in two subjects")
            .line("grades.csv", 3, "A2,B,B,Z,B,B,B,B,B,B,?,B,B,B,")
            .finds(["unknown_grade grades.csv:3 EN=Z", "unknown_grade grades.csv:3 MA=?"]),
        graded("a grade with a sign")
            .line("grades.csv", 4, "A3,C+,C,C,C,C,C,C,C,C,C,C,C,,C")
            .finds(["unknown_grade grades.csv:4 BI=C+"]),
        graded("a grade in small letters is no fault").line(
            "grades.csv",
            4,
            "A3,c,C,C,C,C,C,C,C,C,C,C,C,,C",
        ),
        graded("grades of the older scale")
            .line("grades.csv", 2, "A1,VG,A,MVG,A,A,A,A,A,A,IG,A,A,A,")
            .line("grades.csv", 4, "A3,g,C,C,C,C,C,C,C,C,C,C,C,,C")
            .finds([
                "mixed_scales grades.csv:2 BI=VG",
                "mixed_scales grades.csv:2 EN=MVG",
                "mixed_scales grades.csv:2 MA=IG",
                "mixed_scales grades.csv:4 BI=g",
            ]),
        graded("digits for grades")
            .line("grades.csv", 2, "A1,5,A,A,A,A,A,A,A,A,A,A,A,A,")
            .line("grades.csv", 3, "A2,B,B,B,B,B,B,B,B,B,20,B,B,Ö,")
            .finds([
                "mixed_scales grades.csv:2 BI=5",
                "mixed_scales grades.csv:3 MA=20",
                "unknown_grade grades.csv:3 SV=Ö",
            ]),
        graded("Swedish in both columns")
            .line("grades.csv", 3, "A2,B,B,B,B,B,B,B,B,B,B,B,B,B,C")
            .line("grades.csv", 4, "A3,C,C,C,C,C,C,C,C,C,C,C,C,C,C")
            .finds(["both_swedish grades.csv:3"])
            .says("applicants with grades in more than one of SV and SVA: 2, A2 the first"),
        graded("an unknown study path")
            .line("programmes.csv", 2, "P1,1,Naturvetenskap,Åkerskolan,1280,XX,municipal")
            .line("programmes.csv", 4, "P3,1,Bygg,Ängskolan,1282,B,regional")
            .finds([
                "unknown_study_path programmes.csv:2 study_path_code=XX",
                "unknown_study_path programmes.csv:4 study_path_code=B",
            ]),
        graded("no study path")
            .line("programmes.csv", 2, "P1,1,Naturvetenskap,Åkerskolan,1280,,municipal")
            .finds(["missing_value programmes.csv:2 study_path_code="]),
        graded("introductory programmes are no fault")
            .line("programmes.csv", 2, "P1,1,Programinriktat val,Åkerskolan,1280,IMVNA,municipal")
            .line("programmes.csv", 3, "P2,2,Yrkesintroduktion,Österport,1281,IMYBA,independent")
            .line("programmes.csv", 4, "P3,1,Språk,Ängskolan,1282,IMSPR,regional"),
        graded("an introductory programme for no programme")
            .line("programmes.csv", 2, "P1,1,Programinriktat val,Åkerskolan,1280,IMV,municipal")
            .line("programmes.csv", 4, "P3,1,Programinriktat val,Ängskolan,1282,imvxx,regional")
            .finds([
                "unknown_study_path programmes.csv:2 study_path_code=IMV",
                "unknown_study_path programmes.csv:4 study_path_code=imvxx",
            ])
            .says("the code does not say which programme it prepares for"),
        graded("a programme of another year")
            .line("rules.toml", 1, "rule_set = \"gymnasium-2024\"")
            .line("programmes.csv", 2, "P1,1,Hantverk,Åkerskolan,1280,HVFRI,municipal")
            .line("programmes.csv", 4, "P3,1,Frisör,Ängskolan,1282,FR,regional")
            .finds(["unknown_study_path programmes.csv:4 study_path_code=FR"]),
        graded("a programme of the year before")
            .line("programmes.csv", 4, "P3,1,Hantverk,Ängskolan,1282,HVFRI,regional")
            .finds(["unknown_study_path programmes.csv:4 study_path_code=HVFRI"]),
        market("a tie")
            .line("choices.csv", 4, "petra,1,S,240.5")
            .finds(["unresolved_tie choices.csv"])
            .says(
                "leaves 2 applicants equal with another; programmes touched: 1; at S: olle, petra",
            ),
        market("ties at two programmes")
            .file(
                "choices.csv",
                "applicant_id,choice_rank,programme_id,score\n\
                 a,1,S,1\nb,1,S,1\nc,1,S,1\nd,1,S,1\ne,1,S,2\ne,2,T,7\nf,1,T,7\n",
            )
            .finds(["unresolved_tie choices.csv"])
            .says("leaves 6 applicants equal with another; programmes touched: 2; at S: a, b, c …"),
        graded("a tie in merit")
            .line("rules.toml", 5, "keys = [\"merit\"]")
            .line("grades.csv", 3, "A2,A,A,A,A,A,A,A,A,A,A,A,A,A,")
            .finds(["unresolved_tie choices.csv"])
            .says("leaves 2 applicants equal"),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
