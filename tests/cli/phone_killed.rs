//! A session that is killed at any moment has lost nothing that it answered.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::scene::Scene;

/// How often the session is killed.
const KILLS: usize = 120;

/// Numbers that are different every time, from a seed (Marsaglia 2003, xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// A command about one of sixteen applicants, who all want P before Q before R.
    fn command(&mut self) -> String {
        let id = format!("a{:02}", self.below(16));
        let programme = ["P", "Q", "R"][self.below(3)];
        match self.below(12) {
            0..=4 => format!("accept {id} {programme}\n"),
            5 => format!("no-show {id}\n"),
            6 => format!("decline {id} {programme}\n"),
            7 => format!("seats {programme} +1\n"),
            8 => format!("seats {programme} -1\n"),
            9 => format!("no-answer {id} {programme}\n"),
            _ => "undo\n".to_owned(),
        }
    }
}

fn scene() -> Scene {
    let applicants = (0..16).flat_map(|a| {
        let rows = (1..).zip(["P", "Q", "R"]);
        rows.map(move |(rank, p)| format!("a{a:02},{rank},{p},{}\n", 100 - a))
    });
    let choices =
        format!("applicant_id,choice_rank,programme_id,score\n{}", applicants.collect::<String>());
    Scene::with_run(&[
        ("programmes.csv", "programme_id,capacity\nP,3\nQ,3\nR,3\n"),
        ("choices.csv", &choices),
    ])
}

/// Feeds a session with commands, kills it, and gives the numbers of the records that it answered
/// with.
fn killed(scene: &Scene, random: &mut Random) -> Vec<u64> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_antagning"))
        .args("phone out --format json --date 2025-09-01".split(' '))
        .current_dir(scene.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let commands: String = (0..60).map(|_| random.command()).collect();
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(commands.as_bytes()).expect("commands in the pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut records = Vec::new();
    let mut read = |output: &mut BufReader<_>| {
        let mut line = String::new();
        let whole = output.read_line(&mut line).is_ok() && line.ends_with('\n');
        let record = whole.then(|| {
            let answer: Value = serde_json::from_str(&line).expect("a document");
            answer["record"]["seq"].as_u64()
        });
        records.extend(record.flatten());
        whole
    };
    for _ in 0..random.below(12) {
        read(&mut output);
    }
    thread::sleep(Duration::from_micros(random.below(3_000) as u64));
    child.kill().expect("a process to kill");
    // What it had answered before it died is in the pipe.
    while read(&mut output) {}
    child.wait().expect("the end");
    records
}

/// What a session tells of everything, with these commands given before.
fn told(scene: &Scene, journal: &str, commands: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_antagning"))
        .args(format!("phone out --date 2025-09-01 --journal {journal}").split(' '))
        .current_dir(scene.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut input = child.stdin.take().expect("a pipe");
    let people: String = (0..16).map(|a| format!("who a{a:02}\n")).collect();
    let commands = format!("{commands}calls\nfree\nlog\n{people}quit\n");
    let writer = thread::spawn(move || input.write_all(commands.as_bytes()));
    let output = child.wait_with_output().expect("an answer");
    writer.join().expect("no panic").expect("all commands taken");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The command that a record came of.
fn command(record: &Value) -> String {
    let text = |name: &str| record[name].as_str().unwrap_or_default();
    match text("record") {
        "accept" => {
            let taken = &record["moves"][0];
            assert_eq!(record["moves"].as_array().map(Vec::len), Some(1));
            format!(
                "accept {} {}\n",
                taken["applicant_id"].as_str().expect("an applicant"),
                taken["programme_id"].as_str().expect("a programme")
            )
        }
        "seats" => format!(
            "seats {} {:+}\n",
            text("programme_id"),
            record["change"].as_i64().expect("a change")
        ),
        "undo" => "undo\n".to_owned(),
        kind => format!(
            "{} {} {}\n",
            kind.replace('_', "-"),
            text("applicant_id"),
            text("programme_id")
        ),
    }
}

#[test]
fn killed_at_any_moment_a_session_loses_no_answer() {
    let scene = scene();
    let mut random = Random(0x2025_0901);
    let (mut answered, mut torn) = (0, 0);
    for kill in 0..KILLS {
        let records = killed(&scene, &mut random);
        answered += records.len();
        let journal = scene.read("out.journal");
        torn += usize::from(!journal.ends_with('\n'));
        let whole = journal.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let written: BTreeSet<u64> = whole.filter_map(|line| line["seq"].as_u64()).collect();
        let lost: Vec<&u64> = records.iter().filter(|seq| !written.contains(seq)).collect();
        assert!(lost.is_empty(), "kill {kill}: {lost:?} answered and not written");
    }
    assert!(answered > KILLS, "{answered} answered, {torn} torn");
    // The session that is opened again is where all the records lead.
    let after = told(&scene, "out.journal", "");
    let journal = scene.read("out.journal");
    let lines =
        journal.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).expect("a record"));
    let commands: String = lines.map(|record| command(&record)).collect();
    let replayed = told(&scene, "again.journal", &commands);
    assert!(replayed.ends_with(&after), "{after}");
    assert_eq!(scene.read("again.journal"), journal);
}
