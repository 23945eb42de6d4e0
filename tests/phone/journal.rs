//! Journals that are torn, altered, foreign or in use.

use std::fs;

use antagning::{Error, PhoneSession, PhoneSettings};

use crate::scene::{DAY, Scene, everything};

const SEASON: [(&str, &str); 2] = [
    ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\n"),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\nann,1,P,30\nbea,1,P,20\nbea,2,Q,20\ncim,1,Q,10\n",
    ),
];

/// A scene whose journal has four records.
fn with_records() -> (Scene, String) {
    let scene = Scene::new(&SEASON);
    let mut session = scene.session();
    for command in ["withdraw ann", "accept bea P", "accept cim Q", "seats Q +1"] {
        assert!(session.answer(command).ok, "{command}");
    }
    drop(session);
    let journal = fs::read_to_string(scene.path("run.journal")).expect("a journal");
    assert_eq!(journal.lines().count(), 5);
    (scene, journal)
}

/// The line that an error names.
fn damaged_line(result: Result<PhoneSession, Error>) -> u64 {
    match result {
        Err(Error::Journal { line, .. }) => line,
        other => panic!("{:?}", other.map(|_| "a session")),
    }
}

#[test]
fn a_line_cut_anywhere_is_cut_off_and_nothing_else_is_lost() {
    let (scene, journal) = with_records();
    let whole = everything(&mut scene.session());
    for end in 0..journal.len() {
        fs::write(scene.path("run.journal"), &journal[..end]).expect("a journal");
        let session = scene.session();
        let lines = journal[..end].matches('\n').count();
        assert_eq!(session.records(), lines.saturating_sub(1), "cut at {end}");
        let torn = end - journal[..end].rfind('\n').map_or(0, |last| last + 1);
        assert_eq!(session.torn(), torn, "cut at {end}");
    }
    // What is left of it can be gone on with.
    let end = journal.trim_end().rfind('\n').expect("a line break") + 10;
    fs::write(scene.path("run.journal"), &journal[..end]).expect("a journal");
    let mut session = scene.session();
    assert!(session.answer("seats Q +1").ok);
    drop(session);
    assert_eq!(fs::read_to_string(scene.path("run.journal")).expect("a journal"), journal);
    assert_eq!(everything(&mut scene.session()), whole);
}

#[test]
fn a_line_altered_anywhere_is_noticed_with_its_number() {
    let (scene, journal) = with_records();
    let path = scene.path("run.journal");
    for (number, line) in (1..).zip(journal.lines()) {
        for change in [line.replace("2025", "2026"), line[1..].to_owned(), line.replace('a', "b")] {
            if change == line {
                continue;
            }
            fs::write(&path, journal.replacen(line, &change, 1)).expect("a journal");
            assert_eq!(damaged_line(scene.open("run", DAY)), number, "{change}");
            let events = PhoneSession::events(&scene.run("run"), None);
            assert!(matches!(events, Err(Error::Journal { .. })));
        }
    }
    // A line left out, or two that changed places.
    let lines: Vec<&str> = journal.split_inclusive('\n').collect();
    fs::write(&path, [lines[0], lines[1], lines[3], lines[4]].concat()).expect("a journal");
    assert_eq!(damaged_line(scene.open("run", DAY)), 3);
    fs::write(&path, [lines[0], lines[2], lines[1]].concat()).expect("a journal");
    assert_eq!(damaged_line(scene.open("run", DAY)), 2);
    // Nothing was mended.
    assert_eq!(
        fs::read_to_string(&path).expect("a journal"),
        [lines[0], lines[2], lines[1]].concat()
    );
}

#[test]
fn the_journal_of_another_run_is_refused() {
    let (scene, journal) = with_records();
    let other =
        Scene::new(&[SEASON[0], (SEASON[1].0, &SEASON[1].1.replace("cim,1,Q,10", "cim,1,Q,9"))]);
    fs::write(other.path("run.journal"), journal).expect("a journal");
    assert_eq!(damaged_line(other.open("run", DAY)), 1);
    drop(scene);
}

#[test]
fn two_sessions_at_a_time_are_refused() {
    let (scene, _) = with_records();
    let first = scene.session();
    assert!(matches!(scene.open("run", DAY), Err(Error::JournalInUse(_))));
    assert!(matches!(PhoneSession::events(&scene.run("run"), None), Err(Error::JournalInUse(_))));
    drop(first);
    assert!(scene.open("run", DAY).is_ok());
}

#[test]
fn a_journal_lies_outside_the_run_and_time_goes_forward() {
    let (scene, _) = with_records();
    let inside = scene.path("run").join("calls.journal");
    let settings = PhoneSettings { journal: Some(&inside), date: Some(DAY), ..Default::default() };
    let refused = PhoneSession::open(&scene.run("run"), settings);
    assert!(matches!(refused, Err(Error::Chain { .. })));
    assert!(!inside.exists());
    assert!(matches!(scene.open("run", "2025-08-31"), Err(Error::Chain { .. })));
    assert!(matches!(scene.open("run", "2025-02-30"), Err(Error::NotADate(_))));
    let elsewhere = scene.path("calls.journal");
    let settings = PhoneSettings { journal: Some(&elsewhere), date: Some(DAY), ..settings };
    let session = PhoneSession::open(&scene.run("run"), settings).expect("a session");
    assert_eq!((session.records(), session.journal()), (0, elsewhere.as_path()));
}

#[test]
fn events_leave_a_torn_journal_as_it_is() {
    let (scene, journal) = with_records();
    let torn = &journal[..journal.len() - 3];
    fs::write(scene.path("run.journal"), torn).expect("a journal");
    let rows = PhoneSession::events(&scene.run("run"), None).expect("events");
    assert!(rows.contains("seat_filled,cim,Q") && !rows.contains(",seats,"), "{rows}");
    assert_eq!(fs::read_to_string(scene.path("run.journal")).expect("a journal"), torn);
    fs::remove_file(scene.path("run.journal")).expect("no journal");
    let none = PhoneSession::events(&scene.run("run"), None).expect("events");
    assert_eq!(none.lines().count(), 1);
    assert!(!scene.path("run.journal").exists());
}

#[test]
fn a_file_that_is_no_journal_is_left_alone() {
    let (scene, journal) = with_records();
    let heading = journal.lines().next().expect("a heading");
    let of_another_run = &heading.replace(&heading[36..50], "????")[..50];
    let path = scene.path("run.journal");
    for foreign in ["minutes of a meeting", "{", "{}", of_another_run, " "] {
        fs::write(&path, foreign).expect("a file");
        let is_prefix = heading.starts_with(foreign);
        assert_eq!(scene.open("run", DAY).is_ok(), is_prefix, "{foreign}");
        if !is_prefix {
            assert_eq!(damaged_line(scene.open("run", DAY)), 1, "{foreign}");
            let events = PhoneSession::events(&scene.run("run"), None);
            assert!(matches!(events, Err(Error::Journal { line: 1, .. })), "{foreign}");
            assert_eq!(fs::read_to_string(&path).expect("a file"), foreign);
        }
    }
}

#[test]
fn a_name_is_one_line() {
    let (scene, journal) = with_records();
    for by in ["Lind\nA1", "Lind\r", "\u{1b}[2J"] {
        let by = format!("{by}, A.");
        let settings = PhoneSettings { date: Some(DAY), by: &by, ..Default::default() };
        let refused = PhoneSession::open(&scene.run("run"), settings);
        assert!(matches!(refused, Err(Error::Chain { .. })), "{by:?}");
    }
    assert_eq!(fs::read_to_string(scene.path("run.journal")).expect("a journal"), journal);
}
