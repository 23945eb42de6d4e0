//! Scenario files, which `antagning simulate` reads beside a season.

use std::collections::BTreeSet;

use crate::harness::{GRADED, Scene, simulate};

/// A scenario file, and all that must be found.
const CASES: [(&str, &[&str]); 6] = [
    ("[[seats]]\nprogramme = \"P1\"\nadd = 1\n", &[]),
    (
        "[[close]]\nschool = \"Nordskolan\"\n",
        &["nothing_selected SCENARIO:2 close.school=Nordskolan"],
    ),
    (
        "[[close]]\nprovider = \"municipal\"\nmunicipality = \"1281\"\n",
        &["nothing_selected SCENARIO:1 close"],
    ),
    ("[[merge]]\nfrom = \"P1\"\ninto = \"P1\"\n", &["faulty_scenario SCENARIO:2 merge.from=P1"]),
    (
        "[[open]]\nid = \"P9\"\nseats = 1\nlike = \"P1\"\nshare = \"1\"\nstudy_path_code = \"QQ\"\n",
        &["faulty_scenario SCENARIO:1 scenario=fel"],
    ),
    (
        "[[seats]]\nprogramme = \"P8\"\nadd = 1\nlangd = 2\n",
        &["unknown_programme SCENARIO:2 seats.programme=P8", "unknown_key SCENARIO:4 seats.langd"],
    ),
];

/// The codes that some case meets.
pub(crate) fn codes() -> BTreeSet<&'static str> {
    let lines = CASES.iter().flat_map(|(_, expected)| expected.iter());
    lines.filter_map(|line| line.split(' ').next()).collect()
}

#[test]
fn scenarios_are_told_of_whole_and_nothing_is_written() {
    for (text, expected) in CASES {
        let scene = Scene::new(GRADED);
        let answer = simulate(&scene, text);
        assert_eq!(answer.findings(), expected, "{text}\n{}", answer.stderr);
        assert_eq!(answer.exit, if expected.is_empty() { 0 } else { 2 }, "{text}");
        let written: &[&str] =
            if expected.is_empty() { &["fel.toml", "out"] } else { &["fel.toml"] };
        assert_eq!(scene.beside(), written);
    }
}
