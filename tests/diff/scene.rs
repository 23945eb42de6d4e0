//! The words that the tests are written in: seasons and chains of runs in a folder of their own.

use std::fs;
use std::path::{Path, PathBuf};

use antagning::diff::MoveChain;
use antagning::{Continuation, Diff, Error, Run, Season};
use tempfile::TempDir;

/// A folder of its own with a season in `season`, gone when the test is over.
pub(crate) struct Scene(TempDir);

pub(crate) const EVENTS: &str = "date,event,applicant_id,programme_id,value,source\n";

impl Scene {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let scene = Self(TempDir::new().expect("a temporary folder"));
        fs::create_dir(scene.path("season")).expect("a folder");
        files.iter().for_each(|(name, text)| scene.write(name, text));
        scene
    }

    /// A market season: programmes as `id=seats`, lists as `applicant: programme=score …`.
    pub(crate) fn market(programmes: &str, lists: &str) -> Self {
        let scene = Self::new(&[]);
        scene.write_market(programmes, lists);
        scene
    }

    pub(crate) fn write_market(&self, programmes: &str, lists: &str) {
        let mut text = "programme_id,capacity\n".to_owned();
        for programme in programmes.split_whitespace() {
            text += &programme.replace('=', ",");
            text.push('\n');
        }
        self.write("programmes.csv", &text);
        let mut choices = "applicant_id,choice_rank,programme_id,score\n".to_owned();
        for line in lists.lines().filter(|line| !line.trim().is_empty()) {
            let (applicant, list) = line.split_once(':').expect("applicant: list");
            for (choice, rank) in list.split_whitespace().zip(1..) {
                let choice = choice.replace('=', ",");
                choices += &format!("{},{rank},{choice}\n", applicant.trim());
            }
        }
        self.write("choices.csv", &choices);
        self.round("final");
    }

    pub(crate) fn round(&self, round: &str) {
        let keys = "[ranking]\nkeys = [\"score\", \"lottery\"]\n[lottery]\nseed = \"s\"\n";
        self.write("rules.toml", &format!("rule_set = \"market\"\nround = \"{round}\"\n{keys}"));
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path("season").join(name), text).expect("a file");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Makes a run, after another if one is named.
    pub(crate) fn try_run(&self, after: Option<&Run>, out: &str) -> Result<Run, Error> {
        let continuation = Continuation { after, date: None };
        Season::open_in_chain(self.path("season"), continuation)?.run(self.path(out))
    }

    pub(crate) fn run(&self, after: Option<&Run>, out: &str) -> Run {
        self.try_run(after, out).unwrap_or_else(|error| panic!("{out}: {}", told(&error)))
    }

    /// The final run, then a reserve run after these events, compared.
    pub(crate) fn reserve(&self, events: &str) -> Diff {
        let first = self.run(None, "first");
        self.round("reserve");
        self.write("events.csv", &(EVENTS.to_owned() + events));
        let second = self.run(Some(&first), "second");
        Diff::new(&[first, second], None).expect("runs that can be compared")
    }
}

/// An error with everything that it found.
pub(crate) fn told(error: &Error) -> String {
    match error {
        Error::Rejected(report) => report.iter().map(|d| format!("{d}\n")).collect::<String>(),
        other => other.to_string(),
    }
}

/// A chain as one line: `cause applicant@programme: applicant from>to, …`.
pub(crate) fn line(chain: &MoveChain) -> String {
    let or_dash = |text: &Option<String>| text.clone().unwrap_or("-".to_owned());
    let steps = chain.steps.iter().map(|step| {
        let by =
            step.by.as_ref().map_or(String::new(), |by| format!(" {}({by})", step.link.name()));
        format!("{} {}>{}{by}", step.applicant_id, or_dash(&step.from), or_dash(&step.to))
    });
    let steps: Vec<_> = steps.collect();
    let root = &chain.root;
    let cycle = if chain.is_cycle { "cycle " } else { "" };
    let (applicant, at) = (or_dash(&root.applicant_id), or_dash(&root.programme_id));
    format!("{cycle}{} {applicant}@{at}: {}", root.cause, steps.join(", "))
}

/// The chains between the last two runs.
pub(crate) fn lines(diff: &Diff) -> Vec<String> {
    diff.transitions.last().expect("a transition").chains.iter().map(line).collect()
}

/// The movements between the last two runs: `applicant movement`.
pub(crate) fn movements(diff: &Diff) -> Vec<String> {
    let moves = &diff.transitions.last().expect("a transition").moves;
    moves.iter().map(|m| format!("{} {}", m.applicant_id, m.movement.name())).collect()
}

/// The bytes of a file that a diff writes.
pub(crate) fn written(diff: &Diff, out: &Path) -> Vec<(String, Vec<u8>)> {
    diff.write(out).expect("a folder that can be written");
    let entries = fs::read_dir(out).expect("the folder");
    let mut files: Vec<_> = entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}
