//! What cannot be supposed, and runs that cannot be asked.

use std::fs;

use antagning::{Code, Error};

use crate::scene::{Scene, choices, grades, told};

const RULES: &str = "[lottery]\nseed = \"x\"\n";

fn scene() -> Scene {
    let choices = choices("bo: na es\neli: na es\nfia: es");
    let grades = grades(&[("bo", 'B', 'B', 'B'), ("eli", 'C', 'C', 'C'), ("fia", 'A', 'A', 'A')]);
    Scene::with_run(&[
        (
            "programmes.csv",
            "programme_id,capacity,study_path_code,provider\nes,2,ES,municipal\nna,1,NA,independent\n",
        ),
        (
            "quota_groups.csv",
            "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to\n\
             es,fri,1,1,free_quota,,betyg\nes,betyg,2,1,,,\n",
        ),
        ("choices.csv", &choices),
        ("grades.csv", &grades),
        (
            "decisions.csv",
            "applicant_id,programme_id,decision,value,reason\nfia,es,free_quota_rank,1,x\n",
        ),
        ("rules.toml", RULES),
    ])
}

/// The codes of the errors that refuse it.
fn codes(scene: &Scene, applicant: &str, decisions: &[(&str, &str)]) -> Vec<Code> {
    match scene.try_what_if(applicant, decisions) {
        Err(Error::Rejected(findings)) => {
            let text = told(&Error::Rejected(findings.clone()));
            assert!(!text.contains(":0:") && !text.contains("4294967295"), "{text}");
            findings.iter().filter(|f| f.code != Code::LatenessUnused).map(|f| f.code).collect()
        }
        other => panic!("{decisions:?}: {other:?}"),
    }
}

#[test]
fn what_cannot_be_is_an_error_and_nothing_is_written() {
    let scene = scene();
    let cases: [(&str, &str, Code); 21] = [
        ("nonsense", "", Code::UnknownDecision),
        ("without nonsense", "", Code::OrphanedDecision),
        ("without withdrawal", "", Code::OrphanedDecision),
        ("first_hand", "xx", Code::UnknownProgramme),
        ("english_exemption", "", Code::MissingValue),
        ("new_grade:MA=C", "na", Code::ContradictoryDecision),
        ("new_grade:MA=F", "", Code::ContradictoryDecision),
        ("new_grade:MA", "", Code::UnknownSubject),
        ("equivalent_knowledge:XX", "", Code::UnknownSubject),
        ("second_hand", "na", Code::ContradictoryDecision),
        ("manual_placement:x", "es", Code::UnknownGroup),
        ("free_quota_rank:1", "es", Code::ContradictoryDecision),
        ("free_quota_rank:0", "es", Code::NotAWholeNumber),
        ("free_quota_rank:2", "na", Code::OrphanedDecision),
        ("appeal_won", "", Code::MissingValue),
        ("choices:na xx", "", Code::UnknownProgramme),
        ("choices:na na", "", Code::DuplicateChoice),
        ("choices:", "", Code::MissingValue),
        ("choices:na=7", "", Code::OrphanedDecision),
        ("score:na=7", "", Code::OrphanedDecision),
        ("score:na", "", Code::MissingScore),
    ];
    for (decision, programme, code) in cases {
        assert_eq!(codes(&scene, "eli", &[(decision, programme)]), [code], "{decision}");
    }
    assert_eq!(codes(&scene, "fia", &[("first_hand", "na")]), [Code::OrphanedDecision]);
    assert_eq!(codes(&scene, "fia", &[("appeal_won:na", "")]), [Code::OrphanedDecision]);
    let mut names: Vec<_> =
        fs::read_dir(scene.path("")).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["run", "season"]);
}

#[test]
fn what_excludes_each_other_is_an_error() {
    let scene = scene();
    let excluding: [[(&str, &str); 2]; 5] = [
        [("first_hand", "na"), ("not_received", "na")],
        [("second_hand", "es"), ("not_received", "")],
        [("manual_placement", "na"), ("withdrawal", "")],
        [("new_grade:MA=A", ""), ("new_grade:MA=B", "")],
        [("choices:na", ""), ("choices:es", "")],
    ];
    for pair in excluding {
        assert_eq!(codes(&scene, "eli", &pair), [Code::ContradictoryDecision], "{pair:?}");
        let turned = [pair[1], pair[0]];
        assert_eq!(codes(&scene, "eli", &turned), [Code::ContradictoryDecision], "{turned:?}");
    }
    // All that is wrong is told at once, and a list stands before what is decided about it.
    let both = [("first_hand", "xx"), ("without late_application", "")];
    let told = codes(&scene, "eli", &both);
    assert_eq!(told, [Code::UnknownProgramme, Code::OrphanedDecision]);
    let about_a_choice_that_is_gone = [("english_exemption", "na"), ("choices:es", "")];
    assert_eq!(codes(&scene, "eli", &about_a_choice_that_is_gone), [Code::OrphanedDecision]);
}

#[test]
fn in_a_market_season_a_new_choice_needs_a_score() {
    let choices = "applicant_id,choice_rank,programme_id,score\na,1,p,1\nb,1,q,2\n";
    let scene = Scene::with_run(&[
        ("programmes.csv", "programme_id,capacity\np,1\nq,1\n"),
        ("choices.csv", choices),
    ]);
    assert_eq!(codes(&scene, "a", &[("choices:p q", "")]), [Code::MissingScore]);
    assert_eq!(codes(&scene, "a", &[("choices:p q=x", "")]), [Code::NotANumber]);
    assert_eq!(codes(&scene, "a", &[("score:q=1", "")]), [Code::OrphanedDecision]);
    let twice = [("score:p=1", ""), ("score:p=2", "")];
    assert_eq!(codes(&scene, "a", &twice), [Code::ContradictoryDecision]);
    assert_eq!(codes(&scene, "a", &[("english_exemption", "p")]), [Code::OrphanedDecision]);
    // Two who cannot be told apart: an error as in any season.
    assert_eq!(codes(&scene, "a", &[("choices:q=2", "")]), [Code::UnresolvedTie]);
}

#[test]
fn an_unknown_applicant_is_refused() {
    let refused = scene().try_what_if("nobody", &[("withdrawal", "")]);
    assert!(matches!(refused, Err(Error::UnknownApplicant(id)) if id == "nobody"));
}

#[test]
fn another_season_is_refused() {
    let scene = scene();
    fs::write(scene.path("season/rules.toml"), "[lottery]\nseed = \"y\"\n").unwrap();
    let refused = scene.try_what_if("eli", &[("withdrawal", "")]);
    assert!(matches!(refused, Err(Error::OtherSeason { file }) if file == "rules.toml"));
    fs::remove_file(scene.path("season/decisions.csv")).unwrap();
    fs::write(scene.path("season/rules.toml"), RULES).unwrap();
    let refused = scene.try_what_if("eli", &[("withdrawal", "")]);
    assert!(matches!(refused, Err(Error::OtherSeason { file }) if file == "decisions.csv"));
    fs::remove_dir_all(scene.path("season")).unwrap();
    let refused = scene.try_what_if("eli", &[("withdrawal", "")]);
    assert!(matches!(refused, Err(Error::Rejected(_))));
}

#[test]
fn an_altered_run_is_refused() {
    let scene = scene();
    let file = scene.path("run/outcomes.csv");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("reserve", "struck", 1)).unwrap();
    let refused = scene.try_what_if("eli", &[("withdrawal", "")]);
    assert!(matches!(refused, Err(Error::Violated(_))));
}

/// A run that is sound by itself, and that lists files which do not give it.
#[test]
fn a_run_that_the_season_does_not_give_again_is_refused() {
    let files = |seats: &str| {
        let programmes = format!("programme_id,capacity\np,{seats}\n");
        let choices = "applicant_id,choice_rank,programme_id,score\na,1,p,1\nb,1,p,2\n";
        let scene = Scene::with_run(&[("programmes.csv", &programmes), ("choices.csv", choices)]);
        let manifest = fs::read_to_string(scene.path("run/manifest.json")).unwrap();
        let start = manifest.find("\"inputs\"").unwrap();
        let end = start + manifest[start..].find(']').unwrap();
        (scene, manifest[start..end].to_owned(), manifest)
    };
    let (scene, of_one, _) = files("1");
    let (other, of_two, manifest) = files("2");
    assert!(scene.try_what_if("a", &[("withdrawal", "")]).is_ok());
    let forged = manifest.replace(&of_two, &of_one);
    let own = forged.rfind("\"manifest_sha256\": \"").unwrap() + 20;
    let blank = [&forged[..own], &forged[own + 64..]].concat();
    let digest = hex(blank.as_bytes());
    let sealed = [&forged[..own], &digest, &forged[own + 64..]].concat();
    fs::write(other.path("run/manifest.json"), sealed).unwrap();
    fs::write(other.path("season/programmes.csv"), "programme_id,capacity\np,1\n").unwrap();
    let refused = other.try_what_if("a", &[("withdrawal", "")]);
    match refused {
        Err(Error::NotReproduced { applicant }) => assert_eq!(applicant, "a"),
        other => panic!("{other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
