//! `events.csv` and the run that a season continues: events that cannot be, and seats that the
//! season cannot keep.

use crate::harness::{Case, examine, graded, market};

const PLANNED: &str = "programme_id,capacity,name,school,planned_seats,study_path_code,provider";
const HEADER: &str = "date,event,applicant_id,programme_id,value,source\n";

/// A reserve round after a final one, where A1 got P1, A2 P3 and A3 P2, with these rows of events.
fn reserve(name: &'static str, rows: &str) -> Case {
    let case = graded(name).continued().line("rules.toml", 2, "round = \"reserve\"");
    case.file("events.csv", format!("{HEADER}{rows}"))
}

pub(crate) fn cases() -> Vec<Case> {
    [rows(), values(), people(), days(), market_seasons(), seats(), held(), settings()]
        .into_iter()
        .flatten()
        .collect()
}

/// One row by itself.
fn rows() -> Vec<Case> {
    vec![
        reserve(
            "sound events",
            "2025-07-10,answer,A1,P1,accept,letter\n2025-07-10,Answer,A3,,decline,letter\n\
             2025-07-11,withdrawal,A2,P1,,phone\n2025-07-11,seats,,P2,+1,school\n\
             2025-07-11,offer_closed,,P3,,school\n",
        ),
        reserve("an event that does not exist", "2025-07-10,promotion,A1,,,letter\n")
            .finds(["unknown_event events.csv:2 event=promotion"]),
        reserve("an event on no day", "2025-06-31,withdrawal,A1,,,letter\n")
            .finds(["not_a_date events.csv:2 date=2025-06-31"]),
        reserve("an event that nobody reported", "2025-07-10,withdrawal,A1,,,\n")
            .finds(["missing_value events.csv:2 source="]),
        reserve("an event about nobody", "2025-07-10,withdrawal,A9,,,letter\n")
            .finds(["unknown_applicant events.csv:2 applicant_id=A9"]),
        reserve("an event about nothing", "2025-07-10,seats,,P9,+1,school\n")
            .finds(["unknown_programme events.csv:2 programme_id=P9"]),
        reserve("an answer of nobody", "2025-07-10,answer,,P1,accept,letter\n")
            .finds(["missing_value events.csv:2 applicant_id="]),
        reserve("an appeal for nothing", "2025-07-10,appeal_won,A1,,,board\n")
            .finds(["missing_value events.csv:2 programme_id="]),
        reserve("seats for a person", "2025-07-10,seats,A1,P1,+1,school\n")
            .finds(["contradictory_event events.csv:2 applicant_id=A1"])
            .says("the event is not about one"),
        reserve("columns of events missing", "")
            .file("events.csv", "date,event,applicant_id,kommentar\n")
            .finds(["missing_column events.csv:1 source", "unknown_column events.csv:1 kommentar"]),
    ]
}

fn values() -> Vec<Case> {
    let of = |name, event: &str, value: &'static str| {
        let about = match event {
            "seats" | "seat_filled" => ",P2",
            "offer_closed" => ",P1",
            _ => "A1,",
        };
        reserve(name, &format!("2025-07-10,{event},{about},{value},letter\n"))
    };
    vec![
        of("a maybe", "answer", "maybe").finds(["faulty_event_value events.csv:2 value=maybe"]),
        of("no answer at all", "answer", "").finds(["faulty_event_value events.csv:2 value="]),
        of("a value that says nothing", "no_show", "ill")
            .finds(["faulty_event_value events.csv:2 value=ill"]),
        of("a closing with a value", "offer_closed", "now")
            .finds(["faulty_event_value events.csv:2 value=now"]),
        of("seats without a sign", "seats", "2").finds(["faulty_event_value events.csv:2 value=2"]),
        of("no seat more", "seats", "+0").finds(["faulty_event_value events.csv:2 value=+0"]),
        of("seats beyond reason", "seats", "+2000000")
            .finds(["faulty_event_value events.csv:2 value=+2000000"]),
        of("seats of a group that is not there", "seats", "+1:prov")
            .finds(["unknown_group events.csv:2 value=+1:prov"]),
        of("seats taken by nobody", "seat_filled", "0")
            .finds(["faulty_event_value events.csv:2 value=0"]),
        of("an empty list", "changed_choices", " ")
            .finds(["faulty_event_value events.csv:2 value="]),
        of("a list of what is not there", "changed_choices", "P1 P9")
            .finds(["unknown_programme events.csv:2 value=P9"]),
        of("a list with a choice twice", "changed_choices", "P1 P2 P1")
            .finds(["duplicate_choice events.csv:2 value=P1"]),
        of("a list with scores in a season of grades", "changed_choices", "P1=3")
            .finds(["faulty_event_value events.csv:2 value=P1=3"]),
        of("a list longer than allowed", "changed_choices", "P1 P2 P3")
            .line("rules.toml", 10, "[choices]")
            .line("rules.toml", 11, "most = 2")
            .finds(["too_many_choices events.csv:2 value=P1 P2 P3"])
            .says("a list of 3 choices; 2 are allowed"),
        of("a grade in no subject", "new_grade", "kemi=A")
            .finds(["unknown_subject events.csv:2 value=kemi=A"]),
        of("a grade in a subject without a column", "new_grade", "MU=A")
            .finds(["unknown_subject events.csv:2 value=MU=A"]),
        of("a grade that is no better", "grade_corrected", "MA=A")
            .finds(["contradictory_event events.csv:2 value=MA=A"])
            .says("the applicant has that grade or a better one already"),
    ]
}

/// What the person of an event can and cannot have done.
fn people() -> Vec<Case> {
    vec![
        graded("an answer before any seat was given")
            .file("events.csv", format!("{HEADER}2025-07-10,answer,A1,,accept,letter\n"))
            .finds(["orphaned_event events.csv:2 event=answer"])
            .says("the applicant holds no seat since the run before (applicant A1)"),
        reserve("an answer about another seat", "2025-07-10,answer,A1,P2,accept,letter\n")
            .finds(["orphaned_event events.csv:2 event=answer"])
            .says("the applicant holds another seat than the one named"),
        reserve("nobody came to another seat", "2025-07-10,no_show,A2,P1,,school\n")
            .finds(["orphaned_event events.csv:2 event=no_show"]),
        reserve("a withdrawal of what was not chosen", "2025-07-10,withdrawal,A3,P1,,letter\n")
            .finds(["orphaned_event events.csv:2 event=withdrawal"]),
        reserve("an appeal about what was not chosen", "2025-07-10,appeal_won,A3,P1,,board\n")
            .finds(["orphaned_event events.csv:2 event=appeal_won"]),
        reserve(
            "a late application of an applicant",
            "2025-07-10,late_application,A3,,P1,letter\n",
        )
        .finds(["orphaned_event events.csv:2 event=late_application"])
        .says("write changed_choices"),
        reserve("a changed list of nobody", "2025-07-10,changed_choices,A4,,P1,letter\n")
            .line("applicants.csv", 5, "A4,1280,2009,F,0")
            .line("grades.csv", 5, "A4,A,A,A,A,A,A,A,A,A,A,A,A,A,")
            .finds([
                "orphaned_event events.csv:2 event=changed_choices",
                "applicants_without_choices choices.csv",
            ])
            .says("write late_application"),
        reserve(
            "a list without the seat that is held",
            "2025-07-10,changed_choices,A1,,P2,letter\n",
        )
        .finds(["contradictory_event events.csv:2 event=changed_choices"])
        .says("the list leaves out the seat that the applicant holds"),
        reserve("a seat by hand where it is not wanted", "2025-07-10,seat_filled,A3,P1,,rector\n")
            .finds(["orphaned_event events.csv:2 event=seat_filled"]),
        reserve(
            "a seat by hand below the one that is held",
            "2025-07-10,seat_filled,A1,P2,,rector\n",
        )
        .finds(["contradictory_event events.csv:2 event=seat_filled"])
        .says("the applicant holds a seat that they want more"),
        reserve(
            "a seat by hand of a group that is not there",
            "2025-07-10,seat_filled,A2,P1,prov,rector\n",
        )
        .finds(["unknown_group events.csv:2 value=prov"]),
        reserve(
            "an answer after the seat was withdrawn",
            "2025-07-10,withdrawal,A1,,,letter\n2025-07-11,answer,A1,,accept,letter\n",
        )
        .finds(["contradictory_event events.csv:3 event=answer"])
        .says("the applicant has given the seat up before"),
        reserve(
            "a list with the seat that was given up",
            "2025-07-10,answer,A1,,decline,letter\n2025-07-11,changed_choices,A1,,P2 P1,letter\n",
        )
        .finds(["contradictory_event events.csv:3 event=changed_choices"])
        .says("the list asks for the seat that the applicant has just given up"),
        reserve(
            "a late list that the chain does not know",
            "2025-07-10,changed_choices,A3,,P1 P2,x\n",
        )
        .finds(["lateness_unused rules.toml ranking.keys"]),
    ]
}

/// Two rows of one day, and days out of time.
fn days() -> Vec<Case> {
    let twice = |name, rows: &str| {
        let rows = rows.lines().map(|row| format!("2025-07-10,{row}\n"));
        reserve(name, &rows.collect::<String>())
    };
    vec![
        twice("two answers of a day", "answer,A1,,accept,letter\nanswer,A1,,decline,phone\n")
            .finds(["contradictory_event events.csv:3 event=answer"])
            .says("line 2 tells something else of the same day"),
        twice("an answer twice", "answer,A1,P1,accept,letter\nanswer,A1,P1,accept,phone\n")
            .finds(["contradictory_event events.csv:3 event=answer"])
            .says("line 2 tells the same of the same day"),
        twice("an answer and nobody came", "no_show,A1,,,school\nanswer,A1,,accept,phone\n")
            .finds(["contradictory_event events.csv:3 event=answer"]),
        twice("two withdrawals of a day", "withdrawal,A1,P1,,a\nwithdrawal,A1,P1,,b\n")
            .finds(["contradictory_event events.csv:3 event=withdrawal"]),
        twice("two closings of a day", "offer_closed,,P1,,a\noffer_closed,,P1,,b\n")
            .finds(["contradictory_event events.csv:3 event=offer_closed"]),
        twice("two counts of seats", "seats,,P1,+1,a\nseats,,P1,+2,b\n")
            .finds(["contradictory_event events.csv:3 event=seats"]),
        twice("two counts of seats taken", "seat_filled,,P2,1,a\nseat_filled,,P2,1,b\n")
            .finds(["contradictory_event events.csv:3 event=seat_filled"]),
        twice("one person at two seats by hand", "seat_filled,A2,P1,,a\nseat_filled,A2,P3,,b\n")
            .finds(["contradictory_event events.csv:3 event=seat_filled"]),
        twice("two grades in a subject", "new_grade,A3,,MA=B,a\nnew_grade,A3,,MA=A,b\n")
            .finds(["contradictory_event events.csv:3 event=new_grade"]),
        twice("two won appeals", "appeal_won,A2,P1,,a\nappeal_won,A2,P1,,b\n")
            .finds(["contradictory_event events.csv:3 event=appeal_won"]),
        twice(
            "a withdrawn choice in a new list",
            "changed_choices,A2,,P3 P1,a\nwithdrawal,A2,P1,,b\n",
        )
        .finds(["contradictory_event events.csv:3 event=withdrawal"]),
        reserve(
            "another day, another answer",
            "2025-07-11,answer,A1,,decline,phone\n2025-07-10,answer,A1,,accept,letter\n",
        ),
        reserve("an event before the run before", "2025-06-30,answer,A1,,accept,letter\n")
            .finds(["event_out_of_time events.csv:2 date=2025-06-30"])
            .says("the run before is of 2025-07-01 and did not know the event"),
    ]
}

fn market_seasons() -> Vec<Case> {
    const RULES: &str = "round = \"reserve\"\n[ranking]\nkeys = [\"score\", \"lottery\"]\n\
                         [lottery]\nseed = \"x\"\n";
    let reserve = |name, rows: &str| {
        let case = market(name).continued().file("rules.toml", RULES);
        case.file("events.csv", format!("{HEADER}{rows}"))
    };
    vec![
        reserve("a grade in a market season", "2025-07-10,new_grade,olle,,MA=C,x\n")
            .finds(["orphaned_event events.csv:2 value=MA=C"]),
        reserve("a new choice without a score", "2025-07-10,late_application,kim,,S,x\n")
            .file("applicants.csv", "applicant_id\nkim\nolle\npetra\nåsa\n")
            .finds([
                "missing_score events.csv:2 value=S",
                "applicants_without_choices choices.csv",
            ]),
        reserve("a score that is none", "2025-07-10,changed_choices,olle,,S=high T,x\n")
            .finds(["not_a_number events.csv:2 value=S=high"]),
        reserve("another score for a choice", "2025-07-10,changed_choices,olle,,T S=999,x\n")
            .finds(["faulty_event_value events.csv:2 value=S=999"])
            .says("the choice is there already with another score (applicant olle)"),
    ]
}

/// Seats of a round.
fn seats() -> Vec<Case> {
    const GROUPS: &str = "programme_id,quota_group,precedence,seats,ranked_by,unfilled_to\n\
                          P2,lista,1,1,manual,betyg\nP2,betyg,2,1,merit,\n";
    vec![
        reserve("more seats taken away than there are", "2025-07-10,seats,,P2,-3,school\n")
            .finds(["seats_below_zero events.csv:2 value=-3"])
            .says("3 seats were taken away of 2"),
        reserve("more seats taken than there are", "2025-07-10,seat_filled,,P2,3,school\n")
            .finds(["seats_below_zero events.csv:2 value=3"]),
        reserve("more seats than any programme has", "2025-07-10,seats,,P2,+1000000,school\n")
            .finds(["seats_below_zero events.csv:2 value=+1000000"]),
        reserve("a seat that is held taken away", "2025-07-10,seats,,P1,-1,school\n")
            .finds(["seats_raised programmes.csv:2 capacity=0"])
            .says("1 applicants hold seats at P1, and there are 0: raised by 1"),
        reserve("an export without a seat that is held", "2025-07-10,answer,A1,,accept,x\n")
            .line("programmes.csv", 2, "P1,0,Naturvetenskap,Åkerskolan,1280,NA,municipal")
            .finds(["seats_raised programmes.csv:2 capacity=0"]),
        reserve("no group is named", "2025-07-10,seats,,P2,+1,school\n")
            .file("quota_groups.csv", GROUPS)
            .finds(["unknown_group events.csv:2 value=+1"])
            .says("the programme has quota groups, and none is named"),
        reserve(
            "a group without the seats that are held",
            "2025-07-10,seats,,P2,-2:betyg,school\n",
        )
        .line("programmes.csv", 3, "P2,3,Ekonomi,Österportsskolan,1281,EK,independent")
        .file("quota_groups.csv", GROUPS.replace("2,1,merit", "2,2,merit"))
        .finds([]),
        reserve("somebody has a right to a seat", "2025-07-10,appeal_won,A2,P1,,board\n")
            .line("grades.csv", 2, "A1,C,C,C,C,C,C,C,C,C,C,C,C,C,")
            .finds_by_matching("seat_to_add events.csv programme_id=P1")
            .says("seats to add at P1: 1, for A2"),
        reserve("two placed by hand at one seat", "2025-07-10,seat_filled,A2,P1,,rector\n")
            .finds(["placed_beyond_seats events.csv"])
            .says("1 applicants are placed by hand at P1, seats: 1, held: 1"),
    ]
}

/// Seats that the season cannot keep.
fn held() -> Vec<Case> {
    const NOTHING: &str = "2025-07-10,answer,A1,,accept,letter\n";
    vec![
        reserve("an export without an applicant", NOTHING)
            .line("applicants.csv", 4, "A4,1282,2008,,1")
            .line("grades.csv", 4, "A4,C,C,C,C,C,C,C,C,C,C,C,C,,C")
            .line("choices.csv", 6, "A4,1,P2")
            .finds(["held_seat_missing applicants.csv applicant_id=A3"])
            .says("A3 holds a seat at P2; the season lacks it"),
        reserve("an export without a programme", NOTHING)
            .line("programmes.csv", 4, "P4,1,Bygg,Ängskolan,1282,BA,regional")
            .line("choices.csv", 5, "A2,2,P4")
            .finds(["held_seat_missing programmes.csv programme_id=P3"]),
        reserve("an export without the choice that is held", NOTHING)
            .line("choices.csv", 6, "A3,1,P3")
            .finds(["held_seat_missing choices.csv applicant_id=A3"]),
        reserve("a choice that is held gone from a list that is told of", NOTHING)
            .line("choices.csv", 2, "A1,1,P3")
            .finds(["held_seat_missing choices.csv applicant_id=A1"]),
    ]
}

/// What `rules.toml` says about rounds.
fn settings() -> Vec<Case> {
    let setting =
        |name, table, row| graded(name).line("rules.toml", 10, table).line("rules.toml", 11, row);
    vec![
        graded("settings of rounds that are as they should be")
            .line("rules.toml", 10, "[reserve]")
            .line("rules.toml", 11, "no_answer = \"keep_and_wait\"")
            .line("rules.toml", 12, "phone_from = \"2025-08-15\"")
            .line("rules.toml", 13, "[seats]")
            .line("rules.toml", 14, "no_show_percent = 100")
            .line("rules.toml", 15, "[choices]")
            .line("rules.toml", 16, "late_from = \"2025-04-01\""),
        graded("the seats that schools have").line("programmes.csv", 1, PLANNED),
        graded("planned seats that are no number")
            .line("programmes.csv", 1, PLANNED)
            .line("programmes.csv", 2, "P1,1,Naturvetenskap,Åkerskolan,x,NA,municipal")
            .finds(["not_a_whole_number programmes.csv:2 planned_seats=x"]),
        graded("what follows from a missing run before is not told")
            .line("rules.toml", 2, "round = \"reserve\"")
            .file("events.csv", format!("{HEADER}2025-07-10,answer,A1,,accept,letter\n"))
            .finds(["round_without_predecessor rules.toml:2 round=reserve"])
            .says("a reserve round begins with the seats that applicants hold"),
        setting("an unknown default", "[reserve]", "no_answer = \"keep\"")
            .finds(["unknown_setting rules.toml:11 reserve.no_answer=keep"]),
        setting("a number for a default", "[reserve]", "no_answer = 1")
            .finds(["wrong_type rules.toml:11 reserve.no_answer=1"]),
        setting("phones from no day", "[reserve]", "phone_from = \"15/8\"")
            .finds(["not_a_date rules.toml:11 reserve.phone_from=15/8"]),
        setting("an unknown key of the reserves", "[reserve]", "phone = \"2025-08-15\"")
            .finds(["unknown_key rules.toml:11 reserve.phone"]),
        setting("late from no day", "[choices]", "late_from = \"2025-02-30\"")
            .finds(["not_a_date rules.toml:11 choices.late_from=2025-02-30"]),
        setting("more than everybody stays away", "[seats]", "no_show_percent = 101")
            .finds(["wrong_type rules.toml:11 seats.no_show_percent=101"])
            .says("a whole number from 0 to 100"),
        setting("an unknown key of the seats", "[seats]", "no_shows = 5")
            .finds(["unknown_key rules.toml:11 seats.no_shows"]),
        graded("texts for reserves and seats")
            .file("rules.toml", "reserve = 1\nseats = 2\n")
            .finds(["wrong_type rules.toml:1 reserve=1", "wrong_type rules.toml:2 seats=2"]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
