//! Input that no office would write: never a panic, never an internal failure.

use std::fmt::Write;
use std::fs;

use crate::harness::{GRADED, MARKET, Scene, antagning};

/// The files that make the graded season one with quota groups.
const GROUPED: [(&str, &str); 3] = [
    (
        "quota_groups.csv",
        "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,test_maximum\n\
         P1,fri,1,0,free_quota,,betyg,\n\
         P1,betyg,2,1,,MU>=C,,\n\
         P2,prov,1,1,merit+16*test,test_passed test>=30,betyg,50\n\
         P2,betyg,2,1,,,,\n\
         P3,lista,1,1,manual,,,\n",
    ),
    ("test_scores.csv", "applicant_id,programme_id,points,passed\nA1,P2,40,1\nA3,P2,30.5,0\n"),
    (
        "decisions.csv",
        "applicant_id,programme_id,decision,value,reason,date\n\
         A1,P1,free_quota_rank,1,x,2025-06-20\n\
         A2,P3,manual_placement,lista,x,\n\
         A3,,new_grade,MA=A,x,\n\
         A3,,dance_training,,x,\n",
    ),
];

/// Every file of all seasons with each of these in place of it.
#[test]
fn whatever_stands_in_a_file_is_answered() {
    let long = "x".repeat(3_000_000);
    let contents: Vec<Vec<u8>> = vec![
        vec![0; 64],
        vec![0xFF; 64],
        b"\xFF\xFE".to_vec(),
        b"\xFE\xFF\xD8".to_vec(),
        b"\"".to_vec(),
        b"\"\"\"\n\"\n".to_vec(),
        b",;\t\n,;\t\n".to_vec(),
        b"\n\n\n,\n".to_vec(),
        b"\r".to_vec(),
        b"a\rb\rc".to_vec(),
        b"sep=;\napplicant_id;choice_rank;programme_id\n".to_vec(),
        (0..=255).collect(),
        b"= [[[[[[[[[[[[[[[[[[[[[[[[".to_vec(),
        "[".repeat(5_000).into_bytes(),
        format!("a = {}", "[".repeat(5_000)).into_bytes(),
        b"9e999999999 = 99999999999999999999999999\n".to_vec(),
        "\u{202e}\u{feff}\u{0301}\u{1f469}\u{200d}\u{1f467},é\n\u{1f469},\u{0}".as_bytes().to_vec(),
        long.clone().into_bytes(),
        format!("applicant_id,choice_rank,programme_id,capacity\n{long},1,{long},{long}\n")
            .into_bytes(),
    ];
    let grouped = [GRADED, &GROUPED].concat();
    for files in [GRADED, MARKET, &grouped] {
        for (file, _) in files {
            for (number, bytes) in contents.iter().enumerate() {
                let scene = Scene::new(files);
                scene.write(file, bytes);
                let answer = scene.check();
                assert!([0, 2].contains(&answer.exit), "{file}, content {number}");
                let expected = (answer.exit == 0) == answer.document.get("error").is_none();
                assert!(expected, "{file}, content {number}: {}", answer.document);
            }
        }
    }
}

/// Bytes changed, left out, put in and told twice, at places that a generator of numbers draws:
/// whatever comes of it is answered, and what is run verifies.
#[test]
fn whatever_happens_to_the_files_of_groups_is_answered() {
    const BYTES: &[u8] = b"\0\n\r\"\",;\t >=*+-._0129azAZ\xc3\xa5\xff";
    let files = [GRADED, &GROUPED].concat();
    // A linear congruential generator (Knuth, MMIX) is random enough to break things.
    let mut state = 20_250_701_u64;
    let mut draw = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut ran = 0;
    for round in 0..600 {
        let (file, text) = GROUPED[round % GROUPED.len()];
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=draw(2) {
            let (at, byte) = (draw(bytes.len()), BYTES[draw(BYTES.len())]);
            let end = bytes.len().min(at + 1 + draw(12));
            match draw(6) {
                0 => bytes[at] = byte,
                // A digit for a digit is the likeliest slip that still makes sense.
                1 => {
                    let digits: Vec<usize> =
                        (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
                    if !digits.is_empty() {
                        bytes[digits[draw(digits.len())]] = b'0' + draw(10) as u8;
                    }
                }
                2 => bytes.insert(at, byte),
                3 => drop(bytes.drain(at..end)),
                4 => bytes.splice(at..at, bytes[at..end].to_vec()).for_each(drop),
                _ => bytes.truncate(at + 1),
            }
            if bytes.is_empty() {
                bytes.push(byte);
            }
        }
        let scene = Scene::new(&files);
        scene.write(file, &bytes);
        let answer = scene.run();
        let said = format!("round {round}, {file}: {}", String::from_utf8_lossy(&bytes));
        assert!([0, 2].contains(&answer.exit), "{said}\n{}", answer.document);
        assert_eq!(scene.beside().is_empty(), answer.exit == 2, "{said}");
        if answer.exit == 0 {
            ran += 1;
            let out = scene.out();
            let verified = antagning(["verify", out.to_str().unwrap()]).output().unwrap();
            assert_eq!(verified.status.code(), Some(0), "{said}");
        }
    }
    assert!((30..=300).contains(&ran), "{ran} of 600 ran");
}

/// Every file cut off after each of many lengths, as an interrupted copy leaves it.
#[test]
fn a_file_cut_off_anywhere_is_answered() {
    let files = [GRADED, &GROUPED].concat();
    let scene = Scene::new(&files);
    for (file, text) in &files {
        for length in (0..text.len()).step_by(7) {
            scene.write(file, &text.as_bytes()[..length]);
            let answer = scene.check();
            assert!([0, 2].contains(&answer.exit), "{file} cut at {length}");
            let whole_lines = length > 0 && text.as_bytes()[length - 1] == b'\n';
            if !whole_lines {
                let told = !answer.findings().is_empty();
                assert!(told, "{file} cut at {length} passes without a word");
            }
        }
        scene.write(file, text.as_bytes());
    }
}

#[test]
fn two_thousand_subjects() {
    let scene = Scene::new(GRADED);
    let (mut header, mut rows) = ("applicant_id".to_owned(), ["A1", "A2", "A3"].map(String::from));
    for i in 0..2_000 {
        write!(header, ",s{i}").unwrap();
        rows.iter_mut().for_each(|row| row.push_str(",A"));
    }
    scene.write("grades.csv", format!("{header}\n{}\n", rows.join("\n")).as_bytes());
    let answer = scene.run();
    assert_eq!(answer.exit, 0);
    assert_eq!(answer.findings().len(), 1_000);
}

#[test]
fn three_hundred_distinct_texts() {
    for (subject, exit) in [("SV", 2), ("name", 0)] {
        let scene = Scene::new(GRADED);
        let mut grades = format!("applicant_id,EN,{subject}\n");
        let mut choices = "applicant_id,choice_rank,programme_id\n".to_owned();
        for i in 0..300 {
            writeln!(grades, "A{i:03},A,name {i}").unwrap();
            writeln!(choices, "A{i:03},1,P1").unwrap();
        }
        fs::remove_file(scene.season().join("applicants.csv")).unwrap();
        scene.write("grades.csv", grades.as_bytes());
        scene.write("choices.csv", choices.as_bytes());
        let answer = scene.run();
        assert_eq!(answer.exit, exit);
        let expected: Vec<String> = match exit {
            0 => vec!["unknown_column grades.csv:1 name".to_owned()],
            _ => (0..300)
                .map(|i| format!("unknown_grade grades.csv:{} SV=name {i}", i + 2))
                .collect(),
        };
        assert_eq!(answer.findings(), expected);
    }
}

#[test]
fn the_longest_list_and_the_most_seats() {
    let scene = Scene::new(MARKET);
    let mut programmes = "programme_id,capacity\n".to_owned();
    let mut choices = "applicant_id,choice_rank,programme_id,score\n".to_owned();
    for rank in 1..=10_000 {
        writeln!(programmes, "p{rank},1000000").unwrap();
        writeln!(choices, "a,{rank},p{rank},999999999.9999").unwrap();
    }
    scene.write("programmes.csv", programmes.as_bytes());
    scene.write("choices.csv", choices.as_bytes());
    let answer = scene.run();
    assert_eq!(answer.exit, 0, "{}", answer.document);
    assert_eq!(answer.document["manifest"]["counts"]["seats"], 10_000_000_000_u64);

    writeln!(programmes, "p10001,1").unwrap();
    writeln!(choices, "a,10001,p10001,1").unwrap();
    scene.write("programmes.csv", programmes.as_bytes());
    scene.write("choices.csv", choices.as_bytes());
    let found = scene.check().findings();
    assert_eq!(found, ["number_too_large choices.csv:10002 choice_rank=10001"]);
}

/// Ids are opaque: whatever stands in them comes out as it went in, and the run verifies.
#[test]
fn strange_ids_come_out_as_they_went_in() {
    let scene = Scene::new(MARKET);
    let ids = ["Ek, Åsa", "a \"b\"", "=1+1", "O'Hara", "-", "007", "é\u{301}", "\u{1f469}", "a;b"];
    let quoted = |id: &str| format!("\"{}\"", id.replace('"', "\"\""));
    let mut programmes = "programme_id,capacity\n".to_owned();
    let mut choices = "applicant_id,choice_rank,programme_id,score\n".to_owned();
    for (i, id) in ids.iter().enumerate() {
        writeln!(programmes, "{},1", quoted(id)).unwrap();
        writeln!(choices, "{},1,{},{i}", quoted(id), quoted(id)).unwrap();
    }
    scene.write("programmes.csv", programmes.as_bytes());
    scene.write("choices.csv", choices.as_bytes());
    let answer = scene.run();
    assert_eq!(answer.exit, 0, "{}", answer.document);
    assert_eq!(answer.document["manifest"]["counts"]["placed"], ids.len());
    let out = scene.out();
    let out = out.to_str().unwrap();
    assert_eq!(antagning(["verify", out]).output().unwrap().status.code(), Some(0));
    for id in ids {
        let explained = antagning(["explain", out, "--", id]).output().unwrap();
        assert_eq!(explained.status.code(), Some(0), "{id}");
    }
}

#[cfg(unix)]
#[test]
fn links_to_files_are_followed() {
    let (scene, elsewhere) = (Scene::new(MARKET), Scene::new(MARKET));
    for (file, _) in MARKET {
        fs::remove_file(scene.season().join(file)).unwrap();
        let target = elsewhere.season().join(file);
        std::os::unix::fs::symlink(target, scene.season().join(file)).unwrap();
    }
    assert_eq!(scene.run().exit, 0);
    // A link to itself can be followed for ever.
    let rules = scene.season().join("rules.toml");
    std::os::unix::fs::symlink(&rules, &rules).unwrap();
    assert_eq!(scene.check().findings(), ["unreadable_file rules.toml"]);
}
