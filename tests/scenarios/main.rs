//! Rules as scenarios: each `*.scenario` file is a small admission in words, with the expected
//! outcome as part of it. Every outcome that a run gives must be expected, and no other. `README.md`
//! beside this file tells which rule is played where.
//!
//! ```text
//! # a comment, also behind a line
//! scenario one third by test, the rest by merit
//! rule_set gymnasium-2024            unless gymnasium-2025
//! round preliminary                  unless final
//! rules keys = ["merit", "lottery"]  a line of `[ranking]`; so too `lottery`, `merit`, `choices`,
//!                                    `reserve`, `seats`
//! programme P1 3 ES municipal 2      id, seats, study path, provider, planned seats if any
//! group P1 test 1 ranked_by=test open_to=test>=30,MU>=C unfilled_to=grades test_maximum=50
//! group P1 grades 2                  in order of precedence; a comma parts several terms
//! applicant anna born=2009 home=1280 sex=F protected=1 all=A M1=A : P1 P2
//!                                    grades (`all`: the sixteen common subjects; `-` is none),
//!                                    then choices; in a market season `: P1=280 P2=300`
//! test anna P1 45 passed             or `failed`, or nothing
//! decision anna P1 second_hand       or `*` for the whole application; then value, if any
//! expect anna 1 admitted ahead_of_others group=test score=45 cutoff=45
//! result P1 test admitted=1 vacant=0 cutoff_kind=value
//! warns unsafe_ranking
//! next reserve 2025-08-15            a run that continues the one before, with its date if any;
//!                                    what follows is added to the season, and expected of it
//! event 2025-07-10 answer anna * accept
//!                                    kind, applicant and programme (`*`: none), value if any
//! proposal 1 1 vacancy anna P1 grades 1 *
//! forecast P1 3 2 3 3                the rows of `proposals.csv` and `forecast.csv`, `*`: empty
//! ```
//!
//! `expect ID RANK STATUS REASON [RESERVE-POSITION] [COLUMN=VALUE …]`, or `expect error CODE` when
//! the season must be rejected; `result PROGRAMME [GROUP] COLUMN=VALUE …` about a row of
//! `programmes.csv`; `warns CODE`. Columns are those of the run folder; in a value a comma stands
//! for a space. In every accepted round the independent verifier must hold, in memory and on the
//! files of the run and of those that it continues, and every applicant must get an explanation in both languages.

mod expectation;
mod play;
mod scenario;
mod season;

use std::fs;
use std::path::{Path, PathBuf};

use scenario::Scenario;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios")
}

fn files() -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "scenario"));
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn every_scenario_comes_out_as_it_says() {
    let (mut faults, mut count) = (Vec::new(), 0);
    for path in &files() {
        for scenario in Scenario::read_all(&fs::read_to_string(path).unwrap()) {
            count += 1;
            // So that a panic, too, tells the scenario.
            let found = std::panic::catch_unwind(|| scenario.faults());
            let found = found.unwrap_or_else(|_| vec!["panicked".to_owned()]);
            if !found.is_empty() {
                let place = format!("{}: {}", name(path), scenario.title);
                faults.push(format!("{place}\n    {}", found.join("\n    ")));
            }
        }
    }
    assert!(count >= 200, "only {count} scenarios were found");
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// The table of rules names every file of scenarios, and none that is not there.
#[test]
fn the_table_of_rules_names_every_file() {
    let table = fs::read_to_string(folder().join("README.md")).unwrap();
    let mut named: Vec<String> = table
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
        .filter(|word| word.ends_with(".scenario") && word.len() > ".scenario".len())
        .map(str::to_owned)
        .collect();
    named.sort();
    named.dedup();
    assert_eq!(named, files().iter().map(|path| name(path)).collect::<Vec<_>>());
}

const ONE: &str = "scenario x\nprogramme P1 1 BA municipal\napplicant a all=E : P1\n";

/// What the player says of a scenario of one applicant with these further lines.
fn faults(lines: &str) -> Vec<String> {
    Scenario::read_all(&format!("{ONE}{lines}"))[0].faults()
}

/// The player must notice whatever is wrong in an expectation.
#[test]
fn a_wrong_expectation_is_noticed() {
    assert_eq!(faults("expect a 1 admitted seats_for_all score=160\n"), [""; 0]);
    let second =
        "expect a 1 admitted seats_for_all\nnext reserve\nexpect a 1 admitted holds_seat\n";
    assert_eq!(faults(second), [""; 0]);
    for wrong in [
        "",
        "expect a 1 reserve below_cutoff 1\n",
        "expect a 1 admitted ahead_of_others\n",
        "expect a 1 admitted seats_for_all 1\n",
        "expect a 1 admitted seats_for_all score=170\n",
        "expect a 2 admitted seats_for_all\n",
        "expect b 1 admitted seats_for_all\n",
        "expect a 1 admitted seats_for_all\nexpect a 1 admitted seats_for_all\n",
        "expect a 1 admitted seats_for_all\nexpect error no_rows\n",
        "expect a 1 admitted seats_for_all\nresult P1 admitted=0\n",
        "expect a 1 admitted seats_for_all\nresult P1 test admitted=1\n",
        "expect a 1 admitted seats_for_all\nwarns unsafe_ranking\n",
        "decision a P2 withdrawal\nexpect error orphaned_decision\n",
        "expect a 1 admitted seats_for_all\nproposal 1 1 vacancy a P1 * 1 *\n",
        "expect a 1 admitted seats_for_all\nnext reserve\n",
        "expect a 1 admitted seats_for_all\nnext reserve\nexpect a 1 admitted seats_for_all\n",
        "expect a 1 admitted seats_for_all\nnext final\nexpect a 1 admitted seats_for_all\n",
    ] {
        assert!(!faults(wrong).is_empty(), "{wrong}");
    }
}

#[test]
#[should_panic(expected = "no column sccore")]
fn a_column_that_does_not_exist_is_noticed() {
    faults("expect a 1 admitted seats_for_all sccore=160\n");
}
