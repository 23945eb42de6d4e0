//! The folder and its files as such.

use std::fs;

use crate::harness::{Case, MARKET, Scene, examine, graded, market};

pub(crate) fn cases() -> Vec<Case> {
    vec![
        graded("a sound graded season"),
        market("a sound market season"),
        graded("no folder").no_season().finds(["missing_folder SEASON"]).says("no such folder"),
        graded("a file for a folder")
            .season_is_a_file()
            .finds(["missing_folder SEASON"])
            .says("not a folder"),
        graded("no programmes").without("programmes.csv").finds(["missing_file programmes.csv"]),
        graded("no choices").without("choices.csv").finds(["missing_file choices.csv"]),
        market("a market without programmes")
            .without("programmes.csv")
            .finds(["missing_file programmes.csv"]),
        market("a market without choices")
            .without("choices.csv")
            .finds(["missing_file choices.csv"]),
        market("an empty folder")
            .without("programmes.csv")
            .without("choices.csv")
            .finds(["missing_file programmes.csv", "missing_file choices.csv"]),
        graded("a season needs no applicants.csv").without("applicants.csv"),
        graded("a folder for a file").folder("choices.csv").finds(["unreadable_file choices.csv"]),
        graded("a folder for an optional file")
            .folder("grades.csv")
            .finds(["unreadable_file grades.csv"]),
        graded("a folder for the rules").folder("rules.toml").finds(["unreadable_file rules.toml"]),
        #[cfg(unix)]
        graded("a required file that leads nowhere")
            .dead_link("programmes.csv")
            .finds(["unreadable_file programmes.csv"]),
        #[cfg(unix)]
        graded("an optional file that leads nowhere")
            .dead_link("grades.csv")
            .finds(["unreadable_file grades.csv"]),
        graded("a misspelt file")
            .file("grade.csv", "applicant_id,SV\n")
            .finds(["unknown_file grade.csv"]),
        graded("files that nobody takes for input").file("notes.md", "-").file("published.csv", ""),
        graded("several strange files")
            .file("choices.xlsx", "PK")
            .file("Choices.csv", "")
            .finds(["unknown_file Choices.csv", "unknown_file choices.xlsx"]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}

#[test]
fn what_stands_at_the_output_is_never_touched() {
    for is_folder in [true, false] {
        let scene = Scene::new(MARKET);
        let kept = if is_folder {
            fs::create_dir(scene.out()).unwrap();
            scene.out().join("kept.txt")
        } else {
            scene.out()
        };
        fs::write(&kept, "an earlier run").unwrap();
        let answer = scene.run();
        assert_eq!(answer.exit, 2);
        let said = answer.document["error"].as_str().unwrap();
        assert!(said.contains("it exists already"), "{said}");
        assert_eq!(fs::read_to_string(&kept).unwrap(), "an earlier run");
        assert_eq!(scene.beside(), ["out"]);
    }
}
