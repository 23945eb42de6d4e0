//! Bad scenarios are told whole, with file, line and key, and nothing runs.

use antagning::{Error, Simulation};

use crate::model::{Model, Scene};

/// The faults of a scenario file: code, line, key and value.
fn faults(text: &str) -> Vec<String> {
    let mut model = Model::random(40, 6, 1);
    *model.seats("P03") = 5;
    model.divide("P03", 2);
    let scene = Scene::new(&model);
    let file = scene.file("fel.toml", text);
    match Simulation::new(scene.season(), std::slice::from_ref(&file), false) {
        Err(Error::Rejected(faults)) => faults
            .iter()
            .map(|fault| {
                assert_eq!(fault.file, file.display().to_string());
                assert!(!fault.hint.is_empty() && !fault.message.is_empty());
                assert!(fault.position.is_some(), "{fault} has no place in its line");
                let (line, column) = (fault.line.unwrap_or(0), fault.column.as_deref());
                let value = fault.value.as_deref().unwrap_or("-");
                format!("{} {line} {} {value}", fault.code.name(), column.unwrap_or("-"))
            })
            .collect(),
        Ok(_) => panic!("no fault in {text}"),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = "name = 3\n\
                [[seats]]\n\
                programme = [\"P00\", \"P9\"]\n\
                add = \"4\"\n\
                [[seats]]\n\
                set = 3\n\
                [[close]]\n\
                school = \"S9\"\n\
                sort = 1\n\
                [[open]]\n\
                id = \"P01\"\n\
                like = \"P00\"\n\
                share = \"1.5\"\n\
                seats = -1\n\
                [cohort]\n\
                size = 2\n";
    let told = faults(text);
    let expected = [
        "wrong_type 1 name 3",
        "unknown_programme 3 seats.programme P9",
        "wrong_type 4 seats.add \"4\"",
        "missing_value 5 seats -",
        "nothing_selected 8 close.school S9",
        "unknown_key 9 close.sort -",
        "duplicate_id 11 open.id P01",
        "wrong_type 13 open.share \"1.5\"",
        "wrong_type 14 open.seats -1",
        "missing_value 15 cohort.scale -",
        "unknown_key 16 cohort.size -",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_offers_do_not_allow_is_told() {
    let cases = [
        ("[[seats]]\nprogramme = \"P9\"\nset = 1\n", "unknown_programme 2 seats.programme P9"),
        ("[[seats]]\nprogramme = \"P03\"\nadd = -6\n", "seats_below_zero 3 seats.add -6"),
        (
            "[[seats]]\nprogramme = \"P03\"\nset = 900000\n[[seats]]\nprogramme = \"P03\"\nscale = 2\n",
            "number_too_large 6 seats.scale 2",
        ),
        (
            "[[seats]]\nschool = \"S0\"\nmunicipality = \"1281\"\nadd = 1\n",
            "nothing_selected 1 seats -",
        ),
        (
            "[[seats]]\nprogramme = \"P00\"\nquota_group = \"kvot\"\nadd = 1\n",
            "unknown_group 3 seats.quota_group kvot",
        ),
        ("[[seats]]\nprogramme = \"P00\"\nadd = 1\nset = 2\n", "missing_value 1 seats -"),
        ("[[close]]\nstudy_path = [\"NA\", \"E\"]\n", "faulty_scenario 1 - -"),
        ("[[merge]]\nfrom = \"P01\"\ninto = \"P01\"\n", "faulty_scenario 2 merge.from P01"),
        ("[[merge]]\nfrom = [\"P01\", \"P01\"]\ninto = \"P02\"\n", "duplicate_id 2 merge.from P01"),
        (
            "[[open]]\nid = \"P00\"\nseats = 1\nlike = \"P00\"\nshare = \"0\"\n",
            "duplicate_id 2 open.id P00",
        ),
        (
            "[[open]]\nid = \"N\"\nseats = 1\nlike = \"X\"\nshare = \"0\"\n",
            "unknown_programme 4 open.like X",
        ),
        (
            "[[open]]\nid = \"N\"\nseats = 1\nlike = \"P00\"\nshare = \"0\"\nprovider = \"x\"\n",
            "unknown_provider 6 open.provider x",
        ),
        (
            "[[open]]\nid = \"N\"\nseats = 1\nmunicipality_code = \"0180\"\n\
             study_path_code = \"NA\"\ntaste = \"model\"\n",
            "nothing_selected 4 open.municipality_code 0180",
        ),
        (
            "[[open]]\nid = \"N\"\nseats = 1\nmunicipality_code = \"1280\"\n\
             study_path_code = \"TE\"\ntaste = \"model\"\n",
            "nothing_selected 5 open.study_path_code TE",
        ),
        (
            "[[open]]\nid = \"N\"\nseats = 1\nmunicipality_code = \"1280\"\ntaste = \"model\"\n",
            "missing_value 1 open.study_path_code -",
        ),
        (
            "[[open]]\nid = \"N\"\nseats = 1\nmunicipality_code = \"1280\"\n\
             study_path_code = \"NA\"\ntaste = \"model\"\nshare = \"0.1\"\n",
            "unknown_key 7 open.share -",
        ),
        (
            "[[open]]\nid = \"N\"\nseats = 1\nmunicipality_code = \"1280\"\n\
             study_path_code = \"NA\"\ntaste = \"x\"\n",
            "wrong_type 6 open.taste \"x\"",
        ),
        ("[cohort]\nscale = 2\nsex = \"X\"\n", "nothing_selected 3 cohort.sex X"),
        ("[cohort]\nscale = 2\nstudy_path = \"TE\"\n", "nothing_selected 3 cohort.study_path TE"),
        (
            "[[cohort]]\nscale = 2\n[[cohort]]\nscale = 1\nmunicipality = [\"1280\", \"0180\"]\n",
            "nothing_selected 5 cohort.municipality 0180",
        ),
        ("cohort = [2]\n", "wrong_type 1 cohort 2"),
        ("[[area]]\njoins = \"0180\"\n", "nothing_selected 2 area.joins 0180"),
        ("[[area]]\nleaves = \"0180\"\n", "nothing_selected 2 area.leaves 0180"),
        ("[[area]]\nleaves = \"1280\"\njoins = \"1281\"\n", "missing_value 1 area -"),
        (
            "[[quota_groups]]\nprogramme = \"P03\"\nquota_group = \"kvot\"\nprecedence = 2\n",
            "faulty_scenario 4 quota_groups.precedence 2",
        ),
        (
            "[[quota_groups]]\nprogramme = \"P03\"\nquota_group = \"alla\"\nunfilled_to = \"kvot\"\n",
            "faulty_scenario 4 quota_groups.unfilled_to kvot",
        ),
        (
            "[[quota_groups]]\nprogramme = \"P03\"\nquota_group = \"kvot\"\nunfilled_to = \"zz\"\n",
            "unknown_group 4 quota_groups.unfilled_to zz",
        ),
        (
            "[[quota_groups]]\nprogramme = \"P03\"\nquota_group = \"kvot\"\nprecedence = 3\n",
            "faulty_scenario 4 quota_groups.precedence 3",
        ),
        (
            "[[quota_groups]]\nprogramme = \"P03\"\nquota_group = \"kvot\"\nprecedence = 3\n\
             unfilled_to = \"alla\"\n",
            "faulty_scenario 5 quota_groups.unfilled_to alla",
        ),
        ("[[area]]\nleaves = \"1280\"\noffers = \"P00\"\n", "unknown_key 3 area.offers -"),
        ("[ranking]\nkeys = [\"merits\"]\n", "unknown_ranking_key 2 ranking.keys merits"),
        ("[ranking]\nkeys = [\"lottery\", \"score\"]\n", "faulty_chain 2 ranking.keys score"),
        ("[lottery]\nscope = \"alla\"\n", "unknown_scope 2 lottery.scope alla"),
        ("[[scenario]]\ndescription = \"x\"\n", "missing_value 1 name -"),
        ("[[scenario]]\nname = \"x\"\n[[scenario]]\nname = \"x\"\n", "duplicate_id 4 name x"),
        ("name = \"base\"\n", "duplicate_id 1 name base"),
        ("[[seats]\nset = 1\n", "broken_toml 1 - -"),
    ];
    for (text, expected) in cases {
        assert_eq!(faults(text), [expected], "{text}");
    }
}

#[test]
fn the_place_in_the_line_is_told() {
    let scene = Scene::new(&Model::random(40, 6, 1));
    let cases = [
        ("[[seats]]\nprogramme = \"P00\" add = 1\n", "2:19: "),
        ("[[seats]]\nprogramme = [\"P00\", \"PÅ\", \"P9\"]\nset = 1\n", "2:27: "),
        ("[[seats]]\nprogramme = \"P00\"\n  set = -1\n", "3:9: "),
        ("[[close]]\nprogramme = \"P00\"\n slag = 1\n", "3:2: "),
        ("# a key is missing\n  [[seats]]\nprogramme = \"P00\"\n", "2:3: "),
        ("[[seats]]\nschool = \"S9\"\nset = 1\n", "2:10: "),
        (
            "[[seats]]\nprogramme = \"P00\"\n add = -5000\n",
            "3:8: seats.add \"-5000\": P00 has fewer",
        ),
        ("[ranking]\nkeys = [\"score\", \"lottery\", \"score\"]\n", "2:29: ranking.keys \"score\""),
    ];
    for (text, place) in cases {
        let file = scene.file("fel.toml", text);
        let Err(Error::Rejected(faults)) =
            Simulation::new(scene.season(), std::slice::from_ref(&file), false)
        else {
            panic!("no fault in {text}");
        };
        let told = faults.iter().last().unwrap().to_string();
        assert!(told.starts_with(&format!("{}:{place}", file.display())), "{told}");
    }
}

/// What cannot be read in a section hides nothing else of it, and nothing follows from it.
#[test]
fn a_fault_hides_no_other() {
    let cases: [(&str, &[&str]); 10] = [
        (
            "[[seats]]\nprogramme = \"NOPE\"\nset = -1\n",
            &["unknown_programme 2 seats.programme NOPE", "wrong_type 3 seats.set -1"],
        ),
        (
            "[[open]]\nid = \"P00\"\nlike = \"X5\"\nseats = 1\nshare = 2\n",
            &[
                "duplicate_id 2 open.id P00",
                "unknown_programme 3 open.like X5",
                "wrong_type 5 open.share 2",
            ],
        ),
        // The new offer is known to what comes later.
        (
            "[[open]]\nid = \"N\"\nseats = 1\nlike = \"X5\"\nshare = 1\n\
             [[seats]]\nprogramme = \"N\"\nadd = 1\n",
            &["unknown_programme 4 open.like X5"],
        ),
        // It is not known what closes, so not that nothing is left either.
        (
            "[[close]]\nprogramme = [3, \"P9\"]\n",
            &["wrong_type 2 close.programme 3", "unknown_programme 2 close.programme P9"],
        ),
        (
            "[[merge]]\nfrom = \"P9\"\ninto = 1\n",
            &["unknown_programme 2 merge.from P9", "wrong_type 3 merge.into 1"],
        ),
        (
            "[[area]]\njoins = 1280\noffers = \"P9\"\n",
            &["wrong_type 2 area.joins 1280", "unknown_programme 3 area.offers P9"],
        ),
        (
            "[[quota_groups]]\nprogramme = \"P9\"\nseats = -1\n",
            &[
                "missing_value 1 quota_groups.quota_group -",
                "unknown_programme 2 quota_groups.programme P9",
                "wrong_type 3 quota_groups.seats -1",
            ],
        ),
        (
            "[cohort]\nscale = -1\nsex = \"X\"\n",
            &["wrong_type 2 cohort.scale -1", "nothing_selected 3 cohort.sex X"],
        ),
        (
            "[[scenario]]\n[[scenario.seats]]\nprogramme = \"P9\"\nset = 1\n[[scenario]]\n",
            &[
                "missing_value 1 name -",
                "unknown_programme 3 seats.programme P9",
                "missing_value 5 name -",
            ],
        ),
        (
            "[[quota_groups]]\nprogramme = \"P03\"\nquota_group = \"kvot\"\nprecedence = 2\n\
             unfilled_to = \"zz\"\n",
            &[
                "faulty_scenario 4 quota_groups.precedence 2",
                "unknown_group 5 quota_groups.unfilled_to zz",
            ],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn a_season_that_cannot_be_read_hides_no_fault_of_a_file() {
    let scene = Scene::new(&Model::random(40, 6, 1));
    std::fs::write(scene.season().join("programmes.csv"), "programme_id,capacity\nP00,x\n")
        .unwrap();
    let file = scene.file("fel.toml", "[[seats]]\nprogramme = \"P00\"\nset = -1\n");
    let refused = Simulation::new(scene.season(), std::slice::from_ref(&file), false);
    let Err(Error::Rejected(faults)) = refused else { panic!("the season was read") };
    let of_file: Vec<_> =
        faults.iter().filter(|fault| fault.file == file.display().to_string()).collect();
    assert_eq!(of_file.len(), 1);
    assert_eq!((of_file[0].code.name(), of_file[0].line), ("wrong_type", Some(3)));
    assert!(faults.has_error_in("programmes.csv"));
}

#[test]
fn without_homes_the_model_has_no_basis() {
    let mut model = Model::random(40, 6, 1);
    model.applicants.iter_mut().for_each(|(_, cells)| cells[0].clear());
    let scene = Scene::new(&model);
    let text = "[[open]]\nid = \"N\"\nseats = 1\nmunicipality_code = \"1280\"\n\
                study_path_code = \"NA\"\ntaste = \"model\"\n";
    let file = scene.file("s.toml", text);
    match Simulation::new(scene.season(), &[file], false) {
        Err(Error::Rejected(faults)) => {
            let fault = faults.iter().last().unwrap();
            assert_eq!((fault.code.name(), fault.line), ("faulty_scenario", Some(6)));
            assert!(fault.hint.contains("like and share"));
        }
        _ => panic!("nobody's home was taken for a basis"),
    }
}

#[test]
fn a_scenario_that_leaves_no_sound_season_is_told_of() {
    // Scores tie, and without the lottery nothing parts them.
    let told = faults("[ranking]\nkeys = [\"score\"]\n");
    assert_eq!(told, ["faulty_scenario 2 ranking.keys score"]);
}

#[test]
fn a_season_with_events_is_no_base() {
    let scene = Scene::new(&Model::random(40, 6, 1));
    let events = "date,event,applicant_id,programme_id,value,source\n\
                  2025-07-02,withdrawn,A0001,,,kansliet\n";
    std::fs::write(scene.season().join("events.csv"), events).unwrap();
    let file = scene.file("s.toml", "");
    match Simulation::new(scene.season(), &[file], false) {
        Err(Error::Rejected(faults)) => {
            assert!(faults.iter().any(|f| f.code.name() == "faulty_scenario"));
        }
        _ => panic!("events were passed over"),
    }
}
