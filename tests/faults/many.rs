//! Many faults at once: all told, in order, up to the cap.

use std::fmt::Write;

use crate::harness::{GRADED, MARKET, Scene};

/// A market season of `lists` applicants with one fault each, and what must be found.
fn faulty(lists: usize) -> (Scene, Vec<String>) {
    let scene = Scene::new(MARKET);
    let mut text = "applicant_id,choice_rank,programme_id,score\n".to_owned();
    let mut expected = Vec::new();
    for i in 0..lists {
        // Two rows each; the fault stands in the second.
        let line = 2 * i + 3;
        let (row, code, cell) = match i % 10 {
            0 => ("2,X,1", "unknown_programme", " programme_id=X"),
            1 => ("2,T,1e5", "not_a_number", " score=1e5"),
            2 => ("-2,T,1", "negative_number", " choice_rank=-2"),
            3 => ("3,T,1", "rank_gap", " choice_rank=3"),
            4 => ("2,S,1", "duplicate_choice", " programme_id=S"),
            5 => ("1,T,1", "repeated_rank", " choice_rank=1"),
            6 => ("2,T", "too_few_fields", ""),
            7 => ("2,T,", "missing_score", " score"),
            8 => ("0,T,1", "zero_rank", " choice_rank=0"),
            _ => ("2,T,1.23456", "too_many_decimals", " score=1.23456"),
        };
        // Ids against the order of lines: findings must follow the lines.
        let id = format!("a{:05}", lists - i);
        writeln!(text, "{id},1,S,{}.{}\n{id},{row}", i + 1, i % 7).unwrap();
        expected.push(format!("{code} choices.csv:{line}{cell}"));
    }
    scene.write("choices.csv", text.as_bytes());
    (scene, expected)
}

#[test]
fn three_hundred_faults_are_told_at_once_and_in_order() {
    let (scene, expected) = faulty(300);
    for answer in [scene.run(), scene.check()] {
        assert_eq!(answer.exit, 2);
        assert_eq!(answer.document["error"], "the input was rejected: 300 errors");
        assert_eq!(answer.findings(), expected);
    }
    assert_eq!(scene.beside(), Vec::<String>::new());
}

#[test]
fn a_thousand_faults_are_kept_and_the_rest_is_counted() {
    let (scene, _) = faulty(1_500);
    let answer = scene.run();
    assert_eq!(answer.exit, 2);
    assert_eq!(answer.document["error"], "the input was rejected: 1500 errors");
    assert_eq!(answer.findings().len(), 1_000);
    assert!(answer.stderr.contains("1500 errors, 0 warnings (500 more than can be shown)"));
}

#[test]
fn warnings_give_way_to_errors() {
    let scene = Scene::new(MARKET);
    let mut text = "programme_id,capacity,name,municipality_code\n".to_owned();
    for i in 0..1_200 {
        writeln!(text, "p{i},1,,x").unwrap();
    }
    scene.write("programmes.csv", text.as_bytes());
    let findings = scene.run().findings();
    assert_eq!(findings.len(), 1_000);
    let errors = findings.iter().filter(|found| found.starts_with("unknown_programme")).count();
    assert_eq!(errors, 6, "one a row of choices.csv");
}

#[test]
fn grades_and_study_paths_are_told_in_the_order_of_lines() {
    let scene = Scene::new(GRADED);
    let (mut programmes, mut applicants, mut choices, mut grades) = (
        "programme_id,capacity,study_path_code\n".to_owned(),
        "applicant_id\n".to_owned(),
        "applicant_id,choice_rank,programme_id\n".to_owned(),
        "applicant_id,SV,EN\n".to_owned(),
    );
    let mut expected = Vec::new();
    for i in 0..100 {
        writeln!(programmes, "p{},1,XX{i}", 100 - i).unwrap();
        expected.push(format!("unknown_study_path programmes.csv:{} study_path_code=XX{i}", i + 2));
    }
    for i in 0..100 {
        let id = format!("a{}", 100 - i);
        writeln!(applicants, "{id}").unwrap();
        writeln!(choices, "{id},1,p1").unwrap();
        writeln!(grades, "{id},Z,{i}").unwrap();
        expected.push(format!("unknown_grade grades.csv:{} SV=Z", i + 2));
        expected.push(format!("mixed_scales grades.csv:{} EN={i}", i + 2));
    }
    scene.write("programmes.csv", programmes.as_bytes());
    scene.write("applicants.csv", applicants.as_bytes());
    scene.write("choices.csv", choices.as_bytes());
    scene.write("grades.csv", grades.as_bytes());
    assert_eq!(scene.run().findings(), expected);
}
