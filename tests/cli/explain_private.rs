//! An explanation tells nothing of another applicant: neither who they are nor what they have.
//!
//! Random market seasons with quota groups, in which every score is its owner's alone.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::{ProptestConfig, any, proptest};
use serde_json::Value;

use crate::scene::Scene;
use crate::table::Table;

const APPLICANTS: usize = 60;
/// Fewer than this on one side of a line, and nothing of theirs is told.
const FEW: u32 = 5;

/// What is left of a figure when divided by this tells whose it is and where it stands; of a score
/// and twice the test together as well.
const APART: u32 = 721;

const PROGRAMMES: &str = "programme_id,capacity\nplain,7\nsmall,3\nmixed,9\ntested,6\n";
const QUOTA_GROUPS: &str = "\
programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,test_maximum
mixed,both,1,3,score+2*test,test,rest,40
mixed,rest,2,6,,,,40
tested,test,1,6,test,,,40
";

/// Scores, tests and lists by applicant, in one number each.
#[derive(Clone)]
struct Season {
    lists: Vec<Vec<(&'static str, u32)>>,
    tests: Vec<Option<u32>>,
}

fn id(applicant: usize) -> String {
    format!("q{applicant:03}x")
}

/// A number with four decimals of which the last is not 0, different for every `of`.
fn figure(of: u32) -> String {
    format!("{}.{:04}", 10 + of / 1_000, of % 1_000 * 10 + 1)
}

impl Season {
    fn random(mut seed: u64) -> Self {
        let mut below = |bound: u32| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as u32 % bound
        };
        let mut lists = Vec::new();
        let mut tests = Vec::new();
        for number in 0..APPLICANTS as u32 {
            let mut left = vec!["plain", "small", "mixed", "tested"];
            let mut list = Vec::new();
            for place in 0..3 {
                let programme = left.swap_remove(below(left.len() as u32) as usize);
                list.push((programme, below(200) * APART + number * 4 + place));
            }
            lists.push(list);
            tests.push((below(3) > 0).then(|| below(35) * APART + number * 4 + 3));
        }
        Self { lists, tests }
    }

    fn run(&self) -> Scene {
        let mut choices = "applicant_id,choice_rank,programme_id,score\n".to_owned();
        let mut tests = "applicant_id,programme_id,points\n".to_owned();
        for (applicant, list) in self.lists.iter().enumerate() {
            let id = id(applicant);
            for (rank, (programme, score)) in (1..).zip(list) {
                choices += &format!("{id},{rank},{programme},{}\n", figure(*score));
                let points =
                    self.tests[applicant].filter(|_| ["mixed", "tested"].contains(programme));
                if let Some(points) = points {
                    tests += &format!("{id},{programme},{}\n", figure(points));
                }
            }
        }
        Scene::with_run(&[
            ("programmes.csv", PROGRAMMES),
            ("quota_groups.csv", QUOTA_GROUPS),
            ("choices.csv", &choices),
            ("test_scores.csv", &tests),
        ])
    }
}

/// What a run says: its tables, and its letters without the digest of the run.
struct Said {
    outcomes: Table,
    programmes: Table,
    letters: Vec<String>,
}

impl Said {
    fn by(season: &Season) -> Self {
        let scene = season.run();
        let digest =
            scene.manifest("out")["manifest_sha256"].as_str().expect("a digest").to_owned();
        let text = scene.antagning("letters out --lang sv").succeeds().stdout.replace(&digest, "");
        Self {
            outcomes: scene.table("out/outcomes.csv"),
            programmes: scene.table("out/programmes.csv"),
            letters: text.lines().map(str::to_owned).collect(),
        }
    }

    fn rows_of(&self, applicant: usize) -> Vec<&Vec<String>> {
        let id = id(applicant);
        self.outcomes.rows.iter().filter(|row| row[0] == id).collect()
    }

    /// What a line may tell: kind and figure of the cutoff, and whether few stand on either side.
    fn line(&self, programme: &str, group: &str) -> (String, String, bool, bool) {
        let table = &self.programmes;
        let row = table.row(&[("programme_id", programme), ("quota_group", group)]);
        let count = |column: &str| table.get(row, column).parse::<u32>().expect("a count");
        let [kind, cutoff] =
            ["cutoff_kind", "cutoff"].map(|column| table.get(row, column).to_owned());
        (kind, cutoff, count("admitted") < FEW, count("reserves") < FEW)
    }

    /// The lines that the rows of an applicant stand on.
    fn lines_of(&self, applicant: usize) -> Vec<(String, String, bool, bool)> {
        let group = self.outcomes.column("quota_group");
        self.rows_of(applicant).iter().map(|row| self.line(&row[2], &row[group])).collect()
    }

    /// The figures of each applicant: scores and terms.
    fn figures(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut figures: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let [score, keys] = ["score", "keys"].map(|column| self.outcomes.column(column));
        for row in &self.outcomes.rows {
            let own = figures.entry(row[0].clone()).or_default();
            own.insert(row[score].clone());
            let terms = row[keys].split_whitespace().filter_map(|pair| pair.split_once('='));
            own.extend(terms.flat_map(|(_, values)| values.split(',').map(str::to_owned)));
        }
        figures
    }

    /// The cutoffs of lines with enough admitted.
    fn published(&self) -> BTreeSet<String> {
        let rows = 0..self.programmes.rows.len();
        let of = |row: usize| {
            let admitted: u32 = self.programmes.get(row, "admitted").parse().expect("a count");
            (admitted >= FEW).then(|| self.programmes.get(row, "cutoff").to_owned())
        };
        rows.filter_map(of).filter(|cutoff| !cutoff.is_empty()).collect()
    }
}

/// The numbers in a text, with a decimal point.
fn numbers(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    parts.map(|part| part.trim_matches(['.', ',']).replace(',', ".")).collect()
}

fn no_letter_tells_of_another(said: &Said) {
    let (figures, published) = (said.figures(), said.published());
    assert!(!published.is_empty());
    let mut hidden = 0;
    for (applicant, letter) in said.letters.iter().enumerate() {
        let own_id = id(applicant);
        let found = numbers(letter);
        for (other, theirs) in figures.iter().filter(|(other, _)| **other != own_id) {
            assert!(!letter.contains(other.as_str()), "{own_id} is told of {other}");
            for figure in theirs.difference(&figures[&own_id]) {
                let told = found.contains(figure) && !published.contains(figure);
                assert!(!told, "{own_id} is told what {other} has: {figure}");
            }
        }
        hidden += usize::from(letter.contains("visas inte"));
    }
    assert!(hidden > 0, "no line has few admitted");
}

/// Changes one applicant, and compares the letters of all others whom that does not move.
fn others_are_not_touched(season: &Season, before: &Said, changed: usize, how: u32) -> usize {
    let mut other = season.clone();
    match how {
        0 => other.lists[changed].truncate(2),
        1 => other.tests[changed] = other.tests[changed].map_or(Some(5_003), |_| None),
        _ => other.lists[changed].iter_mut().for_each(|(_, score)| *score += APART * (60 + how)),
    }
    let after = Said::by(&other);
    let mut compared = 0;
    for applicant in (0..APPLICANTS).filter(|applicant| *applicant != changed) {
        let same = before.rows_of(applicant) == after.rows_of(applicant)
            && before.lines_of(applicant) == after.lines_of(applicant);
        if same {
            assert_eq!(before.letters[applicant], after.letters[applicant]);
            compared += 1;
        }
    }
    compared
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn explanations_tell_of_nobody_else(seed in any::<u64>()) {
        let season = Season::random(seed);
        let said = Said::by(&season);
        assert_eq!(said.letters.len(), APPLICANTS);
        no_letter_tells_of_another(&said);
        let changes = [(7, 0), (19, 1), (33, 2), (48, 3)];
        let compared: usize = changes
            .iter()
            .map(|(changed, how)| others_are_not_touched(&season, &said, *changed, *how))
            .sum();
        assert!(compared > 20, "hardly anybody is left where they were: {compared}");
    }
}

/// The tools of this test see what they look for.
#[test]
fn a_figure_of_another_would_be_noticed() {
    let found = numbers("{\"score\":\"12.3451\",\"text\":\"Du har 12,3461; gränsen är 7.\"}");
    assert!(found.contains("12.3451") && found.contains("12.3461") && found.contains("7"));
    let said = Said::by(&Season::random(1));
    let other = said.outcomes.get(said.outcomes.rows.len() - 1, "score").to_owned();
    let letter = said.letters[0].replacen("\"text\":\"", &format!("\"text\":\"{other}. "), 1);
    assert!(numbers(&letter).contains(&other));
    let document: Value = serde_json::from_str(&letter).expect("a document");
    assert_eq!(document["applicant_id"], id(0));
}
