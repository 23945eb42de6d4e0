//! Headers and rows.

use crate::harness::{Case, examine, graded, market};

pub(crate) fn cases() -> Vec<Case> {
    vec![
        graded("no column capacity")
            .line(
                "programmes.csv",
                1,
                "programme_id,seats,name,school,\
                municipality_code,study_path_code,provider",
            )
            .finds([
                "missing_column \
                programmes.csv:1 capacity",
                "unknown_column programmes.csv:1 seats",
            ]),
        graded("no column programme_id in choices")
            .line("choices.csv", 1, "applicant_id,choice_rank,programme")
            .finds([
                "missing_column \
                choices.csv:1 programme_id",
                "unknown_column choices.csv:1 programme",
            ]),
        market("no column of choices is known").line("choices.csv", 1, "a,b,c,d").finds([
            "missing_column choices.csv:1 applicant_id",
            "missing_column choices.csv:1 choice_rank",
            "missing_column choices.csv:1 programme_id",
            "unknown_column choices.csv:1 a",
            "unknown_column choices.csv:1 b",
            "unknown_column choices.csv:1 c",
            "unknown_column choices.csv:1 d",
        ]),
        graded("no column applicant_id in applicants")
            .line("applicants.csv", 1, "id,home_municipality,birth_year,sex,protected")
            .finds([
                "missing_column \
                applicants.csv:1 applicant_id",
                "unknown_column applicants.csv:1 id",
            ]),
        graded("no column applicant_id in grades")
            .line("grades.csv", 1, "id,BI,BL,EN,FY,GE,HI,HKK,IDH,KE,MA,RE,SH,SV,SVA")
            .finds(["missing_column grades.csv:1 applicant_id"]),
        graded("no column study_path_code")
            .line(
                "programmes.csv",
                1,
                "programme_id,capacity,name,school,\
                municipality_code,path,provider",
            )
            .finds([
                "unknown_column programmes.csv:1 path",
                "missing_column programmes.csv:1 study_path_code",
            ]),
        graded("a missing column below an empty line")
            .file("choices.csv", "\n\napplicant_id,choice_rank\nA1,1\n")
            .finds(["missing_column choices.csv:3 programme_id"])
            .says("the column is missing"),
        graded("a column twice")
            .line("choices.csv", 1, "applicant_id,choice_rank,choice_rank")
            .finds([
                "duplicate_column \
                choices.csv:1 choice_rank",
                "missing_column choices.csv:1 programme_id",
            ]),
        graded("a column twice, in capitals")
            .file(
                "programmes.csv",
                "programme_id,capacity,study_path_code,Capacity\n\
                P1,1,NA,1\nP2,2,EK,2\nP3,1,BA,1\n",
            )
            .finds(["duplicate_column programmes.csv:1 Capacity"]),
        graded("a subject twice")
            .line("grades.csv", 1, "applicant_id,BI,BL,EN,FY,GE,HI,HKK,IDH,KE,MA,RE,SH,SV,sv")
            .finds(["duplicate_column grades.csv:1 sv"]),
        graded("an unknown column")
            .file("applicants.csv", "applicant_id,shoe_size\nA1,38\nA2,41\nA3,\n")
            .finds(["unknown_column applicants.csv:1 shoe_size"]),
        graded("an unknown subject")
            .line("grades.csv", 1, "applicant_id,BI,BL,EN,FY,GE,HI,HKK,IDH,KE,MA,RE,SH,SV,Latin")
            .finds(["unknown_column grades.csv:1 Latin"]),
        graded("the same letter in an unknown subject is no fault")
            .file("grades.csv", "applicant_id,SV,Namn\nA1,A,Örjan Ek\nA2,B,Åsa Ö\nA3,C,Li\n")
            .finds(["unknown_column grades.csv:1 Namn"]),
        graded("a cell too few")
            .line("programmes.csv", 3, "P2,2,Ekonomi,Österportsskolan,1281,EK")
            .finds(["too_few_fields programmes.csv:3"])
            .says("the row has 6 fields, the header 7"),
        graded("a cell too few in choices")
            .line("choices.csv", 2, "A1,1")
            .finds(["too_few_fields choices.csv:2"]),
        graded("a cell too few in applicants")
            .line("applicants.csv", 2, "A1,1280")
            .finds(["too_few_fields applicants.csv:2"]),
        graded("a cell too few in grades")
            .line("grades.csv", 2, "A1,A,A,A")
            .finds(["too_few_fields grades.csv:2"]),
        graded("a line of space")
            .line("choices.csv", 7, "   ")
            .finds(["too_few_fields choices.csv:7"]),
        market("a decimal comma between commas")
            .line("choices.csv", 4, "petra,1,S,251,25")
            .finds(["too_many_fields choices.csv:4"])
            .says("the row has 5 fields, the header 4"),
        graded("a comma in a name")
            .line("programmes.csv", 4, "P3,1,Bygg, gymnasial lärling,Ängskolan,1282,BA,regional")
            .finds(["too_many_fields programmes.csv:4"]),
        graded("a comma within quotation marks is no fault").line(
            "programmes.csv",
            4,
            "P3,1,\"Bygg, lärling \"\"A\"\"\",\
                Ängskolan,1282,BA,regional",
        ),
        graded("quotation marks within a name are no fault").line(
            "programmes.csv",
            4,
            "P3,1,Bygg \"hus\" 5\",Ängskolan,1282,BA,regional",
        ),
        graded("faulty rows below empty lines and line ends of Windows")
            .file(
                "choices.csv",
                "applicant_id,choice_rank,programme_id\r\n\
                A1,1,P1\r\n\r\nA2,1\r\nA3,1,P9\r\n",
            )
            .finds([
                "too_few_fields choices.csv:4",
                "unknown_programme \
                choices.csv:5 programme_id=P9",
            ]),
        graded("faulty rows between line ends of old")
            .file("choices.csv", "applicant_id,choice_rank,programme_id\rA1,1,P1\rA2,1\rA3,1,P9\r")
            .finds([
                "too_few_fields choices.csv:3",
                "unknown_programme \
                choices.csv:4 programme_id=P9",
            ]),
        graded("the last line is cut off")
            .file("choices.csv", "applicant_id,choice_rank,programme_id\nA1,1,P1\nA2,1")
            .finds(["truncated_line choices.csv:3"]),
        graded("the last programme is cut off in its id")
            .file("programmes.csv", "programme_id,capacity,study_path_code\nP1,1,NA\nP2,2,EK\nP")
            .finds(["truncated_line programmes.csv:4"]),
        graded("the last line is cut off within quotation marks")
            .file("choices.csv", "applicant_id,choice_rank,programme_id\nA1,1,P1\nA2,1,\"P1")
            .finds(["truncated_line choices.csv:3"]),
        graded("the last line has no line break")
            .file("choices.csv", "applicant_id,choice_rank,programme_id\nA1,1,P1\nA2,1,P1\nA3,1,P2")
            .finds(["no_final_line_break choices.csv:4"]),
        graded("a quotation mark is not closed")
            .line("programmes.csv", 2, "P1,1,\"Naturvetenskap,Åkerskolan,1280,NA,municipal")
            .finds(["line_break_in_field programmes.csv:2"]),
        graded("a quotation mark is not closed in choices")
            .line("choices.csv", 4, "A2,\"1,P1")
            .finds(["line_break_in_field choices.csv:4"]),
        graded("a cell with a line break")
            .line(
                "programmes.csv",
                3,
                "P2,2,\"Ekonomi\n\
                och juridik\",Österportsskolan,1281,EK,independent",
            )
            .finds(["line_break_in_field programmes.csv:3"]),
        graded("lines behind a cell with a line break keep their number")
            .file(
                "programmes.csv",
                "programme_id,capacity,name,study_path_code\n\
                P1,1,\"a\n\nb\",NA\nP2,x,b,EK\nP3,1,c,BA\n",
            )
            .finds([
                "line_break_in_field programmes.csv:2",
                "not_a_whole_number \
                programmes.csv:5 capacity=x",
            ]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
