//! Schools whose figures jump are told of before a run.

use crate::scene::Scene;

const SCHOOLS: [&str; 3] = ["Asarumsskolan", "Bergaskolan", "Centrumskolan"];

/// Three schools that send twelve pupils each; those of `without_ma` have no grade in
/// mathematics, and `absent` sends nobody.
fn season(scene: &Scene, folder: &str, without_ma: &str, absent: &str, backwards: bool) {
    let subjects = ["SV", "EN", "MA", "BI", "FY", "KE", "TK", "GE", "HI", "RE", "SH", "BL"];
    let mut applicants = Vec::new();
    let mut choices = Vec::new();
    let mut grades = Vec::new();
    for (number, school) in SCHOOLS.iter().enumerate().filter(|(_, school)| **school != absent) {
        for pupil in 0..12 {
            let id = format!("{number}{pupil:02}");
            applicants.push(format!("{id},{school}"));
            choices.push(format!("{id},1,P{number}"));
            let level = ["A", "B", "C"][pupil % 3];
            let cells = subjects.map(|subject| match subject == "MA" && *school == without_ma {
                true => "",
                false => level,
            });
            grades.push(format!("{id},{}", cells.join(",")));
        }
    }
    let table = |header: &str, mut rows: Vec<String>| {
        if backwards {
            rows.reverse();
        }
        format!("{header}\n{}\n", rows.join("\n"))
    };
    let programmes = "programme_id,capacity,school,study_path_code\n\
                      P0,20,Norra,NA\nP1,20,Södra,BA\nP2,20,Södra,SA\n";
    let header = format!("applicant_id,{}", subjects.join(","));
    scene.folder(
        folder,
        &[
            ("programmes.csv", programmes),
            ("applicants.csv", &table("applicant_id,school", applicants)),
            ("choices.csv", &table("applicant_id,choice_rank,programme_id", choices)),
            ("grades.csv", &table(&header, grades)),
            ("rules.toml", "round = \"preliminary\"\n[lottery]\nseed = \"s\"\n"),
        ],
    );
}

fn told(answer: &crate::scene::Answer) -> Vec<String> {
    let document = answer.json();
    let findings = document["diagnostics"].as_array().or(document["warnings"].as_array());
    let line = |finding: &serde_json::Value| {
        let text = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
        let place = format!("{} {} {}", text("code"), text("column"), text("value"));
        format!("{place}: {}", text("message"))
    };
    findings.expect("findings").iter().map(line).collect()
}

const MISSING: [&str; 3] = [
    "eligibility_jump school Bergaskolan: applicants from the school: eligible 0 of 12, before 12 \
     of 12",
    "eligibility_jump school Södra: applicants to the school: eligible 12 of 24, before 24 of 24",
    "missing_grades_jump MA Bergaskolan: applicants from the school: without a grade 12 of 12, \
     before 0 of 12",
];

#[test]
fn a_column_that_one_school_left_out_is_told_of() {
    let scene = Scene::new();
    season(&scene, "last", "", "", false);
    season(&scene, "now", "Bergaskolan", "", false);
    let check = |season: &str| {
        told(&scene.antagning(&format!("check {season} --against last --format json")).succeeds())
    };
    assert_eq!(check("last"), Vec::<String>::new());
    assert_eq!(check("now"), MISSING);
    // The order of rows decides nothing.
    season(&scene, "shuffled", "Bergaskolan", "", true);
    assert_eq!(check("shuffled"), MISSING);
    let text = scene.antagning("check now --against last").succeeds();
    assert!(text.stdout.contains("ask the school whether the column was left out"));
}

#[test]
fn a_run_that_continues_another_keeps_what_jumped() {
    let scene = Scene::new();
    season(&scene, "season", "", "", false);
    scene.antagning("run season --out first").succeeds();
    season(&scene, "season", "Bergaskolan", "", false);
    scene.write("season/rules.toml", "round = \"final\"\n[lottery]\nseed = \"s\"\n");
    let run = scene.antagning("run season --after first --out second --format json").succeeds();
    assert_eq!(told(&run), MISSING[..2]);
    assert_eq!(scene.manifest("second")["warnings"].as_array().map(Vec::len), Some(2));
    // The same, asked for by name.
    let check = scene.antagning("check season --against first --format json").succeeds();
    assert_eq!(told(&check), MISSING[..2]);
}

#[test]
fn a_school_that_is_missing_is_told_of() {
    let scene = Scene::new();
    season(&scene, "last", "", "", false);
    season(&scene, "now", "", "Centrumskolan", false);
    let check = scene.antagning("check now --against last --format json").succeeds();
    let expected = [
        "applicants_jump school Centrumskolan: applicants from the school: 0 applicants, before 12",
        "applicants_jump school Södra: applicants to the school: 12 applicants, before 24",
    ];
    assert_eq!(told(&check), expected);
    scene.antagning("check now --against nowhere").rejects();
}
