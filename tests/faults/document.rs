//! `docs/faults.md` lists every kind of finding, and nothing that does not exist; the tables of
//! `docs/formats.md`, `docs/rounds.md` and `docs/rules.md` hold what can be written.

use std::collections::BTreeMap;

use antagning::{Code, RuleSet, Severity};

use crate::harness::{GRADED, Scene};

#[test]
fn the_fault_table_is_complete() {
    let text = page("faults.md");
    let mut listed = BTreeMap::new();
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        // A bar within a cell is written `\|`.
        let row = row.replace("\\|", "");
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [code, severity, what, place, example, remedy] = cells[..] else {
            panic!("six cells: {row}");
        };
        for cell in [what, place, example, remedy] {
            assert!(!cell.is_empty(), "{row}");
        }
        let earlier = listed.insert(code.trim_matches('`').to_owned(), severity.to_owned());
        assert_eq!(earlier, None, "{code} stands twice");
    }
    let known: BTreeMap<String, String> = Code::ALL
        .iter()
        .map(|code| {
            let severity = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            (code.name().to_owned(), severity.to_owned())
        })
        .collect();
    assert_eq!(listed, known);
}

fn page(name: &str) -> String {
    let path = format!("{}/../../docs/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// What stands in code in the first cells of the first table below a heading.
fn first_cells(text: &str, heading: &str) -> Vec<String> {
    let below = text.split_once(&format!("\n{heading}\n")).expect(heading).1;
    let lines = below.lines().skip_while(|line| !line.starts_with('|'));
    let rows = lines.take_while(|line| line.starts_with('|')).skip(2);
    let cells = rows.map(|row| row.split('|').nth(1).unwrap_or_default());
    let codes = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    codes.map(str::to_owned).collect()
}

/// Every ranking and condition that is explained can be written.
#[test]
fn what_groups_rank_by_and_ask_for_is_as_explained() {
    let text = page("formats.md");
    let rankings = first_cells(&text, "#### ranked_by");
    let conditions = first_cells(&text, "#### open_to");
    assert!(rankings.len() >= 8 && conditions.len() >= 8, "{rankings:?} {conditions:?}");
    let cells = rankings.iter().map(|ranking| format!("{ranking},"));
    let cells = cells.chain(conditions.iter().map(|condition| format!(",{condition}")));
    let mut groups = "programme_id,quota_group,precedence,seats,ranked_by,open_to\n".to_owned();
    for (i, cells) in cells.enumerate() {
        let seats = if i == 0 { 2 } else { 0 };
        groups += &format!("P2,g{i},{},{seats},{cells}\n", i + 1);
    }
    let scene = Scene::new(GRADED);
    scene.write("grades.csv", scene.read("grades.csv").replace("HKK", "MU").as_bytes());
    scene.write("quota_groups.csv", groups.as_bytes());
    assert_eq!(scene.check().findings(), Vec::<String>::new());
}

/// The decisions that are explained are those that there are.
#[test]
fn decisions_are_as_explained() {
    let scene = Scene::new(GRADED);
    scene.write("decisions.csv", b"applicant_id,decision,reason\nA1,promotion,x\n");
    let answer = scene.check();
    let hint = answer.document["diagnostics"][0]["hint"].as_str().expect("a hint");
    let mut known: Vec<&str> = hint.trim_start_matches("write one of ").split(", ").collect();
    let explained = first_cells(&page("formats.md"), "### decisions.csv");
    let mut explained: Vec<&str> = explained.iter().map(String::as_str).collect();
    known.sort_unstable();
    explained.sort_unstable();
    assert_eq!(explained, known);
}

/// The events that are explained are those that there are.
#[test]
fn events_are_as_explained() {
    let scene = Scene::new(GRADED);
    scene.write("events.csv", b"date,event,source\n2025-07-10,promotion,x\n");
    let answer = scene.check();
    let hint = answer.document["diagnostics"][0]["hint"].as_str().expect("a hint");
    let mut known: Vec<&str> = hint.trim_start_matches("write one of ").split(", ").collect();
    let explained = first_cells(&page("rounds.md"), "## events.csv");
    let mut explained: Vec<&str> = explained.iter().map(String::as_str).collect();
    known.sort_unstable();
    explained.sort_unstable();
    explained.dedup();
    assert_eq!(explained, known);
}

#[test]
fn rule_sets_are_as_explained() {
    let mut known: Vec<&str> = RuleSet::names().collect();
    let explained = first_cells(&page("rules.md"), "## Rule sets");
    let mut explained: Vec<&str> = explained.iter().map(String::as_str).collect();
    known.sort_unstable();
    explained.sort_unstable();
    assert_eq!(explained, known);
}
