//! Cells that contradict each other.

use crate::harness::{Case, examine, graded, market};

pub(crate) fn cases() -> Vec<Case> {
    vec![
        graded("a programme twice")
            .line("programmes.csv", 4, "P1,1,Bygg,Ängskolan,1282,BA,regional")
            .line("choices.csv", 5, "A2,2,P2")
            .finds(["duplicate_id programmes.csv:4 programme_id=P1"]),
        graded("an applicant twice")
            .line("applicants.csv", 5, "A2,1281,2009,M,0")
            .finds(["duplicate_id applicants.csv:5 applicant_id=A2"]),
        graded("two rows of grades")
            .line("grades.csv", 5, "A1,B,B,B,B,B,B,B,B,B,B,B,B,B,")
            .finds(["duplicate_id grades.csv:5 applicant_id=A1"]),
        graded("an unknown programme")
            .line("choices.csv", 6, "A3,1,P9")
            .finds(["unknown_programme choices.csv:6 programme_id=P9"]),
        graded("a programme in small letters is another")
            .line("choices.csv", 6, "A3,1,p2")
            .finds(["unknown_programme choices.csv:6 programme_id=p2"]),
        market("an unknown programme in a market")
            .line("choices.csv", 4, "petra,1,X,251.25")
            .finds(["unknown_programme choices.csv:4 programme_id=X"]),
        market("the only choice of an applicant is unknown")
            .line("choices.csv", 8, "quy,1,X,240")
            .finds(["unknown_programme choices.csv:8 programme_id=X"]),
        graded("an unknown applicant")
            .line("choices.csv", 6, "A9,1,P2")
            .line("choices.csv", 7, "A3,1,P2")
            .finds(["unknown_applicant choices.csv:6 applicant_id=A9"]),
        graded("grades of an unknown applicant")
            .line("grades.csv", 5, "A9,C,C,C,C,C,C,C,C,C,C,C,C,,C")
            .finds(["unknown_applicant grades.csv:5 applicant_id=A9"]),
        graded("grades of an unknown applicant without applicants.csv")
            .without("applicants.csv")
            .line("grades.csv", 5, "A9,C,C,C,C,C,C,C,C,C,C,C,C,,C")
            .finds(["unknown_applicant grades.csv:5 applicant_id=A9"]),
        graded("a choice twice")
            .line("choices.csv", 5, "A2,2,P1")
            .finds(["duplicate_choice choices.csv:5 programme_id=P1"])
            .says("applicant A2 has chosen it already"),
        graded("a rank twice")
            .line("choices.csv", 5, "A2,1,P3")
            .finds(["repeated_rank choices.csv:5 choice_rank=1"])
            .says("applicant A2 has this rank twice"),
        graded("a gap in the ranks")
            .line("choices.csv", 5, "A2,3,P3")
            .finds(["rank_gap choices.csv:5 choice_rank=3"])
            .says("applicant A2 has no choice of rank 2"),
        graded("ranks that do not begin with 1")
            .line("choices.csv", 6, "A3,2,P2")
            .finds(["rank_gap choices.csv:6 choice_rank=2"]),
        graded("the same row twice").line("choices.csv", 7, "A3,1,P2").finds([
            "repeated_rank choices.csv:7 choice_rank=1",
            "duplicate_choice choices.csv:7 programme_id=P2",
        ]),
        graded("applicants without choices")
            .line("applicants.csv", 5, "A4,1280,2009,F,0")
            .line("applicants.csv", 6, "A5,1280,2009,F,0")
            .line("grades.csv", 5, "A4,C,C,C,C,C,C,C,C,C,C,C,C,,C")
            .line("grades.csv", 6, "A5,C,C,C,C,C,C,C,C,C,C,C,C,,C")
            .finds(["applicants_without_choices choices.csv"])
            .says("applicants without a choice: 2, A4 the first"),
        graded("an applicant without grades")
            .file("grades.csv", "applicant_id,SV,EN,MA\nA1,A,A,A\nA3,B,B,B\n")
            .finds(["applicants_without_grades grades.csv"])
            .says("applicants without a row of grades: 1, A2 the first"),
        graded("a lost programme row makes no choice unknown")
            .line("programmes.csv", 2, "P1,1,Naturvetenskap, natur,Åkerskolan,1280,NA,municipal")
            .line("choices.csv", 6, "A3,1,P9")
            .finds([
                "too_many_fields programmes.csv:2",
                "unknown_programme choices.csv:6 programme_id=P9",
            ]),
        graded("a lost applicant row makes no applicant unknown")
            .line("applicants.csv", 2, "A1,1280")
            .line("choices.csv", 6, "A9,1,P2")
            .finds([
                "too_few_fields applicants.csv:2",
                "unknown_applicant choices.csv:6 applicant_id=A9",
            ]),
        graded("a lost choice makes no gap, other gaps are told")
            .line("choices.csv", 2, "A1,1,P1,,x")
            .line("choices.csv", 5, "A2,3,P3")
            .finds(["too_many_fields choices.csv:2", "rank_gap choices.csv:5 choice_rank=3"]),
        graded("faults of several files at once")
            .line("programmes.csv", 2, "P1,x,Naturvetenskap,Åkerskolan,1280,NA,municipal")
            .line("applicants.csv", 4, "A3,1282,1,,1")
            .line("choices.csv", 3, "A1,2,P9")
            .line("grades.csv", 3, "A2,Z,B,B,B,B,B,B,B,B,B,B,B,B,")
            .line("rules.toml", 2, "round = \"last\"")
            .finds([
                "not_a_whole_number programmes.csv:2 capacity=x",
                "absurd_year applicants.csv:4 birth_year=1",
                "unknown_programme choices.csv:3 programme_id=P9",
                "unknown_round rules.toml:2 round=last",
                "unknown_grade grades.csv:3 BI=Z",
            ]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
