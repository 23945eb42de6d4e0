//! Admission as one would do it with pen and paper: no speed, no shared code, only the rules.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::scene::Scene;

/// The tie-break chain and lottery that a season is run by.
pub(crate) struct Chain<'a> {
    pub(crate) keys: &'a [&'a str],
    pub(crate) seed: &'a str,
    pub(crate) lottery_at_each_programme: bool,
}

impl Chain<'_> {
    /// `rules.toml` that asks for this chain.
    pub(crate) fn rules(&self) -> String {
        let scope = if self.lottery_at_each_programme { "programme" } else { "applicant" };
        format!(
            "[ranking]\nkeys = {:?}\n\n[lottery]\nseed = {:?}\nscope = {scope:?}\n",
            self.keys, self.seed
        )
    }
}

/// Grades of one applicant: subject and letter.
type Grades = BTreeMap<String, char>;

/// Tenths of points.
fn points(letter: char) -> u64 {
    match letter {
        'A' => 200,
        'B' => 175,
        'C' => 150,
        'D' => 125,
        'E' => 100,
        'F' => 0,
        other => panic!("no grade {other}"),
    }
}

fn passes(grades: &Grades, subject: &str) -> bool {
    grades.get(subject).is_some_and(|letter| *letter != 'F')
}

/// Swedish and Swedish as a second language are one subject, with the better grade.
fn as_one_swedish(mut grades: Grades) -> Grades {
    if let Some(second) = grades.remove("SVA") {
        let first = grades.get("SV").copied().unwrap_or('F');
        grades.insert("SV".into(), second.min(first));
    }
    grades
}

/// The sum of the sixteen best.
fn best_sixteen(mut all: Vec<u64>) -> u64 {
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.iter().take(16).sum()
}

/// The sixteen best and the language choice on top (GyF 7 kap. 4 §).
fn merit(grades: &Grades) -> u64 {
    let language = grades.get("M1").map_or(0, |letter| points(*letter));
    let others = grades.iter().filter(|(subject, _)| *subject != "M1");
    best_sixteen(others.map(|(_, letter)| points(*letter)).collect()) + language
}

fn grade_points(grades: &Grades) -> u64 {
    best_sixteen(grades.values().map(|letter| points(*letter)).collect())
}

fn grade_count(grades: &Grades) -> u64 {
    grades.keys().filter(|subject| passes(grades, subject)).count() as u64
}

/// SkolL 16 kap. 30 and 31 §§, GyF 7 kap. 1 §.
fn is_eligible(grades: &Grades, study_path: &str) -> bool {
    let (further, least): (&[&str], _) = match &study_path[..2] {
        "EK" | "HU" | "SA" => (&["GE", "HI", "RE", "SH"], 12),
        "NA" | "TE" => (&["BI", "FY", "KE"], 12),
        "ES" | "IB" => (&[], 12),
        _ => (&[], 8),
    };
    let required = ["SV", "EN", "MA"].iter().chain(further);
    required.clone().all(|subject| passes(grades, subject)) && grade_count(grades) >= least
}

/// The first eight bytes of SHA-256 over the seed and the ids, a line feed between them.
fn lottery_number(chain: &Chain<'_>, applicant: &str, programme: &str) -> u64 {
    let mut text = format!("{}\n{applicant}", chain.seed);
    if chain.lottery_at_each_programme {
        text += &format!("\n{programme}");
    }
    let digest = Sha256::digest(text);
    digest[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// What applicants to one programme are compared by; the greater list goes first.
fn priority(
    chain: &Chain<'_>,
    grades: &Grades,
    applicant: &str,
    programme: &str,
    rank: u64,
) -> Vec<u64> {
    let value = |key: &&str| match *key {
        "merit" => merit(grades),
        "grade_points" => grade_points(grades),
        "grade_count" => grade_count(grades),
        "choice_rank" => u64::MAX - rank,
        "lottery" => u64::MAX - lottery_number(chain, applicant, programme),
        other => panic!("no key {other}"),
    };
    chain.keys.iter().map(value).collect()
}

struct Wish {
    programme: String,
    rank: u64,
    priority: Vec<u64>,
}

/// `placements.csv` of the scene's season, worked out from its files.
pub(crate) fn placements(scene: &Scene, chain: &Chain<'_>) -> String {
    let table = scene.table("season/programmes.csv");
    let study_path: BTreeMap<&str, &str> =
        table.cells("programme_id").zip(table.cells("study_path_code")).collect();
    let seats: BTreeMap<&str, usize> = table
        .cells("programme_id")
        .zip(table.cells("capacity").map(|seats| seats.parse().expect("seats")))
        .collect();

    let table = scene.table("season/grades.csv");
    let grades: BTreeMap<&str, Grades> = table
        .rows
        .iter()
        .map(|row| {
            let cells = table.header.iter().zip(row).skip(1);
            let letters = cells
                .filter_map(|(subject, cell)| Some((subject.clone(), cell.chars().next()?)))
                .collect();
            (row[0].as_str(), as_one_swedish(letters))
        })
        .collect();

    let applicants = scene.table("season/applicants.csv");
    let mut wishes: BTreeMap<&str, Vec<Wish>> =
        applicants.cells("applicant_id").map(|id| (id, Vec::new())).collect();
    let table = scene.table("season/choices.csv");
    for row in 0..table.rows.len() {
        let [id, programme] = ["applicant_id", "programme_id"].map(|c| table.get(row, c));
        let rank = table.get(row, "choice_rank").parse().expect("a rank");
        if is_eligible(&grades[id], study_path[programme]) {
            let priority = priority(chain, &grades[id], id, programme, rank);
            let wish = Wish { programme: programme.to_owned(), rank, priority };
            wishes.get_mut(id).expect("an applicant").push(wish);
        }
    }
    wishes.values_mut().for_each(|list| list.sort_by_key(|wish| wish.rank));
    write(&wishes, &deferred_acceptance(&seats, &wishes))
}

/// Gale and Shapley's procedure as they tell it: everybody proposes to the best programme that
/// has not said no, every programme keeps the best and says no to the rest, until nobody is told
/// no any more.
fn deferred_acceptance(
    seats: &BTreeMap<&str, usize>,
    wishes: &BTreeMap<&str, Vec<Wish>>,
) -> BTreeMap<String, usize> {
    let mut refused: BTreeMap<&str, usize> = wishes.keys().map(|id| (*id, 0)).collect();
    loop {
        let mut turned_away = Vec::new();
        for (programme, seats) in seats {
            let mut proposals: Vec<(&Vec<u64>, &str)> = wishes
                .iter()
                .filter_map(|(id, list)| Some((*id, list.get(refused[id])?)))
                .filter(|(_, wish)| wish.programme == *programme)
                .map(|(id, wish)| (&wish.priority, id))
                .collect();
            proposals.sort_unstable_by(|a, b| b.cmp(a));
            turned_away.extend(proposals.into_iter().skip(*seats).map(|(_, id)| id));
        }
        if turned_away.is_empty() {
            return refused.into_iter().map(|(id, wish)| (id.to_owned(), wish)).collect();
        }
        turned_away.into_iter().for_each(|id| *refused.get_mut(id).expect("an applicant") += 1);
    }
}

fn write(wishes: &BTreeMap<&str, Vec<Wish>>, held: &BTreeMap<String, usize>) -> String {
    let mut text = "applicant_id,programme_id,quota_group,choice_rank\n".to_owned();
    for (id, list) in wishes {
        text += &match list.get(held[*id]) {
            Some(wish) => format!("{id},{},,{}\n", wish.programme, wish.rank),
            None => format!("{id},,,\n"),
        };
    }
    text
}
