//! The README says what the program does: every console block is run, every line compared.
//!
//! A block is marked `console`. Lines that begin with `$ ` are commands, run by a shell in the
//! repository's root with `antagning` at hand; what follows is what they print, where a line `...`
//! stands for any lines. Folders below `out/` stand in a folder of the test's own. A command must
//! succeed unless `$ echo $?` comes next. `cargo run … -- ARGUMENTS` is `antagning ARGUMENTS`; other
//! Cargo commands build or test the repository itself, print nothing that could be compared and
//! are not run. A narrow space between thousands and a plain one are the same to a reader.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::scene::{ROOT, Scene};

#[derive(Debug, PartialEq)]
struct Step {
    line: usize,
    command: String,
    expected: Vec<String>,
}

/// The commands of all console blocks with what they print.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let (mut inside, mut goes_on) = (false, false);
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with("```") {
            inside = !inside && line.trim_end() == "```console";
            goes_on = false;
        } else if !inside {
        } else if goes_on {
            let step = steps.last_mut().expect("a command that goes on");
            step.command = format!("{}\n{line}", step.command);
            goes_on = line.ends_with('\\');
        } else if let Some(command) = line.strip_prefix("$ ") {
            goes_on = command.ends_with('\\');
            steps.push(Step { line: number, command: command.into(), expected: Vec::new() });
        } else {
            let step = steps.last_mut().unwrap_or_else(|| panic!("line {number}: no command yet"));
            step.expected.push(line.trim_end().replace('\u{202f}', " "));
        }
    }
    steps
}

/// Whether the lines are those expected, `...` standing for any lines.
fn agrees(expected: &[String], lines: &[&str]) -> bool {
    match expected {
        [] => lines.is_empty(),
        [any, rest @ ..] if any == "..." => {
            (0..=lines.len()).any(|skipped| agrees(rest, &lines[skipped..]))
        }
        [first, rest @ ..] => {
            lines.split_first().is_some_and(|(line, lines)| line == first && agrees(rest, lines))
        }
    }
}

/// Runs all steps of a text; the first that goes otherwise is told.
fn run(text: &str) -> Result<usize, String> {
    let scene = Scene::new();
    // The binary where it stands, never a copy: a process that another test starts at that moment
    // inherits the copy open for writing, and until it has let go the system says "text file busy".
    let folder = Path::new(env!("CARGO_BIN_EXE_antagning")).parent().expect("a folder");
    let here = format!("{}/", scene.path("out").display());
    let path = std::env::var("PATH").expect("a PATH");
    let path = format!("{}:{path}", folder.display());
    let steps = steps(text);
    let mut last_code = 0;
    for (i, step) in steps.iter().enumerate() {
        let command = match step.command.split_once(" -- ") {
            Some((run, arguments)) if run.starts_with("cargo run ") => {
                format!("antagning {arguments}")
            }
            _ => step.command.clone(),
        };
        let lines = if command == "echo $?" {
            format!("{last_code}\n")
        } else if command.starts_with("cargo ") {
            assert_eq!(step.expected, [""; 0], "line {}: {command} is not run", step.line);
            continue;
        } else {
            let output = Command::new("sh")
                .args(["-c", &command.replace("out/", &here)])
                .current_dir(Path::new(ROOT))
                .env("PATH", &path)
                .output()
                .expect("a shell");
            last_code = output.status.code().expect("an exit code");
            let judged = steps.get(i + 1).is_some_and(|next| next.command == "echo $?");
            if last_code != 0 && !judged {
                let told = String::from_utf8_lossy(&output.stderr);
                return Err(format!(
                    "line {}: {command}: exit code {last_code}\n{told}",
                    step.line
                ));
            }
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            printed.replace(&here, "out/").replace('\u{202f}', " ")
        };
        let found: Vec<&str> = lines.trim_end().lines().map(str::trim_end).collect();
        let blank = step.expected.iter().rev().take_while(|line| line.is_empty()).count();
        let expected = &step.expected[..step.expected.len() - blank];
        if !agrees(expected, &found) {
            return Err(format!(
                "line {}: {command}\nexpected:\n{}\nfound:\n{}",
                step.line,
                expected.join("\n"),
                found.join("\n")
            ));
        }
    }
    Ok(steps.len())
}

#[cfg(unix)]
#[test]
fn every_command_of_the_readme_prints_what_it_says() {
    let text = fs::read_to_string(Path::new(ROOT).join("README.md")).expect("README.md");
    let count = run(&text).unwrap_or_else(|fault| panic!("README.md, {fault}"));
    assert!(count > 0, "README.md has no console block");
}

#[cfg(unix)]
#[test]
fn the_example_of_a_counterfactual_prints_what_it_says() {
    let text = fs::read_to_string(Path::new(ROOT).join("docs/what-if.md"));
    assert_eq!(run(&text.expect("a document")), Ok(2));
}

/// Its last step compares the pictures it has drawn with those of the page.
#[cfg(unix)]
#[test]
fn every_command_of_the_study_prints_and_draws_what_it_says() {
    let text = fs::read_to_string(Path::new(ROOT).join("docs/study.md")).expect("docs/study.md");
    let count = run(&text).unwrap_or_else(|fault| panic!("docs/study.md, {fault}"));
    assert!(count > 10 && text.contains("diff -r out/pictures docs/pictures"));
}

/// The hand-checked instances tell how to draw their lots again.
#[cfg(unix)]
#[test]
fn every_command_of_the_hand_checked_instances_prints_what_it_says() {
    let text = fs::read_to_string(Path::new(ROOT).join("data/small/lottery/README.md"));
    assert_eq!(run(&text.expect("a README")), Ok(1));
}

#[test]
fn blocks_are_read_as_they_are_written() {
    let text = "\
# Title
```console
$ antagning check \\
    data/small/lottery
sound
...

$ echo $?
0
```
```toml
$ no command
```
";
    let step = |line, command: &str, expected: &[&str]| Step {
        line,
        command: command.into(),
        expected: expected.iter().map(|line| (*line).to_owned()).collect(),
    };
    let read = [
        step(3, "antagning check \\\n    data/small/lottery", &["sound", "...", ""]),
        step(8, "echo $?", &["0"]),
    ];
    assert_eq!(steps(text), read);
}

#[cfg(unix)]
#[test]
fn a_block_that_is_right_passes() {
    let text = "\
```console
$ cargo build --release
$ cargo run --release -q -p antagning-cli -- run data/small/lottery --out out/lots
applicants                       4
...
out/lots
$ antagning verify out/lots | tail -n 1
the run holds
$ antagning explain out/lots nobody
$ echo $?
2
```
";
    assert_eq!(run(text), Ok(5));
}

#[cfg(unix)]
#[test]
fn a_block_that_is_wrong_fails() {
    let block = |lines: &str| run(&format!("```console\n{lines}```\n"));
    let told = |lines: &str, fault: &str| {
        let found = block(lines).expect_err(lines);
        assert!(found.contains(fault), "{found}");
    };
    told(
        "$ antagning rules | head -n 1 | cut -c1-9\ngymnasiet\n",
        "expected:\ngymnasiet\nfound:\n",
    );
    told("$ antagning rules show nothing\n", "exit code 2");
    told("$ antagning check data/small/lottery\n", "found:\nsound: 4 applicants");
    told("$ antagning check data/small/lottery\n...\nmore\n", "expected:\n...\nmore");
    told("$ antagning check nowhere\n$ echo $?\n0\n", "found:\n2");
}
