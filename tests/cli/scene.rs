//! The words that the tests are written in: a scene is a folder of its own where the binary is run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::table::Table;

/// The repository's root.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The files of a season or another folder: name and text.
pub(crate) type Files<'a> = &'a [(&'a str, &'a str)];

/// A folder of its own, gone when the test is over.
pub(crate) struct Scene(TempDir);

impl Scene {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    /// A scene with a season in the folder `season`.
    pub(crate) fn with_season(files: Files<'_>) -> Self {
        let scene = Self::new();
        scene.folder("season", files);
        scene
    }

    /// A scene with a season in `season` and its finished run in `out`.
    pub(crate) fn with_run(files: Files<'_>) -> Self {
        let scene = Self::with_season(files);
        scene.antagning("run season --out out").succeeds();
        scene
    }

    /// A scene with a made-up season in `season`.
    pub(crate) fn with_generated(applicants: u32, programmes: u32, seed: u32) -> Self {
        let scene = Self::new();
        let size = format!("--applicants {applicants} --programmes {programmes} --seed {seed}");
        scene.antagning(&format!("generate --out season {size}")).succeeds();
        scene
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn folder(&self, name: &str, files: Files<'_>) {
        fs::create_dir_all(self.path(name)).expect("a folder");
        for (file, text) in files {
            self.write(&format!("{name}/{file}"), text);
        }
    }

    /// Copies the files of a folder of the repository.
    pub(crate) fn copy(&self, from: &str, to: &str) {
        fs::create_dir_all(self.path(to)).expect("a folder");
        for entry in fs::read_dir(Path::new(ROOT).join(from)).expect("a folder of the repository") {
            let entry = entry.expect("an entry");
            if entry.file_type().is_ok_and(|kind| kind.is_file()) {
                fs::copy(entry.path(), self.path(to).join(entry.file_name())).expect("a copy");
            }
        }
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).expect("a file that can be written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn table(&self, name: &str) -> Table {
        Table::parse(&self.read(name))
    }

    pub(crate) fn manifest(&self, run: &str) -> Value {
        serde_json::from_str(&self.read(&format!("{run}/manifest.json"))).expect("a manifest")
    }

    /// What stands in a folder, hidden or not, in the order of names.
    pub(crate) fn entries(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).expect("a folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
            .collect();
        names.sort();
        names
    }

    /// Runs the binary in the scene; arguments are parted by spaces.
    pub(crate) fn antagning(&self, arguments: &str) -> Answer {
        let output = Command::new(env!("CARGO_BIN_EXE_antagning"))
            .args(arguments.split_whitespace())
            .current_dir(self.0.path())
            .output()
            .expect("the binary runs");
        Answer::of(arguments, output)
    }

    /// Verifies a run and gives what the verifier found wrong, which must be something.
    pub(crate) fn violations(&self, run: &str) -> Vec<String> {
        let answer =
            self.antagning(&format!("verify {run} --format json")).finds_violations().json();
        assert_eq!(answer["holds"], false);
        let violations = answer["violations"].as_array().expect("a list of violations");
        violations.iter().map(|text| text.as_str().expect("a sentence").to_owned()).collect()
    }
}

/// What the binary answered.
pub(crate) struct Answer {
    asked: String,
    code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Answer {
    pub(crate) fn of(asked: &str, output: Output) -> Self {
        Self {
            asked: asked.to_owned(),
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }

    pub(crate) fn succeeds(self) -> Self {
        self.exits_with(0)
    }

    pub(crate) fn rejects(self) -> Self {
        self.exits_with(2)
    }

    pub(crate) fn finds_violations(self) -> Self {
        self.exits_with(3)
    }

    fn exits_with(self, code: i32) -> Self {
        let Self { asked, stdout, stderr, .. } = &self;
        assert_eq!(self.code, code, "antagning {asked}\nstdout:\n{stdout}\nstderr:\n{stderr}");
        self
    }

    /// The remark stands beside the answer, never in it.
    pub(crate) fn remarks(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no \"{text}\" in stderr:\n{}", self.stderr);
        assert!(!self.stdout.contains(text), "\"{text}\" in stdout:\n{}", self.stdout);
        self
    }

    pub(crate) fn says_nothing_beside_the_answer(self) -> Self {
        assert_eq!(self.stderr, "", "antagning {}", self.asked);
        self
    }

    /// The answer as the one JSON document that it must be.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| {
            panic!("antagning {}: not one JSON document: {error}\n{}", self.asked, self.stdout)
        })
    }
}
