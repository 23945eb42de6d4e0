//! The committed season with what admission makes of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::season::{Row, Season, rows};

pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/skane-2025")
}

/// Published figures of an offer.
pub(crate) struct Figures {
    pub(crate) lowest: Option<f64>,
    /// Cut to whole points.
    pub(crate) mean: f64,
    pub(crate) on_merit: bool,
}

/// The season, and the files of its run.
pub(crate) struct Committed {
    pub(crate) season: Season,
    /// By programme id.
    pub(crate) published: BTreeMap<String, Figures>,
    pub(crate) programmes: BTreeMap<String, Row>,
    pub(crate) decisions: Vec<Row>,
    pub(crate) tests: Vec<Row>,
    pub(crate) quota_groups: Vec<Row>,
    pub(crate) outcomes: Vec<Row>,
    pub(crate) placements: Vec<Row>,
    /// The figures that the published ones are about: of the programme, or of its last group.
    pub(crate) results: BTreeMap<String, Row>,
    pub(crate) optimum_differs: Option<u64>,
    pub(crate) warnings: usize,
}

pub(crate) static COMMITTED: LazyLock<Committed> = LazyLock::new(|| Committed::of(&data()));

impl Committed {
    pub(crate) fn of(folder: &Path) -> Self {
        let opened = antagning::Season::open(folder).unwrap();
        let admission = opened.admit().unwrap();
        let optimum_differs = admission.counts().programme_optimum_differs;
        let warnings = admission.warnings().len();
        let out = tempfile::tempdir().unwrap();
        admission.write(out.path().join("run")).unwrap();
        let of_run = |name: &str| rows(&out.path().join("run").join(name));
        let by_id = |rows: Vec<Row>| -> BTreeMap<String, Row> {
            rows.into_iter().map(|row| (row["programme_id"].clone(), row)).collect()
        };
        let published = rows(&folder.join("published.csv")).into_iter().map(|row| {
            let figures = Figures {
                lowest: row["min_merit"].parse().ok(),
                mean: row["mean_merit"].parse().unwrap(),
                on_merit: row["decided_by"] == "merit",
            };
            (row["programme_id"].clone(), figures)
        });
        Self {
            season: Season::read(folder),
            published: published.collect(),
            programmes: by_id(rows(&folder.join("programmes.csv"))),
            decisions: rows(&folder.join("decisions.csv")),
            tests: rows(&folder.join("test_scores.csv")),
            quota_groups: rows(&folder.join("quota_groups.csv")),
            outcomes: of_run("outcomes.csv"),
            placements: of_run("placements.csv"),
            // Of rows with the same id the last one stays, and a programme's last group stands last.
            results: by_id(of_run("programmes.csv")),
            optimum_differs,
            warnings,
        }
    }

    /// Published offers: id, published figures, result.
    pub(crate) fn offers(&self) -> impl Iterator<Item = (&str, &Figures, &Row)> {
        self.published.iter().map(|(id, figures)| (id.as_str(), figures, &self.results[id]))
    }

    pub(crate) fn placed(&self) -> impl Iterator<Item = &Row> {
        self.placements.iter().filter(|row| !row["programme_id"].is_empty())
    }

    /// Outcomes with that status and reason.
    pub(crate) fn outcomes_that(&self, status: &str, reason: &str) -> Vec<&Row> {
        let rows = self.outcomes.iter();
        rows.filter(|row| row["status"] == status && row["reason"] == reason).collect()
    }

    pub(crate) fn is_introductory(&self, programme: &str) -> bool {
        self.programmes[programme]["study_path_code"].starts_with("IM")
    }
}
