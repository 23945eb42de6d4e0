//! A finished run changed in one cell: the verifier must tell, and say what.
//!
//! Twice for each cell: as it is, when the digest gives it away; and with all digests forged to
//! agree, when only the rest of the run can.

use std::collections::BTreeSet;

use crate::scene::Scene;
use crate::seasons::EveryReason;

/// A change of one cell.
struct Change {
    file: &'static str,
    /// The row, told by some of its cells.
    row: &'static [(&'static str, &'static str)],
    column: &'static str,
    to: &'static str,
    /// What the verifier says of it once the digests are forged.
    named: &'static str,
}

const fn change(
    file: &'static str,
    row: &'static [(&'static str, &'static str)],
    column: &'static str,
    to: &'static str,
    named: &'static str,
) -> Change {
    Change { file, row, column, to, named }
}

const PLACEMENTS: &str = "placements.csv";
const OUTCOMES: &str = "outcomes.csv";
const PROGRAMMES: &str = "programmes.csv";

const ADA_AT_NA: &[(&str, &str)] = &[("applicant_id", "ada"), ("programme_id", "na")];
const BO_AT_NA: &[(&str, &str)] = &[("applicant_id", "bo"), ("programme_id", "na")];
const BO_AT_EE: &[(&str, &str)] = &[("applicant_id", "bo"), ("programme_id", "ee")];
const CIM_AT_BA: &[(&str, &str)] = &[("applicant_id", "cim"), ("programme_id", "ba")];
const FIA_AT_NA: &[(&str, &str)] = &[("applicant_id", "fia"), ("programme_id", "na")];
const ADA: &[(&str, &str)] = &[("applicant_id", "ada")];
const HAL: &[(&str, &str)] = &[("applicant_id", "hal")];
const BA: &[(&str, &str)] = &[("programme_id", "ba")];
const EE: &[(&str, &str)] = &[("programme_id", "ee")];
const NA: &[(&str, &str)] = &[("programme_id", "na")];

/// What another column or a rule determines: found without any digest.
const DETERMINED: [Change; 46] = [
    change(OUTCOMES, FIA_AT_NA, "reserve_position", "1", "reserve_position \"1\" does not agree"),
    change(PROGRAMMES, NA, "decided_by", "lottery", "decided_by \"lottery\" does not agree"),
    change(PROGRAMMES, EE, "decided_by", "merit", "decided_by \"merit\" does not agree"),
    change(PROGRAMMES, NA, "ranked_by", "test", "ranked_by \"test\" in the row of a whole"),
    change(PROGRAMMES, NA, "unfilled_to", "free", "unfilled_to \"free\" in the row of a whole"),
    change(
        PLACEMENTS,
        ADA,
        "applicant_id",
        "adb",
        "applicant ada stands out of order or is not in",
    ),
    change(PLACEMENTS, HAL, "applicant_id", "dan", "does not stand in the order of ids"),
    change(PLACEMENTS, ADA, "programme_id", "ee", "the choice of na by applicant ada is published"),
    change(PLACEMENTS, ADA, "programme_id", "xx", "programme xx is not in programmes.csv"),
    change(PLACEMENTS, ADA, "programme_id", "", "applicant ada would rather be at na, which still"),
    change(PLACEMENTS, HAL, "programme_id", "ee", "hal is placed at ee, where they did not apply"),
    change(PLACEMENTS, ADA, "choice_rank", "2", "choice_rank 2 does not agree with outcomes.csv"),
    change(OUTCOMES, BO_AT_NA, "applicant_id", "ada", "choice_rank \"1\" does not agree"),
    change(OUTCOMES, BO_AT_NA, "choice_rank", "2", "choice_rank \"2\" does not agree"),
    change(OUTCOMES, BO_AT_NA, "programme_id", "ba", "programme na publishes 3 as applicants"),
    change(OUTCOMES, BO_AT_NA, "status", "struck", "is published as struck, where the placements"),
    change(OUTCOMES, BO_AT_NA, "status", "ineligible", "programme na publishes 1 as reserves"),
    change(
        OUTCOMES,
        ADA_AT_NA,
        "status",
        "reserve",
        "is published as reserve, where the placements",
    ),
    change(OUTCOMES, FIA_AT_NA, "status", "reserve", "programme na publishes 1 as reserves"),
    change(OUTCOMES, BO_AT_NA, "status", "hopeful", "is published as other, where the placements"),
    change(
        OUTCOMES,
        BO_AT_NA,
        "reason",
        "admitted_higher",
        "reason \"admitted_higher\" does not agree",
    ),
    change(OUTCOMES, BO_AT_NA, "reason", "", "reason \"\" does not agree"),
    change(
        OUTCOMES,
        BO_AT_NA,
        "score",
        "345",
        "applicant bo would rather be at na, whose seat went to ada",
    ),
    change(OUTCOMES, BO_AT_EE, "score", "280.0001", "programme ee publishes 280 as median"),
    change(
        OUTCOMES,
        CIM_AT_BA,
        "score",
        "240.0001",
        "cim would rather be at ba, whose seat went to",
    ),
    change(OUTCOMES, BO_AT_NA, "cutoff", "337.5", "cutoff"),
    change(OUTCOMES, BO_AT_EE, "cutoff", "280", "cutoff"),
    change(
        OUTCOMES,
        BO_AT_NA,
        "reserve_position",
        "2",
        "bo is published with reserve position 2 at na",
    ),
    change(
        OUTCOMES,
        BO_AT_EE,
        "reserve_position",
        "1",
        "bo is published with reserve position 1 at ee",
    ),
    change(PROGRAMMES, NA, "programme_id", "nb", "programme na is not in programmes.csv"),
    change(PROGRAMMES, NA, "seats", "2", "bo would rather be at na, which still has 1 vacant seat"),
    change(PROGRAMMES, BA, "seats", "1", "programme ba has 1 seat but 2 applicants are admitted"),
    change(PROGRAMMES, NA, "applicants", "4", "programme na publishes 4 as applicants"),
    change(
        PROGRAMMES,
        NA,
        "first_choice_applicants",
        "1",
        "publishes 1 as first_choice_applicants",
    ),
    change(PROGRAMMES, NA, "admitted", "0", "programme na publishes 0 as admitted"),
    change(PROGRAMMES, EE, "vacant", "5", "programme ee publishes 5 as vacant"),
    change(PROGRAMMES, NA, "reserves", "0", "programme na publishes 0 as reserves"),
    change(PROGRAMMES, NA, "cutoff_kind", "sharp", "programme na publishes other as cutoff_kind"),
    change(PROGRAMMES, NA, "cutoff_kind", "manual", "programme na publishes manual as cutoff_kind"),
    change(PLACEMENTS, ADA, "quota_group", "free", "\"free\" is no group of the programme"),
    change(OUTCOMES, BO_AT_NA, "quota_group", "free", "\"free\" is no group of the programme"),
    change(OUTCOMES, BO_AT_NA, "reason", "lost_tie", "reason \"lost_tie\" does not agree"),
    change(OUTCOMES, BO_AT_EE, "reason", "ahead_of_others", "\"ahead_of_others\" does not agree"),
    change(OUTCOMES, BO_AT_NA, "decided_by", "lottery", "decided_by \"lottery\" does not agree"),
    change(OUTCOMES, BO_AT_EE, "decided_by", "merit", "decided_by \"merit\" does not agree"),
    change(PROGRAMMES, NA, "quota_group", "free", "quota group free stands apart"),
];

const DETERMINED_SCORES: [Change; 3] = [
    change(PROGRAMMES, NA, "cutoff", "337.5", "programme na publishes 337.5 as cutoff"),
    change(PROGRAMMES, BA, "median", "", "programme ba publishes nothing as median"),
    change(PROGRAMMES, BA, "mean", "240.0001", "programme ba publishes 240.0001 as mean"),
];

/// What nothing else in the run folder tells: the digests alone protect it.
const PROTECTED_BY_DIGEST_ALONE: [Change; 9] = [
    change(OUTCOMES, FIA_AT_NA, "reason", "too_few_passes", ""),
    change(OUTCOMES, FIA_AT_NA, "score", "1", ""),
    change(OUTCOMES, FIA_AT_NA, "detail", "EN", ""),
    change(OUTCOMES, BO_AT_NA, "keys", "grade_points=1", ""),
    change(OUTCOMES, BO_AT_NA, "decisions", "first_hand", ""),
    change(PROGRAMMES, NA, "name", "Ekonomiprogrammet", ""),
    change(PROGRAMMES, NA, "school", "Västra gymnasiet", ""),
    change(PROGRAMMES, NA, "study_path_code", "EK", ""),
    change(OUTCOMES, &[("status", "struck")], "score", "1", ""),
];

fn determined() -> impl Iterator<Item = &'static Change> {
    DETERMINED.iter().chain(&DETERMINED_SCORES)
}

fn all() -> impl Iterator<Item = &'static Change> {
    determined().chain(&PROTECTED_BY_DIGEST_ALONE)
}

/// A finished run to copy from; one season for all changes.
fn finished() -> Scene {
    Scene::with_run(&EveryReason::new().files())
}

impl Change {
    fn apply(&self, sound: &Scene) -> Scene {
        let scene = Scene::new();
        scene.fresh_run_from(sound);
        scene.change(self.file, |table| {
            let row = table.row(self.row);
            assert_ne!(table.get(row, self.column), self.to, "{self}: nothing to change");
            table.set(row, self.column, self.to);
        });
        scene
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?}: {} = {:?}", self.file, self.row, self.column, self.to)
    }
}

fn assert_named(violations: &[String], named: &str, change: &dyn std::fmt::Display) {
    let found = violations.iter().any(|violation| violation.contains(named));
    assert!(found, "{change}: no \"{named}\" among {violations:#?}");
}

#[test]
fn every_column_of_every_file_is_tampered_with() {
    let sound = finished();
    for file in [PLACEMENTS, OUTCOMES, PROGRAMMES] {
        let header = sound.table(&format!("out/{file}")).header;
        let columns: BTreeSet<_> = header.iter().map(String::as_str).collect();
        let changed: BTreeSet<_> =
            all().filter(|change| change.file == file).map(|change| change.column).collect();
        assert_eq!(changed, columns, "{file}");
    }
}

#[test]
fn a_changed_cell_is_given_away_by_the_digest_of_its_file() {
    let sound = finished();
    for change in all() {
        let violations = change.apply(&sound).violations("out");
        assert_named(&violations, &format!("file {} has been changed", change.file), change);
    }
}

#[test]
fn with_forged_digests_the_rest_of_the_run_gives_it_away() {
    let sound = finished();
    for change in determined() {
        let scene = change.apply(&sound);
        scene.forge_digests();
        let violations = scene.violations("out");
        assert_named(&violations, change.named, change);
        assert!(violations.iter().all(|text| !text.contains("SHA-256")), "{change}");
    }
}

/// The list is a fact, not an excuse: what the verifier learns to tell must leave it.
#[test]
fn what_the_digest_alone_protects_is_known() {
    let sound = finished();
    for change in &PROTECTED_BY_DIGEST_ALONE {
        let scene = change.apply(&sound);
        scene.forge_digests();
        let answer = scene.antagning("verify out --format json").json();
        assert_eq!(answer["holds"], true, "{change}: {}", answer["violations"]);
    }
}

#[test]
fn a_cell_that_cannot_be_read_is_named_with_its_place() {
    let sound = finished();
    let numbers = [
        (PLACEMENTS, "choice_rank"),
        (OUTCOMES, "choice_rank"),
        (OUTCOMES, "score"),
        (OUTCOMES, "cutoff"),
        (OUTCOMES, "reserve_position"),
        (PROGRAMMES, "seats"),
        (PROGRAMMES, "applicants"),
        (PROGRAMMES, "first_choice_applicants"),
        (PROGRAMMES, "admitted"),
        (PROGRAMMES, "vacant"),
        (PROGRAMMES, "reserves"),
        (PROGRAMMES, "cutoff"),
        (PROGRAMMES, "median"),
        (PROGRAMMES, "mean"),
    ];
    for (file, column) in numbers {
        let scene = Scene::new();
        scene.fresh_run_from(&sound);
        scene.change(file, |table| table.set(0, column, "12x"));
        scene.forge_digests();
        let named = format!("{file}:2: {column} \"12x\"");
        assert_named(&scene.violations("out"), &named, &named);
    }
}

#[test]
fn files_that_are_cut_short_or_gone_are_named() {
    let sound = finished();
    for file in [PLACEMENTS, OUTCOMES, PROGRAMMES] {
        let scene = Scene::new();
        scene.fresh_run_from(&sound);
        let text = scene.read(&format!("out/{file}"));
        let shortened = text.rsplit_once(',').expect("a comma").0;
        scene.write(&format!("out/{file}"), shortened);
        scene.forge_digests();
        assert_named(&scene.violations("out"), &format!("{file}:"), &file);

        scene.fresh_run_from(&sound);
        std::fs::remove_file(scene.path(&format!("out/{file}"))).expect("a file to remove");
        assert_named(
            &scene.violations("out"),
            &format!("{file} is listed but is not there"),
            &file,
        );
    }
}

#[test]
fn a_dropped_row_is_missed() {
    let sound = finished();
    for file in [PLACEMENTS, OUTCOMES, PROGRAMMES] {
        let rows = sound.table(&format!("out/{file}")).rows.len();
        for row in 0..rows {
            let scene = Scene::new();
            scene.fresh_run_from(&sound);
            scene.change(file, |table| drop(table.rows.remove(row)));
            scene.forge_digests();
            scene.violations("out");
        }
    }
}

#[test]
fn a_row_that_stands_twice_is_noticed() {
    let sound = finished();
    for file in [PLACEMENTS, OUTCOMES, PROGRAMMES] {
        let scene = Scene::new();
        scene.fresh_run_from(&sound);
        scene.change(file, |table| table.rows.insert(1, table.rows[1].clone()));
        scene.forge_digests();
        scene.violations("out");
    }
}
