//! How the input is written down decides nothing: order of rows and columns, separator, line
//! ends, encoding.

use serde_json::Value;

use crate::scene::Scene;
use crate::table::Table;

/// A small generator of numbers that look random: Steele, Lea & Flood 2014 (SplitMix).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Fisher and Yates' shuffle.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16,
    Windows1252,
}

/// A way to write the files of a season.
#[derive(Clone, Copy, Debug)]
struct Form {
    separator: u8,
    line_end: &'static str,
    encoding: Encoding,
}

const FORMS: [Form; 4] = [
    Form { separator: b',', line_end: "\n", encoding: Encoding::Utf8 },
    Form { separator: b';', line_end: "\r\n", encoding: Encoding::Utf8WithMark },
    Form { separator: b'\t', line_end: "\n", encoding: Encoding::Utf16 },
    Form { separator: b';', line_end: "\r\n", encoding: Encoding::Windows1252 },
];

impl Form {
    fn bytes(self, table: &Table) -> Vec<u8> {
        let text = table.to_text(self.separator, self.line_end);
        match self.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Utf8WithMark => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            Encoding::Utf16 => {
                let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            }
            Encoding::Windows1252 => text
                .chars()
                .map(|c| match c {
                    '–' => 0x96,
                    c => u8::try_from(c).unwrap_or_else(|_| panic!("{c} has no byte")),
                })
                .collect(),
        }
    }

    /// The one warning that this form may give rise to.
    fn warning(self) -> &'static [&'static str] {
        if self.encoding == Encoding::Windows1252 { &["windows_1252"] } else { &[] }
    }
}

fn permuted(mut table: Table, numbers: &mut Numbers) -> Table {
    numbers.shuffle(&mut table.rows);
    let mut order: Vec<usize> = (0..table.header.len()).collect();
    numbers.shuffle(&mut order);
    let reorder = |row: &Vec<String>| order.iter().map(|column| row[*column].clone()).collect();
    Table { header: reorder(&table.header), rows: table.rows.iter().map(reorder).collect() }
}

/// Writes the season `season` anew, shuffled and in another form, as the season `other`.
fn rewrite(scene: &Scene, form: Form, seed: u64) {
    scene.folder("other", &[]);
    let mut numbers = Numbers(seed);
    for file in scene.entries("season") {
        let (from, to) = (format!("season/{file}"), format!("other/{file}"));
        if file.ends_with(".csv") && file != "published.csv" {
            let table = permuted(scene.table(&from), &mut numbers);
            scene.write(&to, form.bytes(&table));
        } else {
            scene.write(&to, scene.read(&from));
        }
    }
}

/// The same bytes in the tables; the same manifest but for what may differ.
pub(crate) fn assert_same_run(scene: &Scene, one: &str, other: &str, warnings: &[&str]) {
    for file in ["placements.csv", "outcomes.csv", "programmes.csv"] {
        let [a, b] = [one, other].map(|run| scene.read(&format!("{run}/{file}")));
        assert!(a == b, "{file} differs between {one} and {other}");
    }
    let [mut a, mut b] = [one, other].map(|run| scene.manifest(run));
    if a["inputs"] != b["inputs"] {
        drop_inputs(&mut a);
        drop_inputs(&mut b);
    }
    for manifest in [&mut a, &mut b] {
        let fields = manifest.as_object_mut().expect("an object");
        fields.remove("timings_ms").expect("timings");
        fields.remove("manifest_sha256").expect("a digest");
    }
    let found = b["warnings"].as_array_mut().expect("warnings");
    found.retain(|warning| !warnings.iter().any(|allowed| warning["code"] == *allowed));
    assert_eq!(a, b, "{one} and {other}");
}

fn drop_inputs(manifest: &mut Value) {
    let files = manifest["inputs"].as_array_mut().expect("inputs");
    files.iter_mut().for_each(|file| *file = file["name"].clone());
}

fn assert_only_form_differs(scene: &Scene, form: Form, seed: u64) {
    rewrite(scene, form, seed);
    let answer = scene.antagning("run other --out other-run");
    assert!(answer.stderr.len() < 2_000, "{form:?}: {}", answer.stderr);
    answer.is_done();
    assert_same_run(scene, "run", "other-run", form.warning());
    scene.antagning("verify other-run --season other").is_done();
    for folder in ["other", "other-run"] {
        std::fs::remove_dir_all(scene.path(folder)).expect("a folder to remove");
    }
}

#[test]
fn a_season_in_any_form_gives_the_same_run() {
    let scene = Scene::with_generated(3_000, 90, 8);
    scene.antagning("run season --out run").is_done();
    for (seed, form) in (1..).zip(FORMS) {
        assert_only_form_differs(&scene, form, seed);
    }
}

#[test]
fn the_whole_skane_season_shuffled_gives_the_same_run() {
    let scene = Scene::new();
    scene.copy("data/skane-2025", "season");
    scene.antagning("run season --out run").is_done();
    assert_only_form_differs(&scene, FORMS[1], 2025);
}

/// Scores with a decimal comma, and applicants that nobody but `choices.csv` tells of.
#[test]
fn a_market_season_with_decimal_commas_gives_the_same_run() {
    let scene = Scene::new();
    scene.copy("data/small/four-decimals", "season");
    scene.antagning("run season --out run").is_done();
    for seed in 0..20 {
        rewrite(&scene, FORMS[1], seed);
        let text = scene.read("other/choices.csv").replace('.', ",");
        scene.write("other/choices.csv", text);
        scene.antagning("run other --out other-run").is_done();
        assert_same_run(&scene, "run", "other-run", &[]);
        std::fs::remove_dir_all(scene.path("other-run")).expect("a folder to remove");
    }
}
