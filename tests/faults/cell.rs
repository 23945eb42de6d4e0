//! Single cells.

use crate::harness::{Case, examine, graded, market};

pub(crate) fn cases() -> Vec<Case> {
    [scores(), capacities(), ranks_and_ids(), people()].into_iter().flatten().collect()
}

fn scores() -> Vec<Case> {
    let score = |name, row| market(name).line("choices.csv", 4, row);
    vec![
        score("a score with two signs", "petra,1,S,\"1,2.3\"")
            .finds(["not_a_number choices.csv:4 score=1,2.3"]),
        score("a score with an exponent", "petra,1,S,1e5")
            .finds(["not_a_number choices.csv:4 score=1e5"]),
        score("a score in words", "petra,1,S,hög").finds(["not_a_number choices.csv:4 score=hög"]),
        score("a score with a thousands space", "petra,1,S,1 000")
            .finds(["not_a_number choices.csv:4 score=1 000"]),
        score("a score that is no number", "petra,1,S,NaN")
            .finds(["not_a_number choices.csv:4 score=NaN"]),
        score("a score with a plus", "petra,1,S,+5").finds(["not_a_number choices.csv:4 score=+5"]),
        score("a score that begins with its sign", "petra,1,S,.5")
            .finds(["not_a_number choices.csv:4 score=.5"]),
        score("a score that a spreadsheet broke", "petra,1,S,#REF!")
            .finds(["not_a_number choices.csv:4 score=#REF!"]),
        score("a score in other digits", "petra,1,S,２５１")
            .finds(["not_a_number choices.csv:4 score=２５１"]),
        score("a negative score", "petra,1,S,-1").finds(["negative_number choices.csv:4 score=-1"]),
        score("a score of ten digits", "petra,1,S,1234567890")
            .finds(["number_too_large choices.csv:4 score=1234567890"]),
        score("a score of five decimals", "petra,1,S,251.25001")
            .finds(["too_many_decimals choices.csv:4 score=251.25001"]),
        score("trailing zeros are no decimals", "petra,1,S,251.250000000"),
        score("the largest score", "petra,1,S,999999999.9999"),
        score("a score is missing", "petra,1,S,").finds(["missing_score choices.csv:4 score"]),
        market("scores are missing in several rows")
            .line("choices.csv", 6, "åsa,1,S,")
            .line("choices.csv", 3, "olle,2,T,")
            .finds(["missing_score choices.csv:3 score", "missing_score choices.csv:6 score"]),
        market("the only score cannot be read")
            .file("choices.csv", "applicant_id,choice_rank,programme_id,score\nolle,1,S,x\n")
            .finds(["not_a_number choices.csv:2 score=x"]),
    ]
}

fn capacities() -> Vec<Case> {
    let capacity = |name, row| market(name).line("programmes.csv", 2, row);
    vec![
        capacity("a capacity with decimals", "S,12.0,")
            .finds(["not_a_whole_number programmes.csv:2 capacity=12.0"]),
        capacity("a capacity in words", "S,tolv,")
            .finds(["not_a_whole_number programmes.csv:2 capacity=tolv"]),
        capacity("a range for a capacity", "S,28-32,")
            .finds(["not_a_whole_number programmes.csv:2 capacity=28-32"]),
        capacity("a negative capacity", "S,-3,")
            .finds(["negative_number programmes.csv:2 capacity=-3"]),
        capacity("a capacity beyond reason", "S,99999999999,")
            .finds(["number_too_large programmes.csv:2 capacity=99999999999"]),
        capacity("a capacity just beyond reason", "S,1000001,")
            .finds(["number_too_large programmes.csv:2 capacity=1000001"]),
        capacity("no capacity", "S,,").finds(["missing_value programmes.csv:2 capacity="]),
        capacity("no seats are no fault", "S,0,"),
        capacity("leading zeros are no fault", "S,002,"),
    ]
}

fn ranks_and_ids() -> Vec<Case> {
    vec![
        graded("rank zero")
            .line("choices.csv", 2, "A1,0,P1")
            .finds(["zero_rank choices.csv:2 choice_rank=0"]),
        graded("a rank in words")
            .line("choices.csv", 3, "A1,andra,P2")
            .finds(["not_a_whole_number choices.csv:3 choice_rank=andra"]),
        graded("a negative rank")
            .line("choices.csv", 3, "A1,-2,P2")
            .finds(["negative_number choices.csv:3 choice_rank=-2"]),
        graded("a rank beyond reason")
            .line("choices.csv", 3, "A1,10001,P2")
            .finds(["number_too_large choices.csv:3 choice_rank=10001"]),
        graded("no rank")
            .line("choices.csv", 3, "A1,,P2")
            .finds(["missing_value choices.csv:3 choice_rank="]),
        graded("no programme in a choice")
            .line("choices.csv", 3, "A1,2,")
            .finds(["missing_value choices.csv:3 programme_id="]),
        graded("no applicant in a choice")
            .line("choices.csv", 2, ",1,P1")
            .finds(["missing_value choices.csv:2 applicant_id="]),
        graded("a programme without id")
            .line("programmes.csv", 3, ",2,Ekonomi,Österportsskolan,1281,EK,independent")
            .finds(["missing_value programmes.csv:3 programme_id="]),
        graded("an applicant without id")
            .line("applicants.csv", 3, ",1281,2009,M,0")
            .finds(["missing_value applicants.csv:3 applicant_id="]),
        graded("a control character in an id")
            .line("choices.csv", 6, "A\u{7}3,1,P2")
            .finds(["bad_character choices.csv:6 applicant_id=A\u{7}3"]),
        graded("a space without width in an id")
            .line("programmes.csv", 3, "P2\u{200b},2,Ekonomi,Österportsskolan,1281,EK,independent")
            .finds(["bad_character programmes.csv:3 programme_id=P2\u{200b}"]),
        graded("a mark of direction in an id")
            .line("choices.csv", 6, "\u{202a}A3,1,P2")
            .finds(["bad_character choices.csv:6 applicant_id=\u{202a}A3"]),
        market("ids with space, commas and quotation marks are no fault")
            .line("choices.csv", 6, "\"Ek, \"\"Åsa\"\"\",1,S,260")
            .line("choices.csv", 7, "\"Ek, \"\"Åsa\"\"\",2,T,259.5"),
    ]
}

fn people() -> Vec<Case> {
    let person = |name, row| graded(name).line("applicants.csv", 3, row);
    vec![
        person("a year in the future", "A2,1281,3009,M,0")
            .finds(["absurd_year applicants.csv:3 birth_year=3009"]),
        person("a year of two digits", "A2,1281,09,M,0")
            .finds(["absurd_year applicants.csv:3 birth_year=09"]),
        person("a date for a year", "A2,1281,2009-04-01,M,0")
            .finds(["not_a_whole_number applicants.csv:3 birth_year=2009-04-01"]),
        person("a personal identity number for a year", "A2,1281,200904011234,M,0")
            .finds(["number_too_large applicants.csv:3 birth_year=200904011234"]),
        person("neither yes nor no", "A2,1281,2009,M,kanske")
            .finds(["not_a_flag applicants.csv:3 protected=kanske"]),
        person("yes and no in Swedish are no fault", "A2,1281,2009,M,Ja"),
        person("an unusual mark of sex", "A2,1281,2009,pojke,0")
            .finds(["unusual_sex applicants.csv:3 sex=pojke"]),
        person("a municipality by name", "A2,Malmö,2009,M,0")
            .finds(["unusual_code applicants.csv:3 home_municipality=Malmö"]),
        graded("a municipality code that lost its zero")
            .line("programmes.csv", 2, "P1,1,Naturvetenskap,Åkerskolan,180,NA,municipal")
            .finds(["unusual_code programmes.csv:2 municipality_code=180"]),
        graded("an unknown provider")
            .line("programmes.csv", 2, "P1,1,Naturvetenskap,Åkerskolan,1280,NA,kommunal")
            .finds(["unknown_provider programmes.csv:2 provider=kommunal"]),
        graded("a long value is shortened")
            .line(
                "programmes.csv",
                2,
                "P1,1,N,Å,1280,NA,\
                    ååååååååååååååååååååååååååååååååååååååååååååååååååååååååååååååååå",
            )
            .finds(["unknown_provider programmes.csv:2 \
                provider=åååååååååååååååååååååååååååååååååååååååååååååååååååååååååååå…"]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
