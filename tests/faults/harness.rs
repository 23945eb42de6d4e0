//! A case: a small sound season, what is changed in it, and all that must be said about it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use antagning::{Code, Severity};
use serde_json::Value;
use tempfile::TempDir;

/// A graded season; every optional file and column that is acted on is there.
pub(crate) const GRADED: &[(&str, &str)] = &[
    (
        "programmes.csv",
        "programme_id,capacity,name,school,municipality_code,study_path_code,provider\n\
         P1,1,Naturvetenskap,Åkerskolan,1280,NA,municipal\n\
         P2,2,Ekonomi,Österportsskolan,1281,EK,independent\n\
         P3,1,Bygg,Ängskolan,1282,BA,regional\n",
    ),
    (
        "applicants.csv",
        "applicant_id,home_municipality,birth_year,sex,protected\n\
         A1,1280,2009,F,0\n\
         A2,1281,2009,M,0\n\
         A3,1282,2008,,1\n",
    ),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id\n\
         A1,1,P1\n\
         A1,2,P2\n\
         A2,1,P1\n\
         A2,2,P3\n\
         A3,1,P2\n",
    ),
    (
        "grades.csv",
        "applicant_id,BI,BL,EN,FY,GE,HI,HKK,IDH,KE,MA,RE,SH,SV,SVA\n\
         A1,A,A,A,A,A,A,A,A,A,A,A,A,A,\n\
         A2,B,B,B,B,B,B,B,B,B,B,B,B,B,\n\
         A3,C,C,C,C,C,C,C,C,C,C,C,C,,C\n",
    ),
    (
        "rules.toml",
        "rule_set = \"gymnasium-2025\"\n\
         round = \"final\"\n\
         \n\
         [ranking]\n\
         keys = [\"reception\", \"merit\", \"lottery\"]\n\
         \n\
         [lottery]\n\
         seed = \"Skåne 2025\"\n\
         scope = \"applicant\"\n",
    ),
];

/// A market season: the two files that it needs.
pub(crate) const MARKET: &[(&str, &str)] = &[
    ("programmes.csv", "programme_id,capacity,name\nS,2,Söder\nT,1,Täby\n"),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\n\
         olle,1,S,240.5\n\
         olle,2,T,240.5\n\
         petra,1,S,251.25\n\
         petra,2,T,251.25\n\
         åsa,1,S,260\n\
         åsa,2,T,259.5\n",
    ),
];

/// A season folder with a place for a run beside it, gone when dropped.
pub(crate) struct Scene {
    folder: TempDir,
}

impl Scene {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let scene = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(scene.season()).unwrap();
        for (name, text) in files {
            scene.write(name, text.as_bytes());
        }
        scene
    }

    pub(crate) fn season(&self) -> PathBuf {
        self.folder.path().join("season")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    pub(crate) fn write(&self, file: &str, bytes: &[u8]) {
        fs::write(self.season().join(file), bytes).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.season().join(file)).unwrap()
    }

    /// What stands beside the season folder, hidden or not.
    pub(crate) fn beside(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names
            .filter(|name| !["season", "before", "earlier"].contains(&name.as_str()))
            .collect();
        names.sort();
        names
    }

    /// `antagning run` of the season, answered as JSON.
    pub(crate) fn run(&self) -> Answer {
        let (season, out) = (self.season(), self.out());
        let mut command = antagning(["run", season.to_str().unwrap()]);
        Answer::json(command.arg("--out").arg(out).args(self.continuation()))
    }

    /// `antagning check` of the season, answered as JSON.
    pub(crate) fn check(&self) -> Answer {
        let mut command = antagning(["check", self.season().to_str().unwrap()]);
        command.args(self.continuation());
        if self.earlier().exists() {
            command.arg("--against").arg(self.earlier());
        }
        Answer::json(&mut command)
    }

    /// Where the season before lies, if a check compares with one.
    fn earlier(&self) -> PathBuf {
        self.folder.path().join("earlier")
    }

    /// Keeps the season as it is now; whatever is checked later is compared with it.
    fn keep_as_earlier(&self) {
        fs::create_dir(self.earlier()).unwrap();
        for entry in fs::read_dir(self.season()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), self.earlier().join(entry.file_name())).unwrap();
        }
    }

    /// Where the run before lies, if the scene has one.
    fn before(&self) -> PathBuf {
        self.folder.path().join("before")
    }

    /// Runs the season as it is now; whatever is run later continues that.
    fn run_before(&self) {
        let mut command = antagning(["run", self.season().to_str().unwrap()]);
        command.arg("--out").arg(self.before()).args(["--date", "2025-07-01"]);
        assert_eq!(Answer::json(&mut command).exit, 0);
    }

    fn continuation(&self) -> Vec<PathBuf> {
        match self.before().exists() {
            true => vec!["--after".into(), self.before()],
            false => Vec::new(),
        }
    }
}

/// The binary with these arguments.
pub(crate) fn antagning<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_antagning"));
    command.args(arguments);
    command
}

/// `antagning simulate` of the season with a scenario file beside it, answered as JSON.
pub(crate) fn simulate(scene: &Scene, scenario: &str) -> Answer {
    let file = scene.folder.path().join("fel.toml");
    fs::write(&file, scenario).unwrap();
    let mut command = antagning(["simulate", scene.season().to_str().unwrap()]);
    Answer::json(command.arg(file).arg("--out").arg(scene.out()))
}

/// A command in the folder that the season lies in, answered as JSON.
pub(crate) fn beside(scene: &Scene, arguments: &str) -> Answer {
    Answer::json(antagning(arguments.split(' ')).current_dir(scene.folder.path()))
}

/// What a command answered.
pub(crate) struct Answer {
    pub(crate) exit: i32,
    pub(crate) document: Value,
    pub(crate) stderr: String,
}

impl Answer {
    fn json(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } =
            command.args(["--format", "json"]).output().unwrap();
        let exit = status.code().expect("ended by itself");
        let stderr = String::from_utf8(stderr).unwrap();
        assert!(!stderr.contains("panicked"), "{stderr}");
        let document = serde_json::from_slice(&stdout)
            .unwrap_or_else(|error| panic!("{error}: exit {exit}\n{stderr}"));
        Self { exit, document, stderr }
    }

    /// The findings, each as one line of a case.
    pub(crate) fn findings(&self) -> Vec<String> {
        findings(&self.document).map(line).collect()
    }

    /// The messages of all findings.
    pub(crate) fn messages(&self) -> String {
        let messages = findings(&self.document).filter_map(|finding| finding["message"].as_str());
        messages.collect::<Vec<_>>().join("\n")
    }
}

/// The findings in an answer or a manifest.
fn findings(document: &Value) -> impl Iterator<Item = &Value> {
    let list = ["diagnostics", "warnings"].iter().find_map(|key| document.get(key));
    list.and_then(Value::as_array).into_iter().flatten()
}

/// `unknown_programme choices.csv:4 programme_id=P9`; what a finding does not have is left out.
fn line(finding: &Value) -> String {
    let text = |key: &str| finding.get(key).and_then(Value::as_str);
    let code = text("code").expect("a code");
    let severity =
        Code::ALL.iter().find(|known| known.name() == code).map(|known| known.severity());
    let stated = serde_json::to_value(severity.expect("a known code")).unwrap();
    assert_eq!(finding["severity"], stated, "{code}");
    assert!(text("hint").is_some_and(|hint| !hint.is_empty()), "{code} says what to do");
    assert!(
        text("message").is_some_and(|message| !message.is_empty()),
        "{code} says what is wrong"
    );
    let file = text("file").expect("a file");
    // A path that depends on the place of the test stands for itself.
    let file = match file {
        path if path.ends_with("/season") => "SEASON",
        path if path.ends_with("/fel.toml") => "SCENARIO",
        file => file,
    };
    let mut line = format!("{code} {file}");
    if let Some(number) = finding.get("line") {
        line += &format!(":{number}");
    }
    match (text("column"), text("value")) {
        (Some(column), Some(value)) => line += &format!(" {column}={value}"),
        (Some(column), None) => line += &format!(" {column}"),
        (None, Some(value)) => line += &format!(" ={value}"),
        (None, None) => {}
    }
    line
}

enum Change {
    Line(&'static str, usize, &'static str),
    Bytes(&'static str, Vec<u8>),
    Remove(&'static str),
    Folder(&'static str),
    DeadLink(&'static str),
    NoSeason,
    SeasonIsAFile,
}

/// One row of a table of cases.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    files: &'static [(&'static str, &'static str)],
    is_continued: bool,
    is_compared: bool,
    changes: Vec<Change>,
    expected: Vec<&'static str>,
    /// What a run finds beyond that, and a check cannot.
    by_matching: Option<&'static str>,
    /// What a check finds beyond that, compared with the season before.
    by_comparing: Vec<&'static str>,
    says: Option<&'static str>,
}

/// A case that begins with the graded season.
pub(crate) fn graded(name: &'static str) -> Case {
    Case {
        name,
        files: GRADED,
        is_continued: false,
        is_compared: false,
        changes: vec![],
        expected: vec![],
        by_matching: None,
        by_comparing: vec![],
        says: None,
    }
}

/// A case that begins with the market season.
pub(crate) fn market(name: &'static str) -> Case {
    Case { files: MARKET, ..graded(name) }
}

impl Case {
    /// Runs the season, on the first of July, before anything is changed, and continues that run.
    pub(crate) fn continued(mut self) -> Self {
        self.is_continued = true;
        self
    }

    /// Compares the season, when it is checked, with what it was before anything is changed.
    pub(crate) fn compared(mut self) -> Self {
        self.is_compared = true;
        self
    }

    /// Replaces a line, or adds one behind the last.
    pub(crate) fn line(mut self, file: &'static str, line: usize, text: &'static str) -> Self {
        self.changes.push(Change::Line(file, line, text));
        self
    }

    /// Writes a whole file.
    pub(crate) fn file(mut self, file: &'static str, bytes: impl AsRef<[u8]>) -> Self {
        self.changes.push(Change::Bytes(file, bytes.as_ref().to_vec()));
        self
    }

    /// Removes a file.
    pub(crate) fn without(mut self, file: &'static str) -> Self {
        self.changes.push(Change::Remove(file));
        self
    }

    /// Puts a folder where a file should be.
    pub(crate) fn folder(mut self, file: &'static str) -> Self {
        self.changes.push(Change::Folder(file));
        self
    }

    /// Puts a link that leads nowhere where a file should be.
    #[cfg(unix)]
    pub(crate) fn dead_link(mut self, file: &'static str) -> Self {
        self.changes.push(Change::DeadLink(file));
        self
    }

    /// Takes the season folder away.
    pub(crate) fn no_season(mut self) -> Self {
        self.changes.push(Change::NoSeason);
        self
    }

    /// Puts a file where the season folder should be.
    pub(crate) fn season_is_a_file(mut self) -> Self {
        self.changes.push(Change::SeasonIsAFile);
        self
    }

    /// All that must be found, in order.
    pub(crate) fn finds<const N: usize>(mut self, expected: [&'static str; N]) -> Self {
        self.expected = expected.to_vec();
        self
    }

    /// What only a run can find, after everything else.
    pub(crate) fn finds_by_matching(mut self, warning: &'static str) -> Self {
        self.by_matching = Some(warning);
        self
    }

    /// What only a check finds, which is compared with the season before, after everything else.
    pub(crate) fn finds_by_comparing<const N: usize>(
        mut self,
        warnings: [&'static str; N],
    ) -> Self {
        self.by_comparing = warnings.to_vec();
        self
    }

    /// What the messages of the run must say somewhere.
    pub(crate) fn says(mut self, text: &'static str) -> Self {
        self.says = Some(text);
        self
    }

    /// The codes that the case expects.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.expected
            .iter()
            .chain(&self.by_matching)
            .chain(&self.by_comparing)
            .map(|line| line.split(' ').next().unwrap_or_default())
    }

    fn is_rejection(&self) -> bool {
        let error = |code: &&str| {
            Code::ALL.iter().any(|c| c.name() == *code && c.severity() == Severity::Error)
        };
        self.codes().any(|code| error(&code))
    }

    fn scene(&self) -> Scene {
        let scene = Scene::new(self.files);
        if self.is_continued {
            scene.run_before();
        }
        if self.is_compared {
            scene.keep_as_earlier();
        }
        for change in &self.changes {
            match change {
                Change::Line(file, line, new) => {
                    let text = scene.read(file);
                    let mut lines: Vec<&str> = text.lines().collect();
                    if *line > lines.len() {
                        lines.push(new);
                    } else {
                        lines[*line - 1] = new;
                    }
                    scene.write(file, (lines.join("\n") + "\n").as_bytes());
                }
                Change::Bytes(file, bytes) => scene.write(file, bytes),
                Change::Remove(file) => fs::remove_file(scene.season().join(file)).unwrap(),
                Change::Folder(file) => {
                    let _ = fs::remove_file(scene.season().join(file));
                    fs::create_dir(scene.season().join(file)).unwrap();
                }
                Change::DeadLink(file) => dead_link(&scene.season().join(file)),
                Change::NoSeason => fs::remove_dir_all(scene.season()).unwrap(),
                Change::SeasonIsAFile => {
                    fs::remove_dir_all(scene.season()).unwrap();
                    fs::write(scene.season(), "programme_id").unwrap();
                }
            }
        }
        scene
    }

    /// What is wrong with the case itself, or with what the binary said; empty when all is well.
    fn verdict(&self) -> Vec<String> {
        let scene = self.scene();
        let (run, check) = (scene.run(), scene.check());
        let mut wrong = Vec::new();
        let mut expect = |what: &str, holds: bool, seen: String| {
            if !holds {
                wrong.push(format!("{}: {what}: {seen}", self.name));
            }
        };
        let exit = if self.is_rejection() { 2 } else { 0 };
        expect("exit of run", run.exit == exit, run.exit.to_string());
        expect("exit of check", check.exit == exit, check.exit.to_string());
        let in_run: Vec<&str> = self.expected.iter().copied().chain(self.by_matching).collect();
        let in_check: Vec<&str> = self.expected.iter().chain(&self.by_comparing).copied().collect();
        for (command, answer, expected) in [("run", &run, &in_run), ("check", &check, &in_check)] {
            let found = answer.findings();
            expect(command, found == *expected, format!("\n    {}", found.join("\n    ")));
            let said = answer.messages();
            let is_said = said.contains(self.says.unwrap_or_default());
            expect("says", is_said || found.len() < in_run.len(), said);
        }
        let beside = scene.beside();
        if self.is_rejection() {
            expect("nothing is written", beside.is_empty(), beside.join(" "));
        } else {
            expect("only the run is written", beside == ["out"], beside.join(" "));
            let text = fs::read_to_string(scene.out().join("manifest.json")).unwrap_or_default();
            let manifest: Value = serde_json::from_str(&text).unwrap_or_default();
            let kept = findings(&manifest).map(line).collect::<Vec<_>>();
            expect("kept in the manifest", kept == in_run, kept.join("\n    "));
        }
        wrong
    }

    /// The placements of a sound case, byte for byte.
    pub(crate) fn placements(&self) -> String {
        let scene = self.scene();
        let answer = scene.run();
        assert_eq!(answer.exit, 0, "{}: {}", self.name, answer.document);
        fs::read_to_string(scene.out().join("placements.csv")).unwrap()
    }
}

#[cfg(unix)]
fn dead_link(path: &Path) {
    let _ = fs::remove_file(path);
    std::os::unix::fs::symlink("nowhere", path).unwrap();
}

/// Examines every case, and tells of all that fail.
pub(crate) fn examine(cases: &[Case]) {
    let wrong: Vec<String> = cases.iter().flat_map(Case::verdict).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
