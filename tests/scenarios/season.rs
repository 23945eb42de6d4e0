//! From the words of a scenario to a season folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const COMMON: [&str; 16] = [
    "SV", "EN", "MA", "BI", "FY", "KE", "TK", "GE", "HI", "RE", "SH", "BL", "HKK", "IDH", "MU",
    "SL",
];
const OTHERS: [&str; 5] = ["SVA", "M1", "M2", "ML", "DA"];

/// The rows of a season's files.
#[derive(Clone, Default)]
pub(crate) struct SeasonText {
    /// What stands before all tables of `rules.toml`.
    settings: String,
    /// The lines of each table.
    tables: BTreeMap<&'static str, String>,
    programmes: String,
    groups: String,
    group_count: BTreeMap<String, u32>,
    applicants: String,
    attributes: bool,
    choices: String,
    scored: bool,
    grades: String,
    tests: String,
    decisions: String,
    events: String,
}

impl SeasonText {
    /// Reads a line of a scenario; `false` when it is about something else.
    pub(crate) fn line(&mut self, word: &str, rest: &str) -> bool {
        let mut table = |name| *self.tables.entry(name).or_default() += &format!("{rest}\n");
        match word {
            "rules" => table("ranking"),
            "lottery" => table("lottery"),
            "merit" => table("merit"),
            "choices" => table("choices"),
            "reserve" => table("reserve"),
            "seats" => table("seats"),
            "round" => self.set_round(rest),
            "rule_set" => self.settings += &format!("rule_set = \"{rest}\"\n"),
            "programme" => self.programme(rest),
            "group" => self.group(rest),
            "applicant" => self.applicant(rest),
            "test" => self.test(rest),
            "decision" => self.decision(rest),
            "event" => self.event(rest),
            _ => return false,
        }
        true
    }

    /// Names the round that is run.
    pub(crate) fn set_round(&mut self, round: &str) {
        let others = self.settings.lines().filter(|line| !line.starts_with("round"));
        self.settings = others.map(|line| format!("{line}\n")).collect();
        self.settings += &format!("round = \"{round}\"\n");
    }

    fn programme(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (id, seats, path, provider, planned) = match words[..] {
            [id, seats, path, provider] => (id, seats, path, provider, ""),
            [id, seats, path, provider, planned] => (id, seats, path, provider, planned),
            _ => panic!("programme {text}"),
        };
        self.programmes += &format!("{id},{seats},{path},{provider},{planned}\n");
    }

    fn group(&mut self, text: &str) {
        let mut words = text.split_whitespace();
        let [Some(programme), Some(name), Some(seats)] = [(); 3].map(|()| words.next()) else {
            panic!("group {text}")
        };
        let columns = ["ranked_by", "open_to", "unfilled_to", "test_maximum"];
        let mut cells = columns.map(|_| String::new());
        for (column, value) in words.map(|word| word.split_once('=').expect("COLUMN=VALUE")) {
            let at = columns.iter().position(|known| *known == column);
            cells[at.unwrap_or_else(|| panic!("group {text}"))] = value.replace(',', " ");
        }
        let precedence = self.group_count.entry(programme.to_owned()).or_default();
        *precedence += 1;
        self.groups += &format!("{programme},{name},{precedence},{seats},{}\n", cells.join(","));
    }

    fn applicant(&mut self, text: &str) {
        let (who, list) = text.split_once(':').expect("grades : choices");
        let mut words = who.split_whitespace();
        let id = words.next().expect("an applicant has an id");
        let [mut born, mut home, mut sex, mut protected] = [""; 4];
        let mut grades: Vec<(&str, &str)> = Vec::new();
        for (subject, grade) in words.map(|word| word.split_once('=').expect("SUBJECT=GRADE")) {
            match subject {
                "born" => born = grade,
                "home" => home = grade,
                "sex" => sex = grade,
                "protected" => protected = grade,
                "all" => grades.extend(COMMON.iter().map(|subject| (*subject, grade))),
                _ => grades.push((subject, grade)),
            }
        }
        self.attributes |= list.trim().is_empty();
        self.attributes |= [born, home, sex, protected].iter().any(|cell| !cell.is_empty());
        self.applicants += &format!("{id},{born},{home},{sex},{protected}\n");
        let known = |subject: &str| COMMON.iter().chain(&OTHERS).any(|known| *known == subject);
        assert!(grades.iter().all(|(subject, _)| known(subject)), "applicant {text}");
        // The last word on a subject holds; `-` is no grade.
        let cell = |subject: &&str| {
            let grade = grades.iter().rev().find(|(known, _)| known == subject);
            grade.map_or("", |(_, grade)| grade.trim_matches('-'))
        };
        let cells: Vec<&str> = COMMON.iter().chain(&OTHERS).map(cell).collect();
        self.grades += &format!("{id},{}\n", cells.join(","));
        for (position, choice) in list.split_whitespace().enumerate() {
            let (programme, score) = choice.split_once('=').unwrap_or((choice, ""));
            self.scored |= !score.is_empty();
            self.choices += &format!("{id},{},{programme},{score}\n", position + 1);
        }
    }

    fn test(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let passed = match words.get(3) {
            None => "",
            Some(&"passed") => "1",
            Some(&"failed") => "0",
            Some(other) => panic!("test {other}"),
        };
        self.tests += &format!("{},{},{},{passed}\n", words[0], words[1], words[2]);
    }

    fn decision(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let programme = if words[1] == "*" { "" } else { words[1] };
        let value = words.get(3).unwrap_or(&"");
        self.decisions +=
            &format!("{},{programme},{},{value},because,2025-06-20\n", words[0], words[2]);
    }

    fn event(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [date, kind, applicant, programme] = words[..4] else { panic!("event {text}") };
        let [applicant, programme] = [applicant, programme].map(|id| id.trim_matches('*'));
        let value = words.get(4).map_or(String::new(), |value| value.replace(',', " "));
        self.events += &format!("{date},{kind},{applicant},{programme},{value},office\n");
    }

    /// Writes the season.
    pub(crate) fn write(&self, season: &Path) {
        fs::create_dir(season).unwrap();
        let write = |name: &str, header: &str, rows: &str| {
            fs::write(season.join(name), format!("{header}\n{rows}")).unwrap();
        };
        let header = "programme_id,capacity,study_path_code,provider,planned_seats";
        write("programmes.csv", header, &self.programmes);
        let header = "applicant_id,choice_rank,programme_id";
        if self.scored {
            write("choices.csv", &format!("{header},score"), &self.choices);
        } else {
            // Without scores the last cell of each row is empty.
            write("choices.csv", header, &self.choices.replace(",\n", "\n"));
            let subjects: Vec<&str> = COMMON.iter().chain(&OTHERS).copied().collect();
            write("grades.csv", &format!("applicant_id,{}", subjects.join(",")), &self.grades);
        }
        if self.attributes {
            let header = "applicant_id,birth_year,home_municipality,sex,protected";
            write("applicants.csv", header, &self.applicants);
        }
        if !self.groups.is_empty() {
            let header = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to";
            write("quota_groups.csv", &format!("{header},test_maximum"), &self.groups);
        }
        if !self.tests.is_empty() {
            write("test_scores.csv", "applicant_id,programme_id,points,passed", &self.tests);
        }
        if !self.decisions.is_empty() {
            let header = "applicant_id,programme_id,decision,value,reason,date";
            write("decisions.csv", header, &self.decisions);
        }
        if !self.events.is_empty() {
            write("events.csv", "date,event,applicant_id,programme_id,value,source", &self.events);
        }
        write("rules.toml", &self.settings, &self.rules());
    }

    /// The tables of `rules.toml`; the seed is `x` unless the scenario sets another.
    fn rules(&self) -> String {
        let seeded = self.tables.get("lottery").is_some_and(|lines| lines.contains("seed"));
        let mut tables = self.tables.clone();
        if !seeded {
            *tables.entry("lottery").or_default() += "seed = \"x\"\n";
        }
        tables.iter().map(|(name, lines)| format!("[{name}]\n{lines}")).collect()
    }
}
