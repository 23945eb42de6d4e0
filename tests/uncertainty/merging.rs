//! Parts put together are the whole, byte for byte; what is no whole is refused.

use std::fs;
use std::path::{Path, PathBuf};

use antagning::{TableFormat, Uncertainty, Variation};
use tempfile::TempDir;

use crate::model::{Model, Scene};
use crate::study::{ALL, faults, files, part, request, whole};

struct Study {
    scene: Scene,
    out: TempDir,
    scenarios: Vec<PathBuf>,
}

const DRAWS: u32 = 23;

impl Study {
    fn new() -> Self {
        let mut model = Model::random(120, 10, 5);
        *model.seats("P03") += 6;
        model.divide("P03", 2);
        let scene = Scene::new(&model);
        let more = scene.file("more.toml", "[[seats]]\nprogramme = \"P01\"\nadd = 4\n");
        let gone = scene.file("gone.toml", "[[close]]\nprogramme = \"P05\"\n");
        Self { scene, out: TempDir::new().unwrap(), scenarios: vec![more, gone] }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.out.path().join(name)
    }

    fn part(&self, number: u32, of: u32, variation: Variation, name: &str) -> PathBuf {
        let season = self.scene.season();
        let request = request(&season, &self.scenarios, DRAWS, variation);
        part(&request, number, of, &self.path(name));
        self.path(name)
    }

    fn parts(&self, of: u32) -> Vec<PathBuf> {
        (1..=of).map(|n| self.part(n, of, ALL, &format!("part {n} of {of}"))).collect()
    }

    /// Why parts are refused; nothing is written then.
    fn refused(&self, parts: &[PathBuf]) -> String {
        let out = self.path("refused");
        let refused = Uncertainty::merge(parts, &out, TableFormat::Csv).expect_err("a fault");
        assert!(!out.exists());
        faults(refused)
    }
}

#[test]
fn parts_are_the_whole_byte_for_byte() {
    let study = Study::new();
    let season = study.scene.season();
    let request = request(&season, &study.scenarios, DRAWS, ALL);
    let told = whole(&request, &study.path("whole"));
    let whole = files(&study.path("whole"));
    assert_eq!(whole.len(), 6);
    for of in [1, 2, 3, 7, DRAWS] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(of.min(4) as usize).build().unwrap();
        let mut parts = pool.install(|| study.parts(of));
        parts.reverse();
        parts.rotate_left(of as usize / 3);
        let out = study.path(&format!("merged {of}"));
        let merged = Uncertainty::merge(&parts, &out, TableFormat::Csv).unwrap();
        assert_eq!(files(&out), whole, "{of} parts");
        assert_eq!(merged.figures, told.figures);
    }
    // The whole is no other than that: a study of another seed has other files.
    let other = Variation { seed: 8, ..ALL };
    let season = study.scene.season();
    let request = crate::study::request(&season, &study.scenarios, DRAWS, other);
    crate::study::whole(&request, &study.path("other"));
    let other = files(&study.path("other"));
    assert!(
        ["draws.csv", "totals.csv", "offers.csv"].iter().all(|name| other[*name] != whole[*name])
    );
}

#[test]
fn parts_that_are_no_whole_are_refused() {
    let study = Study::new();
    let parts = study.parts(3);
    for (named, code, told) in [
        (vec![0, 2], "missing_draws", "draws 7 to 14 are in no part"),
        (vec![1, 2], "missing_draws", "draws 0 to 6 are in no part"),
        (vec![0, 1], "missing_draws", "draws 15 to 22 are in no part"),
        (vec![0, 1, 1, 2], "missing_draws", "are in another part already"),
    ] {
        let named: Vec<_> = named.into_iter().map(|at: usize| parts[at].clone()).collect();
        let faults = study.refused(&named);
        assert!(faults.contains(&format!("[{code}]")) && faults.contains(told), "{faults}");
    }
    assert!(study.refused(&[]).contains("[missing_draws]"));
}

/// All that is wrong is told at once, with the file and the value.
#[test]
fn parts_of_other_studies_are_refused() {
    let study = Study::new();
    let first = study.part(1, 2, ALL, "first");
    let other = Variation { seed: 8, lottery: false, cohort: true, tastes: 41, no_shows: 8 };
    let mut faults = study.refused(&[first.clone(), study.part(2, 2, other, "seed")]);
    for key in ["seed \"8\"", "vary", "tastes \"41\"", "no_shows \"8\""] {
        assert!(faults.contains(key), "{key} in {faults}");
    }
    assert_eq!(faults.matches("[other_study]").count(), 4, "{faults}");
    fs::write(&study.scenarios[0], "[[seats]]\nprogramme = \"P01\"\nadd = 3\n").unwrap();
    faults = study.refused(&[first.clone(), study.part(2, 2, ALL, "scenario")]);
    assert!(faults.contains("scenarios \"more\"") && faults.lines().count() == 1, "{faults}");
    fs::write(&study.scenarios[0], "[[seats]]\nprogramme = \"P01\"\nadd = 4\n").unwrap();
    let choices = study.scene.season().join("choices.csv");
    let text = fs::read_to_string(&choices).unwrap();
    fs::write(&choices, text + "\n").unwrap();
    faults = study.refused(&[first.clone(), study.part(2, 2, ALL, "season")]);
    assert!(faults.contains("season \"choices.csv\"") && faults.lines().count() == 1, "{faults}");
    let head = first.join("part.json");
    let text = fs::read_to_string(&head).unwrap();
    let season = study.part(1, 2, ALL, "again");
    let version = env!("CARGO_PKG_VERSION");
    let older = fs::read_to_string(season.join("part.json")).unwrap();
    let older = older
        .replace(&format!("\"engine_version\": \"{version}\""), "\"engine_version\": \"0.0.1\"");
    fs::write(season.join("part.json"), sealed(&older)).unwrap();
    faults = study.refused(&[season, study.path("season")]);
    assert!(faults.contains("engine_version") && faults.lines().count() == 1, "{faults}");
    let text = sealed(&text.replace("\"first_draw\": 0", "\"first_draw\": 50"));
    fs::write(&head, text).unwrap();
    faults = study.refused(&[first]);
    assert!(faults.contains("[faulty_part]") && faults.contains("none of the study"), "{faults}");
    // All of them of one version, which is not this one.
    let alone = study.part(1, 1, ALL, "alone");
    let text = fs::read_to_string(alone.join("part.json")).unwrap();
    let [own, other] = [version, "99.0.0"].map(|v| format!("\"engine_version\": \"{v}\""));
    fs::write(alone.join("part.json"), sealed(&text.replace(&own, &other))).unwrap();
    faults = study.refused(&[alone]);
    assert!(faults.contains("[other_study]") && faults.contains("99.0.0"), "{faults}");
    // Whatever that version writes in its files, and whatever draws the part has.
    let first = study.part(1, 2, ALL, "other tables");
    let text = fs::read_to_string(first.join("part.json")).unwrap().replace(&own, &other);
    fs::write(first.join("part.json"), sealed(&text.replace("end_draw", "last_draw"))).unwrap();
    fs::write(first.join("draws.csv"), "draw;placed\n").unwrap();
    faults = study.refused(&[first, study.path("season")]);
    assert!(faults.contains("[other_study]") && faults.lines().count() == 1, "{faults}");
}

fn digest(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A changed `part.json` with the digest that it must state.
fn sealed(text: &str) -> String {
    let (before, after) = text.split_once("\"part_sha256\": \"").unwrap();
    let before = format!("{before}\"part_sha256\": \"");
    let after = &after[64..];
    format!("{before}{}{after}", digest(&format!("{before}{after}")))
}

#[test]
fn altered_parts_are_refused() {
    let study = Study::new();
    let parts = study.parts(2);
    let alter = |folder: &Path, name: &str, from: &str, to: &str| {
        let path = folder.join(name);
        let before = fs::read_to_string(&path).unwrap();
        assert!(before.contains(from), "{from} in {name}");
        fs::write(&path, before.replacen(from, to, 1)).unwrap();
        let faults = study.refused(&parts);
        fs::write(&path, before).unwrap();
        assert!(faults.contains(name) && faults.contains("[faulty_part]"), "{faults}");
        faults
    };
    assert!(alter(&parts[0], "tallies.csv", "placed", "ranks").contains("not as it was written"));
    alter(&parts[1], "draws.csv", "base", "bass");
    alter(&parts[1], "part.json", "\"draws\"", "\"throws\"");
    for (from, to) in [("\"seed\": 7", "\"seed\": 8"), ("\"tastes\": ", "\"tastes\": 1")] {
        assert!(alter(&parts[1], "part.json", from, to).contains("not as it was written"));
    }
    // Both at once, and a file that is gone.
    fs::write(parts[0].join("draws.csv"), "seed\n").unwrap();
    fs::remove_file(parts[1].join("tallies.csv")).unwrap();
    let faults = study.refused(&parts);
    assert_eq!(faults.matches("[faulty_part]").count(), 2, "{faults}");
}

/// A table of a part is another, and the head says so.
fn forge(part: &Path, name: &str, after: &str) {
    let (table, head) = (part.join(name), part.join("part.json"));
    let [before, text] = [&table, &head].map(|path| fs::read_to_string(path).unwrap());
    assert_ne!(after, before);
    fs::write(&table, after).unwrap();
    let text = text.replace(&digest(&before), &digest(after));
    let bytes = |text: &str| format!("\"bytes\": {}", text.len());
    fs::write(&head, sealed(&text.replace(&bytes(&before), &bytes(after)))).unwrap();
}

/// Rows are told with their line, and why they cannot be read.
#[test]
fn forged_rows_are_refused() {
    let study = Study::new();
    let part = study.part(1, 1, ALL, "part");
    let own = fs::read_to_string(part.join("draws.csv")).unwrap();
    let rows: Vec<&str> = own.lines().collect();
    assert!(rows[2].starts_with("7,0,more,"), "{}", rows[2]);
    for (row, told) in [
        (rows[2].replace("more", "less"), "draws.csv:3: no row of such a table"),
        (rows[2].replace("7,0,", "7,x,"), "draws.csv:3: no row of such a table"),
        (format!("{}9,9", rows[2]), "found record with 14 fields"),
    ] {
        forge(&part, "draws.csv", &own.replacen(rows[2], &row, 1));
        let faults = study.refused(std::slice::from_ref(&part));
        assert!(faults.contains("[faulty_part]") && faults.contains(told), "{faults}");
        assert!(faults.contains("draws.csv:3") && faults.lines().count() == 1, "{faults}");
    }
}

/// Whoever forges the digests too must still count every draw, and values that there may be.
#[test]
fn tallies_count_every_draw() {
    let study = Study::new();
    let part = study.part(1, 1, ALL, "part");
    let before = fs::read_to_string(part.join("tallies.csv")).unwrap();
    let (row, _) =
        before.split_once(",placed,").and_then(|(_, rest)| rest.split_once('\n')).unwrap();
    let (value, draws) = row.split_once(',').unwrap();
    let forged = |rows: &str| {
        let after = before.replacen(&format!("0,total,,,placed,{row}"), rows, 1);
        forge(&part, "tallies.csv", &after);
        study.refused(std::slice::from_ref(&part))
    };
    let placed = |value: &str, draws: u64| format!("0,total,,,placed,{value},{draws}");
    let draws: u64 = draws.parse().unwrap();
    let faults = forged(&placed(value, draws + 1));
    assert!(faults.contains("counts 24 of 23 draws"), "{faults}");
    // Sums beyond 64 bits come round to what they should be.
    let half = 1 << 63;
    let round = format!("{}\n{}", placed(value, half), placed(value, half + draws));
    let share = format!("{}\n0,offer,P01,,full,2,1", placed(value, draws));
    let [most, least] = [i64::MAX, i64::MIN].map(|beyond| placed(&beyond.to_string(), draws));
    for rows in [round, share, most, least] {
        let faults = forged(&rows);
        assert!(faults.contains("no row of such a table"), "{faults}");
    }
}
