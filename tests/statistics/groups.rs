//! Random seasons whose offers are divided among quota groups, and the groups as anybody can read
//! them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::attacker::rows;
use crate::seasons::{Numbers, write};

/// A quota group of an offer.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) seats: i64,
    pub(crate) later: Option<usize>,
    pub(crate) by_hand: bool,
    /// What an applicant must fulfil, what follows from it included.
    pub(crate) conditions: BTreeSet<String>,
}

/// The groups of each offer, in order of precedence; none where the season has no such file.
pub(crate) fn groups(season: &Path) -> BTreeMap<String, Vec<Group>> {
    let path = season.join("quota_groups.csv");
    let mut groups: BTreeMap<String, Vec<Group>> = BTreeMap::new();
    if !path.exists() {
        return groups;
    }
    let mut table = rows(&path);
    table.sort_by_key(|row| (row[0].clone(), row[2].parse::<u32>().unwrap()));
    for row in &table {
        let names = table.iter().filter(|other| other[0] == row[0]).map(|other| &other[1]);
        let mut conditions: BTreeSet<String> =
            row[5].split_whitespace().filter(|c| *c != "all").map(str::to_owned).collect();
        let alone = row[4].split_whitespace().any(|term| ["test", "16*test"].contains(&term));
        if alone || conditions.iter().any(|c| c.starts_with("test")) {
            conditions.insert("test".to_owned());
        }
        if row[4].contains("free_quota") {
            conditions.insert("free_quota".to_owned());
        }
        groups.entry(row[0].clone()).or_default().push(Group {
            name: row[1].clone(),
            seats: row[3].parse().unwrap(),
            later: names.into_iter().position(|name| *name == row[6]),
            by_hand: row[4] == "manual",
            conditions,
        });
    }
    groups
}

/// The ways to divide an offer: name, share of the seats in twelfths (a number from 100 on is one
/// of seats, plus 100), ranking, whom it is open to, where seats pass on to.
type Division = &'static [(&'static str, usize, &'static str, &'static str, &'static str)];

const DIVISIONS: [Division; 10] = [
    &[("prov", 12, "merit+test", "test", "")],
    &[("prov", 4, "test", "", "betyg"), ("betyg", 12, "merit", "", "")],
    &[("prov", 4, "test", "", ""), ("betyg", 12, "merit", "", "")],
    &[("fri", 102, "free_quota", "", "betyg"), ("betyg", 12, "", "all", "")],
    &[("fri", 102, "free_quota", "", ""), ("betyg", 12, "", "all", "")],
    &[
        ("hand", 102, "manual", "", "betyg"),
        ("prov", 6, "test merit", "test>=20", "betyg"),
        ("betyg", 12, "merit", "", ""),
    ],
    &[("idrott", 3, "merit", "sport_approval", ""), ("resten", 12, "merit+test", "MU", "")],
    &[
        ("fri", 101, "free_quota merit", "", ""),
        ("sport", 3, "merit", "sport_approval", ""),
        ("prov", 12, "16*test", "", "resten"),
        ("resten", 2, "merit", "MU>=E", ""),
    ],
    &[("strykare", 4, "test", "test_passed", "prov"), ("prov", 12, "merit+test", "test", "")],
    &[("hand", 103, "manual", "", ""), ("betyg", 12, "merit", "", "")],
];

/// Writes a season as [`write`] does, most offers divided among groups, with tests, a list of the
/// free quota, approvals and placements by hand.
pub(crate) fn write_grouped(folder: &Path, seed: u64, applicants: usize, offers: usize) {
    write(folder, seed, applicants, offers, false);
    let mut numbers = Numbers::new(seed ^ 0x5EED);
    let mut groups =
        "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to\n".to_owned();
    let mut division_of = BTreeMap::new();
    for row in rows(&folder.join("programmes.csv")) {
        let Some(division) = DIVISIONS.get(numbers.below(DIVISIONS.len() + 2)) else { continue };
        let mut left: usize = row[1].parse().unwrap();
        let capacity = left;
        for (place, (name, share, ranked_by, open_to, later)) in division.iter().enumerate() {
            let wanted = if *share >= 100 { share - 100 } else { (capacity * share).div_ceil(12) };
            let last = place + 1 == division.len();
            let seats = if last { left } else { wanted.min(left) };
            left -= seats;
            let precedence = place + 1;
            let id = &row[0];
            let _ =
                writeln!(groups, "{id},{name},{precedence},{seats},{ranked_by},{open_to},{later}");
            division_of.insert((id.clone(), *name), seats);
        }
    }
    let able: BTreeSet<String> = rows(&folder.join("grades.csv"))
        .into_iter()
        .filter(|row| !row[1..].iter().any(|grade| grade == "F"))
        .map(|row| row[0].clone())
        .collect();
    let (mut tests, mut decisions) = (
        "applicant_id,programme_id,points,passed\n".to_owned(),
        "applicant_id,decision,programme_id,value\n".to_owned(),
    );
    let mut listed: BTreeMap<String, usize> = BTreeMap::new();
    let reception = seed.is_multiple_of(5);
    for row in rows(&folder.join("choices.csv")) {
        let (applicant, programme) = (&row[0], &row[2]);
        let of = |name: &'static str| division_of.get(&(programme.clone(), name)).copied();
        // Nearly all have the test of every second offer: then few wait without one.
        let with_test = if programme.ends_with(['0', '2', '4', '6', '8']) { 19 } else { 12 };
        if of("prov").is_some() && numbers.below(20) < with_test {
            let (points, passed) = (numbers.below(51), numbers.below(2));
            let _ = writeln!(tests, "{applicant},{programme},{points},{passed}");
        }
        if of("fri").is_some() && numbers.below(9) == 0 {
            let place = listed.entry(programme.clone()).or_insert(0);
            *place += 1;
            let _ = writeln!(decisions, "{applicant},free_quota_rank,{programme},{place}");
        }
        if (of("sport").is_some() || of("idrott").is_some()) && numbers.below(4) == 0 {
            let _ = writeln!(decisions, "{applicant},sport_approval,{programme},");
        }
        let hand = format!("{programme} by hand");
        let placed = listed.entry(hand).or_insert(0);
        let room = of("hand").is_some_and(|seats| *placed < seats);
        if room && able.contains(applicant) && numbers.below(20) == 0 {
            *placed += 1;
            let _ = writeln!(decisions, "{applicant},manual_placement,{programme},");
        } else if reception && numbers.below(12) == 0 {
            let _ = writeln!(decisions, "{applicant},second_hand,{programme},");
        }
    }
    let chain = if reception { "\"reception\", " } else { "" };
    let rules = format!(
        "round = \"final\"\n[ranking]\nkeys = [{chain}\"merit\", \"lottery\"]\n[lottery]\nseed = \"s\"\n"
    );
    for (name, text) in [
        ("quota_groups.csv", groups),
        ("test_scores.csv", tests),
        ("decisions.csv", decisions),
        ("rules.toml", rules),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}
