//! Rules as scenarios: each `*.scenario` file is a small admission in words, with the expected
//! outcome as part of it. Every line that a run gives must be expected, and no other.
//!
//! ```text
//! scenario first hand before second hand
//! rules keys = ["reception", "merit", "lottery"]
//! programme P1 1 NA municipal        id, seats, study path, provider
//! applicant anna born=2009 all=A M1=A : P1   year of birth (of all or none), grades
//!                                    (`all`: the sixteen common subjects), choices
//! decision anna P1 second_hand       or `*` for the whole application; then value, if any
//! expect anna 1 reserve second_hand 1
//! ```
//!
//! `expect ID RANK STATUS REASON [RESERVE-POSITION]`, or `expect error CODE` when the season must
//! be rejected. In every accepted scenario the independent verifier must hold, in memory and on the
//! files of the run.

use std::fs;
use std::path::Path;

use antagning::{Error, Run, Season};

const COMMON: [&str; 16] = [
    "SV", "EN", "MA", "BI", "FY", "KE", "TK", "GE", "HI", "RE", "SH", "BL", "HKK", "IDH", "MU",
    "SL",
];
const OTHERS: [&str; 4] = ["SVA", "M1", "M2", "ML"];

#[derive(Default)]
struct Scenario {
    title: String,
    settings: String,
    programmes: String,
    applicants: String,
    choices: String,
    grades: String,
    decisions: String,
    expected: Vec<String>,
}

#[test]
fn every_scenario_comes_out_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "scenario"));
    files.sort();
    let mut faults = Vec::new();
    let mut count = 0;
    for path in &files {
        for scenario in scenarios(&fs::read_to_string(path).unwrap()) {
            count += 1;
            let found = scenario.play();
            if found != scenario.expected {
                faults.push(format!(
                    "{}: {}\n  expected\n    {}\n  found\n    {}",
                    path.file_name().unwrap().to_string_lossy(),
                    scenario.title,
                    scenario.expected.join("\n    "),
                    found.join("\n    ")
                ));
            }
        }
    }
    assert!(count >= 20, "only {count} scenarios were found");
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// The player must notice a wrong expectation.
#[test]
fn a_wrong_expectation_is_noticed() {
    let text = "scenario x\nprogramme P1 1 BA municipal\napplicant a all=E : P1\nexpect a 1 reserve below_cutoff 1\n";
    let scenario = &scenarios(text)[0];
    assert_ne!(scenario.play(), scenario.expected);
    assert_eq!(scenario.play(), ["a 1 admitted seats_for_all"]);
}

fn scenarios(text: &str) -> Vec<Scenario> {
    let mut all: Vec<Scenario> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word == "scenario" {
            all.push(Scenario { title: rest.to_owned(), ..Scenario::default() });
            continue;
        }
        let scenario = all.last_mut().expect("a file begins with a scenario");
        match word {
            "rules" => scenario.settings += &format!("[ranking]\n{rest}\n"),
            "lottery" => scenario.settings += &format!("[lottery]\n{rest}\n"),
            "programme" => scenario.programme(rest),
            "applicant" => scenario.applicant(rest),
            "decision" => scenario.decision(rest),
            "expect" => scenario.expected.push(rest.split('#').next().unwrap().trim().to_owned()),
            _ => panic!("{}: no such line: {line}", scenario.title),
        }
    }
    all
}

impl Scenario {
    fn programme(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [id, seats, path, provider] = words[..] else { panic!("programme {text}") };
        self.programmes += &format!("{id},{seats},{path},{provider}\n");
    }

    fn applicant(&mut self, text: &str) {
        let (who, list) = text.split_once(':').expect("grades : choices");
        let mut words = who.split_whitespace();
        let id = words.next().expect("an applicant has an id");
        let mut grades: Vec<(&str, &str)> = Vec::new();
        for (subject, grade) in words.map(|word| word.split_once('=').expect("SUBJECT=GRADE")) {
            match subject {
                "born" => self.applicants += &format!("{id},{grade}\n"),
                "all" => grades.extend(COMMON.iter().map(|subject| (*subject, grade))),
                _ => grades.push((subject, grade)),
            }
        }
        // The last word on a subject holds; `-` is no grade.
        let cell = |subject: &&str| {
            let grade = grades.iter().rev().find(|(known, _)| known == subject);
            grade.map_or("", |(_, grade)| grade.trim_matches('-'))
        };
        let cells: Vec<&str> = COMMON.iter().chain(&OTHERS).map(cell).collect();
        self.grades += &format!("{id},{}\n", cells.join(","));
        for (position, programme) in list.split_whitespace().enumerate() {
            self.choices += &format!("{id},{},{programme}\n", position + 1);
        }
    }

    fn decision(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let programme = if words[1] == "*" { "" } else { words[1] };
        let value = words.get(3).unwrap_or(&"");
        self.decisions +=
            &format!("{},{programme},{},{value},because,2025-06-20\n", words[0], words[2]);
    }

    /// Runs the admission and gives what came of it in the words of `expect`.
    fn play(&self) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let season = folder.path().join("season");
        fs::create_dir(&season).unwrap();
        let write = |name: &str, header: &str, rows: &str| {
            fs::write(season.join(name), format!("{header}\n{rows}")).unwrap();
        };
        write("programmes.csv", "programme_id,capacity,study_path_code,provider", &self.programmes);
        write("choices.csv", "applicant_id,choice_rank,programme_id", &self.choices);
        let subjects: Vec<&str> = COMMON.iter().chain(&OTHERS).copied().collect();
        write("grades.csv", &format!("applicant_id,{}", subjects.join(",")), &self.grades);
        let seed = if self.settings.contains("seed") { "" } else { "[lottery]\nseed = \"x\"\n" };
        write("rules.toml", "", &format!("{}{seed}", self.settings));
        if !self.applicants.is_empty() {
            write("applicants.csv", "applicant_id,birth_year", &self.applicants);
        }
        if !self.decisions.is_empty() {
            let header = "applicant_id,programme_id,decision,value,reason,date";
            write("decisions.csv", header, &self.decisions);
        }
        let out = folder.path().join("run");
        match Season::open(&season).and_then(|season| season.run(&out)) {
            Ok(run) => self.outcomes(&run),
            Err(Error::Rejected(findings)) => {
                let errors = findings.iter().filter(|d| d.severity == antagning::Severity::Error);
                errors.map(|finding| format!("error {}", finding.code.name())).collect()
            }
            Err(error) => panic!("{}: {error}", self.title),
        }
    }

    fn outcomes(&self, run: &Run) -> Vec<String> {
        let proof = Run::open(run.folder()).unwrap().verify();
        assert!(proof.holds(), "{}: {:?}", self.title, proof.violations());
        let text = fs::read_to_string(run.folder().join("outcomes.csv")).unwrap();
        let rows = text.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
        rows.map(|cells| {
            let words = [cells[0], cells[1], cells[3], cells[4], cells[8]];
            words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect()
    }
}
