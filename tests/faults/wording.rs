//! How findings read on a terminal: file, line, column, value, and what to do.

use crate::harness::{GRADED, MARKET, Scene, antagning};

fn stderr(scene: &Scene) -> String {
    let (season, out) = (scene.season(), scene.out());
    let arguments = ["run", season.to_str().unwrap(), "--out", out.to_str().unwrap()];
    String::from_utf8(antagning(arguments).output().unwrap().stderr).unwrap()
}

fn changed(files: &[(&str, &str)], file: &str, from: &str, to: &str) -> Scene {
    let scene = Scene::new(files);
    let text = scene.read(file);
    assert!(text.contains(from), "{file} has no {from}");
    scene.write(file, text.replacen(from, to, 1).as_bytes());
    scene
}

#[test]
fn an_unknown_programme() {
    assert_eq!(
        stderr(&changed(GRADED, "choices.csv", "A3,1,P2", "A3,1,P9")),
        "error: choices.csv:6: programme_id \"P9\": no such programme [unknown_programme]\n    \
         add the programme to programmes.csv or correct the id\n\
         rejected: 1 error, 0 warnings; nothing was run and nothing written\n"
    );
}

#[test]
fn a_score_and_a_capacity() {
    let scene = changed(MARKET, "choices.csv", "251.25", "1e5");
    scene.write("programmes.csv", b"programme_id,capacity,name\nS,12.0,a\nT,-3,b\n");
    assert_eq!(
        stderr(&scene),
        "error: programmes.csv:2: capacity \"12.0\": not a whole number [not_a_whole_number]\n    \
         write digits only\n\
         error: programmes.csv:3: capacity \"-3\": the number is negative [negative_number]\n    \
         write a number from 0 upwards\n\
         error: choices.csv:4: score \"1e5\": not a number [not_a_number]\n    \
         write digits with at most one decimal sign\n\
         rejected: 3 errors, 0 warnings; nothing was run and nothing written\n"
    );
}

#[test]
fn a_grade_that_is_none() {
    assert_eq!(
        stderr(&changed(GRADED, "grades.csv", "A2,B", "A2,X")),
        "error: grades.csv:3: BI \"X\": not a grade [unknown_grade]\n    \
         write one of A B C D E F or leave the cell empty\n\
         rejected: 1 error, 0 warnings; nothing was run and nothing written\n"
    );
}

#[test]
fn a_tie() {
    assert_eq!(
        stderr(&changed(MARKET, "choices.csv", "251.25", "240.5")),
        "error: choices.csv: the tie-break chain leaves 2 applicants equal with another; \
         programmes touched: 1; at S: olle, petra [unresolved_tie]\n    \
         set keys = [\"score\", \"lottery\"] (or [\"merit\", \"lottery\"]) under [ranking] and a \
         seed under [lottery] in rules.toml\n\
         rejected: 1 error, 0 warnings; nothing was run and nothing written\n"
    );
}

#[test]
fn a_missing_column() {
    assert_eq!(
        stderr(&changed(MARKET, "choices.csv", "choice_rank", "rank")),
        "error: choices.csv:1: choice_rank: the column is missing [missing_column]\n    \
         add the column; the header found has: applicant_id, rank, programme_id, score\n\
         warning: choices.csv:1: rank: the column is not known [unknown_column]\n    \
         rename it if it was meant to be read; it is ignored\n\
         rejected: 1 error, 1 warning; nothing was run and nothing written\n"
    );
}

#[test]
fn a_warning_of_a_season_that_runs() {
    let said = stderr(&changed(GRADED, "grades.csv", "SVA", "Latin"));
    assert_eq!(
        said,
        "warning: grades.csv:1: Latin: not a subject of gymnasium-2025: its cells count for \
         nothing [unknown_column]\n    \
         rename it if it was meant to be read; it is ignored\n"
    );
}
