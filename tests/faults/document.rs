//! `docs/faults.md` lists every kind of finding, and nothing that does not exist.

use std::collections::BTreeMap;

use antagning::{Code, Severity};

#[test]
fn the_fault_table_is_complete() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/faults.md");
    let text = std::fs::read_to_string(path).unwrap();
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
