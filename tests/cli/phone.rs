//! `antagning phone`: the session of an official, as the binary holds it.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::scene::{Answer, Files, Scene};

/// P has one seat, for ann before bea; bea has Q before cim; cim has R before dan.
const CHAIN: Files<'static> = &[
    ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\nR,1\n"),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\nann,1,P,30\nbea,1,P,20\nbea,2,Q,20\n\
         cim,1,Q,10\ncim,2,R,10\ndan,1,R,5\n",
    ),
];

/// Runs a session with these lines on stdin.
fn session(scene: &Scene, arguments: &str, lines: &str) -> Answer {
    let mut child = Command::new(env!("CARGO_BIN_EXE_antagning"))
        .args(format!("phone out {arguments}").split_whitespace())
        .current_dir(scene.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut input = child.stdin.take().expect("a pipe");
    // A session that was refused reads nothing.
    let _ = input.write_all(lines.as_bytes());
    drop(input);
    Answer::of(arguments, child.wait_with_output().expect("an answer"))
}

/// The answers of a session, a JSON document a line.
fn documents(answer: &Answer) -> Vec<Value> {
    let lines = answer.stdout.lines();
    lines.map(|line| serde_json::from_str(line).expect("a document")).collect()
}

const DATE: &str = "--date 2025-09-01";

#[test]
fn a_session_answers_each_line_and_remembers() {
    let scene = Scene::with_run(CHAIN);
    let lines = "withdraw ann\n\n  accept bea P  \r\ncalls";
    let answer = session(&scene, DATE, lines).succeeds().says_nothing_beside_the_answer();
    assert_eq!(
        answer.stdout,
        "record 1: ann withdraws everything\ncall now: bea about P (choice 1), leaves Q (choice 2)\n  \
         then cim about Q (choice 1), leaves R (choice 2)\n  then dan about R (choice 1)\n  the last \
         one held no seat\nrecord 2: bea takes P and leaves Q\ncall now: cim about Q (choice 1), \
         leaves R (choice 2)\n  then dan about R (choice 1)\n  the last one held no seat\ncim about Q \
         (choice 1), leaves R (choice 2)\n  then dan about R (choice 1)\n  the last one held no seat\n"
    );
    let again = session(&scene, "--date 2025-09-02 --lang sv", "who bea\nquit\nlog\n").succeeds();
    assert_eq!(
        again.stdout,
        "bea har P (val 1)\nring nu: cim om Q (val 1), lämnar R (val 2)\n  därefter dan om R (val 1)\n  \
         den siste hade ingen plats\n"
    );
    assert_eq!(scene.entries(""), ["out", "out.journal", "season"]);
    scene.antagning("verify out").succeeds();
}

#[test]
fn with_format_json_each_answer_is_one_line() {
    let scene = Scene::with_run(CHAIN);
    let lines = "next Q\nwithdraw ann\naccept dan R\naccept\nno-answer bea P\nfree\nlog\nhelp\nwho cim\nquit\n";
    let answer = session(&scene, &format!("--by Lind --format json {DATE}"), lines).succeeds();
    let answers = documents(&answer);
    let commands: Vec<&str> = answers.iter().filter_map(|a| a["command"].as_str()).collect();
    let asked =
        ["next", "withdraw", "accept", "accept", "no-answer", "free", "log", "help", "who", "quit"];
    assert_eq!(commands, asked);
    let ok: Vec<bool> = answers.iter().filter_map(|a| a["ok"].as_bool()).collect();
    assert_eq!(ok, [true, true, false, false, true, true, true, true, true, true]);
    assert_eq!(answers[0]["seat"], "one_more");
    assert_eq!(answers[0]["calls"][0]["chain"][1]["leaves_programme_id"], Value::Null);
    assert_eq!(answers[1]["record"]["by"], "Lind");
    assert_eq!(answers[2]["refused"]["reason"], "no_seat");
    assert_eq!(answers[2]["refused"]["before"], serde_json::json!(["bea"]));
    assert_eq!(answers[3]["refused"]["reason"], "usage");
    // bea has not answered, and nobody else waits for P.
    assert_eq!(answers[4]["follows"], Value::Null);
    assert_eq!(answers[5]["free"][0]["vacant"], 1);
    assert_eq!(answers[6]["log"].as_array().map(Vec::len), Some(2));
    assert_eq!(answers[8]["who"]["holds"]["programme_id"], "R");
}

#[test]
fn what_was_answered_becomes_events_of_the_next_run() {
    let scene = Scene::with_run(CHAIN);
    let lines = "withdraw ann\naccept bea P\naccept cim Q\nfill R 1\n";
    session(&scene, DATE, lines).succeeds();
    let events = scene.antagning("phone out --events").succeeds().says_nothing_beside_the_answer();
    scene.write("season/events.csv", events.stdout);
    let rules =
        "rule_set = \"market\"\nround = \"reserve\"\n[reserve]\nphone_from = \"2025-08-14\"\n";
    scene.write("season/rules.toml", rules);
    scene.antagning("run season --after out --out reserve-1").succeeds();
    scene.antagning("verify reserve-1 --season season").succeeds();
    let placements = scene.table("reserve-1/placements.csv");
    let placed: Vec<&str> = placements.cells("programme_id").collect();
    assert_eq!(placed, ["", "P", "Q", ""]);
    // The next session goes on with the next run, and its journal is another one; that of the run
    // before can still be read.
    session(&scene, DATE, "log\n").rejects().remarks("it is continued already by ./reserve-1");
    let again = scene.antagning("phone out --events").succeeds().stdout;
    assert_eq!(again, scene.read("season/events.csv"));
    scene.antagning(&format!("phone reserve-1 {DATE}")).succeeds();
    assert_eq!(scene.read("reserve-1.journal").lines().count(), 1);
}

#[test]
fn what_cannot_be_opened_is_refused_with_its_exit_code() {
    let scene = Scene::with_run(CHAIN);
    session(&scene, "--date 2025-13-01", "").rejects().remarks("is not a date");
    session(&scene, "--events --by Lind", "").rejects();
    session(&scene, "--by Lind\u{7}", "").rejects().remarks("control characters");
    scene.write("minutes.txt", "of a meeting");
    session(&scene, &format!("{DATE} --journal minutes.txt"), "")
        .rejects()
        .remarks("minutes.txt:1: ");
    assert_eq!(scene.read("minutes.txt"), "of a meeting");
    session(&scene, "--journal out/calls", "").rejects().remarks("beside a run folder");
    for journal in ["nowhere/calls", "season"] {
        session(&scene, &format!("{DATE} --journal {journal}"), "").rejects().remarks(journal);
    }
    session(&scene, DATE, "withdraw ann\n").succeeds();
    let journal = scene.read("out.journal");
    scene.write("out.journal", &journal[..journal.len() - 1]);
    session(&scene, DATE, "").succeeds().remarks("the last line was never finished");
    scene.write("out.journal", journal.replace("withdraw", "no_show"));
    let damaged = session(&scene, &format!("{DATE} --format json"), "").rejects();
    let text = damaged.json()["error"].as_str().expect("an error").to_owned();
    assert!(text.ends_with("out.journal:2: it does not have the digest that it states"), "{text}");
    let table = scene.read("out/placements.csv").replace("bea,Q", "bea,P");
    scene.write("out/placements.csv", table);
    session(&scene, DATE, "").finds_violations();
}
