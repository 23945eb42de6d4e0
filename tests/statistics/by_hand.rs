//! Seasons small enough to be followed by hand: what the rows of quota groups say and hide.

use std::fs;
use std::path::{Path, PathBuf};

use crate::attacker::{breaches, rows};
use crate::seasons::{SUBJECTS, publish};

/// A season with the offers P1, with `seats` seats and the groups given, and P2, with room for
/// everybody; each applicant has one grade in every subject and chooses P1 before P2.
#[derive(Clone, Copy)]
struct Case<'c> {
    seats: usize,
    /// Rows without the programme.
    groups: &'c [&'c str],
    /// How many with which grade, in the order of their ids.
    grades: &'c [(usize, &'c str)],
    /// How many of the first have a test at P1, with more points the higher their number.
    tests: usize,
    /// Number of an applicant, kind of decision and value, at P1.
    decisions: &'c [(usize, &'c str, &'c str)],
}

impl Case<'_> {
    fn write(&self, folder: &Path) -> PathBuf {
        let season = folder.join("season");
        fs::create_dir(&season).unwrap();
        let programmes = format!(
            "programme_id,capacity,name,school,municipality_code,study_path_code,provider\n\
             P1,{},Natur,Skolan,1281,NA,municipal\nP2,500,Natur,Andra skolan,1281,NA,municipal\n",
            self.seats
        );
        let rules = "round = \"final\"\n[ranking]\nkeys = [\"merit\", \"lottery\"]\n[lottery]\n\
            seed = \"s\"\n";
        let of_all = self.grades.iter().flat_map(|(times, grade)| vec![*grade; *times]);
        let mut choices = "applicant_id,choice_rank,programme_id\n".to_owned();
        let mut grades = format!("applicant_id,{}\n", SUBJECTS.join(","));
        for (number, grade) in of_all.enumerate() {
            choices += &format!("A{number:03},1,P1\nA{number:03},2,P2\n");
            grades += &format!("A{number:03},{}\n", [grade; SUBJECTS.len()].join(","));
        }
        let tests: String = (0..self.tests).map(|n| format!("A{n:03},P1,{}\n", n + 1)).collect();
        let decision =
            |(n, kind, value): &(usize, &str, &str)| format!("A{n:03},{kind},P1,{value}\n");
        let decisions: String = self.decisions.iter().map(decision).collect();
        let groups: String = self.groups.iter().map(|row| format!("P1,{row}\n")).collect();
        let header = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to\n";
        for (name, text) in [
            ("programmes.csv", programmes),
            ("choices.csv", choices),
            ("grades.csv", grades),
            ("test_scores.csv", "applicant_id,programme_id,points\n".to_owned() + &tests),
            ("decisions.csv", "applicant_id,decision,programme_id,value\n".to_owned() + &decisions),
            ("quota_groups.csv", header.to_owned() + &groups),
            ("rules.toml", rules.to_owned()),
        ] {
            fs::write(season.join(name), text).unwrap();
        }
        season
    }

    /// The rows of P1 in one of the tables, from the column given on.
    fn rows_of(&self, table: &str, from: usize) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let season = self.write(folder.path());
        let out = folder.path().join("tables");
        publish(&season, &out, 5);
        assert_eq!(breaches(&out, &season, 5), []);
        let of_first = |row: &Vec<String>| row[0] == "P1" || row[2] == "Skolan";
        let kept = rows(&out.join(table)).into_iter().filter(of_first);
        kept.map(|row| row[from..].join(",")).collect()
    }
}

/// A third on the test alone; those with a test have the lower grades.
const A_THIRD_ON_TEST: Case<'_> = Case {
    seats: 30,
    groups: &["prov,1,10,test,,betyg", "betyg,2,20,merit,,"],
    grades: &[(30, "C"), (30, "A")],
    tests: 20,
    decisions: &[],
};

#[test]
fn groups_have_figures_of_their_own_below_the_whole() {
    // Of twenty with a test ten are taken on it, and ten wait in both groups, beside twenty others.
    assert_eq!(
        A_THIRD_ON_TEST.rows_of("programmes.csv", 1),
        [
            ",30,60,60,30,0,30,by_group,,,",
            "prov,10,,,10,0,10,value,11,15.5,15.5",
            "betyg,20,,,20,0,30,value,260,260,260",
        ]
    );
    // In the lists of the offices an offer is one row.
    assert_eq!(A_THIRD_ON_TEST.rows_of("skanegy.csv", 3), ["Natur,NA,,,,,,"]);
    assert_eq!(A_THIRD_ON_TEST.rows_of("storsthlm.csv", 5), ["Natur,0,,30,30,30,0"]);
}

#[test]
fn lists_that_differ_by_few_are_hidden() {
    // Forty wait. Of 27 with a test ten are admitted and 17 wait; of 48 it is 38, and two of the
    // forty wait without one.
    let case = Case { grades: &[(40, "C"), (30, "A")], ..A_THIRD_ON_TEST };
    let waiting = |tests| -> Vec<String> {
        let rows = Case { tests, ..case }.rows_of("programmes.csv", 1);
        rows.iter().map(|row| row.split(',').nth(6).unwrap().to_owned()).collect()
    };
    assert_eq!(waiting(27), ["40", "17", "40"]);
    assert_eq!(waiting(48), ["40", "..", ".."]);
    // What is said of the admitted stays.
    let rows = Case { tests: 48, ..case }.rows_of("programmes.csv", 1);
    assert_eq!(rows[2], "betyg,20,,,20,0,..,value,260,260,260");
}

#[test]
fn one_group_that_admitted_few_takes_all_with_it() {
    let free_quota = Case {
        groups: &["fri,1,2,free_quota,,betyg", "betyg,2,28,merit,,"],
        tests: 0,
        decisions: &[(0, "free_quota_rank", "1")],
        ..A_THIRD_ON_TEST
    };
    // 1 and 29: the sum is published, and how they share it is not.
    assert_eq!(
        free_quota.rows_of("programmes.csv", 1),
        [
            ",30,60,60,30,0,30,by_group,,,",
            "fri,2,,,..,..,..,suppressed,..,..,..",
            "betyg,28,,,..,..,..,suppressed,..,..,..",
        ]
    );
}

#[test]
fn a_total_that_would_tell_a_group_is_hidden_too() {
    // 1 and 28 of 28: the 30 who wait tell that betyg is full, and 29 less 28 is the 1.
    let left_vacant = Case {
        groups: &["fri,1,2,free_quota,,", "betyg,2,28,merit,,"],
        tests: 0,
        decisions: &[(0, "free_quota_rank", "1")],
        ..A_THIRD_ON_TEST
    };
    assert_eq!(
        left_vacant.rows_of("programmes.csv", 1),
        [
            ",30,60,60,..,..,..,suppressed,..,..,..",
            "fri,2,,,..,..,..,suppressed,..,..,..",
            "betyg,28,,,..,..,..,suppressed,..,..,..",
        ]
    );
}

#[test]
fn where_humans_made_the_order_a_group_has_no_score() {
    let placed: Vec<(usize, &str, &str)> =
        (0..6).map(|number| (number, "manual_placement", "")).collect();
    let case = Case {
        groups: &["hand,1,6,manual,,", "betyg,2,24,merit,,"],
        tests: 0,
        decisions: &placed,
        ..A_THIRD_ON_TEST
    };
    assert_eq!(
        case.rows_of("programmes.csv", 1),
        [
            ",30,60,60,30,0,30,by_group,,,",
            "hand,6,,,6,0,0,manual,,,",
            "betyg,24,,,24,0,30,value,260,260,260",
        ]
    );
}
