//! What applicants of a reserve round are told.

use std::fs;
use std::path::Path;

use antagning::{ChoiceExplanation, Continuation, Language, Run, Season};

/// Nine applicants with falling scores at six seats, and one who has not applied yet.
const FINAL: [(&str, &str); 4] = [
    ("programmes.csv", "programme_id,capacity\nP,6\nQ,9\n"),
    ("applicants.csv", "applicant_id\na1\na2\na3\na4\na5\na6\nb7\nb8\nb9\nkim\n"),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\n\
         a1,1,P,90\na2,1,P,89\na3,1,P,88\na4,1,P,87\na5,1,P,86\na6,1,P,85\n\
         b7,1,P,70\nb8,1,P,60\nb9,1,P,50\n",
    ),
    ("rules.toml", "[ranking]\nkeys = [\"score\"]\n"),
];

fn write(season: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::write(season.join(name), text).unwrap();
    }
}

/// A final run, and the reserve run after it with these events.
fn reserve(folder: &Path, events: &str) -> Run {
    let season = folder.join("season");
    fs::create_dir(&season).unwrap();
    write(&season, &FINAL);
    let first = Season::open(&season).unwrap().run(folder.join("final")).unwrap();
    let events = format!("date,event,applicant_id,programme_id,value,source\n{events}");
    write(&season, &[("rules.toml", "round = \"reserve\"\nranking.keys = [\"score\"]\n")]);
    write(&season, &[("events.csv", &events)]);
    let continuation = Continuation { after: Some(&first), date: None };
    let season = Season::open_in_chain(&season, continuation).unwrap();
    season.run(folder.join("reserve")).unwrap()
}

fn first(run: &Run, applicant: &str, language: Language) -> ChoiceExplanation {
    run.explain(applicant, language).unwrap().choices.swap_remove(0)
}

const LATE: &str = "2025-07-10,late_application,kim,,P=65,office\n";

#[test]
fn a_reserve_who_has_moved_backwards_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let run = reserve(folder.path(), LATE);
    let told = first(&run, "b9", Language::Sv);
    assert_eq!((told.reserve_position_before, told.reserve_position), (Some(3), Some(4)));
    assert!(
        told.text.contains(
            "Förra gången var du reserv nummer 3. Nu är du nummer 4, eftersom någon som inte stod \
             före dig då gör det nu."
        ),
        "{}",
        told.text
    );
    let told = first(&run, "b8", Language::En);
    assert!(
        told.text.contains("Last time you were number 2 on the reserve list."),
        "{}",
        told.text
    );
    assert!(told.text.contains("You are number 3 now"), "{}", told.text);
    // Who stands where they stood, and who did not stand there, is told nothing of the kind.
    let told = first(&run, "b7", Language::En);
    assert_eq!((told.reserve_position_before, told.reserve_position), (Some(1), Some(1)));
    assert!(!told.text.contains("Last time"), "{}", told.text);
    let told = first(&run, "kim", Language::En);
    assert_eq!((told.reserve_position_before, told.reserve_position), (None, Some(2)));
    assert!(!told.text.contains("Last time"), "{}", told.text);
}

#[test]
fn who_has_moved_forwards_is_told_no_such_thing() {
    let folder = tempfile::tempdir().unwrap();
    let run = reserve(folder.path(), "2025-07-10,answer,a1,,decline,office\n");
    let told = first(&run, "b9", Language::Sv);
    assert_eq!((told.reserve_position_before, told.reserve_position), (Some(3), Some(2)));
    assert!(!told.text.contains("Förra gången"), "{}", told.text);
}

#[test]
fn without_the_run_before_or_with_an_altered_one_nothing_is_told_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let run = reserve(folder.path(), LATE);
    let table = folder.path().join("final/outcomes.csv");
    let text = fs::read_to_string(&table).unwrap();
    fs::write(&table, text.replace(",3,", ",2,")).unwrap();
    assert_eq!(first(&run, "b9", Language::Sv).reserve_position_before, None);
    fs::rename(folder.path().join("final"), folder.path().join("season/elsewhere")).unwrap();
    let told = first(&run, "b9", Language::Sv);
    assert_eq!(told.reserve_position_before, None);
    assert!(!told.text.contains("Förra gången"), "{}", told.text);
}

#[test]
fn events_about_a_choice_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let events = "2025-07-10,answer,a1,,accept,office\n2025-07-10,answer,a2,,decline,office\n\
                  2025-07-10,no_show,a3,,,office\n2025-07-11,changed_choices,b7,,Q=70 P,office\n\
                  2025-07-11,appeal_won,b9,P,,board\n2025-07-12,seat_filled,b9,P,,office\n";
    let run = reserve(folder.path(), events);
    let told = |applicant| first(&run, applicant, Language::En);
    for (applicant, reason, decisions, says) in [
        ("a1", "holds_seat", vec!["answer"], "This has happened with the choice: your answer."),
        ("a2", "answered_no", vec!["answer"], "You have declined."),
        ("a3", "no_show", vec!["no_show"], "You did not come when the programme began."),
        ("a4", "holds_seat", vec![], "Nobody can take it from you."),
        ("b7", "seats_for_all", vec!["changed_choices"], "a changed list"),
        ("b9", "placed_by_hand", vec!["appeal_won", "seat_filled"], "a won appeal"),
    ] {
        let told = told(applicant);
        assert_eq!(
            (&told.reason[..], &told.decisions),
            (reason, &decisions.iter().map(|d| (*d).to_owned()).collect()),
            "{applicant}"
        );
        assert!(told.text.contains(says), "{applicant}: {}", told.text);
    }
    let whole = |applicant, language| run.explain(applicant, language).unwrap().text;
    assert_eq!(whole("a1", Language::Sv), "Du behåller din plats: P.");
    assert_eq!(whole("b7", Language::En), "You are proposed for admission to Q.");
    // What the sentence says already is not said again.
    assert!(!told("a2").text.contains("your answer"), "{}", told("a2").text);
    assert!(!told("b9").text.contains("filled"), "{}", told("b9").text);
}

/// Where a seat is held, more merit would not have given it: nothing is promised.
#[test]
fn nothing_is_promised_against_a_held_seat() {
    let folder = tempfile::tempdir().unwrap();
    let grades = |letter: char| [letter; 16].map(String::from).join(",");
    let subjects = "SV,EN,MA,BI,FY,KE,TK,GE,HI,RE,SH,BL,HKK,IDH,MU,SL";
    let people = ["a1", "a2", "a3", "a4", "a5", "b6"];
    let rows =
        people.map(|id| format!("{id},{}\n", grades(if id.starts_with('a') { 'B' } else { 'C' })));
    let choices = people.map(|id| format!("{id},1,P\n")).concat();
    let season = folder.path().join("season");
    fs::create_dir(&season).unwrap();
    write(
        &season,
        &[
            ("programmes.csv", "programme_id,capacity,study_path_code\nP,5,NA\n"),
            ("choices.csv", &format!("applicant_id,choice_rank,programme_id\n{choices}")),
            ("grades.csv", &format!("applicant_id,{subjects}\n{}", rows.concat())),
            ("rules.toml", "[lottery]\nseed = \"x\"\n"),
        ],
    );
    let before = Season::open(&season).unwrap().run(folder.path().join("final")).unwrap();
    assert!(first(&before, "b6", Language::En).sufficient.is_some());
    write(&season, &[("rules.toml", "round = \"reserve\"\nlottery.seed = \"x\"\n")]);
    let continuation = Continuation { after: Some(&before), date: None };
    let run = Season::open_in_chain(&season, continuation).unwrap();
    let run = run.run(folder.path().join("reserve")).unwrap();
    let told = first(&run, "b6", Language::En);
    assert_eq!((told.reason.as_str(), told.sufficient), ("below_cutoff", None));
}
